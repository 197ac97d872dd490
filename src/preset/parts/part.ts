import type { RestoreRules } from '../../model/archives/restore';
import type { Bucket } from '../../model/bucket';
import type { Account } from '../../model/identity/account';
import type { Store } from '../../model/store';
import type { VersioningStatus } from '../../model/versioning';
import type { ContentSource } from '../../model/versions/content';
import type { Encryption, ObjectContent, ObjectVersion, Version } from '../../model/versions/version';
import type { GivenShape } from '../../shapes/given';
import type { Shape } from '../../shapes/shape';
import { long, ranging, text } from '../../shapes/values';

export interface Place {
  readonly store: Store;
  readonly bucket: Bucket;
}

export interface VersionContext {
  readonly at: string;
  /** Of the bytes of a placeholder. */
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

export interface DrawnSource extends Place {
  readonly version: Version;
  readonly versionId: string;
}

/** Fixtures, handles, `toJSON`, pictures and matchers are loops over the registry of parts. What is not declared is not there. */
export interface Part<
  Details extends object,
  Stored extends object,
  Read extends object = Details,
  Seen extends object = Stored,
> extends PartFaces<Details, Stored, Read, Seen> {
  /** Literals are read by these, and matchers check by them what a test expects; undefined is a word, or an object with any members. */
  readonly shape: { readonly [Name in keyof Details | keyof Stored]: GivenShape | undefined };
}

export interface PartFaces<
  Details extends object,
  Stored extends object,
  Read extends object = Details,
  Seen extends object = Stored,
> {
  /** Called, as `accept` is, if a literal has one of the members. */
  readonly describe?: (given: Read, context: VersionContext) => Partial<ContentSource>;
  readonly accept?: (given: Read, context: ObjectContext) => Partial<Version>;
  readonly check?: (at: string, traits: BucketTraits, version: ReadVersion) => void;
  /** What a bucket gives an object that a test puts there. */
  readonly complete?: (read: ReadVersion, bucket: Bucket) => Partial<Version>;
  /** When S3 does something about it by itself. */
  readonly due?: (version: Version) => number | undefined;
  readonly show: (version: ObjectVersion, place: Place) => Stored;
  /** In a form that JSON can store: what it writes is read again as it was. */
  readonly write: (version: ObjectVersion, place: Place) => Details;
  /** In the form of a literal without times, which differ in each run. Default: the literal. */
  readonly outline?: (literal: Details, version: ObjectVersion) => object;
  /** Without its source only what a handle shows is known. */
  readonly draw?: (stored: Drawn<Seen>, source: DrawnSource | undefined) => readonly string[];
  readonly marker?: MarkerFace;
}

export type Drawn<Stored> = { readonly [Name in keyof Stored]?: Stored[Name] | undefined };

interface MarkerDetails {
  readonly owner?: string | undefined;
  readonly replicationStatus?: 'PENDING' | 'COMPLETED' | 'FAILED' | 'REPLICA' | undefined;
}

export interface MarkerFace {
  readonly members: readonly string[];
  readonly accept: (given: MarkerDetails, context: VersionContext) => Partial<Version>;
  readonly show?: (version: Version) => object;
  readonly write: (version: Version, place: Place) => MarkerDetails;
}

export interface BucketMember<Fixture> {
  readonly get: (place: Place) => Fixture | undefined;
  readonly set: (place: Place, fixture: Fixture | undefined) => void;
}

export function makeAccessor<T, Fixture>(
  place: (handle: T) => Place,
  { get, set }: BucketMember<Fixture>,
): PropertyDescriptor & ThisType<T> {
  return {
    get(this: T) {
      return get(place(this));
    },
    set(this: T, fixture: Fixture | undefined) {
      set(place(this), fixture);
    },
    configurable: true,
  };
}

export function join<Whole>(first: object, pieces: readonly (object | undefined)[]): Whole {
  const whole = { ...first };
  for (const piece of pieces) Object.assign(whole, piece);
  return whole as Whole; // the parts have the members that it has beside those of the first
}

export const texts = { kind: 'map', item: text } as const satisfies Shape;
export const count = ranging(long, [0, Number.POSITIVE_INFINITY]);

export function writeMoment(date: Date): string {
  return `${date.toISOString().slice(0, 19).replace('T', ' ')}Z`;
}
