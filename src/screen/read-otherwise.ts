import { md5 } from '../formats/digests';
import type { RequestEntry } from '../journal/entry';
import { writeCall } from '../journal/entry-text';
import { counted } from '../text/counts';
import { firstFound, readOnce } from '../text/lists';
import { isArray, isDate, isRecord, memberOf } from '../text/value-kinds';
import { writeKey, writeValue } from '../text/values';
import type { FailedError } from '../thrown-errors';
import { type ComparedTexts, type Comparison, listValues } from './compared-texts';
import { comparesTruth, isOfDamage } from './errors';

/** The list of each listing, and the name under which code looks for it that is written for another one. */
const listNames: Readonly<Record<string, readonly [list: string, other: string]>> = {
  ListObjectVersions: ['Versions', 'Contents'],
  ListObjectsV2: ['Contents', 'Versions'],
  ListObjects: ['Contents', 'Versions'],
  ListMultipartUploads: ['Uploads', 'Contents'],
  ListParts: ['Parts', 'Contents'],
  ListBuckets: ['Buckets', 'Contents'],
};

/** The items of a list as an SDK has them: the entries of ListObjectVersions are two lists there. */
function readItems({ output }: RequestEntry, list: string): readonly unknown[] {
  const items = memberOf(output, list);
  if (isArray(items)) return items;
  const entries = memberOf(output, 'Entries');
  return isArray(entries) ? entries.flatMap((one: unknown) => memberOf(one, list) ?? []) : [];
}

/** What a test can compare of an item. */
function listTexts(item: unknown): readonly string[] {
  return isRecord(item) ? Object.values(item).filter((value) => typeof value === 'string') : [];
}

/** What a test can compare of the items of a list. */
const namesOfItems = ['Key', 'Name', 'VersionId', 'UploadId'] as const;

/** What runners say of a function or a promise that should have thrown. */
const ofThrowing = /\btoThrow|\bto throw\b|Missing expected (?:exception|rejection)/;

/** Code gets nothing of a list that an answer has under another name, or reads members of it that have other names. */
export const hintAtOtherList: Comparison = ({ expected, received, numbers: [asked = 0, found], entries, ...read }) => {
  const entry = entries.findLast(({ output }) => output !== undefined);
  const [list, other] = listNames[entry?.operation ?? ''] ?? [];
  // What a test has read by a handle since then is none of the answer.
  if (entry === undefined || list === undefined || listValues(received).length > 0 || read.readsHandle === true)
    return undefined;
  const items = readItems(entry, list);
  if (items.length === 0) return undefined;
  const all = listValues(expected);
  const pages = readPages(entry, entries).flatMap((page) => readItems(page, list));
  // A request since then, which was refused, is likelier the reason, and a test that waits for an error compares no answer.
  const isLast = entries.at(-1) === entry && !ofThrowing.test(read.printed);
  const member = found === undefined && isLast ? namesOfItems.find((name) => areExactly(all, pages, name)) : undefined;
  const isCounted = found === 0 && asked === items.length;
  const isListed = found === undefined && all.length > 0 && areAllIn(all, items);
  if (!isCounted && !isListed && member === undefined) return undefined;
  const begin = `The answer to ${writeCall(entry)} has ${counted(items.length, 'item')} in ${list}`;
  const names = isOfBun(entry) && entry.operation === 'ListObjectsV2' ? `. ${namesOfBun}` : `, and no ${other}.`;
  return member === undefined
    ? `${begin}${names}`
    : `${begin}${names} The ${member} of each${pages.length > items.length ? ', with those of the answers before it,' : ''} is what the test expects: look at what the code makes of the answer.`;
};

const namesOfBun =
  'Bun.S3Client.list() begins the names of all members in lower case: contents, and in it key, size and lastModified.';

/** What bun's own client and its fetch call themselves. */
function isOfBun({ client = '' }: RequestEntry): boolean {
  return client.startsWith('Bun/');
}

/** The pages of a listing that the code has read one after the other, as its last answers. */
function readPages(last: RequestEntry, entries: readonly RequestEntry[]): readonly RequestEntry[] {
  const before = entries.slice(0, entries.lastIndexOf(last));
  const isOther = ({ operation, bucket }: RequestEntry) => operation !== last.operation || bucket !== last.bucket;
  return [...before.slice(before.findLastIndex(isOther) + 1), last];
}

function areExactly(texts: readonly string[], items: readonly unknown[], name: string): boolean {
  const values = new Set(items.map((item) => memberOf(item, name)));
  return texts.length > 0 && texts.length === values.size && texts.every((text) => values.has(text));
}

function areAllIn(expected: readonly string[], items: readonly unknown[]): boolean {
  const texts = new Set(items.flatMap(listTexts));
  return expected.every((text) => texts.has(text));
}

/** Reads what an expected number stands against, if the code has received NaN: runners print both behind the same name. */
function readNumberForNaN({ printed, numbers: [asked, found] }: Pick<ComparedTexts, 'printed' | 'numbers'>) {
  if (asked !== undefined && Number.isNaN(found)) return asked;
  const lines = printed.split('\n');
  const received = lines.flatMap((line) => behind(line, ['Received:', '+ ']) ?? []);
  const name = received.find((text) => text.endsWith('NaN'))?.slice(0, -'NaN'.length);
  if (name === undefined) return undefined;
  const number = lines
    .flatMap((line) => behind(line, ['Expected:', '- ']) ?? [])
    .filter((text) => text.startsWith(name))
    .map((text) => text.slice(name.length))
    .find((text) => /^\d{1,15}$/.test(text));
  return number === undefined ? undefined : Number(number);
}

function behind(line: string, signs: readonly string[]): string | undefined {
  const sign = signs.find((one) => line.startsWith(one));
  if (sign === undefined) return undefined;
  const text = line.slice(sign.length).trim();
  return text.endsWith(',') ? text.slice(0, -1) : text;
}

/** A file of bun has a size only if it is on the disk. */
export const hintAtSizeOfBun: Comparison = ({ entries, ...compared }) => {
  const size = readNumberForNaN(compared);
  if (size === undefined) return undefined;
  const entry = entries.findLast(
    (one) => isOfBun(one) && (memberOf(one.output, 'ContentLength') === size || isWriteOf(one, size)),
  );
  return (
    entry &&
    `${writeCall(entry)} is about an object of ${counted(size, 'byte')}. If the code has NaN from file.size: bun gives NaN as the size of every file of S3. Write (await file.stat()).size, which asks S3.`
  );
};

function isWriteOf({ operation, error, body }: RequestEntry, size: number): boolean {
  return operation === 'PutObject' && error === undefined && body?.byteLength === size;
}

interface Dated {
  readonly key: string;
  readonly at: number;
}

function listDated({ output }: RequestEntry): readonly Dated[] {
  const contents = memberOf(output, 'Contents');
  return (isArray(contents) ? contents : []).flatMap((one: unknown) => {
    const [key, date] = [memberOf(one, 'Key'), memberOf(one, 'LastModified')];
    return typeof key === 'string' && isDate(date) ? { key, at: date.getTime() } : [];
  });
}

/** A listing is in the order of keys, and code has taken its first or last object for the newest. */
export const hintAtKeyOrder: Comparison = ({ expected, received, entries, readVersions }) => {
  const entry = entries.findLast(({ operation, output }) => /^ListObjects(?:V2)?$/.test(operation ?? '') && output);
  if (entry?.bucket === undefined || expected.size !== 1 || received.size !== 1) return undefined;
  const dated = listDated(entry);
  const [first] = dated;
  const last = dated.at(-1);
  if (first === undefined || last === undefined || dated.length < 2) return undefined;
  const latest = dated.reduce((most, { at }) => Math.max(most, at), 0);
  const [newest, ...others] = dated.filter(({ at }) => at === latest);
  // Which of two with one date is meant is another question.
  if (newest === undefined || others.length > 0) return undefined;
  const { bucket } = entry;
  const known = readOnce((key) => new Set([key, ...(readVersions?.(bucket, key) ?? [])]));
  const [text = ''] = expected;
  const [other = ''] = received;
  const taken = [last, first].find(({ key }) => key !== newest.key && known(key).has(other));
  if (taken === undefined || !known(newest.key).has(text) || known(taken.key).has(text)) return undefined;
  return `${writeCall(entry)} is in the order of the keys, and not of the dates: the newest of its objects is ${writeKey(newest.key)}, and the code took ${writeKey(taken.key)}. Compare their LastModified.`;
};

/** The most bytes whose digest is made. */
const LONGEST = 1_000_000;

function readBytes(entry: RequestEntry, entries: readonly RequestEntry[]): Buffer | undefined {
  const { bucket, key } = entry;
  const write = entries.findLast((one) => one.operation === 'PutObject' && one.bucket === bucket && one.key === key);
  const bodies = [memberOf(entry.output, 'Body'), memberOf(write?.input, 'Body')];
  return bodies.find((body): body is Buffer => Buffer.isBuffer(body) && body.length <= LONGEST);
}

export function hidesDigest({ output }: RequestEntry): string | undefined {
  if (memberOf(output, 'SSECustomerAlgorithm') !== undefined) return "with a customer's key";
  return String(memberOf(output, 'ServerSideEncryption')).startsWith('aws:kms') ? 'by KMS' : undefined;
}

const ofDigest = /^"?([0-9a-f]{32})"?$/;

/** An ETag is compared with the MD5 of the bytes, on either side, and the encryption hides it. */
export const hintAtHiddenDigest: Comparison = ({ expected, received, entries, findOrigin }) => {
  const digests = [...expected, ...received].flatMap((text) => ofDigest.exec(text)?.[1] ?? []);
  if (new Set(digests).size !== 2) return undefined;
  const tags = new Set(digests);
  const entry = entries.findLast((one) => {
    const tag = ofDigest.exec(String(memberOf(one.output, 'ETag')))?.[1];
    return tag !== undefined && tags.has(tag) && hidesDigest(one) !== undefined;
  });
  const bytes = entry && readBytes(entry, entries);
  if (entry === undefined || bytes === undefined) return undefined;
  if (!tags.has(md5(bytes).toString('hex'))) return undefined;
  const origin = findOrigin?.(entry);
  const isUploaded = origin !== 'fixture' && origin !== 'handle'; // which name no checksum
  const orChecksum = isUploaded ? ", or a checksum: send ChecksumAlgorithm: 'SHA256' with the write" : '';
  return `The ETag of ${writeCall(entry)} is not the MD5 of its bytes, since the object is encrypted ${hidesDigest(entry)}. Compare the bytes${orChecksum}.`;
};

/** Code compares an ETag with the MD5 of the bytes by itself, and says that they differ. */
export function writeHiddenDigest(
  entries: readonly RequestEntry[],
  ofRunner: readonly FailedError[],
): string | undefined {
  const last = entries.at(-1);
  const how = last?.error === undefined && last && hidesDigest(last);
  const isTag = ofDigest.test(String(memberOf(last?.output, 'ETag')));
  if (last === undefined || !how || !isTag || !ofRunner.some((error) => comparesTruth(error) || isOfDamage(error)))
    return undefined;
  return `${writeCall(last)}: the object is encrypted ${how}, so its ETag is not the MD5 of its bytes. Where the code compares it with one, compare a checksum: send ChecksumAlgorithm: 'SHA256' with the write.`;
}

/** Events have an ETag without the quotation marks that SDKs show. */
export const hintAtBareETag: Comparison = ({ expected, received, entries }) => {
  const tag = firstFound([...entries].toReversed(), ({ output }) => {
    const one = memberOf(output, 'ETag');
    return typeof one === 'string' && expected.has(one) && received.has(one.slice(1, -1)) ? one : undefined;
  });
  return (
    tag &&
    `An ETag is in quotation marks in an answer, and without them in an event: expect ${writeValue(tag.slice(1, -1))}, as ETag.slice(1, -1) makes it.`
  );
};

const ofParts = /^[A-Za-z0-9+/]{6,86}={0,2}-(\d+)$/;
const ofBytes = /^[A-Za-z0-9+/]{6,86}={0,2}$/;
const ofMd5 = /^[0-9a-f]{32}-/;

/** The checksum of an upload in parts is compared with the one of the bytes, on either side. */
export const hintAtChecksumOfParts: Comparison = ({ expected, received, entries }) => {
  const texts = [...expected, ...received];
  const [name = '', found] =
    firstFound(entries.toReversed(), ({ output }) =>
      Object.entries(isRecord(output) ? output : {}).find(
        ([member, value]) => typeof value === 'string' && /^Checksum[A-Z]/.test(member) && texts.includes(value),
      ),
    ) ?? [];
  if (typeof found !== 'string' || ofMd5.test(found)) return undefined;
  const parts = ofParts.exec(found)?.[1];
  if (parts === undefined) return undefined;
  const sum = found.slice(0, found.lastIndexOf('-'));
  const isCompared = texts.some((text) => text !== found && text.length === sum.length && ofBytes.test(text));
  return isCompared
    ? `The checksum ${writeValue(found)} ends in -${parts}, because it is the one of the checksums of ${counted(Number(parts), 'part')}, and not of the whole bytes. ${writeWhole(name.slice('Checksum'.length))}`
    : undefined;
};

/** S3 makes no digest of the whole bytes of an upload in parts, other than a cyclic redundancy check. */
function writeWhole(algorithm: string): string {
  return algorithm.startsWith('CRC')
    ? `For one of the whole bytes, begin the upload with ChecksumAlgorithm: '${algorithm}' and ChecksumType: 'FULL_OBJECT'.`
    : `S3 has no ${algorithm} of the whole bytes of an upload in parts: compare the bytes, or write the object with one PutObject.`;
}
