import { partsIn } from '../journal/batch';
import type { RequestEntry } from '../journal/entry';
import { writeCall } from '../journal/entry-text';
import type { Store } from '../model/store';
import { isRecord, memberOf } from '../text/value-kinds';
import { writeKey } from '../text/values';
import type { FailedError } from '../thrown-errors';
import { asksForChecksum, hasOwnDigest, isOfPart } from './checksums-of-reads';
import type { Comparison, PlainComparison } from './compared-texts';
import { comparesTruth, isOfDamage } from './errors';

/** A member that an answer does not always have. */
interface Optional {
  readonly operations: readonly string[];
  readonly member: string;
  /** Says why the answer lacks it, and how to get it; undefined if there is no reason that a request or a bucket gives. */
  readonly why: (entry: RequestEntry, comparison: PlainComparison) => string | undefined;
  /** What a test expects of it; undefined if many members have such values. A runner names the member only if it compares the object around it. */
  readonly form?: RegExp;
  /** Whether the member can have a text of that form. */
  readonly canBe?: (text: string, comparison: PlainComparison) => boolean;
}

const reads = ['GetObject', 'HeadObject'];
const writes = ['PutObject', 'CopyObject', 'CompleteMultipartUpload'];
/** An MD5 has as many characters as an id. */
const versionId = /^(?:(?![0-9a-f]{32}$)[\w.-]{32}|null)$/;

const noVersioning = ({ bucket = '' }: Pick<RequestEntry, 'bucket'>) =>
  `versioning of bucket ${writeKey(bucket)} was not enabled at the time: give the bucket versioning: 'Enabled'`;

/** The oldest region has none. */
const noLocation = "S3 answers none for us-east-1: read LocationConstraint ?? 'us-east-1'";

/** Checksums in Base64, each of as many bytes as its algorithm makes. */
const checksums = {
  ChecksumSHA256: /^[A-Za-z0-9+/]{43}=$/,
  ChecksumSHA1: /^[A-Za-z0-9+/]{27}=$/,
  ChecksumCRC32: /^[A-Za-z0-9+/]{6}==$/,
  ChecksumCRC32C: /^[A-Za-z0-9+/]{6}==$/,
  ChecksumCRC64NVME: /^[A-Za-z0-9+/]{11}=$/,
};

/** What an answer leaves out, and why. */
const optionals: readonly Optional[] = [
  { operations: [...writes, ...reads], member: 'VersionId', why: noVersioning, form: versionId },
  {
    operations: ['GetBucketVersioning'],
    member: 'Status',
    why: () => 'nobody has set the versioning of the bucket, and then it has no Status',
    form: /^(?:Enabled|Suspended|Disabled)$/,
  },
  {
    operations: ['GetBucketLocation'],
    member: 'LocationConstraint',
    why: () => noLocation,
    form: /^us-east-1$/,
  },
  {
    operations: ['ListObjectsV2'],
    member: 'Owner',
    why: ({ input }) => (memberOf(input, 'FetchOwner') === true ? undefined : 'the request has no FetchOwner: true'),
    form: /^[0-9a-f]{64}$/,
    canBe: (text, { isOwner }) => isOwner?.(text) !== false, // a SHA-256 has as many digits
  },
  ...Object.entries(checksums).map(([member, form]) => ({
    operations: reads,
    member,
    why: (entry: RequestEntry, { readAlgorithm, findOrigin }: PlainComparison) => {
      const algorithm = readAlgorithm?.(entry);
      const isUploaded = findOrigin?.(entry) === 'request';
      const how = isUploaded ? 'with' : 'by a PutObject with'; // fixtures and handles name no checksum
      if (algorithm !== undefined && member !== `Checksum${algorithm}`)
        return `the object has a ${algorithm}: write it ${how} ChecksumAlgorithm: '${member.slice('Checksum'.length)}'`;
      return memberOf(entry.input, 'ChecksumMode') === 'ENABLED'
        ? undefined
        : "the request has no ChecksumMode: 'ENABLED'";
    },
    form,
  })),
  {
    operations: reads,
    member: 'PartsCount',
    why: ({ input }) =>
      memberOf(input, 'PartNumber') === undefined ? 'the request has no PartNumber, such as 1' : undefined,
  },
  {
    operations: reads,
    member: 'StorageClass',
    why: () => "S3 answers it only for other classes than STANDARD: read StorageClass ?? 'STANDARD'",
    form: /^STANDARD$/,
  },
  {
    operations: ['DeleteObject'],
    member: 'DeleteMarker',
    why: ({ input, bucket }) => (memberOf(input, 'VersionId') === undefined ? noVersioning({ bucket }) : undefined),
    form: /^true$/,
  },
];

const listsOfObjects = {
  Contents: whyNoKeys,
  CommonPrefixes: whyNoPrefixes,
};

/** The lists of a neighbouring operation, for which code also looks. */
const listsOfOthers: typeof lists = {
  ListObjectsV2: { Versions: () => 'only ListObjectVersions has versions' },
  ListObjects: { Versions: () => 'only ListObjectVersions has versions' },
  ListObjectVersions: { Contents: () => 'that list is called Versions here' },
};

/** The lists of an answer. SDKs leave an empty list out. */
const lists: Readonly<Record<string, Readonly<Record<string, (entry: RequestEntry) => string>>>> = {
  DeleteObjects: {
    Deleted: () => 'S3 deleted none of the keys',
    Errors: () => 'S3 refused none of the keys',
  },
  ListObjectsV2: listsOfObjects,
  ListObjects: listsOfObjects,
  ListObjectVersions: {
    Versions: whyNoKeys,
    DeleteMarkers: () => 'no delete marker is on this page',
    CommonPrefixes: whyNoPrefixes,
  },
  ListMultipartUploads: { Uploads: () => 'no upload is incomplete', CommonPrefixes: whyNoPrefixes },
  ListParts: { Parts: () => 'the upload has no part on this page' },
};

function whyNoKeys({ input }: RequestEntry): string {
  const prefix = memberOf(input, 'Prefix');
  if (typeof prefix === 'string' && prefix !== '') return `no key begins with ${writeKey(prefix)} on this page`;
  return 'no key is on this page';
}

function whyNoPrefixes({ input }: RequestEntry): string {
  return memberOf(input, 'Delimiter') === undefined ? 'the request has no Delimiter' : 'no key has the Delimiter';
}

/** What JavaScript and the runners say if code reads a list that is undefined. */
export const ofLists =
  /\(reading '(?:\d+|length|map|flatMap|filter|forEach|find|some|every|at|sort|toSorted|reduce|push|join|includes|slice)'\)|is not iterable|Received has value: +undefined|Target cannot be null or undefined|Expected: \[.*\s+Received: undefined|expected undefined to (?:deeply )?equal \[/;

/** The methods of a body that SDKs add to it, and those of a stream. */
const ofBodies = /\(reading '(?:transformTo\w+|pipe|getReader|on)'\)/;

/** Explains a value that is undefined, if the answer to the last request lacks a member for a reason that its sender can change. */
export function hintAtLeftOut(comparison: PlainComparison): string | undefined {
  const entry = comparison.entries.findLast(({ output }) => output !== undefined);
  if (entry?.operation === undefined) return undefined;
  if (isQuiet(entry)) return writeQuiet(comparison, entry);
  if (entry.operation === 'HeadObject' && ofBodies.test(comparison.printed))
    return `The answer to ${writeCall(entry)} has no Body, because S3 answers a HEAD without one: send a GetObject.`;
  const ofMember = writeLeftOutMember(comparison, entry);
  if (ofMember !== undefined || !comparison.isUndefined) return ofMember;
  return writeLeftOutLists(comparison, entry, entry.operation);
}

function isQuiet({ operation, input }: RequestEntry): boolean {
  return operation === 'DeleteObjects' && memberOf(memberOf(input, 'Delete'), 'Quiet') === true;
}

/** Some SDKs make an empty list of the elements that are missing. */
function writeQuiet({ isUndefined, numbers, expected, received, printed }: PlainComparison, entry: RequestEntry) {
  const keys = (partsIn(entry.input) ?? []).map((one) => memberOf(one, 'Key'));
  const isKeyMissing = keys.some((key) => typeof key === 'string' && expected.has(key) && !received.has(key));
  const count = String(keys.length);
  const isCount = numbers[0] === keys.length && numbers[1] === 0;
  // The number can be one of several values.
  const isOneOfSeveral = expected.has(count) && received.has('0') && !received.has(count);
  // Of numbers within an object, node:assert gives mocha the lines alone.
  const has = (number: string) => new RegExp(`^[-+] +\\w+: ${number},?$`, 'm').test(printed);
  const isCounted = isCount || isOneOfSeveral || (has(count) && has('0'));
  if (!isUndefined && !isKeyMissing && !isCounted) return undefined;
  return `${writeCall(entry)} was sent with Quiet: true, which leaves Deleted out of the answer. Send it without Quiet.`;
}

/** A runner passes no boolean as a value of an assertion. */
const isTrueExpected =
  /^Expected: +true$|expected undefined to (?:be|equal|deeply equal|strictly equal) true|^- true$/m;

/** If a runner prints the name of a member that the answer lacks, the test expects it. */
function writeLeftOutMember(comparison: PlainComparison, entry: RequestEntry): string | undefined {
  const { printed, expected, isUndefined } = comparison;
  const { operation = '', output } = entry;
  for (const { operations, member, why, form, canBe = () => true } of optionals) {
    if (!operations.includes(operation) || isSent(memberOf(output, member))) continue;
    const isNamed = new RegExp(`\\b${member}["']?: `).test(printed);
    const texts = isUndefined ? [...expected, ...(isTrueExpected.test(printed) ? ['true'] : [])] : [];
    const isMeant = isNamed || texts.some((text) => form?.test(text) && canBe(text, comparison));
    const reason = isMeant ? why(entry, comparison) : undefined;
    if (reason !== undefined) return `The answer to ${writeCall(entry)} has no ${member}, because ${reason}.`;
  }
  return undefined;
}

function writeLeftOutLists({ printed }: PlainComparison, entry: RequestEntry, operation: string): string | undefined {
  const members = Object.entries(lists[operation] ?? {});
  const [main] = members[0] ?? [];
  if (main === undefined || !ofLists.test(printed)) return undefined;
  const sent = listSent(entry.output);
  // If the answer has its main list, code has read another one.
  const ofOthers = sent.has(main) ? Object.entries(listsOfOthers[operation] ?? {}) : [];
  // Only code that sends a Delimiter looks for CommonPrefixes where the main list can be missing as well.
  const isPlain = !sent.has(main) && memberOf(entry.input, 'Delimiter') === undefined;
  const missing = [...members, ...ofOthers].filter(
    ([name]) => !sent.has(name) && !(isPlain && name === 'CommonPrefixes'),
  );
  if (missing.length === 0) return undefined;
  const names = missing.map(([name, why]) => `no ${name}, because ${why(entry)}`);
  return `The answer to ${writeCall(entry)} has ${names.join('; ')}. SDKs leave empty lists out, so read a list with ?? [].`;
}

/** The entries of ListObjectVersions are one list on the wire, and two lists of an SDK. */
function listSent(output: unknown): ReadonlySet<string> {
  const entries = memberOf(output, 'Entries');
  const ofEntries = Array.isArray(entries) ? entries.filter(isRecord).flatMap((one) => Object.keys(one)) : [];
  const members = isRecord(output) ? Object.entries(output) : [];
  const names = members.flatMap(([name, value]) => (isSent(value) ? [name] : []));
  return new Set([...ofEntries, ...names]);
}

function isSent(value: unknown): boolean {
  return Array.isArray(value) ? value.length > 0 : value !== undefined;
}

/** Code makes a text with the location that S3 leaves out, in which JavaScript writes undefined, or a client null or nothing. */
export const hintAtLocation: Comparison = ({ expected, received, printed, entries }) => {
  const entry = entries.findLast(({ operation, error }) => operation === 'GetBucketLocation' && !error);
  if (entry === undefined || isLocated(entry)) return undefined;
  const isMade = [...expected].some((text) => {
    const parts = text.split('us-east-1');
    return parts.length > 1 && ['undefined', 'null', ''].some((made) => received.has(parts.join(made)));
  });
  // The place can be one of several values.
  const isMissing = expected.has('us-east-1') && !received.has('us-east-1') && /\bundefined\b/.test(printed);
  return isMade || isMissing
    ? `The answer to ${writeCall(entry)} has no LocationConstraint, because ${noLocation}.`
    : undefined;
};

function isLocated({ output }: RequestEntry): boolean {
  const location = memberOf(output, 'LocationConstraint');
  return location !== undefined && location !== '';
}

/** Algorithms that SDKs choose by themselves, so that nobody has asked for them. */
const ofClients: ReadonlySet<string | undefined> = new Set(['CRC32', 'CRC64NVME', undefined]);

/** Code judges objects by a checksum for which their writes asked, and which an answer has only if its request asks for it. */
export function writeUnaskedChecksum(
  store: Store,
  entries: readonly RequestEntry[],
  ofRunner: readonly FailedError[],
): string | undefined {
  const last = entries.at(-1);
  if (last === undefined || !reads.includes(last.operation ?? '') || last.error !== undefined) return undefined;
  const { bucket = '', key = '', versionId } = last;
  const current = versionId === undefined ? store.buckets.get(bucket)?.versions.current(key) : undefined;
  const algorithm = current?.content?.checksum?.algorithm;
  if (asksForChecksum(last) || isOfPart(last) || hasOwnDigest(last.output)) return undefined;
  if (ofClients.has(algorithm) || !ofRunner.some((error) => comparesTruth(error) || isOfDamage(error)))
    return undefined;
  return `${writeCall(last)}: if the code reads Checksum${algorithm}, which the object has: S3 answers it only if the request has ChecksumMode: 'ENABLED'.`;
}
