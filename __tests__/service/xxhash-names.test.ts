import { describe, expect, it } from '@jest/globals';
import { namesXxhash } from '../../src/service/named-xxhash';
import type { WireRequest } from '../../src/wire';

const request = (more: Partial<WireRequest> = {}): WireRequest => ({
  method: 'PUT',
  url: '/vault/k',
  host: 's3.amazonaws.com',
  endpoint: { service: 's3', base: 's3.amazonaws.com', dialect: 'aws', region: undefined },
  secure: true,
  headers: new Map(),
  rawHeaders: [],
  trailers: new Map(),
  body: new Uint8Array(),
  ...more,
});
const sent = (name: string, value: string) => request({ headers: new Map([[name, value]]) });
const posted = (body: string) => request({ method: 'POST', url: '/vault/k?uploadId=a', body: Buffer.from(body) });

// Decision 49
describe('a request that names an algorithm of XXHash', () => {
  it.each([
    ['by the header of its checksum', sent('x-amz-checksum-xxhash3', 'LQaABTjTlMI=')],
    ['by a trailer', sent('x-amz-trailer', 'x-amz-checksum-xxhash64')],
    ["in the SDK's words", sent('x-amz-sdk-checksum-algorithm', 'XXHASH128')],
    ['for an upload', sent('x-amz-checksum-algorithm', 'xxhash128')],
    ['in the query of a presigned URL', request({ url: '/vault/k?x-amz-checksum-algorithm=XXHASH64' })],
    ['in the list of a completion', posted('<Part><ChecksumXXHASH64>LQaABTjTlMI=</ChecksumXXHASH64></Part>')],
    ['in the field of a form', posted('name="x-amz-checksum-xxhash64"')],
    ['in a field as headers are often written', posted('name="X-Amz-Checksum-Xxhash64"')],
  ])('is found %s', (_place, found) => {
    expect(namesXxhash(found)).toBe(true);
  });

  it.each([
    ['no checksum', request()],
    ['another checksum', sent('x-amz-checksum-sha512', 'x')],
    ['a body that mentions it', request({ body: Buffer.from('x-amz-checksum-xxhash64') })],
  ])('is not found in one with %s', (_what, other) => {
    expect(namesXxhash(other)).toBe(false);
  });
});
