import { describe, expect, it } from '@jest/globals';
import { mockS3 } from 's3-versioning-mock/jest';
import { cosHost } from '../../support/clients/story-client';
import { errorDocument } from '../../support/documents';
import { send } from '../../support/wire-client';

const s3 = mockS3();

const cos = cosHost;
const invalid = (name: string) =>
  errorDocument('InvalidBucketName', 'The specified bucket is not valid.', `<BucketName>${name}</BucketName>`);

// https://docs.aws.amazon.com/AmazonS3/latest/userguide/bucketnamingrules.html
describe('the name of a new bucket', () => {
  it.each([['abc'], ['a'.repeat(63)], ['1st'], ['a.b.c'], ['a-b.c-1'], ['192.168.5'], ['mrap'], ['cosv1-a']])(
    'may be %s',
    async (name) => {
      expect((await send({ method: 'PUT', path: `/${name}` })).status).toBe(200);
    },
  );

  it.each<{ name: string; why: string }>`
    name                    | why
    ${'ab'}                 | ${"a bucket's name has 3 to 63 characters, not 2"}
    ${'a'.repeat(64)}       | ${"a bucket's name has 3 to 63 characters, not 64"}
    ${'Vault'}              | ${"a bucket's name has lower-case letters, digits, dots and hyphens only"}
    ${'my_vault'}           | ${"a bucket's name has lower-case letters, digits, dots and hyphens only"}
    ${'-vault'}             | ${"a bucket's name begins and ends with a letter or a digit"}
    ${'vault.'}             | ${"a bucket's name begins and ends with a letter or a digit"}
    ${'va..ult'}            | ${"a bucket's name has no two dots side by side"}
    ${'192.168.5.4'}        | ${"a bucket's name is no IP address"}
    ${'xn--vault'}          | ${'S3 keeps names with xn-- for itself'}
    ${'sthree-vault'}       | ${'S3 keeps names with sthree- for itself'}
    ${'amzn-s3-demo-vault'} | ${'S3 keeps names with amzn-s3-demo- for itself'}
    ${'vault-s3alias'}      | ${'S3 keeps names with -s3alias for itself'}
    ${'vault--ol-s3'}       | ${'S3 keeps names with --ol-s3 for itself'}
    ${'vault.mrap'}         | ${'S3 keeps names with .mrap for itself'}
    ${'vault--x-s3'}        | ${'S3 keeps names with --x-s3 for itself'}
    ${'vault--table-s3'}    | ${'S3 keeps names with --table-s3 for itself'}
  `('may not be $name: $why', async ({ name, why }) => {
    const { status, text } = await send({ method: 'PUT', path: `/${name}` });
    expect({ status, text }).toEqual({ status: 400, text: invalid(name) });
    expect(s3.requests.last()).toMatchObject({ operation: 'CreateBucket', why });
    expect(s3.buckets).toEqual([]);
  });
});

// https://cloud.ibm.com/docs/cloud-object-storage?topic=cloud-object-storage-curl. F43
describe('the name of a new bucket on IBM COS', () => {
  it.each([['sthree-vault'], ['vault-s3alias'], ['a.b-c']])('may be %s', async (name) => {
    expect((await send({ method: 'PUT', path: `/${name}`, host: cos })).status).toBe(200);
  });

  it.each<{ name: string; why: string }>`
    name               | why
    ${'ab'}            | ${"a bucket's name has 3 to 63 characters, not 2"}
    ${'Vault'}         | ${"a bucket's name has lower-case letters, digits, dots and hyphens only"}
    ${'va..ult'}       | ${"a bucket's name has no two dots side by side"}
    ${'va.-ult'}       | ${"a bucket's name on COS has no dot beside a hyphen"}
    ${'va-.ult'}       | ${"a bucket's name on COS has no dot beside a hyphen"}
    ${'cosv1-vault'}   | ${'COS keeps names with cosv1- for itself'}
    ${'account-vault'} | ${'COS keeps names with account- for itself'}
  `('may not be $name: $why', async ({ name, why }) => {
    const { status, body } = await send({ method: 'PUT', path: `/${name}`, host: cos });
    expect({ status, body }).toEqual({ status: 400, body: expect.stringContaining('<Code>InvalidBucketName</Code>') });
    expect(s3.requests.last()?.why).toBe(why);
  });
});

// S3 looks for a bucket also if today's rules refuse its name. F26
describe('the name of a bucket in a request', () => {
  it.each([['nowhere'], ['My_Bucket.1'], ['a'.repeat(255)], ['xn--vault'], ['192.168.5.4']])(
    '%s may name a bucket that does not exist',
    async (name) => {
      const { status, text } = await send({ path: `/${name}?versioning` });
      expect({ status, text }).toEqual({
        status: 404,
        text: errorDocument('NoSuchBucket', 'The specified bucket does not exist', `<BucketName>${name}</BucketName>`),
      });
    },
  );

  it.each([['ab'], ['a'.repeat(256)], ['a%20b'], ['a$b']])('%s is invalid', async (name) => {
    const { status, text } = await send({ path: `/${name}?versioning` });
    expect({ status, text }).toEqual({ status: 400, text: invalid(decodeURIComponent(name)) });
  });
});
