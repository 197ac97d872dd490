import type { RequestEntry } from '../journal/entry';
import { writeCall } from '../journal/entry-text';
import { counted } from '../text/counts';
import { isRecord, memberOf } from '../text/value-kinds';
import { writeKey, writeValue } from '../text/values';
import type { FailedError } from '../thrown-errors';
import type { Comparison } from './compared-texts';
import { isAssertion } from './errors';
import { findOtherObject } from './library-assertions';
import { listMissing } from './trials/expectation';

const ofParts = /^"?[0-9a-f]{32}-(\d+)"?$/;
const ofBytes = /^"?[0-9a-f]{32}"?$/;

/** An ETag of an upload in parts is compared with the MD5 of the bytes, on either side. */
export const hintAtETagOfParts: Comparison = ({ expected, received }) => {
  for (const [side, other] of [
    [expected, received],
    [received, expected],
  ] as const) {
    const tag = [...side].find((text) => ofParts.test(text));
    const parts = ofParts.exec(tag ?? '')?.[1];
    if (parts === undefined || ![...other].some((text) => ofBytes.test(text))) continue;
    return `The ETag ${writeValue(tag)} ends in -${parts}, because the object was uploaded in ${counted(Number(parts), 'part')}, and is not the MD5 of its bytes. Compare the bytes, or a checksum that the upload asked for.`;
  }
  return undefined;
};

/** What code says of bytes that it takes for damaged. */
const ofDamage =
  /\b(?:damaged?|corrupt(?:ed|ion)?|e-?tags?|md5|check-?sums?|digest|hash(?:es)?|integrity|tampered|mismatch(?:es|ed)?)\b|\b(?:not|n't) match/i;

/** Code compares an ETag with a digest by itself, and throws its own error. */
export function writeDigestOfParts(
  entries: readonly RequestEntry[],
  errors: readonly FailedError[],
): string | undefined {
  const last = entries.at(-1);
  const isOwn = errors.some(
    (error) =>
      !isAssertion(error) && error.isOfClient !== true && error.name === 'Error' && ofDamage.test(error.message),
  );
  const tag = memberOf(last?.output, 'ETag');
  const parts = typeof tag === 'string' ? ofParts.exec(tag)?.[1] : undefined;
  if (last === undefined || last.error !== undefined || parts === undefined || !isOwn) return undefined;
  return `${writeCall(last)}: the object was written in ${counted(Number(parts), 'part')}, so its ETag, ${writeValue(tag)}, ends in -${parts} and is no MD5 of its bytes. Where the code compares it with one, compare a checksum that the upload asks for, ChecksumAlgorithm: 'CRC64NVME'.`;
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
    ...(types.length > 0 && String(memberOf(output, 'ContentType')).endsWith('octet-stream') ? ['ContentType'] : []),
  ].filter((member) => !isNamed(upload.create, member));
  return missing.length === 0 ? undefined : writeUpload(upload, missing);
};

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
