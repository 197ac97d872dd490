import {
  DeleteObjectCommand,
  DeleteObjectsCommand,
  GetBucketPolicyCommand,
  GetObjectCommand,
  ListObjectVersionsCommand,
  PutBucketPolicyCommand,
  PutBucketVersioningCommand,
  PutObjectCommand,
  PutPublicAccessBlockCommand,
  S3Client,
} from '@aws-sdk/client-s3';
import { describe, expect, test } from '@jest/globals';
import { mockS3 } from 's3-versioning-mock/jest';

const policyOf = (...Statement: readonly object[]) => ({ Version: '2012-10-17', Statement });
const all = (bucket: string) => [`arn:aws:s3:::${bucket}`, `arn:aws:s3:::${bucket}/*`];

const s3 = mockS3({
  accounts: { partner: {} },
  buckets: {
    vault: { versioning: 'Enabled', objects: { 'report.pdf': ['first', 'second'] } },
    site: {
      objects: { 'index.html': '<h1>Hello</h1>' },
      policy: policyOf({ Effect: 'Allow', Principal: '*', Action: 's3:GetObject', Resource: 'arn:aws:s3:::site/*' }),
    },
  },
});
const root = new S3Client({});
const [first, second] = s3.bucket('vault').versions('report.pdf').toReversed();
const signedBy = (credentials: { accessKeyId: string; secretAccessKey: string }) => new S3Client({ credentials });

describe('a writer that may not delete versions', () => {
  const { credentials } = s3.account.user('writer', {
    policy: policyOf({
      Effect: 'Allow',
      Action: ['s3:PutObject', 's3:DeleteObject', 's3:ListBucketVersions'],
      Resource: all('vault'),
    }),
  });
  const writer = signedBy(credentials);

  test('puts and hides objects', async () => {
    await writer.send(new PutObjectCommand({ Bucket: 'vault', Key: 'report.pdf', Body: 'third' }));
    await writer.send(new DeleteObjectCommand({ Bucket: 'vault', Key: 'report.pdf' }));
    expect(s3.bucket('vault')).toHaveDeleteMarker('report.pdf');
  });

  test('cannot empty the bucket: each version is refused, and stays', async () => {
    const { Versions = [] } = await writer.send(new ListObjectVersionsCommand({ Bucket: 'vault' }));
    const Objects = Versions.map(({ Key, VersionId }) => ({ Key, VersionId }));
    const { Errors, Deleted } = await writer.send(new DeleteObjectsCommand({ Bucket: 'vault', Delete: { Objects } }));
    expect(Deleted).toBeUndefined();
    expect(Errors?.map(({ Code, Message }) => `${Code}: ${Message}`)).toEqual(
      Versions.map(
        () =>
          'AccessDenied: User: arn:aws:iam::000000000000:user/writer is not authorized to perform: s3:DeleteObjectVersion on resource: "arn:aws:s3:::vault/report.pdf" because no identity-based policy allows the s3:DeleteObjectVersion action',
      ),
    );
    expect(s3.bucket('vault')).toHaveVersions('report.pdf', ['first', 'second']);
  });
});

describe('versioning that one role may suspend', () => {
  const suspension = new PutBucketVersioningCommand({
    Bucket: 'vault',
    VersioningConfiguration: { Status: 'Suspended' },
  });
  const onlyKeepers = policyOf({
    Sid: 'OnlyKeepers',
    Effect: 'Deny',
    NotPrincipal: {
      AWS: [
        'arn:aws:iam::000000000000:root',
        'arn:aws:iam::000000000000:role/keeper',
        'arn:aws:sts::000000000000:assumed-role/keeper/night',
      ],
    },
    Action: 's3:PutBucketVersioning',
    Resource: 'arn:aws:s3:::vault',
  });

  test('is not suspended by other users, whatever else they can do', async () => {
    s3.bucket('vault').policy = onlyKeepers;
    const administrator = signedBy(s3.account.user('administrator', {}).credentials);
    await expect(administrator.send(suspension)).rejects.toThrow('with an explicit deny in a resource-based policy');
    expect(s3.requests.last()?.why).toContain('statement OnlyKeepers of the bucket policy of vault');
    expect(s3.bucket('vault')).toHaveVersioning('Enabled');
  });

  test('is suspended by a session of the role', async () => {
    s3.bucket('vault').policy = onlyKeepers;
    const { credentials } = s3.account.role('keeper').session({ name: 'night' });
    await signedBy(credentials).send(suspension);
    expect(s3.bucket('vault')).toHaveVersioning('Suspended');
  });
});

describe('a reader of another account', () => {
  const partner = s3.createAccount('auditors');
  const grant = policyOf({
    Sid: 'OldVersions',
    Effect: 'Allow',
    Principal: { AWS: partner.id },
    Action: 's3:GetObjectVersion',
    Resource: 'arn:aws:s3:::vault/*',
  });
  const read = (client: S3Client, VersionId?: string) =>
    client.send(new GetObjectCommand({ Bucket: 'vault', Key: 'report.pdf', VersionId }));

  test('reads old versions, and not the current one by its name', async () => {
    s3.bucket('vault').policy = grant;
    const theirs = signedBy(partner.credentials);
    expect(await (await read(theirs, first?.versionId)).Body?.transformToString()).toBe('first');
    expect(await (await read(theirs, second?.versionId)).Body?.transformToString()).toBe('second');
    await expect(read(theirs)).rejects.toThrow('Access Denied');
  });

  test('has users who also need a policy of their own account', async () => {
    s3.bucket('vault').policy = grant;
    const allowed = partner.user('ann', {
      policy: policyOf({ Effect: 'Allow', Action: 's3:GetObjectVersion', Resource: 'arn:aws:s3:::vault/*' }),
    });
    const other = partner.user('bob', {
      policy: policyOf({ Effect: 'Allow', Action: 's3:GetObject*', Resource: 'arn:aws:s3:::elsewhere/*' }),
    });
    await read(signedBy(allowed.credentials), first?.versionId);
    await expect(read(signedBy(other.credentials), first?.versionId)).rejects.toThrow('Access Denied');
  });
});

/** Empties a bucket before it is deleted, as tools do: nobody shall write in the meantime. */
async function empty(client: S3Client, Bucket: string): Promise<void> {
  const { Policy = '{"Statement":[]}' } = await client
    .send(new GetBucketPolicyCommand({ Bucket }))
    .catch(() => ({ Policy: undefined }));
  const policy = JSON.parse(Policy);
  const Resource = [`arn:aws:s3:::${Bucket}/*`];
  policy.Statement.push({ Effect: 'Deny', Principal: '*', Action: ['s3:PutObject'], Resource });
  await client.send(new PutBucketPolicyCommand({ Bucket, Policy: JSON.stringify(policy) }));
  for (let more = true; more; ) {
    const page = await client.send(new ListObjectVersionsCommand({ Bucket }));
    const found = [...(page.Versions ?? []), ...(page.DeleteMarkers ?? [])];
    const Objects = found.map(({ Key, VersionId }) => ({ Key, VersionId }));
    if (Objects.length > 0) await client.send(new DeleteObjectsCommand({ Bucket, Delete: { Objects } }));
    more = page.IsTruncated === true;
  }
}

describe('a tool that empties a versioned bucket', () => {
  test('denies writes first, and removes every version and delete marker', async () => {
    const vault = s3.bucket('vault');
    vault.delete('report.pdf');
    vault.put('other.pdf', 'data');
    await empty(root, 'vault');
    expect(vault.versions()).toEqual([]);
    await expect(root.send(new PutObjectCommand({ Bucket: 'vault', Key: 'late', Body: '' }))).rejects.toThrow(
      'User: arn:aws:iam::000000000000:root is not authorized to perform: s3:PutObject on resource: "arn:aws:s3:::vault/late" with an explicit deny in a resource-based policy',
    );
  });

  test('is refused at the first step if its role may not put a policy', async () => {
    const { credentials } = s3.account.user('deployer', {
      policy: policyOf({ Effect: 'Allow', Action: ['s3:List*', 's3:DeleteObject*'], Resource: '*' }),
    });
    await expect(empty(signedBy(credentials), 'vault')).rejects.toThrow('s3:PutBucketPolicy');
    expect(s3.bucket('vault')).toHaveVersions('report.pdf', ['first', 'second']);
  });
});

describe('MFA by a condition, beside MFA Delete', () => {
  const removal = () =>
    new DeleteObjectCommand({ Bucket: 'vault', Key: 'report.pdf', VersionId: first?.versionId ?? '' });
  const withCode = policyOf({
    Sid: 'WithCode',
    Effect: 'Deny',
    Principal: '*',
    Action: 's3:DeleteObjectVersion',
    Resource: 'arn:aws:s3:::vault/*',
    Condition: { BoolIfExists: { 'aws:MultiFactorAuthPresent': 'false' } },
  });

  test('lets a session in that began with a code', async () => {
    s3.bucket('vault').policy = withCode;
    const cleaner = s3.account.user('cleaner', {});
    await expect(signedBy(cleaner.credentials).send(removal())).rejects.toThrow('explicit deny');
    await expect(signedBy(cleaner.session().credentials).send(removal())).rejects.toThrow('explicit deny');
    await signedBy(cleaner.session({ mfa: true }).credentials).send(removal());
    expect(s3.bucket('vault')).toHaveVersions('report.pdf', ['second']);
  });

  test('does not stand for a code: MFA Delete asks for one in the request', async () => {
    s3.bucket('vault').mfaDelete = 'Enabled';
    const { credentials } = s3.account.session({ mfa: true });
    await expect(signedBy(credentials).send(removal())).rejects.toMatchObject({ name: 'AccessDenied' });
    expect(s3.bucket('vault')).toHaveVersions('report.pdf', ['first', 'second']);
  });
});

describe("a public website's bucket", () => {
  const page = 'https://site.s3.amazonaws.com/index.html';
  const open = {
    BlockPublicAcls: true,
    IgnorePublicAcls: true,
    BlockPublicPolicy: false,
    RestrictPublicBuckets: false,
  };

  test('is closed to browsers while the bucket blocks public access', async () => {
    const answer = await fetch(page);
    expect(answer.status).toBe(403);
    expect(await answer.text()).toContain('<Message>Access Denied</Message>');
    expect(s3.requests.last()?.why).toContain('RestrictPublicBuckets');
  });

  test('is open once two switches are off, for reads alone', async () => {
    await root.send(new PutPublicAccessBlockCommand({ Bucket: 'site', PublicAccessBlockConfiguration: open }));
    const answer = await fetch(page);
    expect({ status: answer.status, text: await answer.text() }).toEqual({ status: 200, text: '<h1>Hello</h1>' });
    expect((await fetch(page, { method: 'PUT', body: 'defaced' })).status).toBe(403);
    // Without the right to list, a missing page is no 404.
    expect((await fetch('https://site.s3.amazonaws.com/missing.html')).status).toBe(403);
  });
});
