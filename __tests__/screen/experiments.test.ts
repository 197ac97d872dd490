import {
  AbortMultipartUploadCommand,
  CreateMultipartUploadCommand,
  DeleteObjectCommand,
  GetObjectCommand,
  ListObjectsV2Command,
  ListObjectVersionsCommand,
  PutObjectCommand,
  S3Client,
} from '@aws-sdk/client-s3';
import { AssumeRoleCommand, GetSessionTokenCommand, STSClient } from '@aws-sdk/client-sts';
import { getSignedUrl } from '@aws-sdk/s3-request-presigner';
import { afterEach, describe, expect, it, jest } from '@jest/globals';
import { thisTestFile } from '../../src/border/this-test-file';
import { createMock } from '../../src/faces/engine';
import { deleteMarker, mockS3 } from '../../src/index';
import type { MockControl } from '../../src/mock/create-mock';
import { Lifetime } from '../../src/mock/lifetime';
import type { MockS3 } from '../../src/mock/mock-s3';
import type { MockS3Options } from '../../src/mock/options';
import { hints } from '../../src/screen/experiments';
import * as screens from '../../src/screen/index';
import { screenOf } from '../support/failed-tests';

let control: MockControl | undefined;

function begin(options: MockS3Options = {}): MockS3 {
  control = createMock(
    { buckets: { vault: { versioning: 'Enabled', objects: { 'a.txt': 'first' } } }, ...options },
    mockS3,
  );
  control.lifetime.start();
  return control.mock;
}

/** The store of a mock, which its users do not see. */
function beginLifetime(): Lifetime {
  const lifetime = new Lifetime(
    { buckets: { vault: {} } },
    () => ({ file: '', place: '' }),
    thisTestFile,
    () => screens,
  );
  lifetime.start();
  return lifetime;
}

async function end(lifetime: Lifetime): Promise<void> {
  await lifetime.stop();
  lifetime.restoreEnvironment();
}

afterEach(async () => {
  await control?.mock.stop();
  control?.lifetime.restoreEnvironment();
  control = undefined;
});

const at = { Bucket: 'vault', Key: 'a.txt' };
const client = () => new S3Client({ maxAttempts: 1 });
const assertion = { name: 'AssertionError', message: 'expected 1 to be 2' };
const screen = (error: Parameters<typeof screenOf>[1] = 'it failed') => screenOf(control as MockControl, error) ?? '';
const ignore = async (call: Promise<unknown>) => void (await call.catch(() => {}));

describe('a presigned URL that S3 refuses', () => {
  it.each<[string, (url: string) => Promise<Response>, string]>([
    [
      'is known to be signed for another method',
      (url) => fetch(url, { method: 'PUT', body: 'x' }),
      'PutObject vault/a.txt: the URL was signed for GET, and the request is a PUT: send a GET; or, if the URL is for PUT requests, sign it for them, getSignedUrl(client, new PutObjectCommand(…)).',
    ],
    [
      'is known to have a parameter more',
      (url) => fetch(`${url}&download=1`),
      'GetObject vault/a.txt: the URL was signed without download, which was added later: add it before the signature.',
    ],
  ])('%s', async (_title, send, line) => {
    begin();
    const url = await getSignedUrl(client(), new GetObjectCommand(at));
    expect((await send(url)).status).toBe(403);
    expect(screen()).toContain(line);
    expect(screen()).not.toContain('compare the method');
  });

  it('is known to be signed for another method though there is no such key yet', async () => {
    begin();
    const url = await getSignedUrl(client(), new GetObjectCommand({ ...at, Key: 'new.txt' }));
    expect((await fetch(url, { method: 'PUT', body: 'x' })).status).toBe(403);
    expect(screen()).toContain('PutObject vault/new.txt: the URL was signed for GET, and the request is a PUT');
  });

  it('is known to be signed for another type', async () => {
    begin();
    const command = new PutObjectCommand({ ...at, ContentType: 'image/png' });
    const url = await getSignedUrl(client(), command, { signableHeaders: new Set(['content-type']) });
    expect((await fetch(url, { method: 'PUT', body: 'x' })).status).toBe(403);
    expect(screen()).toContain(
      'PutObject vault/a.txt: it was signed with Content-Type: image/png, and the request has text/plain;charset=UTF-8: send the type that was signed.',
    );
  });

  it('signed with a wrong secret, was signed for no other method', async () => {
    const s3 = begin();
    const credentials = { ...s3.account.credentials, secretAccessKey: 'wrong' };
    const signer = new S3Client({ maxAttempts: 1, credentials });
    for (const command of [new ListObjectsV2Command({ Bucket: 'vault' }), new GetObjectCommand(at)])
      expect((await fetch(await getSignedUrl(signer, command as GetObjectCommand))).status).toBe(403);
    expect(screen()).toContain('S3 refused 2 requests');
    expect(screen()).not.toContain('was signed for');
  });

  it('is not explained by a time to which nobody has moved the clock', async () => {
    begin();
    const url = await getSignedUrl(client(), new GetObjectCommand(at), {
      expiresIn: 60,
      signingDate: new Date('2024-01-01T00:00:00Z'),
    });
    expect((await fetch(url)).status).toBe(403);
    expect(screen()).not.toContain('the time of its signature');
  });

  it('shows no secret', async () => {
    const s3 = begin();
    const url = await getSignedUrl(client(), new GetObjectCommand(at));
    await fetch(url, { method: 'PUT', body: 'x' });
    const { secretAccessKey } = s3.account.credentials;
    expect(screen()).not.toContain(secretAccessKey);
    expect(screen()).not.toContain(new URL(url).searchParams.get('X-Amz-Signature'));
  });
});

const statement = (Action: string, Resource: string) => ({ Effect: 'Allow' as const, Action, Resource });
const policyOf = (...Statement: readonly object[]) => ({ Version: '2012-10-17' as const, Statement }) as never; // as AWS writes it

/** A user who can read only as a session of a role. */
function beginAsApp(): void {
  const trust = policyOf({ Effect: 'Allow', Principal: { AWS: '*' }, Action: 'sts:AssumeRole' });
  begin({
    caller: 'app',
    users: { app: { policy: policyOf(statement('sts:AssumeRole', '*')) } },
    roles: { reader: { trust, policy: policyOf(statement('s3:GetObject', 'arn:aws:s3:::vault/*')) } },
  });
}

const assumeReader = () =>
  new STSClient({}).send(
    new AssumeRoleCommand({ RoleArn: 'arn:aws:iam::000000000000:role/reader', RoleSessionName: 'app' }),
  );

describe('a refused request', () => {
  it.each([
    ['its name, in front of the host', new S3Client({ maxAttempts: 1 })],
    ['its name, in the path', new S3Client({ maxAttempts: 1, forcePathStyle: true })],
  ])('would have been answered in the bucket of nearly %s', async (_title, sender) => {
    begin();
    await ignore(sender.send(new PutObjectCommand({ Bucket: 'valut', Key: 'b.txt', Body: 'b' })));
    expect(screen()).toContain(
      'PutObject valut/b.txt: it would have been answered in the bucket vault; the code named valut.',
    );
  });

  it('would have been answered in the only bucket that has the key', async () => {
    begin({
      buckets: { vault: { objects: { 'a.txt': 'a', 'b.txt': 'b' } }, copies: { objects: { 'b.txt': 'b' } }, empty: {} },
    });
    for (const [Bucket, Key] of [
      ['empty', 'a.txt'],
      ['empty', 'b.txt'],
      ['missing', 'a.txt'],
    ] as const)
      await ignore(client().send(new GetObjectCommand({ Bucket, Key })));
    expect(screen()).toContain(
      'GetObject empty/a.txt: it would have been answered in the bucket vault; the code named empty.',
    );
    expect(screen()).toContain(
      'GetObject missing/a.txt: it would have been answered in the bucket vault; the code named missing.',
    );
    expect(screen()).not.toContain('GetObject empty/b.txt: it would');
  });

  it.each([
    ['differs in a number', { 'logs-2': {} }, 'logs-1'],
    ['is another word', { assets: {} }, 'reports'],
    ['is in another region', { vault: { region: 'eu-west-1' } }, 'valut'],
  ])('is not explained by a bucket whose name %s', async (_title, buckets, Bucket) => {
    begin({ buckets });
    await ignore(client().send(new PutObjectCommand({ Bucket, Key: 'b.txt', Body: 'b' })));
    expect(screen()).toContain('NoSuchBucket');
    expect(screen()).not.toContain('it would have been answered');
  });

  it('is not explained by the key of another bucket if the test has deleted it here', async () => {
    begin({ buckets: { vault: { objects: { 'a.txt': 'a' } }, copies: { objects: { 'a.txt': 'a' } } } });
    await client().send(new DeleteObjectCommand(at));
    await ignore(client().send(new GetObjectCommand(at)));
    expect(screen()).toContain('NoSuchKey');
    expect(screen()).not.toContain('it would have been answered');
  });

  it('would have been answered with the version id in place of its ETag', async () => {
    const s3 = begin();
    const { etag, versionId } = s3.bucket('vault').object('a.txt');
    await ignore(client().send(new GetObjectCommand({ ...at, VersionId: etag.replaceAll('"', '') })));
    expect(screen()).toContain(
      `it would have been answered with VersionId: '${versionId}'; the code sent the ETag of that version`,
    );
  });

  it('would have been answered without a header', async () => {
    begin();
    await ignore(client().send(new PutObjectCommand({ ...at, Body: 'x', ACL: 'public-read' })));
    expect(screen()).toContain('PutObject vault/a.txt: it would have been answered without ACL.');
  });

  it('would have been answered to a session whose keys signed nothing', async () => {
    beginAsApp();
    await assumeReader();
    await ignore(client().send(new GetObjectCommand(at)));
    expect(screen()).toMatch(
      /GetObject vault\/a\.txt: it would have been answered to session app of role reader.*, whose keys signed nothing; the client signed as user app.*: give the credentials of the session to a client/,
    );
  });

  it('is not explained by a session that began after it', async () => {
    beginAsApp();
    await ignore(client().send(new GetObjectCommand(at)));
    await assumeReader();
    expect(screen()).toContain('403 AccessDenied');
    expect(screen()).not.toContain('would have been answered');
  });

  it('would have been answered at the time of its signature', async () => {
    const s3 = begin({ now: '2026-01-31T12:00:00Z', verifySignatures: true });
    const { credentials } = s3.account;
    const signer = new S3Client({
      maxAttempts: 1,
      credentials,
      systemClockOffset: Date.parse('2026-01-31T12:00:00Z') - Date.now(),
    });
    const url = await getSignedUrl(signer, new GetObjectCommand(at), {
      expiresIn: 60,
      signingDate: new Date('2026-01-31T12:00:00Z'),
    });
    s3.clock.advance({ hours: 1 });
    expect((await fetch(url)).status).toBe(403);
    expect(screen()).toContain(
      'it would have been answered at 2026-01-31T12:00:00.000Z, the time of its signature; the clock of the mock stands at 2026-01-31T13:00:00.000Z',
    );
  });

  it('is not explained by the move of the clock if the signer is a day ahead of the process', async () => {
    const s3 = begin({ now: '2026-01-31T12:00:00Z', verifySignatures: true });
    const ahead = { credentials: s3.account.credentials, systemClockOffset: 86_400_000 };
    s3.clock.advance({ seconds: 1 });
    await ignore(new S3Client({ maxAttempts: 1, ...ahead }).send(new GetObjectCommand(at)));
    expect(screen()).toContain('403 RequestTimeTooSkewed');
    expect(screen()).not.toContain('would have been answered');
  });
});

describe('what would be answered, and is no cure', () => {
  const lock = { Mode: 'COMPLIANCE', RetainUntilDate: new Date('2026-02-01T00:00:00Z') } as const;

  it.each<[string, MockS3Options, () => Promise<unknown>]>([
    [
      'the root user in place of a user whose policy denies',
      { caller: 'app', users: { app: { policy: { Version: '2012-10-17', Statement: [] } } } },
      () => client().send(new GetObjectCommand(at)),
    ],
    [
      'a delete without the version id that a lock protects, or later',
      {
        now: '2026-01-31T12:00:00Z',
        buckets: {
          vault: { objectLock: true, objects: { 'a.txt': [{ body: '1', versionId: 'v1', retention: lock }] } },
        },
      },
      () => client().send(new DeleteObjectCommand({ ...at, VersionId: 'v1' })),
    ],
    [
      'a body without the digest that does not fit it',
      {},
      () => client().send(new PutObjectCommand({ ...at, Body: 'x', ContentMD5: 'AAAAAAAAAAAAAAAAAAAAAA==' })),
    ],
    [
      'a session that had ended, at the time of its signature',
      { now: '2026-01-31T12:00:00Z' },
      async () => {
        const { Credentials } = await new STSClient({}).send(new GetSessionTokenCommand({ DurationSeconds: 900 }));
        const credentials = {
          accessKeyId: Credentials?.AccessKeyId ?? '',
          secretAccessKey: Credentials?.SecretAccessKey ?? '',
          sessionToken: Credentials?.SessionToken ?? '',
        };
        control?.mock.clock.advance({ minutes: 16 });
        await new S3Client({ maxAttempts: 1, credentials }).send(new GetObjectCommand(at));
      },
    ],
    [
      'a delete in place of a read',
      { buckets: { vault: { versioning: 'Enabled', objects: { 'a.txt': [deleteMarker] } } } },
      async () => {
        const [version] = control?.mock.bucket('vault').versions('a.txt') ?? [];
        await client().send(new GetObjectCommand({ ...at, VersionId: version?.versionId }));
      },
    ],
  ])('%s', async (_title, options, send) => {
    begin(options);
    await ignore(send());
    expect(screen()).toContain('S3 refused 1 request');
    expect(screen()).not.toContain('would have been answered');
  });
});

describe('a write that a policy refuses', () => {
  const resource = 'arn:aws:s3:::vault/*';
  const ofBucket = (change: object) =>
    begin({
      buckets: {
        vault: {
          policy: policyOf({ Effect: 'Deny', Principal: '*', Action: 's3:PutObject', Resource: resource, ...change }),
        },
      },
    });
  const put = (more: object = {}) => ignore(client().send(new PutObjectCommand({ ...at, Body: 'x', ...more })));
  const onKms = { StringNotEquals: { 's3:x-amz-server-side-encryption': 'aws:kms' } };

  it.each<[title: string, condition: object, more: object, says: string]>([
    ['encryption', onKms, {}, "ServerSideEncryption: 'aws:kms'"],
    ['another encryption', onKms, { ServerSideEncryption: 'AES256' }, "ServerSideEncryption: 'aws:kms'"],
    ['any encryption', { Null: { 's3:x-amz-server-side-encryption': 'true' } }, {}, "ServerSideEncryption: 'aws:kms'"],
    [
      'an ACL',
      { StringNotEquals: { 's3:x-amz-acl': 'bucket-owner-full-control' } },
      {},
      "ACL: 'bucket-owner-full-control'",
    ],
    [
      'a storage class',
      { StringNotEquals: { 's3:x-amz-storage-class': 'STANDARD_IA' } },
      {},
      "StorageClass: 'STANDARD_IA'",
    ],
    ['a condition of the write', { Null: { 's3:if-none-match': 'true' } }, {}, "IfNoneMatch: '*'"],
    [
      'a tag beside another',
      { StringNotEquals: { 's3:RequestObjectTag/team': 'a b' } },
      { Tagging: 'x=1' },
      "Tagging: 'x=1&team=a%20b'",
    ],
  ])('for want of %s, would have been answered with it', async (_title, Condition, more, says) => {
    ofBucket({ Condition });
    await put(more);
    expect(screen()).toContain(`PutObject vault/a.txt: it would have been answered with ${says}.`);
  });

  it('for want of two headers, would have been answered with both', async () => {
    begin({
      users: {
        app: {
          policy: policyOf({
            ...statement('s3:PutObject', resource),
            Condition: {
              StringEquals: { 's3:x-amz-server-side-encryption': 'aws:kms', 's3:x-amz-storage-class': 'GLACIER' },
            },
          }),
        },
      },
      caller: 'app',
    });
    await put();
    expect(screen()).toContain(
      "it would have been answered with ServerSideEncryption: 'aws:kms' and StorageClass: 'GLACIER'.",
    );
  });

  it('is not explained by a header if another statement denies it', async () => {
    ofBucket({});
    await put();
    expect(screen()).toContain('AccessDenied');
    expect(screen()).not.toContain('would have been answered');
  });
});

describe('a read of what another account has written', () => {
  const inbox = (ObjectOwnership: 'BucketOwnerPreferred' | 'ObjectWriter') =>
    begin({
      accounts: { partner: { id: '111122223333' } },
      buckets: {
        vault: {
          ownershipControls: { Rules: [{ ObjectOwnership }] },
          policy: policyOf({
            ...statement('s3:PutObject', 'arn:aws:s3:::vault/*'),
            Principal: { AWS: 'arn:aws:iam::111122223333:root' },
          }),
        },
      },
    });
  const deliver = (s3: MockS3, more: object = {}) => {
    const credentials = s3.accounts.find(({ name }) => name === 'partner')?.credentials;
    const partner = new S3Client({ maxAttempts: 1, ...(credentials && { credentials }) });
    return partner.send(new PutObjectCommand({ ...at, Body: 'x', ...more }));
  };

  it.each(['BucketOwnerPreferred', 'ObjectWriter'] as const)(
    'would have been answered after a write with an ACL: %s',
    async (ownership) => {
      await deliver(inbox(ownership));
      await ignore(client().send(new GetObjectCommand(at)));
      expect(screen()).toContain(
        "GetObject vault/a.txt: it would have been answered if PutObject vault/a.txt had been sent with ACL: 'bucket-owner-full-control'.",
      );
    },
  );
});

describe('a request that should be refused', () => {
  const policy = (Action: string | readonly string[]) => ({
    Version: '2012-10-17',
    Statement: [{ Sid: 'Keep', Effect: 'Deny', Principal: '*', Action, Resource: 'arn:aws:s3:::vault/*' }],
  });
  const objects = { 'a.txt': [{ body: 'first', versionId: 'v1' }] };
  const resolved = {
    name: 'Error',
    matcherName: 'rejects',
    message: 'expect(received).rejects.toThrow()\n\nReceived promise resolved instead of rejected',
  };

  it('was allowed, since a request with a version id needs another action', async () => {
    begin({ buckets: { vault: { versioning: 'Enabled', objects, policy: policy('s3:DeleteObject') } } });
    await client().send(new DeleteObjectCommand({ ...at, VersionId: 'v1' }));
    expect(screen(resolved)).toContain(
      'DeleteObject vault/a.txt: with a version id S3 asks for s3:DeleteObjectVersion, not for s3:DeleteObject. Without one it would have been refused: denied by statement Keep',
    );
  });

  it('is not explained so if nothing denies the action without a version id', async () => {
    begin({ buckets: { vault: { versioning: 'Enabled', objects, policy: policy('s3:PutObject') } } });
    await client().send(new DeleteObjectCommand({ ...at, VersionId: 'v1' }));
    expect(screen(resolved)).not.toContain('with a version id');
  });

  it('is not explained so if the test waits for no refusal', async () => {
    begin({ buckets: { vault: { versioning: 'Enabled', objects, policy: policy('s3:DeleteObject') } } });
    await client().send(new DeleteObjectCommand({ ...at, VersionId: 'v1' }));
    expect(screen(assertion)).not.toContain('with a version id');
  });
});

describe('a listing', () => {
  const options = {
    pageSize: 2,
    buckets: {
      vault: { versioning: 'Enabled', objects: { a: ['1', '2', '3', '4'], 'logs/1.txt': '1', 'logs/2.txt': '1' } },
    },
  } as const;

  it('would have returned keys with the prefix before the wildcard', async () => {
    begin(options);
    await client().send(new ListObjectsV2Command({ Bucket: 'vault', Prefix: 'logs/*.txt' }));
    expect(screen(assertion)).toContain(
      "ListObjectsV2 vault: no key begins with 'logs/*.txt', since a Prefix has no wildcards; with Prefix: 'logs/' it would have returned 2 keys: filter them in the code.",
    );
  });

  it('counts no keys of a level', async () => {
    begin(options);
    await client().send(new ListObjectsV2Command({ Bucket: 'vault', Prefix: 'l*', Delimiter: '/' }));
    expect(screen(assertion)).toContain("with Prefix: 'l' it would have returned some: filter them in the code.");
  });

  it.each(['logs (draft)/', 'logs[1]/'])('has brackets in its prefix, which are no wildcards: %s', async (Prefix) => {
    begin(options);
    await client().send(new ListObjectsV2Command({ Bucket: 'vault', Prefix }));
    expect(screen(assertion)).not.toContain('wildcard');
  });

  it('is not explained by a wildcard if no key begins with what stands before it', async () => {
    begin(options);
    await client().send(new ListObjectsV2Command({ Bucket: 'vault', Prefix: 'none/*.txt' }));
    expect(screen(assertion)).not.toContain('wildcard');
  });

  it('would have returned the other versions of a key with both markers', async () => {
    begin(options);
    const first = await client().send(new ListObjectVersionsCommand({ Bucket: 'vault' }));
    await client().send(new ListObjectVersionsCommand({ Bucket: 'vault', KeyMarker: first.NextKeyMarker }));
    expect(screen(assertion)).toContain(
      'with both of NextKeyMarker and NextVersionIdMarker it would have returned what it left out',
    );
  });
});

describe('a trial', () => {
  const refused = () => ignore(client().send(new PutObjectCommand({ ...at, Body: 'x', ACL: 'public-read' })));
  const line = 'it would have been answered without ACL';

  it('leaves no trace: no entry, no id, no event, no rule and no change', async () => {
    const s3 = begin();
    await refused();
    const before = { state: JSON.stringify(s3), requests: s3.requests.length, events: s3.events.length };
    expect(screen()).toContain(line);
    expect({ state: JSON.stringify(s3), requests: s3.requests.length, events: s3.events.length }).toEqual(before);
    const { VersionId } = await client().send(new PutObjectCommand({ ...at, Body: 'x' }));
    await control?.mock.stop();
    const same = begin();
    await refused();
    expect(await client().send(new PutObjectCommand({ ...at, Body: 'x' }))).toMatchObject({ VersionId });
    expect(same.requests.length).toBe(2);
  });

  it('says nothing of a state that has changed since', async () => {
    const s3 = begin();
    await refused();
    s3.bucket('vault').put('a.txt', 'second');
    expect(screen()).not.toContain(line);
  });

  it('counts changes of other keys for nothing', async () => {
    const s3 = begin();
    await refused();
    s3.bucket('vault').put('b.txt', 'second');
    expect(screen()).toContain(line);
  });

  it('says nothing after a move of the clock', async () => {
    const s3 = begin();
    await refused();
    s3.clock.advance({ seconds: 1 });
    expect(screen()).not.toContain(line);
  });

  it('says nothing if the request as it was would be answered otherwise now', async () => {
    const s3 = begin({ caller: 'app', users: { app: { policy: { Version: '2012-10-17', Statement: [] } } } });
    await refused();
    const Statement = [{ Effect: 'Allow' as const, Action: '*', Resource: '*' }];
    s3.account.user('app').policy = { Version: '2012-10-17', Statement };
    expect(screen()).toContain('403 AccessDenied');
    expect(screen()).not.toContain(line);
  });

  it('is made twenty times at most', async () => {
    const lifetime = beginLifetime();
    const signer = client();
    for (const Key of ['a', 'b', 'c']) {
      const command = new PutObjectCommand({ Bucket: 'vault', Key, ContentType: 'image/tiff' });
      const url = await getSignedUrl(signer, command, { signableHeaders: new Set(['content-type']) });
      expect((await fetch(url, { method: 'PUT', body: 'x' })).status).toBe(403);
    }
    const trials = jest.spyOn(lifetime.state.store, 'actOn');
    lifetime.explain({ errors: [], isConcurrent: false, isTimedOut: false });
    const { length } = trials.mock.calls;
    await end(lifetime);
    expect(length).toBe(20);
  });

  it('is not made for a request with a large body, which is not kept', async () => {
    begin();
    await ignore(client().send(new PutObjectCommand({ ...at, Body: 'x'.repeat(65_537), ACL: 'public-read' })));
    expect(screen()).toContain('AccessControlListNotSupported');
    expect(screen()).not.toContain(line);
  });

  it('is no request of whoever observes the store', async () => {
    const lifetime = beginLifetime();
    await ignore(client().send(new PutObjectCommand({ ...at, Body: 'x', ACL: 'public-read' })));
    const touches: unknown[] = [];
    const endObservation = lifetime.state.store.observe((touch) => touches.push(touch));
    const texts = lifetime.explain({ errors: [], isConcurrent: false, isTimedOut: false });
    endObservation();
    await end(lifetime);
    expect(texts.join('\n')).toContain(line);
    expect(touches).not.toContainEqual(expect.objectContaining({ isWrite: true }));
  });

  it('says nothing of a failure that the test asked for', async () => {
    const s3 = begin();
    s3.on('PutObject').fail('AccessDenied');
    await refused();
    expect(screen()).not.toContain(line);
  });

  it('is not made for a request whose refusal nothing of it decides', async () => {
    begin();
    await ignore(client().send(new AbortMultipartUploadCommand({ ...at, UploadId: 'none' })));
    await client().send(new CreateMultipartUploadCommand(at));
    expect(screen()).not.toContain('would have been answered');
  });
});

it('each hint says what it tries', () => {
  expect(new Set(hints.map(({ tries }) => tries)).size).toBe(hints.length);
});
