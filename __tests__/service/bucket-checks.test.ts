import { beforeEach, describe, expect, it } from '@jest/globals';
import type { MockS3 } from '../../src';
import { signV4 } from '../support/clients/signer';
import { signedV4, textOf } from '../support/documents';
import { startedMocks } from '../support/started-mocks';
import { send, type WireCall } from '../support/wire-client';

const start = startedMocks();
const account = '111122223333';
const alias = `reports-${'a'.repeat(34)}-s3alias`;

const protection = {
  Status: 'Retention',
  MinimumRetention: { Days: 1 },
  DefaultRetention: { Days: 1 },
  MaximumRetention: { Days: 2 },
} as const;

let s3: MockS3;
beforeEach(() => {
  s3 = start({
    account,
    accounts: { partner: {} },
    buckets: {
      vault: { region: 'us-east-1', objects: { a: 'data' }, accessPoints: { reports: { alias } } },
      anywhere: {},
      kept: { protection },
      theirs: {
        owner: 'partner',
        policy: {
          Statement: { Effect: 'Deny', Principal: '*', Action: 's3:*', Resource: 'arn:aws:s3:::theirs' },
        },
      },
    },
  });
});

async function ask(call: WireCall) {
  const answer = await send(call);
  return { status: answer.status, code: textOf('Code', answer), message: textOf('Message', answer), answer };
}

const asPartner = () => {
  const accessKeyId = s3.accounts.find(({ name }) => name === 'partner')?.credentials.accessKeyId;
  return { Authorization: signedV4(accessKeyId), 'x-amz-content-sha256': 'UNSIGNED-PAYLOAD' };
};

describe('a request to a bucket', () => {
  it('of IBM COS is refused at S3, with the name of the bucket and of what only COS has', async () => {
    expect(await ask({ path: '/kept' })).toMatchObject({
      status: 400,
      code: 'S3MockOtherService',
      message: 'The bucket kept has protection, which exists only on IBM COS, but the request was sent to Amazon S3.',
    });
  });

  // F601
  it('of the own namespace in another region names the bucket in the redirect', async () => {
    const name = `vault-${account}-eu-west-1-an`;
    const { status, answer } = await ask({ path: `/${name}`, host: 's3.us-west-2.amazonaws.com' });
    expect({ status, bucket: textOf('Bucket', answer) }).toEqual({ status: 301, bucket: name });
  });

  // F32
  it('that would create it again is not up to the policy of another account', async () => {
    expect(await ask({ method: 'PUT', path: '/theirs' })).toMatchObject({ status: 409, code: 'BucketAlreadyExists' });
  });

  // F1112
  it('through an access point is not answered if it names no operation', async () => {
    expect(await ask({ path: `/${alias}?uploadId=a` })).toMatchObject({ status: 405, code: 'MethodNotAllowed' });
  });

  // F190
  // A bucket policy says nothing at a host of another region of AWS (F210).
  it('is up to its policy at a host of the user, which serves any region', async () => {
    const policy = {
      Statement: { Effect: 'Deny', Principal: '*', Action: 's3:GetBucketLocation', Resource: 'arn:aws:s3:::asia' },
    };
    const own = start({ hosts: { only: ['storage.test'] }, buckets: { asia: { region: 'ap-south-1', policy } } });
    expect(await ask({ path: '/asia?location', host: 'storage.test' })).toMatchObject({ status: 403 });
    own.bucket('asia').policy = undefined;
    expect(await ask({ path: '/asia?location', host: 'storage.test' })).toMatchObject({ status: 200 });
  });

  it('that copies nothing may not name a source', async () => {
    const headers = { 'x-amz-copy-source': '/vault/a' };
    expect(await ask({ path: '/vault', headers })).toMatchObject({ status: 400, code: 'InvalidArgument' });
  });
});

describe('a signature without the hash of the body', () => {
  const withoutHash = (Authorization: string): WireCall => ({
    path: '/vault/a',
    headers: { Authorization, 'x-amz-content-sha256': undefined },
  });

  it('is refused for all regions too', async () => {
    const forAll = 'AWS4-ECDSA-P256-SHA256 Credential=A/20260131/s3/aws4_request, SignedHeaders=host, Signature=00';
    expect(await ask(withoutHash(forAll))).toMatchObject({
      status: 400,
      message: 'Missing required header for this request: x-amz-content-sha256',
    });
  });

  it('has a reason if it is for another service, whose signers do not send the header', async () => {
    await ask(withoutHash(signedV4().replace('/s3/', '/execute-api/')));
    expect(s3.requests.last()?.why).toContain("its signature is for the service 'execute-api'");
  });
});

// F1147, F601, F527
describe('the region of a bucket in a refusal', () => {
  const hidden = `vault-444455556666-us-east-1-an`;
  const regionOf = async (call: WireCall) => {
    const { status, answer } = await ask(call);
    return { status, region: answer.header('x-amz-bucket-region') };
  };

  it.each<[what: string, call: () => WireCall, status: number, region: string | undefined]>([
    ['told to callers who cannot list it', () => ({ path: '/vault', headers: asPartner() }), 403, 'us-east-1'],
    ['not told with another refusal of a listing', () => ({ path: '/vault?max-keys=-1' }), 400, undefined],
    [
      'the first one, if it has none of its own',
      () => ({ method: 'HEAD', path: '/anywhere', headers: asPartner(), host: 's3.us-west-2.amazonaws.com' }),
      403,
      'us-east-1',
    ],
    [
      'told by a HEAD of the namespace of another account',
      () => ({ method: 'HEAD', path: `/${hidden}` }),
      403,
      'us-east-1',
    ],
    ['not told by a GET of it', () => ({ path: `/${hidden}` }), 403, undefined],
    ['not told by a HEAD of an object in it', () => ({ method: 'HEAD', path: `/${hidden}/a` }), 403, undefined],
    [
      'not told by a HEAD of the alias of no access point',
      () => ({ method: 'HEAD', path: `/none-${'b'.repeat(34)}-s3alias` }),
      403,
      undefined,
    ],
  ])('is %s', async (_what, call, status, region) => {
    expect(await regionOf(call())).toEqual({ status, region });
  });

  it.each<[what: string, path: string, isKnown: boolean, region: string | undefined]>([
    ['is told to a caller who signed for another region', '/missing', true, 'us-east-1'],
    ['is not told if the key belongs to nobody', '/missing', false, undefined],
    ['is not told without a bucket', '/', true, undefined],
  ])('%s', async (_what, path, isKnown, region) => {
    await s3.stop();
    s3 = start({ account, verifySignatures: true });
    const keys = isKnown ? s3.account.credentials : { accessKeyId: 'AKIANOBODY', secretAccessKey: 'secret' };
    const host = 's3.us-east-1.amazonaws.com';
    const { headers } = signV4({ method: 'GET', host, path }, { ...keys, region: 'eu-west-1' });
    const { authorization: Authorization, host: _host, ...more } = headers;
    expect(await regionOf({ path, host, headers: { ...more, Authorization } })).toEqual({ status: 400, region });
  });
});
