import https from 'node:https';
import { describe, expect, it } from '@jest/globals';
import { mockS3 } from 's3-versioning-mock/jest';
import { signedBy, textOf } from '../../support/documents';
import { allowing, as, denying, notAllowed } from '../../support/limited-users';
import { get } from '../../support/objects';
import { addPart, begin, complete, sendPart } from '../../support/uploads';
import { send, type WireAnswer, type WireCall } from '../../support/wire-client';

const s3 = mockS3({ buckets: { vault: { versioning: 'Enabled', objects: { k: 'first' } } } });

const path = '/vault/big';

type Step = (id: string, part: string, headers: WireCall['headers']) => Promise<WireAnswer>;
const steps: readonly (readonly [name: string, action: 's3:PutObject' | Other, step: Step])[] = [
  ['UploadPart', 's3:PutObject', (id, _part, headers) => sendPart(path, id, 2, 'more', headers)],
  ['ListParts', 's3:ListMultipartUploadParts', (id, _part, headers) => get(`${path}?uploadId=${id}`, headers)],
  ['CompleteMultipartUpload', 's3:PutObject', (id, part, headers) => complete(path, id, part, headers)],
  [
    'AbortMultipartUpload',
    's3:AbortMultipartUpload',
    (id, _part, headers) => send({ method: 'DELETE', path: `${path}?uploadId=${id}`, headers }),
  ],
];
type Other = 's3:ListMultipartUploadParts' | 's3:AbortMultipartUpload';

// Asserted on AWS: justincormack/argmin, crates/s3-tests. F520
describe.each(steps)('%s of an upload that the root user began', (_name, action, step) => {
  it(`needs ${action} of its own`, async () => {
    const id = await begin(path);
    const part = await addPart(path, id, 1, 'bytes');
    const refused = await step(id, part, as(s3, 'other', 's3:GetObject'));
    expect({ status: refused.status, message: textOf('Message', refused) }).toEqual({
      status: 403,
      message: notAllowed('other', action, 'vault/big'),
    });
    expect((await step(id, part, as(s3, 'exact', action))).status).toBeLessThan(300);
  });

  it('is refused to the anonymous without words of its own', async () => {
    const id = await begin(path);
    const refused = await step(id, await addPart(path, id, 1, 'bytes'), { Authorization: undefined });
    expect({ status: refused.status, message: textOf('Message', refused) }).toEqual({
      status: 403,
      message: 'Access Denied',
    });
  });
});

// Measured: justincormack/argmin, bucket_policy.rs, test_bucket_policy_upload_part_copy_does_not_reuse_destination_sse_c_header. F504
describe.each(steps.filter(([name]) => name === 'ListParts' || name === 'AbortMultipartUpload'))(
  '%s of an upload',
  (_name, action, step) => {
    it('needs no policy of the user who began it, unless one denies it', async () => {
      const writer = as(s3, 'writer', 's3:PutObject');
      const id = await begin(path, writer);
      const part = await addPart(path, id, 1, 'bytes', writer);
      expect((await step(id, part, as(s3, 'other', 's3:PutObject'))).status).toBe(403);
      const Statement = [allowing('s3:PutObject'), denying(action)];
      s3.account.user('writer').policy = { Version: '2012-10-17', Statement };
      expect((await step(id, part, writer)).status).toBe(403);
      s3.account.user('writer').policy = { Version: '2012-10-17', Statement: [allowing('s3:GetObject')] };
      expect((await step(id, part, writer)).status).toBeLessThan(300);
    });

    it('needs no policy of the user of another account who began it', async () => {
      const partner = s3.createAccount('partner');
      const statement = { Effect: 'Allow', Action: 's3:PutObject', Resource: 'arn:aws:s3:::vault/*' } as const;
      s3.bucket('vault').policy = {
        Version: '2012-10-17',
        Statement: [{ ...statement, Principal: { AWS: partner.id } }],
      };
      const writer = {
        Authorization: signedBy(partner.user('writer', { policy: { Version: '2012-10-17', Statement: [statement] } })),
      };
      const id = await begin(path, writer);
      expect((await step(id, await addPart(path, id, 1, 'bytes', writer), writer)).status).toBeLessThan(300);
    });
  },
);

it.each<[string, Record<string, string>]>([
  ['with its length', {}],
  ['in chunks', { 'Transfer-Encoding': 'chunked' }],
  ['after Expect: 100-continue', { Expect: '100-continue' }],
])('a refused body of 4 MB, %s, leaves nothing behind and a client that can go on', async (_how, framing) => {
  const agent = new https.Agent({ keepAlive: true, maxSockets: 1 });
  const put = (Authorization: string, more: Record<string, string>) =>
    new Promise<number | undefined>((resolve, reject) => {
      const headers = { Authorization, ...more };
      const call = https.request({ host: 's3.amazonaws.com', method: 'PUT', path: '/vault/large', headers, agent });
      call.on('response', (response) => response.resume().on('end', () => resolve(response.statusCode)));
      call.on('error', reject).end(Buffer.alloc(2 ** 22));
    });
  const reader = as(s3, 'reader', 's3:GetObject').Authorization;
  const writer = as(s3, 'writer', 's3:PutObject').Authorization;
  expect({ attempt: await put(reader, framing), nextAttempt: await put(reader, framing) }).toEqual({
    attempt: 403,
    nextAttempt: 403,
  });
  expect(s3.bucket('vault').versions('large')).toEqual([]);
  expect(await put(writer, {})).toBe(200);
  agent.destroy();
});
