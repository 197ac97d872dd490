import { inspect } from 'node:util';
import type { Bucket, VersioningHistory } from '../model/bucket';
import { type ReplicationReport, replicationReport, whyNotArrived } from '../model/replication/missing-replicas';
import type { Store } from '../model/store';
import { listCurrentKeys } from '../model/versions/listings';
import { describeNearKey } from '../model/versions/near-keys';
import { deleteKey } from '../model/versions/writes';
import { closeClass, closeMembers, type Habits, namesOfLists, refuseUncalled, sameCure } from '../text/closed-members';
import { refuseFurtherArguments, type TakenArguments } from '../text/extra-arguments';
import { invalidValue } from '../text/invalid-value';
import { checkOptionNames } from '../text/member-names';
import { writeKey } from '../text/values';
import { type EventMember, eventMethod } from './bucket-event';
import { type BucketFixture, bucketOptions, type OptionMembers, optionNames, setMember } from './bucket-fixture';
import { findBucket, type MockLogs, makeNoSuchObject, makeNoSuchVersion } from './bucket-lookup';
import type { ConfigurationMembers } from './configurations';
import { whyKept, whyUnmoved } from './kept-versions';
import {
  checkKey,
  checkKeyIsText,
  type VersionDetails,
  versionDetailNames,
  writeKeyLabel,
  writeObject,
} from './object-fixtures';
import { type BodyFixture, curesOfWrittenHeaders } from './parts/content';
import type { BucketInStore, BucketOption } from './parts/part';
import { findEnds } from './plans';
import { type BucketOutline, writeOutline } from './state-json';
import { type BucketUsage, countBucketUsage, namesOfUsage, type UsageOptions } from './usage';
import {
  listVersions,
  makeObjectHandle,
  namesOfVersion,
  type ObjectHandle,
  type StoredDeleteMarker,
  type StoredObject,
  type StoredVersion,
  showObject,
  showVersion,
  showVersions,
  type VersionRow,
  versionRows,
} from './version-copies';
import { drawBucket } from './version-picture';

/** The arguments of the methods. A second argument often comes from a test that expects to pass a version id. */
const bucketArguments: Readonly<Record<string, TakenArguments>> = {
  put: [3, () => 'a key, a body and details, such as { versionId }'],
  delete: [1, ([key]) => `a key alone. A DeleteObject request with its VersionId deletes one version of ${key}`],
  versions: [1, ([key]) => `a key or none. One version is ${writeLookup(key)}`],
  newest: [2, () => 'a key, and how many versions before the newest'],
  oldest: [2, () => 'a key, and how many versions after the oldest'],
  current: [1, ([key]) => `a key alone. Another version is ${writeLookup(key)}`],
  event: [3, () => 'the name of an event, a key and details, such as { versionId }'],
  usage: [1, () => 'options alone, such as { prefix, at }'],
  object: [1, ([key]) => `a key alone. Another version is ${writeLookup(key)}`],
};

function writeLookup(key: string | undefined): string {
  return `newest(${key}, 1), oldest(${key}), or versions(${key}).find(({ versionId }) => versionId === id)`;
}

const habits: Habits<BucketHandle> = {
  ...sameCure(['get', 'getObject', 'read', 'file'], "Write object('report.pdf').text(), or current('report.pdf')."),
  ...sameCure(
    ['has', 'exists', 'headObject'],
    ({ name }) =>
      `Write expect(s3.bucket('${name}')).toHaveObject('report.pdf'), or current('report.pdf') !== undefined.`,
  ),
  ...sameCure(['files', 'list', 'listObjects'], 'Write keys.'),
  ...sameCure(['latest', 'last'], "Write newest('report.pdf')."),
  first: "Write oldest('report.pdf').",
  ...sameCure(['set', 'add', 'write', 'upload', 'putObject'], "Write put('report.pdf', 'first')."),
  ...sameCure(['remove', 'deleteObject'], "Write delete('report.pdf')."),
  text: "It belongs to an object: write object('report.pdf').text().",
  ...sameCure(['mfa', 'device', 'serial'], 'The device belongs to the owner of the bucket: write s3.mfa.'),
  on: ({ name }) => `Write s3.on('PutObject', { Bucket: '${name}' }).`,
  ...sameCure(
    ['of', 'commandCalls', 'waitFor'],
    ({ name }) => `Requests are in s3.requests: s3.requests.of('PutObject', { Bucket: '${name}' }).`,
  ),
  ...sameCure(
    ['uploads', 'multipartUploads', 'incompleteUploads', 'parts'],
    'Write usage().uploads: the number, the parts and the bytes of the uploads that were neither completed nor aborted.',
  ),
  calls: ({ name }) =>
    `Matchers for spies, such as toHaveBeenCalled, do not work with a bucket: write expect(s3).toHaveReceived('PutObject', { Bucket: '${name}' }).`,
};

const members = optionNames.filter(
  (name): name is Exclude<keyof BucketFixture, 'replicationQueue'> => bucketOptions[name].get !== undefined,
);

export const namesOfBucket: readonly string[] = [...members, 'keys'];

const labelOf = ({ name }: BucketHandle) => `bucket '${name}'`;

export interface BucketHandle extends OptionMembers, ConfigurationMembers, EventMember {}

/**
 * A bucket that a test can read and change without a request. The handle finds its bucket by name, so it stays valid if the bucket is
 * deleted and created again.
 */
// biome-ignore lint/suspicious/noUnsafeDeclarationMerging: the static block defines the members of the interface
export class BucketHandle {
  /** The bucket's name. */
  readonly name: string;
  readonly #store: Store;
  readonly #settle: () => void;
  readonly #find: (isPrinted?: boolean) => Bucket;
  readonly #noteRead: (key: string | undefined, isOfVersions?: boolean) => void;
  readonly #noteUsage: () => void;
  readonly #isDelivering: () => boolean;
  readonly #logs: MockLogs;

  static {
    const place = (handle: BucketHandle) => ({ store: handle.#store, bucket: handle.#find() });
    for (const name of members) Object.defineProperty(BucketHandle.prototype, name, makeAccessor(place, name));
    Object.defineProperty(BucketHandle.prototype, 'event', eventMethod(place));
    closeClass(BucketHandle.prototype, {
      label: labelOf,
      cures: habits,
      own: members,
      hidden: [
        'requests',
        'events',
        'now',
        'replicationOf',
        'whyNotArrived',
        'whyKept',
        'whyUnmoved',
        'nearKey',
        'versioningHistory',
        'rows',
        'ends',
      ],
    });
    refuseFurtherArguments(BucketHandle.prototype, labelOf, bucketArguments);
    refuseUncalled(BucketHandle.prototype, "s3.bucket('vault')", {
      versions: ['versions()', namesOfLists],
      ...{ current: ["current('report.pdf')", namesOfVersion], object: ["object('report.pdf')", namesOfVersion] },
      ...{ newest: ["newest('report.pdf')", namesOfVersion], oldest: ["oldest('report.pdf')", namesOfVersion] },
      usage: ['usage()', namesOfUsage],
      event: ["event('ObjectCreated:Put', 'report.pdf')", ['Records']],
    });
  }

  /** @internal */
  constructor(
    name: string,
    store: Store,
    { settle, noteRead = () => {}, noteUsage = () => {}, isDelivering = () => false }: Omit<HandleHooks, 'wasRemoved'>,
    find: (isPrinted?: boolean) => Bucket,
    ...logs: MockLogs
  ) {
    this.name = name;
    this.#store = store;
    this.#settle = settle;
    this.#find = find;
    this.#noteRead = noteRead;
    this.#noteUsage = noteUsage;
    this.#isDelivering = isDelivering;
    this.#logs = logs;
    closeMembers(this);
  }

  /** The message of a failed matcher lists the requests that changed the bucket. @internal */
  get requests(): Iterable<unknown> {
    return this.#logs[0];
  }

  /** @internal */
  get events(): object | undefined {
    return this.#logs[1];
  }

  /** @internal */
  replicationOf(key: string, versionId?: string): ReplicationReport {
    return replicationReport(this.#store, this.#find(), key, versionId);
  }

  /** @internal */
  whyNotArrived(key: string): readonly string[] {
    return whyNotArrived(this.#store, this.#find(), key).map(String);
  }

  /** @internal */
  whyKept(key: string): readonly string[] {
    return whyKept(this.#store, this.#find(), key);
  }

  /** @internal */
  whyUnmoved(key: string, storageClass: string): readonly string[] {
    return whyUnmoved(this.#store, this.#find(), key, storageClass);
  }

  /** @internal */
  versioningHistory(): VersioningHistory {
    return this.#find().versioningHistory;
  }

  /** Names the key that a test may mean by a key without an object. @internal */
  nearKey(key: string): string | undefined {
    return describeNearKey(this.#store, this.#find(), key);
  }

  /** @internal */
  rows(key?: string): Generator<VersionRow> {
    return versionRows(this.#store, this.#find(), key);
  }

  /** @internal */
  ends(): (key: string, versionId: string) => string | undefined {
    return findEnds(this.#store, this.#find());
  }

  /** @internal */
  get now(): number {
    return this.#store.clock.now();
  }

  /**
   * Writes an object as the bucket's versioning requires. If versioning is Enabled, the object is a new version. Otherwise it is the null
   * version, unless you pass an id. An object without a retention gets the bucket's default. Throws a TypeError for an object that S3
   * cannot store.
   *
   * @example
   * s3.bucket('vault').put('report.pdf', 'first', { versionId: 'v1', lastModified: '2026-01-31T10:00:00Z' });
   */
  put(key: string, body: BodyFixture, details: VersionDetails = {}): StoredObject {
    const bucket = this.#find();
    checkKey(bucket.name, key);
    checkOptionNames(writeKeyLabel(bucket.name, key), details, versionDetailNames, curesOfWrittenHeaders);
    const version = writeObject({ store: this.#store, bucket }, key, { ...details, body });
    return showObject(this.#store, bucket, version, true);
  }

  /**
   * Deletes a key as the bucket's versioning requires. If versioning was never set, the object is deleted permanently. Otherwise S3 adds a
   * delete marker, and the method returns it.
   */
  delete(key: string): StoredDeleteMarker | undefined {
    const bucket = this.#find();
    checkKey(bucket.name, key);
    this.#store.transaction(() => deleteKey(this.#store, bucket, key));
    const [current] = showVersions(this.#store, bucket, key);
    return current?.deleteMarker ? current : undefined;
  }

  /**
   * The keys with an object as their current version, in S3's order, as ListObjectsV2 returns them.
   *
   * @example
   * expect(s3.bucket('vault').keys).toEqual(['2026/a.pdf', '2026/b.pdf']);
   */
  get keys(): readonly string[] {
    const bucket = this.#find();
    this.#noteRead(undefined);
    return Object.freeze(listCurrentKeys(bucket));
  }

  /**
   * The newest version or delete marker of a key, as a frozen copy: `newest('report.pdf')` is the version that S3 reads,
   * `newest('report.pdf', 1)` the version before it. If the key has no such version, an S3MockError says which it has.
   *
   * @example
   * expect(s3.bucket('vault').newest('report.pdf', 1).versionId).toBe('v1');
   */
  newest(key: string, before = 0): StoredVersion {
    return this.#pick('newest', key, before);
  }

  /**
   * The oldest version or delete marker of a key, as a frozen copy: `oldest('report.pdf')` was written first, `oldest('report.pdf', 1)`
   * after it, in the order of fixtures, of `objects` and of `toHaveVersions`. If the key has no such version, an S3MockError says which it
   * has.
   *
   * @example
   * expect(s3.bucket('vault').oldest('report.pdf').body?.toString()).toBe('first');
   */
  oldest(key: string, after = 0): StoredVersion {
    return this.#pick('oldest', key, after);
  }

  #pick(name: 'newest' | 'oldest', key: string, steps: number): StoredVersion {
    const bucket = this.#find();
    checkKeyIsText(bucket.name, key);
    this.#noteRead(key);
    if (!Number.isInteger(steps) || steps < 0)
      throw invalidValue(`${labelOf(this)}: ${name}`, 'number of steps', steps, `0 for the ${name}, 1 for the next`);
    const versions = [...listVersions(bucket, key)];
    const found = versions.at(name === 'newest' ? steps : -1 - steps);
    if (steps >= versions.length || found === undefined)
      throw makeNoSuchVersion(bucket, key, `${name}(${[writeKey(key), ...(steps > 0 ? [steps] : [])].join(', ')})`);
    const [version, isLatest] = found;
    return showVersion(this.#store, bucket, version, isLatest);
  }

  /**
   * All versions and delete markers, of the bucket or of one key, as frozen copies in S3's order: by key, and **newest first**, unlike fixtures,
   * `objects` and `toHaveVersions`. The list is empty if the key has none. `newest(key)` and `oldest(key)` return a single version.
   */
  versions(key?: string): readonly StoredVersion[] {
    const bucket = this.#find();
    if (key !== undefined) checkKeyIsText(bucket.name, key);
    this.#noteRead(key, true);
    return Object.freeze([...showVersions(this.#store, bucket, key)]);
  }

  /** The current version of a key, as a frozen copy; undefined if the key has no version or its current version is a delete marker. */
  current(key: string): StoredObject | undefined {
    const bucket = this.#find();
    checkKeyIsText(bucket.name, key);
    this.#noteRead(key);
    const version = bucket.versions.currentObject(key);
    return version && showObject(this.#store, bucket, version, true);
  }

  /** The current object of a key. If the key has no object, an S3MockError lists the keys that have an object. */
  object(key: string): ObjectHandle {
    const bucket = this.#find();
    checkKeyIsText(bucket.name, key);
    this.#noteRead(key);
    const version = bucket.versions.currentObject(key);
    if (version) return makeObjectHandle(this.#store, bucket, version);
    throw makeNoSuchObject(this.#store, bucket, key, this.#logs[0], {
      waiting: this.whyNotArrived(key),
      isDelivering: this.#isDelivering(),
      hasMoved: this.#store.clock.moved !== 0,
    });
  }

  /**
   * Counts what the bucket stores: current and noncurrent versions, delete markers, uploads that are not complete, and their bytes, by
   * storage class and prefix. With `{ at }` it counts what lifecycle will have left by then. Throws a TypeError for a wrong option, and for
   * a moment in the past.
   *
   * @example
   * expect(s3.bucket('vault').usage().noncurrent).toEqual({ count: 0, bytes: 0 });
   * console.log(s3.bucket('vault').usage({ at: '2026-06-01', delimiter: '/' }));
   */
  usage(options?: UsageOptions): BucketUsage {
    const usage = countBucketUsage(this.#store, this.#find(), options);
    this.#noteUsage();
    return usage;
  }

  /**
   * The bucket as JSON, in the form of a fixture: its settings and its `objects`; `null` if there is no such bucket. The same seed gives
   * the same JSON in each run. `s3.toJSON()` contains everything that `restore` needs.
   *
   * @example
   * expect(s3.bucket('vault')).toMatchSnapshot();
   */
  toJSON(): BucketOutline | null {
    // Runners write a value that failed once more at the end of the file, when the bucket may be gone, and lose all results if it throws.
    this.#settle();
    const bucket = this.#store.buckets.get(this.name);
    return bucket === undefined ? null : writeOutline(this.#store, bucket);
  }

  /** Returns the bucket as text: its name and settings, then its keys with their versions, newest first. */
  toString(): string {
    return drawBucket(this.#store, this.#find(true));
  }

  [inspect.custom](): string {
    return this.toString();
  }
}

function makeAccessor(
  place: (handle: BucketHandle) => BucketInStore,
  name: keyof BucketFixture,
): PropertyDescriptor & ThisType<BucketHandle> {
  const { get, set, isReadOnly }: BucketOption<unknown, never> = bucketOptions[name];
  return {
    get(this: BucketHandle) {
      return get?.(place(this));
    },
    ...(set &&
      !isReadOnly && {
        set(this: BucketHandle, given: unknown) {
          setMember(place(this), name, given);
        },
      }),
    configurable: true,
  };
}

interface HandleHooks {
  readonly settle: () => void;
  readonly wasRemoved: () => boolean;
  readonly checkPlace?: () => void;
  /** Is told of each read of a key, or of all keys. */
  readonly noteRead?: (key: string | undefined, isOfVersions?: boolean) => void;
  /** Is told of each read of the usage. */
  readonly noteUsage?: () => void;
  /** Whether a handler of events works, or is still to get some. */
  readonly isDelivering?: () => boolean;
}

/** `checkPlace` throws if the test may not read or change the bucket here. Printing never does. */
export function makeBucketHandle(
  store: Store,
  name: string,
  hooks: HandleHooks,
  requests: Iterable<unknown> = [],
  events?: object,
): BucketHandle {
  const { settle, wasRemoved, checkPlace = () => {} } = hooks;
  const find = (isPrinted = false) => {
    if (!isPrinted) checkPlace();
    settle();
    return findBucket(store, name, wasRemoved());
  };
  find();
  return new BucketHandle(name, store, hooks, find, requests, events);
}
