import { PutObjectCommand } from '@aws-sdk/client-s3';
import { describe, expect, it } from '@jest/globals';
import { mockS3 } from 's3-versioning-mock/jest';
import { refused, serveDoor } from '../support/door';

const s3 = mockS3({ buckets: { vault: {} }, dialect: 'ibm-cos' });
const served = serveDoor(s3);
const { door, client } = served;

describe('a KMS key, through the door', () => {
  const put = () =>
    client.send(
      new PutObjectCommand({
        Bucket: 'vault',
        Key: 'a',
        Body: '',
        ServerSideEncryption: 'aws:kms',
        SSEKMSKeyId: 'alias/vault',
      }),
    );

  it('has the state that it is given', async () => {
    expect(await door('PUT', '/kms-keys/alias%2Fvault', { state: 'disabled' })).toMatchObject({ status: 204 });
    await expect(put()).rejects.toMatchObject({ name: 'KMS.DisabledException' });
    await door('PUT', '/kms-keys/alias%2Fvault', { state: 'enabled' });
    expect((await put()).SSEKMSKeyId).toMatch(/^arn:aws:kms:/);
  });

  it.each([
    ['alias%2Fvault', { state: 'off' }, 'disabled'],
    ['alias%2Fvault', { stat: 'disabled' }, 'state'],
    ['alias%2Faws%2Fs3', { state: 'disabled' }, 'always enabled'],
    ['a%20b', { state: 'disabled' }, 'alias/vault'],
  ])('%s is refused as %j', async (key, body, message) => {
    expect(await door('PUT', `/kms-keys/${key}`, body)).toMatchObject(
      refused(400, { message: expect.stringContaining(message) }),
    );
  });
});

describe("IBM Cloud's token service, through the door", () => {
  const token = async (apikey: string) => {
    const body = `grant_type=urn%3Aibm%3Aparams%3Aoauth%3Agrant-type%3Aapikey&apikey=${apikey}`;
    const headers = { 'content-type': 'application/x-www-form-urlencoded' };
    const answer = await fetch(`${served.url}/identity/token`, { method: 'POST', headers, body });
    return { status: answer.status, ...(JSON.parse(await answer.text()) as { readonly access_token?: string }) };
  };
  const list = async (bearer = '') =>
    (await fetch(`${served.url}/vault`, { headers: { authorization: `Bearer ${bearer}` } })).status;

  it('refuses an API key', async () => {
    expect(await door('POST', '/iam/refuse', { credential: 'old-key' })).toMatchObject({ status: 204 });
    expect({ old: (await token('old-key')).status, other: (await token('new-key')).status }).toEqual({
      old: 400,
      other: 200,
    });
    expect(await door('POST', '/iam/refuse', { credential: 7 })).toMatchObject({ status: 400 });
  });

  it('ends the tokens that it has issued', async () => {
    const { access_token: issued } = await token('new-key');
    expect(await list(issued)).toBe(200);
    await door('POST', '/iam/expire-tokens');
    expect(await list(issued)).toBe(403);
  });
});
