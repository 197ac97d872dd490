import { describe, expect, it } from '@jest/globals';
import { Ids } from '../../../src/model/ids';
import {
  checkSystemMetadata,
  copyContent,
  hidesDigest,
  isSameContent,
  listParts,
  makeFullObjectChecksum,
} from '../../../src/model/versions/content';
import type { Encryption, ObjectContent } from '../../../src/model/versions/version';
import { refusalThrownBy } from '../../support/thrown';

const body = Buffer.from('bytes');
/** With all members, so that the compiler asks for one that is new. */
const content: Required<ObjectContent> = {
  body,
  etag: 'etag',
  checksum: makeFullObjectChecksum('SHA1', body),
  metadata: {},
  headers: {},
  encryption: {},
  storageClass: 'STANDARD',
  parts: [],
};

const others: Readonly<Required<ObjectContent>> = {
  body: Buffer.from('bytes'),
  etag: 'another',
  checksum: makeFullObjectChecksum('SHA256', body),
  metadata: {},
  headers: { 'content-type': 'text/plain' },
  encryption: {},
  storageClass: 'GLACIER',
  parts: [],
};

// A version that was written with the same again gets the content of the one below.
describe('two contents', () => {
  it('are the same if they share all members', () => {
    expect(isSameContent(content, { ...content })).toBe(true);
  });

  it('are the same if their checksums and headers have equal values', () => {
    const [one, other] = [content, content].map((each) => ({
      ...each,
      checksum: makeFullObjectChecksum('SHA1', body),
      headers: { 'content-type': 'text/plain' },
    }));
    expect(one && other && isSameContent(one, other)).toBe(true);
  });

  it.each(Object.entries(others))('differ if they differ in %s', (name, other) => {
    expect(isSameContent(content, { ...content, [name]: other })).toBe(false);
  });

  it('differ if a header has another value', () => {
    const [one, other] = ['text/plain', 'text/html'].map((type) => ({ ...content, headers: { 'content-type': type } }));
    expect(one && other && isSameContent(one, other)).toBe(false);
  });

  it.each([
    ['type', { type: 'COMPOSITE' as const }],
    ['value', { value: 'another' }],
    ['algorithm', { algorithm: 'SHA256' as const }],
  ])('differ if their checksums differ in %s', (_, member) => {
    const checksum = { ...makeFullObjectChecksum('SHA1', body), ...member };
    expect(isSameContent(content, { ...content, checksum })).toBe(false);
  });
});

// F441
it('the system metadata of an object has at most 2,048 bytes of names and values', () => {
  const type = 'content-type';
  const headers = (size: number) => ({ [type]: 'x'.repeat(size - type.length), 'x-other': 'x'.repeat(3000) });
  expect(refusalThrownBy(() => checkSystemMetadata(headers(2048)))).toBeUndefined();
  expect(refusalThrownBy(() => checkSystemMetadata(headers(2049)))).toMatchObject({
    refusal: 'MetadataTooLarge',
    details: { Size: 2049 },
    why: 'the names and values of content-type have 2049 bytes together',
  });
});

// F55
it.each<[encryption: Encryption, hides: boolean]>([
  [{}, false],
  [{ ServerSideEncryption: 'AES256' }, false],
  [{ ServerSideEncryption: 'aws:kms' }, true],
  [{ ServerSideEncryption: 'aws:kms:dsse' }, true],
  [{ SSECustomerAlgorithm: 'AES256', SSECustomerKeyMD5: 'md5' }, true],
])('an object that is encrypted with %j has an ETag that is not its MD5: %s', (encryption, hides) => {
  expect(hidesDigest(encryption)).toBe(hides);
});

// F1591
it('the parts of an object of which only the ETag is known have equal sizes, except the last', () => {
  const ofEtag = (etag: string) => listParts({ ...content, etag, parts: undefined, body: Buffer.from('0123456789') });
  const sized = (number: number, size: number) => ({ number, size, checksum: undefined });
  expect(ofEtag('etag-3')).toEqual([sized(1, 3), sized(2, 3), sized(3, 4)]);
  expect(ofEtag('etag-1')).toEqual([sized(1, 10)]);
  expect(ofEtag('etag')).toBeUndefined();
});

// F90
describe('a copy', () => {
  const source = {
    ...content,
    metadata: { from: 'source' },
    headers: { 'content-type': 'text/plain', 'x-amz-website-redirect-location': '/source' },
  };
  const settings = {
    headers: { 'content-type': 'text/html', 'x-amz-website-redirect-location': '/copy' },
    encryption: {},
    storageClass: 'GLACIER',
    checksumAlgorithm: undefined,
  };

  it('keeps the metadata and the headers of the source, and has the redirect of the request', () => {
    expect(copyContent(new Ids('seed'), source, { ...settings, metadata: undefined })).toMatchObject({
      metadata: { from: 'source' },
      headers: { 'content-type': 'text/plain', 'x-amz-website-redirect-location': '/copy' },
      storageClass: 'GLACIER',
      checksum: makeFullObjectChecksum('SHA1', body),
    });
  });

  it('has no redirect if the request names none', () => {
    const copied = copyContent(new Ids('seed'), source, { ...settings, headers: {}, metadata: undefined });
    expect(copied.headers).toEqual({ 'content-type': 'text/plain' });
  });

  it('has the metadata and the headers of a request that replaces them', () => {
    const copied = copyContent(new Ids('seed'), source, { ...settings, metadata: { from: 'request' } });
    expect(copied).toMatchObject({ metadata: { from: 'request' }, headers: settings.headers });
  });

  it("has the checksum that the request asks for, or S3's own if the source has none", () => {
    const kept = { ...settings, metadata: undefined };
    const asked = copyContent(new Ids('seed'), source, { ...kept, checksumAlgorithm: 'SHA256' });
    const without = copyContent(new Ids('seed'), { ...source, checksum: undefined }, kept);
    expect([asked.checksum, without.checksum]).toEqual([
      makeFullObjectChecksum('SHA256', body),
      makeFullObjectChecksum('CRC64NVME', body),
    ]);
  });
});
