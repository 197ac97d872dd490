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

// A version that was written with the same again gets the content of the one below.
describe('two contents', () => {
  it('are the same if they share all members', () => {
    expect(isSameContent(content, { ...content })).toBe(true);
  });

  it.each(Object.keys(content))('differ if they differ in %s', (name) => {
    expect(isSameContent(content, { ...content, [name]: undefined })).toBe(false);
  });
});
