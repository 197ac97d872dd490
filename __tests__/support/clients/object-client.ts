import type { TestKey } from '../customer-keys';

export interface Written {
  /** Undefined if S3 returns none: unless versioning is Enabled. */
  readonly versionId: string | undefined;
  /** Without its quotes, which some clients remove. */
  readonly etag: string;
}

export interface Read {
  readonly body: string;
  readonly versionId: string | undefined;
}

export interface Head extends Written {
  readonly size: number;
}

export interface Deleted {
  readonly versionId: string | undefined;
  readonly deleteMarker: boolean;
}

export interface Doomed {
  readonly key: string;
  readonly versionId?: string;
}

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

export interface ObjectPage {
  readonly keys: readonly string[];
  readonly prefixes: readonly string[];
}

export interface Listing {
  readonly delimiter?: string;
  readonly limit: number;
}

export interface KeyedClient {
  putObject(bucket: string, key: string, body: string): Promise<Written>;
  getObject(bucket: string, key: string, versionId?: string): Promise<string>;
  copyObject(bucket: string, from: Required<Doomed>, to: string, sourceKey: TestKey): Promise<unknown>;
  upload(bucket: string, key: string, parts: readonly Buffer[]): Promise<unknown>;
}

/** A value that a client does not return is `undefined`. */
export interface ObjectClient {
  putObject(bucket: string, key: string, body: string, ifNoneMatch?: '*'): Promise<Written>;
  getObject(bucket: string, key: string, versionId?: string): Promise<Read>;
  /** Both are counted from 0, and `last` is included. */
  getRange(bucket: string, key: string, versionId: string, first: number, last: number): Promise<string>;
  headObject(bucket: string, key: string, versionId?: string): Promise<Partial<Head>>;
  deleteObject(bucket: string, key: string, versionId?: string, mfa?: string): Promise<Deleted | undefined>;
  /** Resolves with the keys of the refused entries. */
  deleteObjects(bucket: string, objects: readonly Doomed[], mfa?: string): Promise<readonly string[]>;
  copyObject(bucket: string, from: Required<Doomed>, key: string): Promise<Written>;
  upload(bucket: string, key: string, parts: readonly Buffer[]): Promise<Partial<Written>>;
  putTags(bucket: string, key: string, versionId: string, tags: Tags): Promise<unknown>;
  getTags(bucket: string, key: string, versionId?: string): Promise<Tags>;
  listVersions(bucket: string, listing: Listing): Promise<readonly VersionPage[]>;
  listObjects?(bucket: string, listing: Listing): Promise<readonly ObjectPage[]>;
  listObjectsV2(bucket: string, listing: Listing): Promise<readonly ObjectPage[]>;
  withCustomerKey?(key: TestKey): KeyedClient;
}

export type Tags = Readonly<Record<string, string>>;

/** `next` has the parameters of the next page; undefined after the last. */
export interface Paged<Page, Next> {
  readonly page: Page;
  readonly next: Next | undefined;
}

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

export function bare(etag = ''): string {
  return etag.replaceAll('"', '');
}

/** Some clients send undefined. */
export function given<Members extends object>(
  members: Members,
): { [Name in keyof Members]?: Exclude<Members[Name], undefined> } {
  const entries = Object.entries(members).filter(([, value]) => value !== undefined);
  return Object.fromEntries(entries) as Partial<Members> as ReturnType<typeof given<Members>>; // the fields that are left
}
