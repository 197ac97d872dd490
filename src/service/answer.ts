import { firstRegion } from '../formats/regions';
import { clientName } from '../journal/client-name';
import type { RequestEntry } from '../journal/entry';
import type { Caller } from '../model/identity/account';
import type { IdPurpose } from '../model/ids';
import type { Store } from '../model/store';
import type { Context } from '../operations/operation';
import { findOperation } from '../operations/table';
import { bind } from '../protocol/document/binding';
import { type Stamp, writeRefusal, writeReply } from '../protocol/reply/reply';
import { readRequest, refuseTransferEncoding, type S3Request } from '../protocol/request/request';
import { failureOf } from '../refusals/failures';
import { wordRefusal } from '../refusals/index';
import { S3Error } from '../refusals/s3-error';
import type { Accept, CaptureRefusal, WireDelay, WireReply, WireRequest } from '../wire';
import { type Asking, anonymous, callerOf, check, missingBucket } from './checks';
import { disturb, type Outcome } from './failures/outcome';
import type { FailureRules } from './failures/rules';
import type { Failure } from './failures/steps';

/** What answering needs of the mock. */
export interface AnswerOptions {
  readonly store: Store;
  /** Whether signatures are checked, or believed. */
  readonly verifySignatures?: boolean;
  readonly journal: { append(entry: RequestEntry): void };
  readonly rules: Pick<FailureRules, 'take'>;
  /** Called when a request begins, before anything of it is looked at. */
  readonly onRequest: () => void;
  /** Takes what was thrown that is no refusal of S3's: a fault of ours. */
  readonly onBug: (bug: unknown) => void;
}

/** Answers requests, one whole request at a time. */
export interface Answerer {
  readonly accept: Accept;
  /** Words what capture has to answer by itself. */
  readonly refuse: (refusal: CaptureRefusal) => WireReply;
  /** Lets no request that has begun be applied any more. */
  readonly turnAway: (why: 'MockReset' | 'MockStopped') => void;
}

/** The time between two resets: what began in it is not applied once it is over. */
interface Era {
  why?: 'MockReset' | 'MockStopped';
  /** What ends the waits of the requests that are delayed. */
  readonly waiting: Set<() => void>;
}

/** Makes what answers requests from a store and writes them into a journal. */
export function createAnswerer({
  store,
  verifySignatures = false,
  journal,
  rules,
  onRequest,
  onBug,
}: AnswerOptions): Answerer {
  let present: Era = { waiting: new Set() };

  function settle(asking: Asking, fault: Failure | undefined): WireReply {
    const stamp = () => stampOf(store, asking.request);
    const carryOut = () => apply(asking, stamp(), onBug);
    const refuse = (failure: string) => refused(asking, stamp(), failureOf(failure, asking.request));
    if (fault) asking.caller = whoAsks(asking);
    const outcome = fault === undefined ? carryOut() : disturb(fault, { carryOut, refuse });
    journal.append(entryOf(asking, outcome));
    return outcome.reply;
  }

  function delay(wire: WireRequest, era: Era, fault: Failure & { readonly kind: 'delay' }): WireDelay {
    let overtaken: () => void = () => {};
    return {
      milliseconds: fault.milliseconds,
      onOvertaken(endNow) {
        overtaken = endNow;
        era.waiting.add(endNow);
      },
      reply() {
        era.waiting.delete(overtaken);
        onRequest();
        return era.why === undefined ? settle(read(store, wire, verifySignatures), fault) : turnedAway(wire, era.why);
      },
    };
  }

  const turnedAway = (wire: WireRequest, why: 'MockReset' | 'MockStopped') => refuseAs(store, wire, new S3Error(why));

  return {
    accept() {
      onRequest();
      const era = present;
      return (wire) => {
        if (era.why !== undefined) return turnedAway(wire, era.why);
        const asking = read(store, wire, verifySignatures);
        const fault = rules.take(asking.found.row?.name, asking.input);
        return fault?.kind === 'delay' ? delay(wire, era, fault) : settle(asking, fault);
      };
    },
    refuse: (refusal) => refuseAs(store, { method: 'GET' }, captureRefusal(refusal, onBug)),
    turnAway(why) {
      const { waiting } = present;
      present.why = why;
      present = { waiting: new Set() };
      for (const endNow of [...waiting]) endNow();
    },
  };
}

function read(store: Store, wire: WireRequest, verifySignatures: boolean): Asking {
  const request = readRequest(wire);
  const bucket = request.bucket === undefined ? undefined : store.buckets.get(request.bucket);
  const found = findOperation({ ...request, bucketExists: bucket !== undefined });
  const labels = { Bucket: request.bucket, Key: request.key };
  const { input, refusals } = bind(found.row?.input ?? {}, { ...request, labels });
  const now = store.clock.now();
  return {
    store,
    request,
    found,
    input,
    refusals,
    bucket,
    now,
    verifySignatures,
    caller: anonymous,
  };
}

/** Of a request that is not applied nobody asks it; the journal tells it all the same. */
function whoAsks({ store, request: { credentials } }: Asking): Caller {
  try {
    return credentials instanceof S3Error ? anonymous : callerOf(store, credentials);
  } catch {
    return anonymous;
  }
}

function apply(asking: Asking, stamp: Stamp, onBug: (bug: unknown) => void): Outcome {
  const { request } = asking;
  try {
    const row = check(asking);
    const output = row.handle?.(contextOf(asking), asking.input);
    return { output, reply: writeReply(row, output ?? {}, request, stamp) };
  } catch (thrown) {
    return refused(asking, stamp, asRefusal(thrown, onBug));
  }
}

function refused(asking: Asking, stamp: Stamp, refusal: S3Error): Outcome {
  return {
    refusal,
    reply: writeRefusal(refusal, asking.request, stamp, regionOfHead(asking), asking.found.row),
  };
}

function contextOf({ store, request, bucket, caller, now }: Asking): Context {
  return {
    store,
    request,
    caller,
    now,
    get bucket() {
      if (bucket) return bucket;
      throw missingBucket(store, request.bucket ?? '');
    },
  };
}

function asRefusal(thrown: unknown, onBug: (bug: unknown) => void): S3Error {
  if (thrown instanceof S3Error) return thrown;
  onBug(thrown);
  const problem = thrown instanceof Error ? thrown.message : String(thrown);
  return new S3Error('MockInternalError', { problem }, thrown instanceof Error ? thrown.stack : problem);
}

/** S3 names a bucket's region to whoever asks for its head, refused or not. */
function regionOfHead({ request, bucket }: Asking): readonly (readonly [string, string])[] {
  const asked = bucket !== undefined && request.method === 'HEAD' && request.key === undefined;
  const elsewhere =
    bucket?.region !== undefined && request.endpoint.region !== undefined && bucket.region !== request.endpoint.region;
  return asked && !elsewhere ? [['x-amz-bucket-region', bucket.region ?? firstRegion]] : [];
}

function captureRefusal(refusal: CaptureRefusal, onBug: (bug: unknown) => void): S3Error {
  switch (refusal.kind) {
    case 'unknown-host':
      return new S3Error('MockUnknownHost', { host: refusal.host, why: refusal.why });
    case 'stopped':
      return new S3Error('MockStopped');
    case 'unparsable':
      return refuseUnparsable(refusal.head);
    case 'broken':
      return asRefusal(refusal.error, onBug);
  }
}

/** What Node's parser gave up on: a coding of the transfer, or what S3 cannot read either (F24). */
function refuseUnparsable(head: string): S3Error {
  const coding = /^transfer-encoding:(.*)$/im.exec(head)?.[1];
  return refuseTransferEncoding(coding) ?? new S3Error('RequestUnparsable');
}

function refuseAs(store: Store, wire: Partial<WireRequest>, refusal: S3Error): WireReply {
  const { method = 'GET', url = '/', endpoint } = wire;
  const asker = { method, path: url, dialect: endpoint?.dialect ?? 'aws', service: endpoint?.service ?? 's3' } as const;
  // A straggler of an earlier test takes no id from the sequence that the present one draws on.
  return writeRefusal(refusal, asker, stampOf(store, asker, 'stray'));
}

/**
 * The Date of an answer is the process's, not the mock's: SDKs hold it against their own clock, and where the two are minutes apart
 * they correct theirs and send a refused request again.
 */
function stampOf(
  { ids, clock }: Store,
  { dialect }: Pick<S3Request, 'dialect'>,
  purpose: IdPurpose = 'request',
): Stamp {
  const now = clock.processNow();
  if (dialect === 'ibm-cos') return { requestId: ids.uuid(purpose), hostId: '', now };
  return { requestId: ids.requestId(purpose), hostId: ids.hostId(purpose), now };
}

function entryOf(
  { request, found, input, caller, now }: Asking,
  { output, refusal, reply, fault }: Outcome,
): RequestEntry {
  const { wire, dialect, method, query } = request;
  const worded = refusal && wordRefusal(refusal, dialect);
  const entry = {
    operation: found.row?.name,
    input,
    bucket: request.bucket,
    key: request.key,
    versionId: query.get('versionId'),
    caller: caller.account
      ? { account: caller.account.id, user: caller.user, accessKeyId: caller.accessKeyId }
      : 'anonymous',
    dialect,
    method,
    url: `${wire.secure ? 'https' : 'http'}://${wire.headers.get('host') ?? wire.host}${wire.url}`,
    headers: Object.fromEntries(wire.headers),
    body: request.body,
    status: reply.status,
    error: worded && { code: worded.code, message: worded.message },
    why: refusal?.why ?? (refusal && plainerWords(refusal, worded?.message)),
    ...(fault && { fault }),
    output,
    time: new Date(now),
    client: clientName(wire.headers.get('user-agent')),
  };
  return entry as RequestEntry; // the operation's own members, read by its own declaration
}

/** What AWS says where COS says less. */
function plainerWords(refusal: S3Error, told: string | undefined): string | undefined {
  const { code, message } = wordRefusal(refusal, 'aws');
  return told === 'Invalid Argument' && code === 'InvalidArgument' && message !== told ? message : undefined;
}
