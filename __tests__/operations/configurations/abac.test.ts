import { createHash } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import { mockS3 } from 's3-versioning-mock/jest';
import { errorDocument, malformedXml } from '../../support/documents';
import { send } from '../../support/wire-client';

const s3 = mockS3({ buckets: { vault: { abac: 'Enabled' } } });

const tagging = '<Tagging><TagSet><Tag><Key>stage</Key><Value>test</Value></Tag></TagSet></Tagging>';
const tag = (body = tagging) =>
  send({
    method: 'PUT',
    path: '/vault?tagging',
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
      await tag(),
      await tag('<Tagging><TagSet/></Tagging>'),
      await send({ method: 'DELETE', path: '/vault?tagging' }),
    ])
      expect({ status, text }).toEqual({ status: 400, text: refusal });
    expect(s3.requests.at(-1)?.why).toBe('the bucket has ABAC enabled');
  });

  it('still refuses a document that does not fit as malformed', async () => {
    expect((await tag('<Tagging><Strange/></Tagging>')).text).toBe(malformedXml);
  });

  it('takes the tags of its objects as before', async () => {
    s3.bucket('vault').put('k', 'data');
    expect((await send({ method: 'PUT', path: '/vault/k?tagging', body: tagging })).status).toBe(200);
  });
});
