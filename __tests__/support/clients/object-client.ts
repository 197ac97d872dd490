/** What a client tells of what it wrote. */
export interface Written {
  /** Undefined where S3 tells none: outside of versioning that is Enabled. */
  readonly versionId: string | undefined;
  /** Without its quotes, which some clients take off. */
  readonly etag: string;
}

/** An object as a client reads it. */
export interface Read {
  readonly body: string;
  readonly versionId: string | undefined;
}

/** What a client tells of an object without reading it. */
export interface Head extends Written {
  readonly size: number;
}

/** What a client tells of a delete. */
export interface Deleted {
  readonly versionId: string | undefined;
  readonly deleteMarker: boolean;
}

/** What a batch is to delete. */
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

/** A page of ListObjectVersions; most clients hold versions and delete markers apart. */
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

/** How a listing is asked for. */
export interface Listing {
  readonly delimiter?: string;
  /** How many entries a page may have. */
  readonly limit: number;
}

/** What all clients can be asked of objects in the same words. What a client does not tell, it tells `undefined`. */
export interface ObjectClient {
  putObject(bucket: string, key: string, body: string, ifNoneMatch?: '*'): Promise<Written>;
  getObject(bucket: string, key: string, versionId?: string): Promise<Read>;
  /** The bytes of a version from the first to the last, both counted from 0. */
  getRange(bucket: string, key: string, versionId: string, first: number, last: number): Promise<string>;
  headObject(bucket: string, key: string, versionId?: string): Promise<Partial<Head>>;
  deleteObject(bucket: string, key: string, versionId?: string, mfa?: string): Promise<Deleted | undefined>;
  /** Resolves with the keys of what was refused. */
  deleteObjects(bucket: string, objects: readonly Doomed[], mfa?: string): Promise<readonly string[]>;
  copyObject(bucket: string, from: Required<Doomed>, key: string): Promise<Written>;
  /** An upload in parts, as its three steps. */
  upload(bucket: string, key: string, parts: readonly Buffer[]): Promise<Partial<Written>>;
  putTags(bucket: string, key: string, versionId: string, tags: Tags): Promise<unknown>;
  getTags(bucket: string, key: string, versionId?: string): Promise<Tags>;
  /** All pages. */
  listVersions(bucket: string, listing: Listing): Promise<readonly VersionPage[]>;
  listObjects?(bucket: string, listing: Listing): Promise<readonly ObjectPage[]>;
  listObjectsV2(bucket: string, listing: Listing): Promise<readonly ObjectPage[]>;
}

/** Tags: key and value. */
export type Tags = Readonly<Record<string, string>>;

/** A page, and what asks for the next one; undefined after the last. */
export interface Paged<Page, Next> {
  readonly page: Page;
  readonly next: Next | undefined;
}

/** Asks for all pages of a listing. */
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

/** An entity tag without its quotes. */
export function bare(etag = ''): string {
  return etag.replaceAll('"', '');
}

/** Only those members that are not undefined, as some clients have it. */
export function given<Members extends object>(
  members: Members,
): { [Name in keyof Members]?: Exclude<Members[Name], undefined> } {
  const entries = Object.entries(members).filter(([, value]) => value !== undefined);
  return Object.fromEntries(entries) as Partial<Members> as ReturnType<typeof given<Members>>; // those that are left
}
