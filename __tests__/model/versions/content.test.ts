import { describe, expect, it } from '@jest/globals';
import { isSameContent, makeWholeChecksum } from '../../../src/model/versions/content';
import type { ObjectContent } from '../../../src/model/versions/version';

const body = Buffer.from('bytes');
/** With all members, so that the compiler asks for one that is new. */
const content: Required<ObjectContent> = {
  body,
  etag: 'etag',
  checksum: makeWholeChecksum('SHA1', body),
  metadata: {},
  headers: {},
  encryption: {},
  storageClass: 'STANDARD',
  parts: [],
};

const others: Readonly<Required<ObjectContent>> = {
  body: Buffer.from('bytes'),
  etag: 'another',
  checksum: makeWholeChecksum('SHA256', body),
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
      checksum: makeWholeChecksum('SHA1', body),
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
    const checksum = { ...makeWholeChecksum('SHA1', body), ...member };
    expect(isSameContent(content, { ...content, checksum })).toBe(false);
  });
});
