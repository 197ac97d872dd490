import type { RequestEntry } from '../../src/journal/entry';
import { startReplication } from '../../src/model/replication/queueing';
import { Store, type StoreOptions, type StoreSnapshot } from '../../src/model/store';
import { isOpen } from '../../src/model/uploads/upload';
import { newest } from '../../src/model/versions/version-stacks';
import { addBucket, type BucketFixture } from '../../src/preset/bucket-fixture';
import { createAnswerer } from '../../src/service/answer';
import type { WireReply } from '../../src/wire';
import { cosHost } from './clients/story-client';
import { md5Of } from './objects';
import { signedWith } from './wire-client';

/** A request to the service itself, without a socket. A body comes with its digest. */
export interface DirectCall {
  readonly method: string;
  readonly path: string;
  /** Undefined leaves a default header out. */
  readonly headers?: Readonly<Record<string, string | undefined>>;
  readonly body?: string;
  readonly dialect?: 'ibm-cos';
  /** By default the host without a region, so that the bucket is in the path. */
  readonly host?: string;
  /** By default S3. */
  readonly service?: 's3-control';
}

export const start = Date.UTC(2026, 2, 31, 7, 35, 5);

/** A store whose requests are answered at once, so that a test looks at it between them. */
export class AnsweredStore {
  readonly store: Store;
  readonly bugs: unknown[] = [];
  readonly entries: RequestEntry[] = [];
  readonly #answerer: ReturnType<typeof createAnswerer>;

  constructor(buckets: Readonly<Record<string, BucketFixture>>, options: Partial<StoreOptions> = {}) {
    const realNow = () => start;
    this.store = new Store({ accountId: '000000000000', seed: 'seed', realNow, start, sseC: 'allowed', ...options });
    startReplication(this.store);
    this.#answerer = createAnswerer({
      store: this.store,
      after: ({ entry }) => void this.entries.push(entry),
      keepState: () => {
        throw new Error('nothing ends it');
      },
      isOfEarlierTest: () => false,
      onLate: () => {},
      rules: { take: () => ({ failure: undefined, failEntry: undefined, rules: [] }) },
      onRequest: () => {},
      doDue: () => {},
      onBug: (bug) => void this.bugs.push(bug),
    });
    for (const [name, fixture] of Object.entries(buckets)) addBucket(this.store, name, fixture, 'of a mock');
  }

  ask({ method, path, headers = {}, body = '', dialect, ...call }: DirectCall): WireReply {
    const base = dialect === undefined ? 's3.amazonaws.com' : cosHost;
    const host = call.host ?? base;
    const { Authorization, ...signature } = signedWith('KEY');
    const ofBody = { 'content-md5': md5Of(body), 'content-length': String(Buffer.byteLength(body)) };
    const sent = { host, authorization: Authorization, ...signature, ...ofBody, ...headers };
    const answered = this.#answerer.accept()({
      method,
      url: path,
      host,
      endpoint: { service: call.service ?? 's3', base, dialect: dialect ?? 'aws', region: undefined },
      secure: true,
      headers: new Map(Object.entries(sent).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]]))),
      rawHeaders: [],
      trailers: new Map(),
      // In a memory of its own, as capture hands bodies on.
      body: new Uint8Array(Buffer.from(body)),
    });
    if (!('status' in answered)) throw new Error('the request was delayed');
    return answered;
  }

  /** The calls have to succeed. */
  idsOf(calls: readonly DirectCall[]): readonly string[] {
    return calls.map((call) => {
      const reply = this.ask(call);
      if (reply.status >= 300) throw new Error(`${call.method} ${call.path}: ${reply.status} ${String(reply.body)}`);
      return new Map(reply.headers).get('x-amz-version-id') ?? '';
    });
  }

  get last(): RequestEntry | undefined {
    return this.entries.at(-1);
  }

  snapshot(): StoreSnapshot {
    return this.store.snapshot();
  }

  /** All of the store that a transaction undoes, and what is found by other ways than the order of versions. */
  picture(): object {
    const { accounts, acting, lifecycleDay } = this.store;
    const buckets = [...this.store.buckets.values()].map((bucket) => {
      const { name, owner, region, location, created, rootKeyCrn } = bucket;
      const { settings, versions, uploads, replications } = bucket;
      const all = [...versions.from({ sortKey: '', sequence: newest })];
      const keys = [...new Set([...all, ...uploads.values()].map(({ key }) => key))];
      const byKey = keys.map((key) => ({
        key,
        null: versions.nullVersion(key),
        current: versions.current(key),
        open: uploads.listOpen(key).toSorted((one, other) => one.sequence - other.sequence),
        explicit: all.map(({ explicitId = '' }) => versions.sequenceOfExplicitId(key, explicitId)),
      }));
      const open = [...uploads.values()].filter(isOpen).length;
      // Their ids follow from the numbers of the versions.
      const tasks = [...replications.values()].map(({ id: _, versionId: __, ...task }) => task);
      const tables = { uploads: [...uploads], tasks };
      const identity = { name, owner, region, location, created, rootKeyCrn };
      return { identity, settings, all, size: versions.size, byKey, ...tables, open };
    });
    return { buckets, accounts: accounts.map((account) => account.state), acting, lifecycleDay };
  }
}
