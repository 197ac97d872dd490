import { randomBytes } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { URL } from 'node:url';
import { types } from 'node:util';
import { firstFound } from '../text/lists';
import { readDuration } from '../text/moments';
import { messageOf } from '../text/value-kinds';
import type { Budget, Charge } from './budget';
import type { RecordedCall, RecordedCase } from './case';
import { type OwnNames, whyOutside } from './own-names';
import { removeBucket } from './removal';
import { type KeyPair, sendSigned, sign } from './sender';
import { makeSteps, plainAccounts, type Step, whyNotMade } from './set-up';
import { LeftOut, type RequestTarget, type Scene, type Stage } from './stage';
import { mapTexts } from './texts';
import {
  type Answer,
  isControlOperation,
  type ReceivedAnswer,
  readAnswer,
  type UnsignedRequest,
  writeRequest,
} from './wire-form';

export interface Service {
  /** The endpoint without a path, a query and user information: requests go to its host alone. */
  readonly endpoint: string;
  readonly region: string;
  readonly keys: KeyPair;
  readonly prefix: string;
}

/** A bucket with the name of a bucket of a run. */
export interface EarlierBucket {
  readonly name: string;
  readonly created: string | undefined;
}

const longestPause = 5000;

/** A recording goes on within a minute unless it waited for something. */
const longestRecordedPause = 60_000;

type Wait = Scene['advance'];
type Transmit = (request: UnsignedRequest, destination: { readonly url: string }) => Promise<ReceivedAnswer>;

async function waitForService(duration: Parameters<Wait>[0]): Promise<void> {
  await pause(readDuration(duration, 'after'));
}

/** Plays cases against a service, in buckets of their own, which are removed whatever happens. */
export class ServiceStage implements Stage {
  readonly keepsTime = false;
  /** The buckets that could not be removed, each with what was refused. */
  readonly left: string[] = [];

  constructor(
    readonly service: Service,
    readonly budget: Budget,
    readonly wait: Wait = waitForService,
    readonly transmit: Transmit = sendSigned,
  ) {}

  whyNot(recordedCase: RecordedCase): string | undefined {
    const { calls } = recordedCase;
    if (waits(calls)) return 'it waits for the clock';
    const accounts = plainAccounts(recordedCase);
    const why = recordedCase.mayLackCalls ? undefined : firstFound(calls, (call) => whyNotSent(call, accounts));
    const isUsed = calls.some(([, , , , , more]) => accounts.includes(String(more?.by)));
    return whyNotMade(recordedCase) ?? why ?? (isUsed ? needsSecondAccount : undefined);
  }

  async begin(recordedCase: RecordedCase): Promise<Scene> {
    const scene = new ServiceScene(this, recordedCase);
    await scene.setUp();
    return scene;
  }

  /** Finds buckets of a run that was killed, or of a run that has not ended. It is the only request that names no bucket. */
  async findEarlier(): Promise<readonly EarlierBucket[]> {
    const { endpoint: url, region, keys, prefix } = this.service;
    const request = writeRequest('ListBuckets', {});
    const signed = sign(request, { url, region, service: 's3', keys });
    this.budget.beginCase()(signed, true);
    const received = await this.transmit(signed, { url });
    if (/<(?:ListBucketResult|BucketName)\b/.test(Buffer.from(received.body).toString()))
      throw this.budget.end(`${url} names a bucket in its host: give the address of the service`);
    const { status, code = '', output } = readAnswer('ListBuckets', received);
    if (status >= 300) throw new Error(`ListBuckets is ${status} ${code}`.trimEnd());
    const buckets = (output['Buckets'] ?? []) as readonly { Name: string; CreationDate?: Date }[]; // by the shape of the answer
    return buckets.flatMap(({ Name, CreationDate }) =>
      isNameOfRun(Name, prefix) ? [{ name: Name, created: CreationDate?.toISOString() }] : [],
    );
  }
}

function waits(calls: readonly RecordedCall[]): boolean {
  const moments = calls.flatMap(([, , , , , more]) => (more?.at === undefined ? [] : [Date.parse(more.at)]));
  return moments.some((moment, index) => moment - (moments[index - 1] ?? moment) > longestRecordedPause);
}

/** The reason for a case that nothing else keeps from being played. */
export const needsSecondAccount = 'it needs a second account';

/** The root users of `accounts` are no reason. */
function whyNotSent(
  [, operation, input, , , more]: RecordedCall,
  accounts: readonly string[] = [],
): string | undefined {
  const { by, after } = more ?? {};
  if (operation.startsWith('sts:')) return 'it calls STS';
  if (isControlOperation(operation)) return 'it calls S3 Control';
  if (more?.region !== undefined) return 'it calls another region';
  if (by !== undefined && by !== 'anonymous' && !accounts.includes(String(by))) return 'it has several callers';
  if (after !== undefined && readDuration(after, 'after') > longestPause) return 'it waits for the clock';
  if ('host' in input || 'secure' in input) return 'it calls hosts of AWS';
  const sent = JSON.stringify(input);
  if (sent.includes('COMPLIANCE')) return 'it locks objects so that nobody can remove them';
  if (/\b20\d\d-\d\d-\d\dT/.test(sent)) return 'it names moments of its recording';
  if (/\$\((?:account|owner)|(?<!\d)0{12}(?!\d)/.test(sent)) return 'it names ids of accounts';
  if (operation === 'ListBuckets') return 'it lists all buckets of the account';
  return undefined;
}

/** `s3-facts-0123abcd-vault`: a run finds by it what earlier runs left. */
const makeName = (prefix: string, name: string, run: string): string => `${prefix}-${run}-${name}`;
const isNameOfRun = (name: string, prefix: string): boolean =>
  name.startsWith(`${prefix}-`) && /^[\da-f]{8}-/.test(name.slice(prefix.length + 1));

/** Whether an operation, a request line or a method only reads. */
const isReading = (operation: string): boolean => /^(?:get|head|list|options)/i.test(operation);

class ServiceScene implements Scene {
  readonly names = new Map<string, string>();
  readonly #buckets: ReadonlyMap<string, string>;
  readonly #own: OwnNames;
  readonly #versions = new Map<string, string>();
  readonly #charge: Charge;
  /** The buckets that may exist because of requests of the case. */
  readonly #made = new Set<string>();
  /** The buckets that differ from the recording, since a call was left out. */
  readonly #lost = new Set<string>();
  /** Requests that remove are sent past the budget. */
  #isEnding = false;

  constructor(
    private readonly stage: ServiceStage,
    private readonly recordedCase: RecordedCase,
  ) {
    const { prefix, endpoint } = stage.service;
    this.#charge = stage.budget.beginCase();
    const run = randomBytes(4).toString('hex');
    this.#buckets = new Map(
      bucketNames(recordedCase).map((name, index) => [name, shortened(makeName(prefix, name, run), index)]),
    );
    this.#own = { host: new URL(endpoint).host, buckets: new Set(this.#buckets.values()) };
  }

  get calls(): readonly RecordedCall[] {
    return this.recordedCase.calls.map(([label, operation, ...rest]) => [
      label,
      operation.includes(' ') ? this.#renamed(operation) : operation,
      ...this.#renamed(rest),
    ]);
  }

  async advance(duration: Parameters<Wait>[0]): Promise<void> {
    await this.stage.wait(duration);
  }

  async setUp(): Promise<void> {
    try {
      for (const step of makeSteps(this.recordedCase, this.stage.service.region))
        await this.#take(step).catch((error: unknown) => {
          // The calls of the bucket are left out as well.
          if (!(error instanceof LeftOut && this.recordedCase.mayLackCalls)) throw error;
        });
    } catch (error) {
      await this.end();
      throw error;
    }
  }

  setClock(): void {}

  checkCall(call: RecordedCall): void {
    const why = whyNotSent(call);
    if (why === undefined) return;
    const [, operation] = call;
    this.#leaveOut(why, bucketNames({ calls: [call] }), isReading(operation));
  }

  async send(request: UnsignedRequest, { service, by }: RequestTarget): Promise<ReceivedAnswer> {
    const { endpoint: url, region, keys } = this.stage.service;
    const signed = sign(request, { url, region, service, keys: by === 'anonymous' ? undefined : keys });
    this.#check(signed);
    this.#charge(signed, this.#isEnding);
    // With a slash or a query as well: a request line is as somebody else wrote it.
    const [, created] = (request.method === 'PUT' && /^\/([^/?]+)\/?(?:\?|$)/.exec(request.path)) || [];
    const isFirst = created !== undefined && !this.#made.has(created);
    if (created !== undefined) this.#made.add(created);
    try {
      const received = await this.stage.transmit(signed, { url });
      if (isFirst && received.status >= 300) this.#made.delete(created);
      return received;
    } catch (error) {
      if (!isUnreachable(error)) throw error;
      if (isFirst) this.#made.delete(created);
      throw this.stage.budget.end(`${url} does not answer: ${error.message}`);
    }
  }

  /** Throws if a request names what is not of the case, or if its bucket has another state than in the recording. */
  #check(request: UnsignedRequest): void {
    const named = listBuckets(request);
    const isLost = !this.#isEnding && named.some((bucket) => this.#lost.has(bucket));
    const why =
      whyOutside(request, this.#own) ?? (isLost ? 'it follows a call of its bucket that is left out' : undefined);
    if (why !== undefined) this.#leaveOut(why, named, isReading(request.method));
  }

  #leaveOut(why: string, buckets: readonly string[], isRead: boolean): never {
    if (!isRead) for (const bucket of buckets) this.#lost.add(bucket);
    throw new LeftOut(why);
  }

  async end(): Promise<void> {
    this.#isEnding = true;
    const call = this.#call.bind(this);
    for (const bucket of this.#made) {
      const why = await removeBucket(call, bucket).catch(messageOf);
      if (why !== undefined) this.stage.left.push(`${bucket} (${why})`);
    }
  }

  async #take({ operation, input, versionId, mayBeRefused }: Step): Promise<void> {
    const answer = await this.#call(operation, this.#renamed(input));
    if (answer.status >= 300 && !mayBeRefused)
      throw new Error(`its state cannot be made: ${operation} is ${answer.status} ${answer.code ?? ''}`);
    const { VersionId } = answer.output;
    if (versionId !== undefined && typeof VersionId === 'string') this.#versions.set(versionId, VersionId);
  }

  async #call(operation: string, input: Readonly<Record<string, unknown>>): Promise<Answer> {
    return readAnswer(operation, await this.send(writeRequest(operation, input), { service: 's3', by: undefined }));
  }

  #renamed<Value>(value: Value): Value {
    return mapTexts(value, (text, member) => {
      const version = /version-?id/i.test(member) ? this.#versions.get(text) : undefined;
      if (version !== undefined) return version;
      const named = text.replace(/(versionId=)([\w-]+)/g, (whole, before: string, id: string) =>
        this.#versions.has(id) ? `${before}${this.#versions.get(id)}` : whole,
      );
      return this.#buckets.size === 0
        ? named
        : named.replace(this.#bucketPattern, (name) => this.#buckets.get(name) ?? name);
    }) as Value; // the same shape, with other texts
  }

  get #bucketPattern(): RegExp {
    const longestFirst = [...this.#buckets.keys()].toSorted((one, other) => other.length - one.length);
    return new RegExp(
      `(?<![\\w-])(?:${longestFirst.map((name) => name.replaceAll('.', '\\.')).join('|')})(?![\\w-])`,
      'g',
    );
  }
}

/** The buckets in the path, and in the source of a copy. */
function listBuckets({ path, headers }: UnsignedRequest): readonly string[] {
  const sources = Object.entries(headers).flatMap(([name, value]) => (/copy-source$/i.test(name) ? [value] : []));
  return [path, ...sources].map((text) => text.replace(/^(?:\/|%2f)/i, '').split(/[/?]|%2f/i)[0] ?? '');
}

function isUnreachable(error: unknown): error is Error {
  const codes = ['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', 'EHOSTUNREACH', 'ENETUNREACH'];
  return types.isNativeError(error) && 'code' in error && codes.includes(String(error.code));
}

/** A name of 63 characters at most, which no other bucket of the case gets. */
const shortened = (name: string, index: number): string => (name.length > 63 ? `${name.slice(0, 60)}-${index}` : name);

/** A missing bucket also gets its own name. If a name would be more than a part of a path, it gets none, and its calls are left out. */
function bucketNames({ state = {}, calls }: RecordedCase): readonly string[] {
  const named = calls.flatMap(([, operation, input]) =>
    operation.includes(' ') ? [operation.split(/[ /?]/)[2] ?? ''] : 'Bucket' in input ? [String(input.Bucket)] : [],
  );
  return [...new Set([...Object.keys(state.buckets ?? {}), ...named])].filter((name) =>
    /^[\w.-]*\w[\w.-]*$/.test(name),
  );
}
