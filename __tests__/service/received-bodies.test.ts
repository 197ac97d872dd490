import { createHash } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import { mockS3 } from 's3-versioning-mock/jest';
import { cosHost } from '../support/clients/story-client';
import { textOf } from '../support/documents';
import { md5Of } from '../support/objects';
import { send, type WireCall } from '../support/wire-client';

mockS3({ buckets: { vault: { objects: { a: 'data' } } } });

const put = (path: string, headers: WireCall['headers'] = {}, more: Partial<WireCall> = {}) =>
  send({ method: 'PUT', path, body: '<Tagging><TagSet/></Tagging>', headers, ...more });

describe('the digest of a body', () => {
  it('that is wrong is answered in hex for an object, and as it was sent for a document', async () => {
    const headers = { 'Content-MD5': md5Of('another') };
    const hex = Buffer.from(md5Of('another'), 'base64').toString('hex');
    expect({
      object: textOf('ExpectedDigest', await put('/vault/b', headers)),
      document: textOf('ExpectedDigest', await put('/vault/a?tagging', headers)),
    }).toEqual({ object: hex, document: headers['Content-MD5'] });
  });

  it.each([
    ['is Content-MD5 for a lifecycle', '/vault?lifecycle', undefined, 'Content-MD5'],
    ['is any checksum for other documents', '/vault?tagging', undefined, 'Content-MD5 OR x-amz-checksum-*'],
    ['is demanded for a replication at IBM COS', '/vault?replication', cosHost, 'Content-MD5 OR x-amz-checksum-*'],
  ])('%s', async (_what, path, host, header) => {
    const { status, body } = await put(path, {}, { host });
    expect({ status, message: textOf('Message', { body }) }).toEqual({
      status: 400,
      message: `Missing required header for this request: ${header}`,
    });
  });

  it('is not demanded for a replication at S3', async () => {
    expect(textOf('Message', await put('/vault?replication'))).not.toContain('Missing required header');
  });

  it('may be a header of a document beside the name of a trailer, which counts for streamed bodies alone', async () => {
    const body = '<Tagging><TagSet/></Tagging>';
    const sha256 = createHash('sha256').update(body).digest('base64');
    const headers = { 'x-amz-checksum-sha256': sha256, 'x-amz-trailer': 'x-amz-checksum-crc32' };
    expect((await put('/vault/a?tagging', headers)).status).toBe(200);
  });
});
