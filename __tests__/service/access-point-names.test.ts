import { beforeEach, describe, expect, it } from '@jest/globals';
import type { MockS3 } from '../../src';
import { cosHost } from '../support/clients/story-client';
import { signedV4, textOf } from '../support/documents';
import { startedMocks } from '../support/started-mocks';
import { send } from '../support/wire-client';

const start = startedMocks();
const account = '111122223333';
const named = `reports-${account}`;
const alias = `reports-${'a'.repeat(34)}-s3alias`;

let s3: MockS3;
beforeEach(() => {
  s3 = start({
    account,
    buckets: { vault: { objects: { a: 'of the bucket of the point' }, accessPoints: { reports: { alias } } } },
  });
});

const signed = () => ({
  Authorization: signedV4(s3.account.credentials.accessKeyId),
  'x-amz-content-sha256': 'UNSIGNED-PAYLOAD',
});

async function read(path: string, host?: string) {
  const { status, body } = await send({
    path,
    headers: signed(),
    ...(host === undefined ? {} : { host }),
  });
  return status === 200 ? body : `${status} ${textOf('Code', { body })}`;
}

async function readAtPort(path: string) {
  const { url } = await s3.listen();
  const answer = await fetch(`${url}${path}`, { headers: signed() });
  return answer.text();
}

// F1112
describe('in the place of a bucket', () => {
  it('the alias of an access point names its bucket, and the name in its host names none', async () => {
    expect(await read(`/${alias}/a`)).toBe('of the bucket of the point');
    expect(s3.requests.last()).toMatchObject({ bucket: 'vault', input: { Bucket: alias, Key: 'a' } });
    expect(await read(`/${named}/a`)).toBe('404 NoSuchBucket');
  });

  it('both name the bucket at a port, which has no host of access points', async () => {
    expect(await readAtPort(`/${alias}/a`)).toBe('of the bucket of the point');
    expect(await readAtPort(`/${named}/a`)).toBe('of the bucket of the point');
  });

  it('a bucket of that name comes first', async () => {
    s3.createBucket(named).put('a', 'of its own bucket');
    expect(await readAtPort(`/${named}/a`)).toBe('of its own bucket');
  });

  it('an alias names nothing at IBM COS, which has no access points', async () => {
    expect(await read(`/${alias}/a`, cosHost)).toBe('404 NoSuchBucket');
    expect(await read('/vault/a', cosHost)).toBe('of the bucket of the point');
  });
});

// F1143
describe('at the host of an access point', () => {
  const hostOf = (name: string) => `${name}.s3-accesspoint.us-east-1.amazonaws.com`;

  it('a name that no point has gets a reason that names the probable one', async () => {
    const { status, body } = await send({ path: '/a', host: hostOf(`reprots-${account}`), headers: signed() });
    expect({ status, name: textOf('BucketName', { body }) }).toEqual({ status: 404, name: `reprots-${account}` });
    expect(s3.requests.last()?.why).toBe(`the mock has these access points: ${named}. Did you mean ${named}?`);
    s3.bucket('vault').accessPoints = null as never;
    await read('/a', hostOf(named));
    expect(s3.requests.last()?.why).toBe('the mock has these access points: none');
  });

  // F1112
  it('a point of a network answers requests from a VPC endpoint alone', async () => {
    s3.bucket('vault').accessPoints = { reports: { vpcId: 'vpc-1' } };
    expect(await read('/a', hostOf(named))).toBe('403 AccessDenied');
    expect(s3.requests.last()?.why).toBe('the access point reports answers only the network vpc-1');
    const endpoint = 'accesspoint.vpce-1a2b3c4d-5e6f7a8b.s3.us-east-1.vpce.amazonaws.com';
    expect(await read('/a', `${named}.${endpoint}`)).toBe('of the bucket of the point');
  });
});
