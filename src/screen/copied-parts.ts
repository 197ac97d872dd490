import type { RequestEntry } from '../journal/entry';
import { writeCall } from '../journal/entry-text';
import type { Store } from '../model/store';
import { isObject } from '../model/versions/version';
import { readCopySource } from '../protocol/request/copy-source-address';
import { counted } from '../text/counts';
import { isArray, memberOf } from '../text/value-kinds';
import { writeKey, writeValue } from '../text/values';
import type { FailedError } from '../thrown-errors';
import { type Comparison, readCompared } from './compared-texts';
import { comparesTruth, isAssertion, isOfDamage } from './errors';
import { findOtherObject, listDifferences } from './library-assertions';
import { readLengths } from './uploads-in-parts';

/** A part that S3 has copied from a range of an object. Both ends belong to it. */
interface CopiedPart {
  readonly number: number;
  readonly source: string;
  readonly first: number;
  readonly last: number;
}

const ofRange = /^bytes=(\d{1,15})-(\d{1,15})$/;

function readCopiedPart({ operation, input, error }: RequestEntry): CopiedPart | undefined {
  const [, first, last] = ofRange.exec(String(memberOf(input, 'CopySourceRange'))) ?? [];
  if (operation !== 'UploadPartCopy' || error !== undefined || first === undefined) return undefined;
  const number = Number(memberOf(input, 'PartNumber'));
  return { number, source: String(memberOf(input, 'CopySource')), first: Number(first), last: Number(last) };
}

/** A completed upload whose parts were copied from ranges of one object. */
interface Copied {
  readonly complete: RequestEntry;
  /** The place of the completion among the requests of the test. */
  readonly at: number;
  readonly parts: readonly CopiedPart[];
}

function findCopied(entries: readonly RequestEntry[]): Copied | undefined {
  const at = entries.findLastIndex(({ operation, error }) => operation === 'CompleteMultipartUpload' && !error);
  const complete = entries[at];
  const named = memberOf(memberOf(complete?.input, 'MultipartUpload'), 'Parts');
  if (complete === undefined || !isArray(named)) return undefined;
  const id = memberOf(complete.input, 'UploadId');
  const copies = new Map(
    entries
      .slice(0, at)
      .filter(({ input }) => memberOf(input, 'UploadId') === id)
      .flatMap((entry) => readCopiedPart(entry) ?? [])
      .map((part) => [part.number, part]),
  );
  const parts = named.flatMap((part: unknown) => copies.get(Number(memberOf(part, 'PartNumber'))) ?? []);
  const isOfOne = new Set(parts.map(({ source }) => source)).size === 1;
  return isOfOne && parts.length === named.length ? { complete, at, parts } : undefined;
}

function findSourceSize(store: Store, [part]: readonly CopiedPart[]): number | undefined {
  const { bucket, key, versionId } = readCopySource(part?.source ?? '');
  const current = versionId === undefined ? store.buckets.get(bucket)?.versions.current(key) : undefined;
  return current && isObject(current) ? current.content.body.byteLength : undefined;
}

function isOfSource({ parts: [part] }: Copied, entry: RequestEntry | undefined): boolean {
  const { bucket, key } = readCopySource(part?.source ?? '');
  return entry?.bucket === bucket && entry.key === key;
}

function isWrite({ method }: RequestEntry): boolean {
  return method !== 'GET' && method !== 'HEAD';
}

function isSourceWritten(copied: Copied, entries: readonly RequestEntry[]): boolean {
  return entries.slice(copied.at + 1).some((one) => isWrite(one) && isOfSource(copied, one));
}

/** Where the ranges of two parts do not meet, or the last one does not meet the end; 0 bytes are neither twice nor left out. */
function writeSeam({ complete, parts }: Copied, size: number): string | undefined {
  const name = writeKey(complete.key ?? '');
  for (const [index, { number, last }] of parts.entries()) {
    const next = parts[index + 1];
    const begins = next?.first ?? size;
    const bytes = begins - last - 1;
    if (bytes === 0) continue;
    const isTwice = bytes < 0;
    const there =
      next === undefined
        ? `the source has ${counted(size, 'byte')}`
        : `part ${next.number} begins at byte ${next.first}`;
    const what = `${counted(Math.abs(bytes), 'byte')} ${Math.abs(bytes) === 1 ? 'is' : 'are'} ${isTwice ? 'copied twice' : 'left out'}`;
    return `Part ${number} of ${name} ends at byte ${last}, and ${there}, so ${what}: CopySourceRange counts from 0 and includes its last byte, 'bytes=0-9' for 10 bytes.`;
  }
  return undefined;
}

/** Whether the parts are all of the source, or a copy of its first bytes, which code can mean. It rarely means all but one. */
function isBegin({ parts }: Copied, size: number): boolean {
  const areJoined = parts.every(({ last }, at) => (parts[at + 1]?.first ?? last + 1) === last + 1);
  const end = (parts.at(-1)?.last ?? -1) + 1;
  return areJoined && end !== size - 1;
}

/** How many bytes an assertion expected and received. */
function listSizes(errors: readonly FailedError[]): readonly (readonly [expected: number, received: number])[] {
  const object = findOtherObject(errors);
  if (object !== undefined)
    return [
      ...readLengths(object.text),
      ...listDifferences(object.text).flatMap(({ member, expected = '', received = '' }) =>
        member === 'size'
          ? [[Number(expected), Number(received)] as const]
          : member === 'body'
            ? [[Buffer.byteLength(expected), Buffer.byteLength(received)] as const]
            : [],
      ),
    ];
  return errors.filter(isAssertion).flatMap((error) => {
    const { numbers, expected, received } = readCompared(error);
    const [least, most] = numbers;
    if (least !== undefined && most !== undefined) return [[least, most] as const];
    const [[text], [other]] = [[...expected], [...received]];
    const areTexts = text !== undefined && other !== undefined && expected.size === 1 && received.size === 1;
    return areTexts ? [[Buffer.byteLength(text), Buffer.byteLength(other)] as const] : [];
  });
}

/** Parts of a copy overlap, or leave bytes of the source out, so that it has another size. */
export function writeCopiedRanges(
  store: Store,
  entries: readonly RequestEntry[],
  errors: readonly FailedError[],
): string | undefined {
  const copied = findCopied(entries);
  // A source that was written after the copy had another size before.
  const size = copied && !isSourceWritten(copied, entries) ? findSourceSize(store, copied.parts) : undefined;
  if (copied === undefined || size === undefined || copied.parts[0]?.first !== 0) return undefined;
  const sum = copied.parts.reduce((all, { first, last }) => all + last - first + 1, 0);
  const isCompared = listSizes(errors).some(([expected, received]) => expected === size && received === sum);
  // The code can have compared both only if it has read nothing else since.
  const last = entries.at(-1);
  const isOfCopy = last?.bucket === copied.complete.bucket && last?.key === copied.complete.key;
  const isOwn =
    (isOfCopy || isOfSource(copied, last)) && errors.some((error) => comparesTruth(error) || isOfDamage(error));
  return isCompared || (isOwn && !isBegin(copied, size)) ? writeSeam(copied, size) : undefined;
}

const ofTag = /^"?([0-9a-f]{32}(?:-(\d+))?)"?$/;

/** A copy that S3 has made of an object which was uploaded in parts. */
interface CopyOfParts {
  readonly entry: RequestEntry;
  readonly parts: number;
  readonly tag: string;
  readonly tagOfSource: string;
}

/** What answers the ETag of an object, and not of a part. */
const ofWholes = /^(?:(?:Get|Head|Put)Object|CompleteMultipartUpload)$/;

function readTag(text: unknown): readonly [tag: string, parts: number] {
  const [, tag = '', parts = '0'] = ofTag.exec(typeof text === 'string' ? text : '') ?? [];
  return [tag, Number(parts)];
}

/** The answers about the source up to the next write of it say with which ETag it was read or written. */
function readCopyOfParts(entry: RequestEntry, entries: readonly RequestEntry[]): CopyOfParts | undefined {
  const source = memberOf(entry.input, 'CopySource');
  if (entry.operation !== 'CopyObject' || entry.error !== undefined || typeof source !== 'string') return undefined;
  const { bucket, key, versionId } = readCopySource(source);
  const isOfObject = (one: RequestEntry) => one.bucket === bucket && one.key === key;
  const isWritten = entries.slice(entries.indexOf(entry) + 1).some((one) => isOfObject(one) && isWrite(one));
  // After another write, an answer can be about other bytes than those that were copied.
  if (isWritten || versionId !== undefined) return undefined;
  const known = entries.findLast(
    (one) => isOfObject(one) && ofWholes.test(one.operation ?? '') && memberOf(one.output, 'ETag') !== undefined,
  );
  const [tagOfSource, parts] = readTag(memberOf(known?.output, 'ETag'));
  const [tag, partsOfCopy] = readTag(memberOf(memberOf(entry.output, 'CopyObjectResult'), 'ETag'));
  return parts > 0 && tag !== '' && partsOfCopy === 0 ? { entry, parts, tag, tagOfSource } : undefined;
}

function findCopyOfParts(entries: readonly RequestEntry[]): CopyOfParts | undefined {
  const entry = entries.findLast(({ operation }) => operation === 'CopyObject');
  return entry && readCopyOfParts(entry, entries);
}

function writeCopyOfParts({ entry, parts, tag, tagOfSource }: CopyOfParts): string {
  return `${writeCall(entry)} wrote one part, and its source has the ETag of an upload in ${counted(parts, 'part')}, so their ETags differ, ${writeValue(tag)} and ${writeValue(tagOfSource)}, although the bytes are the same: where the code compares them, compare ContentLength, or ChecksumCRC64NVME if the upload asks for it.`;
}

/** The ETag of an upload in parts is compared with the one of its copy, which is one part. */
export const hintAtETagOfCopy: Comparison = ({ expected, received, entries }) => {
  const copy = findCopyOfParts(entries);
  const [wanted, came] = [expected, received].map((side) => [...side].map((text) => readTag(text)[0]));
  const isCompared = (one: string, other: string) => wanted?.includes(one) === true && came?.includes(other) === true;
  if (copy === undefined) return undefined;
  const { tag, tagOfSource } = copy;
  return isCompared(tag, tagOfSource) || isCompared(tagOfSource, tag) ? writeCopyOfParts(copy) : undefined;
};

/** The code compares both by itself, and the last answer has one of them. */
export function writeETagOfCopy(
  entries: readonly RequestEntry[],
  ofRunner: readonly FailedError[],
): string | undefined {
  const copy = findCopyOfParts(entries);
  const last = entries.at(-1);
  if (copy === undefined || !ofRunner.some((error) => comparesTruth(error) || isOfDamage(error))) return undefined;
  const [tagOfLast] = readTag(memberOf(last?.output, 'ETag'));
  const isOfLast = last === copy.entry || tagOfLast === copy.tag || tagOfLast === copy.tagOfSource;
  return isOfLast ? writeCopyOfParts(copy) : undefined;
}
