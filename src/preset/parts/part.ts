import type { RestoreRules } from '../../model/archives/restore';
import type { Bucket } from '../../model/bucket';
import type { Account } from '../../model/identity/account';
import type { Store } from '../../model/store';
import type { VersioningStatus } from '../../model/versioning';
import type { ContentSource } from '../../model/versions/content';
import type { Encryption, ObjectContent, ObjectVersion, Version } from '../../model/versions/version';
import { type Complete, expecting, type GivenShape, type Shown } from '../../shapes/given';
import type { Form } from '../../shapes/given-reader';
import { long, ranging, text } from '../../shapes/values';

export interface BucketInStore {
  readonly store: Store;
  readonly bucket: Bucket;
}

export interface VersionContext {
  readonly at: string;
  /** The seed for the bytes of a placeholder. */
  readonly seed: string;
  readonly store: Store;
  readonly bucketOwner: Account;
  readonly now: number;
  readonly region: string | undefined;
  readonly encryption: Encryption;
  readonly restores: RestoreRules;
}

export interface ObjectContext extends VersionContext {
  readonly created: number;
  readonly content: ObjectContent;
}

/** The content that a literal describes, without the bytes. */
export interface GivenContent extends Omit<ContentSource, 'body' | 'checksum' | 'md5'> {
  /** The ETag. If none is set, it is the ETag of the bytes. */
  readonly etag: string;
}

export interface BucketTraits {
  readonly name: string;
  readonly owner: Account;
  readonly status: VersioningStatus | undefined;
  readonly location: string | undefined;
  readonly region: string | undefined;
  readonly objectLock: boolean;
  readonly policy: unknown;
}

export interface ReadVersion extends Omit<Version, 'key' | 'sortKey' | 'sequence' | 'explicitId'> {
  readonly id: string | undefined;
  readonly writeNumber?: number | undefined;
}

export interface DrawnSource extends BucketInStore {
  readonly version: Version;
  readonly versionId: string;
}

/**
 * A part of a version. Fixtures, handles, `toJSON`, pictures and matchers loop over the registry of parts, so only registered parts exist
 * for them.
 */
export interface Part<
  Details extends object,
  Stored extends object,
  Values extends object,
  Seen extends object = Stored,
> {
  /** The shape by which literals are read, handles and `toJSON` are written, and matchers check what a test expects. */
  readonly shape: { readonly [Name in keyof Details | keyof Stored]: GivenShape };
  /** Reads the values. It is called if a literal contains one of the members. */
  readonly toModel: (given: Values, context: ObjectContext) => Unset<Partial<Version>>;
  readonly fromModel: (
    version: ObjectVersion,
    place: BucketInStore,
    form: Form,
  ) => { readonly [Name in keyof Required<Values>]: Shown<Values[Name]> };
  /** Throws if the bucket cannot have such a version. */
  readonly rules?: (at: string, traits: BucketTraits, version: ReadVersion) => void;
  /** Returns the bucket's defaults for an object that a test puts there. */
  readonly complete?: (read: ReadVersion, bucket: Bucket) => Partial<Version>;
  /** Returns the moment at which S3 does something with the part by itself. */
  readonly due?: (version: Version) => number | undefined;
  /** Returns the form of a literal without times, which differ in each run. Default: the literal. */
  readonly outline?: (literal: Details, version: ObjectVersion) => object;
  /** If there is no source, only the members that a handle shows are known. */
  readonly draw?: (stored: Drawn<Seen>, source: DrawnSource | undefined) => readonly string[];
  readonly marker?: MarkerFace;
}

/**
 * A part of the content. The content is made of these parts together, since its ETag and its checksum follow from the bytes and the
 * encryption.
 */
export interface ContentPart<
  Details extends object,
  Stored extends object,
  Values extends object,
  Said extends keyof GivenContent,
> extends Omit<Part<Details, Stored, Values>, 'toModel'> {
  readonly toModel: (given: Values, context: VersionContext) => Unset<Required<Pick<GivenContent, Said>>>;
}

export type Shapes = Readonly<Record<string, GivenShape>>;

/** Members that can be undefined, which counts as absent. */
export type Unset<T> = { readonly [Name in keyof T]: T[Name] | undefined };

export type Drawn<Stored> = { readonly [Name in keyof Stored]?: Stored[Name] | undefined };

export interface MarkerDetails {
  readonly owner?: string;
  readonly replicationStatus?: 'PENDING' | 'COMPLETED' | 'FAILED' | 'REPLICA';
}

/** The form of the part in a delete marker. */
export interface MarkerFace {
  readonly shape: Shapes;
  readonly toModel: (given: MarkerDetails, context: VersionContext) => Unset<Partial<Version>>;
  readonly fromModel: (version: Version, place: BucketInStore) => object;
}

/** The place of a bucket's option: a mock's options, the options of a bucket that is created, or a handle. */
export type Giver = 'of a mock' | 'of a bucket' | 'of a handle';

interface OptionTraits<Given, Read> {
  /** Reads and checks what a test gives. What depends on the store or on other options is the rule of `set`. */
  readonly shape: GivenShape;
  /** Sets the option; undefined if S3 fixes it when it creates the bucket. A handle that unsets the option passes undefined. */
  readonly set: ((place: BucketInStore, read: Read | undefined, giver: Giver) => void) | undefined;
  /** The handle shows the option, but cannot set it. */
  readonly isReadOnly?: true;
  /** The words of the picture of the bucket. */
  readonly draw?: (bucket: Bucket) => string | undefined;
  /** Returns the literal for `toJSON`, if it is not the value that the handle shows; undefined if the option was never put. */
  readonly literal?: (place: BucketInStore) => Given | undefined;
}

/** An option of a bucket. Fixtures, handles, `toJSON`, pictures and the command line go through the rows of `bucketOptions`. */
export type BucketOption<Given, Read = Given> = OptionTraits<Given, Read> &
  (
    | { readonly get: (place: BucketInStore) => unknown }
    // A handle without the member leaves the option to `toJSON`, so that `restore` does not lose it.
    | { readonly get: undefined; readonly literal: (place: BucketInStore) => Given | undefined }
  );

export function join<Joined>(first: object, pieces: readonly (object | undefined)[]): Joined {
  const joined = { ...first };
  for (const piece of pieces) Object.assign(joined, piece);
  return joined as Joined; // the pieces have the members that the first lacks
}

/** A text without half a pair of surrogates, which UTF-8 cannot express. */
export const wellFormedText = expecting(
  text,
  'text, without half a pair of surrogates',
  (value) => typeof value === 'string' && !/\p{Surrogate}/u.test(value),
);

export function withoutUnset<T>(values: Complete<T>): T {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined)) as T; // member by member
}

export const count = ranging(long, [0, Number.POSITIVE_INFINITY]);

export function writeMoment(date: Date): string {
  return `${date.toISOString().slice(0, 19).replace('T', ' ')}Z`;
}
