import { beforeEach, describe, expect, it } from '@jest/globals';
import { mockS3 } from 's3-versioning-mock/jest';
import { errorDocument, signedBy, signedV4, textOf, textsOf } from '../../support/documents';
import { as } from '../../support/limited-users';
import { answered, get, head, put } from '../../support/objects';
import { send, type WireAnswer, type WireCall } from '../../support/wire-client';

const s3 = mockS3({ accounts: { partner: {} }, buckets: { vault: {}, theirs: { owner: 'partner' } } });

const bucketArn = 'arn:aws:s3:::vault';
const policyOf = (...Statement: readonly object[]) => ({ Version: '2012-10-17', Statement }) as const;
const setPolicy = (...statements: readonly object[]) => {
  s3.bucket('vault').policy = policyOf(...statements) as never; // the statements of each test are its subject
};

const harmless = JSON.stringify(
  policyOf({ Effect: 'Deny', Principal: '*', Action: 's3:DeleteBucket', Resource: bucketArn }),
);

type Policy = readonly [action: string, method: string, call: WireCall, status: number];
const operations: readonly Policy[] = [
  ['s3:GetBucketPolicy', 'GET', { path: '/vault?policy' }, 200],
  ['s3:PutBucketPolicy', 'PUT', { method: 'PUT', path: '/vault?policy', body: harmless }, 204],
  ['s3:DeleteBucketPolicy', 'DELETE', { method: 'DELETE', path: '/vault?policy' }, 204],
];

const ask = (call: WireCall, headers: WireCall['headers'] = {}) =>
  send({ ...call, headers: { ...call.headers, ...headers } });
const message = (answer: WireAnswer) => ({ status: answer.status, message: textOf('Message', answer) });

// Pasted: gruntwork-io/terragrunt#3442, s3tools/s3cmd#885. F526
describe.each(operations)('%s', (action, Method, call, status) => {
  const foreign = (method: string) =>
    errorDocument(
      'MethodNotAllowed',
      'The specified method is not allowed against this resource.',
      `<Method>${method}</Method><ResourceType>BUCKETPOLICY</ResourceType>`,
    );
  const everybody = { Effect: 'Allow', Principal: '*', Action: action, Resource: bucketArn };

  it('answers 405 to another account to which a policy allows it', async () => {
    const partner = s3.createAccount('friend');
    setPolicy({ ...everybody, Principal: { AWS: partner.id } });
    expect(await answered(ask(call, { Authorization: signedBy(partner) }))).toEqual({
      status: 405,
      text: foreign(Method),
    });
    expect(s3.requests.last()?.why).toBe(
      `account 'friend' (${partner.id}) does not own the bucket, and only its owner, account 000000000000, may use its policy`,
    );
  });

  it('answers 405 to the anonymous, to whom a public policy allows it', async () => {
    s3.bucket('vault').publicAccessBlock = null;
    setPolicy(everybody);
    expect(await answered(ask(call, { Authorization: undefined }))).toEqual({ status: 405, text: foreign(Method) });
  });

  it('answers 403 to another account to which nothing allows it', async () => {
    const headers = { Authorization: signedBy(s3.createAccount('friend')) };
    expect(message(await ask(call, headers))).toEqual({ status: 403, message: 'Access Denied' });
  });

  // Asserted on AWS: justincormack/argmin, crates/s3-tests, bucket_policy_root.rs
  it('is open to the root user of the owner whatever the bucket policy denies', async () => {
    setPolicy({ Effect: 'Deny', Principal: '*', Action: 's3:*', Resource: bucketArn });
    expect((await ask(call)).status).toBe(status);
  });

  it('is closed to the other users of the account if the bucket policy denies it', async () => {
    setPolicy({ Effect: 'Deny', Principal: '*', Action: 's3:*', Resource: bucketArn });
    const headers = { Authorization: signedBy(s3.account.user('ann')) };
    expect(message(await ask(call, headers))).toEqual({
      status: 403,
      message: `User: arn:aws:iam::000000000000:user/ann is not authorized to perform: ${action} on resource: "${bucketArn}" with an explicit deny in a resource-based policy`,
    });
  });
});

// Asserted on AWS: justincormack/argmin, crates/s3-tests, bucket_policy_root.rs. F526
describe('a Deny of the bucket policy binds the root user of the owner', () => {
  beforeEach(() =>
    setPolicy({ Effect: 'Deny', Principal: '*', Action: 's3:*', Resource: [bucketArn, `${bucketArn}/*`] }),
  );

  it.each([
    ['s3:GetBucketPolicyStatus', '/vault?policyStatus', bucketArn],
    ['s3:ListBucket', '/vault', bucketArn],
    ['s3:GetObject', '/vault/k', `${bucketArn}/k`],
  ])('in %s', async (action, path, resource) => {
    expect(message(await get(path))).toEqual({
      status: 403,
      message: `User: arn:aws:iam::000000000000:root is not authorized to perform: ${action} on resource: "${resource}" with an explicit deny in a resource-based policy`,
    });
  });
});

describe('ListBuckets', () => {
  // https://docs.aws.amazon.com/AmazonS3/latest/userguide/example-policies-s3.html has both forms of all. F530
  it.each([
    ['Resource', '*', 200],
    ['Resource', 'arn:aws:s3:::*', 200],
    ['Resource', 'arn:aws:s3:::vault', 403],
    ['Resource', 'arn:aws:s3:::vault/*', 403],
    ['Resource', 'arn:aws-cn:s3:::*', 403],
    ['NotResource', 'arn:aws:s3:::vault', 200],
    ['NotResource', 'arn:aws:s3:::*', 403],
  ])('is about all buckets: with %s %s', async (element, resource, status) => {
    const Statement = [{ Effect: 'Allow', Action: 's3:ListAllMyBuckets', [element]: resource }];
    const user = s3.account.user('lister', { policy: JSON.stringify({ Version: '2012-10-17', Statement }) });
    expect((await get('/', { Authorization: signedBy(user) })).status).toBe(status);
  });

  it('returns all buckets of the account to a user who may list them, even those that the user may not use', async () => {
    expect(textsOf('Name', await get('/', as(s3, 'lister', 's3:ListAllMyBuckets')))).toEqual(['vault']);
  });
});

// https://docs.aws.amazon.com/IAM/latest/UserGuide/reference-arns.html F531
describe.each([
  ['aws', 's3.eu-west-1.amazonaws.com'],
  ['aws-cn', 's3.cn-north-1.amazonaws.com.cn'],
  ['aws-us-gov', 's3.us-gov-west-1.amazonaws.com'],
])('a request without a bucket in the partition %s', (partition, host) => {
  const user = (action: string, resource: string) => {
    const Statement = [{ Effect: 'Allow', Action: action, Resource: resource }];
    const policy = JSON.stringify({ Version: '2012-10-17', Statement });
    const { accessKeyId } = s3.account.user('maker', { policy }).credentials;
    return { Authorization: signedV4(accessKeyId), 'x-amz-content-sha256': 'UNSIGNED-PAYLOAD' };
  };
  const region = host.split('.')[1] ?? '';
  const body = `<CreateBucketConfiguration><LocationConstraint>${region}</LocationConstraint></CreateBucketConfiguration>`;
  const create = (headers: WireCall['headers']) => send({ method: 'PUT', path: '/fresh', host, body, headers });

  it('is about an ARN of the partition', async () => {
    const headers = user('s3:CreateBucket', `arn:${partition}:s3:::fresh`);
    expect((await create(headers)).status).toBe(200);
  });

  it('is refused with ARNs of the partition', async () => {
    const headers = user('s3:CreateBucket', 'arn:aws-iso:s3:::fresh');
    expect(message(await create(headers))).toEqual({
      status: 403,
      message: `User: arn:${partition}:iam::000000000000:user/maker is not authorized to perform: s3:CreateBucket on resource: "arn:${partition}:s3:::fresh" because no identity-based policy allows the s3:CreateBucket action`,
    });
    expect(message(await send({ path: '/', host, headers }))).toEqual({
      status: 403,
      message: `User: arn:${partition}:iam::000000000000:user/maker is not authorized to perform: s3:ListAllMyBuckets because no identity-based policy allows the s3:ListAllMyBuckets action`,
    });
  });
});

describe('CreateBucket', () => {});

// Asserted on AWS: justincormack/argmin, crates/s3-tests, bucket_anon.rs. F527
describe('the region of a bucket', () => {
  const region = (answer: WireAnswer) => [answer.status, answer.header('x-amz-bucket-region')];

  it.each([
    ['a user of the account', () => as(s3, 'nobody')],
    ['the anonymous', () => ({ Authorization: undefined })],
  ])('is in the refusal to list it: %s', async (_name, headers) => {
    s3.createBucket('euro', { region: 'eu-west-1', objects: { k: 'data' } });
    const answers = [
      await head('/euro', headers(), { host: 's3.eu-west-1.amazonaws.com' }),
      await get('/euro', headers(), { host: 's3.eu-west-1.amazonaws.com' }),
      await get('/euro?list-type=2', headers(), { host: 's3.eu-west-1.amazonaws.com' }),
    ];
    expect(answers.map(region)).toEqual(Array(3).fill([403, 'eu-west-1']));
  });

  it('is not in the refusal of an object or of another operation', async () => {
    const user = as(s3, 'nobody');
    const answers = [await get('/vault/k', user), await head('/vault/k', user), await put('/vault/k', 'x', user)];
    expect([...answers, await get('/vault?versions', user)].map(region)).toEqual(Array(4).fill([403, undefined]));
  });
});
