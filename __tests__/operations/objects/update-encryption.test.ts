import { GetObjectCommand, S3Client, UpdateObjectEncryptionCommand } from '@aws-sdk/client-s3';
import { describe, expect, it } from '@jest/globals';
import { mockS3 } from 's3-versioning-mock/jest';
import { absent, ann, asAnn, type Condition, equals, holdsFor } from '../../support/conditions';
import { errorDocument, refusalIn } from '../../support/documents';
import { refusal } from '../../support/objects';
import { send, signedWith } from '../../support/wire-client';

const account = '111122223333';
const arnOf = (id: number, owner = account, region = 'us-east-1') =>
  `arn:aws:kms:${region}:${owner}:key/00000000-0000-4000-8000-00000000000${id}`;
const [old, next] = [arnOf(1), arnOf(2)];
const day = 24 * 60 * 60 * 1000;
const start = Date.parse('2026-03-31T12:00:00Z');
const RetainUntilDate = new Date(start + day);

const s3 = mockS3({
  account,
  now: start,
  buckets: {
    vault: {
      versioning: 'Enabled',
      objectLock: true,
      region: 'us-east-1',
      objects: {
        plain: ['first', { body: 'second', metadata: { by: 'ann' }, tags: { a: '1' }, storageClass: 'STANDARD_IA' }],
        kms: {
          body: 'data',
          encryption: { ServerSideEncryption: 'aws:kms', SSEKMSKeyId: old, BucketKeyEnabled: true },
        },
        dsse: { body: 'data', encryption: 'aws:kms:dsse' },
        customer: { body: 'data', encryption: { SSECustomerKey: Buffer.alloc(32, 'k') } },
        archived: { body: 'data', storageClass: 'GLACIER' },
        governed: { body: 'data', retention: { Mode: 'GOVERNANCE', RetainUntilDate } },
        held: { body: 'data', legalHold: 'ON' },
        marked: ['data', { deleteMarker: true, versionId: 'marker' }],
      },
    },
  },
});
const vault = s3.bucket('vault');

const document = (content: string) => `<ObjectEncryption>${content}</ObjectEncryption>`;
const toKms = (arn: string, more = '') => document(`<SSE-KMS>${more}<KMSKeyArn>${arn}</KMSKeyArn></SSE-KMS>`);
const update = (key: string, body = toKms(next), query = '') =>
  send({ method: 'PUT', path: `/vault/${key}?encryption${query}`, body });

// https://docs.aws.amazon.com/AmazonS3/latest/API/API_UpdateObjectEncryption.html F633
describe('UpdateObjectEncryption', () => {
  it('changes the encryption of the current version and nothing else', async () => {
    const before = vault.versions('plain');
    const head = await send({ method: 'HEAD', path: '/vault/plain' });
    s3.clock.advance({ days: 1 });
    const answer = await update('plain');
    expect({ status: answer.status, body: answer.body, versionId: answer.header('x-amz-version-id') }).toEqual({
      status: 200,
      body: '',
      versionId: undefined,
    });
    const encryption = { ServerSideEncryption: 'aws:kms', SSEKMSKeyId: next };
    expect(vault.versions('plain')).toEqual([{ ...before[0], encryption }, before[1]]);
    const after = await send({ method: 'HEAD', path: '/vault/plain' });
    for (const name of ['ETag', 'Last-Modified', 'x-amz-version-id', 'x-amz-storage-class'])
      expect(after.header(name)).toBe(head.header(name));
  });

  it('changes the version that it names', async () => {
    const [current, first] = vault.versions('plain');
    expect((await update('plain', toKms(next), `&versionId=${first?.versionId}`)).status).toBe(200);
    expect(vault.versions('plain').map(({ encryption }) => encryption?.SSEKMSKeyId)).toEqual([undefined, next]);
    expect(vault.current('plain')).toEqual(current);
  });

  it.each([
    ['', undefined],
    ['<BucketKeyEnabled>false</BucketKeyEnabled>', undefined],
    ['<BucketKeyEnabled>true</BucketKeyEnabled>', true],
  ])('replaces the key of KMS and its bucket key: %j', async (more, BucketKeyEnabled) => {
    const etag = vault.object('kms').etag;
    expect((await update('kms', toKms(next, more))).status).toBe(200);
    expect(vault.object('kms').encryption).toEqual({
      ServerSideEncryption: 'aws:kms',
      SSEKMSKeyId: next,
      ...(BucketKeyEnabled && { BucketKeyEnabled }),
    });
    expect(vault.object('kms').etag).toBe(etag);
  });

  it('changes an archived object, and a retained one whose retention is over', async () => {
    expect((await update('archived')).status).toBe(200);
    s3.clock.set(RetainUntilDate);
    expect((await update('governed')).status).toBe(200);
  });

  it.each(['dsse', 'customer'])('is refused for an object of %s', async (key) => {
    const text =
      "The UpdateObjectEncryption operation doesn't support source objects with the encryption type DSSE-KMS or SSE-C. Only source objects encrypted with SSE-S3 or SSE-KMS are supported.";
    const { status, text: answered } = await update(key);
    expect({ status, answered }).toEqual({ status: 400, answered: errorDocument('InvalidRequest', text) });
  });

  it.each(['governed', 'held'])('is refused for an object that is %s', async (key) => {
    const { status, body } = await update(key);
    expect(status).toBe(403);
    expect(body).toContain('<Code>AccessDenied</Code><Message>The encryption type for the specified object can');
    expect(s3.requests.last()?.why).toContain(key === 'held' ? 'under a legal hold' : 'retained in GOVERNANCE mode');
  });

  it.each([
    ['nowhere', '', 404, 'NoSuchKey'],
    ['plain', '&versionId=nonsense', 400, 'InvalidArgument'],
    ['plain', '&versionId=marker', 404, 'NoSuchVersion'],
    ['marked', '', 405, 'MethodNotAllowed'],
    ['marked', '&versionId=marker', 405, 'MethodNotAllowed'],
  ])('of %s%s is %i %s', async (key, query, status, code) => {
    expect(refusalIn(await update(key, toKms(next), query))).toMatchObject({ status, code });
  });

  it.each([
    ['no encryption', document(''), 'require a valid new encryption type. Valid values are SSEKMS.'],
    ['SSE-S3', document('<SSE-S3/>'), 'require a valid new encryption type. Valid values are SSEKMS.'],
    ['DSSE', document('<DSSE-KMS/>'), 'support updating the encryption type to DSSE-KMS or SSE-C.'],
    ['SSE-C', document('<SSE-C/>'), 'support updating the encryption type to DSSE-KMS or SSE-C.'],
    ['no key', document('<SSE-KMS/>'), 'require an AWS KMS key Amazon Resource Name (ARN).'],
    ['an alias', toKms('alias/vault'), 'require a valid AWS KMS key Amazon Resource Name (ARN).'],
    ['an alias by ARN', toKms(`arn:aws:kms:us-east-1:${account}:alias/a`), 'require a valid AWS KMS key Amazon'],
    ['an id', toKms('00000000-0000-4000-8000-000000000002'), 'require a valid AWS KMS key Amazon Resource Name'],
    ['a wrong word', toKms(next, '<BucketKeyEnabled>yes</BucketKeyEnabled>'), 'Valid values are true or false.'],
  ])('to %s is InvalidRequest', async (_what, body, text) => {
    const answer = await update('plain', body);
    expect(answer.status).toBe(400);
    expect(answer.body).toContain('<Code>InvalidRequest</Code>');
    expect(answer.body).toContain(text);
  });

  it.each([
    ['no XML', 'data', 400, 'MalformedXML'],
    ['another element', document('<Other/>'), 400, 'MalformedXML'],
    ['a key of another account', toKms(arnOf(1, '999988887777')), 403, 'AccessDenied'],
    ['a key of another region', toKms(arnOf(1, account, 'us-west-2')), 400, 'KMS.NotFoundException'],
  ])('to %s is refused', async (_what, body, status, code) => {
    expect(refusalIn(await update('plain', body))).toMatchObject({ status, code });
  });

  it.each([old, next])('asks for both keys, the former one and the new one: %s', async (arn) => {
    s3.kmsKeys.set(arn, 'disabled');
    expect(await update('kms')).toMatchObject(refusal(400, 'KMS.DisabledException', `${arn} is disabled.`));
  });

  it('needs a signature of version 4', async () => {
    const answer = await send({
      method: 'PUT',
      path: '/vault/plain?encryption',
      headers: { Authorization: 'AWS KEY:c2lnbmF0dXJl' },
      body: toKms(next),
    });
    expect(answer.status).toBe(400);
    expect(answer.body).toContain('require AWS Signature Version 4. Modify the request to use');
  });
});

it('UpdateObjectEncryption is sent by the AWS SDK and recorded under its name', async () => {
  const client = new S3Client({ region: 'us-east-1' });
  const ObjectEncryption = { SSEKMS: { KMSKeyArn: next, BucketKeyEnabled: true } };
  await client.send(new UpdateObjectEncryptionCommand({ Bucket: 'vault', Key: 'plain', ObjectEncryption }));
  expect(s3).toHaveReceived('UpdateObjectEncryption', { Bucket: 'vault', Key: 'plain', ObjectEncryption });
  expect(await client.send(new GetObjectCommand({ Bucket: 'vault', Key: 'plain' }))).toMatchObject({
    ServerSideEncryption: 'aws:kms',
    SSEKMSKeyId: next,
    BucketKeyEnabled: true,
  });
});

// https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazons3.html F633
it.each<readonly [Condition, boolean]>([
  [equals('s3:x-amz-server-side-encryption', 'aws:kms'), true],
  [equals('s3:x-amz-server-side-encryption-aws-kms-key-id', next), true],
  [equals('s3:x-amz-server-side-encryption-aws-kms-key-id', old), false],
  [absent('s3:x-amz-server-side-encryption'), false],
])('a policy reads the new key of the document: %j is %s', async (condition, expected) => {
  const ask = () =>
    asAnn(s3, {
      method: 'PUT',
      path: '/vault/plain?encryption',
      body: toKms(next),
      headers: signedWith(ann(s3).credentials.accessKeyId),
    });
  expect(await holdsFor(s3, { action: 's3:UpdateObjectEncryption', condition, ask })).toBe(expected);
});
