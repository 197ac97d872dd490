import type { AccountIds } from '../model/access/grants';
import type { RestoreRules } from '../model/archives/restore';
import type { Bucket } from '../model/bucket';
import type { ServiceConfigurations } from '../model/configurations/services';
import type { Account, Caller } from '../model/identity/account';
import type { IdPurpose, Ids } from '../model/ids';
import type { RuleSchema } from '../model/lifecycle/validation';
import type { TagRules } from '../model/tagging';
import type { VersionIdForm } from '../model/versions/version-id';
import { type Header, S3Error, type WordedRefusal } from '../refusals';

export interface Stamp {
  readonly requestId: string;
  /** Empty if the service has no second id. */
  readonly hostId: string;
  /** Milliseconds since 1970. */
  readonly now: number;
}

/** An account or a user as S3's answers name it: an owner, an initiator or a grantee. */
export interface Person {
  readonly ID: string;
  readonly DisplayName?: string;
}

/** What the document of a refusal can say of the request. */
export interface RefusedRequest {
  readonly path: string;
  readonly bucket?: string | undefined;
  readonly key?: string | undefined;
}

export interface BucketLocation {
  readonly region: string | undefined;
  readonly location: string | undefined;
}

/** Data and pure functions. A dialect writes no XML. */
export interface Dialect {
  readonly name: 'aws' | 'ibm-cos';
  readonly documents: DocumentDialect;
  readonly answers: AnswerDialect;
  readonly crossOrigin: CrossOriginDialect;
  readonly websites: WebsiteDialect;
  readonly requests: RequestDialect;
  readonly buckets: BucketDialect;
  readonly objects: ObjectDialect;
  readonly restores: RestoreRules;
  readonly configurations: ServiceConfigurations;
  readonly lifecycle: LifecycleDialect;
  readonly tags: TagRules;
}

interface DocumentDialect {
  /** The XML declaration, and the line break after it if there is one. */
  readonly declaration: string;
  /** The text between the declaration and the root of a document that is not a refusal. */
  readonly beforeRoot: string;
  /** Whether an element without content is closed at once, unless the operation says otherwise. */
  readonly closesEmptyElements: boolean;
  /** Whether the refusals of a slow operation have the XML declaration (F89). */
  readonly declaresSlowRefusals: boolean;
}

export interface AnswerDialect {
  readonly stamp: (ids: Ids, purpose: IdPurpose, now: number) => Stamp;
  readonly wordsOf: (refusal: S3Error) => WordedRefusal;
  /** The fields after its code and message, in order. */
  readonly errorFields: (
    refusal: WordedRefusal,
    refused: RefusedRequest,
    stamp: Stamp,
  ) => readonly (readonly [string, string])[];
  /** All headers of the answer to a request that was carried out. `own` are the headers of its operation. */
  readonly headers: (own: readonly Header[], method: string, stamp: Stamp) => readonly Header[];
  readonly refusalHeaders: (
    refusal: WordedRefusal,
    body: string,
    extra: readonly Header[],
    method: string,
    stamp: Stamp,
  ) => readonly Header[];
  /** All headers of a page with which a website refuses a request. `told` are the headers that tell the error (F1802). */
  readonly pageHeaders: (
    status: number,
    told: readonly Header[],
    own: readonly Header[],
    method: string,
    stamp: Stamp,
  ) => readonly Header[];
  /** The order of the headers that are stored with an object: the order of their declaration, or the order of a hash table (F980). */
  readonly storedHeaders: 'declared' | 'hash';
  /** Whether documents are sent in chunks, without their length (F7). */
  readonly chunksDocuments: boolean;
  /** Whether the connection ends with the answer of a batch (F626). */
  readonly closesAfterBatches: boolean;
  /** Whether an answer without a document can have a Content-Type (F42). */
  readonly typesEmptyAnswers: boolean;
  /** Whether an ACL that grants rights to everyone also has the grant of the owner (F280). */
  readonly publicAclsNameOwners: boolean;
  /** Whether the Location of an object begins with https if the request came over TLS (F89). */
  readonly locationsNameTls: boolean;
  /** Whether listings of objects have a Delimiter if the request has none (F171). */
  readonly listsEmptyDelimiters: boolean;
  readonly listedTime: (milliseconds: number) => Date;
  readonly ownerOf: (account: AccountIds) => Person;
  readonly initiatorOf: (initiator: Caller, owner: Account) => Person;
}

/** The headers of an answer to a web page of another origin (F344). */
interface CrossOriginDialect {
  readonly vary: string;
  readonly allowsCredentialsToAll: boolean;
  /** Whether a request that is not a preflight is refused if its headers of CORS cannot be read. */
  readonly refusesUnreadable: boolean;
}

interface WebsiteDialect {
  /** Whether the hosts of websites answer https (F1805). */
  readonly answerHttps: boolean;
  /** The place to which a host without a bucket leads (F1800); undefined if its answer is that of a missing bucket. */
  readonly home: string | undefined;
}

interface RequestDialect {
  /** Whether IBM Cloud's bearer tokens name the caller, and a user's own hosts issue them. */
  readonly hasTokens: boolean;
  /** Whether x-amz-security-token is the session token of temporary credentials (F200). */
  readonly hasTemporaryCredentials: boolean;
  readonly signsForRegion: boolean;
  /** The known regions. New regions appear. */
  readonly regions: readonly string[];
  /** Whether headers that name the expected owner of a bucket are read (F40). */
  readonly readsExpectedOwner: boolean;
  /** Whether x-amz-acl is refused if it names no ACL; otherwise it is ignored (F59). */
  readonly refusesUnknownAcls: boolean;
  readonly refusesUntakenHeaders: boolean;
  /** Keys that climb above their bucket, or have a null character, are refused (F1683, F1684). */
  readonly refusesOddKeys: boolean;
  readonly hasServiceInstances: boolean;
}

export interface BucketDialect {
  readonly problemOfName: (name: string) => string | undefined;
  readonly locationOfNew: (endpointRegion: string | undefined, constraint: string | undefined) => BucketLocation;
  readonly locationOf: (bucket: Pick<Bucket, 'region' | 'location'>) => string | undefined;
  readonly areRegional: boolean;
  /** Throws if the hosts of the region that was called do not know the bucket at all; `key` is that of a request for an object (F46). */
  readonly checkKnown: (
    bucket: Pick<Bucket, 'name' | 'location'>,
    called: string | undefined,
    key?: string | undefined,
    isSource?: boolean,
  ) => void;
  /** The region in which the owner can create a bucket again; undefined if no region allows it. */
  readonly regionOfRepeatedCreation: string | undefined;
  readonly areListedWithArn: boolean;
  readonly sendEvents: boolean;
  /** Whether an account has a namespace of its own in each region (F601). */
  readonly haveNamespaces: boolean;
  /** The MFA Delete of a bucket that is created with object lock; undefined if it was never set (F2). */
  readonly mfaDeleteOfLocked: 'Disabled' | undefined;
}

interface LifecycleDialect {
  readonly rules: RuleSchema;
  /** The size from which objects change their storage class, unless a configuration says otherwise; undefined if all objects do. */
  readonly transitionMinimum: 'all_storage_classes_128K' | undefined;
  /** Whether a transition is for the versions that are written after it, and stays for these (F120). */
  readonly archivesNewObjectsOnly: boolean;
}

interface LockDialect {
  /** Whether a body with a lock has to be signed with version 4 (F1710). */
  readonly needVersion4: boolean;
  /** Whether the schema requires the period of a default retention, and that it is above 0 (F103). */
  readonly havePeriodsInSchema: boolean;
  /** Whether a bucket without object lock is refused before the document of a retention or a legal hold is read (F103). */
  readonly areReadInLockedBucketsOnly: boolean;
  /** Whether a retention can be put again with the date that it has (F101). */
  readonly takeTheSameDate: boolean;
}

interface ObjectDialect {
  /** Whether a write takes the conditions of a read on the object that it replaces, with any ETags and If-Unmodified-Since (F66). */
  readonly takeConditionsOfReads: boolean;
  /** Whether an object is encrypted as its bucket says if the request says nothing (F58), and whether the bucket can block SSE-C (F322). */
  readonly areEncrypted: boolean;
  /** Whether the service answers 304 to an If-Unmodified-Since that does not hold, as for an unchanged version (F63). */
  readonly answersUnmodifiedSinceWith304: boolean;
  /** The algorithms of the service, also the algorithms that the mock cannot compute (F232). */
  readonly checksumAlgorithms: readonly string[];
  /** Whether retentions and defaults of buckets can have event holds (F602). */
  readonly haveEventHolds: boolean;
  readonly locks: LockDialect;
  /** Whether answers name the storage class of the bucket, and when lifecycle archived the object (F814). */
  readonly tellTransitions: boolean;
  /** Whether answers about an upload have the id that its version will have (F1620). */
  readonly tellVersionsOfUploads: boolean;
  /** The form of a version's id. The service of the UUIDs refuses no id that it never wrote: there is no such version (F50). */
  readonly versionIds: VersionIdForm;
  /** The form of an upload's id (F85). */
  readonly uploadIds: 'opaque' | 'timed';
}

export function refusalForUnknownLocation(constraint: string, cure: string | undefined): S3Error {
  const refusal = new S3Error('LocationConstraintInvalid', { LocationConstraint: constraint });
  return cure === undefined ? refusal : refusal.because(`LocationConstraint is '${constraint}'. ${cure}`);
}
