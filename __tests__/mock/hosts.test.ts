import { GetObjectCommand, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { expect, it } from '@jest/globals';
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
