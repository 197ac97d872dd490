import { GetObjectCommand, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { describe, expect, it } from '@jest/globals';
import { startedMocks } from '../support/started-mocks';
import { send } from '../support/wire-client';

const start = startedMocks();

const store = 'nyc3.digitaloceanspaces.com';
const put = new PutObjectCommand({ Bucket: 'vault', Key: 'a.txt', Body: 'x' });
const client = (host: string, forcePathStyle = true) =>
  new S3Client({ endpoint: `https://${host}`, region: 'auto', forcePathStyle });

it('a store is refused at the first attempt, and the refusal shows the lines that answer it and let it pass', async () => {
  const s3 = start({ buckets: { vault: {} } });
  await expect(client(store).send(put)).rejects.toMatchObject({
    name: 'S3MockUnknownHost',
    message: expect.stringMatching(/hosts: \['nyc3\.digitaloceanspaces\.com'\].*hosts: \{ pass: \['nyc3/),
    $metadata: { httpStatusCode: 400, attempts: 1 },
  });
  expect({ answers: s3.answers(`https://${store}/`), refused: s3.requests.length }).toEqual({
    answers: false,
    refused: 1,
  });
});

it.each([true, false])(
  'a store that hosts names is answered in any region, with the bucket in the path: %s',
  async (isPath) => {
    const s3 = start({ hosts: [store], buckets: { vault: {} } });
    await client(store, isPath).send(put);
    const { Body } = await client(store, !isPath).send(new GetObjectCommand({ Bucket: 'vault', Key: 'a.txt' }));
    expect({ text: await Body?.transformToString(), answers: s3.answers(`https://vault.${store}/`) }).toEqual({
      text: 'x',
      answers: true,
    });
  },
);

it('a store that one mock refuses is answered by another one', async () => {
  const other = start({ hosts: { only: [store] }, buckets: { vault: {} } });
  const s3 = start();
  await client(store).send(put);
  expect({ other: other.requests.length, s3: s3.requests.length }).toEqual({ other: 1, s3: 0 });
});

it('NoSuchBucket says so if an expression makes all of the host the endpoint', async () => {
  const s3 = start({ hosts: [/\.storage\.test$/], buckets: { vault: {} } });
  await send({ path: '/reports', host: 'vault.storage.test' });
  expect(s3.requests.last()?.why).toContain(
    '/\\.storage\\.test$/ of the option hosts has no group for the bucket, so all of vault.storage.test is the endpoint',
  );
});

it('an expression that has matched no host is named once a request went elsewhere', async () => {
  const s3 = start({ hosts: [/^minio\.test$/], guard: true });
  const named = 'No host has matched this expression of the option hosts: /^minio\\.test$/.';
  expect(s3.requests.explain()).not.toContain(named);
  await expect(fetch('http://minio.example:9000/')).rejects.toThrow();
  expect(s3.requests.explain()).toContain(named);
  await send({ path: '/', host: 'minio.test' });
  expect(s3.requests.explain()).not.toContain(named);
});

it('with the guard, the redirect of an anonymous GET / is refused, and the error says where it comes from', async () => {
  const s3 = start({ guard: true, buckets: { vault: {} } });
  for (const host of ['s3.amazonaws.com', 'sts.amazonaws.com']) {
    const refused = await fetch(`https://${host}/`).catch(({ cause }: Error) => cause);
    expect(String(refused)).toContain('S3 and STS redirect a GET of / without a signature to this site of AWS');
  }
  expect(s3.requests.map(({ status }) => status)).toEqual([307, 302]);
});

describe('the refusal of a request for another service', () => {
  const signed = (service: string) => ({
    authorization: `AWS4-HMAC-SHA256 Credential=any/20260131/us-east-1/${service}/aws4_request, SignedHeaders=host;x-amz-date, Signature=${'0'.repeat(64)}`,
    'x-amz-date': '20260131T100000Z',
  });

  it.each([
    ['https://s3tables.us-east-1.amazonaws.com/buckets', 's3tables'],
    ['https://s3tables.us-east-1.api.aws/buckets', undefined],
    ['https://s3files.us-east-1.api.aws/2025-01-01/file-systems', 's3files'],
    ['https://s3vectors.us-east-1.api.aws/', 's3vectors'],
    ['https://s3-outposts.us-east-1.amazonaws.com/S3Outposts/ListEndpoints', 's3-outposts'],
    ['https://config.cloud-object-storage.cloud.ibm.com/v1/b/vault', undefined],
  ])('is JSON, which the clients of the service read: GET %s, signed for %s', async (url, service) => {
    start({ buckets: { vault: {} } });
    const answer = await fetch(url, { headers: service === undefined ? {} : signed(service) });
    const { status, headers } = answer;
    expect({ status, type: headers.get('content-type'), code: headers.get('x-amzn-errortype') }).toEqual({
      status: 400,
      type: 'application/json',
      code: 'S3MockUnknownHost',
    });
    expect(await answer.json()).toEqual({
      __type: 'S3MockUnknownHost',
      message: expect.stringContaining('s3-versioning-mock does not answer'),
    });
  });

  it('is JSON at a port, if it is signed for a service of JSON, and XML for the others', async () => {
    const s3 = start({ buckets: { vault: {} } });
    const { url } = await s3.listen();
    const types = ['s3tables', 'lambda', 'route53'].map(async (service) => {
      const answer = await fetch(`${url}/2015-03-31/functions`, { headers: signed(service) });
      return [service, answer.status, answer.headers.get('content-type')];
    });
    expect(await Promise.all(types)).toEqual([
      ['s3tables', 400, 'application/json'],
      ['lambda', 400, 'application/json'],
      ['route53', 400, 'application/xml'],
    ]);
  });

  it('has no body for a HEAD', async () => {
    start({ buckets: { vault: {} } });
    const answer = await fetch('https://s3tables.us-east-1.amazonaws.com/', { method: 'HEAD' });
    expect({ status: answer.status, text: await answer.text() }).toEqual({ status: 400, text: '' });
  });
});
