import { createHash } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import { mockS3 } from 's3-versioning-mock/jest';
import { errorDocument, malformedXml } from '../../support/documents';
import { send } from '../../support/wire-client';

const s3 = mockS3({ buckets: { vault: { abac: 'Enabled' }, plain: { abac: 'Disabled' }, other: {} } });

const tagging = '<Tagging><TagSet><Tag><Key>stage</Key><Value>test</Value></Tag></TagSet></Tagging>';
const tag = (bucket: string, body = tagging) =>
  send({
    method: 'PUT',
    path: `/${bucket}?tagging`,
    body,
    headers: { 'Content-MD5': createHash('md5').update(body).digest('base64') },
  });
const refusal = errorDocument(
  'BadRequest',
  'The tags of a bucket with ABAC enabled are changed by TagResource and UntagResource of S3 Control.',
);

// F387
describe('a bucket with ABAC', () => {
  it('refuses PutBucketTagging and DeleteBucketTagging', async () => {
    for (const { status, text } of [
      await tag('vault'),
      await tag('vault', '<Tagging><TagSet/></Tagging>'),
      await send({ method: 'DELETE', path: '/vault?tagging' }),
    ])
      expect({ status, text }).toEqual({ status: 400, text: refusal });
    expect(s3.requests.at(-1)?.why).toBe('the bucket has ABAC enabled');
  });

  it('still refuses a document that does not fit as malformed', async () => {
    expect((await tag('vault', '<Tagging><Strange/></Tagging>')).text).toBe(malformedXml);
  });

  it('still answers its tags', async () => {
    await tag('other');
    s3.bucket('other').abac = 'Enabled';
    expect((await send({ path: '/other?tagging' })).text).toContain('<Key>stage</Key>');
  });

  it('takes tags again once ABAC is disabled', async () => {
    await send({ method: 'PUT', path: '/vault?abac', body: '<AbacStatus><Status>Disabled</Status></AbacStatus>' });
    for (const bucket of ['vault', 'plain', 'other']) expect((await tag(bucket)).status).toBe(204);
  });

  it('takes the tags of its objects as before', async () => {
    s3.bucket('vault').put('k', 'data');
    expect((await send({ method: 'PUT', path: '/vault/k?tagging', body: tagging })).status).toBe(200);
  });
});
