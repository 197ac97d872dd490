import { describe, expect, it } from '@jest/globals';
import { mockS3 } from 's3-versioning-mock/jest';
import { cosHost } from '../support/clients/story-client';
import { signedBy, signedV4, textOf } from '../support/documents';
import { send, type WireCall } from '../support/wire-client';

const account = '111122223333';
const s3 = mockS3({
  account,
  buckets: {
    vault: {
      objects: { a: 'data' },
      ownershipControls: 'ObjectWriter',
      publicAccessBlock: { BlockPublicAcls: true },
      accessPoints: { reports: {} },
    },
    inbox: { ownershipControls: 'ObjectWriter', publicAccessBlock: null, acl: 'public-read-write' },
    own: { objects: { a: 'data' } },
  },
});
const partner = s3.createAccount('partner');

interface Right {
  readonly Action: string;
  readonly Resource?: string;
  readonly Condition?: object;
}

const allow = (...rights: readonly Right[]) => ({
  policy: {
    Version: '2012-10-17',
    Statement: rights.map((right) => ({ Effect: 'Allow', Resource: '*', ...right })),
  } as never,
});

async function ask(call: WireCall, Authorization: string | undefined) {
  const { status, body } = await send({ ...call, headers: { ...call.headers, Authorization } });
  return { status, code: textOf('Code', { body }), message: textOf('Message', { body }) };
}
const as = (name: string, rights: ReturnType<typeof allow>, call: WireCall) =>
  ask(call, signedBy(s3.account.user(name, rights)));

const bare = { status: 403, code: 'AccessDenied', message: 'Access Denied' };
const missing = (name: string, action: string, resource: string) =>
  `User: arn:aws:iam::${account}:user/${name} is not authorized to perform: ${action} on resource: "${resource}" because no identity-based policy allows the ${action} action`;

describe('a write with a public ACL', () => {
  const write = (bucket: string): WireCall => ({
    method: 'PUT',
    path: `/${bucket}/new`,
    body: 'data',
    headers: { 'x-amz-acl': 'public-read' },
  });

  // F543
  it('is refused for the missing right to write before it is refused for the block', async () => {
    expect((await as('reader', allow({ Action: 's3:GetObject' }), write('vault'))).message).toBe(
      missing('reader', 's3:PutObject', 'arn:aws:s3:::vault/new'),
    );
    expect((await as('writer', allow({ Action: 's3:PutObject' }), write('vault'))).message).toContain(
      'because public ACLs are prevented by the BlockPublicAcls setting',
    );
  });

  // F520
  it('needs no right to ACLs of the account that will own the object, and nobody unsigned owns one', async () => {
    expect(await ask(write('inbox'), signedBy(partner))).toMatchObject({ status: 200 });
    expect(await ask(write('inbox'), undefined)).toEqual(bare);
  });
});

// F524
describe('a read of a missing key', () => {
  it('is a 404 to callers who may list keys that begin as it does', async () => {
    const rights = allow({ Action: 's3:ListBucket', Condition: { StringLike: { 's3:prefix': 'a*' } } });
    expect(await as('lister', rights, { path: '/own/a-missing' })).toMatchObject({ status: 404, code: 'NoSuchKey' });
    expect(await as('lister', rights, { path: '/own/missing' })).toMatchObject({ status: 403 });
  });
});

// F1112
it('an operation that access points do not answer is denied to other accounts in few words', async () => {
  const call = {
    path: '/?versioning',
    host: `reports-${account}.s3-accesspoint.us-east-1.amazonaws.com`,
    headers: { 'x-amz-content-sha256': 'UNSIGNED-PAYLOAD' },
  };
  expect(await ask(call, signedV4(partner.credentials.accessKeyId))).toEqual(bare);
  expect((await ask(call, signedV4(s3.account.credentials.accessKeyId))).message).toContain(
    'with an explicit deny in a resource-based policy',
  );
});

// F531
it('a bucket that is not there yet has the partition of the host', async () => {
  const { credentials } = s3.account.user('reader', allow({ Action: 's3:GetObject' }));
  const call = { method: 'PUT', path: '/new', host: 's3.cn-north-1.amazonaws.com.cn' };
  const headers = { 'x-amz-content-sha256': 'UNSIGNED-PAYLOAD' };
  expect((await ask({ ...call, headers }, signedV4(credentials.accessKeyId))).message).toContain(
    'to perform: s3:CreateBucket on resource: "arn:aws-cn:s3:::new"',
  );
});

// F540
describe('an operation that no policy is about', () => {
  const call = { path: '/own?protection', host: cosHost };

  it('is for the owner of the bucket alone', async () => {
    expect((await ask(call, signedBy(s3.account))).status).toBe(200);
    expect(await ask(call, signedBy(partner))).toMatchObject({ status: 403, code: 'AccessDenied' });
    expect(s3.requests.last()?.why).toBe(
      `account 'partner' (${partner.id}) does not own the bucket; account ${account} does`,
    );
    expect(await ask(call, undefined)).toMatchObject({ status: 403, code: 'AccessDenied' });
    expect(s3.requests.last()?.why).toContain('; the request has no signature');
  });
});

const passing = (Role: string): WireCall => {
  const Destination = '<Destination><Bucket>arn:aws:s3:::inbox</Bucket></Destination>';
  const Rule = `<Rule><Status>Enabled</Status><Prefix></Prefix>${Destination}</Rule>`;
  const body = `<ReplicationConfiguration><Role>${Role}</Role>${Rule}</ReplicationConfiguration>`;
  return { method: 'PUT', path: '/vault?replication', body };
};

// F960
it('the right to pass a role depends on the request', async () => {
  const Role = `arn:aws:iam::${account}:role/copier`;
  for (const name of ['vault', 'inbox']) s3.bucket(name).versioning = 'Enabled';
  const put = passing(Role);
  const rights = (agent: string) => {
    const Condition = { StringEquals: { 'aws:UserAgent': agent } };
    return allow({ Action: 's3:*' }, { Action: 'iam:PassRole', Condition });
  };
  const headers = { 'User-Agent': 'copier/1' };
  expect(await as('right', rights('copier/1'), { ...put, headers })).toMatchObject({ status: 200 });
  expect((await as('wrong', rights('other/1'), { ...put, headers })).message).toBe(
    missing('wrong', 'iam:PassRole', Role),
  );
});

// F960
it.each([
  ['the name of the caller', { StringEquals: { 'aws:username': 'ann' } }],
  ['the ARN of the caller', { ArnEquals: { 'aws:PrincipalArn': `arn:aws:iam::${account}:user/ann` } }],
  ['the account of the caller', { StringEquals: { 'aws:ResourceAccount': account } }],
  ['the time', { DateGreaterThan: { 'aws:CurrentTime': '2020-01-01T00:00:00Z' } }],
])('the right to pass a role depends on %s', async (_what, Condition) => {
  for (const name of ['vault', 'inbox']) s3.bucket(name).versioning = 'Enabled';
  const rights = allow({ Action: 's3:*' }, { Action: 'iam:PassRole', Condition });
  expect(await as('ann', rights, passing(`arn:aws:iam::${account}:role/copier`))).toMatchObject({ status: 200 });
});

// F960
it.each<[what: string, right: Right, end: string]>([
  [
    'the role that it names',
    { Action: 'iam:PassRole', Resource: `arn:aws:iam::${account}:role/other` },
    `came nearest, which applies to arn:aws:iam::${account}:role/other`,
  ],
  [
    'the service that it names',
    { Action: 'iam:PassRole', Condition: { StringEquals: { 'iam:PassedToService': 'ec2.amazonaws.com' } } },
    'whose condition StringEquals iam:PassedToService wants "ec2.amazonaws.com", and the request has "s3.amazonaws.com"',
  ],
  [
    'a key of S3 that it names',
    { Action: 'iam:PassRole', Condition: { StringEquals: { 's3:prefix': 'a' } } },
    'whose condition StringEquals s3:prefix wants "a", and the request has none',
  ],
])('the reason of a role that may not be passed ends with %s', async (_what, right, end) => {
  for (const name of ['vault', 'inbox']) s3.bucket(name).versioning = 'Enabled';
  const rights = allow({ Action: 's3:*' }, right);
  expect(await as('ann', rights, passing(`arn:aws:iam::${account}:role/copier`))).toMatchObject({ status: 403 });
  expect(s3.requests.last()?.why?.slice(-end.length)).toBe(end);
});
