import { createHash } from 'node:crypto';
import type { VersionName } from './history-calls';
import type { Encrypted } from './naive-encryption';
import { invented, Refused } from './naive-refusals';

export interface Written {
  readonly key: string;
  readonly id: VersionName;
  readonly write: number;
  readonly marker: boolean;
  readonly body: string;
  readonly etag: string;
  readonly encrypted: Encrypted;
  /** Milliseconds since 1970. */
  readonly modified: number;
  readonly note: string | undefined;
  tags: readonly string[];
}

/** The versions of a bucket: one array of all that exist, in the order of the writes, which every rule reads from one end to the other. */
export class NaiveVersions {
  versions: Written[] = [];
  readonly issued: { readonly id: VersionName; readonly write: number }[] = [];
  /** By key, the moment at which its null version was last written or deleted, as the number of the last write until then. */
  readonly #nulls = new Map<string, number>();
  #writes = 0;
  #hiddenDigests = 0;

  constructor(
    readonly name: string,
    public status: 'Enabled' | 'Suspended' | undefined,
    public now: number,
  ) {}

  /** A key's versions, newest first. */
  stack(key: string): readonly Written[] {
    return this.versions.filter((version) => version.key === key).reverse();
  }

  /** Takes the number of a write. An upload does so as it begins (F84). */
  protected number(): number {
    this.#writes += 1;
    return this.#writes;
  }

  /** Notes that the null version of a key was deleted: one whose number was taken until now does not come back (F84). */
  protected noteNullDeletion(key: string): void {
    this.#nulls.set(key, this.#writes);
  }

  /** Takes the id of a version. That of an upload is told before its version exists (F1620). */
  protected issue(write: number): VersionName {
    const id: VersionName = `v${this.issued.length + 1}`;
    this.issued.push({ id, write });
    return id;
  }

  /** The id counts while versioning is enabled alone. */
  protected write(made: Pick<Written, 'key' | 'etag'> & Partial<Written>): Written {
    const {
      key,
      etag,
      encrypted = { told: '' },
      marker = false,
      body = '',
      modified = this.now,
      note,
      tags = [],
      write = this.number(),
    } = made;
    const enabled = this.status === 'Enabled';
    const id = enabled ? (made.id ?? this.issue(write)) : 'null';
    const written: Written = { key, id, write, marker, body, etag, encrypted, modified, note, tags };
    if (!enabled) {
      if ((this.#nulls.get(key) ?? 0) >= write) return written;
      this.#nulls.set(key, write);
      this.versions = this.versions.filter((old) => old.key !== key || old.id !== 'null');
    }
    this.versions.push(written);
    this.versions.sort((one, other) => one.write - other.write);
    return written;
  }

  // The ETag is the MD5 of the bytes only under S3's own key (F55).
  protected etagOf(body: string, { told }: Encrypted): string {
    if (told === 'AES256') return md5(body);
    this.#hiddenDigests += 1;
    return `hidden ${this.#hiddenDigests}`;
  }

  protected checkCondition(key: string, absent: boolean | undefined, match: string | undefined): void {
    const [current] = this.stack(key);
    const object = current?.marker === false ? current : undefined;
    if (absent && object) throw new Refused({ status: 412, code: 'PreconditionFailed', Condition: 'If-None-Match' });
    if (match === undefined) return;
    if (!object) throw new Refused({ status: 404, code: 'NoSuchKey', Key: key });
    if (match !== '*' && match !== object.etag)
      throw new Refused({ status: 412, code: 'PreconditionFailed', Condition: 'If-Match' });
  }

  protected deleteVersion(
    key: string,
    id: VersionName,
  ): { readonly VersionId: VersionName; readonly DeleteMarker?: boolean } {
    const version = this.stack(key).find((candidate) => candidate.id === id);
    this.versions = this.versions.filter((other) => other !== version);
    if (version && id === 'null') this.noteNullDeletion(key);
    return { VersionId: id, ...(version?.marker && { DeleteMarker: true }) };
  }

  /** It may be a delete marker. `Key` is the key in a refusal. */
  protected find(key: string, version: VersionName | undefined, Key = key): Written {
    if (version === 'invented') throw invented('versionId');
    const [current] = this.stack(key);
    const found = version === undefined ? current : this.stack(key).find(({ id }) => id === version);
    if (found) return found;
    throw new Refused(
      version === undefined
        ? { status: 404, code: 'NoSuchKey', Key }
        : { status: 404, code: 'NoSuchVersion', Key, VersionId: version },
    );
  }
}

export function md5(bytes: string | Uint8Array): string {
  return createHash('md5').update(bytes).digest('hex');
}
