import { GetObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { beforeEach, describe, expect, it } from '@jest/globals';
import { mockS3 } from 's3-versioning-mock/jest';
import { cosHost } from '../../support/clients/story-client';
import { accessDenied, signedBy } from '../../support/documents';
import { answered, md5Of } from '../../support/objects';
import { send } from '../../support/wire-client';

const objects = { 'report.pdf': 'data' };
const s3 = mockS3({ buckets: { paid: { requestPayment: 'Requester', objects }, free: { objects } } });
const payer = s3.createAccount('payer');

const requests: readonly (readonly [line: string, body?: string])[] = [
  ['GET /BUCKET/report.pdf'],
  ['HEAD /BUCKET/report.pdf'],
  ['PUT /BUCKET/new.pdf', 'data'],
  ['PUT /BUCKET/copy.pdf'],
  ['POST /BUCKET/parts.pdf?uploads'],
  ['GET /BUCKET/report.pdf?tagging'],
  ['GET /BUCKET?list-type=2'],
  ['GET /BUCKET?versions'],
  ['GET /BUCKET?uploads'],
  ['DELETE /BUCKET/report.pdf'],
  ['POST /BUCKET?delete', '<Delete><Object><Key>new.pdf</Key></Object></Delete>'],
];

// F403, F450
describe('x-amz-request-payer', () => {
  it.each([
    ['paid', undefined],
    ['paid', 'requester'],
    ['free', 'requester'],
    ['free', 'bucketowner'],
    ['free', ''],
  ])('of the owner, at the bucket %s, as %j, changes nothing and is not charged', async (bucket, payer) => {
    const copy = { 'x-amz-copy-source': `/${bucket}/report.pdf` };
    for (const [line, body] of requests) {
      const [method, path = ''] = line.replace('BUCKET', bucket).split(' ');
      const digest = body === undefined ? {} : { 'Content-MD5': md5Of(body) };
      const headers = { ...digest, ...(path.endsWith('copy.pdf') && copy), 'x-amz-request-payer': payer };
      const answer = await send({ method, path, body, headers });
      expect({ line, statusClass: Math.floor(answer.status / 100) }).toEqual({ line, statusClass: 2 });
      expect({ line, requestCharged: answer.header('x-amz-request-charged') }).toEqual({
        line,
        requestCharged: undefined,
      });
    }
  });

  it.each(['paid', 'free'])('gives no other account, and nobody unsigned, access to the bucket %s', async (bucket) => {
    const Authorization = signedBy(s3.createAccount('partner'));
    for (const sender of [{ Authorization }, { Authorization: undefined }]) {
      for (const payer of [undefined, 'requester']) {
        const headers = { ...sender, 'x-amz-request-payer': payer };
        const answer = await send({ path: `/${bucket}/report.pdf`, headers });
        expect({ status: answer.status, text: answer.text }).toEqual({ status: 403, text: accessDenied });
        const isCharged = bucket === 'paid' && 'Authorization' in sender && sender.Authorization && payer;
        expect(answer.header('x-amz-request-charged')).toBe(isCharged ? 'requester' : undefined);
      }
    }
  });

  // https://docs.aws.amazon.com/AmazonS3/latest/userguide/ObjectsinRequesterPaysBuckets.html; refused without words of its own: aws/aws-cli#2557.
  describe('of another account to which a policy gives access', () => {
    const sender = { Authorization: signedBy(payer) };
    const ask = (path: string, headers: Readonly<Record<string, string | undefined>>) => send({ path, headers });

    beforeEach(() => {
      for (const name of ['paid', 'free']) {
        s3.bucket(name).publicAccessBlock = null;
        s3.bucket(name).policy = {
          Version: '2012-10-17',
          Statement: [
            {
              Effect: 'Allow',
              Principal: '*',
              Action: ['s3:GetObject', 's3:PutObject', 's3:ListBucket', 's3:DeleteObject'],
              Resource: [`arn:aws:s3:::${name}`, `arn:aws:s3:::${name}/*`],
            },
          ],
        };
      }
    });

    it('is required where the requester pays, and the answer says who was charged', async () => {
      for (const [line, body] of requests.filter(([one]) => /report\.pdf$|new\.pdf|list-type|\?delete/.test(one))) {
        const [method, path = ''] = line.replace('BUCKET', 'paid').split(' ');
        const digest = body === undefined ? {} : { 'Content-MD5': md5Of(body) };
        const call = { method, path, body, headers: { ...sender, ...digest } };
        for (const word of [undefined, '', 'bucketowner'])
          expect((await send({ ...call, headers: { ...call.headers, 'x-amz-request-payer': word } })).status).toBe(403);
        const charged = await send({ ...call, headers: { ...call.headers, 'x-amz-request-payer': 'requester' } });
        expect({ line, statusClass: Math.floor(charged.status / 100) }).toEqual({ line, statusClass: 2 });
        expect({ line, requestCharged: charged.header('x-amz-request-charged') }).toEqual({
          line,
          requestCharged: 'requester',
        });
      }
    });

    it('is refused without it, as denied access is', async () => {
      expect(await answered(ask('/paid/report.pdf', sender))).toEqual({ status: 403, text: accessDenied });
      expect(s3.requests.last()?.why).toBe(
        "the requester pays for requests to the bucket; x-amz-request-payer has to be 'requester'",
      );
    });

    it('changes nothing if the owner pays', async () => {
      for (const word of [undefined, 'requester']) {
        const { status, header } = await ask('/free/report.pdf', { ...sender, 'x-amz-request-payer': word });
        expect({ status, requestCharged: header('x-amz-request-charged') }).toEqual({
          status: 200,
          requestCharged: undefined,
        });
      }
    });

    it('lets nobody in without credentials', async () => {
      const anonymous = { Authorization: undefined, 'x-amz-request-payer': 'requester' };
      expect(await answered(ask('/paid/report.pdf', anonymous))).toEqual({ status: 403, text: accessDenied });
      expect((await ask('/free/report.pdf', anonymous)).status).toBe(200);
    });
  });

  it('is recorded, and answered by SDKs without a charge', async () => {
    const client = new S3Client({});
    const input = { Bucket: 'paid', Key: 'report.pdf', RequestPayer: 'requester' } as const;
    expect(await client.send(new GetObjectCommand(input))).not.toHaveProperty('RequestCharged');
    expect(s3).toHaveReceived('GetObject', input);
  });

  it('is ignored by IBM COS, which has no such configuration', async () => {
    const headers = { 'x-amz-request-payer': 'requester' };
    const answer = await send({ path: '/paid/report.pdf', host: cosHost, headers });
    expect({ status: answer.status, requestCharged: answer.header('x-amz-request-charged') }).toEqual({
      status: 200,
      requestCharged: undefined,
    });
  });
});
