import { describe, expect, it } from '@jest/globals';
import { mockS3 } from 's3-versioning-mock/jest';
import { cosHost } from '../../support/clients/story-client';
import { formBody, sendForm, signedFields } from '../../support/forms';
import { send, type WireCall } from '../../support/wire-client';

const s3 = mockS3({
  now: '2026-03-01T12:00:00Z',
  buckets: {
    vault: {
      region: 'us-south-standard',
      versioning: 'Enabled',
      objects: { k: 'data', source: 'other', gone: [{ body: 'data' }, { deleteMarker: true }] },
    },
  },
});

const etag = '"8d777f385d3dfec8815d20f7496026dc"';
const other = '"00000000000000000000000000000000"';
const before = 'Sun, 01 Mar 2026 11:59:59 GMT';
const same = 'Sun, 01 Mar 2026 12:00:00 GMT';

const call = (one: WireCall) => send({ host: cosHost, ...one });
type Headers = WireCall['headers'];

async function complete(key: string, headers: Headers) {
  const begun = await call({ method: 'POST', path: `/vault/${key}?uploads` });
  const id = /<UploadId>(.*?)</.exec(begun.body)?.[1];
  const part = await call({ method: 'PUT', path: `/vault/${key}?partNumber=1&uploadId=${id}`, body: 'new' });
  const named = `<Part><PartNumber>1</PartNumber><ETag>${part.header('etag')}</ETag></Part>`;
  const body = `<CompleteMultipartUpload>${named}</CompleteMultipartUpload>`;
  return call({ method: 'POST', path: `/vault/${key}?uploadId=${id}`, body, headers });
}

const post = (key: string, headers: Headers) =>
  sendForm(formBody(signedFields({ key }), { content: 'new' }), { host: cosHost, headers });

const writes = {
  PutObject: (key: string, headers: Headers) => call({ method: 'PUT', path: `/vault/${key}`, body: 'new', headers }),
  CopyObject: (key: string, headers: Headers) =>
    call({ method: 'PUT', path: `/vault/${key}`, headers: { 'x-amz-copy-source': '/vault/source', ...headers } }),
  CompleteMultipartUpload: complete,
  PostObject: post,
};

// Documented: "Conditional requests" of upload.md. F66
describe.each(Object.entries(writes))('the conditions of %s at IBM COS', (_name, write) => {
  it.each<{ key: string; headers: Headers; met: boolean }>`
    key       | headers                                                | met
    ${'k'}    | ${{ 'If-None-Match': etag }}                           | ${false}
    ${'k'}    | ${{ 'If-None-Match': other }}                          | ${true}
    ${'k'}    | ${{ 'If-None-Match': `${other}, ${etag}` }}            | ${false}
    ${'k'}    | ${{ 'If-None-Match': '*' }}                            | ${false}
    ${'new'}  | ${{ 'If-None-Match': '*' }}                            | ${true}
    ${'new'}  | ${{ 'If-None-Match': etag }}                           | ${true}
    ${'gone'} | ${{ 'If-None-Match': '*' }}                            | ${true}
    ${'k'}    | ${{ 'If-Match': etag }}                                | ${true}
    ${'k'}    | ${{ 'If-Match': other }}                               | ${false}
    ${'k'}    | ${{ 'If-Match': `${other}, ${etag}` }}                 | ${true}
    ${'k'}    | ${{ 'If-Match': '*' }}                                 | ${true}
    ${'new'}  | ${{ 'If-Match': '*' }}                                 | ${false}
    ${'gone'} | ${{ 'If-Match': etag }}                                | ${false}
    ${'k'}    | ${{ 'If-Unmodified-Since': before }}                   | ${false}
    ${'k'}    | ${{ 'If-Unmodified-Since': same }}                     | ${true}
    ${'new'}  | ${{ 'If-Unmodified-Since': before }}                   | ${true}
    ${'k'}    | ${{ 'If-Unmodified-Since': 'yesterday' }}              | ${true}
    ${'k'}    | ${{ 'If-Match': etag, 'If-Unmodified-Since': before }} | ${true}
    ${'k'}    | ${{ 'If-Match': etag, 'If-None-Match': etag }}         | ${false}
    ${'k'}    | ${{ 'If-Modified-Since': same }}                       | ${true}
  `('of $key with $headers are met: $met', async ({ key, headers, met }) => {
    const count = s3.bucket('vault').versions(key).length;
    const { status, body } = await write(key, headers);
    expect({ isMet: status < 300, body, count: s3.bucket('vault').versions(key).length }).toEqual({
      isMet: met,
      body: met ? expect.anything() : expect.stringContaining('<Code>PreconditionFailed</Code>'),
      count: met ? count + 1 : count,
    });
  });
});

it('a condition that a write does not meet has a reason with the state of the object', async () => {
  await writes.PutObject('k', { 'If-Unmodified-Since': before });
  expect(s3.requests.last()?.why).toBe(`the object's ETag is ${etag}, and its Last-Modified ${same}`);
  await writes.PutObject('new', { 'If-Match': etag });
  expect(s3.requests.last()?.why).toBe('new has no object');
});
