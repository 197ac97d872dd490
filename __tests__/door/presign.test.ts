import { describe, expect, it } from '@jest/globals';
import { mockS3 } from 's3-versioning-mock/jest';
import { refused, serveDoor } from '../support/door';

const s3 = mockS3({
  now: '2026-03-01T12:00:00Z',
  verifySignatures: true,
  accounts: { partner: {} },
  buckets: {
    vault: {
      versioning: 'Enabled',
      mfaDelete: 'Enabled',
      region: 'eu-west-1',
      objects: { "it's (1)/ü +.txt": ['first', 'second'] },
    },
    theirs: { owner: 'partner', objects: { 'a.txt': 'text' } },
  },
});
const served = serveDoor(s3);

async function presign(bucket: string, body: object): Promise<string> {
  const { body: answer } = await served.door('POST', `/buckets/${bucket}/presign`, body);
  return (answer as { readonly url: string }).url;
}

async function send(url: string, init: RequestInit = {}): Promise<{ readonly status: number; readonly text: string }> {
  const response = await fetch(url, init);
  return { status: response.status, text: await response.text() };
}

const key = "it's (1)/ü +.txt";

describe('a presigned URL of the door', () => {
  it('reads a version, with a signature that S3 verifies', async () => {
    const { versionId } = s3.bucket('vault').oldest(key);
    const url = await presign('vault', { key, query: { versionId } });
    expect(await send(url)).toEqual({ status: 200, text: 'first' });
    expect(url.startsWith(`${served.url}/vault/it%27s%20%281%29/%C3%BC%20%2B.txt?`)).toBe(true);
    expect(await send(url.replace(/versionId=\w+/, 'versionId=other'))).toMatchObject({ status: 403 });
  });

  it('signs a method, and the headers that have to be sent with it', async () => {
    const { versionId } = s3.bucket('vault').oldest(key);
    const headers = { 'x-amz-mfa': s3.mfa.header() };
    const url = await presign('vault', { method: 'DELETE', key, query: { versionId }, headers });
    expect(await send(url, { method: 'DELETE' })).toMatchObject({ status: 403 });
    expect(await send(url, { method: 'DELETE', headers })).toMatchObject({ status: 204 });
    expect(s3.bucket('vault').versions(key)).toHaveLength(1);
  });

  it('is one of the owner of the bucket, unless another account is named', async () => {
    expect(await send(await presign('theirs', { key: 'a.txt' }))).toEqual({ status: 200, text: 'text' });
    expect(await send(await presign('theirs', { key: 'a.txt', account: 'default' }))).toMatchObject({ status: 403 });
    expect(await served.door('POST', '/buckets/theirs/presign', { account: 'nobody' })).toMatchObject(
      refused(404, { code: 'NO_SUCH_ACCOUNT' }),
    );
  });

  it('is valid for its seconds by the clock of the mock, 900 if it does not say', async () => {
    const [usual, long] = [
      await presign('theirs', { key: 'a.txt' }),
      await presign('theirs', { key: 'a.txt', expiresIn: 7200 }),
    ];
    s3.clock.advance({ minutes: 16 });
    expect([(await send(usual)).status, (await send(long)).status]).toEqual([403, 200]);
  });

  it('creates a bucket that is not there yet', async () => {
    expect(await send(await presign('fresh', { method: 'PUT' }), { method: 'PUT' })).toMatchObject({ status: 200 });
    expect(s3.buckets.map(({ name }) => name)).toContain('fresh');
  });

  it.each([
    [{ method: 'PATCH' }, /invalid method 'PATCH'.*'GET'/],
    [{ expiresIn: 604_801 }, /invalid expiresIn 604801; expected a whole number of seconds from 1 to 604800/],
    [{ expiresIn: 0 }, /expiresIn/],
    [{ headers: { a: 1 } }, /invalid header 'a'/],
    [{ versionId: 'x' }, /versionId/],
  ])('refuses %j', async (body, message) => {
    expect(await served.door('POST', '/buckets/vault/presign', body)).toMatchObject(refused(400, message));
  });
});
