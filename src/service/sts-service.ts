import { aws } from '../dialects';
import { partitionOf } from '../formats/regions';
import type { RequestEntry } from '../journal/entry';
import { makeEntry as makeRecord } from '../journal/entry-record';
import type { Caller } from '../model/identity/account';
import { anonymous, writeCallerArn } from '../model/identity/caller';
import type { RequestFacts } from '../model/sessions/trust';
import type { Store } from '../model/store';
import { findUrlSignature } from '../protocol/signature/url-signature';
import { type DeniedStsAction, refusalForStsFailure, S3Error } from '../refusals';
import { checkLimits } from '../sts/limits';
import { makeStsStamp, type StsStamp, writeStsRedirect, writeStsRefusal, writeStsReply } from '../sts/reply';
import { readMembers, readStsRequest, type StsRequest } from '../sts/request';
import { findSender, findSignedRegion, readSender } from '../sts/sender';
import { findStsOperation } from '../sts/table';
import type { Said } from '../text/reason';
import type { WireRequest } from '../wire';
import { describeMisspeltRegion } from './bucket-check';
import { describeCaller, readWireParts } from './entry-parts';
import type { Outcome } from './failures/outcome';
import { type ReadOptions, refusalForThrown, type ServedCall, type Service } from './service';
import { isServed, writeLack } from './why';

interface StsCall extends ServedCall {
  readonly store: Store;
  readonly request: StsRequest;
  readonly input: object;
  readonly refusal: S3Error | undefined;
  readonly now: number;
  readonly verifySignatures: boolean | undefined;
  readonly findUserSecret: (accessKeyId: string) => string | undefined;
  note: Said | undefined;
}

export const sts: Service<StsCall> = {
  read,
  // The operation is in the body.
  isHeadRefused: () => false,
  name: 'sts',
  operationOf: ({ request }) => request.operation?.name,
  findPlaces: (call) => [
    { region: readRegion(call.request), bucket: undefined, account: findReadableCaller(call).account?.id },
  ],
  carryOut,
  refuse: (call, error) =>
    refusedOutcome(call, error instanceof S3Error ? error : refusalForStsFailure(error, findDeniedAction(call))),
  findReadableCaller,
  makeEntry,
  replyToLate: (store, wire, refusal) =>
    writeStsRefusal(wordsOf(refusal), readStsRequest(wire), makeStamp(store, wire, 'stray')),
};

function findReadableCaller({ request, store, acting }: StsCall): Caller {
  return findSender(request, store, acting) ?? anonymous;
}

function read(
  { store, verifySignatures, findUserSecret = () => undefined, actingOf }: ReadOptions,
  wire: WireRequest,
): StsCall {
  const request = readStsRequest(wire);
  const { input, recorded, refusal } = readMembers(request);
  const now = store.clock.now();
  return {
    ...{ store, request, input, recorded, refusal, now, verifySignatures, findUserSecret },
    ...{ acting: actingOf?.(wire.sender) ?? store.acting, caller: anonymous },
    ...{ failEntry: undefined, note: undefined, urlSignature: findUrlSignature(request.query), doubt: undefined },
  };
}

/** The limit in bytes (F731). */
const longestBody = 10_000_000;

function carryOut(call: StsCall, onBug: (bug: unknown) => void): Outcome {
  const { request, store } = call;
  try {
    checkAddressee(request);
    if (!request.parameters.has('Action')) {
      call.note = 'the request has no Action, so STS sends it to its page on the web';
      return { reply: writeStsRedirect(request, makeStamp(store, request.wire)) };
    }
    const operation = askedOperation(request);
    const { handle, isSigned, whyLacking, name } = operation;
    const facts = readFacts(call);
    // A signature of an operation that nobody signs is not read (F735).
    const caller = isSigned ? signer(call) : undefined;
    if (whyLacking !== undefined)
      throw new S3Error(
        'MockNotImplemented',
        { operation: name, isServed: isServed(request.wire) },
        writeLack(name, whyLacking),
      );
    if (call.refusal) throw call.refusal;
    checkLimits(operation.input, call.input);
    return store.transaction(() => {
      const handled = handle?.({ store, facts, caller }, call.input);
      call.note = handled?.note;
      const output = handled?.output ?? {};
      return { output, reply: writeStsReply(operation, output, request, makeStamp(store, request.wire)) };
    });
  } catch (thrown) {
    return refusedOutcome(call, refusalForThrown(thrown, onBug));
  }
}

function checkAddressee({ path, wire }: StsRequest): void {
  if (path !== '/') throw new S3Error('StsPathUnknown', {}, `STS has one path, /, and the request names ${path}`);
  if (wire.body.byteLength > longestBody)
    throw new S3Error(
      'StsBodyTooLarge',
      {},
      `the body has ${wire.body.byteLength} bytes, and STS reads ${longestBody}`,
    );
}

function askedOperation({ operation, parameters, wire }: StsRequest): NonNullable<StsRequest['operation']> {
  if (operation !== undefined) return operation;
  const details = { action: parameters.get('Action') ?? '', version: parameters.get('Version') };
  const isElsewhere = wire.endpoint.region === undefined && findStsOperation(details.action)?.isRegional === true;
  const why = `the global endpoint of STS does not have ${details.action}: call the endpoint of a region`;
  throw new S3Error('StsActionUnknown', details, isElsewhere ? why : undefined);
}

function signer(call: StsCall): ReturnType<typeof readSender> {
  const caller = readSender(call.request, call);
  call.caller = caller;
  return caller;
}

function readFacts({ request, store }: StsCall): RequestFacts {
  const { wire } = request;
  return {
    sourceIp: store.sourceIp,
    isSecure: wire.secure,
    userAgent: wire.headers.get('user-agent'),
    region: readRegion(request),
  };
}

const firstRegion = 'us-east-1';

/** A port, and a host of the user, stand for the region that a request is signed for, as at S3. */
function readRegion(request: StsRequest): string {
  return request.region ?? findSignedRegion(request) ?? firstRegion;
}

function findDeniedAction({ request, caller, input }: StsCall): DeniedStsAction | undefined {
  const { operation } = request;
  if (operation === undefined || caller.account === undefined) return undefined;
  const resource = 'RoleArn' in input && typeof input.RoleArn === 'string' ? input.RoleArn : '*';
  const arn = writeCallerArn(caller.account, caller, partitionOf(readRegion(request)));
  return { caller: arn, action: `sts:${operation.name}`, resource };
}

function refusedOutcome(call: StsCall, refusal: S3Error): Outcome {
  const { request, store } = call;
  return { refusal, reply: writeStsRefusal(wordsOf(refusal), request, makeStamp(store, request.wire)) };
}

function wordsOf(refusal: S3Error): ReturnType<typeof aws.answers.wordsOf> {
  return aws.answers.wordsOf(refusal);
}

function makeStamp({ ids, clock }: Store, wire: WireRequest, purpose?: 'stray'): StsStamp {
  return makeStsStamp(ids, wire.endpoint.region ?? firstRegion, clock.processNow(), purpose);
}

function makeEntry(call: StsCall, outcome: Outcome): RequestEntry {
  const { request, recorded, caller, now, note } = call;
  const { wire, operation } = request;
  const { output, refusal, reply, failure } = outcome;
  const worded = refusal && wordsOf(refusal);
  const misspelt = describeMisspeltRegion(wire.endpoint.region, aws);
  const notes = [misspelt, note].filter((one) => one !== undefined);
  return makeRecord({
    service: 'sts',
    operation: operation?.name,
    input: recorded,
    ...{ bucket: undefined, key: undefined, versionId: undefined },
    caller: describeCaller(caller),
    dialect: aws.name,
    method: wire.method,
    ...readWireParts(wire),
    body: wire.body,
    status: reply.status,
    error: worded && { code: worded.code, message: worded.message },
    why: refusal?.why,
    notes,
    output,
    time: new Date(now),
    ...(failure && { failure }),
  });
}
