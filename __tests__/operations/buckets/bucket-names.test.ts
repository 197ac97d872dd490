import { describe, expect, it } from '@jest/globals';
import { mockS3 } from 's3-versioning-mock/jest';
import { cosHost } from '../../support/clients/story-client';
import { errorDocument } from '../../support/documents';
import { answered, refusal } from '../../support/objects';
import { send } from '../../support/wire-client';

const s3 = mockS3();

const cos = cosHost;
const invalid = (name: string) =>
  errorDocument('InvalidBucketName', 'The specified bucket is not valid.', `<BucketName>${name}</BucketName>`);

// Each name that a service accepts or refuses is in __tests__/model/bucket-names.test.ts: here requests reach its rules.
describe('the name of a new bucket', () => {
  it.each([['abc'], ['cosv1-a']])('may be %s', async (name) => {
    expect((await send({ method: 'PUT', path: `/${name}` })).status).toBe(200);
  });

  it.each<{ name: string; why: string }>`
    name              | why
    ${'Vault'}        | ${"a bucket's name has lower-case letters, digits, dots and hyphens only"}
    ${'sthree-vault'} | ${'S3 keeps names with sthree- for itself'}
  `('may not be $name: $why', async ({ name, why }) => {
    expect(await answered(send({ method: 'PUT', path: `/${name}` }))).toEqual({ status: 400, text: invalid(name) });
    expect(s3.requests.last()).toMatchObject({ operation: 'CreateBucket', why });
    expect(s3.buckets).toEqual([]);
  });
});

// F43
describe('the name of a new bucket on IBM COS', () => {
  it.each([['sthree-vault']])('may be %s', async (name) => {
    expect((await send({ method: 'PUT', path: `/${name}`, host: cos })).status).toBe(200);
  });

  it.each<{ name: string; why: string }>`
    name             | why
    ${'va--ult'}     | ${"a bucket's name on COS has no two dots or hyphens side by side"}
    ${'10.0.0.1'}    | ${"a bucket's name is not an IP address"}
    ${'cosv1-vault'} | ${'COS keeps names with cosv1- for itself'}
  `('may not be $name: $why', async ({ name, why }) => {
    const { status, body } = await send({ method: 'PUT', path: `/${name}`, host: cos });
    expect({ status, body }).toEqual({ status: 400, body: expect.stringContaining('<Code>InvalidBucketName</Code>') });
    expect(s3.requests.last()?.why).toBe(why);
  });
});

// S3 looks for a bucket also if today's rules refuse its name. F26
describe('the name of a bucket in a request', () => {
  it.each([['nowhere'], ['My_Bucket.1']])('%s may name a bucket that does not exist', async (name) => {
    expect(await answered(send({ path: `/${name}?versioning` }))).toEqual(
      refusal(404, 'NoSuchBucket', 'The specified bucket does not exist', `<BucketName>${name}</BucketName>`),
    );
  });

  it.each([['ab'], ['a%20b']])('%s is invalid', async (name) => {
    expect(await answered(send({ path: `/${name}?versioning` }))).toEqual({
      status: 400,
      text: invalid(decodeURIComponent(name)),
    });
  });
});
