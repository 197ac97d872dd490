import {
  DeleteObjectCommand,
  DeleteObjectsCommand,
  GetObjectCommand,
  HeadObjectCommand,
  ListObjectsV2Command,
  PutBucketVersioningCommand,
  PutObjectCommand,
  S3Client,
} from '@aws-sdk/client-s3';
import { afterAll, beforeEach, describe, expect, it } from '@jest/globals';
import { deleteMarker, type MockS3Options, mockS3 as makeMock } from 's3-versioning-mock';
import { mockS3 } from 's3-versioning-mock/jest';
import { refused, serveDoor } from '../support/door';

const partnerKeys = { accessKeyId: 'AKIAPARTNER', secretAccessKey: 'of-the-partner' };
const hard = "it's\n\u202e` \\ \u{1f600}";

const s3 = mockS3({
  now: '2026-03-01T12:00:00Z',
  seed: 'written-tests',
  users: {
    'division/ann': { policy: { Statement: [{ Effect: 'Allow', Action: 's3:*', Resource: '*' }] } },
    ben: {},
  },
  roles: { replication: {}, reader: { tags: { team: 'finance' } } },
  accounts: { partner: { credentials: partnerKeys, users: { carol: {} } }, other: { credentials: undefined } },
  buckets: {
    plain: { objects: { 'a.txt': 'first' } },
    media: {
      versioning: 'Enabled',
      replication: {
        Role: 'arn:aws:iam::000000000000:role/replication',
        Rules: [
          {
            Priority: 1,
            Status: 'Enabled',
            Filter: { Prefix: '' },
            DeleteMarkerReplication: { Status: 'Disabled' },
            Destination: { Bucket: 'arn:aws:s3:::replica' },
          },
        ],
      },
    },
    replica: { versioning: 'Enabled', owner: 'partner' },
    vault: {
      versioning: 'Enabled',
      mfaDelete: 'Enabled',
      objectLock: true,
      tags: { team: 'finance' },
      policy: {
        Statement: [
          {
            Effect: 'Allow',
            Principal: { AWS: 'arn:aws:iam::000000000000:user/division/ann' },
            Action: 's3:GetObject',
            Resource: 'arn:aws:s3:::vault/*',
          },
        ],
      },
      accessPoints: { reports: {} },
      objects: {
        'a.txt': ['first', deleteMarker, { body: 'third', tags: { year: '2026' }, storageClass: 'STANDARD_IA' }],
        'locked.pdf': [
          {
            body: 'signed',
            retention: { Mode: 'GOVERNANCE', RetainUntilDate: '2027-01-01T00:00:00Z' },
            legalHold: 'ON',
          },
        ],
        'bytes.bin': [{ body: Buffer.from([0, 255, 128]), metadata: { from: 'camera' } }],
        'large.iso': [{ size: 5_000_000_000 }],
        [hard]: [hard],
        ['__proto__']: ['first'],
      },
    },
  },
});
const { door, client } = serveDoor(s3);

async function code(method: string, path: string, body?: object): Promise<string> {
  const answer = await door(method, path, body);
  expect(answer).toEqual({ status: 200, body: { code: expect.any(String) } });
  return (answer.body as { readonly code: string }).code;
}

/** Evaluates the lines as a test file would, and returns the state that they make. */
async function evaluate(lines: string): Promise<MockS3Options> {
  const made = new Function('mockS3', `${lines}\nreturn s3;`)((options: MockS3Options) =>
    makeMock({ ...options, hosts: { only: [] } }),
  );
  const state = JSON.parse(JSON.stringify(made));
  await made.stop();
  return state;
}

const stateOf = (): MockS3Options => JSON.parse(JSON.stringify(s3));

describe('a fixture, through the door', () => {
  it('makes the same state again, without keys', async () => {
    await client.send(new PutObjectCommand({ Bucket: 'vault', Key: 'b.txt', Body: 'by a request' }));
    await client.send(new PutObjectCommand({ Bucket: 'media', Key: 'cat.jpg', Body: 'waits for its copy' }));
    await client.send(new DeleteObjectCommand({ Bucket: 'vault', Key: 'a.txt' }));
    const lines = await code('GET', '/fixture');
    const state = stateOf();
    expect(state.accounts).toEqual({ partner: { credentials: partnerKeys, users: { carol: {} } }, other: {} });
    expect(await evaluate(lines)).toEqual({ ...state, accounts: { partner: { users: { carol: {} } }, other: {} } });
    expect(lines).toMatch(
      /^const s3 = mockS3\(\{\n {2}accounts: \{ partner: \{ users: \{ carol: \{\} \} \}, other: \{\} \},\n/,
    );
    expect(lines).not.toMatch(/AKIA|of-the-partner|credentials|secret/i);
  });

  it.each(['plain', 'vault', 'media', 'replica'])('makes the bucket %s again, with what it names', async (name) => {
    if (name !== 'replica')
      await client.send(new PutObjectCommand({ Bucket: name, Key: 'b.txt', Body: 'by a request' }));
    const lines = await code('GET', `/fixture?bucket=${name}`);
    expect((await evaluate(lines)).buckets).toEqual({ [name]: stateOf().buckets?.[name] });
  });

  it('has the users, roles and accounts that the bucket names, and no others', async () => {
    const names = async (bucket: string) => {
      const { users = {}, roles = {}, accounts = {} } = await evaluate(await code('GET', `/fixture?bucket=${bucket}`));
      return [users, roles, accounts].map((one) => Object.keys(one));
    };
    expect(await names('plain')).toEqual([[], [], []]);
    expect(await names('vault')).toEqual([['division/ann'], [], []]);
    expect(await names('media')).toEqual([[], ['replication'], []]);
    expect(await names('replica')).toEqual([[], [], ['partner']]);
  });

  it('is written in lines as a formatter breaks them', async () => {
    expect(await code('GET', '/fixture?bucket=plain')).toBe(`const s3 = mockS3({
  seed: 'written-tests',
  now: '2026-03-01T12:00:00.000Z',
  buckets: {
    plain: { objects: { 'a.txt': [{ body: 'first', versionId: 'null', lastModified: '2026-03-01T12:00:00.000Z' }] } },
  },
});`);
    expect(await door('GET', '/fixture?bucket=missing')).toMatchObject(refused(404, { code: 'NO_SUCH_BUCKET' }));
  });
});

describe('a fixture of a mock of IBM COS', () => {
  const cos = makeMock({ dialect: 'ibm-cos', hosts: { only: [] }, buckets: { shelf: {} } });
  const served = serveDoor(cos);
  afterAll(() => cos.stop());

  it('makes a mock of IBM COS with the same objects', async () => {
    const endpoint = served.url;
    const shelf = new S3Client({ endpoint, forcePathStyle: true, region: 'us-south', ...cos.account });
    await shelf.send(new PutObjectCommand({ Bucket: 'shelf', Key: 'a.txt', Body: 'first' }));
    shelf.destroy();
    const { body } = await served.door('GET', '/fixture');
    const { code: lines } = body as { readonly code: string };
    expect(lines).toContain("dialect: 'ibm-cos'");
    expect(await evaluate(lines)).toEqual(JSON.parse(JSON.stringify(cos)));
  });
});

describe('assertions, through the door', () => {
  beforeEach(async () => {
    const anonymous = new S3Client({
      region: 'us-east-1',
      maxAttempts: 1,
      signer: { sign: async (request) => request },
    });
    await client.send(new PutObjectCommand({ Bucket: 'vault', Key: "it's.txt", Body: 'first', Metadata: { a: 'b' } }));
    await client.send(new PutObjectCommand({ Bucket: 'vault', Key: 'large.bin', Body: Buffer.alloc(1000) }));
    await client.send(new HeadObjectCommand({ Bucket: 'vault', Key: "it's.txt", IfModifiedSince: new Date(0) }));
    await client.send(new ListObjectsV2Command({ Bucket: 'vault', Prefix: 'it', MaxKeys: 2 }));
    await client.send(new ListObjectsV2Command({ Bucket: 'vault', Prefix: 'it', MaxKeys: 2 }));
    await client.send(
      new DeleteObjectsCommand({ Bucket: 'plain', Delete: { Objects: [{ Key: 'a.txt' }, { Key: 'b' }] } }),
    );
    await expect(client.send(new GetObjectCommand({ Bucket: 'vault', Key: 'lost' }))).rejects.toThrow();
    await expect(anonymous.send(new GetObjectCommand({ Bucket: 'plain', Key: 'a.txt' }))).rejects.toThrow();
    const versioning = { Status: 'Suspended', MFADelete: 'Disabled' } as const;
    const MFA = s3.mfa.header();
    await expect(
      client.send(new PutBucketVersioningCommand({ Bucket: 'vault', VersioningConfiguration: versioning, MFA })),
    ).rejects.toThrow();
    anonymous.destroy();
  });

  /** The lines hold on the mock that received the requests. */
  const hold = (lines: string) => new Function('expect', 's3', lines)(expect, s3);

  it('hold on the same mock, and say what S3 refused', async () => {
    const lines = await code('POST', '/assertions', {});
    hold(lines);
    expect(lines).toBe(`expect(s3).toHaveReceived('PutObject', {
  Bucket: 'vault',
  Key: 'it\\'s.txt',
  ContentType: 'application/octet-stream',
  Metadata: { a: 'b' },
  Body: 'first',
});
expect(s3).toHaveReceived('PutObject', { Bucket: 'vault', Key: 'large.bin', ContentType: 'application/octet-stream' });
expect(s3).toHaveReceived('HeadObject', {
  Bucket: 'vault',
  Key: 'it\\'s.txt',
  IfModifiedSince: new Date('1970-01-01T00:00:00.000Z'),
});
expect(s3).toHaveReceived('ListObjectsV2', { Bucket: 'vault', MaxKeys: 2, Prefix: 'it' });
expect(s3).toHaveReceived('DeleteObjects', { Bucket: 'plain', Delete: { Objects: [{ Key: 'a.txt' }, { Key: 'b' }] } });
expect(s3).toHaveRefused('GetObject', { Bucket: 'vault', Key: 'lost' }, { code: 'NoSuchKey' });
expect(s3).toHaveRefused('GetObject', { Bucket: 'plain', Key: 'a.txt' }, { code: 'AccessDenied' });
expect(s3).toHaveRefused('PutBucketVersioning', {
  Bucket: 'vault',
  VersioningConfiguration: { Status: 'Suspended', MFADelete: 'Disabled' },
}, { code: 'InvalidBucketState' });`);
    expect(lines).not.toContain(s3.mfa.serial);
  });

  it('are those of the chosen requests, in their order', async () => {
    const first = s3.requests.feed.before;
    const lines = await code('POST', '/assertions', { requests: [first + 7, first + 4, first + 5] });
    hold(lines);
    expect(lines.split('\n')).toEqual([
      `expect(s3).toHaveRefused('GetObject', { Bucket: 'vault', Key: 'lost' }, { code: 'NoSuchKey' });`,
      `expect(s3).toHaveReceived('ListObjectsV2', { Bucket: 'vault', MaxKeys: 2, Prefix: 'it' });`,
    ]);
    expect(await code('POST', '/assertions', { requests: [] })).toBe('');
    expect(await door('POST', '/assertions', { requests: [first + 100] })).toMatchObject(
      refused(404, { code: 'NO_SUCH_REQUEST' }),
    );
    s3.requests.clear();
    expect(await code('POST', '/assertions', { requests: [first + 4] })).toBe('');
    expect(await door('POST', '/assertions?requests=1')).toMatchObject(refused(400, /It takes no options\.$/));
    for (const requests of ['1', [1.5], ['1']])
      expect(await door('POST', '/assertions', { requests })).toMatchObject(refused(400, /requests/));
  });

  it('do not hold on a mock that received nothing', async () => {
    const lines = await code('POST', '/assertions', {});
    s3.requests.clear();
    expect(() => hold(lines)).toThrow();
  });

  it('are without secrets, and say which request is no operation', async () => {
    s3.requests.clear();
    const { body } = await door('POST', '/buckets/vault/presign', { method: 'POST', key: 'a.txt' });
    const { url } = body as { readonly url: string };
    await fetch(url, { method: 'POST' });
    const SSECustomerKey = Buffer.alloc(32, 7).toString('base64');
    const sse = { SSECustomerAlgorithm: 'AES256', SSECustomerKey, SSECustomerKeyMD5: 'x' };
    await client.send(new GetObjectCommand({ Bucket: 'vault', Key: 'a.txt', ...sse })).catch(() => {});
    const lines = await code('POST', '/assertions', {});
    expect(lines).toContain("SSECustomerAlgorithm: 'AES256'");
    expect(lines).toMatch(/^\/\/ POST http:.*Signature=<signature>.* is no operation of S3\.$/m);
    expect(lines).not.toContain(SSECustomerKey);
    expect(lines).not.toContain('KeyMD5');
    hold(lines);
  });

  it('compile: they leave out what has no type, such as a word that S3 does not have', async () => {
    s3.requests.clear();
    const wrong = { StorageClass: 'CELLAR', ACL: 'mine', Body: 'x' } as unknown as { readonly Body: string };
    await client.send(new PutObjectCommand({ Bucket: 'vault', Key: 'a.txt', ...wrong })).catch(() => {});
    const MaxKeys = 'many' as unknown as number;
    await client.send(new ListObjectsV2Command({ Bucket: 'vault', MaxKeys })).catch(() => {});
    const VersioningConfiguration = { Status: 'Paused', MFADelete: 'Disabled' } as unknown as { MFADelete: 'Disabled' };
    await client.send(new PutBucketVersioningCommand({ Bucket: 'vault', VersioningConfiguration })).catch(() => {});
    const lines = await code('POST', '/assertions', {});
    hold(lines);
    expect(lines).toContain("{ Bucket: 'vault' }, { code: 'InvalidArgument' }");
    expect(lines).toContain("VersioningConfiguration: { MFADelete: 'Disabled' }");
    expect(lines).not.toMatch(/CELLAR|mine|many|Paused/);
  });
});
