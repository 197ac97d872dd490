import { types } from 'node:util';
import { computeBodyDigest } from '../../formats/body-digests';
import { joinBodies, makePlaceholder, type ObjectBody } from '../../formats/sparse-body';
import type { Ids } from '../../model/ids';
import { largestObject } from '../../model/uploads/upload';
import {
  archiveStorageClasses,
  type ContentSource,
  checkMetadata,
  checkRedirectLocation,
  checkSystemMetadata,
  defaultHeaders,
  findFullObjectChecksum,
  hidesDigest,
  makeContent,
  standard,
  storageClasses,
  storedHeaderNames,
} from '../../model/versions/content';
import type { Encryption, ObjectContent } from '../../model/versions/version';
import { required } from '../../shapes/elements';
import { alwaysShown, byDefault, entriesOf, expecting, shapeOf, shownOnly, suchAs } from '../../shapes/given';
import { readGiven } from '../../shapes/given-reader';
import type { ValueOf } from '../../shapes/shape';
import { text, wordsOf } from '../../shapes/values';
import { counted } from '../../text/counts';
import { invalidValue } from '../../text/invalid-value';
import { findRepeated } from '../../text/lists';
import { checkOptionNames } from '../../text/member-names';
import { makeMistake } from '../../text/mistakes';
import { hintFor, writeSuggestion } from '../../text/spelling';
import { type Bytes, isRecord } from '../../text/value-kinds';
import { writeGiven } from '../../text/values';
import { catchRefusal } from '../literals';
import { type ContentPart, count, type GivenContent, wellFormedText } from './part';

/** The bytes of an object: as text, as bytes, as base64, which JSON can store, or as a placeholder of any size. */
export type BodyFixture = string | Bytes | { readonly base64: string } | PlaceholderFixture | PiecesFixture;

/**
 * Made-up bytes: lines of numbers. The mock makes only the bytes that somebody reads, so a placeholder takes no memory, however large it
 * is.
 */
export interface PlaceholderFixture {
  /** The number of bytes: 48.8 TiB at most, as on S3. */
  readonly size: number;
  /** A text that determines the bytes: the same text gives the same bytes. Default: the key and the version id. */
  readonly seed?: string | undefined;
  /** The number of bytes of the seed before the first byte of this body: `toJSON` writes it for a copy of a range. Default: 0. */
  readonly start?: number | undefined;
}

/** Bodies one after another: `toJSON` writes them for an upload with parts that are copies of placeholders. */
export interface PiecesFixture {
  readonly pieces: readonly BodyFixture[];
}

export interface ContentDetails {
  /** User metadata, with names that leave out `x-amz-meta-`. */
  readonly metadata?: Readonly<Record<string, string>> | undefined;
  /** Its media type. Default: `binary/octet-stream`, as on S3. */
  readonly contentType?: string | undefined;
  /** The other headers that S3 stores and returns with the object, in lower case: `{ 'cache-control': 'no-cache' }`. */
  readonly headers?: Readonly<Record<string, string>> | undefined;
  /** Its storage class. Default: `STANDARD`. */
  readonly storageClass?: string | undefined;
  /** Its ETag, if that is not the MD5 of its bytes, as for a multipart upload or an encrypted object. Default: the ETag that S3 makes. */
  readonly etag?: string | undefined;
}

export interface StoredContent {
  /** Its size in bytes. */
  readonly size: number;
  /** Its ETag in quotes, as SDKs return it. */
  readonly etag: string;
  /** Its user metadata, names in lower case. */
  readonly metadata: Readonly<Record<string, string>>;
  /** Its media type; `binary/octet-stream` if a client sent none. */
  readonly contentType: string | undefined;
  /**
   * The other headers that S3 stores and returns with it, names in lower case: `cache-control`, `content-disposition`,
   * `content-encoding`, `content-language`, `expires` and `x-amz-website-redirect-location`, as far as the client sent them.
   */
  readonly headers: Readonly<Record<string, string>>;
  /** Its storage class; `STANDARD` if a client sent none. */
  readonly storageClass: string;
}

const headerText = expecting(text, 'text that a header can carry: one line of Latin-1', isHeaderText);

const shape = shapeOf<ContentDetails, StoredContent>()({
  size: shownOnly(count),
  etag: {
    ...expecting(text, '32 hexadecimal digits, and for a multipart upload a hyphen and the number of parts', isETag),
    label: 'ETag',
  },
  metadata: suchAs(entriesOf(wellFormedText, { label: 'metadata', checkName: checkMetadataName }), "{ author: 'ann' }"),
  contentType: alwaysShown(byDefault(headerText, defaultHeaders['content-type'])),
  headers: suchAs(
    entriesOf(headerText, { label: 'header', checkName: checkHeaderName }),
    "{ 'cache-control': 'no-cache' }",
  ),
  storageClass: {
    ...byDefault(
      expecting(wordsOf<string>(storageClasses), `one of ${storageClasses.join(', ')}`, isStorageClass),
      standard,
    ),
    label: 'storage class',
  },
});

type Said = Exclude<keyof GivenContent, 'encryption'>;

export const content: ContentPart<ContentDetails, StoredContent, ValueOf<typeof shape>, Said> = {
  shape: shape.members,
  toModel: ({ etag, metadata, contentType: type, headers, storageClass }, { at }) => ({
    etag: etag && withoutQuotes(etag),
    metadata: metadata && storeMetadata(at, metadata),
    headers: { ...defaultHeaders, ...checkHeaders(at, headers), ...(type !== undefined && { 'content-type': type }) },
    storageClass,
  }),
  fromModel: ({ content: { body, etag, metadata, headers: all, encryption, storageClass } }, _place, form) => {
    const { 'content-type': contentType, ...headers } = all;
    const shownTag = form === 'handle' ? `"${etag}"` : findOwnETag(etag, body, encryption);
    return { size: body.byteLength, etag: shownTag, metadata, contentType, headers, storageClass };
  },
};

/** If an object was encrypted anew, it keeps its ETag. Another object with this encryption would have another ETag (F633). */
function findOwnETag(etag: string, body: ObjectBody, encryption: Encryption): string | undefined {
  return hidesDigest(encryption) || etag !== computeBodyDigest('MD5', body).hex ? etag : undefined;
}

/** An ETag that neither the bytes nor encryption explain is of other bytes or of parts, whose checksums nobody knows. */
export function makeObjectContent(ids: Ids, described: ContentSource & { readonly etag?: string }): ObjectContent {
  if (described.etag === undefined) return makeContent(ids, described);
  const { etag, ...source } = described;
  const isOfBytes = hidesDigest(source.encryption) && !etag.includes('-');
  const checksum = isOfBytes ? findFullObjectChecksum('CRC64NVME', source.body) : undefined;
  return { ...source, etag, checksum, parts: undefined };
}

function checkMetadataName(at: string, name: string): void {
  if (!/^[!#$%&'*+.^_`|~0-9a-z-]+$/.test(name.toLowerCase()))
    throw invalidValue(at, 'metadata name', name, 'letters, digits and hyphens, without x-amz-meta-');
}

/** S3 stores the names in lower case. */
function storeMetadata(at: string, metadata: Readonly<Record<string, string>>): Readonly<Record<string, string>> {
  const named = Object.entries(metadata).map(([name, value]) => [name.toLowerCase(), value] as const);
  const twice = findRepeated(named.map(([name]) => name));
  if (twice !== undefined)
    throw makeMistake(`${at}: metadata '${twice}' is given twice, since S3 stores the names in lower case`);
  const stored = Object.fromEntries(named);
  checkSize(`${at}: metadata has`, () => checkMetadata(stored));
  return stored;
}

function checkSize(label: string, check: () => void): void {
  const refusal = catchRefusal(check);
  if (refusal !== undefined && 'Size' in refusal.details)
    throw makeMistake(
      `${label} ${counted(Number(refusal.details.Size), 'byte')}; S3 stores 2,048 at most, names and values together`,
    );
}

/** The headers that are members of their own, with what to give in their place. */
const ownMembers: readonly (readonly [form: RegExp, cure: string])[] = [
  [/^x-amz-server-side-encryption/i, "Give encryption, such as encryption: 'aws:kms'."],
  [/^x-amz-meta-/i, "Give metadata, such as metadata: { author: 'ann' }."],
  [/^x-amz-tagging$/i, "Give tags, such as tags: { team: 'archive' }."],
  [/^x-amz-storage-class$/i, 'Give storageClass.'],
  [/^content-type$/i, 'Give contentType.'],
];

const headerNames: readonly string[] = [...storedHeaderNames, 'content-encoding']
  .filter((name) => name !== 'content-type')
  .sort();

/** The names that SDKs have for the stored headers, such as `cacheControl`, each with what to write in its place. */
function makeCures(write: (header: string) => string): Readonly<Record<string, string>> {
  const entries = headerNames.flatMap((header) => {
    const words = header.replace('x-amz-', '').split('-');
    const pascal = words.map((word) => word.charAt(0).toUpperCase() + word.slice(1)).join('');
    const names = [pascal, pascal.charAt(0).toLowerCase() + pascal.slice(1), header];
    return names.map((name) => [name, `Write ${write(header)}.`] as const);
  });
  return Object.fromEntries(entries);
}

export const curesOfWrittenHeaders = makeCures((header) => `headers: { '${header}': … }`);
export const curesOfReadHeaders = makeCures((header) => `headers['${header}']`);

/** Throws a TypeError for a header that S3 does not store, or that is a member of its own. */
export function checkHeaderName(at: string, name: string): void {
  const own = ownMembers.find(([form]) => form.test(name))?.[1];
  if (own !== undefined) throw makeMistake(`${at}: the header ${writeGiven(name)} cannot be given here. ${own}`);
  if (headerNames.includes(name)) return;
  throw makeMistake(
    `${at}: S3 does not store the header ${writeGiven(name)}.${hintFor(name, headerNames)} The headers are: ${headerNames.join(', ')}.`,
  );
}

function checkHeaders(at: string, headers: Readonly<Record<string, string>> = {}): Readonly<Record<string, string>> {
  const name = 'x-amz-website-redirect-location';
  if (catchRefusal(() => checkRedirectLocation(headers[name])))
    throw invalidValue(at, `header '${name}'`, headers[name], 'a text that begins with /, http:// or https://');
  checkSize(`${at}: headers have`, () => checkSystemMetadata(headers));
  return headers;
}

function isHeaderText(value: unknown): boolean {
  return typeof value === 'string' && !/[^\t\x20-\x7e\x80-\xff]/.test(value);
}

/** Lifecycle moves objects into archives, also into archives where no client can put an object. */
function isStorageClass(name: unknown): boolean {
  return typeof name === 'string' && (storageClasses.includes(name) || archiveStorageClasses.has(name));
}

function isETag(etag: unknown): boolean {
  return typeof etag === 'string' && /^"?[0-9a-f]{32}(?:-\d{1,5})?"?$/.test(etag);
}

function withoutQuotes(etag: string): string {
  return etag.replaceAll('"', '');
}

export function readETag(at: string, etag: string): string {
  return withoutQuotes(readGiven({ etag: required(shape.members.etag) }, { etag }, { at, now: 0 }).etag);
}

const bytesOfAnObject =
  "the bytes of an object: delete('report.pdf') adds a delete marker, and objects of a fixture take one with an id";

/** Returns the words for a right body if the value is none, such as the version in `put('report.pdf', { body: 'first' })`. */
function findExpectedBody(value: unknown): string | undefined {
  if (Array.isArray(value)) return 'text or bytes; give a list as JSON text, JSON.stringify(value)';
  if (!isRecord(value)) return "text, a Uint8Array, { base64: 'Zmlyc3Q=' }, or { size: 6442450944 } for a placeholder";
  if ('deleteMarker' in value) return bytesOfAnObject;
  return 'body' in value
    ? "the bytes first, and other members after them: put('report.pdf', 'first', { versionId: 'v1' })"
    : undefined;
}

/** The test can change its bytes later, so they are copied. A placeholder has the bytes of `seed`, unless it names others. */
export function readBody(at: string, body: BodyFixture | undefined, seed: string): ObjectBody {
  if (typeof body === 'string') return withOwnMemory(Buffer.from(body));
  if (types.isUint8Array(body)) return withOwnMemory(Buffer.from(body));
  const expected = findExpectedBody(body);
  if (expected !== undefined) throw invalidValue(at, 'body', body, expected);
  const form = body as Exclude<BodyFixture, string | Bytes>; // what is no object was refused
  if (isPlaceholder(form)) return readPlaceholder(at, form, seed);
  if (isPieces(form)) return readPieces(at, form, seed);
  // The outline of a long body, which printed handles have, is not JSON.
  if (!('md5' in form)) checkIsNotJson(`${at}, body`, form, bodyNames);
  checkOptionNames(`${at}, body`, form, bodyNames);
  const { base64 } = form;
  const bytes = typeof base64 === 'string' ? Buffer.from(base64, 'base64') : undefined;
  if (bytes !== undefined && bytes.toString('base64') === base64) return withOwnMemory(bytes);
  throw invalidValue(`${at}, body`, 'base64', base64, "text such as 'Zmlyc3Q='");
}

const bodyNames = ['base64', 'size', 'pieces'];

/** Throws for an object that was meant as JSON: it contains none of the `needed` members, and no misspelt member. */
export function checkIsNotJson(at: string, value: object, known: readonly string[], needed = known): void {
  const isMember = (name: string) => known.includes(name) || writeSuggestion(name, known) !== undefined;
  if (needed.some((name) => name in value) || Object.keys(value).every(isMember)) return;
  throw makeMistake(
    `${at}: S3 stores bytes, and the body is ${writeGiven(value)}. Give an object as JSON text: JSON.stringify(value).`,
  );
}

function isPlaceholder(body: object): body is PlaceholderFixture {
  return 'size' in body;
}

function readPlaceholder(at: string, placeholder: PlaceholderFixture, ofPlace: string): ObjectBody {
  checkOptionNames(`${at}, body`, placeholder, ['size', 'seed', 'start']);
  const { size, seed = ofPlace, start = 0 } = placeholder;
  checkSizeOfObject(`${at}, body`, size);
  if (typeof seed !== 'string') throw invalidValue(`${at}, body`, 'seed', seed, 'text');
  if (!Number.isSafeInteger(start) || start < 0 || !Number.isSafeInteger(start + size))
    throw invalidValue(`${at}, body`, 'start', start, 'a number of bytes');
  return makePlaceholder({ seed, start, length: size });
}

/** Throws a TypeError for what is no size of an object of S3. */
export function checkSizeOfObject(at: string, size: unknown, name = 'size'): asserts size is number {
  if (typeof size !== 'number' || !Number.isSafeInteger(size) || size < 0)
    throw invalidValue(at, name, size, 'a number of bytes');
  if (size > largestObject)
    throw invalidValue(at, name, size, `${largestObject} at most, since S3 stores 10,000 parts of 5 GiB`);
}

function isPieces(body: object): body is PiecesFixture {
  return 'pieces' in body;
}

function readPieces(at: string, fixture: PiecesFixture, seed: string): ObjectBody {
  checkOptionNames(`${at}, body`, fixture, ['pieces']);
  const { pieces } = fixture;
  if (!Array.isArray(pieces)) throw invalidValue(`${at}, body`, 'pieces', pieces, 'a list of bodies');
  const read = pieces.map((piece: BodyFixture, index) => readBody(`${at}, body, pieces[${index}]`, piece, seed));
  checkSizeOfObject(
    `${at}, body`,
    read.reduce((total, { length }) => total + length, 0),
    'size of all pieces',
  );
  return joinBodies(read);
}

/** The size from which bytes get a memory of their own. Fewer bytes need less memory if they share one. */
const FEW = 512;

/** Copies bytes out of the memory that Node shares among short copies. Otherwise the journal would copy them at each read of the body. */
function withOwnMemory(bytes: Buffer): Buffer {
  if (bytes.length < FEW || bytes.length === bytes.buffer.byteLength) return bytes;
  const own = Buffer.allocUnsafeSlow(bytes.length);
  own.set(bytes);
  return own;
}
