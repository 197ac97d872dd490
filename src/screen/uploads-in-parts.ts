import type { RequestEntry } from '../journal/entry';
import { writeCall } from '../journal/entry-text';
import { counted } from '../text/counts';
import { isArray, isRecord, memberOf } from '../text/value-kinds';
import { writeKey, writeValue } from '../text/values';
import type { FailedError } from '../thrown-errors';
import type { Comparison } from './compared-texts';
import { isAssertion, isOfDamage } from './errors';
import { findOtherObject, listDifferences } from './library-assertions';
import type { Origin } from './origins';
import { listMissing } from './trials/expectation';

const ofParts = /^"?[0-9a-f]{32}-(\d+)"?$/;
const ofBytes = /^"?[0-9a-f]{32}"?$/;

/** An ETag of an upload in parts is compared with the MD5 of the bytes, on either side. */
export const hintAtETagOfParts: Comparison = ({ expected, received, entries, findOrigin }) => {
  const answers = entries.filter(({ output }) => memberOf(output, 'ETag') !== undefined);
  for (const [side, other] of [
    [expected, received],
    [received, expected],
  ] as const) {
    const tag = [...side].find((text) => ofParts.test(text));
    const parts = ofParts.exec(tag ?? '')?.[1];
    const digests = [...other].filter((text) => ofBytes.test(text));
    if (tag === undefined || parts === undefined || digests.length === 0) continue;
    const entry = answers.findLast((one) => hasTag(one, tag));
    const origin = entry && findOrigin?.(entry);
    // The object has been replaced, and the other ETag is the one of another object.
    if (origin === undefined && digests.some((text) => answers.some((one) => hasTag(one, text)))) continue;
    const given = writeGivenTag(tag, origin);
    if (given !== undefined) return `${given} Compare the bytes, or leave etag out of it.`;
    return origin === undefined
      ? `The ETag ${writeValue(tag)} ends in -${parts}, as the one of an upload in ${counted(Number(parts), 'part')}, and is not the MD5 of the bytes: compare the bytes.`
      : `The ETag ${writeValue(tag)} ends in -${parts}, because the object was uploaded in ${counted(Number(parts), 'part')}, and is not the MD5 of its bytes. Compare the bytes, or a checksum that the upload asked for.`;
  }
  return undefined;
};

/** A test can leave out the quotation marks. */
function hasTag({ output }: RequestEntry, text: string): boolean {
  const tag = memberOf(output, 'ETag');
  return typeof tag === 'string' && tag.replaceAll('"', '') === text.replaceAll('"', '');
}

/** S3 makes the ETag of an upload in parts; a fixture has it because the test has written it there. */
function writeGivenTag(tag: unknown, origin: Origin | undefined): string | undefined {
  if (origin !== 'fixture' && origin !== 'handle') return undefined;
  const who = origin === 'fixture' ? 'the fixture' : 'the put() of a handle';
  return `The ETag ${writeValue(tag)} is the one that ${who} gives the object, as for an upload in parts, and is not the MD5 of its bytes.`;
}

/** S3 refuses parts with a checksum of another algorithm than the one that began the upload, and SDKs choose one of their own for each part. */
export const byFullChecksum =
  "ChecksumAlgorithm: 'CRC64NVME' in CreateMultipartUpload and in each UploadPart, and send ChecksumMode: 'ENABLED' with";

/** Code compares an ETag with a digest by itself, and throws its own error. A matcher of the library prints ETags without comparing them. */
export function writeDigestOfParts(
  entries: readonly RequestEntry[],
  ofRunner: readonly FailedError[],
  findOrigin: (entry: RequestEntry) => Origin | undefined,
): string | undefined {
  const last = entries.at(-1);
  const isOwn = ofRunner.some(isOfDamage);
  const tag = memberOf(last?.output, 'ETag');
  const parts = typeof tag === 'string' ? ofParts.exec(tag)?.[1] : undefined;
  if (last === undefined || last.error !== undefined || parts === undefined || !isOwn) return undefined;
  const origin = findOrigin(last);
  const given = writeGivenTag(tag, origin);
  if (given !== undefined)
    return `${given} Where the code compares it with one, compare the bytes, or leave etag out of it.`;
  if (origin === undefined)
    return `${writeCall(last)} answered the ETag ${writeValue(tag)}, which ends in -${parts}, as the one of an upload in ${counted(Number(parts), 'part')}, and is no MD5 of the bytes. Where the code compares it with one, compare the bytes.`;
  return `${writeCall(last)}: the object was written in ${counted(Number(parts), 'part')}, so its ETag, ${writeValue(tag)}, ends in -${parts} and is no MD5 of its bytes. Where the code compares it with one, compare a checksum that the upload asks for, ${byFullChecksum} the read.`;
}

/** The checksum of an answer, and its name. The SDK reads none of a HEAD or a GET that does not ask for it. */
function findComposite({ output }: RequestEntry): readonly [name: string, value: string] | undefined {
  const sums = [output, memberOf(output, 'Checksum')].find((one) => memberOf(one, 'ChecksumType') === 'COMPOSITE');
  const found = Object.entries(isRecord(sums) ? sums : {}).find(
    ([name, value]) =>
      typeof value === 'string' && name !== 'ChecksumType' && /^Checksum[A-Z].*-\d+$/.test(name + value),
  );
  return found && [found[0], String(found[1])];
}

/** What runners print if a value is false where the test expects it to be true. */
const ofFalse =
  /^Expected: true\s+Received: false$|toBeTruthy\(\)\s+Received: false$|\bexpected false to (?:be true|be truthy|equal true)\b|^false !== true$|evaluated to a falsy value/m;

/** Code compares the checksum that it has asked for with the one of the bytes by itself, and says that they differ. */
export function writeChecksumOfParts(
  entries: readonly RequestEntry[],
  ofRunner: readonly FailedError[],
): string | undefined {
  const last = entries.at(-1);
  const composite = last && findComposite(last);
  // The answer to a completion has a checksum as well, for which nobody asked.
  const isAsked = last?.operation !== 'CompleteMultipartUpload';
  const isJudged = ofRunner.some(
    (error) => isOfDamage(error) || (isAsked && isAssertion(error) && ofFalse.test(error.message)),
  );
  if (last === undefined || composite === undefined || !isJudged) return undefined;
  const [name, value] = composite;
  const parts = Number(value.slice(value.lastIndexOf('-') + 1));
  return `${writeCall(last)}: the object was written in ${counted(parts, 'part')}, so its ${name}, ${writeValue(value)}, is that of the checksums of the parts, which ChecksumType: 'COMPOSITE' says, and not that of its bytes. Where the code compares it with one of the bytes, compare the bytes, or upload with ChecksumAlgorithm: 'CRC64NVME', whose checksum is that of all bytes.`;
}

/** The requests of an upload in parts that made an object. */
interface Upload {
  readonly create: RequestEntry;
  readonly complete: RequestEntry;
}

/** The upload that wrote a key last, if the test has begun it. */
function findUpload(
  entries: readonly RequestEntry[],
  { bucket, key }: Pick<RequestEntry, 'bucket' | 'key'>,
): Upload | undefined {
  const complete = entries.findLast(
    (one) =>
      one.bucket === bucket &&
      one.key === key &&
      /^(?:Put|Copy)Object$|^CompleteMultipartUpload$/.test(one.operation ?? '') &&
      one.error === undefined,
  );
  if (complete?.operation !== 'CompleteMultipartUpload') return undefined;
  const id = memberOf(complete.input, 'UploadId');
  const create = entries.find(
    (one) => memberOf(one.output, 'UploadId') === id && one.operation === 'CreateMultipartUpload',
  );
  return create && { create, complete };
}

/** Members that CreateMultipartUpload has and CompleteMultipartUpload does not, with the names that handles give them. */
const members: readonly (readonly [member: string, ofHandle: string])[] = [
  ['Metadata', 'metadata'],
  ['ContentType', 'contentType'],
  ['Tagging', 'tags'],
  ['StorageClass', 'storageClass'],
];

function writeUpload({ create, complete }: Upload, missing: readonly string[]): string {
  return `${writeKey(create.key ?? '')} was uploaded in parts, and ${writeCall(create)} named no ${missing.join(' and no ')}: send ${missing.length === 1 ? 'it' : 'them'} with that request. ${complete.operation} carries none, and SDKs leave out what its input does not have.`;
}

function isNamed({ input }: RequestEntry, member: string): boolean {
  const value = memberOf(input, member);
  return isRecord(value) ? Object.keys(value).length > 0 : value !== undefined;
}

/** An upload in parts gets its metadata and its type from the request that creates it. */
export const hintAtUpload: Comparison = (comparison) => {
  const { entries } = comparison;
  const read = entries.findLast(({ operation, error }) => /^(?:Head|Get)Object$/.test(operation ?? '') && !error);
  const upload = read && findUpload(entries, read);
  if (read === undefined || upload === undefined) return undefined;
  const missed = listMissing(comparison);
  const isSent = (text: string) => entries.some(({ input }) => JSON.stringify(input).includes(text));
  const types = missed.filter((text) => /^[a-z]+\/[\w.+-]+$/.test(text));
  const others = missed.filter((text) => isMetadata(text, comparison.printed) && !isSent(text));
  const { output } = read;
  const missing = [
    ...(others.length > 0 && read.operation === 'HeadObject' && !hasMetadata(output) ? ['Metadata'] : []),
    ...(types.length > 0 && hasNoType(read) ? ['ContentType'] : []),
  ].filter((member) => !isNamed(upload.create, member));
  return missing.length === 0 ? undefined : writeUpload(upload, missing);
};

/** The request can have named the type of the answer by itself. */
function hasNoType({ input, output }: RequestEntry): boolean {
  const type = memberOf(input, 'ResponseContentType') === undefined ? memberOf(output, 'ContentType') : undefined;
  return String(type).endsWith('octet-stream');
}

/** A member with a name in lower case, which no other member of an answer has. */
function isMetadata(text: string, printed: string): boolean {
  const member = /(?<![\w-])["']?[a-z][a-z\d_-]*["']?: ["']([^"'\n]*)["']/g;
  return [...printed.matchAll(member)].some(([, value]) => value === text);
}

function hasMetadata(output: unknown): boolean {
  const metadata = memberOf(output, 'Metadata');
  return isRecord(metadata) && Object.keys(metadata).length > 0;
}

/** The same of an object that `toHaveObject` finds otherwise. */
export function writeUploadOfObject(
  entries: readonly RequestEntry[],
  errors: readonly FailedError[],
): string | undefined {
  const object = findOtherObject(errors);
  const upload = object && findUpload(entries, object);
  if (object === undefined || upload === undefined) return undefined;
  const missing = members.flatMap(([member, name]) =>
    new RegExp(`^- ${name}\\b`, 'm').test(object.text) && !isNamed(upload.create, member) ? member : [],
  );
  return missing.length === 0 ? undefined : writeUpload(upload, missing);
}

/** Parts that an upload had, and that its completion left out. */
interface Discarded {
  readonly complete: RequestEntry;
  readonly named: readonly number[];
  readonly left: readonly number[];
  readonly bytes: number;
  /** The bytes of the parts that it named. */
  readonly size: number;
  /** The last ListParts before it, if that was answered with the first page, of the named parts alone. */
  readonly page: RequestEntry | undefined;
}

function listParts(list: unknown): readonly (readonly [part: number, bytes: number])[] {
  const parts = isArray(list) ? list : [];
  return parts.map((part: unknown) => [Number(memberOf(part, 'PartNumber')), Number(memberOf(part, 'Size'))]);
}

/** The parts that a request has stored or listed, with their bytes. */
function readParts({ operation, input, output, error }: RequestEntry): ReturnType<typeof listParts> {
  if (error !== undefined) return [];
  if (operation === 'ListParts') return listParts(memberOf(output, 'Parts'));
  const body = memberOf(input, 'Body');
  const isPart = operation === 'UploadPart' && Buffer.isBuffer(body);
  return isPart ? [[Number(memberOf(input, 'PartNumber')), body.length]] : [];
}

/** The last completion that left parts out, as far as the requests of the test show them. */
function findDiscarded(entries: readonly RequestEntry[]): Discarded | undefined {
  const at = entries.findLastIndex(({ operation, error }) => operation === 'CompleteMultipartUpload' && !error);
  const complete = entries[at];
  if (complete === undefined) return undefined;
  const id = memberOf(complete.input, 'UploadId');
  const sizes = new Map(
    entries.slice(0, at).flatMap((one) => (memberOf(one.input, 'UploadId') === id ? readParts(one) : [])),
  );
  const named = listParts(memberOf(memberOf(complete.input, 'MultipartUpload'), 'Parts')).map(([part]) => part);
  const ofNamed = new Set(named);
  const left = [...sizes.keys()].filter((part) => !ofNamed.has(part)).toSorted((one, other) => one - other);
  if (left.length === 0 || named.length === 0 || !named.every((part) => sizes.has(part))) return undefined;
  const sum = (parts: readonly number[]) => parts.reduce((all, part) => all + (sizes.get(part) ?? 0), 0);
  const page = findPage(entries.slice(0, at), id, named);
  return { complete, named, left, bytes: sum(left), size: sum(named), page };
}

function findPage(before: readonly RequestEntry[], id: unknown, named: readonly number[]): RequestEntry | undefined {
  const last = before.findLast((one) => one.operation === 'ListParts' && memberOf(one.input, 'UploadId') === id);
  // A later page has not the parts before it, either.
  const isFirst = Number(memberOf(last?.input, 'PartNumberMarker') ?? 0) === 0;
  if (last === undefined || !isFirst || memberOf(last.output, 'IsTruncated') !== true) return undefined;
  const listed = readParts(last).map(([part]) => part);
  return listed.length === named.length && listed.every((part) => named.includes(part)) ? last : undefined;
}

/** Whether a test received as many bytes as the object has, and expected as many as all parts have. */
function isWhole({ bytes, size }: Discarded, expected: number | undefined, received: number | undefined): boolean {
  return received === size && expected === size + bytes;
}

function writeDiscarded({ complete, named, left, bytes, page }: Discarded): string {
  const [part] = named;
  const others = left.length > MOST_NAMED ? counted(left.length, 'more part') : writePartNumbers(left);
  return `${writeCall(complete)} named ${named.length === 1 ? `part ${part} alone` : counted(named.length, 'part')}; the upload also had ${others}, ${counted(bytes, 'byte')}, which S3 discarded. ${page === undefined ? 'Name all parts: ListParts has their ETags.' : `It named those of one page: ${writeCall(page)} was answered IsTruncated: true, so send its NextPartNumberMarker as PartNumberMarker, until the last page.`}`;
}

/** The most parts of which a sentence has the numbers. */
const MOST_NAMED = 3;

function writePartNumbers(parts: readonly number[]): string {
  const last = parts.at(-1);
  return parts.length === 1 ? `part ${last}` : `the parts ${parts.slice(0, -1).join(', ')} and ${last}`;
}

/** A completion names the parts of which the object consists, and the bytes of all others are lost. */
export const hintAtDiscarded: Comparison = ({ expected, received, numbers: [least, most], entries }) => {
  const found = findDiscarded(entries);
  if (found === undefined) return undefined;
  const isCounted = isWhole(found, least, most);
  const [text] = [...expected];
  const [other] = [...received];
  const areTexts = expected.size === 1 && received.size === 1;
  return isCounted || (areTexts && lacks(text, other, found)) ? writeDiscarded(found) : undefined;
};

/** A completion joins the parts that it names, also if a number between them is missing. */
export const hintAtGapOfParts: Comparison = ({ expected, received, numbers: [most = 0, least = 0], entries }) => {
  const complete = entries.findLast(({ operation, error }) => operation === 'CompleteMultipartUpload' && !error);
  const numbers = readPartNumbers(memberOf(memberOf(complete?.input, 'MultipartUpload'), 'Parts'));
  const [first = 0] = numbers;
  const last = numbers.at(-1) ?? 0;
  if (complete === undefined || last - first + 1 === numbers.length || last > LISTED_PARTS) return undefined;
  const isSent = (number: number) =>
    entries.some(
      ({ operation, input, error }) =>
        /^UploadPart(?:Copy)?$/.test(operation ?? '') &&
        error === undefined &&
        memberOf(input, 'UploadId') === memberOf(complete.input, 'UploadId') &&
        memberOf(input, 'PartNumber') === number,
    );
  const between = Array.from({ length: last - first + 1 }, (_, index) => first + index);
  const missing = between.filter((number) => !numbers.includes(number) && !isSent(number));
  const [text = '', other = ''] = [[...expected][0], [...received][0]];
  const isShorter = most > least || (expected.size === 1 && received.size === 1 && text.length > other.length);
  if (missing.length === 0 || !isShorter) return undefined;
  return `${writeCall(complete)} named ${writePartNumbers(numbers)}, and S3 joins what it is given: no request uploaded ${writePartNumbers(missing)}. Code that goes on with an upload sends the numbers that ListParts does not have, and does not count its Parts.`;
};

/** The most numbers of parts that are looked at. */
const LISTED_PARTS = 100;

function readPartNumbers(parts: unknown): readonly number[] {
  return (isArray(parts) ? parts : [])
    .flatMap((one: unknown) => {
      const number = memberOf(one, 'PartNumber');
      return typeof number === 'number' ? number : [];
    })
    .toSorted((one, other) => one - other);
}

function lacks(expected: string | undefined, received: string | undefined, found: Discarded): boolean {
  if (expected === undefined || received === undefined) return false;
  return isWhole(found, Buffer.byteLength(expected), Buffer.byteLength(received));
}

/** Where the texts of a difference are long, the matcher says how long. */
const ofLengths = /^- body: .*\(from (?:character|byte) [\d,]+ of ([\d,]+) and ([\d,]+)\)$/m;

/** The same of an object that `toHaveObject` finds shorter. */
export function writeDiscardedOfObject(
  entries: readonly RequestEntry[],
  errors: readonly FailedError[],
): string | undefined {
  const object = findOtherObject(errors);
  const found = findDiscarded(entries);
  if (object === undefined || found?.complete.key !== object.key || found.complete.bucket !== object.bucket)
    return undefined;
  const isLess = listDifferences(object.text).some(({ member, expected, received }) =>
    member === 'size'
      ? isWhole(found, Number(expected), Number(received))
      : member === 'body' && lacks(expected, received, found),
  );
  return isLess || readLengths(object.text).some(([least, most]) => isWhole(found, least, most))
    ? writeDiscarded(found)
    : undefined;
}

/** The lengths of two long bodies, if the matcher says them. */
export function readLengths(text: string): readonly (readonly [expected: number, received: number])[] {
  const [, least, most] = ofLengths.exec(text) ?? [];
  return least === undefined || most === undefined ? [] : [[readCount(least), readCount(most)]];
}

function readCount(text: string): number {
  return Number(text.replaceAll(',', ''));
}
