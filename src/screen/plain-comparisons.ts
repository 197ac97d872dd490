import { callIdOf } from '../journal/earlier-calls';
import { writeBodyForm } from '../journal/encoded-bodies';
import type { RequestEntry } from '../journal/entry';
import { writeCall } from '../journal/entry-text';
import { findNextPage, writeAsking } from '../journal/next-pages';
import { namesOfHeads } from '../journal/operation-names';
import { sendersOfTypes } from '../journal/stored-texts';
import { counted } from '../text/counts';
import { byCodeUnits, findFirstAfter, firstFound, groupBy, readOnce } from '../text/lists';
import { memberOf } from '../text/value-kinds';
import { writeKey, writeValue } from '../text/values';
import type { Comparison, PlainComparison } from './compared-texts';
import { isMissingRejection } from './errors';
import { hintAtLeftOut } from './left-out';
import {
  hintAtEncodedMetadata,
  hintAtETagOfParts,
  hintAtIgnored,
  hintAtMetadata,
  hintAtOtherName,
  hintAtTagging,
  hintAtUnicode,
} from './sent-otherwise';
import { nameOfHead } from './thrown-answers';

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
  if (entry?.bucket === undefined || asked.length !== 1 || asked.some((id) => isVersion(entry, id))) return undefined;
  const isLast = entries.findLast(({ bucket, key }) => bucket === entry.bucket && key === entry.key) === entry;
  const current = isLast ? `s3.bucket('${entry.bucket}').newest(${writeKey(entry.key ?? '')}).versionId, or with ` : '';
  return `The mock makes the ids of versions: compare with ${current}expect.any(String).`;
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

function hintAtMarkers({ numbers, entries }: PlainComparison): string | undefined {
  const [asked, found] = numbers;
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

function hintAtPage({ entries, ...compared }: PlainComparison): string | undefined {
  const last = entries.findLast(({ operation }) => operation?.startsWith('List'));
  const page = findNextPage(last?.output);
  if (last === undefined || page === undefined || !missesFurther(compared, last)) return undefined;
  const truncated = memberOf(last.output, 'IsTruncated') === true ? ': its answer has IsTruncated: true' : '';
  return `${writeCall(last)} returned only one page of the listing${truncated}. Request the next page with its ${writeAsking(page)}.`;
}

/** Whether the test expects more than it received, or something that is in the bucket and not on the page. Nobody knows without an error. */
function missesFurther(
  { printed, numbers: [asked, found], expected, received, hasObjects }: Omit<PlainComparison, 'entries'>,
  page: RequestEntry,
): boolean {
  if (printed === '' || (asked !== undefined && found !== undefined && asked > found)) return true;
  if (hasObjects === undefined) return true;
  const { bucket } = page;
  return [...expected].some((key) => !received.has(key) && hasObjects({ bucket, key }));
}

function hintAtPrefixes({ expected, received, entries }: PlainComparison): string | undefined {
  const missing = [...expected].filter((key) => !received.has(key)).sort(byCodeUnits);
  if (missing.length === 0) return undefined;
  for (const entry of entries.toReversed()) {
    const prefixes = memberOf(entry.output, 'CommonPrefixes');
    for (const one of Array.isArray(prefixes) ? prefixes : []) {
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
  return `List without a Delimiter${isOfMinio(entry) ? `: listObjectsV2('${entry.bucket}', '', true)` : ''}.`;
}

function hintAtRetry({ printed, entries }: PlainComparison): string | undefined {
  if (!isMissingRejection(printed)) return undefined;
  const last = entries.at(-1);
  const failed = entries.findLast(({ failure, status }) => failure !== undefined && (status === 0 || status >= 500));
  if (last === undefined || failed === undefined || last === failed || last.status >= 300) return undefined;
  if (last.operation !== failed.operation || last.url !== failed.url) return undefined;
  return `${writeCall(last)} was sent again, and S3 applied it: clients retry failed requests. To make the whole call fail, let the rule fail each attempt: s3.on('${last.operation}').fail('SlowDown'), without times.`;
}

/** Code that tries again by itself does so less often than a test expects, since its SDK has tried again before. */
function hintAtOwnRetries({ numbers: [expected = 0, received = 0], entries }: PlainComparison): string | undefined {
  const calls = groupBy(entries, callIdOf);
  const repeated = [...calls].flatMap(([id, call]) =>
    id !== undefined && call.length > 1 && call.some(({ failure }) => failure) ? [call] : [],
  );
  const retries = repeated.reduce((sum, call) => sum + call.length - 1, 0);
  const [first] = repeated[0] ?? [];
  if (first === undefined || expected <= received || expected - received > retries) return undefined;
  return `The SDK itself sent ${writeCall(first)} ${counted(repeated[0]?.length ?? 0, 'time')}, so the code has less to repeat: give its client maxAttempts: 1.`;
}

/** A delete without a version id removes no version, whatever protects the versions, and finds any key. */
function hintAtDelete({ printed, entries, hasObjects }: PlainComparison): string | undefined {
  if (!isMissingRejection(printed)) return undefined;
  const entry = entries.findLast(({ operation, output }) => operation === 'DeleteObject' && output !== undefined);
  if (entry === undefined || entry !== entries.at(-1) || memberOf(entry.input, 'VersionId') !== undefined)
    return undefined;
  if (hasObjects?.(entry) === false)
    return `${writeCall(entry)} was answered 204, as S3 answers a delete of any key, whether the key exists or not. To find out whether it exists, send a HeadObject before.`;
  if (memberOf(entry.output, 'DeleteMarker') !== true) return undefined;
  return `${writeCall(entry)} has no VersionId, so it adds a delete marker, which neither MFA Delete nor a lock prevents. To delete a version, give its VersionId.`;
}

interface Dated {
  readonly key: string;
  readonly isOfVersion: boolean;
  readonly date: number;
}

/** The versions or objects of a listing, by what they have to be sorted by. */
function listDates(entry: RequestEntry): readonly Dated[] {
  const [versions, contents] = [memberOf(entry.output, 'Entries'), memberOf(entry.output, 'Contents')];
  const listed = Array.isArray(versions)
    ? versions.flatMap((one: unknown) => memberOf(one, 'Versions') ?? memberOf(one, 'DeleteMarkers') ?? [])
    : Array.isArray(contents)
      ? contents
      : [];
  return listed.flatMap((one: unknown) => {
    const date = memberOf(one, 'LastModified');
    if (!(date instanceof Date)) return [];
    const isOfVersion = memberOf(one, 'IsLatest') !== undefined;
    return { key: String(memberOf(one, 'Key')), isOfVersion, date: date.getTime() };
  });
}

/** The versions of one key, or the objects of all keys, that have one date. */
function groupByDate(listed: readonly Dated[]): Iterable<readonly Dated[]> {
  return groupBy(listed, ({ key, isOfVersion, date }) => (isOfVersion ? `${date}/${key}` : date)).values();
}

/** The newest of several versions is looked for by a date that all of them have. */
function hintAtEqualDates({ expected, received, entries, readVersions }: PlainComparison): string | undefined {
  const entry = entries.findLast(({ operation }) => operation?.startsWith('ListObject'));
  if (entry?.bucket === undefined || readVersions === undefined) return undefined;
  // A test that looks for the newest compares one value with another.
  if (expected.size !== 1 || received.size !== 1) return undefined;
  const [text = ''] = expected;
  const [other = ''] = received;
  const known = readOnce((key) => new Set([key, ...readVersions(entry.bucket ?? '', key)]));
  for (const same of groupByDate(listDates(entry))) {
    const [first] = same;
    if (first === undefined || same.length < 2) continue;
    const { key, isOfVersion } = first;
    const keys = isOfVersion ? [key] : same.map((one) => one.key);
    if (![text, other].every((one) => keys.some((name) => known(name).has(one)))) continue;
    if (isOfVersion && isFirstOf(entry, other))
      return `${writeCall(entry)} lists the newest version of a key first: Versions.at(-1) is the oldest.`;
    const [what, better] = isOfVersion
      ? [`${same.length} versions of ${writeKey(key)}`, 'The newest version has IsLatest: true. ']
      : [`${same.length} objects`, ''];
    return `${what} have the same LastModified, since the clock of the mock did not move between their writes. ${better}For different dates, call s3.clock.advance({ seconds: 1 }) between the writes, or give a fixture lastModified.`;
  }
  return undefined;
}

/** A listing begins behind the key that it names, and not with it. */
function hintAtFirstKey({ expected, received, entries }: PlainComparison): string | undefined {
  return firstFound(entries.toReversed(), (entry) =>
    firstFound(['StartAfter', 'Marker', 'KeyMarker'], (member) => {
      const key = memberOf(entry.input, member);
      if (typeof key !== 'string' || !expected.has(key) || received.has(key)) return undefined;
      return `${writeCall(entry)} begins behind ${member}: ${writeKey(key)}, and leaves that key itself out.`;
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
function hintAtContentType({ expected, received, entries }: PlainComparison): string | undefined {
  const type = [...expected].find((text) => /^(?:image|text|application|video|audio|font)\/[\w.+-]+$/.test(text));
  const stored = [...received].find((text) => Object.hasOwn(sendersOfTypes, text));
  if (type === undefined || stored === undefined) return undefined;
  const entry = entries.findLast(({ output }) => memberOf(output, 'ContentType') === stored);
  // A write that named the type did not set it for a reason of its own, such as a copy without its directive.
  if (entries.some(({ input }) => memberOf(input, 'ContentType') === type)) return undefined;
  if (entry === undefined) return undefined;
  if (/octet-stream$/.test(stored))
    return `${writeCall(entry)} answered ContentType: '${stored}', because the upload named no type, and S3 guesses none from the key: send ContentType: '${type}' with it.`;
  return `${sendersOfTypes[stored]} if the code sets no type. Set it: headers: { 'content-type': '${type}' } in a request, or ContentType: '${type}' in the input of an SDK.`;
}

/** A test expects the body of an older version, and the code has read the current one. */
function hintAtOlderVersion({ expected, received, entries, findOlder }: PlainComparison): string | undefined {
  const entry = entries.findLast(
    ({ operation, error, input }) =>
      operation === 'GetObject' && error === undefined && memberOf(input, 'VersionId') === undefined,
  );
  if (entry === undefined) return undefined;
  return firstFound([...expected], (text) => {
    const id = text === '' || received.has(text) ? undefined : findOlder?.(entry, text);
    return (
      id &&
      `${writeCall(entry)} named no version, so S3 answered the current one; the version ${writeValue(id)} has the expected body: send its VersionId to read it.`
    );
  });
}

/** Whether the text is the id of the version that the answer lists first. */
function isFirstOf({ output }: RequestEntry, text: string): boolean {
  const listed = memberOf(output, 'Entries');
  return Array.isArray(listed) && memberOf(memberOf(listed[0], 'Versions'), 'VersionId') === text;
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
  return `${writeCall(entry)} has no VersionId, so it deleted nothing and added a delete marker, which is a version too: of the ${all} versions, ${markers === 1 ? 'one is a marker' : `${markers} are markers`}.`;
}

/** Code stores bytes in another form than the one that the test reads. */
function hintAtBodyForm({ expected, received, entries }: PlainComparison): string | undefined {
  const lengths = new Set([...received].map((text) => Buffer.byteLength(text)));
  const bodies = entries
    .flatMap(({ input, output }) => [memberOf(input, 'Body'), memberOf(output, 'Body')])
    .filter((body) => Buffer.isBuffer(body) && lengths.has(body.length) && received.has(body.toString()));
  return firstFound(bodies, (body) => firstFound([...expected], (text) => writeBodyForm(text, body as Buffer))); // as filtered
}

/** A hint with what it compares, for the table of hints: the comparison of the test holds if it is followed. */
export const comparisons: readonly { readonly compares: string; readonly hint: Comparison }[] = [
  { compares: 'the text of a body that is a stream or bytes', hint: hintAtBody },
  { compares: 'an ETag in its quotation marks', hint: hintAtETag },
  { compares: 'a version id that the mock made', hint: hintAtVersionId },
  { compares: 'the code of a refusal, where toThrow compares its message', hint: hintAtCode },
  { compares: 'the name that SDKs give to the error of a HEAD', hint: hintAtHead },
  { compares: 'the delete markers, which are a list of their own', hint: hintAtMarkers },
  { compares: 'the pages of a listing that were not asked for', hint: hintAtPage },
  { compares: 'the keys below a prefix in CommonPrefixes', hint: hintAtPrefixes },
  { compares: 'the attempt that was answered after a failure', hint: hintAtRetry },
  { compares: 'a delete that has no VersionId, or no object', hint: hintAtDelete },
  { compares: 'versions with one LastModified', hint: hintAtEqualDates },
  { compares: 'a member that the answer does not have', hint: hintAtLeftOut },
  { compares: "the attempts of the SDK with those of the code's own", hint: hintAtOwnRetries },
  { compares: 'the status and the code in an error of the SDK v3', hint: hintAtMembersOfErrors },
  { compares: 'the type of an upload that named none', hint: hintAtContentType },
  { compares: 'the body of an older version, where the request named none', hint: hintAtOlderVersion },
  { compares: 'the key after which a listing begins', hint: hintAtFirstKey },
  { compares: 'a moment with its text in ISO 8601', hint: hintAtDate },
  { compares: 'the versions of a key with the delete markers that requests made', hint: hintAtNewMarkers },
  { compares: 'the ETag of an upload in parts with an MD5', hint: hintAtETagOfParts },
  { compares: 'the bytes of a body after base64, hex, gzip, JSON or UTF-16 is undone', hint: hintAtBodyForm },
  { compares: 'two Unicode forms of a text', hint: hintAtUnicode },
  { compares: 'a value that the answer has under another name', hint: hintAtOtherName },
  { compares: 'the names of metadata in lower case', hint: hintAtMetadata },
  { compares: 'metadata that is not ASCII', hint: hintAtEncodedMetadata },
  { compares: 'tags whose text was not encoded', hint: hintAtTagging },
  { compares: 'a member of the request that S3 ignored', hint: hintAtIgnored },
];

function isOfV3({ client = '' }: RequestEntry): boolean {
  return client.startsWith('aws-sdk-js/3');
}

function isOfMinio({ client = '' }: RequestEntry): boolean {
  return client.startsWith('MinIO');
}
