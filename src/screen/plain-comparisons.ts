import { URLSearchParams } from 'node:url';
import { isOfV3, isRepeated, listCalls, writeAttempts } from '../journal/attempts';
import { bytesOnly, isGzip, writeBodyForm } from '../journal/encoded-bodies';
import { type RequestEntry, writesOfObjects } from '../journal/entry';
import { writeCall } from '../journal/entry-text';
import { findNextPage, writeAsking } from '../journal/next-pages';
import { namesOfHeads } from '../journal/operation-names';
import { sendersOfTypes, writeTypeHint } from '../journal/stored-texts';
import { readCopySource } from '../protocol/request/copy-source-address';
import { counted } from '../text/counts';
import { byCodeUnits, findFirstAfter, firstFound, groupBy, readOnce } from '../text/lists';
import { writeSentence } from '../text/sentences';
import { isArray, isDate, isRecord, memberOf } from '../text/value-kinds';
import { writeKey, writeValue } from '../text/values';
import { hintAtJsonForm } from './compared-forms';
import { type Comparison, listValues, type PlainComparison } from './compared-texts';
import { hintAtETagOfCopy } from './copied-parts';
import { hintAtDeleted } from './deleted-keys';
import { isMissingRejection, saysTrueForFalse } from './errors';
import { hintAtLeftOut, hintAtLocation } from './left-out';
import {
  hintAtDelimiter,
  hintAtEncodedKeys,
  hintAtFirstPage,
  hintAtFolders,
  hintAtKeyCount,
  hintAtNumberAfter,
  hintAtNumberOrder,
  hintAtPrefixAgain,
  hintAtSizeOfPage,
} from './listed-keys';
import { hintAtEqualDates, hintAtOrder } from './listed-versions';
import { type Origin, writeDetail } from './origins';
import {
  hintAtBareETag,
  hintAtChecksumOfParts,
  hintAtHiddenDigest,
  hintAtKeyOrder,
  hintAtOtherList,
  hintAtSizeOfBun,
} from './read-otherwise';
import { hintAtEmptyRange, hintAtRanges } from './read-ranges';
import { hintAtRestoredClass } from './restored-objects';
import {
  hintAtEncodedMetadata,
  hintAtIgnored,
  hintAtIgnoredRange,
  hintAtMetadata,
  hintAtOtherName,
  hintAtTagging,
  hintAtUnicode,
  hintAtUnsetKey,
} from './sent-otherwise';
import { hintAtTagOrder } from './tagging-texts';
import { nameOfHead } from './thrown-answers';
import { readCounts } from './trials/expectation';
import { hintAtDiscarded, hintAtETagOfParts, hintAtGapOfParts, hintAtUpload } from './uploads-in-parts';
import { hintAtFolder, hintAtWidePrefix } from './wide-prefixes';

/** The number of requests that the hints examine, since more would take long. */
const LOOKED_AT = 100;

/** Writes the first hint that applies: the comparison would have held if the test had followed it. What applies besides is chance. */
export function writeHints(comparison: PlainComparison): readonly string[] {
  const entries = comparison.entries.slice(-LOOKED_AT);
  const found = firstFound(comparisons, ({ hint }) => hint({ ...comparison, entries }));
  return found === undefined ? [] : [found];
}

/** Writes why code read a member of a value that is undefined, if an answer left that value out. */
export function writeHintAtUndefined(comparison: PlainComparison): readonly string[] {
  return [hintAtLeftOut(comparison)].filter((hint) => hint !== undefined);
}

const ofReading = /\btransformToString\b|\bTransformStream\b|ChecksumStream|IncomingMessage|_readableState/;
const ofBytes = /"type": "Buffer"|\bBuffer\b|\bUint8Array\b/;

function hintAtBody({ printed, expected, received, entries }: PlainComparison): string | undefined {
  // Most bodies differ in their length, and need not be read.
  const lengths = new Set([...expected].map((text) => Buffer.byteLength(text)));
  const entry = entries.findLast(({ output }) => {
    const body = memberOf(output, 'Body');
    const text = Buffer.isBuffer(body) && lengths.has(body.length) ? body.toString() : undefined;
    return text !== undefined && expected.has(text) && !received.has(text);
  });
  if (entry === undefined) return undefined;
  const isStream = ofReading.test(printed);
  if (!isStream && !ofBytes.test(printed)) return undefined;
  if (!isStream) return `${writeCall(entry)}: its Body is bytes. Compare Body.toString().`;
  const read = isOfV3(entry) ? 'await Body.transformToString()' : 'await text(stream), of node:stream/consumers';
  return `${writeCall(entry)}: the Body of an answer is a stream. Compare ${read}.`;
}

const ofStringification = /\[object (?:Object|ReadableStream|Blob|Promise)\]/;

/** Code has made a text of a body without reading it, or of its bytes without decoding them. */
function hintAtBodyAsText({ expected, received, entries }: PlainComparison): string | undefined {
  const entry = entries.findLast(({ operation, output }) => operation === 'GetObject' && output !== undefined);
  if (entry === undefined) return undefined;
  const read = isOfV3(entry) ? 'await Body.transformToString()' : 'Body.toString(), or the whole stream';
  const text = [...received].find((one) => ofStringification.test(one) && !expected.has(one));
  if (text !== undefined)
    return `${writeCall(entry)}: the Body of an answer is a stream, of which JavaScript makes the text ${writeValue(ofStringification.exec(text)?.[0])}. Read it: ${read}.`;
  const body = memberOf(entry.output, 'Body');
  const list = Buffer.isBuffer(body) && body.length <= LONGEST_LIST ? body.join(',') : undefined;
  if (!list || !received.has(list) || !expected.has(String(body))) return undefined;
  return `${writeCall(entry)}: the code has made a text of a Uint8Array, which is a list of numbers. Read the Body as a text: ${read}.`;
}

/** Longer bodies are not made a list of numbers. */
const LONGEST_LIST = 1000;

function hintAtETag({ expected, received, entries }: PlainComparison): string | undefined {
  const tag = entries
    .map(({ output }) => memberOf(output, 'ETag'))
    .find((one) => typeof one === 'string' && received.has(one) && expected.has(one.slice(1, -1)));
  return tag === undefined ? undefined : `S3 writes an ETag in quotation marks: expect ${writeValue(tag)}.`;
}

function hintAtVersionId({ versionIds, expected, received, entries, isVersion }: PlainComparison): string | undefined {
  const entry = entries.findLast(({ output }) => {
    const id = memberOf(output, 'VersionId');
    return typeof id === 'string' && id !== 'null' && received.has(id) && !expected.has(id);
  });
  const asked = expected.size === 1 ? [...expected] : versionIds.filter((id) => expected.has(id));
  const [id = ''] = asked;
  if (entry?.bucket === undefined || asked.length !== 1 || isVersion(entry, id)) return undefined;
  if (id === 'null')
    return `${writeCall(entry)} answered the id of a version that was written while versioning was Enabled; S3 gives a version the id 'null' only while it is not.`;
  const ofCopy = hintAtIdOfSource(entry, id, isVersion);
  if (ofCopy !== undefined) return ofCopy;
  // The id of another key is none that the test has invented.
  if (entries.some((one) => isVersion(one, id))) return undefined;
  const isLast = entries.findLast(({ bucket, key }) => bucket === entry.bucket && key === entry.key) === entry;
  const current = isLast ? `s3.bucket('${entry.bucket}').newest(${writeKey(entry.key ?? '')}).versionId, or with ` : '';
  return `The mock makes the ids of versions: compare with ${current}expect.any(String).`;
}

/** A copy is a version of its own. */
function hintAtIdOfSource(
  entry: RequestEntry,
  id: string,
  isVersion: PlainComparison['isVersion'],
): string | undefined {
  const header = entry.operation === 'CopyObject' ? memberOf(entry.input, 'CopySource') : undefined;
  const source = typeof header === 'string' ? addressOfSource(header) : undefined;
  if (source === undefined || !isVersion(source, id)) return undefined;
  return `${writeCall(entry)} made a new version, and S3 gives each version an id of its own; the expected one is the id of the source: compare with s3.bucket('${entry.bucket}').newest(${writeKey(entry.key ?? '')}).versionId.`;
}

/** S3 has read the source of a copy that it made. */
function addressOfSource(header: string): Pick<RequestEntry, 'bucket' | 'key'> {
  const { bucket, key } = readCopySource(header);
  return { bucket, key };
}

/** Explains a failed rejects.toThrow('NoSuchKey'), if the error is that of the client and not one of the code. */
function hintAtCode({ printed, expected, entries }: PlainComparison): string | undefined {
  const entry = entries.findLast(({ error }) => error !== undefined && expected.has(error.code));
  if (entry?.error === undefined || !/toThrow|to throw/.test(printed) || isMissingRejection(printed)) return undefined;
  const { code, message } = entry.error;
  if (message.includes(code)) return undefined;
  const isOfClient = [message, 'UnknownError', 'NotFound', `status code ${entry.status}`].some((text) =>
    printed.includes(text),
  );
  const named = isOfClient ? findNamingMember(entry) : undefined;
  if (named === undefined) return undefined;
  const why =
    entry.method === 'HEAD'
      ? writeHeadName(entry)
      : `${code} is ${named.place} of the error, and toThrow compares its message`;
  return `${why}: write rejects.toMatchObject(${named.members}).`;
}

interface NamingMember {
  readonly place: string;
  readonly members: string;
}

/** How the error of a client names what S3 answered. Undefined for a client whose errors nobody knows here. */
function findNamingMember(entry: RequestEntry): NamingMember | undefined {
  const { client = '', method, error, status } = entry;
  const code = method === 'HEAD' ? nameOfHead(entry) : error?.code;
  if (isOfV3(entry)) return { place: 'the name', members: `{ name: '${code}' }` };
  if (/^(?:aws-sdk-nodejs|ibm-cos-sdk|MinIO)/i.test(client))
    return { place: 'the code', members: `{ code: '${code}' }` };
  if (client.startsWith('axios')) return { place: 'in the response', members: `{ response: { status: ${status} } }` };
  return undefined;
}

function writeHeadName(entry: RequestEntry): string {
  return `The answer to a HEAD has no body, so the client of ${writeCall(entry)} knows only its status, and names the error after the status`;
}

function hintAtHead({ expected, received, entries }: PlainComparison): string | undefined {
  const name = namesOfHeads.find((one) => received.has(one));
  const entry = entries.findLast(({ method, error }) => method === 'HEAD' && error && expected.has(error.code));
  if (name === undefined || entry === undefined) return undefined;
  return `The answer to a HEAD has no body, so the client knows only its status, and names the error after the status: expect '${name}'.`;
}

function hintAtMarkers({ numbers, expected, received, entries }: PlainComparison): string | undefined {
  const [asked, found] = numbers;
  const deleted = findDeletedKeys({ expected, received, entries });
  if (deleted !== undefined) return deleted;
  const entry = entries.findLast(({ output }) => {
    const entriesOfAnswer = memberOf(output, 'Entries');
    if (!Array.isArray(entriesOfAnswer) || entriesOfAnswer.length !== asked) return false;
    const markers = entriesOfAnswer.filter((one) => memberOf(one, 'DeleteMarkers') !== undefined).length;
    return markers > 0 && entriesOfAnswer.length - markers === found;
  });
  return (
    entry &&
    `${writeCall(entry)} lists delete markers in DeleteMarkers, separately from Versions: compare the lengths of both.`
  );
}

/** Code takes the keys of Versions for those that are there, although a delete marker is the newest version of some. */
function findDeletedKeys({
  expected,
  received,
  entries,
}: Pick<PlainComparison, 'expected' | 'received' | 'entries'>): string | undefined {
  const entry = entries.findLast(({ operation, error }) => operation === 'ListObjectVersions' && !error);
  const listed = memberOf(entry?.output, 'Entries');
  if (entry === undefined || !isArray(listed)) return undefined;
  // A key whose marker is no longer the latest has been written again.
  const markers = new Set(
    listed.flatMap((one: unknown) => {
      const marker = memberOf(one, 'DeleteMarkers');
      const key = memberOf(marker, 'Key');
      return typeof key === 'string' && memberOf(marker, 'IsLatest') === true ? key : [];
    }),
  );
  const keys = new Set(listed.map((one: unknown) => memberOf(memberOf(one, 'Versions'), 'Key')));
  const unwanted = listValues(received).filter((text) => !expected.has(text) && keys.has(text));
  const wanted = listValues(expected);
  // Who expects no key may have meant to remove all versions.
  const isWanted = wanted.length > 0 && wanted.every((text) => received.has(text));
  if (unwanted.length === 0 || !isWanted || !unwanted.every((key) => markers.has(key))) return undefined;
  const [key = ''] = unwanted;
  return `${writeCall(entry)} lists delete markers in DeleteMarkers, separately from Versions, and ${writeKey(key)} has one${unwanted.length > 1 ? `, as ${unwanted.length - 1} more` : ''}: from the LastModified of its marker on, the key is deleted. Read both lists.`;
}

function hintAtPage({ entries, ...compared }: PlainComparison): string | undefined {
  const last = entries.findLast(({ operation }) => operation?.startsWith('List'));
  const page = findNextPage(last?.output);
  const isMissing =
    last !== undefined &&
    (missesFurther({ ...compared, listed: countListed(entries) }, last) || missesBytes({ ...compared, entries }, last));
  if (last === undefined || page === undefined || !isMissing) return undefined;
  const truncated = memberOf(last.output, 'IsTruncated') === true ? ': its answer has IsTruncated: true' : '';
  return `${writeCall(last)} returned only one page of the listing${truncated}. Request the next page with its ${writeAsking(page)}.${writeEndOfLoop(last)}`;
}

/** A page can have nothing but prefixes, and code takes the lack of keys for the end. */
function writeEndOfLoop(entry: RequestEntry): string {
  const { operation, output } = entry;
  const [keys, prefixes] = ['Contents', 'CommonPrefixes'].map((name) => memberOf(output, name) ?? []);
  const isOfPrefixes = isArray(keys) && keys.length === 0 && isArray(prefixes) && prefixes.length > 0;
  // The SDK v2 makes an empty list of it.
  return isOfPrefixes && isOfV3(entry) && (operation === 'ListObjects' || operation === 'ListObjectsV2')
    ? ' This page has only CommonPrefixes, so its Contents is undefined: end the loop by IsTruncated, and not by Contents.'
    : '';
}

/** Whether the test expects more than it received, or something that is in the bucket and not on the page. Nobody knows without an error. */
function missesFurther(
  {
    printed,
    numbers: [asked, found],
    expected,
    received,
    hasObjects,
    listed,
  }: Omit<PlainComparison, 'entries'> & { readonly listed: number },
  page: RequestEntry,
): boolean {
  if (printed === '') return true;
  // A number of items is not greater than the number of items that came.
  if (asked !== undefined && found !== undefined) return asked > found && found <= listed;
  if (hasObjects === undefined) return true;
  const { bucket } = page;
  return [...expected].some((key) => !received.has(key) && hasObjects({ bucket, key }));
}

/** Whether the test expects the bytes of all objects of a listing, and received those of the pages that came. */
function missesBytes({ numbers: [asked, found], entries, sumSizes }: PlainComparison, last: RequestEntry): boolean {
  const pages = entries.filter(
    ({ operation, bucket, input }) =>
      operation === last.operation &&
      bucket === last.bucket &&
      memberOf(input, 'Prefix') === memberOf(last.input, 'Prefix'),
  );
  return asked !== found && found === sumListed(pages) && asked === sumSizes?.(last);
}

/** How many bytes the objects, or the versions, of some pages have. */
function sumListed(pages: readonly RequestEntry[]): number {
  const items = pages.flatMap(({ output }) => ['Contents', 'Entries'].flatMap((name) => memberOf(output, name) ?? []));
  const sizes = items.map((one) => memberOf(memberOf(one, 'Versions') ?? one, 'Size'));
  return sizes.reduce<number>((sum, size) => sum + (typeof size === 'number' ? size : 0), 0);
}

/** How many items the listings of a test have returned, of whatever kind. */
function countListed(entries: readonly RequestEntry[]): number {
  const lists = entries.flatMap(({ operation, output }) =>
    operation?.startsWith('List') && isRecord(output) ? Object.values(output).filter(Array.isArray) : [],
  );
  return lists.reduce((sum, { length }) => sum + length, 0);
}

function hintAtPrefixes({ expected, received, entries, hasObjects }: PlainComparison): string | undefined {
  const all = [...expected].filter((key) => !received.has(key)).sort(byCodeUnits);
  if (all.length === 0) return undefined;
  // No listing returns a key that is not there.
  const listMissing = readOnce((bucket) => all.filter((key) => hasObjects?.({ bucket, key }) !== false));
  for (const entry of entries.toReversed()) {
    const prefixes = memberOf(entry.output, 'CommonPrefixes');
    if (!Array.isArray(prefixes)) continue;
    const missing = listMissing(entry.bucket ?? '');
    for (const one of prefixes) {
      const prefix = memberOf(one, 'Prefix');
      if (typeof prefix !== 'string') continue;
      // If a key continues the prefix, so does the first text behind the prefix.
      if (findFirstAfter(missing, prefix)?.startsWith(prefix))
        return `${writeCall(entry)} lists only one level of keys, so ${writeKey(prefix)} in CommonPrefixes stands for all keys below it. ${writeCureOfLevel(entry, prefix, missing)}`;
    }
  }
  return undefined;
}

/** The keys right below a folder are on the level of its name with the slash. */
function writeCureOfLevel(entry: RequestEntry, prefix: string, missing: readonly string[]): string {
  const [sent, delimiter] = [memberOf(entry.input, 'Prefix'), String(memberOf(entry.input, 'Delimiter'))];
  const isNextLevel = missing.every((key) => key.startsWith(prefix) && !key.slice(prefix.length).includes(delimiter));
  if (prefix === `${sent}${delimiter}` && isNextLevel)
    return `The Prefix ends before the Delimiter: list with Prefix: ${writeKey(prefix)}.`;
  const ofMinio = `: listObjectsV2('${entry.bucket}', ${writeKey(typeof sent === 'string' ? sent : '')}, true)`;
  return `List without a Delimiter${isOfMinio(entry) ? ofMinio : ''}.`;
}

function hintAtRetry(comparison: PlainComparison): string | undefined {
  const { entries } = comparison;
  const last = entries.at(-1);
  const failed = entries.findLast(({ failure, status }) => failure !== undefined && (status === 0 || status >= 500));
  if (last === undefined || failed === undefined || last === failed || last.status >= 300) return undefined;
  if (last.operation !== failed.operation || last.url !== failed.url) return undefined;
  if (!expectsFailure(comparison, failed)) return undefined;
  const step = failed.error === undefined ? `fail('SlowDown')` : `fail('${failed.error.code}')`;
  return `${writeCall(last)} was sent again, and S3 applied it: clients retry failed requests. To make the whole call fail, let the rule fail each attempt: s3.on('${last.operation}').${step}, without times, or give the client maxAttempts: 1.`;
}

/** Whether a test waited for an error, or for a text with the code of the failure. */
function expectsFailure({ printed, expected, received }: PlainComparison, { error }: RequestEntry): boolean {
  const names = (text: string) => error !== undefined && text.includes(error.code);
  return isMissingRejection(printed) || ([...expected].some(names) && ![...received].some(names));
}

/** Code that tries again by itself does so less often than a test expects, since its SDK has tried again before. */
function hintAtOwnRetries(comparison: PlainComparison): string | undefined {
  const [expected = 0, received = 0] = comparison.numbers;
  const calls = listCalls(comparison.entries);
  if (received > expected) return hintAtCountedAttempts(comparison, calls);
  const repeated = calls.filter(isRepeated);
  const retries = repeated.reduce((sum, call) => sum + call.length - 1, 0);
  const [first] = repeated[0] ?? [];
  if (first === undefined || expected <= received || expected - received > retries) return undefined;
  return `The SDK itself sent ${writeCall(first)} ${counted(repeated[0]?.length ?? 0, 'time')}, so the code has less to repeat: give its client maxAttempts: 1.`;
}

/** A test counts the requests, and expects as many as the code has made calls. */
function hintAtCountedAttempts(
  { numbers: [expected = 0, received], entries, isOfHandle }: PlainComparison,
  calls: readonly (readonly RequestEntry[])[],
): string | undefined {
  // A number that an answer or a handle has is likelier meant.
  if (received === undefined || isOfHandle?.(received) === true) return undefined;
  if (entries.some(({ output }) => [...readCounts(output).values()].includes(received))) return undefined;
  const ofOperations = groupBy(calls, ([first]) => first?.operation).values();
  const meant = [calls, ...ofOperations].filter((some) => some.flat().length === received);
  return firstFound(meant, (some) => writeAttempts(some, expected));
}

/** What jest and vitest print of a promise that resolved to a text or a list, as that of a delete does not. */
const ofOtherValue = /^Resolved to value: +["[]|promise resolved "["'[]/m;

/** Whether a test expects that an answer 204 says that there was nothing to delete. */
function isRefusalExpected({ printed, numbers: [expected, received] }: PlainComparison): boolean {
  return saysTrueForFalse(printed) || (expected === 404 && received === 204);
}

/** A delete without a version id removes no version, whatever protects the versions, and finds any key. */
function hintAtDelete(comparison: PlainComparison): string | undefined {
  const { printed, entries, hasObjects, listDeletedObjects } = comparison;
  const isRejection = isMissingRejection(printed) && !ofOtherValue.test(printed);
  if (!isRejection && !isRefusalExpected(comparison)) return undefined;
  const entry = entries.findLast(({ operation, output }) => operation === 'DeleteObject' && output !== undefined);
  if (entry === undefined || entry !== entries.at(-1) || memberOf(entry.input, 'VersionId') !== undefined)
    return undefined;
  const { bucket = '', key = '' } = entry;
  // Whether the key existed is no question if it did.
  const hadObject = listDeletedObjects?.(bucket, 'DeleteObject').has(key) === true && !isDeletedAgain(entry, entries);
  if (!hadObject && hasObjects?.(entry) === false)
    return `${writeCall(entry)} was answered 204, as S3 answers a delete of any key, whether the key exists or not. To find out whether it exists, send a HeadObject before${writeErrorOfHead(entry)}.`;
  if (!isRejection || memberOf(entry.output, 'DeleteMarker') !== true) return undefined;
  return `${writeCall(entry)} has no VersionId, so it adds a delete marker, which neither MFA Delete nor a lock prevents. To delete a version, give its VersionId.`;
}

/** A name that was deleted is free again for IfNoneMatch, whatever versions the key has below. */
function hintAtFreeName(comparison: PlainComparison): string | undefined {
  const { printed, entries, listDeletedObjects } = comparison;
  const entry = entries.findLast(({ method }) => method !== 'GET' && method !== 'HEAD');
  if (entry?.key === undefined || entry.error !== undefined || memberOf(entry.input, 'IfNoneMatch') !== '*')
    return undefined;
  if (!isMissingRejection(printed) && !saysTrueForFalse(printed)) return undefined;
  const { bucket = '', key } = entry;
  const before = entries.slice(0, entries.indexOf(entry)).findLast((one) => isWriteOf(one, entry));
  const isDelete = before?.operation === 'DeleteObject' && before.error === undefined && before.key === key;
  if (!isDelete || listDeletedObjects?.(bucket, 'DeleteObject').has(key) !== true) return undefined;
  return `${writeCall(entry)} was sent with IfNoneMatch: '*', which asks for the current version alone, and ${writeCall(before)} had deleted it: the name is free again, whatever versions the key still has. To keep a name for ever, look for it in ListObjectVersions before, or do not delete the object that holds it.`;
}

/** Whether the last request for the key before a delete had deleted it already, so that the delete met no object. */
function isDeletedAgain(entry: RequestEntry, entries: readonly RequestEntry[]): boolean {
  const before = entries.slice(0, entries.indexOf(entry)).findLast((one) => isWriteOf(one, entry));
  return before?.operation === 'DeleteObject' && before.error === undefined;
}

function isWriteOf({ method, bucket, key }: RequestEntry, of: RequestEntry): boolean {
  // A batch names its keys in its body, and a copy is read there as well.
  return method !== 'GET' && method !== 'HEAD' && bucket === of.bucket && (key === of.key || key === undefined);
}

/** Code that waits for NoSuchKey waits for nothing, since the answer to a HEAD has no body with a code. */
function writeErrorOfHead({ caller, client = '' }: RequestEntry): string {
  // Whoever may not list the bucket gets a 403, whether the key exists or not.
  if (caller === 'anonymous' || caller?.user !== undefined || caller?.role !== undefined) return '';
  if (isOfV3({ client })) return ', whose error has the name NotFound, and not NoSuchKey';
  return /^(?:aws-sdk-nodejs|ibm-cos-sdk|MinIO)/i.test(client)
    ? ', whose error has the code NotFound, and not NoSuchKey'
    : '';
}

/** A listing begins behind the key that it names, and not with it. */
function hintAtFirstKey({
  expected,
  received,
  entries,
  hasObjects,
  findKeyBefore,
}: PlainComparison): string | undefined {
  return firstFound(entries.toReversed(), (entry) =>
    firstFound(['StartAfter', 'Marker', 'KeyMarker'], (member) => {
      const key = memberOf(entry.input, member);
      if (typeof key !== 'string' || !expected.has(key) || received.has(key)) return undefined;
      if (hasObjects?.({ bucket: entry.bucket, key }) === false) return undefined;
      const before = findKeyBefore?.(entry, key);
      const cure =
        before === undefined ? `leave ${member} out` : `send ${member}: ${writeKey(before)}, the key before it`;
      return `${writeCall(entry)} begins behind ${member}: ${writeKey(key)}, and leaves that key itself out. To have it as well, ${cure}.`;
    }),
  );
}

/** The SDK v3 has the status and the code of a refusal elsewhere than other clients. */
function hintAtMembersOfErrors({ isUndefined, printed, expected, entries }: PlainComparison): string | undefined {
  // node:assert compares an object of members, and prints their names.
  if (!isUndefined && !/\b(?:code|statusCode): /.test(printed)) return undefined;
  const entry = entries.findLast(({ error }) => error !== undefined);
  if (entry?.error === undefined || !isOfV3(entry)) return undefined;
  if (expected.has(String(entry.status)))
    return `An error of the SDK v3 has no statusCode: read error.$metadata.httpStatusCode, which is ${entry.status} for ${writeCall(entry)}.`;
  return expected.has(entry.error.code)
    ? `An error of the SDK v3 has the code of S3 as its name: read error.name, which is '${entry.method === 'HEAD' ? nameOfHead(entry) : entry.error.code}' for ${writeCall(entry)}.`
    : undefined;
}

/** S3 looks neither at the key nor at the bytes. */
function hintAtContentType({ expected, received, entries, findOrigin }: PlainComparison): string | undefined {
  const type = [...expected].find((text) => /^(?:image|text|application|video|audio|font)\/[\w.+-]+$/.test(text));
  const ofQuery = type && hintAtTypeInQuery(type, received, entries);
  if (ofQuery) return ofQuery;
  const stored = [...received].find((text) => Object.hasOwn(sendersOfTypes, text));
  if (type === undefined || stored === undefined) return undefined;
  const isAnswered = ({ output }: RequestEntry) => memberOf(output, 'ContentType') === stored;
  // A test can also read the type by a handle.
  const isStored = ({ operation, input }: RequestEntry) =>
    operation === 'PutObject' && memberOf(input, 'ContentType') === stored;
  const entry = entries.findLast(isAnswered) ?? entries.findLast(isStored);
  const ofOverride = entry && writeTypeOfRequest(entry, type, stored);
  if (ofOverride) return ofOverride;
  // A write that named the type did not set it for a reason of its own, such as a copy without its directive.
  if (entries.some(({ input }) => memberOf(input, 'ContentType') === type)) return undefined;
  // A copy with a directive left out what its source had.
  if (entries.some(({ input, key }) => key === entry?.key && memberOf(input, 'MetadataDirective') === 'REPLACE'))
    return undefined;
  if (entry === undefined) return undefined;
  if (/octet-stream$/.test(stored)) {
    const isSent = !isAnswered(entry);
    const why =
      (isSent ? undefined : writeTypeOfCopy(entry, type, entries)) ??
      writeWhyNoType(entry, type, isSent ? 'request' : findOrigin?.(entry));
    return `${writeCall(entry)} ${isSent ? 'sent' : 'answered'} ContentType: '${stored}', because ${why}.`;
  }
  const write = entries.findLast(
    ({ operation, bucket, key }) => operation === 'PutObject' && bucket === entry.bucket && key === entry.key,
  );
  return writeTypeHint(type, stored, write);
}

/** A read can name the type of its answer, which says nothing of the object. */
function writeTypeOfRequest(entry: RequestEntry, type: string, stored: string): string | undefined {
  return memberOf(entry.input, 'ResponseContentType') === stored
    ? `${writeCall(entry)} answered ContentType: '${stored}', because the request has it as ResponseContentType, whatever type the object has: send ResponseContentType: '${type}', or leave it out to read the type of the object.`
    : undefined;
}

/** A copy has the type of its source, and S3 ignores another one without its directive. */
function writeTypeOfCopy(
  { bucket, key }: RequestEntry,
  type: string,
  entries: readonly RequestEntry[],
): string | undefined {
  const write = entries.findLast(
    (one) => one.bucket === bucket && one.key === key && one.error === undefined && writesOfObjects.has(one.operation),
  );
  return write?.operation === 'CopyObject'
    ? `${writeCall(write)} copied the type of its source, and S3 guesses none from the key: give the source that type, or send ContentType: '${type}' with MetadataDirective: 'REPLACE' and all that the copy should have`
    : undefined;
}

/** A fixture and a handle can name the default by themselves, so that only another type is missing. */
function writeWhyNoType(entry: RequestEntry, type: string, origin: Origin | undefined): string {
  if (origin === 'request')
    return `the upload named no type, and S3 guesses none from the key: send ContentType: '${type}' with it`;
  if (origin === undefined)
    return `whoever wrote the object gave it no other type, and S3 guesses none from the key: write ContentType: '${type}' in a request, contentType: '${type}' in a fixture`;
  const who = origin === 'fixture' ? 'its fixture gives' : 'the put() of a handle gave';
  return `${who} it no other type, and S3 guesses none from the key: write ${writeDetail(origin, entry, `contentType: '${type}'`)}`;
}

/** S3 takes parameters of the query for no headers, but for those of an answer: an SDK has signed the type into the URL. */
function hintAtTypeInQuery(
  type: string,
  received: ReadonlySet<string>,
  entries: readonly RequestEntry[],
): string | undefined {
  const entry = entries.findLast(({ operation, input, url }) => {
    const sent = memberOf(input, 'ContentType') ?? ofNoType;
    const query = operation === 'PutObject' ? url.split('?')[1] : undefined;
    return sent !== type && received.has(String(sent)) && new URLSearchParams(query).get('Content-Type') === type;
  });
  if (entry === undefined) return undefined;
  const sent = memberOf(entry.input, 'ContentType');
  const came =
    sent === undefined ? 'the request had no such header' : `the header of the request was '${String(sent)}'`;
  return `${writeCall(entry)}: its URL has Content-Type=${type} in the query, where S3 does not read it, and ${came}. Send the header content-type: ${type} with the PUT.`;
}

/** The type of an object that was written without one. */
const ofNoType = 'binary/octet-stream';

/** A test expects the body of an older version, and the code has read the current one. */
function hintAtOlderVersion({
  expected,
  received,
  entries,
  findOlder,
  writeOrderOfFixture,
}: PlainComparison): string | undefined {
  const entry = entries.findLast(
    ({ operation, error, input }) =>
      operation === 'GetObject' && error === undefined && memberOf(input, 'VersionId') === undefined,
  );
  if (entry === undefined) return undefined;
  return firstFound([...expected], (text) => {
    const id = text === '' || received.has(text) ? undefined : findOlder?.(entry, text);
    return (
      id &&
      `${writeCall(entry)} named no version, so S3 answered the current one; the version ${writeValue(id)} has the expected body: send its VersionId to read it.${writeOrderOfFixture?.(entry, id, entries) ?? ''}`
    );
  });
}

const isoDate = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?Z$/;

/** SDKs make a Date of a moment. */
function hintAtDate({ expected, printed, entries }: PlainComparison): string | undefined {
  const text = [...expected].find((one) => isoDate.test(one));
  if (text === undefined || !/Received: +\d{4}-\d\d-\d\dT|\bDate\b|expected \d{4}-/.test(printed)) return undefined;
  const entry = entries.findLast(({ output }) => memberOf(output, 'LastModified') instanceof Date);
  return (
    entry &&
    `LastModified of ${writeCall(entry)} is a Date, in whole seconds: compare LastModified.toISOString(), and stop the clock of the mock with the option now for a fixed moment.`
  );
}

const moments = /\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z|\b\d{13}\b/g;

function readMoment(text: string): number {
  return text.includes('T') ? Date.parse(text) : Number(text);
}

/** S3 keeps no milliseconds, and the clock of a test has them. */
function hintAtSeconds({ printed, entries }: PlainComparison): string | undefined {
  const all = [...new Set([...printed.matchAll(moments)].map(([text]) => readMoment(text)))];
  const whole = all.find((one) => one % 1000 === 0);
  if (whole === undefined || !all.some((one) => one > whole && one < whole + 1000)) return undefined;
  const entry = entries.findLast(({ output }) => listTimes(output).includes(whole));
  if (entry === undefined) return undefined;
  return `LastModified of ${writeCall(entry)} is in whole seconds, as S3 keeps no milliseconds: compare it with a moment without them, date.setMilliseconds(0), or stop the clock of the mock at a whole second with the option now.`;
}

function listTimes(output: unknown): readonly number[] {
  const lists = ['Contents', 'Entries'].flatMap((name) => memberOf(output, name) ?? []);
  return [output, ...lists, ...lists.map((one: unknown) => memberOf(one, 'Versions'))].flatMap((one) => {
    const at = memberOf(one, 'LastModified');
    return isDate(at) ? [Math.floor(at.getTime() / 1000) * 1000] : []; // as S3 answers it
  });
}

/** An upload in parts makes an object only when it is completed. */
function hintAtOpenUpload({
  numbers: [expected = 0, found = 0],
  expected: texts,
  received,
  isUndefined,
  entries,
  listOpenUploads,
}: PlainComparison): string | undefined {
  const entry = entries.findLast(({ operation }) => operation?.startsWith('ListObject'));
  if (entry?.bucket === undefined || listOpenUploads === undefined) return undefined;
  const prefix = memberOf(entry.input, 'Prefix');
  const open = listOpenUploads(entry.bucket).filter((key) => typeof prefix !== 'string' || key.startsWith(prefix));
  const missing = open.filter((key) => texts.has(key) && !received.has(key));
  const isCounted = expected > found && expected - found === open.length;
  const isNone = isUndefined && listTimes(entry.output).length === 0;
  const [key] = missing.length > 0 ? missing : isCounted || isNone ? open : [];
  return key === undefined
    ? undefined
    : `${writeCall(entry)} does not list ${writeKey(key)}, since nobody has completed its upload in parts: it is an object only after CompleteMultipartUpload.`;
}

/** A delete without a version id adds a version. */
function hintAtNewMarkers({
  numbers: [expected = 0, received = 0],
  printed,
  entries,
  countVersions,
}: PlainComparison): string | undefined {
  const entry = entries.findLast(({ output }) => memberOf(output, 'DeleteMarker') === true);
  const areVersions =
    /versionId|deleteMarker/i.test(printed) || entries.some(({ operation }) => operation === 'ListObjectVersions');
  if (!areVersions || entry?.bucket === undefined || entry.key === undefined || expected >= received) return undefined;
  if (memberOf(entry.input, 'VersionId') !== undefined) return undefined;
  const { all = 0, markers = 0 } = countVersions?.(entry.bucket, entry.key) ?? {};
  if (all !== received || all - markers !== expected) return undefined;
  return `${writeCall(entry)} has no VersionId, so it added a delete marker, which is a version too: of the ${all} versions, ${markers === 1 ? 'one is a marker' : `${markers} are markers`}.`;
}

/** Code stores bytes in another form than the one that the test reads. */
function hintAtBodyForm({ expected, received, entries }: PlainComparison): string | undefined {
  const lengths = new Set([...received].map((text) => Buffer.byteLength(text)));
  const bodies = entries
    .flatMap(({ input, output }) => [memberOf(input, 'Body'), memberOf(output, 'Body')])
    .filter(
      (body) =>
        Buffer.isBuffer(body) && (lengths.has(body.length) || isShortGzip(body)) && received.has(body.toString()),
    );
  return firstFound(bodies, (body) => firstFound([...expected], (text) => writeBodyForm(text, body as Buffer))); // as filtered
}

/** Bytes that became a text have the text of the bytes before, and are no others than its own. */
function hintAtReplacedBytes({ textOfBytes: text, entries }: PlainComparison): string | undefined {
  if (text === undefined) return undefined;
  const entry = entries.findLast(({ input, output }) =>
    [memberOf(input, 'Body'), memberOf(output, 'Body')].some(
      (body) => Buffer.isBuffer(body) && body.equals(Buffer.from(text)),
    ),
  );
  return (
    entry &&
    `${writeCall(entry)} has the expected bytes after they became a text in UTF-8, which replaces bytes that are no UTF-8. ${writeSentence(bytesOnly)}`
  );
}

/** As a text, compressed bytes have another length, since most of them are no UTF-8. */
function isShortGzip(body: Buffer): boolean {
  return isGzip(body) && body.length <= LONGEST_GZIP;
}

/** Longer compressed bodies are not made a text. */
const LONGEST_GZIP = 100_000;

/** A hint with what it compares, for the table of hints: the comparison of the test holds if it is followed. */
export const comparisons: readonly { readonly compares: string; readonly hint: Comparison }[] = [
  { compares: 'the text of a body that is a stream or bytes', hint: hintAtBody },
  { compares: 'the text of a body that became a text by itself', hint: hintAtBodyAsText },
  { compares: 'an ETag in its quotation marks', hint: hintAtETag },
  { compares: 'an ETag without its quotation marks', hint: hintAtBareETag },
  { compares: 'a version id that the mock made', hint: hintAtVersionId },
  { compares: 'the code of a refusal, where toThrow compares its message', hint: hintAtCode },
  { compares: 'the name that SDKs give to the error of a HEAD', hint: hintAtHead },
  { compares: 'the delete markers, which are a list of their own', hint: hintAtMarkers },
  { compares: 'the first keys of a listing with the newest objects', hint: hintAtFirstPage },
  { compares: 'the pages of a listing that were not asked for', hint: hintAtPage },
  { compares: 'the number of all keys with the size of a page', hint: hintAtSizeOfPage },
  { compares: 'the keys below a prefix in CommonPrefixes', hint: hintAtPrefixes },
  { compares: 'the attempt that was answered after a failure', hint: hintAtRetry },
  { compares: 'a delete that has no VersionId, or no object', hint: hintAtDelete },
  { compares: 'a write with IfNoneMatch that came after a delete', hint: hintAtFreeName },
  { compares: 'the Deleted of a batch with the keys that had an object', hint: hintAtDeleted },
  { compares: 'the place of a version in a listing, the newest first', hint: hintAtOrder },
  { compares: 'the order of keys with the order of dates', hint: hintAtKeyOrder },
  { compares: 'the order of keys with the order of their numbers', hint: hintAtNumberOrder },
  { compares: 'keys behind another one with the order of their numbers', hint: hintAtNumberAfter },
  { compares: 'a prefix that two pages have', hint: hintAtPrefixAgain },
  { compares: 'the number or the bytes of all keys with those of a listing with a Delimiter', hint: hintAtDelimiter },
  { compares: 'versions with one LastModified', hint: hintAtEqualDates },
  { compares: 'a member that the answer does not have', hint: hintAtLeftOut },
  { compares: 'a text with the location that S3 leaves out', hint: hintAtLocation },
  { compares: 'KeyCount with the number of keys', hint: hintAtKeyCount },
  { compares: 'the keys of a listing with its CommonPrefixes', hint: hintAtFolders },
  { compares: 'the keys of a listing that was asked to encode them', hint: hintAtEncodedKeys },
  { compares: 'a list that the answer has under another name', hint: hintAtOtherList },
  { compares: 'a size that is NaN in bun with the length that S3 answered', hint: hintAtSizeOfBun },
  { compares: "the attempts of the SDK with those of the code's own", hint: hintAtOwnRetries },
  { compares: 'the status and the code in an error of the SDK v3', hint: hintAtMembersOfErrors },
  { compares: 'the metadata and the type of an upload in parts with what began it', hint: hintAtUpload },
  { compares: 'the bytes of an upload in parts with those that its completion left out', hint: hintAtDiscarded },
  { compares: 'the bytes of an upload in parts with those of a part that nobody uploaded', hint: hintAtGapOfParts },
  { compares: 'the type of an upload that named none', hint: hintAtContentType },
  { compares: 'the body of an older version, where the request named none', hint: hintAtOlderVersion },
  { compares: 'the key after which a listing begins', hint: hintAtFirstKey },
  { compares: 'a moment with its text in ISO 8601', hint: hintAtDate },
  { compares: 'a moment in whole seconds', hint: hintAtSeconds },
  { compares: 'the keys of uploads that nobody completed', hint: hintAtOpenUpload },
  { compares: 'the versions of a key with the delete markers that requests made', hint: hintAtNewMarkers },
  { compares: 'the ETag of an upload in parts with the one of its copy', hint: hintAtETagOfCopy },
  { compares: 'the ETag of an upload in parts with an MD5', hint: hintAtETagOfParts },
  { compares: 'an ETag that encryption makes another one than the MD5', hint: hintAtHiddenDigest },
  { compares: 'the checksum of an upload in parts with the one of its bytes', hint: hintAtChecksumOfParts },
  { compares: 'two texts of one JSON value', hint: hintAtJsonForm },
  { compares: 'the bytes of a body after base64, hex, gzip, JSON or UTF-16 is undone', hint: hintAtBodyForm },
  { compares: 'bytes with those that a text in UTF-8 made of them', hint: hintAtReplacedBytes },
  { compares: 'bytes with those of ranges that overlap, or leave bytes out', hint: hintAtRanges },
  { compares: 'the bytes of a range with those of an object that has none', hint: hintAtEmptyRange },
  { compares: 'two Unicode forms of a text', hint: hintAtUnicode },
  { compares: 'a value that the answer has under another name', hint: hintAtOtherName },
  { compares: 'the names of metadata in lower case', hint: hintAtMetadata },
  { compares: 'metadata that is not ASCII', hint: hintAtEncodedMetadata },
  { compares: 'tags whose text was not encoded', hint: hintAtTagging },
  { compares: 'tags in another order than that of the answer', hint: hintAtTagOrder },
  { compares: 'a member of the request that S3 ignored', hint: hintAtIgnored },
  { compares: 'the storage class of an object that is restored', hint: hintAtRestoredClass },
  { compares: 'a key with the text of a value that the code has not set', hint: hintAtUnsetKey },
  { compares: 'the keys of a listing with those that its prefix was meant for', hint: hintAtWidePrefix },
  { compares: 'the keys of a listing without the empty objects that stand for folders', hint: hintAtFolder },
  { compares: 'what code makes of a range that S3 ignored', hint: hintAtIgnoredRange },
];

function isOfMinio({ client = '' }: RequestEntry): boolean {
  return client.startsWith('MinIO');
}
