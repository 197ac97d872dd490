import { createHash } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import { mockS3 } from 's3-versioning-mock/jest';
import { errorDocument, malformedXml } from '../../support/documents';
import { answered } from '../../support/objects';
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
const refusal = (advice: string) => {
  const enabled = 'This S3 general purpose bucket has attribute-based access control (ABAC) enabled.';
  return { status: 400, text: errorDocument('BadRequest', `${enabled} ${advice}`) };
};
const toDelete = 'To delete tags from this bucket, initiate an UntagResource request.';

// Measured: justincormack/argmin, bucket_admin_root.rs, test_same_account_root_and_non_root_bucket_abac_admin. F387
describe('a bucket with ABAC', () => {
  it('refuses PutBucketTagging and DeleteBucketTagging', async () => {
    const toAdd = 'To add tags to this bucket, initiate a TagResource request.';
    for (const body of [tagging, '<Tagging><TagSet/></Tagging>'])
      expect(await answered(tag(body))).toEqual(refusal(`${toAdd} ${toDelete}`));
    expect(await answered(send({ method: 'DELETE', path: '/vault?tagging' }))).toEqual(refusal(toDelete));
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
