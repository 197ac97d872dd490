import type { FailureKind } from '../mock/exploration';
import type { MockOfTests } from '../mock/tried-suite';
import { isRecord } from '../text/value-kinds';
import { canFail, type OperationTraits, type RequestOfFailure } from '../worlds/ways';
import { type BucketChange, kms, retention, versioning } from './bucket-changes';

/**
 * How a kind is judged: S3 refuses for good, S3 does what it may do on any day, or the owner of a bucket may have set it up so. The last changes what
 * requests mean, so it is tried only if the user asks for it.
 */
export type Nature = 'refusal' | 'daily' | 'arguable';

/** Something that S3 may do to one request of a test, to its events, or that its buckets may be. */
export type WayKind = KindOfRequest | KindOfTest;

interface CommonKind {
  readonly name: KindName;
  readonly nature: Nature;
  /** What explorations call the failure, if it is one of theirs. */
  readonly failure?: FailureKind;
  readonly code?: string;
  /** Whether it also happens to later requests of the same operation, bucket and key. */
  readonly lasts: boolean;
  /** Whether a client waits for a timer before it tries again, which a test with fake timers does not let pass. */
  readonly needsTimers: boolean;
  /** What S3 does, as a sentence of the report and of the guide. */
  readonly about: string;
  /** The page that says that S3 may do this. */
  readonly source: string;
}

export interface KindOfRequest extends CommonKind {
  readonly of: 'request';
  readonly applies: (request: RequestOfFailure, traits: OperationTraits) => boolean;
}

/** What happens to all of a test. */
export interface KindOfTest extends CommonKind {
  readonly of: 'events' | 'buckets';
  /** Asked when the test is over. */
  readonly isPossible: (mock: MockOfTests) => boolean;
  /** Called before the first request of the test. Returns what ends it. */
  readonly begin: (mock: MockOfTests) => () => void;
}

export type KindName =
  | 'AccessDenied'
  | 'entry fails'
  | 'error in 200'
  | 'pages of one'
  | 'InternalError'
  | 'lost answer'
  | 'event twice'
  | 'event order'
  | 'event late'
  | 'one 503'
  | 'body breaks off'
  | 'pieces'
  | 'never answers'
  | 'always lost'
  | 'versioning'
  | 'retention'
  | 'kms';

const userGuide = 'https://docs.aws.amazon.com/AmazonS3/latest/userguide';
const api = 'https://docs.aws.amazon.com/AmazonS3/latest/API';
const errors = `${api}/ErrorResponses.html`;
const best = `${userGuide}/optimizing-performance-guidelines.html`;
const events = `${userGuide}/EventNotifications.html`;

/** Longer than what code does between two requests, and shorter than a test that polls waits. */
const lateBy = 500;

const ofExploration =
  (failure: FailureKind): KindOfRequest['applies'] =>
  (request, traits) =>
    canFail(request, failure, traits);

const isOfWrite: KindOfRequest['applies'] = ({ operation }, { isWrite }) =>
  operation !== undefined && isWrite(operation);

/** The kinds, the most telling first: the passes try them in this order. */
export const kinds: readonly WayKind[] = [
  {
    name: 'AccessDenied',
    nature: 'refusal',
    of: 'request',
    failure: 'deny',
    code: 'AccessDenied',
    lasts: true,
    needsTimers: false,
    applies: ofExploration('deny'),
    about: 'S3 refused it with AccessDenied, and each later one like it.',
    source: errors,
  },
  {
    name: 'entry fails',
    nature: 'refusal',
    of: 'request',
    failure: 'fail entry',
    code: 'AccessDenied',
    lasts: true,
    needsTimers: false,
    applies: ofExploration('fail entry'),
    about: 'S3 answered 200, and named the first entry of the batch in Errors, with AccessDenied.',
    source: `${api}/API_DeleteObjects.html`,
  },
  {
    name: 'error in 200',
    nature: 'refusal',
    of: 'request',
    failure: 'error in 200',
    code: 'InternalError',
    lasts: true,
    needsTimers: true,
    applies: ofExploration('error in 200'),
    about: 'S3 answered 200, with an InternalError in its body, to each attempt.',
    source: `${api}/API_CopyObject.html`,
  },
  {
    name: 'pages of one',
    nature: 'daily',
    of: 'request',
    lasts: true,
    needsTimers: false,
    applies: hasSeveralEntries,
    about: 'S3 answered with pages of one entry.',
    source: `${api}/API_ListObjectsV2.html`,
  },
  {
    name: 'lost answer',
    nature: 'daily',
    of: 'request',
    failure: 'disconnect after',
    lasts: false,
    needsTimers: true,
    applies: (request, traits) => canFail(request, 'disconnect after', traits) && canRepeat(request),
    about: 'S3 applied it, and the connection was lost before the answer, once.',
    source: best,
  },
  {
    ...{ name: 'event twice', nature: 'daily', of: 'events', lasts: true, needsTimers: false },
    isPossible: ({ countEvents }) => countEvents() > 0,
    begin: ({ deliveries }) => deliveries.change({ duplicates: 'all' }),
    about: 'S3 delivered each event twice.',
    source: events,
  },
  {
    ...{ name: 'event order', nature: 'daily', of: 'events', lasts: true, needsTimers: false },
    isPossible: ({ countEvents }) => countEvents() > 1,
    begin: ({ deliveries }) => deliveries.change({ outOfOrder: 'last first', lateBy }),
    about: 'S3 delivered the last event first, of those for which nobody had waited yet.',
    source: events,
  },
  {
    ...{ name: 'event late', nature: 'daily', of: 'events', lasts: true, needsTimers: false },
    isPossible: ({ countEvents }) => countEvents() > 0,
    begin: ({ deliveries }) => deliveries.change({ lateBy }),
    about: 'S3 delivered each event half a second later, or when the test waits for it.',
    source: events,
  },
  {
    name: 'InternalError',
    nature: 'refusal',
    of: 'request',
    failure: 'lasting',
    code: 'InternalError',
    lasts: true,
    needsTimers: true,
    applies: ofExploration('lasting'),
    about: 'S3 answered InternalError to each attempt.',
    source: errors,
  },
  {
    name: 'body breaks off',
    nature: 'refusal',
    of: 'request',
    failure: 'disconnect during',
    lasts: true,
    needsTimers: true,
    applies: ofExploration('disconnect during'),
    about: 'The connection was lost in the middle of the answer, in each attempt.',
    source: best,
  },
  {
    name: 'one 503',
    nature: 'daily',
    of: 'request',
    failure: 'fail',
    code: 'SlowDown',
    lasts: false,
    needsTimers: true,
    applies: ofExploration('fail'),
    about: 'S3 answered 503 SlowDown, once.',
    source: errors,
  },
  {
    name: 'pieces',
    nature: 'daily',
    of: 'request',
    lasts: true,
    needsTimers: false,
    applies: (request, traits) => request.operation === 'GetObject' && canFail(request, 'corrupt', traits),
    about: 'The body of the answer came in pieces, the first of one byte each.',
    source: `${api}/API_GetObject.html`,
  },
  {
    name: 'never answers',
    nature: 'refusal',
    of: 'request',
    failure: 'disconnect after',
    lasts: true,
    needsTimers: true,
    applies: ofExploration('disconnect after'),
    about: 'S3 applied it, and the connection was lost before the answer, in each attempt.',
    source: best,
  },
  {
    name: 'always lost',
    nature: 'refusal',
    of: 'request',
    failure: 'disconnect before',
    lasts: true,
    needsTimers: true,
    applies: isOfWrite,
    about: 'The connection was lost before S3 applied it, in each attempt.',
    source: best,
  },
  {
    ...{ name: 'versioning', nature: 'arguable', of: 'buckets', lasts: true, needsTimers: false },
    ...ofBuckets(versioning),
    about: 'The buckets have versioning.',
    source: `${userGuide}/Versioning.html`,
  },
  {
    ...{ name: 'retention', nature: 'arguable', of: 'buckets', lasts: true, needsTimers: false },
    ...ofBuckets(retention),
    about: 'The buckets have object lock, and keep each new version for a day.',
    source: `${userGuide}/object-lock-configure.html`,
  },
  {
    ...{ name: 'kms', nature: 'arguable', of: 'buckets', lasts: true, needsTimers: false },
    ...ofBuckets(kms),
    about: 'The buckets encrypt with KMS, so no ETag is an MD5.',
    source: `${api}/API_Object.html`,
  },
];

/** The kinds that --also names. */
export const askedKinds: readonly KindName[] = kinds
  .filter(({ nature }) => nature === 'arguable')
  .map(({ name }) => name);

const kindsByName: ReadonlyMap<string, WayKind> = new Map(kinds.map((kind) => [kind.name, kind]));

export function findKind(name: string): WayKind | undefined {
  return kindsByName.get(name);
}

const listings: ReadonlySet<string> = new Set([
  ...['ListObjects', 'ListObjectsV2', 'ListObjectVersions', 'ListMultipartUploads', 'ListParts'],
]);

/** A code of an MFA device counts once. An upload that nobody knows of is no object, and no code could find it. */
function canRepeat({ operation, entry }: RequestOfFailure): boolean {
  return operation !== 'CreateMultipartUpload' && entry?.headers['x-amz-mfa'] === undefined;
}

function ofBuckets({ isPossible, change }: BucketChange): Pick<KindOfTest, 'isPossible' | 'begin'> {
  const find = (mock: MockOfTests) => [...mock.store.buckets.values()].filter(isPossible);
  return {
    isPossible: (mock) => find(mock).length > 0,
    begin(mock) {
      for (const bucket of find(mock)) change(bucket, mock.store);
      return () => {};
    },
  };
}

const longestPage = 1000;

/** One entry fits on a page of one. Code that asks for pages of a size of its own knows that there are pages. */
function hasSeveralEntries({ operation, entry }: RequestOfFailure): boolean {
  const [input, output]: readonly unknown[] = [entry?.input, entry?.output];
  if (operation === undefined || !listings.has(operation) || !isRecord(output)) return false;
  const size = isRecord(input) ? (input['MaxKeys'] ?? input['MaxParts'] ?? input['MaxUploads']) : undefined;
  if (typeof size === 'number' && size < longestPage) return false;
  const lists = Object.values(output).filter((value) => Array.isArray(value));
  return lists.reduce((total, { length }) => total + length, 0) > 1;
}
