import { DeleteObjectCommand, GetObjectCommand, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { getSignedUrl } from '@aws-sdk/s3-request-presigner';
import { afterAll, describe, expect, test } from '@jest/globals';
import axios from 'axios';
import { mockS3 } from 's3-versioning-mock/jest';
import { testKey } from '../support/customer-keys';

const key = testKey('k');
const minutes = 15;

const s3 = mockS3({
  verifySignatures: true,
  sseC: 'allowed',
  buckets: {
    reports: {
      versioning: 'Enabled',
      objects: {
        'q1.pdf': ['a draft', 'approved'],
        'secret.pdf': [{ body: 'for one reader', encryption: { SSECustomerKey: key.bytes } }],
      },
    },
  },
});

const client = new S3Client({});
afterAll(() => client.destroy());
const Bucket = 'reports';

// The code under test: a link to the file as it is now, which later versions do not change.
async function linkTo(Key: string, VersionId: string, secret?: string): Promise<string> {
  const keyMembers = secret === undefined ? {} : { SSECustomerAlgorithm: 'AES256', SSECustomerKey: secret };
  return getSignedUrl(client, new GetObjectCommand({ Bucket, Key, VersionId, ...keyMembers }), {
    expiresIn: minutes * 60,
  });
}

type Headers = Readonly<Record<string, string>>;
type Follow = (url: string, headers?: Headers) => Promise<{ readonly status: number; readonly body: string }>;

const byFetch: Follow = async (url, headers = {}) => {
  const answer = await fetch(url, { headers });
  return { status: answer.status, body: await answer.text() };
};
const byAxios: Follow = async (url, headers = {}) => {
  const { status, data } = await axios.get<string>(url, {
    headers,
    responseType: 'text',
    validateStatus: () => true,
  });
  return { status, body: data };
};

const currentOf = (name: string) => s3.bucket(Bucket).object(name).versionId;

describe.each<readonly [string, Follow]>([
  ['fetch', byFetch],
  ['axios', byAxios],
])('a link to one version, followed by %s', (_client, follow) => {
  test('gives the version of that moment, whatever is written or deleted later', async () => {
    const link = await linkTo('q1.pdf', currentOf('q1.pdf'));
    expect(await follow(link)).toEqual({ status: 200, body: 'approved' });
    await client.send(new PutObjectCommand({ Bucket, Key: 'q1.pdf', Body: 'withdrawn' }));
    expect(await follow(link)).toEqual({ status: 200, body: 'approved' });
    await client.send(new DeleteObjectCommand({ Bucket, Key: 'q1.pdf' }));
    expect(await follow(link)).toEqual({ status: 200, body: 'approved' });
  });

  test('ends with its time', async () => {
    const link = await linkTo('q1.pdf', currentOf('q1.pdf'));
    s3.clock.advance({ minutes: minutes - 1 });
    expect(await follow(link)).toEqual({ status: 200, body: 'approved' });
    s3.clock.advance({ minutes: 2 });
    expect(await follow(link)).toEqual({
      status: 403,
      body: expect.stringContaining('<Message>Request has expired</Message>'),
    });
  });

  test('ends with the version', async () => {
    const VersionId = currentOf('q1.pdf');
    const link = await linkTo('q1.pdf', VersionId);
    await client.send(new DeleteObjectCommand({ Bucket, Key: 'q1.pdf', VersionId }));
    expect(await follow(link)).toEqual({
      status: 404,
      body: expect.stringContaining(`<VersionId>${VersionId}</VersionId>`),
    });
    expect(s3.bucket(Bucket)).toHaveVersions('q1.pdf', ['a draft']);
  });

  test('leads to no other version', async () => {
    const [, draft] = s3.bucket(Bucket).versions('q1.pdf');
    const link = new URL(await linkTo('q1.pdf', currentOf('q1.pdf')));
    link.searchParams.set('versionId', draft?.versionId ?? '');
    expect(await follow(link.href)).toEqual({
      status: 403,
      body: expect.stringContaining('<Code>SignatureDoesNotMatch</Code>'),
    });
    link.searchParams.delete('versionId');
    expect(await follow(link.href)).toEqual({
      status: 403,
      body: expect.stringContaining('<Code>SignatureDoesNotMatch</Code>'),
    });
  });

  describe('with a key of the customer', () => {
    test('has to come with the headers that were signed, which the link does not have', async () => {
      const link = await linkTo('secret.pdf', currentOf('secret.pdf'), key.text);
      expect(link).not.toContain(encodeURIComponent(key.text));
      expect(new URL(link).searchParams.get('X-Amz-SignedHeaders')?.split(';')).toEqual([
        'host',
        'x-amz-server-side-encryption-customer-algorithm',
        'x-amz-server-side-encryption-customer-key',
        'x-amz-server-side-encryption-customer-key-md5',
      ]);
      expect(await follow(link, key.headers)).toEqual({ status: 200, body: 'for one reader' });
    });

    test('is refused without the headers, and with another key', async () => {
      const link = await linkTo('secret.pdf', currentOf('secret.pdf'), key.text);
      expect(await follow(link)).toEqual({
        status: 403,
        body: expect.stringContaining('<Code>SignatureDoesNotMatch</Code>'),
      });
      expect(await follow(link, testKey('x').headers)).toEqual({
        status: 403,
        body: expect.stringContaining('<Code>SignatureDoesNotMatch</Code>'),
      });
      expect(await follow(await linkTo('secret.pdf', currentOf('secret.pdf')))).toEqual({
        status: 400,
        body: expect.stringContaining('stored using a form of Server Side Encryption'),
      });
    });

    test('gives the version after it was written again with another key', async () => {
      const link = await linkTo('secret.pdf', currentOf('secret.pdf'), key.text);
      const other = { SSECustomerAlgorithm: 'AES256', SSECustomerKey: testKey('x').text };
      await client.send(new PutObjectCommand({ Bucket, Key: 'secret.pdf', Body: 'for another', ...other }));
      expect(await follow(link, key.headers)).toEqual({ status: 200, body: 'for one reader' });
      const current = await linkTo('secret.pdf', currentOf('secret.pdf'), key.text);
      expect(await follow(current, key.headers)).toEqual({
        status: 403,
        body: expect.stringContaining('must provide the correct secret key'),
      });
    });
  });
});
