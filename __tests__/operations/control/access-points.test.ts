import {
  CreateBucketCommand,
  DeleteBucketCommand,
  DeleteObjectCommand,
  DeleteObjectsCommand,
  GetBucketVersioningCommand,
  GetObjectCommand,
  HeadBucketCommand,
  ListObjectVersionsCommand,
  PutObjectCommand,
  S3Client,
} from '@aws-sdk/client-s3';
import {
  CreateAccessPointCommand,
  DeleteAccessPointCommand,
  GetAccessPointCommand,
  GetAccessPointPolicyCommand,
  ListAccessPointsCommand,
  PutAccessPointPolicyCommand,
  S3ControlClient,
} from '@aws-sdk/client-s3-control';
import { createPresignedPost } from '@aws-sdk/s3-presigned-post';
import { getSignedUrl } from '@aws-sdk/s3-request-presigner';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import S3V2 from 'aws-sdk/clients/s3';
import { type MockS3, mockS3 } from '../../../src';

const AccountId = '111122223333';
const arn = `arn:aws:s3:us-east-1:${AccountId}:accesspoint/reports`;

let s3: MockS3;
beforeEach(() => {
  s3 = mockS3({ account: AccountId, buckets: { vault: { versioning: 'Enabled' }, other: {} } });
});
afterEach(() => s3.stop());

const control = () => new S3ControlClient({ region: 'us-east-1' });
const client = () => new S3Client({ region: 'us-east-1' });
const create = (Name: string, more: object = {}) =>
  control().send(new CreateAccessPointCommand({ AccountId, Name, Bucket: 'vault', ...more }));

describe('an access point', () => {
  it('is made with all switches on, and told with its endpoints', async () => {
    const { AccessPointArn, Alias } = await create('reports');
    expect(AccessPointArn).toBe(arn);
    expect(Alias).toMatch(/^reports-[a-z0-9]{34}-s3alias$/);
    const { $metadata: _, ...point } = await control().send(new GetAccessPointCommand({ AccountId, Name: 'reports' }));
    expect(s3.requests.last()?.input).toEqual({ AccountId, Name: 'reports' });
    expect(point).toEqual({
      Name: 'reports',
      Bucket: 'vault',
      NetworkOrigin: 'Internet',
      PublicAccessBlockConfiguration: {
        BlockPublicAcls: true,
        IgnorePublicAcls: true,
        BlockPublicPolicy: true,
        RestrictPublicBuckets: true,
      },
      CreationDate: expect.any(Date),
      Alias,
      AccessPointArn: arn,
      Endpoints: {
        ipv4: 's3-accesspoint.us-east-1.amazonaws.com',
        fips: 's3-accesspoint-fips.us-east-1.amazonaws.com',
        fips_dualstack: 's3-accesspoint-fips.dualstack.us-east-1.amazonaws.com',
        dualstack: 's3-accesspoint.dualstack.us-east-1.amazonaws.com',
      },
      BucketAccountId: AccountId,
    });
  });

  it('needs the name of its network', async () => {
    await expect(create('reports', { VpcConfiguration: {} })).rejects.toMatchObject({ name: 'InvalidRequest' });
    await create('reports', { VpcConfiguration: { VpcId: 'vpc-1' } });
    expect(s3.bucket('vault').accessPoints?.['reports']?.vpcId).toBe('vpc-1');
  });

  it("of another account's bucket has to name that account", async () => {
    s3.createBucket('theirs', { owner: s3.createAccount('partner') });
    await expect(create('reports', { Bucket: 'theirs' })).rejects.toMatchObject({ name: 'InvalidRequest' });
  });

  it.each([
    [
      'reports',
      {},
      'AccessPointAlreadyOwnedByYou',
      'Your previous request to create the named accesspoint succeeded and you already own it.',
    ],
    ['two', { Bucket: 'none' }, 'InvalidRequest', 'Amazon S3 AccessPoint can only be created for existing bucket'],
    ['sa', {}, 'InvalidURI', "Couldn't parse the specified URI."],
    ['-hyphen-start', {}, 'InvalidRequest', 'Your Amazon S3 AccessPoint name is invalid'],
    [
      'two',
      { Scope: { Prefixes: ['a/'] } },
      'InvalidRequest',
      'Scope is only supported for access points attached to directory buckets.',
    ],
    [
      'two',
      { Tags: [{ Key: 'aws:team', Value: 'red' }] },
      'InvalidTag',
      'User-defined tag keys can\'t start with "aws:". This prefix is reserved for system tags. Remove "aws:" from your tag keys and try again.',
    ],
  ])('named %s, %j is refused with %s', async (name, more, code, message) => {
    await create('reports');
    const URI = code === 'InvalidURI' ? `accesspoint/${name}` : undefined;
    await expect(create(name, more)).rejects.toMatchObject({ name: code, message, ...(URI && { URI }) });
  });

  it('is listed by name, in pages, and by bucket', async () => {
    await create('one');
    await create('two');
    await create('three', { Bucket: 'other' });
    const list = (more: object) => control().send(new ListAccessPointsCommand({ AccountId, ...more }));
    const first = await list({ MaxResults: 1 });
    const second = await list({ MaxResults: 1, NextToken: first.NextToken });
    const third = await list({ MaxResults: 1, NextToken: second.NextToken });
    expect([first, second, third].map(({ AccessPointList }) => AccessPointList?.map(({ Name }) => Name))).toEqual([
      ['one'],
      ['three'],
      ['two'],
    ]);
    expect(await list({ MaxResults: 1, NextToken: third.NextToken })).toMatchObject({ AccessPointList: [] });
    expect((await list({})).NextToken).toBeUndefined();
    expect((await list({ Bucket: 'vault' })).AccessPointList).toHaveLength(2);
    expect((await list({ Bucket: 'vault' })).AccessPointList?.[0]).toEqual({
      Name: 'one',
      NetworkOrigin: 'Internet',
      Bucket: 'vault',
      BucketAccountId: AccountId,
      AccessPointArn: `arn:aws:s3:us-east-1:${AccountId}:accesspoint/one`,
      Alias: expect.stringMatching(/^one-.*-s3alias$/),
    });
  });

  // F1109
  it.each<readonly [input: object, why: string]>([
    [{ MaxResults: -1 }, "maxResults is '-1'"],
    [{ MaxResults: 'many' }, "maxResults is 'many'"],
    [{ NextToken: 'invented' }, "nextToken is 'invented'"],
    [{ DataSourceId: 'fs-1' }, "dataSourceId is 'fs-1'"],
  ])('is not listed by %j', async (input, why) => {
    const sent = control().send(new ListAccessPointsCommand({ AccountId, ...input }));
    await expect(sent).rejects.toMatchObject({ name: 'InvalidRequest' });
    expect(s3.requests.last()?.why).toContain(why);
  });

  it('is not listed by the id of another type of data source, nor for another account', async () => {
    const partner = s3.createAccount('partner');
    const theirs = new S3ControlClient({ region: 'us-east-1', credentials: partner.credentials });
    const there = { Name: 'theirs', Bucket: 'vault', BucketAccountId: AccountId };
    await theirs.send(new CreateAccessPointCommand({ AccountId: partner.id, ...there }));
    await create('reports');
    const list = async (more: object) =>
      (await control().send(new ListAccessPointsCommand({ AccountId, ...more }))).AccessPointList?.map(
        ({ Name }) => Name,
      );
    expect(await list({})).toEqual(['reports']);
    expect(await list({ DataSourceId: 'fs-1', DataSourceType: 'FSXONTAP' })).toEqual([]);
  });

  // F1108, F1142
  it('is told by its alias, which no other operation accepts as its name', async () => {
    const { Alias } = await create('quarterly-reports-2026');
    const get = (Name = '') => control().send(new GetAccessPointCommand({ AccountId, Name }));
    expect(await get(Alias)).toMatchObject({ Name: 'quarterly-reports-2026', Alias });
    await expect(control().send(new DeleteAccessPointCommand({ AccountId, Name: Alias }))).rejects.toMatchObject({
      name: 'InvalidURI',
      URI: `accesspoint/${Alias}`,
    });
    await expect(get('sa')).rejects.toMatchObject({ name: 'InvalidURI', URI: 'accesspoint/sa' });
    await expect(get('none')).rejects.toMatchObject({ name: 'NoSuchAccessPoint' });
    expect(s3.requests.last()?.why).toContain('the access points of the account in the region are: quarterly-reports');
  });

  it('leaves the other points of its bucket', async () => {
    await create('one');
    await create('two');
    await control().send(new DeleteAccessPointCommand({ AccountId, Name: 'one' }));
    expect(Object.keys(s3.bucket('vault').accessPoints ?? {})).toEqual(['two']);
    await control().send(new DeleteAccessPointCommand({ AccountId, Name: 'two' }));
    await expect(control().send(new GetAccessPointCommand({ AccountId, Name: 'two' }))).rejects.toMatchObject({
      name: 'NoSuchAccessPoint',
    });
    expect(s3.requests.last()?.why).toContain('the access points of the account in the region are: none');
  });

  // F1140
  it('has no policy at first', async () => {
    await create('reports');
    await expect(control().send(new GetAccessPointPolicyCommand({ AccountId, Name: 'reports' }))).rejects.toMatchObject(
      { name: 'NoSuchAccessPointPolicy', AccessPointName: 'reports' },
    );
  });

  it('is gone once it was deleted, and its bucket stays', async () => {
    await create('reports');
    await expect(client().send(new DeleteBucketCommand({ Bucket: 'vault' }))).rejects.toMatchObject({
      name: 'BucketHasAccessPointsAttached',
      BucketName: 'vault',
    });
    const { $metadata } = await control().send(new DeleteAccessPointCommand({ AccountId, Name: 'reports' }));
    expect($metadata.httpStatusCode).toBe(204);
    await expect(control().send(new GetAccessPointCommand({ AccountId, Name: 'reports' }))).rejects.toMatchObject({
      name: 'NoSuchAccessPoint',
      message: 'The specified accesspoint does not exist',
      AccessPointName: 'reports',
    });
    await client().send(new DeleteBucketCommand({ Bucket: 'vault' }));
  });

  it('refuses a public policy while it blocks one, and a policy that is malformed or about the bucket', async () => {
    const policyFor = (Principal: unknown, Resource = `${arn}/object/*`) =>
      JSON.stringify({
        Version: '2012-10-17',
        Statement: [{ Effect: 'Allow', Principal, Action: 's3:GetObject', Resource }],
      });
    await create('reports');
    const put = (Policy: string) =>
      control().send(new PutAccessPointPolicyCommand({ AccountId, Name: 'reports', Policy }));
    await expect(put(policyFor('*'))).rejects.toMatchObject({
      name: 'AccessDenied',
      message: expect.stringContaining(
        `User: arn:aws:iam::${AccountId}:root is not authorized to perform: s3:PutAccessPointPolicy on resource: "${arn}"`,
      ),
    });
    for (const wrong of [
      '{',
      JSON.stringify({ Version: '2012-10-17', Statement: [] }),
      policyFor({ AWS: AccountId }, 'arn:aws:s3:::vault/*'),
    ])
      await expect(put(wrong)).rejects.toMatchObject({ name: 'MalformedPolicy' });
  });

  // F1114
  it.each<[answer: string, whose: string, name: string | undefined, status: number]>([
    ['refuses', 'its own account', undefined, 403],
    ['takes', 'another account', 'partner', 204],
  ])('%s a public policy for a bucket of %s that blocks one', async (_answer, _whose, name, status) => {
    const account = name === undefined ? s3.account : s3.createAccount(name);
    const ofAccount = new S3ControlClient({ region: 'us-east-1', credentials: account.credentials });
    const named = { AccountId: account.id, Name: 'reports' };
    const PublicAccessBlockConfiguration = { BlockPublicPolicy: false };
    await ofAccount.send(
      new CreateAccessPointCommand({
        ...named,
        Bucket: 'vault',
        BucketAccountId: AccountId,
        PublicAccessBlockConfiguration,
      }),
    );
    const Policy = JSON.stringify({
      Version: '2012-10-17',
      Statement: [
        {
          Effect: 'Allow',
          Principal: '*',
          Action: 's3:GetObject',
          Resource: `arn:aws:s3:us-east-1:${account.id}:accesspoint/reports/object/*`,
        },
      ],
    });
    const put = ofAccount.send(new PutAccessPointPolicyCommand({ ...named, Policy }));
    const answer = await put.catch((error: unknown) => error);
    expect(answer).toMatchObject({ $metadata: { httpStatusCode: status } });
  });
});

describe('requests through an access point', () => {
  it.each(['ARN', 'alias'])('by its %s reach the versions of the bucket', async (by) => {
    const { Alias = '' } = await create('reports');
    const Bucket = by === 'ARN' ? arn : Alias;
    const { VersionId } = await client().send(new PutObjectCommand({ Bucket, Key: 'a', Body: 'first' }));
    await client().send(new PutObjectCommand({ Bucket: 'vault', Key: 'a', Body: 'second' }));
    await client().send(new DeleteObjectCommand({ Bucket, Key: 'a' }));
    const { Body } = await client().send(new GetObjectCommand({ Bucket, Key: 'a', ...(VersionId && { VersionId }) }));
    expect(await Body?.transformToString()).toBe('first');
    const { Versions, DeleteMarkers } = await client().send(new ListObjectVersionsCommand({ Bucket }));
    expect([Versions?.length, DeleteMarkers?.length]).toEqual([2, 1]);
    expect(s3.requests.of('GetObject')[0]).toMatchObject({ bucket: 'vault', accessPoint: arn, key: 'a' });
    const { AccessPointAlias } = await client().send(new HeadBucketCommand({ Bucket }));
    expect(AccessPointAlias).toBe(by === 'alias');
  });

  it('that access points do not answer are refused, and the reason names the bucket', async () => {
    await create('reports');
    await expect(client().send(new GetBucketVersioningCommand({ Bucket: arn }))).rejects.toMatchObject({
      name: 'AccessDenied',
      message: `User: arn:aws:iam::${AccountId}:root is not authorized to perform: s3:GetBucketVersioning on resource: "${arn}" with an explicit deny in a resource-based policy`,
    });
    expect(s3.requests.last()?.why).toBe('access points do not answer GetBucketVersioning: name the bucket vault');
  });

  it.each([
    ['a dual stack', { useDualstackEndpoint: true }],
    ['FIPS', { useFipsEndpoint: true }],
    ['a client of another region', { region: 'eu-west-1', useArnRegion: true }],
  ])('come by the hosts of %s', async (_what, options) => {
    s3.bucket('vault').accessPoints = { reports: {} };
    s3.bucket('vault').put('a', 'text');
    const sender = new S3Client({ region: 'us-east-1', ...options });
    await expect(sender.send(new GetObjectCommand({ Bucket: arn, Key: 'a' }))).resolves.toBeDefined();
  });

  it('come from version 2 of the SDK', async () => {
    s3.bucket('vault').accessPoints = { reports: {} };
    const { VersionId } = await new S3V2({ region: 'us-east-1' })
      .putObject({ Bucket: arn, Key: 'a', Body: 'text' })
      .promise();
    expect(s3.bucket('vault').current('a')?.versionId).toBe(VersionId);
  });

  it.each(['ARN', 'alias'])('by its %s are signed in their URLs', async (by) => {
    const { Alias = '' } = await create('reports');
    s3.bucket('vault').put('a', 'text');
    const command = new GetObjectCommand({ Bucket: by === 'ARN' ? arn : Alias, Key: 'a' });
    const answer = await fetch(await getSignedUrl(client(), command));
    expect([answer.status, await answer.text()]).toEqual([200, 'text']);
  });

  it.each(['ARN', 'alias'])('by its %s delete versions in a batch', async (by) => {
    const { Alias = '' } = await create('reports');
    const { versionId } = s3.bucket('vault').put('a', 'text');
    const Delete = { Objects: [{ Key: 'a', VersionId: versionId }] };
    const { Deleted } = await client().send(new DeleteObjectsCommand({ Bucket: by === 'ARN' ? arn : Alias, Delete }));
    expect(Deleted).toEqual([{ Key: 'a', VersionId: versionId }]);
    expect(s3.bucket('vault').versions('a')).toEqual([]);
  });

  it('that SDKs know to be wrong are not sent', async () => {
    await expect(client().send(new CreateBucketCommand({ Bucket: arn }))).rejects.toThrow(
      'Access points are not supported for this operation',
    );
    expect(s3.requests).toHaveLength(0);
  });

  it('by a form of a browser are not answered', async () => {
    const { Alias = '' } = await create('reports');
    const { url, fields } = await createPresignedPost(client(), { Bucket: Alias, Key: 'a' });
    const form = new FormData();
    for (const [name, value] of Object.entries(fields)) form.append(name, value);
    form.append('file', new Blob(['text']));
    expect((await fetch(url, { method: 'POST', body: form })).status).toBe(405);
  });

  // F1143
  it.each([
    ['ARN', arn, 'NoSuchBucket', 'the mock has these access points: none'],
    ['alias', `reports-${'a'.repeat(34)}-s3alias`, 'AccessDenied', 'is the alias of an access point'],
  ])('by the %s of one that is not there are refused', async (_what, Bucket, name, why) => {
    await expect(client().send(new GetObjectCommand({ Bucket, Key: 'a' }))).rejects.toMatchObject({ name });
    expect(s3.requests.last()?.why).toContain(why);
  });

  // F1145
  it.each([
    ['nobody signed', {}],
    ['version 2 signed', { Authorization: 'AWS AKIAIOSFODNN7EXAMPLE:signature' }],
  ])('that %s are refused', async (_what, headers) => {
    s3.bucket('vault').accessPoints = { reports: {} };
    const host = `reports-${AccountId}.s3-accesspoint.us-east-1.amazonaws.com`;
    const answer = await fetch(`https://${host}/a`, { headers });
    expect(answer.status).toBe(400);
    expect(await answer.text()).toContain('<Code>InvalidRequest</Code>');
    expect(s3.requests.last()?.why).toBe('an access point answers requests with a signature of version 4');
  });
});

describe('the rights of a request through an access point', () => {
  it('need both in the policy of a user, the point and the bucket', async () => {
    s3.bucket('vault').put('a', 'text');
    s3.bucket('vault').accessPoints = { reports: {} };
    const user = (name: string, ...Resource: readonly string[]) =>
      s3.account.user(name, {
        policy: { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: 's3:GetObject', Resource }] },
      });
    const get = ({ credentials }: ReturnType<typeof user>) =>
      new S3Client({ region: 'us-east-1', credentials }).send(new GetObjectCommand({ Bucket: arn, Key: 'a' }));
    await expect(get(user('by-both', `${arn}/object/*`, 'arn:aws:s3:::vault/*'))).resolves.toBeDefined();
    const refused = (name: string) =>
      `User: arn:aws:iam::${AccountId}:user/${name} is not authorized to perform: s3:GetObject on resource: "${arn}/object/a" because no identity-based policy allows the s3:GetObject action`;
    await expect(get(user('by-bucket', 'arn:aws:s3:::vault/*'))).rejects.toMatchObject({
      message: refused('by-bucket'),
    });
    expect(s3.requests.last()?.why).toContain(`to do s3:GetObject on ${arn}/object/a`);
    await expect(get(user('by-point', `${arn}/object/*`))).rejects.toMatchObject({ message: refused('by-point') });
    expect(s3.requests.last()?.why).toContain('to do s3:GetObject on arn:aws:s3:::vault/a');
  });

  it('are taken by a Deny of the bucket that asks for the origin of a network', async () => {
    s3.bucket('vault').put('a', 'text');
    s3.bucket('vault').accessPoints = { reports: {} };
    s3.bucket('vault').policy = {
      Version: '2012-10-17',
      Statement: [
        {
          Effect: 'Deny',
          Principal: '*',
          Action: 's3:GetObject',
          Resource: 'arn:aws:s3:::vault/*',
          Condition: { StringNotEquals: { 's3:AccessPointNetworkOrigin': 'VPC' } },
        },
      ],
    };
    for (const Bucket of [arn, 'vault'])
      await expect(client().send(new GetObjectCommand({ Bucket, Key: 'a' }))).rejects.toMatchObject({
        name: 'AccessDenied',
      });
  });
});
