import { describe, expect, it } from '@jest/globals';
import { mockS3 } from 's3-versioning-mock/jest';
import { answerDocument } from '../../support/documents';
import { answered, refusal } from '../../support/objects';
import { send } from '../../support/wire-client';

const s3 = mockS3({
  buckets: {
    vault: { objects: { 'report.pdf': 'data' } },
    fast: { accelerate: 'Enabled', objects: { 'report.pdf': 'data' } },
    slow: { accelerate: 'Suspended', objects: { 'report.pdf': 'data' } },
    'my.vault': {},
  },
});

const configurationOf = (status: string) =>
  `<AccelerateConfiguration><Status>${status}</Status></AccelerateConfiguration>`;
const putTo = (bucket: string, body: string) => send({ method: 'PUT', path: `/${bucket}?accelerate`, body });

// F330
describe('PutBucketAccelerateConfiguration', () => {
  it.each(['Enabled', 'Disabled'])('refuses a name with periods before it reads the Status %s', async (status) => {
    const answer = await putTo('my.vault', configurationOf(status));
    const message = 'S3 Transfer Acceleration is not supported for buckets with periods (.) in their names';
    expect({ status: answer.status, text: answer.text }).toEqual(refusal(400, 'InvalidRequest', message));
    expect((await send({ path: '/my.vault?accelerate' })).text).toBe(answerDocument('AccelerateConfiguration', ''));
  });

  it('is refused to a fixture of such a name in the same words', () => {
    expect(() => s3.createBucket('an.other', { accelerate: 'Enabled' })).toThrow(
      "bucket 'an.other': accelerate: S3 Transfer Acceleration is not supported for buckets with periods (.) in their names",
    );
  });
});

// https://docs.aws.amazon.com/AmazonS3/latest/API/ErrorResponses.html; the first text is pasted in aws/aws-cli#8329. F331
describe('a host of S3 Transfer Acceleration', () => {
  const hosts = ['s3-accelerate.amazonaws.com', 's3-accelerate.dualstack.amazonaws.com'];
  const refusals: readonly (readonly [bucket: string, message: string])[] = [
    ['vault', 'S3 Transfer Acceleration is not configured on this bucket'],
    ['slow', 'S3 Transfer Acceleration is disabled on this bucket'],
  ];

  it.each(hosts.flatMap((host) => refusals.map(([bucket, message]) => [`${bucket}.${host}`, message])))(
    'refuses at %s: %s',
    async (host, message) => {
      for (const [method, path] of [
        ['GET', '/report.pdf'],
        ['PUT', '/new.pdf'],
        ['GET', '/?list-type=2'],
      ]) {
        expect(await answered(send({ method, path: path ?? '', host }))).toEqual(
          refusal(400, 'InvalidRequest', message),
        );
      }
      expect(s3.requests.at(-1)?.why).toContain("accelerate is 'Enabled'");
    },
  );

  it('refuses a bucket in the path', async () => {
    const answer = await send({ path: '/fast/report.pdf', host: hosts[0] });
    const message = 'S3 Transfer Acceleration endpoint only supports virtual style requests';
    expect({ status: answer.status, text: answer.text }).toEqual(refusal(400, 'InvalidRequest', message));
  });

  it('lists no buckets', async () => {
    const answer = await send({ path: '/', host: hosts[0] });
    const message = 'S3 Transfer Acceleration endpoint only supports virtual style requests';
    expect({ status: answer.status, text: answer.text }).toEqual(refusal(400, 'InvalidRequest', message));
    expect(s3.requests.last()?.why).toContain('list the buckets at s3.us-east-1.amazonaws.com');
  });

  it('serves a bucket of any region', async () => {
    s3.createBucket('far', { accelerate: 'Enabled', region: 'ap-southeast-2', objects: { a: 'data' } });
    expect((await send({ path: '/a', host: `far.${hosts[0]}` })).body).toBe('data');
  });

  it('knows no bucket that does not exist', async () => {
    expect((await send({ path: '/a', host: `nowhere.${hosts[0]}` })).text).toContain('<Code>NoSuchBucket</Code>');
  });
});
