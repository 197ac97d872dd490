import { createHash } from 'node:crypto';
import { beforeEach, describe, expect, it } from '@jest/globals';
import CosS3 from 'ibm-cos-sdk/clients/s3';
import { Client } from 'minio';
import type { MockS3 } from '../../src/mock/mock-s3';
import '../../src/testing/jest';
import { makeScreenScene, send } from '../support/screen-scene';

let s3: MockS3;

const keysOfCos = { signatureVersion: 'v4', credentials: { accessKeyId: 'a', secretAccessKey: 'b' } };

const ofAuditor = { Effect: 'Allow', Action: ['s3:GetObject'], Resource: ['arn:aws:s3:::records/*'] } as const;

const { tryAll, restart } = makeScreenScene(
  {
    now: '2026-03-01T12:00:00Z',
    users: { auditor: { policy: { Version: '2012-10-17', Statement: [ofAuditor] } } },
    buckets: {
      drive: { objects: { 'a.txt': '1', 'b/1': '1', 'b/2': '1', 'c.txt': '1', 'd/1': '1', 'e.txt': '1' } },
      home: { objects: { 'ann/a.txt': '12345', 'ann/photos/1.jpg': '1234567' } },
      songs: { objects: { 'sonata in c#.txt': 'la', 'plan?.txt': 'x' } },
      files: { objects: { a: 'pdf', b: 'pdf' } },
      'logs-us': {},
      reports: { objects: { 'order-1.json': 'draft' } },
      keys: { encryption: { Rules: [{ ApplyServerSideEncryptionByDefault: { SSEAlgorithm: 'aws:kms' } }] } },
      records: { objectLock: true, objects: { held: { body: 'x', legalHold: 'ON' }, free: 'x' } },
      names: { versioning: 'Enabled' },
      work: {
        lifecycle: {
          Rules: [
            { ID: 'week', Status: 'Enabled', Filter: { Tag: { Key: 'temp', Value: 'true' } }, Expiration: { Days: 7 } },
          ],
        },
      },
      vault: { versioning: 'Enabled', mfaDelete: 'Enabled' },
    },
  },
  (started) => {
    s3 = started.mock;
  },
);

interface Page {
  readonly Contents?: readonly { readonly Key: string }[];
  readonly CommonPrefixes?: readonly { readonly Prefix: string }[];
  readonly IsTruncated?: boolean;
  readonly NextContinuationToken?: string;
}

async function listFolder(isRight: boolean): Promise<readonly string[]> {
  const names: string[] = [];
  let more: object = {};
  for (;;) {
    const page = (await send('ListObjectsV2', { Bucket: 'drive', MaxKeys: 2, Delimiter: '/', ...more })) as Page;
    const { Contents = [], CommonPrefixes = [] } = page;
    names.push(...Contents.map(({ Key }) => Key), ...CommonPrefixes.map(({ Prefix }) => Prefix));
    if (page.IsTruncated !== true) return names.toSorted();
    more = isRight ? { ContinuationToken: page.NextContinuationToken } : { StartAfter: Contents.at(-1)?.Key };
  }
}

const again = "and so listed 'b/' again";

tryAll(
  'a prefix that two pages have',
  [
    {
      of: 'pages behind the last of Contents',
      test: async () => expect(await listFolder(false)).toEqual(['a.txt', 'b/', 'c.txt', 'd/', 'e.txt']),
      says: again,
    },
  ],
  [
    {
      of: 'pages by their tokens',
      test: async () => expect(await listFolder(true)).toEqual(['a.txt', 'b/']),
      hides: 'again, with which the page before',
    },
  ],
);

async function sumByMinio(isRecursive: boolean): Promise<number> {
  const client = new Client({
    endPoint: 's3.us-east-1.amazonaws.com',
    region: 'us-east-1',
    accessKey: 'a',
    secretKey: 'b',
  });
  let sum = 0;
  for await (const { size = 0 } of client.listObjects('home', 'ann/', isRecursive)) sum += size;
  return sum;
}

const delimiter = 'minio sends a Delimiter unless the listing is recursive';

tryAll(
  'a listing whose client sends a Delimiter',
  [
    {
      of: 'the bytes of all keys',
      test: async () => expect(await sumByMinio(false)).toBe(12),
      says: delimiter,
    },
  ],
  [
    {
      of: 'a recursive listing',
      test: async () => expect(await sumByMinio(true)).toBe(5),
      hides: delimiter,
    },
    {
      of: 'a number that no listing has',
      test: async () => expect(await sumByMinio(false)).toBe(13),
      hides: delimiter,
    },
  ],
);

async function kindOf(Range: string): Promise<string> {
  const { Body } = await send('GetObject', { Bucket: 'home', Key: 'ann/a.txt', Range });
  const text = await (Body as unknown as { transformToString: () => Promise<string> }).transformToString();
  return text === '1234' ? 'pdf' : 'unknown';
}

tryAll(
  'a range that S3 ignored',
  [
    {
      of: 'what the code makes of it',
      test: async () => expect(await kindOf('0-3')).toBe('pdf'),
      says: "Range: '0-3', which S3 ignored: send it as bytes=0-3",
    },
  ],
  [
    {
      of: 'a range in the right form',
      test: async () => expect(await kindOf('bytes=1-4')).toBe('pdf'),
      hides: 'which S3 ignored',
    },
  ],
);

const where = async () => ({ us: (await send('GetBucketLocation', { Bucket: 'logs-us' }))['LocationConstraint'] });

tryAll(
  'a location that S3 leaves out',
  [
    {
      of: 'a value beside others',
      test: async () => expect(await where()).toEqual({ us: 'us-east-1' }),
      says: "read LocationConstraint ?? 'us-east-1'",
    },
  ],
  [
    {
      of: 'another region',
      test: async () => expect(await where()).toEqual({ us: 'eu-west-1' }),
      hides: "?? 'us-east-1'",
    },
  ],
);

const read = (Key: string) => send('GetObject', { Bucket: 'songs', Key }).then(() => undefined);

tryAll(
  'a key that a URL ends early',
  [
    {
      of: 'a fragment',
      test: () => read('sonata in c'),
      says: 'in a URL, # ends the path, and what follows is not sent',
    },
    { of: 'a query', test: () => read('plan'), says: 'in a URL, ? ends the path, and begins the query' },
  ],
  [{ of: 'a key that no other begins with', test: () => read('sonata in d'), hides: 'in a URL' }],
);

const kept = 'with which no request of this test was answered before';

async function save(IfMatch: string | undefined): Promise<void> {
  await send('PutObject', { Bucket: 'files', Key: 'a', Body: 'new', IfMatch });
}

tryAll(
  'an ETag that the code has kept for a write',
  [
    {
      of: 'the ETag of another test',
      test: () => save('"7b809347c1cc01be4a28b4d5d9e8a4bb"'),
      says: kept,
    },
  ],
  [
    {
      of: 'the ETag of an earlier answer',
      async test() {
        const { ETag } = await send('HeadObject', { Bucket: 'files', Key: 'a' });
        await send('PutObject', { Bucket: 'files', Key: 'a', Body: 'other' });
        await save(ETag);
      },
      hides: kept,
    },
    {
      of: 'the ETag of a listing',
      async test() {
        const { Contents = [] } = (await send('ListObjectsV2', { Bucket: 'files' })) as {
          Contents?: { ETag: string }[];
        };
        await send('PutObject', { Bucket: 'files', Key: 'a', Body: 'other' });
        await save(Contents[0]?.ETag);
      },
      hides: kept,
    },
  ],
);

async function countRemoved(Quiet: boolean): Promise<{ readonly removed: number }> {
  const Objects = [{ Key: 'a' }, { Key: 'b' }];
  const { Deleted = [] } = (await send('DeleteObjects', { Bucket: 'files', Delete: { Objects, Quiet } })) as {
    Deleted?: object[];
  };
  return { removed: Deleted.length };
}

tryAll(
  'a quiet batch',
  [
    {
      of: 'a number beside others',
      test: async () => expect(await countRemoved(true)).toEqual({ removed: 2 }),
      says: 'was sent with Quiet: true',
    },
  ],
  [
    {
      of: 'a batch that is not quiet',
      test: async () => expect(await countRemoved(false)).toEqual({ removed: 0 }),
      hides: 'was sent with Quiet',
    },
  ],
);

/** Waits for a code that begins with a zero, and sends it as a number. */
async function purge(change: (code: string) => string): Promise<void> {
  const device = s3.mfa;
  let code = device.code();
  for (let tries = 0; tries < 500 && !code.startsWith('0'); tries += 1) {
    s3.clock.advance({ seconds: 30 });
    code = device.code();
  }
  const { serial } = device;
  await send('DeleteObject', { Bucket: 'vault', Key: 'a', VersionId: 'null', MFA: `${serial} ${change(code)}` });
}

tryAll(
  'a code that has become a number',
  [
    {
      of: 'a code with a zero at its beginning',
      test: () => purge((code) => String(Number(code))),
      says: 'a code is a text, and a number has lost the 0 at its beginning',
    },
  ],
  [
    {
      of: 'a code whose end is missing',
      test: () => purge((code) => code.slice(0, 5)),
      hides: 'has lost the 0',
    },
  ],
);

const name = { Bucket: 'names', Key: '17' };

async function take(): Promise<boolean> {
  try {
    await send('PutObject', { ...name, Body: 'x', IfNoneMatch: '*' });
    return true;
  } catch {
    return false;
  }
}

const free = 'which asks for the current version alone, and DeleteObject names/17 had deleted it';

tryAll(
  'a name that was deleted',
  [
    {
      of: 'a write with IfNoneMatch',
      async test() {
        await take();
        await send('DeleteObject', name);
        expect(await take()).toBe(false);
      },
      says: free,
    },
  ],
  [
    {
      of: 'a name that nobody has taken before',
      test: async () => expect(await take()).toBe(false),
      hides: 'asks for the current version alone',
    },
    {
      of: 'a name that is taken',
      async test() {
        await send('DeleteObject', name);
        await take();
        expect(await take()).toBe(true);
      },
      hides: 'asks for the current version alone',
    },
  ],
);

async function keep(input: object): Promise<void> {
  await send('PutObject', { Bucket: 'work', Key: 'a.bin', Body: 'x', ...input });
  s3.clock.advance({ days: 9 });
  expect(s3.bucket('work').keys).toEqual([]);
}

const noTag = "it has it as metadata, and metadata is no tag: send Tagging: 'temp=true'";

tryAll(
  'a rule that selects by tags',
  [{ of: 'metadata of that name', test: () => keep({ Metadata: { temp: 'true' } }), says: noTag }],
  [{ of: 'metadata of another value', test: () => keep({ Metadata: { temp: 'no' } }), hides: 'is no tag' }],
);

const publish = () =>
  send('PutObject', { Bucket: 'reports', Key: 'order-1.json', Body: 'final', Metadata: { by: 'ann' } });

const stays = "The test read 'order-1.json' of bucket 'reports' by a handle before PutObject reports/order-1.json";

tryAll(
  'a version that a handle read before the write',
  [
    {
      of: 'its metadata',
      async test() {
        const { metadata } = s3.bucket('reports').object('order-1.json');
        await publish();
        expect(metadata).toEqual({ by: 'ann' });
      },
      says: stays,
    },
  ],
  [
    {
      of: 'metadata that the object does not have now',
      async test() {
        const { metadata } = s3.bucket('reports').object('order-1.json');
        await publish();
        expect(metadata).toEqual({ by: 'bob' });
      },
      hides: stays,
    },
    {
      of: 'a handle that the test read after the write',
      async test() {
        await publish();
        expect(s3.bucket('reports').object('order-1.json').tags).toEqual({ by: 'ann' });
      },
      hides: stays,
    },
  ],
);

it('takes the next number of a key for another key', () => {
  expect(() => s3.bucket('reports').object('order-2.json')).not.toThrow('Did you mean');
  expect(() => s3.bucket('reports').object('ordre-1.json')).toThrow('order-1.json');
});

async function isHeld(Key: string): Promise<boolean> {
  const { ObjectLockLegalHoldStatus } = await send('HeadObject', { Bucket: 'records', Key });
  return ObjectLockLegalHoldStatus === 'ON';
}

const hidden = 'since user auditor may not do s3:GetObjectLegalHold';

tryAll(
  'a lock that an answer leaves out',
  [
    {
      of: 'a legal hold',
      async test() {
        s3.actAs('auditor');
        expect(await isHeld('held')).toBe(true);
      },
      says: hidden,
    },
  ],
  [
    {
      of: 'an object without a lock',
      async test() {
        s3.actAs('auditor');
        expect(await isHeld('free')).toBe(true);
      },
      hides: 'may not do s3:GetObject',
    },
    {
      of: 'the root user',
      test: async () => expect(await isHeld('held')).toBe(false),
      hides: 'may not do s3:GetObject',
    },
  ],
);

async function isStored(Bucket: string): Promise<boolean> {
  const { ETag } = await send('PutObject', { Bucket, Key: 'a', Body: 'rows' });
  return ETag === `"${createHash('md5').update('rows').digest('hex')}"`;
}

const ofKms = 'the object is encrypted by KMS, so its ETag is not the MD5 of its bytes';

tryAll(
  'an ETag that the code compares with a digest',
  [{ of: 'a bucket with KMS', test: async () => expect(await isStored('keys')).toBe(true), says: ofKms }],
  [{ of: 'a bucket without', test: async () => expect(await isStored('names')).toBe(false), hides: ofKms }],
);

describe('a retention of IBM COS in days', () => {
  beforeEach(() =>
    restart({
      dialect: 'ibm-cos',
      now: '2026-03-01T12:00:00Z',
      buckets: {
        kept: {
          protection: {
            Status: 'Retention',
            MinimumRetention: { Days: 0 },
            DefaultRetention: { Days: 30 },
            MaximumRetention: { Days: 3650 },
          },
        },
      },
    }),
  );

  async function discardAfter(days: number, RetentionPeriod: number): Promise<boolean> {
    const cos = new CosS3({
      endpoint: 's3.us-south.cloud-object-storage.appdomain.cloud',
      region: 'us-south',
      ...keysOfCos,
    });
    await cos.putObject({ Bucket: 'kept', Key: 'a', Body: 'x', RetentionPeriod } as never).promise();
    s3.clock.advance({ days });
    return cos
      .deleteObject({ Bucket: 'kept', Key: 'a' })
      .promise()
      .then(
        () => true,
        () => false,
      );
  }

  const inSeconds = 'RetentionPeriod of PutObject kept/a is in seconds';

  tryAll(
    'a delete that came before as many days',
    [{ of: 'a year', test: async () => expect(await discardAfter(100, 365)).toBe(false), says: inSeconds }],
    [
      {
        of: 'a delete behind as many days',
        test: async () => expect(await discardAfter(400, 365)).toBe(false),
        hides: 'is in seconds',
      },
      {
        of: 'a period in seconds',
        test: async () => expect(await discardAfter(3, 86_400)).toBe(false),
        hides: 'is in seconds',
      },
    ],
  );
});
