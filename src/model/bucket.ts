import { partitionOf } from '../formats/regions';
import type { Grant } from './access/grants';
import type { ResourcePolicy } from './access/policy-document';
import type { AccessPoint } from './access-points';
import type { BucketStep, ReplicationResult } from './changes';
import type { StoredConfigurations } from './configurations';
import type { Account } from './identity/account';
import type { AccountOf } from './identity/caller';
import type { LifecycleConfiguration } from './lifecycle/rules';
import type { DefaultRetention } from './object-lock';
import { readOnly } from './read-only';
import type { ReplicationTask } from './replication/replication-task';
import { DueMap } from './revertible-map';
import type { Tag } from './tagging';
import type { Part, Touch } from './touches';
import { Transactions } from './transactions';
import { UploadTable } from './uploads/upload';
import type { FirstEnabling, VersioningConfiguration } from './versioning';
import type { Version } from './versions/version';
import { VersionStacks } from './versions/version-stacks';

/** The tasks of replication from a bucket, by their ids, in the order in which they were made. */
export class ReplicationQueue extends DueMap<ReplicationTask> {
  readonly #bucket: string;

  constructor(transactions?: Transactions, bucket = '') {
    super(transactions);
    this.#bucket = bucket;
  }

  protected override partOf(task: string | undefined): Omit<Touch, 'isWrite'> {
    return { bucket: this.#bucket, part: { task } };
  }

  copy(transactions?: Transactions): ReplicationQueue {
    // The tasks of a copied bucket lose their senders: no request of a later test causes them.
    return this.copyTo(new ReplicationQueue(transactions, this.#bucket), (task) =>
      task.sender === undefined ? task : { ...task, sender: undefined },
    );
  }
}

/** The facts of a bucket that never change. */
export interface BucketIdentity {
  readonly name: string;
  readonly owner: Account;
  /** Is undefined if the bucket answers at the hosts of every region. */
  readonly region: string | undefined;
  /** The answer of GetBucketLocation: AWS's region, or COS's region with its storage class. Undefined for the first region, us-east-1. */
  readonly location: string | undefined;
  /** Milliseconds since 1970. */
  readonly created: number;
  /** The key of the user's own that IBM COS encrypts the bucket with, if one was named. */
  readonly rootKeyCrn?: string | undefined;
}

/**
 * The settings that were put on a bucket. A member is absent or undefined if it was never put, or if S3 has forgotten it. A configuration
 * is null if it was deleted and S3 distinguishes that from a configuration that was never put. The record is never changed in place:
 * snapshots share it, and a change replaces it.
 */
export interface BucketSettings extends StoredConfigurations {
  readonly versioning?: VersioningConfiguration;
  /** The first enabling of versioning by a request; absent if no request has enabled it. */
  readonly firstEnabled?: FirstEnabling;
  /** A request suspended versioning before one enabled it. */
  readonly suspendedFirst?: boolean;
  /** Object lock. S3 never turns it off again. */
  readonly objectLock?: true;
  /** The default retention, only in a bucket with object lock. */
  readonly defaultRetention?: DefaultRetention | undefined;
  readonly tags?: readonly Tag[] | undefined;
  readonly lifecycle?: LifecycleConfiguration | undefined;
  /** What lifecycle acts by, if that is not `lifecycle`: at IBM COS, what requests have put or deleted. */
  readonly actingLifecycle?: LifecycleConfiguration | undefined;
  readonly acl?: readonly Grant[] | undefined;
  readonly policy?: ResourcePolicy | undefined;
  readonly accessPoints?: readonly AccessPoint[] | undefined;
}

/** The contents of a bucket. Uploads and replications are undefined until they are needed, as in most buckets of a test. */
interface BucketContents {
  readonly versions: VersionStacks;
  readonly uploads: UploadTable | undefined;
  readonly replications: ReplicationQueue | undefined;
  readonly first?: BucketSettings;
}

/** The versioning of a bucket at three moments. */
export interface VersioningHistory {
  /** When the bucket was made, such as by its fixture. */
  readonly first: VersioningConfiguration['Status'];
  /** When the test began. */
  readonly begun: VersioningConfiguration['Status'];
  readonly present: VersioningConfiguration['Status'];
}

const neverSet: VersioningConfiguration = Object.freeze({});
const noTags: readonly Tag[] = Object.freeze([]);

export class Bucket implements BucketIdentity {
  readonly name: string;
  readonly owner: Account;
  readonly region: string | undefined;
  readonly location: string | undefined;
  readonly created: number;
  readonly rootKeyCrn: string | undefined;
  readonly versions: VersionStacks;
  #uploads: UploadTable | undefined;
  #replications: ReplicationQueue | undefined;
  readonly #transactions: Transactions;
  #settings: BucketSettings;
  /** The settings that its fixture gave to the bucket; of a bucket without one, those that S3 gives to a new bucket. */
  #first: BucketSettings;
  /** The settings when this copy was made of a state, as a reset makes one: those with which a test begins. */
  readonly #begun: BucketSettings;
  /** What the last change of each setting has replaced, since the test began. */
  #replaced: BucketSettings = {};

  constructor(
    { name, owner, region, location, created, rootKeyCrn }: BucketIdentity,
    settings: BucketSettings = {},
    transactions = new Transactions(),
    contents?: BucketContents,
  ) {
    this.name = name;
    this.owner = owner;
    this.region = region;
    this.location = location;
    this.created = created;
    this.rootKeyCrn = rootKeyCrn;
    this.versions = contents?.versions ?? new VersionStacks(name, transactions);
    this.#uploads = contents?.uploads;
    this.#replications = contents?.replications;
    this.#transactions = transactions;
    this.#settings = readOnly(settings);
    this.#first = contents?.first ?? this.#settings;
    this.#begun = this.#settings;
  }

  get uploads(): UploadTable {
    this.#uploads ??= new UploadTable(this.#transactions, this.name);
    return this.#uploads;
  }

  get replications(): ReplicationQueue {
    this.#replications ??= new ReplicationQueue(this.#transactions, this.name);
    return this.#replications;
  }

  /** Reports what is read or written elsewhere than in the bucket's own members. */
  report(part: Part, isWrite: boolean): void {
    if (isWrite) this.#transactions.noteWrite({ bucket: this.name, part });
    else this.#transactions.onTouch?.({ bucket: this.name, part, isWrite });
  }

  /** As `Store.unobserved`, for functions that have no store. */
  unobserved<Result>(action: () => Result): Result {
    return this.#transactions.unobserved(action);
  }

  get settings(): BucketSettings {
    this.report('settings', false);
    return this.#settings;
  }

  /** An empty configuration until versioning is set. */
  get versioning(): VersioningConfiguration {
    return this.settings.versioning ?? neverSet;
  }

  /** The settings are all that the fixture has. */
  noteFixture(): void {
    this.#first = this.#settings;
  }

  get versioningHistory(): VersioningHistory {
    const [first, begun, present] = [this.#first, this.#begun, this.settings].map(
      ({ versioning }) => versioning?.Status,
    );
    return { first, begun, present };
  }

  get objectLock(): boolean {
    return this.settings.objectLock === true;
  }

  get defaultRetention(): DefaultRetention | undefined {
    return this.settings.defaultRetention;
  }

  get tags(): readonly Tag[] {
    return this.settings.tags ?? noTags;
  }

  get lifecycle(): LifecycleConfiguration | undefined {
    return this.settings.lifecycle;
  }

  get actingLifecycle(): LifecycleConfiguration | undefined {
    const { actingLifecycle, lifecycle } = this.settings;
    return actingLifecycle ?? lifecycle;
  }

  get policy(): ResourcePolicy | undefined {
    return this.settings.policy;
  }

  /** Replaces the settings that are given, and keeps the others. */
  change(changed: BucketSettings): void {
    this.report('settings', true);
    const [before, replaced] = [this.#settings, this.#replaced];
    const undo = () => {
      this.#settings = before;
      this.#replaced = replaced;
    };
    this.#note({ kind: 'settings put', bucket: this.name, names: Object.keys(changed) }, undo);
    this.#settings = { ...before, ...readOnly(changed) };
    this.#replaced = { ...replaced, ...pickSettings(before, Object.keys(changed)) };
  }

  /** The settings that a change has replaced as a whole, if the setting is still there. */
  get replaced(): BucketSettings {
    const names = Object.entries(this.settings).flatMap(([name, value]) => (value ? name : []));
    return pickSettings(this.#replaced, names);
  }

  /** Whether a setting was put since the fixture gave the bucket its settings. */
  wasPut(name: keyof BucketSettings): boolean {
    return this.settings[name] !== this.#first[name];
  }

  /** Notes that a key was deleted which had no version, and that nothing takes its place. */
  noteDeletionOfNothing(key: string): void {
    this.#note({ kind: 'nothing removed', bucket: this.name, key });
  }

  noteReplication(result: ReplicationResult): void {
    this.#note({ kind: 'replication', bucket: this.name, key: result.task.key, ...result });
  }

  /** Notes a version that was written, but is not stored, since another version has already taken its place (F84). */
  noteOvertaken(version: Version): void {
    this.#note({ bucket: this.name, before: undefined, after: version });
  }

  #note(ofBucket: BucketStep, undo: () => void = () => {}): void {
    if (this.#transactions.isOpen) this.#transactions.note({ undo, ofBucket });
  }

  /** Notes on the open uploads of a key that its null version was deleted in the meantime. */
  noteNullDeletion(key: string): void {
    for (const upload of this.#uploads?.listOpen(key) ?? [])
      this.uploads.set(upload.id, { ...upload, isNullDeleted: true });
  }

  /** Changes of one do not show in the other. A copy for another store belongs to the accounts there, which `accountOf` finds. */
  copy(transactions = new Transactions(), accountOf?: AccountOf): Bucket {
    const contents = {
      versions: this.versions.copy(transactions),
      uploads: this.#uploads?.copy(transactions, accountOf),
      replications: this.#replications?.copy(transactions),
      first: this.#first,
    };
    if (accountOf === undefined) return new Bucket(this, this.#settings, transactions, contents);
    const { name, owner, region, location, created, rootKeyCrn } = this;
    const identity = { name, owner: accountOf(owner), region, location, created, rootKeyCrn };
    return new Bucket(identity, moveSettings(this.#settings, accountOf), transactions, contents);
  }
}

function pickSettings(settings: BucketSettings, names: readonly string[]): BucketSettings {
  return Object.fromEntries(names.map((name) => [name, Reflect.get(settings, name)]));
}

function moveSettings(settings: BucketSettings, accountOf: AccountOf): BucketSettings {
  const { accessPoints } = settings;
  if (accessPoints === undefined) return settings;
  return {
    ...settings,
    accessPoints: accessPoints.map((point) => ({ ...point, account: accountOf(point.account) })),
  };
}

export function writeArn({ name, region }: Bucket, key?: string): string {
  return `arn:${partitionOf(region)}:s3:::${name}${key === undefined ? '' : `/${key}`}`;
}
