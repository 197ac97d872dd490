import { randomBytes } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { types } from 'node:util';
import { readDuration } from '../model/clock';
import type { Budget } from './budget';
import type { RecordedCall, RecordedCase } from './case';
import { mapTexts } from './recordings/names';
import { type KeyPair, send } from './sender';
import { makeSteps, type Step, whyNotMade } from './set-up';
import type { RequestTarget, Scene, Stage } from './stage';
import {
  type Answer,
  isControlOperation,
  type ReceivedAnswer,
  readAnswer,
  type UnsignedRequest,
  writeRequest,
} from './wire-form';

export interface Service {
  readonly endpoint: string;
  readonly region: string;
  readonly keys: KeyPair;
  readonly prefix: string;
}

/** A bucket of a case has a few versions: what is left after so many pages cannot be removed. */
const mostPages = 10;

const longestPause = 5000;

/** A recording goes on within a minute unless it waited for something. */
const longestRecordedPause = 60_000;

type Wait = Scene['advance'];

async function waitForService(duration: Parameters<Wait>[0]): Promise<void> {
  await pause(readDuration(duration, 'after'));
}

/** Plays cases against a service, in buckets of their own, which are removed whatever happens. */
export class ServiceStage implements Stage {
  readonly keepsTime = false;
  /** The names of buckets that could not be removed. */
  readonly left: string[] = [];

  constructor(
    private readonly service: Service,
    private readonly budget: Budget,
    private readonly wait: Wait = waitForService,
  ) {}

  whyNot(recordedCase: RecordedCase): string | undefined {
    const { calls } = recordedCase;
    if (waits(calls)) return 'it waits for the clock';
    return whyNotMade(recordedCase) ?? calls.map(whyNotSent).find((why) => why !== undefined);
  }

  async begin(recordedCase: RecordedCase): Promise<Scene> {
    const scene = new ServiceScene(this.service, this.budget, this.wait, this.left, recordedCase);
    await scene.setUp();
    return scene;
  }
}

function waits(calls: readonly RecordedCall[]): boolean {
  const moments = calls.flatMap(([, , , , , more]) => (more?.at === undefined ? [] : [Date.parse(more.at)]));
  return moments.some((moment, index) => moment - (moments[index - 1] ?? moment) > longestRecordedPause);
}

function whyNotSent([, operation, input, , , more]: RecordedCall): string | undefined {
  const { by, after } = more ?? {};
  if (operation.startsWith('sts:')) return 'it calls STS';
  if (isControlOperation(operation)) return 'it calls S3 Control';
  if (more?.region !== undefined) return 'it calls another region';
  if (by !== undefined && by !== 'anonymous') return 'it has several callers';
  if (after !== undefined && readDuration(after, 'after') > longestPause) return 'it waits for the clock';
  if ('host' in input || 'secure' in input) return 'it calls hosts of AWS';
  const sent = JSON.stringify(input);
  if (sent.includes('COMPLIANCE')) return 'it locks objects so that nobody can remove them';
  if (/\b20\d\d-\d\d-\d\dT/.test(sent)) return 'it names moments of its recording';
  if (/\$\((?:account|owner)|(?<!\d)0{12}(?!\d)/.test(sent)) return 'it names ids of accounts';
  if (operation === 'ListBuckets') return 'it lists all buckets of the account';
  return undefined;
}

class ServiceScene implements Scene {
  readonly names = new Map<string, string>();
  readonly #buckets: ReadonlyMap<string, string>;
  readonly #versions = new Map<string, string>();
  /** The buckets that may be there, by requests of the case. */
  readonly #made = new Set<string>();
  /** Requests that remove are sent past the budget. */
  #isEnding = false;

  constructor(
    private readonly service: Service,
    private readonly budget: Budget,
    readonly advance: Wait,
    private readonly left: string[],
    private readonly recordedCase: RecordedCase,
  ) {
    const run = randomBytes(4).toString('hex');
    this.#buckets = new Map(
      bucketNames(recordedCase).map((name, index) => [name, shortened(`${service.prefix}-${run}-${name}`, index)]),
    );
  }

  get calls(): readonly RecordedCall[] {
    return this.recordedCase.calls.map(([label, operation, ...rest]) => [
      label,
      operation.includes(' ') ? this.#renamed(operation) : operation,
      ...this.#renamed(rest),
    ]);
  }

  async setUp(): Promise<void> {
    try {
      for (const step of makeSteps(this.recordedCase, this.service.region)) await this.#take(step);
    } catch (error) {
      await this.end();
      throw error;
    }
  }

  setClock(): void {}

  async send(request: UnsignedRequest, { service, by }: RequestTarget): Promise<ReceivedAnswer> {
    const { endpoint, region, keys } = this.service;
    const bucket = this.#readBucket(request);
    if (this.#isEnding) this.budget.remove(request);
    else this.budget.spend(request);
    // With a slash or a query as well: a request line is as somebody else wrote it.
    const isCreation = request.method === 'PUT' && /^\/[^/?]+\/?(?:\?|$)/.test(request.path);
    const isFirst = isCreation && !this.#made.has(bucket);
    if (isCreation) this.#made.add(bucket);
    try {
      const destination = { url: endpoint, region, service, keys: by === 'anonymous' ? undefined : keys };
      const received = await send(request, destination);
      if (isFirst && received.status >= 300) this.#made.delete(bucket);
      return received;
    } catch (error) {
      if (!isUnreachable(error)) throw error;
      if (isFirst) this.#made.delete(bucket);
      throw this.budget.end(`${endpoint} does not answer: ${error.message}`);
    }
  }

  /** Throws unless a request names a bucket of the case: the buckets of others have names that nobody here knows. */
  #readBucket({ path }: UnsignedRequest): string {
    const [, bucket = ''] = path.split(/[/?]/);
    if ([...this.#buckets.values()].includes(bucket)) return bucket;
    throw new Error(`${path} names a bucket that is not of the case`);
  }

  async end(): Promise<void> {
    this.#isEnding = true;
    for (const bucket of this.#made)
      await this.#remove(bucket).catch(() => {
        this.left.push(bucket);
      });
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
    return new RegExp(`(?<![\\w-])(?:${longestFirst.join('|')})(?![\\w-])`, 'g');
  }

  /** Removes a bucket with all that it has, past retention of the mode GOVERNANCE. */
  async #remove(Bucket: string): Promise<void> {
    await this.#call('DeleteBucketPolicy', { Bucket });
    for (let pages = 0; pages < mostPages; pages += 1) {
      if (await this.#isGone(Bucket)) return;
      if ((await this.#removePage(Bucket)) === 0) break;
    }
    const { output } = await this.#call('ListMultipartUploads', { Bucket });
    for (const { Key, UploadId } of listIn<{ Key: string; UploadId: string }>(output, 'Uploads'))
      await this.#call('AbortMultipartUpload', { Bucket, Key, UploadId });
    if (!(await this.#isGone(Bucket))) this.left.push(Bucket);
  }

  /** Deletes a bucket if it is empty, which costs nothing. */
  async #isGone(Bucket: string): Promise<boolean> {
    const { status } = await this.#call('DeleteBucket', { Bucket });
    return status < 300 || status === 404;
  }

  /** Returns how many there were. */
  async #removePage(Bucket: string): Promise<number> {
    const { output } = await this.#call('ListObjectVersions', { Bucket });
    const found = ['Versions', 'DeleteMarkers'].flatMap((name) => listIn<Listed>(output, name));
    // A service without versions lists objects alone.
    const versions =
      found.length > 0 ? found : listIn<Listed>((await this.#call('ListObjectsV2', { Bucket })).output, 'Contents');
    for (const { Key, VersionId } of versions) {
      const version = { Bucket, Key, ...(VersionId !== undefined && { VersionId }) };
      const { status } = await this.#call('DeleteObject', version);
      if (status < 300) continue;
      await this.#call('PutObjectLegalHold', { ...version, LegalHold: { Status: 'OFF' } });
      await this.#call('DeleteObject', { ...version, BypassGovernanceRetention: true });
    }
    return versions.length;
  }
}

interface Listed {
  readonly Key: string;
  readonly VersionId?: string;
}

function listIn<Item>(output: Readonly<Record<string, unknown>>, name: string): readonly Item[] {
  return (output[name] ?? []) as readonly Item[]; // by the shape of the answer
}

function isUnreachable(error: unknown): error is Error {
  const codes = ['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', 'EHOSTUNREACH', 'ENETUNREACH'];
  return types.isNativeError(error) && 'code' in error && codes.includes(String(error.code));
}

/** A name of 63 characters at most, which no other bucket of the case gets. */
const shortened = (name: string, index: number): string => (name.length > 63 ? `${name.slice(0, 60)}-${index}` : name);

/** Also one that is missing gets a name of its own. */
function bucketNames({ state = {}, calls }: RecordedCase): readonly string[] {
  const named = calls.flatMap(([, operation, input]) =>
    operation.includes(' ') ? [operation.split(/[ /?]/)[2] ?? ''] : 'Bucket' in input ? [String(input.Bucket)] : [],
  );
  return [...new Set([...Object.keys(state.buckets ?? {}), ...named])].filter((name) => name !== '');
}
