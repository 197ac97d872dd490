import { describe, expect, it } from '@jest/globals';
import { mockS3 } from 's3-versioning-mock/jest';
import { answerDocument } from '../../support/documents';
import { answered } from '../../support/objects';
import { send, type WireCall } from '../../support/wire-client';

const s3 = mockS3({ buckets: { vault: {} } });
const path = '/vault?publicAccessBlock';
const cos = { host: 's3.us-south.cloud-object-storage.appdomain.cloud' };

const put = (content: string, more: Partial<WireCall> = {}) =>
  send({
    method: 'PUT',
    path,
    body: `<PublicAccessBlockConfiguration>${content}</PublicAccessBlockConfiguration>`,
    ...more,
  });

// F400
describe('the switches of a public access block', () => {
  it('are off if they are left out', async () => {
    await put('<RestrictPublicBuckets>TRUE</RestrictPublicBuckets>');
    expect((await send({ path })).text).toBe(
      answerDocument(
        'PublicAccessBlockConfiguration',
        '<BlockPublicAcls>false</BlockPublicAcls><IgnorePublicAcls>false</IgnorePublicAcls><BlockPublicPolicy>false</BlockPublicPolicy><RestrictPublicBuckets>true</RestrictPublicBuckets>',
      ),
    );
    expect(s3.bucket('vault').publicAccessBlock).toEqual({
      BlockPublicAcls: false,
      IgnorePublicAcls: false,
      BlockPublicPolicy: false,
      RestrictPublicBuckets: true,
    });
  });

  it('are all off in a fixture that names none, which S3 would refuse', () => {
    expect(() => s3.createBucket('open', { publicAccessBlock: {} })).toThrow(
      "bucket 'open': publicAccessBlock: Must specify at least one configuration. (the document has none of BlockPublicAcls, IgnorePublicAcls, BlockPublicPolicy, RestrictPublicBuckets)",
    );
  });

  it('are null in a fixture of a bucket whose block was deleted', async () => {
    s3.createBucket('open', { publicAccessBlock: null });
    expect((await send({ path: '/open?publicAccessBlock' })).status).toBe(404);
    expect(s3.bucket('open').publicAccessBlock).toBeNull();
    expect(s3.bucket('vault')).not.toHaveConfiguration('publicAccessBlock');
  });
});

// F401
describe('the public access block of IBM COS', () => {
  it('has two switches, and a new bucket has none', async () => {
    expect((await send({ path, ...cos })).status).toBe(404);
    await put('<IgnorePublicAcls>True</IgnorePublicAcls>', cos);
    expect((await send({ path, ...cos })).text).toContain(
      '<BlockPublicAcls>false</BlockPublicAcls><IgnorePublicAcls>true</IgnorePublicAcls></PublicAccessBlockConfiguration>',
    );
    expect((await send({ method: 'DELETE', path, ...cos })).status).toBe(204);
  });

  it('refuses the others as malformed', async () => {
    expect(await answered(put('<BlockPublicPolicy>true</BlockPublicPolicy>', cos))).toEqual({
      status: 400,
      text: expect.stringContaining('MalformedXML'),
    });
    expect(s3.requests.at(-1)?.why).toBe('the service has no BlockPublicPolicy');
  });
});
