import { sha256Hex } from '../../formats/digests';
import { readSignatures } from '../request/aws-chunked';
import type { S3Request } from '../request/request';
import { canonicalRequests } from './canonical-request';
import type { Verifier } from './terms';
import { makeCheck, readHeaderV4, refusalForMismatch, type SignatureV4 } from './v4';

/**
 * Checks the signatures in a body that is streamed in signed chunks. Each covers its chunk and the signature before it; the first one
 * covers the signature of the headers. https://docs.aws.amazon.com/AmazonS3/latest/API/sigv4-streaming.html
 * @module
 */

/** The signature of the headers has been checked before. */
export function checkChunkSignatures(request: S3Request, verifier: Verifier): void {
  const payload = request.headers.get('x-amz-content-sha256') ?? '';
  const [, algorithm = ''] = /^STREAMING-(AWS4-.+-PAYLOAD)(?:-TRAILER)?$/.exec(payload) ?? [];
  if (algorithm === '') return;
  const { identity, wire } = request;
  if (!('scheme' in identity) || (identity.scheme !== 'sigv4' && identity.scheme !== 'sigv4a')) return;
  const signed = readHeaderV4(request, verifier);
  const secret = verifier.secretOf(signed.credential.accessKeyId);
  if (secret === undefined) return;
  const isSigned = makeCheck(signed, secret);
  const check = (text: string, signature: string, why: string) => {
    if (isSigned(text, signature)) return;
    const canonical = canonicalRequests({ ...wire, ...signed })[0];
    throw refusalForMismatch(signed, { text, signature, canonical }, why);
  };

  const { chunks, signatures, trailer } = readSignatures(wire.headers, wire.body);
  let before = signed.signature;
  for (const [at, signature] of signatures.entries()) {
    const text = chunkText(signed, algorithm, before, chunks[at] ?? new Uint8Array(0));
    check(text, signature, `the signature of chunk ${at + 1}, ${signature}, is not the chunk's`);
    before = signature.replace(/\*+$/, '');
  }
  // A body that cannot be read to its end has no trailers; it is refused next.
  if (trailer === undefined || !payload.endsWith('-TRAILER')) return;
  const signature = trailer.get('x-amz-trailer-signature') ?? '';
  const text = trailerText(signed, algorithm, before, trailer);
  check(text, signature, `x-amz-trailer-signature, ${signature}, is not the trailer's`);
}

const emptyHash = sha256Hex(new Uint8Array(0));

function chunkText(signed: SignatureV4, algorithm: string, before: string, chunk: Uint8Array): string {
  return [algorithm, signed.date, signed.credential.scope, before, emptyHash, sha256Hex(chunk)].join('\n');
}

function trailerText(
  signed: SignatureV4,
  algorithm: string,
  before: string,
  trailer: ReadonlyMap<string, string>,
): string {
  const lines = [...trailer].filter(([name]) => name !== 'x-amz-trailer-signature');
  const hash = sha256Hex(Buffer.from(lines.map(([name, value]) => `${name}:${value}\n`).join(''), 'latin1'));
  const name = algorithm.replace(/-PAYLOAD$/, '-TRAILER');
  return [name, signed.date, signed.credential.scope, before, hash].join('\n');
}
