import { describe, expect, it } from '@jest/globals';
import { mockS3 as startMock } from 's3-versioning-mock';
import { mockS3 } from 's3-versioning-mock/jest';
import { signV4 } from '../support/clients/signer';
import { cosHost } from '../support/clients/story-client';
import { signedBy, textOf } from '../support/documents';
import { post } from '../support/forms';
import { send, type WireCall } from '../support/wire-client';

const s3 = mockS3({
  buckets: {
    east: { region: 'us-east-1', objects: { a: 'data' } },
    plain: {},
    german: { region: 'eu-de-standard', objects: { a: 'data' } },
    paid: {
      requestPayment: 'Requester',
      ownershipControls: 'ObjectWriter',
      publicAccessBlock: null,
      objects: { a: { body: 'data', acl: 'public-read' } },
    },
  },
});
const partner = s3.createAccount('partner');

const atCos = async (call: WireCall) => {
  const answer = await send({ host: cosHost, ...call });
  return { status: answer.status, code: textOf('Code', answer) };
};

describe('a request to IBM COS', () => {
  it('is answered whatever region of AWS the bucket has', async () => {
    expect(await atCos({ path: '/east/a' })).toEqual({ status: 200, code: undefined });
  });

  it('finds only the buckets of its own location', async () => {
    expect(await atCos({ path: '/german' })).toEqual({ status: 404, code: 'NoSuchBucket' });
    expect(await atCos({ path: '/german/a' })).toEqual({ status: 404, code: 'NoSuchKey' });
    expect(s3.requests.last()?.why).toContain("bucket 'german' is in eu-de, and the client called a host of us-south");
  });

  it('is paid by nobody, since COS has no payment by the requester', async () => {
    const headers = { Authorization: signedBy(partner) };
    expect(await atCos({ path: '/paid/a', headers })).toEqual({ status: 200, code: undefined });
    expect(await atCos({ path: '/paid/a', headers, host: 's3.amazonaws.com' })).toEqual({
      status: 403,
      code: 'AccessDenied',
    });
  });

  it('with a token has no access key, whoever acts', async () => {
    s3.actAs(s3.account.user('ann', {}));
    await send({ host: cosHost, path: '/east/a', headers: { Authorization: 'Bearer a.b.c' } });
    expect(s3.requests.last()?.caller).toEqual({ account: s3.account.id, user: 'ann', accessKeyId: undefined });
  });

  it('tells no region of the bucket when it is refused', async () => {
    const headers = { Authorization: signedBy(partner) };
    const answers = await Promise.all(
      ['s3.amazonaws.com', cosHost].map((host) => send({ method: 'HEAD', path: '/plain', headers, host })),
    );
    expect(answers.map(({ status, header }) => ({ status, region: header('x-amz-bucket-region') }))).toEqual([
      { status: 403, region: 'us-east-1' },
      { status: 403, region: undefined },
    ]);
  });
});

it('a request to IBM COS at a port may be signed for any region', async () => {
  await using own = startMock({
    dialect: 'ibm-cos',
    hosts: { only: [] },
    verifySignatures: true,
    buckets: { vault: {} },
  });
  const { url } = await own.listen();
  const call = { method: 'GET', host: new URL(url).host, path: '/vault' };
  const { headers } = signV4(call, { ...own.account.credentials, region: 'us-south' });
  const { host: _host, ...signed } = headers;
  expect((await fetch(`${url}/vault`, { headers: signed })).status).toBe(200);
});

// F1683
it('a form may name a key that climbs at IBM COS, and not at S3', async () => {
  const form = { keys: s3.account.credentials, bucket: 'east', key: '../up' };
  const statusAt = async (host?: string) => (await post(form, { path: '/east', ...(host && { host }) })).status;
  expect({ s3: await statusAt(), cos: await statusAt(cosHost) }).toEqual({ s3: 400, cos: 204 });
  expect(s3.requests.at(0)?.why).toContain("the key is '../up'");
});
