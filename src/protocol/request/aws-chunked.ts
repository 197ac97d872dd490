import { S3Error } from '../../refusals/s3-error';
import { counted } from '../../text/counts';
import { comparesHashAsText, findAlgorithm, readAnnouncedTrailers } from './checksums';
import type { Identity } from './identity';

/**
 * aws-chunked: the framing in which SDKs stream an upload, with a signature after each chunk's size or a checksum after the
 * last chunk. https://docs.aws.amazon.com/AmazonS3/latest/API/sigv4-streaming.html
 * @module
 */

type Headers = ReadonlyMap<string, string>;

interface DecodedBody {
  readonly body: Uint8Array;
  readonly trailers: ReadonlyMap<string, string>;
  readonly announcement?: S3Error;
  readonly framing?: S3Error;
}

/** Even if the body is refused, the decoded part is returned. */
export function decodeBody(sent: {
  readonly headers: Headers;
  readonly trailers: ReadonlyMap<string, string>;
  readonly body: Uint8Array;
  readonly scheme?: Identity['scheme'];
}): DecodedBody {
  const { headers } = sent;
  const framed = isFramed(headers);
  if (!framed && !headers.has('x-amz-trailer')) return { body: sent.body, trailers: sent.trailers };
  const isCoded = framed && !(namesStream(headers) && comparesHashAsText(sent.scheme));
  const content = isCoded
    ? unframe(sent.body, formOfSignatures(headers))
    : { chunks: [sent.body], signatures: [], trailers: none };
  const body = joined(content.chunks);
  const trailers = content.trailers.size === 0 ? sent.trailers : new Map([...sent.trailers, ...content.trailers]);
  const announcement =
    (framed && decodedLength(headers) === undefined
      ? new S3Error('ContentLengthMissing', {}, lengthless)
      : undefined) ?? refusalOfAnnouncement(headers);
  // The end of the framing comes before the length of what it carries (F1690).
  const framing =
    content.refusal ??
    (isCoded && isSigned(headers) ? refusalOfSignedTrailers(headers, content.trailers) : undefined) ??
    (framed ? refusalOfLength(headers, body) : undefined) ??
    refusalOfTrailers(headers, content.trailers, trailers);
  return { body, trailers, ...(announcement && { announcement }), ...(framing && { framing }) };
}

/** S3 accepts HTTP's own chunks only if they carry aws-chunked with the decoded length (F96). */
export function checkLengthIsKnown(headers: Headers): void {
  if (headers.has('content-length') || isFramed(headers)) return;
  throw headers.has('transfer-encoding')
    ? new S3Error(
        'HeaderNotImplemented',
        { Header: 'Transfer-Encoding' },
        'an upload must give its length in Content-Length',
      )
    : new S3Error('ContentLengthMissing');
}

/** The length of the object, not of its framing; undefined if the request does not declare it. */
export function readDeclaredLength(headers: Headers): number | undefined {
  const length = headers.get('content-length');
  return decodedLength(headers) ?? (length === undefined ? undefined : Number(length));
}

/** F576 */
export function checkFramingIsSigned(headers: Headers): void {
  const ArgumentValue = headers.get('content-encoding');
  if (headers.get('x-amz-content-sha256') !== 'UNSIGNED-PAYLOAD' || !namesFraming(ArgumentValue)) return;
  throw new S3Error('FramingUnsigned', { ArgumentValue });
}

/** Removes `aws-chunked` from the Content-Encoding of a framed body, since it describes the transfer and not the object (F576). */
export function storedContentEncoding(value: string | undefined, headers: Headers): string | undefined {
  if (!isFramed(headers)) return value?.trim() || undefined;
  const kept = value?.split(',').filter((coding) => !isAwsChunked(coding));
  return kept?.join(',').trim() || undefined;
}

function isAwsChunked(coding: string): boolean {
  return coding.trim().toLowerCase() === 'aws-chunked';
}

function namesFraming(contentEncoding: string | undefined): contentEncoding is string {
  return contentEncoding?.split(',').some(isAwsChunked) === true;
}

const none: ReadonlyMap<string, string> = new Map();
const lengthless = 'a body in aws-chunked framing needs x-amz-decoded-content-length';

/** Whether a body came in framing. The name of the coding alone says nothing: a client can name it beside a body in one piece (F576). */
export function isFramed(headers: Headers): boolean {
  if (namesStream(headers)) return true;
  return headers.has('x-amz-decoded-content-length') && namesFraming(headers.get('content-encoding'));
}

function namesStream(headers: Headers): boolean {
  return headers.get('x-amz-content-sha256')?.startsWith('STREAMING-') === true;
}

function formOfSignatures(headers: Headers): RegExp {
  return isSigned(headers) ? signedHead : unsignedHead;
}

function isSigned(headers: Headers): boolean {
  return headers.get('x-amz-content-sha256')?.startsWith('STREAMING-AWS4-') === true;
}

function decodedLength(headers: Headers): number | undefined {
  const value = headers.get('x-amz-decoded-content-length') ?? '';
  return /^\d{1,15}$/.test(value) ? Number(value) : undefined;
}

function refusalOfLength(headers: Headers, body: Uint8Array): S3Error | undefined {
  const expected = decodedLength(headers);
  if (expected === undefined || expected === body.length) return undefined;
  return new S3Error('DecodedLengthMismatch', { NumberBytesExpected: expected, NumberBytesProvided: body.length });
}

function refusalOfAnnouncement(headers: Headers): S3Error | undefined {
  const stranger = readAnnouncedTrailers(headers).find((name) => findAlgorithm(name) === undefined);
  return stranger === undefined ? undefined : new S3Error('TrailerUnsupported', {}, `x-amz-trailer names ${stranger}`);
}

// Trailers and x-amz-trailer have to agree (versitygw#1691, #1600, Arsenal#2596); S3 accepts a body with neither (versitygw#1632). A
// checksum that was announced as a trailer may come as a header.
function refusalOfTrailers(headers: Headers, inside: Headers, all: Headers): S3Error | undefined {
  const names = readAnnouncedTrailers(headers);
  const missing = names.find((name) => !all.has(name) && !headers.has(name));
  if (missing !== undefined) return new S3Error('TrailerMalformed', {}, `the trailer ${missing} is missing`);
  const surplus = [...inside.keys()].find((name) => name !== 'x-amz-trailer-signature' && !names.includes(name));
  return surplus === undefined
    ? undefined
    : new S3Error('TrailerMalformed', {}, `x-amz-trailer does not name the trailer ${surplus}`);
}

/** In signed framing, S3 expects trailers and their signature only if x-amz-trailer names them, and then both (F1690). */
function refusalOfSignedTrailers(headers: Headers, inside: Headers): S3Error | undefined {
  if (readAnnouncedTrailers(headers).length === 0 && inside.size > 0)
    return refusalForBody('the body has trailers that x-amz-trailer does not name');
  const isExpected = headers.get('x-amz-content-sha256')?.endsWith('-TRAILER') === true;
  return isExpected && !inside.has('x-amz-trailer-signature')
    ? refusalForBody('the body has no x-amz-trailer-signature')
    : undefined;
}

/**
 * Returns one signature for each whole chunk and one for the empty chunk at the end. It returns the trailers only if the whole body can be
 * read.
 */
export function readSignatures(
  headers: Headers,
  body: Uint8Array,
): Pick<Unframed, 'chunks' | 'signatures'> & { readonly trailer: ReadonlyMap<string, string> | undefined } {
  const { chunks, signatures, trailers, refusal } = unframe(body, formOfSignatures(headers));
  return { chunks, signatures, trailer: refusal ? undefined : trailers };
}

interface Unframed {
  readonly chunks: readonly Uint8Array[];
  /** Empty if the framing is not signed. */
  readonly signatures: readonly string[];
  readonly trailers: ReadonlyMap<string, string>;
  readonly refusal?: S3Error;
}

const carriageReturn = 13;
const lineFeed = 10;
const smallestChunk = 8192;

function unframe(body: Uint8Array, form: RegExp): Unframed {
  const bytes = Buffer.from(body.buffer, body.byteOffset, body.byteLength);
  const chunks: Uint8Array[] = [];
  const signatures: string[] = [];
  const refused = (refusal: S3Error): Unframed => ({ chunks, signatures, trailers: none, refusal });
  for (let offset = 0; ; ) {
    const head = readHead(bytes, offset, form);
    if (head === undefined) return refused(refusalForHead(bytes, offset));
    if (head.size === 0) {
      if (head.signature !== undefined) signatures.push(head.signature);
      return { chunks, signatures, ...readTrailers(bytes.toString('latin1', head.end)) };
    }
    const before = chunks.at(-1)?.length ?? smallestChunk;
    if (before < smallestChunk) {
      return refused(new S3Error('ChunkTooSmall', { Chunk: chunks.length + 1, BadChunkSize: before }));
    }
    const end = head.end + head.size;
    if (bytes[end] !== carriageReturn || bytes[end + 1] !== lineFeed) {
      return refused(
        refusalForBody(`the chunk of ${counted(head.size, 'byte')} at byte ${offset} does not end where it says`),
      );
    }
    chunks.push(body.subarray(head.end, end));
    if (head.signature !== undefined) signatures.push(head.signature);
    offset = end + 2;
  }
}

/** S3 fails inside if the size of a chunk is below zero (F577). */
function refusalForHead(bytes: Buffer, offset: number): S3Error {
  const isNegative = /^-[0-9a-f]/i.test(bytes.toString('latin1', offset, offset + 2));
  const why = `no chunk begins at byte ${offset}`;
  return isNegative ? new S3Error('ChunkSizeNegative', {}, why) : refusalForBody(why);
}

function refusalForBody(why: string): S3Error {
  return new S3Error('IncompleteBody', {}, why);
}

const longestHead = 1024;
const unsignedHead = /^([0-9a-f]+)(?:;.*)?$/i;
// Any text is a signature until it is compared, and a parameter before chunk-signature counts as a part of it (F577).
const signedHead =
  /^([0-9a-f]+)[ \t]*;[ \t]*(?:chunk-signature[ \t]*=[ \t]*([^;\s]+)|([^;=\s][^;=]*=[^;]*;[ \t]*chunk-signature=[^;\s]+))[ \t]*$/i;

function readHead(
  bytes: Buffer,
  start: number,
  form: RegExp,
): { size: number; signature: string | undefined; end: number } | undefined {
  const length = bytes.subarray(start, start + longestHead).indexOf('\r\n', 0, 'latin1');
  if (length < 0) return undefined;
  const line = bytes.toString('latin1', start, start + length);
  const [, size, signature, extended] = form.exec(line) ?? [];
  if (size === undefined) return undefined;
  return { size: Number.parseInt(size, 16), signature: signature ?? extended, end: start + length + 2 };
}

/** S3 reads lines up to an empty one, or to the end of the body; what follows the empty line counts for nothing (F1690). */
function readTrailers(text: string): Omit<Unframed, 'chunks' | 'signatures'> {
  const trailers = new Map<string, string>();
  const [last = '', ...lines] = text.split('\r\n').toReversed();
  const empty = lines.lastIndexOf('');
  if (empty < 0 && last !== '')
    return { trailers: none, refusal: refusalForBody('the last line does not end with a line break') };
  for (const line of lines.slice(empty + 1).toReversed()) {
    const colon = line.indexOf(':');
    const name = line.slice(0, Math.max(colon, 0)).trim().toLowerCase();
    if (name === '') return { trailers, refusal: refusalForBody(`no trailer: ${line}`) };
    trailers.set(name, line.slice(colon + 1).trim());
  }
  return { trailers };
}

function joined(chunks: readonly Uint8Array[]): Uint8Array {
  const [only, second] = chunks;
  if (only === undefined) return new Uint8Array(0);
  return second === undefined ? only : Buffer.concat(chunks);
}
