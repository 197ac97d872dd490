import type { TestKey } from '../customer-keys';

/** The answer of a client to a write. */
export interface Written {
  /** Undefined if S3 returns none: unless versioning is Enabled. */
  readonly versionId: string | undefined;
  /** Without its quotes, which some clients remove. */
  readonly etag: string;
}

/** An object as a client returns it. */
export interface Read {
  readonly body: string;
  readonly versionId: string | undefined;
}

/** The description of an object, read without its content. */
export interface Head extends Written {
  readonly size: number;
}

/** The answer of a client to a delete. */
export interface Deleted {
  readonly versionId: string | undefined;
  readonly deleteMarker: boolean;
}

/** An entry of a batch of deletes. */
export interface Doomed {
  readonly key: string;
  readonly versionId?: string;
}

/** A version or a delete marker as a client lists it. */
export interface ListedVersion {
  readonly key: string;
  readonly versionId: string;
  readonly isLatest: boolean;
}

/** A page of ListObjectVersions; most clients return versions and delete markers in separate lists. */
export interface VersionPage {
  readonly versions: readonly ListedVersion[];
  readonly deleteMarkers: readonly ListedVersion[];
  readonly prefixes: readonly string[];
}

/** A page of ListObjects and ListObjectsV2. */
export interface ObjectPage {
  readonly keys: readonly string[];
  readonly prefixes: readonly string[];
}

/** The parameters of a listing. */
export interface Listing {
  readonly delimiter?: string;
  /** The greatest number of entries in a page. */
  readonly limit: number;
}

/** The calls for objects with a key of the customer's. */
export interface KeyedClient {
  putObject(bucket: string, key: string, body: string): Promise<Written>;
  /** Returns the bytes. */
  getObject(bucket: string, key: string, versionId?: string): Promise<string>;
  /** Copies from an object with another key of the customer's. */
  copyObject(bucket: string, from: Required<Doomed>, to: string, sourceKey: TestKey): Promise<unknown>;
  /** Uploads in parts. */
  upload(bucket: string, key: string, parts: readonly Buffer[]): Promise<unknown>;
}

/** The calls for objects that all clients have. A value that a client does not return is `undefined`. */
export interface ObjectClient {
  putObject(bucket: string, key: string, body: string, ifNoneMatch?: '*'): Promise<Written>;
  getObject(bucket: string, key: string, versionId?: string): Promise<Read>;
  /** Returns the bytes of a version from the first to the last, both counted from 0. */
  getRange(bucket: string, key: string, versionId: string, first: number, last: number): Promise<string>;
  headObject(bucket: string, key: string, versionId?: string): Promise<Partial<Head>>;
  deleteObject(bucket: string, key: string, versionId?: string, mfa?: string): Promise<Deleted | undefined>;
  /** Resolves with the keys of the refused entries. */
  deleteObjects(bucket: string, objects: readonly Doomed[], mfa?: string): Promise<readonly string[]>;
  copyObject(bucket: string, from: Required<Doomed>, key: string): Promise<Written>;
  /** Uploads in parts, with the three calls. */
  upload(bucket: string, key: string, parts: readonly Buffer[]): Promise<Partial<Written>>;
  putTags(bucket: string, key: string, versionId: string, tags: Tags): Promise<unknown>;
  getTags(bucket: string, key: string, versionId?: string): Promise<Tags>;
  /** Returns all pages. */
  listVersions(bucket: string, listing: Listing): Promise<readonly VersionPage[]>;
  listObjects?(bucket: string, listing: Listing): Promise<readonly ObjectPage[]>;
  listObjectsV2(bucket: string, listing: Listing): Promise<readonly ObjectPage[]>;
  /** Makes the calls with a key of the customer's. */
  withCustomerKey?(key: TestKey): KeyedClient;
}

/** Tags by their keys. */
export type Tags = Readonly<Record<string, string>>;

/** A page, and the parameters of the next one; undefined after the last. */
export interface Paged<Page, Next> {
  readonly page: Page;
  readonly next: Next | undefined;
}

/** Requests all pages of a listing. */
export async function pagesOf<Page, Next>(
  ask: (next: Next | undefined) => Promise<Paged<Page, Next>>,
): Promise<readonly Page[]> {
  const pages: Page[] = [];
  let next: Next | undefined;
  do {
    const answer = await ask(next);
    pages.push(answer.page);
    next = answer.next;
    if (pages.length > 100) throw new Error('a listing that does not end');
  } while (next !== undefined);
  return pages;
}

/** Returns an entity tag without its quotes. */
export function bare(etag = ''): string {
  return etag.replaceAll('"', '');
}

/** Returns the fields that are not undefined, because some clients send undefined. */
export function given<Members extends object>(
  members: Members,
): { [Name in keyof Members]?: Exclude<Members[Name], undefined> } {
  const entries = Object.entries(members).filter(([, value]) => value !== undefined);
  return Object.fromEntries(entries) as Partial<Members> as ReturnType<typeof given<Members>>; // the fields that are left
}
