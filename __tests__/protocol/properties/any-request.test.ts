import { expect, it } from '@jest/globals';
import fc from 'fast-check';
import { storedContentEncoding } from '../../../src/protocol/request/aws-chunked';
import { readRequest } from '../../../src/protocol/request/request';
import type { Endpoint, WireRequest } from '../../../src/wire';
import { anyCharacter } from '../../support/characters';
import { runs } from '../../support/runs';

const endpoint: Endpoint = { service: 's3', base: 's3.amazonaws.com', dialect: 'aws', region: undefined };

function wire(url: string, part: Pick<WireRequest, 'headers' | 'body' | 'endpoint'>): WireRequest {
  const { base: host } = endpoint;
  return { method: 'GET', url, host, secure: true, rawHeaders: [], trailers: new Map(), ...part };
}

it('no request is read with an exception', () => {
  const textOf = (...pieces: readonly string[]) =>
    fc.array(fc.oneof(fc.constantFrom(...pieces), fc.string())).map((parts) => parts.join(''));
  const signing = ['X-Amz-Algorithm', 'X-Amz-Credential', 'X-Amz-Date', 'X-Amz-Expires', 'X-Amz-SignedHeaders'];
  const names = [...signing, 'X-Amz-Signature', 'AWSAccessKeyId', 'Expires', 'Signature'];
  const escaped = fc
    .array(fc.oneof(anyCharacter.map(encodeURIComponent), fc.constantFrom(...'/?&=#;:@')))
    .map((parts) => parts.join(''));
  const url = fc.oneof(
    fc
      .tuple(fc.constantFrom('', 'http://a.example', 'https://[::1]:8'), escaped)
      .map(([host, rest]) => `${host}/${rest}`),
    textOf('/', '%', '?', '&', '=', '+', 'a', '2', 'F', '\0', 'ä', ...names),
  );
  const header = fc.oneof(
    fc.tuple(
      fc.constant('authorization'),
      textOf('AWS', 'AWS4-HMAC-SHA256', 'Bearer', 'Credential=', '/', ',', ' ', ':', 'Authorization:'),
    ),
    fc.tuple(
      fc.constantFrom('content-encoding', 'x-amz-content-sha256', 'x-amz-decoded-content-length', 'x-amz-trailer'),
      textOf('aws-chunked', ',', 'x-amz-checksum-crc32', 'STREAMING-AWS4-', 'STREAMING-UNSIGNED-PAYLOAD-TRAILER', '4'),
    ),
    fc.tuple(fc.oneof(fc.constant('transfer-encoding'), fc.string()), fc.string()),
  );
  const piece = fc.oneof(
    fc.uint8Array({ maxLength: 20 }),
    fc.constantFrom('\r\n', '0', '4', ';chunk-signature=', ':', 'data', '\n', 'ffffffff').map(Buffer.from),
  );
  const body = fc.array(piece).map((pieces) => Buffer.concat(pieces));
  fc.assert(
    fc.property(url, fc.array(header), body, fc.constantFrom('aws', 'ibm-cos'), (path, sent, bytes, dialect) => {
      const part = { headers: new Map(sent), body: bytes, endpoint: { ...endpoint, dialect } as const };
      expect(readRequest(wire(path, part)).wire.url).toBe(path);
      storedContentEncoding(part.headers.get('content-encoding'), part.headers);
    }),
    runs(100),
  );
});
