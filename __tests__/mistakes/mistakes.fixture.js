// Each describe is one mistake, below its cure, and each heading in a comment is the subject of those that follow. docs/mistakes.md is made of
// this file. Where a change of the test is the cure, `Wrong:` and `Right:` above it are the change, and a test runs the changed file.
const { mockS3, deleteMarker } = require('s3-versioning-mock/jest');
const sdk = require('@aws-sdk/client-s3');

const {
  S3Client,
  GetBucketVersioningCommand,
  GetObjectCommand,
  PutBucketVersioningCommand,
  PutObjectCommand,
} = sdk;
const client = () => new S3Client({ maxAttempts: 2 });
const suspend = (MFA) =>
  client().send(
    new PutBucketVersioningCommand({
      Bucket: 'vault',
      MFA,
      VersioningConfiguration: { Status: 'Suspended' },
    }),
  );
const enable = () =>
  client().send(
    new PutBucketVersioningCommand({
      Bucket: 'vault',
      VersioningConfiguration: { Status: 'Enabled' },
    }),
  );
const get = (Key, VersionId) =>
  client().send(new GetObjectCommand({ Bucket: 'vault', Key, VersionId }));
const put = (Key, Body = 'text') =>
  client().send(new PutObjectCommand({ Bucket: 'vault', Key, Body }));
const mfaDelete = { vault: { versioning: 'Enabled', mfaDelete: 'Enabled' } };

// ## MFA Delete

// Wrong: await suspend().catch(() => {});
// Right: await suspend(s3.mfa.header());
// Wrong: expect(s3).toHaveReceived('PutBucketVersioning', { Bucket: 'vault' });
// Right: expect(s3).toHaveApplied('PutBucketVersioning', { Bucket: 'vault' });
// A refused request was also received: write `expect(s3).toHaveApplied(...)`.
describe('The request was received, and refused', () => {
  const s3 = mockS3({ now: '2026-03-01T12:00:00Z', buckets: mfaDelete });

  test('suspends versioning', async () => {
    await suspend().catch(() => {});
    expect(s3).toHaveReceived('PutBucketVersioning', { Bucket: 'vault' });
    expect(s3.bucket('vault')).toHaveVersioning('Suspended');
  });
});

// Wrong: mockS3({ buckets: mfaDelete });
// Right: const s3 = mockS3({ buckets: mfaDelete });
// Wrong: await suspend();
// Right: await suspend(s3.mfa.header());
// Send the serial number of the device and a code: `MFA: s3.mfa.header()`.
describe('MFA Delete is on, and the request has no code', () => {
  mockS3({ buckets: mfaDelete });

  test('suspends versioning', async () => {
    await suspend();
  });
});

// Wrong: const MFA = s3.mfa.header();
// Right: const codes = [s3.mfa.header(), s3.mfa.header()];
// Wrong: await suspend(MFA);
// Wrong: await suspend(MFA);
// Right: await suspend(codes[0]);
// Right: await suspend(codes[1]);
// Each code works once. Call `s3.mfa.header()` for each request.
describe('A code is sent twice', () => {
  const s3 = mockS3({ buckets: mfaDelete, now: '2026-03-01T12:00:05Z' });

  test('suspends versioning, and enables it again', async () => {
    const MFA = s3.mfa.header();
    await suspend(MFA);
    await suspend(MFA);
  });
});

// Wrong: await suspend(`${s3.mfa.serial} 000000`);
// Right: await suspend(s3.mfa.header());
// The code belongs to another time or another secret. `s3.mfa.header()` returns a code for the time of the mock's clock.
describe('A code is wrong', () => {
  const s3 = mockS3({ buckets: mfaDelete, now: '2026-03-01T12:00:05Z' });

  test('suspends versioning', async () => {
    await suspend(`${s3.mfa.serial} 000000`);
  });
});

// Send the serial number of the bucket owner's device, which is an ARN: `s3.mfa.serial`.
describe('The code belongs to a device that the owner does not have', () => {
  mockS3({ buckets: mfaDelete });

  test('suspends versioning', async () => {
    await suspend('arn:aws:iam::123456789012:mfa/other 123456');
  });
});

// Send both in one text, with a space between them: `SERIAL CODE`.
describe('The code is sent without its serial', () => {
  mockS3({ buckets: mfaDelete });

  test('suspends versioning', async () => {
    await suspend('123456');
  });
});

// S3 accepts a code with permanent keys only. Remove `AWS_SESSION_TOKEN`, or give the client the root user's keys.
describe('Temporary credentials are sent with a code', () => {
  const s3 = mockS3({ buckets: mfaDelete });

  test('suspends versioning', async () => {
    const credentials = {
      accessKeyId: 'ASIAEXAMPLE',
      secretAccessKey: 'secret',
      sessionToken: 'token',
    };
    await new S3Client({ credentials }).send(
      new PutBucketVersioningCommand({
        Bucket: 'vault',
        MFA: s3.mfa.header(),
        VersioningConfiguration: { Status: 'Suspended' },
      }),
    );
  });
});

// Wrong: VersionId: versionId,
// Right: VersionId: versionId, MFA: s3.mfa.header(),
// With MFA Delete on, a delete that names a version also needs a code.
describe('A version is deleted without a code', () => {
  const s3 = mockS3({
    buckets: {
      vault: {
        ...mfaDelete.vault,
        objects: { 'report.pdf': ['first', 'second'] },
      },
    },
  });

  test('removes the old version', async () => {
    const { versionId } = s3.bucket('vault').oldest('report.pdf');
    await client().send(
      new sdk.DeleteObjectCommand({
        Bucket: 'vault',
        Key: 'report.pdf',
        VersionId: versionId,
      }),
    );
  });
});

// Enable versioning in the same fixture.
describe('A fixture has MFA Delete without versioning', () => {
  test('creates a mock', () => {
    require('s3-versioning-mock')
      .mockS3({
        buckets: { vault: { mfaDelete: 'Enabled' } },
      })
      .stop();
  });
});

// ## Versioning

// Wrong: Status: 'enabled'
// Right: Status: 'Enabled'
// The words are `'Enabled'` and `'Suspended'`.
describe('The status is written in lower case', () => {
  mockS3({ buckets: { vault: {} } });

  test('enables versioning', async () => {
    await client().send(
      new PutBucketVersioningCommand({
        Bucket: 'vault',
        VersioningConfiguration: { Status: 'enabled' },
      }),
    );
  });
});

// Wrong: Status: 'Disabled'
// Right: Status: 'Suspended'
// Versioning cannot be disabled, only suspended: write `'Suspended'`.
describe('The status is Disabled', () => {
  mockS3({ buckets: { vault: { versioning: 'Enabled' } } });

  test('switches versioning off', async () => {
    await client().send(
      new PutBucketVersioningCommand({
        Bucket: 'vault',
        VersioningConfiguration: { Status: 'Disabled' },
      }),
    );
  });
});

// Versioning is always enabled in a bucket with object lock.
describe('The bucket has object lock', () => {
  mockS3({ buckets: { vault: { objectLock: true } } });

  test('suspends versioning', async () => {
    await suspend();
  });
});

// Wrong: versioning: true
// Right: versioning: 'Enabled'
// Write `'Enabled'` or `'Suspended'`, or leave the member out if versioning was never set.
describe('The versioning of a fixture is a boolean', () => {
  test('creates a mock', () => {
    require('s3-versioning-mock')
      .mockS3({
        buckets: { vault: { versioning: true } },
      })
      .stop();
  });
});

// ## Objects and versions

// Wrong: valut: {}
// Right: vault: {}
// Create it: `mockS3({ buckets: { vault: {} } })`, `s3.createBucket('vault')`, or a CreateBucket request.
describe('The bucket does not exist', () => {
  mockS3({ buckets: { valut: {} } });

  test('enables versioning', async () => {
    await enable();
  });
});

// Wrong: await get('report.pdf');
// Right: await get('report.pdf', s3.bucket('vault').oldest('report.pdf').versionId);
// Wrong: mockS3({
// Right: const s3 = mockS3({
// Its versions still exist: read a version by its id, or delete the delete marker by its id.
describe('The object was deleted', () => {
  mockS3({
    buckets: {
      vault: {
        versioning: 'Enabled',
        objects: { 'report.pdf': ['first', deleteMarker] },
      },
    },
  });

  test('reads the object', async () => {
    await get('report.pdf');
  });
});

// Wrong: .find((version) => version.deleteMarker);
// Right: .find((version) => !version.deleteMarker);
// A delete marker has no content: send the id of a version.
describe('The version id belongs to a delete marker', () => {
  const s3 = mockS3({
    buckets: {
      vault: {
        versioning: 'Enabled',
        objects: { 'report.pdf': ['first', deleteMarker] },
      },
    },
  });

  test('reads the object', async () => {
    const marker = s3
      .bucket('vault')
      .versions('report.pdf')
      .find((version) => version.deleteMarker);
    await get('report.pdf', marker.versionId);
  });
});

// Wrong: objects: { 'report.pdf': ['first'] }
// Right: objects: { 'report.pdf': [{ body: 'first', versionId: 'v1' }] }
// Take the id from the answer to the PUT, or from ListObjectVersions.
describe('The version id is made up', () => {
  mockS3({
    buckets: {
      vault: { versioning: 'Enabled', objects: { 'report.pdf': ['first'] } },
    },
  });

  test('reads the object', async () => {
    await get('report.pdf', 'v1');
  });
});

// A delete without a version id only hides the object; a delete with a version id removes the version. Leave the id out to keep the version.
describe('The version was removed', () => {
  const objects = {
    'report.pdf': [{ body: 'first', versionId: 'v1' }, 'second'],
  };
  mockS3({
    now: '2026-03-01T12:00:00Z',
    buckets: { vault: { versioning: 'Enabled', objects } },
  });

  test('restores the first report', async () => {
    await client().send(
      new sdk.DeleteObjectCommand({
        Bucket: 'vault',
        Key: 'report.pdf',
        VersionId: 'v1',
      }),
    );
    await get('report.pdf', 'v1');
  });
});

// Wrong: await get('/report.pdf');
// Right: await get('report.pdf');
// Write the key without a slash in front: `'report.pdf'`.
describe('The key begins with a slash', () => {
  mockS3({ buckets: { vault: { objects: { 'report.pdf': ['first'] } } } });

  test('reads the object', async () => {
    await get('/report.pdf');
  });
});

// Wrong: CopySource: 'report.pdf'
// Right: CopySource: 'vault/report.pdf'
// Name the bucket as well: `CopySource: 'vault/report.pdf'`.
describe('The source of a copy lacks its bucket', () => {
  mockS3({ buckets: { vault: { objects: { 'report.pdf': ['first'] } } } });

  test('copies an object', async () => {
    await client().send(
      new sdk.CopyObjectCommand({
        Bucket: 'vault',
        Key: 'copy.pdf',
        CopySource: 'report.pdf',
      }),
    );
  });
});

// Wrong: encodeURI(encodeURI('vault/a report.pdf'))
// Right: encodeURI('vault/a report.pdf')
// Encode it once: `encodeURI('vault/a report.pdf')`.
describe('The source of a copy is encoded twice', () => {
  mockS3({ buckets: { vault: { objects: { 'a report.pdf': ['first'] } } } });

  test('copies an object', async () => {
    const CopySource = encodeURI(encodeURI('vault/a report.pdf'));
    await client().send(
      new sdk.CopyObjectCommand({ Bucket: 'vault', Key: 'copy.pdf', CopySource }),
    );
  });
});

// Wrong: ChecksumSHA256: Buffer.alloc(32).toString('base64')
// Right: ChecksumAlgorithm: 'SHA256'
// Let the SDK compute the checksum, or send the right one.
describe('The checksum belongs to other bytes', () => {
  mockS3({ buckets: { vault: {} } });

  test('stores an object', async () => {
    await client().send(
      new PutObjectCommand({
        Bucket: 'vault',
        Key: 'k',
        Body: 'text',
        ChecksumSHA256: Buffer.alloc(32).toString('base64'),
      }),
    );
  });
});

// Wrong: await new Promise((resolve) => Body.on('end', resolve));
// Right: await Body.transformToByteArray();
// Read the body, `await Body.transformToByteArray()`, or end it: `Body.destroy()` in Node. Without a need of the body, send HeadObject.
describe('A body is not read to its end', () => {
  const s3 = mockS3({
    buckets: { vault: { objects: { large: [Buffer.alloc(3_000_000)] } } },
  });

  test('waits for the answer', async () => {
    const { Body } = await get('large');
    await new Promise((resolve) => Body.on('end', resolve));
    expect(s3).toHaveReceived('GetObject');
  }, 2000);
});

// ## Locks

// Wrong: s3.clock.advance({ days: 29 });
// Right: s3.clock.advance({ days: 30 });
// Wait until its retention is over (`s3.clock.advance`), or bypass governance with x-amz-bypass-governance-retention.
describe('The version is locked', () => {
  const s3 = mockS3({
    now: '2026-03-01T12:00:00Z',
    buckets: {
      vault: {
        objectLock: { defaultRetention: { Mode: 'GOVERNANCE', Days: 30 } },
      },
    },
  });

  test('removes the version', async () => {
    const { VersionId } = await put('report.pdf');
    s3.clock.advance({ days: 29 });
    await client().send(
      new sdk.DeleteObjectCommand({
        Bucket: 'vault',
        Key: 'report.pdf',
        VersionId,
      }),
    );
  });
});

// Each entry has its own answer: read Errors.
describe('A batch delete answers 200 and refuses an entry', () => {
  const s3 = mockS3({
    now: '2026-03-01T12:00:00Z',
    buckets: {
      vault: {
        objectLock: { defaultRetention: { Mode: 'COMPLIANCE', Days: 30 } },
      },
    },
  });

  test('removes the versions', async () => {
    const { VersionId } = await put('report.pdf');
    const Objects = [{ Key: 'report.pdf', VersionId }, { Key: 'other.pdf' }];
    await client().send(
      new sdk.DeleteObjectsCommand({ Bucket: 'vault', Delete: { Objects } }),
    );
    expect(s3.bucket('vault')).toHaveVersions('report.pdf', []);
  });
});

// Remove a hold that the object has.
describe('A legal hold is removed that the object does not have', () => {
  const [Status, days] = ['Retention', (Days) => ({ Days })];
  const [MinimumRetention, DefaultRetention, MaximumRetention] = [0, 0, 9].map(
    days,
  );
  const protection = {
    Status,
    MinimumRetention,
    DefaultRetention,
    MaximumRetention,
  };
  const objects = {
    'report.pdf': [
      {
        body: 'first',
        protection: { RetentionPeriod: 0, LegalHolds: ['case-7'] },
      },
    ],
  };
  mockS3({ dialect: 'ibm-cos', buckets: { vault: { protection, objects } } });

  test('removes the hold', async () => {
    const host = 's3.us-south.cloud-object-storage.appdomain.cloud';
    const url = `https://${host}/vault/report.pdf?legalHold&remove=case-8`;
    expect(
      (
        await fetch(url, {
          method: 'POST',
          headers: { authorization: 'Bearer token' },
        })
      ).status,
    ).toBe(200);
  });
});

// Wrong: jest.advanceTimersByTime(30 * 86_400_000);
// Right: s3.clock.advance({ days: 30 });
// The option now stops the clock of the mock. Move the clock with `s3.clock.advance`, or leave now out, so that it follows the faked Date.
describe('The test advances fake timers, and sets the option now', () => {
  const locked = {
    objectLock: { defaultRetention: { Mode: 'GOVERNANCE', Days: 30 } },
  };
  const s3 = mockS3({ now: '2026-03-01T12:00:00Z', buckets: { vault: locked } });
  afterEach(() => jest.useRealTimers());

  test('lets a retention pass', async () => {
    jest.useFakeTimers();
    await put('report.pdf');
    jest.advanceTimersByTime(30 * 86_400_000);
    expect(s3.bucket('vault')).not.toBeLocked('report.pdf');
  });
});

// ## Access

const ann = 'arn:aws:iam::000000000000:user/ann';
const home = {
  Version: '2012-10-17',
  Statement: {
    Effect: 'Allow',
    Action: 's3:GetObject',
    Resource: `arn:aws:s3:::vault/users/\${aws:username}/*`,
  },
};

// Wrong: const answer = await fetch('https://vault.s3.amazonaws.com/report.pdf');
// Right: const { getSignedUrl } = require('@aws-sdk/s3-request-presigner');
// Right: const read = new GetObjectCommand({ Bucket: 'vault', Key: 'report.pdf' });
// Right: const answer = await fetch(await getSignedUrl(client(), read));
// Call S3 by an SDK, which signs its requests, or fetch a presigned URL. A public bucket needs a policy that allows `Principal: '*'`.
describe('The request has no signature', () => {
  mockS3({ buckets: { vault: { objects: { 'report.pdf': 'text' } } } });

  test('fetches an object', async () => {
    const answer = await fetch('https://vault.s3.amazonaws.com/report.pdf');
    expect(await answer.text()).toBe('text');
  });
});

// Wrong: vault: { owner: 'partner' }
// Right: vault: {}
// The caller has to belong to the owner's account: give the client the owner's keys, or the fixture the right owner.
describe('The bucket belongs to another account', () => {
  mockS3({ accounts: { partner: {} }, buckets: { vault: { owner: 'partner' } } });

  test('enables versioning', async () => {
    await enable();
  });
});

// Wrong: Action: 's3:DeleteObject'
// Right: Action: ['s3:DeleteObject', 's3:DeleteObjectVersion']
// A delete with a version id needs its own action: allow `s3:DeleteObjectVersion` as well.
describe('The policy of a user lacks s3:DeleteObjectVersion', () => {
  const objects = {
    'report.pdf': [{ body: 'first', versionId: 'v1' }, 'second'],
  };
  const s3 = mockS3({ buckets: { vault: { versioning: 'Enabled', objects } } });
  const Statement = [
    {
      Effect: 'Allow',
      Action: 's3:DeleteObject',
      Resource: 'arn:aws:s3:::vault/*',
    },
  ];
  const { credentials } = s3.account.user('cleaner', {
    policy: { Version: '2012-10-17', Statement },
  });

  test('deletes a version', async () => {
    const version = { Bucket: 'vault', Key: 'report.pdf', VersionId: 'v1' };
    await new S3Client({ credentials }).send(
      new sdk.DeleteObjectCommand(version),
    );
  });
});

// NotPrincipal has to name the account as well: `'arn:aws:iam::000000000000:root'`. A condition on `aws:PrincipalArn` is simpler.
describe('A NotPrincipal names a user without the account', () => {
  const Resource = 'arn:aws:s3:::vault/*';
  const Statement = {
    Effect: 'Deny',
    NotPrincipal: { AWS: ann },
    Action: 's3:PutObject',
    Resource,
  };
  mockS3({
    users: { ann: {} },
    caller: 'ann',
    buckets: { vault: { policy: { Version: '2012-10-17', Statement } } },
  });

  test('stores a report', async () => {
    await put('report.pdf');
  });
});

// Wrong: await get('users/Ann/a.pdf');
// Right: await get('users/ann/a.pdf');
// Wrong: 'users/Ann/a.pdf': ['x']
// Right: 'users/ann/a.pdf': ['x']
// The name of the caller differs from the name of the folder: check the value of the variable.
describe('A variable of a policy has another value', () => {
  mockS3({
    users: { ann: { policy: home } },
    caller: 'ann',
    buckets: { vault: { objects: { 'users/Ann/a.pdf': ['x'] } } },
  });

  test('reads a file', async () => {
    await get('users/Ann/a.pdf');
  });
});

// A session of a role has no aws:username: use `${aws:userid}`, or a tag of the session.
describe('A variable of a policy has no value', () => {
  const objects = { 'users/reader/a.pdf': ['x'] };
  const s3 = mockS3({
    roles: { reader: { policy: home } },
    buckets: { vault: { objects } },
  });

  test('reads a file', async () => {
    s3.actAs(s3.account.role('reader').session());
    await get('users/reader/a.pdf');
  });
});

// Wrong: permissionsBoundary: allow('s3:Get*')
// Right: permissionsBoundary: allow(['s3:Get*', 's3:Put*'])
// Allow the action in the boundary as well.
describe('A permissions boundary allows less than the policy', () => {
  const allow = (Action) => ({
    Version: '2012-10-17',
    Statement: { Effect: 'Allow', Action, Resource: '*' },
  });
  const s3 = mockS3({
    roles: {
      deployer: {
        policy: allow('s3:*'),
        permissionsBoundary: allow('s3:Get*'),
      },
    },
    buckets: { vault: {} },
  });

  test('writes a file', async () => {
    s3.actAs(s3.account.role('deployer').session());
    await put('a.pdf');
  });
});

// ## Sessions

const {
  AssumeRoleCommand,
  AssumeRoleWithWebIdentityCommand,
  STSClient,
} = require('@aws-sdk/client-sts');

// `sts:TagSession` has no external id: allow it in a separate statement, without the condition.
describe('A trust policy asks for the external id of session tags', () => {
  const Principal = { AWS: 'arn:aws:iam::000000000000:user/ann' };
  const Condition = { StringEquals: { 'sts:ExternalId': 'contract-4711' } };
  const Statement = [
    {
      Effect: 'Allow',
      Principal,
      Action: ['sts:AssumeRole', 'sts:TagSession'],
      Condition,
    },
  ];
  mockS3({
    users: { ann: {} },
    caller: 'ann',
    roles: { backup: { trust: { Version: '2012-10-17', Statement } } },
  });

  test('assumes the role of a customer', async () => {
    const role = {
      RoleArn: 'arn:aws:iam::000000000000:role/backup',
      RoleSessionName: 'nightly',
    };
    const Tags = [{ Key: 'customer', Value: 'acme' }];
    await new STSClient({}).send(
      new AssumeRoleCommand({ ...role, ExternalId: 'contract-4711', Tags }),
    );
  });
});

// AWS turns only some claims into condition keys. For GitHub, use `repository_owner_id`, or sub, which also contains the owner.
describe('A trust policy asks for a claim that is not a condition key', () => {
  const issuer = 'token.actions.githubusercontent.com';
  const Principal = {
    Federated: `arn:aws:iam::000000000000:oidc-provider/${issuer}`,
  };
  const Condition = {
    StringLike: { [`${issuer}:sub`]: 'repo:acme/*' },
    StringEquals: { [`${issuer}:repository_owner`]: 'acme' },
  };
  const Statement = [
    {
      Effect: 'Allow',
      Principal,
      Action: 'sts:AssumeRoleWithWebIdentity',
      Condition,
    },
  ];
  mockS3({ roles: { release: { trust: { Version: '2012-10-17', Statement } } } });

  test('begins a session with the token of a job', async () => {
    const iat = Math.floor(Date.now() / 1000);
    const claims = {
      iss: `https://${issuer}`,
      aud: 'sts.amazonaws.com',
      sub: 'repo:acme/site:ref:refs/heads/main',
    };
    const part = (value) =>
      Buffer.from(JSON.stringify(value)).toString('base64url');
    const header = part({ alg: 'RS256' });
    const payload = part({
      ...claims,
      repository_owner: 'acme',
      iat,
      exp: iat + 300,
    });
    const token = `${header}.${payload}.x`;
    const role = {
      RoleArn: 'arn:aws:iam::000000000000:role/release',
      RoleSessionName: 'release',
    };
    await new STSClient({}).send(
      new AssumeRoleWithWebIdentityCommand({ ...role, WebIdentityToken: token }),
    );
  });
});

// Wrong: s3.account.role('user').session()
// Right: s3.account.role('user').session({ conditions: { [sub]: 'eu-west-1:4f0c' } })
// Give the session the identity of a user: `role('user').session({ conditions: { 'cognito-identity.amazonaws.com:sub': ... } })`.
describe('A policy asks for the identity of a Cognito user, and the session has none', () => {
  const sub = 'cognito-identity.amazonaws.com:sub';
  const Condition = { StringEquals: { [sub]: 'eu-west-1:4f0c' } };
  const Statement = [
    {
      Effect: 'Allow',
      Action: 's3:PutObject',
      Resource: 'arn:aws:s3:::vault/*',
      Condition,
    },
  ];
  const s3 = mockS3({
    roles: { user: { policy: { Version: '2012-10-17', Statement } } },
    buckets: { vault: {} },
  });

  test('stores a picture', async () => {
    s3.actAs(s3.account.role('user').session());
    await put('picture.png');
  });
});

// Begin another session: S3 refuses sessions that began before the call.
describe('The sessions of a role were revoked', () => {
  const s3 = mockS3({
    roles: { deployer: {} },
    buckets: { vault: {} },
    now: '2026-03-01T12:00:05Z',
  });

  test('uploads a file', async () => {
    const { credentials } = s3.account.role('deployer').session();
    s3.account.role('deployer').revokeSessions();
    await new S3Client({ credentials }).send(
      new sdk.PutObjectCommand({ Bucket: 'vault', Key: 'a.pdf' }),
    );
  });
});

// Wrong: s3.clock.advance({ minutes: 90 });
// Right: s3.clock.advance({ minutes: 30 });
// Assume the role again, for longer (DurationSeconds), or move the clock by less.
describe('The session of a role is over', () => {
  const s3 = mockS3({
    roles: { backup: {} },
    buckets: { vault: {} },
    now: '2026-03-01T12:00:00Z',
  });

  test('stores a report each half hour', async () => {
    const role = {
      RoleArn: s3.account.role('backup').arn,
      RoleSessionName: 'nightly',
    };
    const { Credentials } = await new STSClient({}).send(
      new AssumeRoleCommand(role),
    );
    const { AccessKeyId, SecretAccessKey, SessionToken } = Credentials;
    const credentials = {
      accessKeyId: AccessKeyId,
      secretAccessKey: SecretAccessKey,
      sessionToken: SessionToken,
    };
    s3.clock.advance({ minutes: 90 });
    await new S3Client({ credentials }).send(
      new PutObjectCommand({ Bucket: 'vault', Key: 'a.pdf', Body: 'first' }),
    );
  });
});

// ## Encryption

// Wrong: mockS3({ buckets: { vault: {} } });
// Right: mockS3({ sseC: 'allowed', buckets: { vault: {} } });
// Allow it: `mockS3({ sseC: 'allowed' })`, or PutBucketEncryption with BlockedEncryptionTypes of NONE.
describe("A customer's key is sent to a new bucket", () => {
  mockS3({ buckets: { vault: {} } });

  test('stores an object', async () => {
    await client().send(
      new PutObjectCommand({
        Bucket: 'vault',
        Key: 'k',
        Body: 'text',
        SSECustomerAlgorithm: 'AES256',
        SSECustomerKey: Buffer.alloc(32, 'k'),
      }),
    );
  });
});

// Wrong: const SSECustomerKey = Buffer.alloc(32, 'k').toString('hex');
// Right: const hex = Buffer.alloc(32, 'k').toString('hex');
// Right: const SSECustomerKey = Buffer.from(hex, 'hex');
// Give the SDK the bytes of the key: `Buffer.from(key, 'hex')`.
describe("A customer's key is given in hexadecimal digits", () => {
  mockS3({ sseC: 'allowed', buckets: { vault: {} } });

  test('stores an object', async () => {
    const SSECustomerKey = Buffer.alloc(32, 'k').toString('hex');
    await client().send(
      new PutObjectCommand({
        Bucket: 'vault',
        Key: 'k',
        Body: 'text',
        SSECustomerAlgorithm: 'AES256',
        SSECustomerKey,
      }),
    );
  });
});

// Wrong: SSECustomerKey: old
// Right: SSECustomerKey: current
// Read each version with the key with which it was written.
describe('A version is read with the key of another version', () => {
  const [old, current] = ['o', 'c'].map((letter) => Buffer.alloc(32, letter));
  const versions = [old, current].map((SSECustomerKey) => ({
    body: 'text',
    encryption: { SSECustomerKey },
  }));
  mockS3({
    buckets: { vault: { versioning: 'Enabled', objects: { k: versions } } },
  });

  test('reads the current version', async () => {
    await client().send(
      new GetObjectCommand({
        Bucket: 'vault',
        Key: 'k',
        SSECustomerAlgorithm: 'AES256',
        SSECustomerKey: old,
      }),
    );
  });
});

// Wrong: 'disable'
// Right: 'disabled'
// Write `'disabled'`.
describe('The state of a KMS key is misspelt', () => {
  test('creates a mock', () => {
    require('s3-versioning-mock')
      .mockS3({
        kmsKeys: { 'alias/vault': 'disable' },
      })
      .stop();
  });
});

// ## Forms and presigned URLs

// Wrong: Key: 'k',
// Right: Key: 'k', Fields: { acl: 'private' },
// Name the field among the Fields of createPresignedPost, or in a condition.
describe('A form has a field that its policy does not name', () => {
  mockS3({ buckets: { vault: {} } });

  test('uploads a file', async () => {
    const { createPresignedPost } = require('@aws-sdk/s3-presigned-post');
    const { url, fields } = await createPresignedPost(client(), {
      Bucket: 'vault',
      Key: 'k',
    });
    const form = new FormData();
    for (const [name, value] of Object.entries({ ...fields, acl: 'private' }))
      form.append(name, value);
    form.append('file', new Blob(['text']));
    expect((await fetch(url, { method: 'POST', body: form })).status).toBe(204);
  });
});

// Put the file last: S3 ignores fields after it.
describe('The file is the first field of a form', () => {
  mockS3({ buckets: { vault: {} } });

  test('uploads a file', async () => {
    const { createPresignedPost } = require('@aws-sdk/s3-presigned-post');
    const { url, fields } = await createPresignedPost(client(), {
      Bucket: 'vault',
      Key: 'k',
    });
    const form = new FormData();
    form.append('file', new Blob(['text']));
    for (const [name, value] of Object.entries(fields)) form.append(name, value);
    expect((await fetch(url, { method: 'POST', body: form })).status).toBe(204);
  });
});

// Wrong: body: 'text' }
// Right: body: 'text', headers: { 'x-amz-server-side-encryption': 'AES256' } }
// Send the header that the URL was signed with.
describe('A presigned URL is used without a header that it signs', () => {
  mockS3({ buckets: { vault: {} } });

  test('uploads a file', async () => {
    const { getSignedUrl } = require('@aws-sdk/s3-request-presigner');
    const encrypted = new PutObjectCommand({
      Bucket: 'vault',
      Key: 'k',
      ServerSideEncryption: 'AES256',
    });
    const url = await getSignedUrl(client(), encrypted);
    expect((await fetch(url, { method: 'PUT', body: 'text' })).status).toBe(200);
  });
});

// Wrong: const headers = { 'x-amz-meta-color': 'red' };
// Right: const headers = {};
// The URL already contains the header: do not send it.
describe('The page sends a header that the presigned URL contains', () => {
  mockS3({ buckets: { vault: {} } });

  test('uploads a file', async () => {
    const { getSignedUrl } = require('@aws-sdk/s3-request-presigner');
    const red = new PutObjectCommand({
      Bucket: 'vault',
      Key: 'k',
      Metadata: { color: 'red' },
    });
    const headers = { 'x-amz-meta-color': 'red' };
    expect(
      (
        await fetch(await getSignedUrl(client(), red), {
          method: 'PUT',
          body: 'text',
          headers,
        })
      ).status,
    ).toBe(200);
  });
});

// Wrong: expiresIn: 60,
// Right: expiresIn: 300,
// The URL has expired. Sign another URL, or give it more time.
describe('A presigned URL is used after its time', () => {
  const { getSignedUrl } = require('@aws-sdk/s3-request-presigner');
  const s3 = mockS3({
    now: '2026-03-01T12:00:00Z',
    buckets: { vault: { objects: { 'report.pdf': 'first' } } },
  });

  test('opens after two minutes', async () => {
    const read = new GetObjectCommand({ Bucket: 'vault', Key: 'report.pdf' });
    const url = await getSignedUrl(client(), read, {
      expiresIn: 60,
      signingDate: s3.clock.now(),
    });
    s3.clock.advance({ minutes: 2 });
    const answer = await fetch(url);
    expect(answer.status).toBe(200);
  });
});

// ## Regions and endpoints

// Wrong: LocationConstraint: 'us-west-2'
// Right: LocationConstraint: 'eu-west-1'
// Leave LocationConstraint out, or give the region of the client.
describe('The code creates a bucket in another region than its client', () => {
  mockS3();

  test('creates a bucket', async () => {
    await new S3Client({ region: 'eu-west-1' }).send(
      new sdk.CreateBucketCommand({
        Bucket: 'vault',
        CreateBucketConfiguration: { LocationConstraint: 'us-west-2' },
      }),
    );
  });
});

// Wrong: mockS3({ buckets: { vault: { region: 'eu-west-1' } } });
// Right: mockS3({ region: 'eu-west-1', buckets: { vault: {} } });
// Give the client the region of the bucket, or the fixture the region of the client.
describe('The client is in another region than the bucket', () => {
  const s3 = mockS3({ buckets: { vault: { region: 'eu-west-1' } } });

  test('enables versioning', async () => {
    await enable().catch(() => {});
    expect(s3.bucket('vault').versioning).toBe('Enabled');
  });
});

// Wrong: region: 'us-east1'
// Right: region: 'us-east-1'
// The region is us-east-1.
describe('The region of the client is misspelt', () => {
  mockS3({ buckets: { vault: {} } });

  test('enables versioning', async () => {
    const misspelt = new S3Client({ region: 'us-east1' });
    await misspelt.send(new GetBucketVersioningCommand({ Bucket: 'vault' }));
  });
});

// Wrong: const url = 'https://my.bucket.s3.amazonaws.com/report.pdf';
// Wrong: await fetch(url, { method: 'PUT', body: 'text' }).catch(() => {});
// Right: const report = { Bucket: 'my.bucket', Key: 'report.pdf', Body: 'text' };
// Right: const inPath = new S3Client({ forcePathStyle: true });
// Right: await inPath.send(new PutObjectCommand(report));
// Write the bucket into the path, as SDKs do: `s3.amazonaws.com/my.bucket/report.pdf`.
describe('The name of the bucket has a dot, and is part of the host', () => {
  const s3 = mockS3({ buckets: { 'my.bucket': {} } });

  test('stores a report', async () => {
    const url = 'https://my.bucket.s3.amazonaws.com/report.pdf';
    await fetch(url, { method: 'PUT', body: 'text' }).catch(() => {});
    expect(s3).toHaveApplied('PutObject');
  });
});

// Wrong: mockS3({ buckets: { vault: {} } });
// Right: mockS3({ hosts: ['http://127.0.0.1:9'], buckets: { vault: {} } });
// Add the endpoint: `mockS3({ hosts: ['http://127.0.0.1:9'] })`. Code that does not catch the error fails with ECONNREFUSED.
describe('The client has an endpoint of its own', () => {
  const s3 = mockS3({ buckets: { vault: {} } });

  test('enables versioning', async () => {
    const own = new S3Client({
      endpoint: 'http://127.0.0.1:9',
      forcePathStyle: true,
      maxAttempts: 1,
    });
    await own
      .send(new GetBucketVersioningCommand({ Bucket: 'vault' }))
      .catch(() => {});
    expect(s3).toHaveReceived('GetBucketVersioning');
  });
});

// Wrong: vault: {}
// Right: vault: { accessPoints: { reports: {
// Right: alias: 'reports-hrzrlukc5m36ft7okagglf3gmwluquse1b-s3alias',
// Right: } } }
// Add an access point with this alias to the bucket, or give the code the name of the bucket.
describe('The bucket is the alias of an access point', () => {
  mockS3({ buckets: { vault: {} } });

  test('stores a report', async () => {
    const Bucket = 'reports-hrzrlukc5m36ft7okagglf3gmwluquse1b-s3alias';
    await client().send(
      new PutObjectCommand({ Bucket, Key: 'report.pdf', Body: 'first' }),
    );
  });
});

// ## Events

// Wrong: test('announces the report', () => {
// Right: test('announces the report', async () => {
// Wrong: s3.bucket('vault').put('report.pdf', 'first');
// Right: await put('report.pdf', 'first');
// Send a request: handles and fixtures only set up a state, and send no events.
describe('The test expects an event after a put of a handle', () => {
  const QueueArn = 'arn:aws:sqs:us-east-1:000000000000:thumbnails';
  const notification = {
    QueueConfigurations: [{ QueueArn, Events: ['s3:ObjectCreated:*'] }],
  };
  const s3 = mockS3({ buckets: { vault: { notification } } });

  test('announces the report', () => {
    s3.bucket('vault').put('report.pdf', 'first');
    expect(s3).toHaveSent('ObjectCreated:Put', { key: 'report.pdf' });
  });
});

// Wrong: 'ObjectCreated:*'
// Right: 's3:ObjectCreated:*'
// Write `'s3:ObjectCreated:*'` in a configuration. `s3.events` and toHaveSent leave s3: out, as records of events do.
describe('An event of a configuration is named without s3:', () => {
  const QueueArn = 'arn:aws:sqs:us-east-1:000000000000:thumbnails';

  test('creates a mock', () => {
    const notification = {
      QueueConfigurations: [{ QueueArn, Events: ['ObjectCreated:*'] }],
    };
    require('s3-versioning-mock')
      .mockS3({
        buckets: { vault: { notification } },
      })
      .stop();
  });
});

// Wrong: LambdaConfigurations: [
// Right: LambdaFunctionConfigurations: [
// Write LambdaFunctionConfigurations.
describe('A notification configuration has LambdaConfigurations', () => {
  const LambdaFunctionArn =
    'arn:aws:lambda:us-east-1:000000000000:function:thumbnail';

  test('creates a mock', () => {
    const notification = {
      LambdaConfigurations: [
        { LambdaFunctionArn, Events: ['s3:ObjectCreated:*'] },
      ],
    };
    require('s3-versioning-mock')
      .mockS3({
        buckets: { vault: { notification } },
      })
      .stop();
  });
});

// Wrong: 'ec2.amazonaws.com'
// Right: 'lambda.amazonaws.com'
// Name Lambda in the trust policy of the role: `Principal: { Service: 'lambda.amazonaws.com' }`.
describe('The role of a handler does not trust Lambda', () => {
  const Statement = {
    Effect: 'Allow',
    Principal: { Service: 'ec2.amazonaws.com' },
    Action: 'sts:AssumeRole',
  };
  const s3 = mockS3({
    roles: { worker: { trust: { Version: '2012-10-17', Statement } } },
  });
  const thumbnail = 'arn:aws:lambda:us-east-1:000000000000:function:thumbnail';

  test('gives the handler its role', () => {
    s3.deliverTo(thumbnail, { handler: () => {}, role: 'worker' });
  });
});

// Wrong: mockS3({
// Right: const s3 = mockS3({
// Wrong: await put('report.pdf', 'first');
// Right: await put('report.pdf', 'first');
// Right: await expect(s3.events.settled()).rejects.toThrow('is no image');
// Await `s3.events.settled()`. If the handler should fail, `await expect(s3.events.settled()).rejects.toThrow()`.
describe('A handler of an event throws, and the test does not wait for it', () => {
  const LambdaFunctionArn =
    'arn:aws:lambda:us-east-1:000000000000:function:thumbnail';
  const notification = {
    LambdaFunctionConfigurations: [
      { LambdaFunctionArn, Events: ['s3:ObjectCreated:*'] },
    ],
  };
  const thumbnail = async ({ Records: [record] }) => {
    throw new Error(`${record.s3.object.key} is no image`);
  };
  mockS3({
    buckets: { vault: { notification } },
    deliver: { [LambdaFunctionArn]: thumbnail },
  });

  test('uploads a file', async () => {
    await put('report.pdf', 'first');
  });
});

// Wrong: batchItemFailure:
// Right: batchItemFailures:
// The member is batchItemFailures. Lambda ignores other members, so the message does not arrive again.
describe('A handler misspells the failures of its batch', () => {
  const QueueArn = 'arn:aws:sqs:us-east-1:000000000000:uploads';
  const notification = {
    QueueConfigurations: [{ QueueArn, Events: ['s3:ObjectCreated:*'] }],
  };
  let calls = 0;
  const handler = ({ Records: [{ messageId }] }) => {
    calls += 1;
    return calls === 1
      ? { batchItemFailure: [{ itemIdentifier: messageId }] }
      : undefined;
  };
  const s3 = mockS3({
    buckets: { vault: { notification } },
    deliver: { [QueueArn]: handler },
  });

  test('receives the message again', async () => {
    await put('report.pdf', 'first');
    await s3.events.settled();
    expect(calls).toBe(2);
  });
});

// Let the timers advance on their own, `jest.useFakeTimers({ advanceTimers: true })`, or advance them until `settled()` has ended.
describe('A handler waits for a faked timer', () => {
  const arn = 'arn:aws:lambda:us-east-1:000000000000:function:thumbnail';
  const notification = {
    LambdaFunctionConfigurations: [
      { LambdaFunctionArn: arn, Events: ['s3:ObjectCreated:*'] },
    ],
  };
  const deliver = {
    [arn]: () => new Promise((resolve) => setTimeout(resolve, 5000)),
  };
  const s3 = mockS3({ buckets: { vault: { notification } }, deliver });
  afterEach(() => {
    jest.useRealTimers();
  });

  test('makes a thumbnail', async () => {
    jest.useFakeTimers();
    await put('report.pdf');
    await s3.events.settled();
  }, 1000);
});

// ## Restores of archives

// Restore it (RestoreObject), and move the clock until the copy is ready: `s3.clock.advance({ hours: 5 })`.
describe('An archive is read before it is restored', () => {
  const objects = { 'old.pdf': [{ body: 'first', storageClass: 'GLACIER' }] };
  mockS3({ buckets: { vault: { objects } } });

  test('reads the report', async () => {
    await get('old.pdf');
  });
});

// Wrong: ['first']
// Right: [{ body: 'first', storageClass: 'GLACIER' }]
// S3 restores only objects in GLACIER, `DEEP_ARCHIVE` and the archive tiers of `INTELLIGENT_TIERING`: read the object, or give the fixture a storageClass.
describe('The code restores an object that is not in an archive', () => {
  mockS3({ buckets: { vault: { objects: { 'old.pdf': ['first'] } } } });

  test('restores the report', async () => {
    const RestoreRequest = { Days: 1 };
    await client().send(
      new sdk.RestoreObjectCommand({
        Bucket: 'vault',
        Key: 'old.pdf',
        RestoreRequest,
      }),
    );
  });
});

// Wrong: mockS3({ now:
// Right: const s3 = mockS3({ now:
// Wrong: const { Restore } =
// Right: s3.clock.advance({ hours: 5 });
// Right: const { Restore } =
// Move the clock: `s3.clock.advance({ hours: 5 })`.
describe('The test expects a restored copy before it is ready', () => {
  const objects = { 'old.pdf': [{ body: 'first', storageClass: 'GLACIER' }] };
  mockS3({ now: '2026-03-01T12:00:00Z', buckets: { vault: { objects } } });

  test('restores the report', async () => {
    const old = { Bucket: 'vault', Key: 'old.pdf' };
    await client().send(
      new sdk.RestoreObjectCommand({ ...old, RestoreRequest: { Days: 1 } }),
    );
    const { Restore } = await client().send(new sdk.HeadObjectCommand(old));
    expect(Restore).toContain('ongoing-request="false"');
  });
});

// Wrong: s3.clock.advance({ days: 3 });
// Right: s3.clock.advance({ hours: 3 });
// Restore the object again, or read it before its days are over.
describe('An archive is read after its restored copy was removed', () => {
  const objects = {
    'old.pdf': [
      {
        body: 'first',
        storageClass: 'GLACIER',
        restore: { Days: 1, ongoing: false },
      },
    ],
  };
  const s3 = mockS3({
    now: '2026-03-01T12:00:00Z',
    buckets: { vault: { objects } },
  });

  test('reads the report', async () => {
    s3.clock.advance({ days: 3 });
    await get('old.pdf');
  });
});

// ## Replication

const replicationOf = (DeleteMarkerReplication) => {
  const Destination = { Bucket: 'arn:aws:s3:::replica' };
  const rule = {
    ID: 'all',
    Status: 'Enabled',
    Priority: 1,
    Filter: { Prefix: '' },
    DeleteMarkerReplication,
    Destination,
  };
  return { Role: 'arn:aws:iam::000000000000:role/replication', Rules: [rule] };
};
const replicated = (DeleteMarkerReplication = { Status: 'Disabled' }) => ({
  vault: {
    versioning: 'Enabled',
    replication: replicationOf(DeleteMarkerReplication),
  },
  replica: { versioning: 'Enabled' },
});
const copiesLate = {
  now: '2026-03-01T12:00:00Z',
  replicationDelay: { minutes: 15 },
  buckets: replicated(),
};

// Wrong: replication: { Rules }
// Right: replication: { Role: 'arn:aws:iam::000000000000:role/replication', Rules }
// Add Role, the ARN of the role with which S3 copies: `Role: 'arn:aws:iam::000000000000:role/replication'`.
describe('A replication configuration has no Role', () => {
  const Rules = [
    {
      Status: 'Enabled',
      Prefix: '',
      Destination: { Bucket: 'arn:aws:s3:::replica' },
    },
  ];
  const replica = { versioning: 'Enabled' };

  test('creates a mock', () => {
    require('s3-versioning-mock')
      .mockS3({
        buckets: {
          replica,
          vault: { versioning: 'Enabled', replication: { Rules } },
        },
      })
      .stop();
  });
});

// Wrong: await put('report.pdf', 'first');
// Right: await put('report.pdf', 'first');
// Right: s3.clock.advance({ minutes: 15 });
// Move the clock: `s3.clock.advance({ minutes: 15 })`.
describe('The test expects a replica before it is due', () => {
  const s3 = mockS3(copiesLate);

  test('stores the report twice', async () => {
    await put('report.pdf', 'first');
    expect(s3.bucket('replica')).toHaveObject('report.pdf', { body: 'first' });
  });
});

// Wrong: mockS3(copiesLate);
// Right: const s3 = mockS3(copiesLate);
// Wrong: await put('report.pdf', 'first');
// Right: await put('report.pdf', 'first');
// Right: s3.clock.advance({ minutes: 15 });
// Move the clock before the assertion.
describe('The status of a replication is read before the copy is due', () => {
  mockS3(copiesLate);

  test('replicates the report', async () => {
    await put('report.pdf', 'first');
    const { ReplicationStatus } = await get('report.pdf');
    expect(ReplicationStatus).toBe('COMPLETED');
  });
});

// Wrong: replicated()
// Right: replicated({ Status: 'Enabled' })
// Write `DeleteMarkerReplication: { Status: 'Enabled' }` in the rule, or expect the object to stay.
describe('The test expects a delete marker that no rule copies', () => {
  const s3 = mockS3({ buckets: replicated(), now: '2026-03-01T12:00:00Z' });

  test('deletes the report twice', async () => {
    await put('report.pdf', 'first');
    await client().send(
      new sdk.DeleteObjectCommand({ Bucket: 'vault', Key: 'report.pdf' }),
    );
    expect(s3.bucket('replica')).toHaveDeleteMarker('report.pdf');
  });
});

// Wrong: expect(s3.bucket('replica'))
// Right: expect(s3.bucket('vault'))
// Ask the source: `expect(s3.bucket('vault')).toHaveReplicated('report.pdf')`.
describe('The test asks the destination whether S3 has replicated', () => {
  const s3 = mockS3({ buckets: replicated(), now: '2026-03-01T12:00:00Z' });

  test('replicates the report', async () => {
    await put('report.pdf', 'first');
    expect(s3.bucket('replica')).toHaveReplicated('report.pdf');
  });
});

// ## Lifecycle and costs

// Wrong: nonCurrent: { count: 0 }
// Right: noncurrent: { count: 1 }
// Write `noncurrent: { count: 0 }`. The matcher has the members of `s3.bucket('vault').usage()`.
describe('A member of the usage is misspelt', () => {
  const s3 = mockS3({
    buckets: {
      vault: {
        versioning: 'Enabled',
        objects: { 'report.pdf': ['first', 'second'] },
      },
    },
  });

  test('keeps one version', () => {
    expect(s3.bucket('vault')).toHaveUsage({ nonCurrent: { count: 0 } });
  });
});

// Wrong: toHaveUsage({ noncurrent: { count: 0 } })
// Right: toHaveUsage({ at: { days: 31 }, noncurrent: { count: 0 } })
// Say when: `toHaveUsage({ at: { days: 31 }, noncurrent: { count: 0 } })`, or move the clock.
describe('The test expects the usage of a later day now', () => {
  const NoncurrentVersionExpiration = { NoncurrentDays: 30 };
  const lifecycle = {
    Rules: [{ Status: 'Enabled', Filter: {}, NoncurrentVersionExpiration }],
  };
  const objects = { 'report.pdf': ['first', 'second'] };
  const s3 = mockS3({
    now: '2026-03-01T12:00:00Z',
    buckets: { vault: { versioning: 'Enabled', lifecycle, objects } },
  });

  test('pays for no old version', () => {
    expect(s3.bucket('vault')).toHaveUsage({ noncurrent: { count: 0 } });
  });
});

// Wrong: toHaveUsage({ bytes: 6 })
// Right: toHaveUsage({ current: { bytes: 6 } })
// S3 bills every version: expect the bytes of all versions, or only of the current versions: `toHaveUsage({ current: { bytes: 6 } })`.
describe('The test forgets the bytes of noncurrent versions', () => {
  const s3 = mockS3({
    now: '2026-03-01T12:00:00Z',
    buckets: { vault: { versioning: 'Enabled' } },
  });

  test('pays for the last report', async () => {
    await put('report.pdf', 'first');
    await put('report.pdf', 'second');
    expect(s3.bucket('vault')).toHaveUsage({ bytes: 6 });
  });
});

// ## Failures that a test injects

// Wrong: 'SlowDwon'
// Right: 'SlowDown'
// Write SlowDown, or give `{ code, status, message }` for an error of your own.
describe('The code of a failure is misspelt', () => {
  const s3 = mockS3();

  test('reports a throttled request', () => {
    s3.on('PutObject').fail('SlowDwon');
  });
});

// Write S3's code: `'NoSuchKey'`. The answer to a HEAD contains no code, and the SDK calls the error NotFound.
describe('A rule is given the name of an error of the SDK', () => {
  const s3 = mockS3({
    buckets: { vault: { objects: { 'report.pdf': ['first'] } } },
  });

  test('finds no report', () => {
    s3.on('HeadObject').fail('NotFound');
  });
});

// Wrong: 'reprot.pdf' }).fail('SlowDown');
// Right: 'report.pdf' }).fail('SlowDown', { times: 1 });
// The rule is for another key. `s3.unusedRules()` lists such rules.
describe('No request meets a failure', () => {
  const s3 = mockS3({ buckets: { vault: {} } });

  test('reports a throttled request', async () => {
    s3.on('PutObject', { Key: 'reprot.pdf' }).fail('SlowDown');
    await put('report.pdf');
    expect(s3.unusedRules()).toEqual([]);
  });
});

// Name the region of the client's endpoint: `s3.outage({ region: 'us-east-1' })`. `s3.unusedRules()` lists outages that affected nothing.
describe('An outage is in a region that nobody calls', () => {
  const s3 = mockS3({
    buckets: { vault: { objects: { 'report.pdf': 'first' } } },
  });

  test('reads from the other region', async () => {
    const outage = s3.outage({ region: 'eu-west-1' });
    await get('report.pdf');
    expect(outage.used).toBe(1);
  });
});

// Wrong: key.extension.endsWith('pdf')
// Right: key.endsWith('pdf')
// The error comes from the test: a matcher of `expect.extend`, or a getter, threw it when the rule called it.
describe('A matcher in a rule throws', () => {
  const s3 = mockS3({ buckets: { vault: {} } });
  const pdf = {
    asymmetricMatch: (key) => key.extension.endsWith('pdf'),
    $$typeof: Symbol.for('jest.asymmetricMatcher'),
  };

  test('sends the request again', async () => {
    s3.on('PutObject', { Key: pdf }).fail('SlowDown', { times: 1 });
    await put('report.pdf', 'first');
  });
});

// Wrong: s3.on('PutObject', { Bucket: 'vault' }, { times: 1 }).fail('SlowDown');
// Right: s3.on('PutObject', { Bucket: 'vault' }).fail('SlowDown', { times: 1 });
// Pass the options to the step: `s3.on('PutObject').fail('SlowDown', { times: 1 })`.
describe('The test passes the options of a failure to on', () => {
  const s3 = mockS3({ buckets: { vault: {} } });

  test('sends the request again', async () => {
    s3.on('PutObject', { Bucket: 'vault' }, { times: 1 }).fail('SlowDown');
    await put('report.pdf', 'first');
  });
});

// Name the entry in failEntries: `s3.on('DeleteObjects').failEntries({ Key: 'report.pdf' }, 'InternalError')`.
describe('A rule for DeleteObjects names a key', () => {
  const s3 = mockS3({
    buckets: { vault: { objects: { 'report.pdf': ['first'] } } },
  });

  test('deletes the other objects', () => {
    s3.on('DeleteObjects', { Key: 'report.pdf' }).fail('InternalError');
  });
});

// Wrong: s3.on('GetObject').resolves({ Body: 'first' });
// Right: s3.bucket('vault').put('report.pdf', 'first');
// S3 answers from its buckets: put the object into the fixture.
describe('The test gives a rule an answer, as if it were a stub', () => {
  const s3 = mockS3({ buckets: { vault: {} } });

  test('reads the report', async () => {
    s3.on('GetObject').resolves({ Body: 'first' });
    await get('report.pdf');
  });
});

// Wrong: toHaveReceivedTimes('PutObject', 1)
// Right: toHaveReceivedTimes('PutObject', 2)
// A retry is also a request. Expect two, or ask for toHaveApplied.
describe('The SDK sends the request again', () => {
  const s3 = mockS3({ buckets: { vault: {} } });

  test('stores an object once', async () => {
    s3.on('PutObject').fail('SlowDown', { times: 1 });
    await put('report.pdf');
    expect(s3).toHaveReceivedTimes('PutObject', 1);
  });
});

// Let the timers advance on their own, `jest.useFakeTimers({ advanceTimers: true })`, or do not fake setTimeout.
describe('A retry waits for a faked timer', () => {
  const s3 = mockS3({ buckets: { vault: {} } });
  afterEach(() => {
    jest.useRealTimers();
  });

  test('stores an object although S3 is busy', async () => {
    jest.useFakeTimers();
    s3.on('PutObject').fail('SlowDown', { times: 1 });
    await put('report.pdf');
  }, 1000);
});

// Wrong: mockS3({ buckets: { vault: {} } });
// Right: const s3 = mockS3({ buckets: { vault: {} } });
// Wrong: await client().send(
// Right: s3.on('GetObjectTorrent').reply({ status: 200, body: 'torrent' });
// Right: await client().send(
// Answer it in the test: `s3.on('GetObjectTorrent').reply({ status: 200, body: '...' })`.
describe('The mock does not implement the operation', () => {
  mockS3({ buckets: { vault: {} } });

  test('restores an object', async () => {
    await client().send(
      new sdk.GetObjectTorrentCommand({ Bucket: 'vault', Key: 'k' }),
    );
  });
});

// ## Where the test creates the mock

// Call it at the top of the file or in a describe: it resets the buckets before each test.
describe('mockS3 of s3-versioning-mock/jest is called in a test', () => {
  test('creates a mock', () => {
    mockS3();
  });
});

// Wrong: mockS3();
// Right: const s3 = mockS3();
// Wrong: mockS3({ buckets: { vault: {} } });
// Right: beforeEach(() => { s3.createBucket('vault'); });
// Use the mock of the file, or put each mock into its own describe.
describe('A nested describe creates another mock', () => {
  mockS3();

  describe('of the vault', () => {
    mockS3({ buckets: { vault: {} } });

    test('enables versioning', async () => {
      await enable();
    });
  });
});

// Call mockS3 in this describe, or at the top of the file.
describe('The mock belongs to a describe that has ended', () => {
  test('enables versioning', async () => {
    await enable();
  });
});

// Stop the first, or give each mock its own hosts.
describe('Two mocks answer the same hosts', () => {
  mockS3();

  test('creates another mock', () => {
    require('s3-versioning-mock').mockS3().stop();
  });
});

// Import s3-versioning-mock/jest.
describe('The entry for vitest is required under jest', () => {
  test('creates a mock', () => {
    require('s3-versioning-mock/vitest').mockS3().stop();
  });
});

// ## Buckets of a test

// Wrong: version: 'Enabled'
// Right: versioning: 'Enabled'
// Write versioning.
describe('An option of a fixture is misspelt', () => {
  test('creates a mock', () => {
    require('s3-versioning-mock')
      .mockS3({
        buckets: { vault: { version: 'Enabled' } },
      })
      .stop();
  });
});

// Wrong: My_Vault: {}
// Right: 'my-vault': {}
// Names contain lower case letters, digits, hyphens and dots.
describe('The name of a fixture is not valid for a bucket', () => {
  test('creates a mock', () => {
    require('s3-versioning-mock')
      .mockS3({ buckets: { My_Vault: {} } })
      .stop();
  });
});

// Wrong: s3.bucket('valut')
// Right: s3.bucket('vault')
// Write the name of a bucket that exists.
describe('The name of a bucket is misspelt', () => {
  const s3 = mockS3({ buckets: { vault: { versioning: 'Enabled' } } });

  test('has versioning', () => {
    expect(s3.bucket('valut')).toHaveVersioning('Enabled');
  });
});

// Wrong: .verisoning = 'Enabled'
// Right: .versioning = 'Enabled'
// Write versioning.
describe('A property of a bucket is misspelt', () => {
  const s3 = mockS3({ buckets: { vault: {} } });

  test('has versioning', () => {
    s3.bucket('vault').verisoning = 'Enabled';
    expect(s3.bucket('vault')).toHaveVersioning('Enabled');
  });
});

// Wrong: put('report.pdf', { body: 'first', versionId: 'v1' })
// Right: put('report.pdf', 'first', { versionId: 'v1' })
// Pass the bytes first: `put('report.pdf', 'first', { versionId: 'v1' })`.
describe('The test passes the body of a version as a member', () => {
  const s3 = mockS3({ buckets: { vault: { versioning: 'Enabled' } } });

  test('has a version', () => {
    s3.bucket('vault').put('report.pdf', { body: 'first', versionId: 'v1' });
  });
});

// Wrong: s3.buckets.vault.versioning
// Right: s3.bucket('vault').versioning
// Write `s3.bucket('vault')`.
describe('The test reads a bucket from the list of buckets', () => {
  const s3 = mockS3({ buckets: { vault: { versioning: 'Enabled' } } });

  test('has versioning', () => {
    expect(s3.buckets.vault.versioning).toBe('Enabled');
  });
});

// Wrong: .body().toString()
// Right: .body.toString()
// It is a value: leave out the parentheses.
describe('The test calls the body of an object', () => {
  const s3 = mockS3({
    buckets: { vault: { objects: { 'report.pdf': ['first'] } } },
  });

  test('has the report', () => {
    expect(s3.bucket('vault').object('report.pdf').body().toString()).toBe(
      'first',
    );
  });
});

// Wrong: s3.get('report.pdf').toString()
// Right: s3.bucket('vault').object('report.pdf').text()
// Ask its bucket: `s3.bucket('vault').object('report.pdf')`.
describe('The test asks the mock for an object', () => {
  const s3 = mockS3({
    buckets: { vault: { objects: { 'report.pdf': ['first'] } } },
  });

  test('has the report', () => {
    expect(s3.get('report.pdf').toString()).toBe('first');
  });
});

// ## The code under test

// Wrong: test('enables versioning', () => {
// Right: test('enables versioning', async () => {
// Wrong: enable().catch(() => {});
// Right: await enable();
// Await the code under test, or call it.
describe('The test does not await the code under test', () => {
  const s3 = mockS3({ buckets: { vault: {} } });

  test('enables versioning', () => {
    enable().catch(() => {});
    expect(s3).toHaveReceived('PutBucketVersioning');
  });
});

// Wrong: test('enables versioning', () => {
// Right: test('enables versioning', async () => {
// Wrong: expect(s3.bucket('vault'))
// Right: await enable();
// Right: expect(s3.bucket('vault'))
// Call the code under test, and await it.
describe('The test does not call the code under test', () => {
  const s3 = mockS3({ buckets: { vault: {} } });

  test('enables versioning', () => {
    expect(s3.bucket('vault')).toHaveVersioning('Enabled');
  });
});

// Await the call in the test that makes it.
describe('An earlier test has not awaited its call', () => {
  const s3 = mockS3({ buckets: { vault: {} } });
  let stored;

  test('stores a report', () => {
    stored = put('report.pdf');
  });

  test('has stored the report', async () => {
    await stored;
    expect(s3).toHaveReceived('PutObject');
  });
});

// Restore the client: the mock answers requests, and a spy sends none.
describe('A spy replaces the client', () => {
  const s3 = mockS3({ buckets: { vault: {} } });
  afterEach(() => {
    jest.restoreAllMocks();
  });

  test('enables versioning', async () => {
    jest.spyOn(S3Client.prototype, 'send').mockResolvedValue({});
    await enable();
    expect(s3).toHaveReceived('PutBucketVersioning');
  });
});

// ## Assertions on requests

// Wrong: 'PutBucketVersionning'
// Right: 'PutBucketVersioning'
// Write the SDK's name of the operation.
describe('An operation is misspelt', () => {
  const s3 = mockS3({ buckets: { vault: {} } });

  test('enables versioning', async () => {
    await enable();
    expect(s3).toHaveReceived('PutBucketVersionning');
  });
});

// Wrong: toHaveReceived(PutBucketVersioningCommand)
// Right: toHaveReceived('PutBucketVersioning')
// Write its name as text: `'PutBucketVersioning'`.
describe('An operation is given as a command of the SDK', () => {
  const s3 = mockS3({ buckets: { vault: {} } });

  test('enables versioning', async () => {
    await enable();
    expect(s3).toHaveReceived(PutBucketVersioningCommand);
  });
});

// Wrong: expect(s3).not.toHaveReceived('PutBucketVersioning', { Buket: 'vault' });
// Right: expect(s3).toHaveReceived('PutBucketVersioning', { Bucket: 'vault' });
// Write Bucket.
describe('A member of the expected input is misspelt', () => {
  const s3 = mockS3({ buckets: { vault: {} } });

  test('leaves versioning alone', async () => {
    await enable();
    expect(s3).not.toHaveReceived('PutBucketVersioning', { Buket: 'vault' });
  });
});

// Expect what the code under test should send, or correct the code.
describe('The input of the request differs', () => {
  const s3 = mockS3({ buckets: { vault: {} } });

  test('suspends versioning', async () => {
    await enable();
    expect(s3).toHaveReceived('PutBucketVersioning', {
      VersioningConfiguration: { Status: 'Suspended' },
    });
  });
});

// Wrong: expect(s3).not.toHaveReceived('PutObject', { Key: /\.pdf$/ });
// Right: expect(s3).toHaveReceived('PutObject', {
// Right:   Key: expect.stringMatching(/\.pdf$/),
// Right: });
// Use a matcher of the runner for a part of a text: `expect.stringMatching(/\.pdf$/)`.
describe('The expected input contains a RegExp', () => {
  const s3 = mockS3({ buckets: { vault: {} } });

  test('uploads no PDF', async () => {
    await put('report.pdf', 'first');
    expect(s3).not.toHaveReceived('PutObject', { Key: /\.pdf$/ });
  });
});

// Wrong: object('report.pdf').text,
// Right: object('report.pdf').text(),
// Call the method.
describe('The test passes a method instead of a value', () => {
  const s3 = mockS3({
    buckets: { vault: { objects: { 'report.pdf': ['first'] } } },
  });

  test('stores a copy', async () => {
    await put('copy.pdf', 'first');
    expect(s3).toHaveReceived('PutObject', {
      Body: s3.bucket('vault').object('report.pdf').text,
    });
  });
});

// Wrong: Body: read()
// Right: Body: await read()
// Await it.
describe('The test passes a promise instead of a value', () => {
  const s3 = mockS3({ buckets: { vault: {} } });

  test('stores a report', async () => {
    const read = async () => 'first';
    await put('report.pdf', 'first');
    expect(s3).toHaveReceived('PutObject', { Body: read() });
  });
});

// Wrong: toHaveRefused('PutBucketVersioning', { code: 'AccessDenied' })
// Right: toHaveRefused('PutBucketVersioning', undefined, { code: 'AccessDenied' })
// Pass the input, or undefined, before the refusal.
describe('The test passes the refusal in the place of the input', () => {
  const s3 = mockS3({ buckets: mfaDelete });

  test('is refused without a code', async () => {
    await suspend().catch(() => {});
    expect(s3).toHaveRefused('PutBucketVersioning', { code: 'AccessDenied' });
  });
});

// Wrong: expect(s3.bucket('vault')).toHaveReceived('PutBucketVersioning');
// Right: expect(s3).toHaveReceived('PutBucketVersioning', { Bucket: 'vault' });
// Assert on the mock or its requests: `expect(s3).toHaveReceived(...)`.
describe('The test asks a bucket for requests', () => {
  const s3 = mockS3({ buckets: { vault: {} } });

  test('enables versioning', async () => {
    await enable();
    expect(s3.bucket('vault')).toHaveReceived('PutBucketVersioning');
  });
});

// Wrong: mockS3({ buckets: { vault: {} } });
// Right: const s3 = mockS3({ buckets: { vault: {} } });
// Wrong: expect(client())
// Right: expect(s3)
// Assert on the mock: `expect(s3).toHaveReceived(...)`.
describe('The test asks the client for requests', () => {
  mockS3({ buckets: { vault: {} } });

  test('enables versioning', async () => {
    await enable();
    expect(client()).toHaveReceived('PutBucketVersioning');
  });
});

// Wrong: s3.commandCalls(PutObjectCommand)
// Right: s3.requests.of('PutObject')
// Write `s3.requests.of('PutObject')`.
describe('The test asks the mock for the calls of a command', () => {
  const s3 = mockS3({ buckets: { vault: {} } });

  test('stores a report', async () => {
    await put('report.pdf');
    expect(s3.commandCalls(PutObjectCommand)).toHaveLength(1);
  });
});

// ## Assertions on buckets

// Wrong: expect(s3).toHaveVersioning('Enabled');
// Right: expect(s3.bucket('vault')).toHaveVersioning('Enabled');
// Assert on the bucket: `expect(s3.bucket('vault')).toHaveVersioning('Enabled')`.
describe('The test asks the mock for the state of a bucket', () => {
  const s3 = mockS3({ buckets: { vault: {} } });

  test('enables versioning', async () => {
    await enable();
    expect(s3).toHaveVersioning('Enabled');
  });
});

// Wrong: versioning: 'Suspended'
// Right: versioning: 'Enabled'
// Versions are listed oldest first; a suspended bucket keeps one null version.
describe('The versions differ', () => {
  const s3 = mockS3({
    now: '2026-03-01T12:00:00Z',
    buckets: { vault: { versioning: 'Suspended' } },
  });

  test('keeps both versions', async () => {
    await put('report.pdf', 'first');
    await put('report.pdf', 'second');
    expect(s3.bucket('vault')).toHaveVersions('report.pdf', ['first', 'second']);
  });
});

// Wrong: toHaveVersions('report.pdf', ['v1'])
// Right: toHaveVersions('report.pdf', [{ versionId: 'v1' }])
// Write `{ versionId: 'v1' }`: a text is the body of a version.
describe('The test expects version ids as texts', () => {
  const objects = { 'report.pdf': [{ body: 'first', versionId: 'v1' }] };
  const s3 = mockS3({
    now: '2026-03-01T12:00:00Z',
    buckets: { vault: { versioning: 'Enabled', objects } },
  });

  test('keeps the version', async () => {
    await enable();
    expect(s3.bucket('vault')).toHaveVersions('report.pdf', ['v1']);
  });
});

// ## Forks and explorations

// Wrong: await s3.fork(async () => {
// Right: await s3.fork(async (world) => {
// Wrong: expect(vault)
// Right: expect(world.bucket('vault'))
// Ask the mock that the function gets: `world.bucket('vault')`.
describe('A world is tested with a bucket of the mock outside', () => {
  const s3 = mockS3({ buckets: { vault: {} } });
  const vault = s3.bucket('vault');

  test('writes a report', async () => {
    await s3.fork(async () => {
      await put('report.pdf');
      expect(vault).toHaveObject('report.pdf');
    });
  });
});

// Wrong: const check = () => expect(s3.bucket('vault'))
// Right: const check = ({ world }) => expect(world.bucket('vault'))
// Wrong: run: () => put('report.pdf'), check }
// Right: run: () => put('report.pdf'), check, again: true }
// The check gets the world of the way: `check: ({ world }) => { ... }`.
describe('The check of an exploration asks the mock outside', () => {
  const s3 = mockS3({ buckets: { vault: {} } });

  test('writes a report', async () => {
    const check = () => expect(s3.bucket('vault')).toHaveObject('report.pdf');
    await s3.explore({ run: () => put('report.pdf'), check });
  });
});

// Wrong: const explored = s3.explore({ run: () => put('report.pdf') });
// Right: const check = ({ world }) =>
// Right:   expect(world.bucket('vault')).toHaveObject('report.pdf');
// Right: const explored = () =>
// Right:   s3.explore({ run: () => put('report.pdf'), check, again: true });
// Wrong: () => explored);
// Right: explored);
// Wrong: explored.catch(() => {});
// Call it in the test: the mock of a describe starts with its first hook.
describe('An exploration begins before the mock runs', () => {
  const s3 = mockS3({ buckets: { vault: {} } });
  const explored = s3.explore({ run: () => put('report.pdf') });
  explored.catch(() => {});

  test('writes a report', () => explored);
});
