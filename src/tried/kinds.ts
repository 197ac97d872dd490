import type { FailureKind } from '../mock/exploration';
import { isRecord } from '../text/value-kinds';
import { canFail, type OperationTraits, type RequestOfFailure } from '../worlds/ways';

/** How a kind is judged: S3 refuses for good, or S3 does what it may do on any day. */
export type Nature = 'refusal' | 'daily';

/** Something that S3 may do to one request of a test, or to its events. */
export interface WayKind {
  readonly name: KindName;
  readonly nature: Nature;
  /** What explorations call the failure, if it is one of theirs. */
  readonly failure?: FailureKind;
  readonly code?: string;
  /** Whether it also happens to later requests of the same operation, bucket and key. */
  readonly lasts: boolean;
  /** Whether a client waits for a timer before it tries again, which a test with fake timers does not let pass. */
  readonly needsTimers: boolean;
  readonly applies: (request: RequestOfFailure, traits: OperationTraits) => boolean;
  /** What S3 does, as a sentence of the report and of the guide. */
  readonly about: string;
  /** The page that says that S3 may do this. */
  readonly source: string;
}

export type KindName =
  | 'AccessDenied'
  | 'entry fails'
  | 'error in 200'
  | 'pages of one'
  | 'InternalError'
  | 'lost answer'
  | 'event twice'
  | 'one 503'
  | 'body breaks off'
  | 'pieces'
  | 'never answers'
  | 'always lost';

const userGuide = 'https://docs.aws.amazon.com/AmazonS3/latest/userguide';
const api = 'https://docs.aws.amazon.com/AmazonS3/latest/API';
const errors = `${api}/ErrorResponses.html`;
const best = `${userGuide}/optimizing-performance-guidelines.html`;

const ofExploration =
  (failure: FailureKind): WayKind['applies'] =>
  (request, traits) =>
    canFail(request, failure, traits);

const isOfWrite: WayKind['applies'] = ({ operation }, { isWrite }) => operation !== undefined && isWrite(operation);

/** The kinds, the most telling first: the passes try them in this order. */
export const kinds: readonly WayKind[] = [
  {
    name: 'AccessDenied',
    nature: 'refusal',
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
    lasts: true,
    needsTimers: false,
    applies: hasSeveralEntries,
    about: 'S3 answered with pages of one entry.',
    source: `${api}/API_ListObjectsV2.html`,
  },
  {
    name: 'lost answer',
    nature: 'daily',
    failure: 'disconnect after',
    lasts: false,
    needsTimers: true,
    applies: ofExploration('disconnect after'),
    about: 'S3 applied it, and the connection was lost before the answer, once.',
    source: best,
  },
  {
    name: 'event twice',
    nature: 'daily',
    lasts: true,
    needsTimers: false,
    applies: () => false, // it is of the events of a test, and not of a request
    about: 'S3 delivered each event twice.',
    source: `${userGuide}/EventNotifications.html`,
  },
  {
    name: 'InternalError',
    nature: 'refusal',
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
    lasts: true,
    needsTimers: false,
    applies: (request, traits) => request.operation === 'GetObject' && canFail(request, 'corrupt', traits),
    about: 'The body of the answer came in pieces, the first of one byte each.',
    source: `${api}/API_GetObject.html`,
  },
  {
    name: 'never answers',
    nature: 'refusal',
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
    failure: 'disconnect before',
    lasts: true,
    needsTimers: true,
    applies: isOfWrite,
    about: 'The connection was lost before S3 applied it, in each attempt.',
    source: best,
  },
];

const kindsByName: ReadonlyMap<string, WayKind> = new Map(kinds.map((kind) => [kind.name, kind]));

export function findKind(name: string): WayKind | undefined {
  return kindsByName.get(name);
}

const listings: ReadonlySet<string> = new Set([
  ...['ListObjects', 'ListObjectsV2', 'ListObjectVersions', 'ListMultipartUploads', 'ListParts'],
]);

/** One entry fits on a page of one. */
function hasSeveralEntries({ operation, entry }: RequestOfFailure): boolean {
  const output: unknown = entry?.output;
  if (operation === undefined || !listings.has(operation) || !isRecord(output)) return false;
  const lists = Object.values(output).filter((value) => Array.isArray(value));
  return lists.reduce((total, { length }) => total + length, 0) > 1;
}
