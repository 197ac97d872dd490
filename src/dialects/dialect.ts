import type { Bucket } from '../model/bucket';
import type { Account, Caller } from '../model/identity/account';
import type { IdPurpose, Ids } from '../model/ids';
import type { RuleSchema } from '../model/lifecycle/validation';
import type { S3Error, WordedRefusal } from '../refusals';

/** A header of an answer. */
export type Header = readonly [name: string, value: string];

/** What every answer carries beside what it answers. */
export interface Stamp {
  readonly requestId: string;
  /** Empty if the service has no second id. */
  readonly hostId: string;
  /** Milliseconds since 1970. */
  readonly now: number;
}

/** A person or an account as answers name it. */
export interface Person {
  readonly ID: string;
  readonly DisplayName?: string;
}

/** Where a bucket is: the region that its hosts name, and what GetBucketLocation answers. */
export interface BucketLocation {
  readonly region: string | undefined;
  readonly location: string | undefined;
}

/** What differs between Amazon S3 and IBM COS, as data and pure functions. It writes no XML. */
export interface Dialect {
  readonly name: 'aws' | 'ibm-cos';
  readonly documents: DocumentDialect;
  readonly answers: AnswerDialect;
  readonly requests: RequestDialect;
  readonly buckets: BucketDialect;
  readonly objects: ObjectDialect;
  readonly lifecycle: LifecycleDialect;
}

/** How documents are written. */
export interface DocumentDialect {
  /** The XML declaration, and the line break behind it if there is one. */
  readonly declaration: string;
  /** What stands between the declaration and the root of a document that is no refusal. */
  readonly beforeRoot: string;
  /** Whether an element without content is closed at once, whatever the operation says. */
  readonly closesEmptyElements: boolean;
  /** Whether the refusals of an operation that takes its time have the XML declaration (F89). */
  readonly declaresSlowRefusals: boolean;
}

/** What answers carry. */
export interface AnswerDialect {
  /** Draws the ids of one answer. */
  readonly ids: (ids: Ids, purpose: IdPurpose) => Pick<Stamp, 'requestId' | 'hostId'>;
  /** The words in which a refusal is answered. */
  readonly wordsOf: (refusal: S3Error) => WordedRefusal;
  /** The elements of an error document behind its code and message, in order. */
  readonly errorFields: (refusal: WordedRefusal, path: string, stamp: Stamp) => readonly (readonly [string, string])[];
  /** All headers of an answer to a request that was carried out: its own ones among those of every answer. */
  readonly headers: (own: readonly Header[], stamp: Stamp) => readonly Header[];
  /** All headers of a refusal. */
  readonly refusalHeaders: (
    refusal: WordedRefusal,
    body: string,
    extra: readonly Header[],
    stamp: Stamp,
  ) => readonly Header[];
  /** Whether documents are sent in chunks, without their length (F7). */
  readonly chunksDocuments: boolean;
  /** The moment that a listing tells of one in milliseconds. */
  readonly listedTime: (milliseconds: number) => Date;
  readonly ownerOf: (account: Pick<Account, 'id' | 'canonicalId'>) => Person;
  /** Who began an upload to a bucket of an owner. */
  readonly initiatorOf: (initiator: Caller, owner: Account) => Person;
}

/** What requests may carry, and what is read of it. */
export interface RequestDialect {
  /** Whether IBM Cloud's bearer tokens name the caller, and hosts of the user's own issue them. */
  readonly hasTokens: boolean;
  /** Whether a signature names the region of the endpoint. */
  readonly signsForRegion: boolean;
  /** Whether headers that name the expected owner of a bucket are read (F40). */
  readonly readsExpectedOwner: boolean;
  /** Whether x-amz-acl and grants are held against the bucket's ownership setting (F59). */
  readonly readsAcl: boolean;
  /** Whether a request may name a resource instance. */
  readonly hasServiceInstances: boolean;
}

/** What buckets are like. */
export interface BucketDialect {
  /** What is wrong with a bucket's name; undefined if a bucket may be created with it. */
  readonly problemOfName: (name: string) => string | undefined;
  /** Where a bucket comes to be, or throws what the service refuses. */
  readonly locationOfNew: (endpointRegion: string | undefined, constraint: string | undefined) => BucketLocation;
  /** What GetBucketLocation answers. */
  readonly locationOf: (bucket: Pick<Bucket, 'region' | 'location'>) => string | undefined;
  /** Whether a bucket answers at the hosts of its own region only. */
  readonly areRegional: boolean;
  /** The region in which the owner may create a bucket again; undefined if there is none. */
  readonly regionOfRepeatedCreation: string | undefined;
  /** Whether listings name the ARN and the region of a bucket. */
  readonly areListedWithArn: boolean;
  /** Whether an object lock configuration needs a rule (F103). */
  readonly lockNeedsRule: boolean;
}

/** Which lifecycle rules the service takes. */
export interface LifecycleDialect {
  readonly rules: RuleSchema;
  /** The size from which on objects change their storage class unless a configuration says otherwise; undefined if all do. */
  readonly transitionMinimum: 'all_storage_classes_128K' | undefined;
}

/** What objects and uploads are like. */
export interface ObjectDialect {
  /** Whether S3's own key encrypts what names no other (F58). */
  readonly areEncrypted: boolean;
  /** Whether If-Unmodified-Since that does not hold is answered like a version that did not change (F63). */
  readonly answersUnmodifiedSinceWith304: boolean;
  /** The checksum algorithms of the service, the mock's or not (F232). */
  readonly checksumAlgorithms: readonly string[];
  /** The form of an upload's id (F85). */
  readonly uploadIds: 'opaque' | 'timed';
}
