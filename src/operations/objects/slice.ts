import { listParts } from '../../model/versions/content';
import type { ObjectContent, ObjectPart } from '../../model/versions/version';
import { readLeaf } from '../../protocol/document/leaves';
import { S3Error } from '../../refusals/s3-error';
import type { SentPart } from '../../shapes/shape';
import { integer, ranging, refusing, sentName, sentText } from '../../shapes/values';
import { counted } from '../../text/counts';
import { writeValue } from '../../text/values';
import { checksumOutput } from '../members/objects';

interface Slice {
  readonly first: number;
  /** The first byte after the slice. */
  readonly end: number;
  readonly part?: number;
  /** Whether the answer says that it has a part of the bytes, as it also does of all bytes if the read names a range or a part. */
  readonly isPartial: boolean;
}

interface AskedSlice {
  readonly Range?: string | undefined;
  readonly PartNumber?: number | undefined;
}

/** S3 does not read a part number that comes beside a range, so it is not refused as a number (F63). */
export function refusalOfPartBesideRange({ headers, query: parameters }: SentPart): S3Error | undefined {
  const [Range, partNumber] = [headers.get('range'), parameters.get('partNumber')];
  if (Range === undefined || partNumber === undefined) return undefined;
  const isNumber = readLeaf(partNumberValue, partNumber) !== undefined;
  return isNumber ? undefined : new S3Error('RangeWithPartNumber').quoting({ Range, partNumber });
}

export function cutSlice(content: ObjectContent, { Range, PartNumber }: AskedSlice): Slice {
  if (PartNumber !== undefined) return cutPart(content, PartNumber);
  const size = content.body.length;
  const range = readRange(Range, size);
  if (range === 'whole') return { first: 0, end: size, isPartial: false };
  if (range === 'unsatisfiable')
    throw new S3Error('InvalidRange', { RangeRequested: Range ?? '', ActualObjectSize: size }, whyBeyond(Range, size));
  return { first: range.first, end: range.last + 1, isPartial: true };
}

function cutPart(content: ObjectContent, part: number): Slice {
  const parts = listParts(content);
  const count = parts?.length ?? 1;
  if (part > count) {
    const only =
      parts === undefined
        ? 'the object was written whole, so it has part 1 alone'
        : `the object has ${counted(count, 'part')}, which count from 1`;
    throw new S3Error(
      'InvalidPartNumber',
      { PartNumberRequested: part, ActualPartCount: count },
      `${only}: read it without PartNumber, or with one up to ${count}`,
    );
  }
  const sizes = parts?.map(({ size }) => size) ?? [content.body.length];
  const first = sizes.slice(0, part - 1).reduce((total, size) => total + size, 0);
  const size = sizes[part - 1] ?? 0;
  // An empty part is not answered as a part of the bytes (F575).
  return { first, end: first + size, part, isPartial: size > 0 };
}

function whyBeyond(header: string | undefined, size: number): string {
  const range = `Range is ${writeValue(header)}`;
  if (/^bytes=-/.test(header ?? '')) return `${range}, the last 0 bytes: ask for bytes=-1 or more`;
  if (size === 0) return `${range}, and the object has 0 bytes: read it without Range`;
  const whole = header === `bytes=${size}-` ? ': a download that has them is whole, and needs no further request' : '';
  return `${range}, and the object has ${counted(size, 'byte')}, which count from 0: its last byte is ${size - 1}${whole}`;
}

/** A range has no checksum. A part has one if the object's is made of the parts' checksums, be it named by number or by its bytes (F63). */
export function writeChecksum(content: ObjectContent, slice: Slice) {
  const { checksum, body } = content;
  const isWhole = slice.first === 0 && slice.end === body.length;
  if (checksum?.type === 'COMPOSITE' && (slice.part !== undefined || !isWhole)) {
    const own = findPart(content, slice)?.checksum;
    return own && checksumOutput({ ...own, type: 'COMPOSITE' });
  }
  return isWhole ? checksumOutput(checksum) : undefined;
}

function findPart({ parts = [] }: ObjectContent, { part, first, end }: Slice): ObjectPart | undefined {
  if (part !== undefined) return parts[part - 1];
  let start = 0;
  for (const one of parts) {
    if (start === first && start + one.size === end) return one;
    start += one.size;
  }
  return undefined;
}

export const partNumberValue = refusing(ranging(integer, [1, 10000]), 'PartNumberOutOfRange', {
  ArgumentName: sentName,
  ArgumentValue: sentText,
});

type Range = { readonly first: number; readonly last: number } | 'whole' | 'unsatisfiable';

/** S3 ignores a header that it does not understand, or that names several ranges (F64). `last` is the last requested byte that exists. */
export function readRange(header: string | undefined, size: number): Range {
  const [, from = '', to = ''] = /^bytes=(\d*)-(\d*)$/.exec(header ?? '') ?? [];
  if (from === '' && to === '') return 'whole';
  if (from === '') return readSuffix(Number(to), size);
  const first = Number(from);
  const last = to === '' ? size - 1 : Math.min(Number(to), size - 1);
  if (to !== '' && Number(to) < first) return 'whole';
  return first >= size ? 'unsatisfiable' : { first, last };
}

function readSuffix(length: number, size: number): Range {
  if (length === 0) return 'unsatisfiable';
  // The last bytes of an empty object are the whole object (F575).
  return size === 0 ? 'whole' : { first: Math.max(0, size - length), last: size - 1 };
}
