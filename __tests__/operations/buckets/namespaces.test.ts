import { describe, expect, it } from '@jest/globals';
import { mockS3 } from 's3-versioning-mock/jest';
import { cosHost } from '../../support/clients/story-client';
import { signedBy } from '../../support/documents';
import { answered, refusal } from '../../support/objects';
import { send } from '../../support/wire-client';

const account = '111122223333';
const s3 = mockS3({ account });

const header = 'x-amz-bucket-namespace';

function create(name: string, namespace?: string, region?: string) {
  const body = `<CreateBucketConfiguration><LocationConstraint>${region}</LocationConstraint></CreateBucketConfiguration>`;
  return send({
    method: 'PUT',
    path: `/${name}`,
    headers: { [header]: namespace },
    ...(region !== undefined && { body }),
  });
}

const ofAccount = (code: string, message: string, elements = '') => refusal(400, code, message, elements);
const without = (name: string) =>
  ofAccount(
    'InvalidNamespaceHeader',
    'The requested bucket name did not include the account-regional namespace suffix, but the provided x-amz-bucket-namespace header value is account-regional. ' +
      'Specify -[accountId]-[region]-an as the bucket name suffix to create a bucket in your account-regional namespace, or remove the header.',
    `<Header>${name}</Header>`,
  );
const elsewhere = (what: string, name: string) =>
  ofAccount(
    'InvalidBucketNamespace',
    `The requested bucket is an account-regional namespace bucket, but the requested ${what} in the bucket name.`,
    `<BucketNamespace>${name}</BucketNamespace>`,
  );

// https://docs.aws.amazon.com/AmazonS3/latest/userguide/gpbucketnamespaces.html. F601
describe('a bucket of the account regional namespace', () => {
  it.each([
    [`vault-${account}-us-east-1-an`, undefined],
    [`a.b-444455556666-us-east-1-${account}-us-east-1-an`, undefined],
    [`vault-${account}-eu-west-1-an`, 'eu-west-1'],
  ])('is %s, in the region %s', async (name, region) => {
    const { status, header: headerOf } = await create(name, 'account-regional', region);
    expect({ status, bucketArn: headerOf('x-amz-bucket-arn') }).toEqual({
      status: 200,
      bucketArn: `arn:aws:s3:::${name}`,
    });
    expect((await send({ method: 'PUT', path: `/${name}/key`, body: 'data' })).status).not.toBe(404);
  });

  // Measured: justincormack/argmin, bucket_crud.rs
  it('is made once, in the first region too', async () => {
    const name = `vault-${account}-us-east-1-an`;
    await create(name, 'account-regional');
    expect((await create(name, 'account-regional')).text).toContain('<Code>BucketAlreadyOwnedByYou</Code>');
    await create('vault');
    expect((await create('vault')).status).toBe(200);
  });

  // Measured: justincormack/argmin, bucket_crud.rs; for other requests than HEAD, a guess
  it.each([
    [`none-${account}-us-east-1-an`, 404, undefined],
    ['none-444455556666-us-east-1-an', 403, 'us-east-1'],
    [`none-${account}-us-west-2-an`, 301, 'us-west-2'],
    ['none-444455556666-us-west-2-an', 301, 'us-west-2'],
    ['none-444455556666-nowhere-an', 404, undefined],
    ['none', 404, undefined],
  ])('that is not there is answered by its name: %s', async (name, status, region) => {
    const host = 's3.us-east-1.amazonaws.com';
    const head = await send({ method: 'HEAD', path: `/${name}`, host });
    expect([head.status, head.header('x-amz-bucket-region')]).toEqual([status, region]);
    expect((await send({ path: `/${name}/key`, host })).status).toBe(status);
  });

  it('is hidden from another account, whether it is there or not', async () => {
    await create(`vault-${account}-us-east-1-an`, 'account-regional');
    const headers = { Authorization: signedBy(s3.createAccount('partner')) };
    const answers = ['vault', 'none'].map((name) =>
      send({ method: 'HEAD', path: `/${name}-${account}-us-east-1-an`, headers }),
    );
    expect((await Promise.all(answers)).map((one) => [one.status, one.header('x-amz-bucket-region')])).toEqual([
      [403, 'us-east-1'],
      [403, 'us-east-1'],
    ]);
  });

  it('has the number of the account that makes it, also of a user', async () => {
    const partner = s3.createAccount('partner');
    const path = `/vault-${partner.id}-us-east-1-an`;
    const headers = { Authorization: signedBy(partner.user('ann')), [header]: 'account-regional' };
    expect((await send({ method: 'PUT', path, headers })).status).toBe(200);
    expect(s3.bucket(path.slice(1)).owner).toBe(partner.id);
  });

  it.each([
    ['vault'],
    ['vault-an'],
    [`vault-${account}-an`],
    [`vault-us-east-1-${account}-an`],
    [`${account}-us-east-1-an`],
    [`vault-${account}-us-east-1`],
    ['vault-11112222333-us-east-1-an'],
  ])('is not %s', async (name) => {
    expect(await answered(create(name, 'account-regional'))).toEqual(without(name));
    expect(s3.requests.last()?.why).toBe(`a name would end with -${account}-us-east-1-an`);
    expect(s3.buckets).toEqual([]);
  });

  it('needs the region of the bucket, not that of the endpoint', async () => {
    expect(await answered(create('vault', 'account-regional', 'eu-west-1'))).toEqual(without('vault'));
    expect(s3.requests.last()?.why).toBe(`a name would end with -${account}-eu-west-1-an`);
    const name = `vault-${account}-us-east-1-an`;
    const other = await create(name, 'account-regional', 'eu-west-1');
    const what = "region 'us-east-1' does not match the current region 'eu-west-1'. Specify the targeted region";
    expect({ status: other.status, text: other.text }).toEqual(elsewhere(what, name));
  });

  it('is refused with the number of another account', async () => {
    const name = 'vault-444455556666-us-east-1-an';
    const { status, text } = await create(name, 'account-regional');
    const what =
      "AWS Account ID '444455556666' does not match the caller's AWS Account ID '111122223333'. Specify the caller's AWS Account ID";
    expect({ status, text }).toEqual(elsewhere(what, name));
  });

  it.each(['me-south-1', 'me-central-1'])('is refused in %s', async (region) => {
    expect(await answered(create(`vault-${account}-${region}-an`, 'account-regional', region))).toEqual(
      ofAccount('UnsupportedArgument', 'The request contained an unsupported argument.'),
    );
    expect((await create('vault', undefined, region)).status).toBe(200);
  });
});

// F601
describe('a bucket of the global namespace', () => {
  it.each([
    ['vault', undefined],
    ['vault', 'global'],
    ['plan', undefined],
    [`vault-${account}-us-east-1`, 'global'],
  ])('is %s with the header %s', async (name, namespace) => {
    expect((await create(name, namespace)).status).toBe(200);
  });

  it.each([undefined, 'global'])('has no name with -an, with the header %s', async (namespace) => {
    expect(await answered(create('vault-an', namespace))).toEqual(
      ofAccount('InvalidBucketName', 'The specified bucket is not valid.', '<BucketName>vault-an</BucketName>'),
    );
    expect(s3.requests.last()?.why).toBe('S3 keeps names with -an for account regional namespaces');
  });

  // Recorded: ansible-collections/amazon.aws#2935
  it.each([account, '444455556666'])('has no name of a regional namespace, that of %s', async (id) => {
    const name = `vault-${id}-us-east-1-an`;
    expect(await answered(create(name))).toEqual(
      ofAccount(
        'MissingNamespaceHeader',
        'The requested bucket is an account-regional namespace bucket, but your request is missing the required x-amz-bucket-namespace header.',
        '<Header>x-amz-bucket-namespace</Header>',
      ),
    );
    expect(s3.requests.last()?.why).toBe(`the name ends with -${id}-us-east-1-an`);
    expect(await answered(create(name, 'global'))).toEqual(
      ofAccount(
        'InvalidNamespaceHeader',
        'The requested bucket is an account-regional namespace bucket, but the provided x-amz-bucket-namespace header value is global. ' +
          'If you want to create an account-regional namespace bucket, set your x-amz-bucket-namespace header to account-regional.',
        `<Header>global</Header><HeaderValue>${name}</HeaderValue>`,
      ),
    );
  });

  it.each(['', 'Global', 'regional'])('is refused with the namespace %j', async (namespace) => {
    expect(await answered(create('vault', namespace))).toEqual(
      ofAccount(
        'InvalidArgument',
        `Invalid x-amz-bucket-namespace header: ${namespace}`,
        '<ArgumentName>x-amz-bucket-namespace</ArgumentName>',
      ),
    );
  });
});

it('IBM COS does not know namespaces', async () => {
  const answers = ['vault-an', `vault-${account}-us-east-1-an`].map((name) =>
    send({ method: 'PUT', path: `/${name}`, host: cosHost, headers: { [header]: 'none' } }),
  );
  expect((await Promise.all(answers)).map(({ status }) => status)).toEqual([200, 200]);
});

it('a fixture has any name, since a bucket may be older than the namespaces', () => {
  expect(s3.createBucket('vault-an').name).toBe('vault-an');
});
