import { CopyObjectCommand, GetObjectCommand, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import {
  CreateJobCommand,
  DeletePublicAccessBlockCommand,
  GetPublicAccessBlockCommand,
  S3ControlClient,
} from '@aws-sdk/client-s3-control';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import S3ControlV2 from 'aws-sdk/clients/s3control';
import { type MockS3, mockS3 } from '../../../src';
import { signedBy, textOf } from '../../support/documents';
import { send } from '../../support/wire-client';

const AccountId = '111122223333';
const host = `https://${AccountId}.s3-control.us-east-1.amazonaws.com`;
const path = '/v20180820/configuration/publicAccessBlock';

let s3: MockS3;
beforeEach(() => {
  s3 = mockS3({ account: AccountId, buckets: { vault: {} } });
});
afterEach(() => s3.stop());

const control = (options: object = {}) => new S3ControlClient({ region: 'us-east-1', ...options });
const allowing = (...Action: readonly string[]) => ({
  policy: { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action, Resource: '*' }] } as never,
});
const outcomeOf = (sent: Promise<{ $metadata: { httpStatusCode?: number } }>) =>
  sent.then(
    ({ $metadata }) => String($metadata.httpStatusCode),
    ({ $metadata, name }) => `${$metadata.httpStatusCode} ${name}`,
  );

async function ask(url: string, { account = AccountId, method = 'GET' } = {}) {
  const headers = {
    Authorization: signedBy(s3.account),
    'x-amz-account-id': account,
    'x-amz-content-sha256': 'UNSIGNED-PAYLOAD',
  };
  const answer = await fetch(url, { method, headers });
  return { status: answer.status, body: await answer.text() };
}

describe('S3 Control', () => {
  // F1104
  it('writes the ids beside the error', async () => {
    const { status, body } = await ask(`${host}${path}`);
    expect(status).toBe(404);
    expect(body).toMatch(
      /^<\?xml version="1\.0" encoding="UTF-8"\?>\n<ErrorResponse><Error><Code>NoSuchPublicAccessBlockConfiguration<\/Code><Message>The public access block configuration was not found<\/Message><AccountId>111122223333<\/AccountId><\/Error><RequestId>[^<]+<\/RequestId><HostId>[^<]+<\/HostId><\/ErrorResponse>$/,
    );
  });

  it('refuses a request that nobody signed', async () => {
    const { status, text } = await fetch(`${host}${path}`, { headers: { 'x-amz-account-id': AccountId } }).then(
      async (answer) => ({ status: answer.status, text: await answer.text() }),
    );
    expect({ status, code: /<Code>(\w+)<\/Code>/.exec(text)?.[1], why: s3.requests.last()?.why }).toEqual({
      status: 403,
      code: 'AccessDenied',
      why: 'the request has no credentials',
    });
  });

  it('writes its documents in its own namespace', async () => {
    s3.account.publicAccessBlock = { BlockPublicAcls: true };
    const { body } = await ask(`${host}${path}`);
    expect(body).toContain(
      '<PublicAccessBlockConfiguration xmlns="http://awss3control.amazonaws.com/doc/2018-08-20/"><BlockPublicAcls>true</BlockPublicAcls><IgnorePublicAcls>false</IgnorePublicAcls>',
    );
  });

  // F1105
  it('is about the account of its header, if the host has none, and refuses a request without both', async () => {
    const withoutAccount = `https://s3-control.us-east-1.amazonaws.com${path}`;
    const answer = await ask(withoutAccount);
    expect([answer.status, textOf('AccountId', answer)]).toEqual([404, AccountId]);
    const refused = await ask(withoutAccount, { account: '' });
    expect([refused.status, textOf('Code', refused)]).toEqual([400, 'InvalidRequest']);
  });

  it('refuses an account that nobody can have', async () => {
    const answer = await ask(`https://12.s3-control.us-east-1.amazonaws.com${path}`, { account: '12' });
    expect([answer.status, textOf('Code', answer), textOf('AccountId', answer)]).toEqual([403, 'AccessDenied', '12']);
  });

  // F1103
  it.each([
    ['GET', '/v20180820/nothing/at/all', '400 InvalidURI', '<URI>nothing/at/all</URI>'],
    ['GET', '/v20180820/accesspoint/one/two', '400 InvalidURI', '<URI>accesspoint/one/two</URI>'],
    ['POST', path, '405 MethodNotAllowed', '<Method>POST</Method><ResourceType>SERVICE</ResourceType>'],
  ])('refuses %s %s', async (method, at, expected, fields) => {
    const answer = await ask(`${host}${at}`, { method });
    expect(`${answer.status} ${textOf('Code', answer)}`).toBe(expected);
    expect(answer.body).toContain(fields);
  });

  it('refuses what the mock lacks by name, with what a test can do instead', async () => {
    const job = { AccountId, Priority: 1, RoleArn: 'arn:aws:iam::111122223333:role/batch', ClientRequestToken: 't' };
    const Report = { Enabled: false };
    const makeCommand = () => new CreateJobCommand({ ...job, Operation: { S3DeleteObjectTagging: {} }, Report });
    const { credentials } = s3.account.user('ann', allowing('s3:GetObject'));
    for (const client of [control({ credentials }), control()])
      await expect(client.send(makeCommand())).rejects.toMatchObject({ name: 'S3MockNotImplemented' });
    expect(s3.requests.last()).toMatchObject({
      service: 's3-control',
      operation: 'CreateJob',
      input: { AccountId, Body: expect.any(Uint8Array) },
      why: "the mock does not implement CreateJob: the mock runs no jobs of S3 Batch Operations: let the test send the job's requests itself, or answer CreateJob with aws-sdk-client-mock; s3.on('CreateJob').reply({ status: 200, body: '...' }) answers it",
    });
  });

  // F1106
  it.each<[string, string, string]>([
    ['s3:GetBucketPublicAccessBlock', 'get', '403 AccessDenied'],
    ['s3:GetAccountPublicAccessBlock', 'get', '404 NoSuchPublicAccessBlockConfiguration'],
    ['s3:PutBucketPublicAccessBlock', 'delete', '403 AccessDenied'],
    ['s3:PutAccountPublicAccessBlock', 'delete', '204'],
  ])('with %s answers a %s with %s', async (action, what, expected) => {
    const { credentials } = s3.account.user('ann', allowing(action));
    const client = control({ credentials });
    const sent =
      what === 'get'
        ? client.send(new GetPublicAccessBlockCommand({ AccountId }))
        : client.send(new DeletePublicAccessBlockCommand({ AccountId }));
    expect(await outcomeOf(sent)).toBe(expected);
  });

  // F1106
  it('is about no bucket: a policy that names buckets does not allow it', async () => {
    const Statement = [
      { Effect: 'Allow', Action: 's3:GetAccountPublicAccessBlock', Resource: 'arn:aws:s3:::*' },
    ] as const;
    const { credentials } = s3.account.user('ann', { policy: { Version: '2012-10-17', Statement } });
    const sent = control({ credentials }).send(new GetPublicAccessBlockCommand({ AccountId }));
    expect(await outcomeOf(sent)).toBe('403 AccessDenied');
  });

  it.each([
    ['a dual stack', { useDualstackEndpoint: true }],
    ['FIPS', { useFipsEndpoint: true }],
    ['both', { useDualstackEndpoint: true, useFipsEndpoint: true }],
    ['GovCloud', { region: 'us-gov-west-1' }],
    ['China', { region: 'cn-north-1' }],
  ])('is answered at the hosts of %s', async (_what, options) => {
    expect(await outcomeOf(control(options).send(new GetPublicAccessBlockCommand({ AccountId })))).toBe(
      '404 NoSuchPublicAccessBlockConfiguration',
    );
  });

  it('is answered to version 2 of the SDK', async () => {
    const client = new S3ControlV2({ region: 'us-east-1' });
    const PublicAccessBlockConfiguration = { BlockPublicPolicy: true };
    await client.putPublicAccessBlock({ AccountId, PublicAccessBlockConfiguration }).promise();
    const { PublicAccessBlockConfiguration: told } = await client.getPublicAccessBlock({ AccountId }).promise();
    expect(told).toMatchObject({ BlockPublicPolicy: true, BlockPublicAcls: false });
    const { AccessPointArn } = await client
      .createAccessPoint({ AccountId, Name: 'reports', Bucket: 'vault' })
      .promise();
    expect(AccessPointArn).toBe(`arn:aws:s3:us-east-1:${AccountId}:accesspoint/reports`);
    s3.requests.expect('PutAccountPublicAccessBlock', { PublicAccessBlockConfiguration });
  });

  it('fails as rules and outages say', async () => {
    s3.on('GetAccountPublicAccessBlock').fail('InternalError');
    expect(await outcomeOf(control({ maxAttempts: 1 }).send(new GetPublicAccessBlockCommand({ AccountId })))).toBe(
      '500 InternalError',
    );
    const outage = s3.outage({ service: 's3-control' });
    expect(await outcomeOf(control({ maxAttempts: 1 }).send(new GetPublicAccessBlockCommand({ AccountId })))).toMatch(
      /^503 /,
    );
    await new S3Client({}).send(new PutObjectCommand({ Bucket: 'vault', Key: 'a', Body: 'text' }));
    outage.end();
  });
});

describe('S3 Control at a port', () => {
  it('is known by its path and its header', async () => {
    const { url } = await s3.listen();
    expect((await ask(`${url}${path}`)).status).toBe(404);
    s3.account.publicAccessBlock = { BlockPublicAcls: true };
    expect(textOf('BlockPublicAcls', await ask(`${url}${path}`))).toBe('true');
    expect(s3.requests.last()?.service).toBe('s3-control');
  });

  it('is a bucket like any other with control: false', async () => {
    await s3.stop();
    s3 = mockS3({ account: AccountId, control: false });
    const { url } = await s3.listen();
    expect(textOf('Code', await ask(`${url}${path}`))).toBe('NoSuchBucket');
  });
});

describe('the hosts of S3 Control with control: false', () => {
  it('pass, and the guard says how they are answered', async () => {
    await s3.stop();
    s3 = mockS3({ control: false, guard: true });
    await expect(control({ maxAttempts: 1 }).send(new GetPublicAccessBlockCommand({ AccountId }))).rejects.toThrow(
      'This is S3 Control, which the mock answers unless you set control: false or hosts: { only }.',
    );
  });
});

describe('the source of a copy through an access point', () => {
  it('is named by the ARN of the object', async () => {
    s3.bucket('vault').put('a', 'text');
    s3.bucket('vault').accessPoints = { reports: {} };
    const client = new S3Client({ region: 'us-east-1' });
    const arn = `arn:aws:s3:us-east-1:${AccountId}:accesspoint/reports`;
    await client.send(new CopyObjectCommand({ Bucket: arn, Key: 'b', CopySource: `${arn}/object/a` }));
    const { Body } = await client.send(new GetObjectCommand({ Bucket: 'vault', Key: 'b' }));
    expect(await Body?.transformToString()).toBe('text');
    // The host names no region.
    const headers = { 'x-amz-copy-source': `${arn}/object/a`, Authorization: signedBy(s3.account) };
    const copied = await send({ method: 'PUT', host: 's3.amazonaws.com', path: '/vault/d', headers });
    expect(copied.status).toBe(200);
    await expect(
      client.send(new CopyObjectCommand({ Bucket: arn, Key: 'c', CopySource: `${arn}/a` })),
    ).rejects.toMatchObject({ name: 'InvalidArgument' });
  });
});

describe('the tags of a bucket by its ARN', () => {
  const bucketArn = 'arn:aws:s3:::vault';
  const at = `${host}/v20180820/tags/${encodeURIComponent(bucketArn)}`;
  const change = async (
    method: string,
    { tags = {}, keys, by = s3.account as Parameters<typeof signedBy>[0] }: Change,
  ) => {
    const query = keys === undefined ? '' : `?${keys.map((key) => `tagKeys=${encodeURIComponent(key)}`).join('&')}`;
    const elements = Object.entries(tags).map(([Key, Value]) => `<Tag><Key>${Key}</Key><Value>${Value}</Value></Tag>`);
    const headers = {
      Authorization: signedBy(by),
      'x-amz-account-id': AccountId,
      'x-amz-content-sha256': 'UNSIGNED-PAYLOAD',
    };
    const body = `<TagResourceRequest><Tags>${elements.join('')}</Tags></TagResourceRequest>`;
    const answer = await fetch(`${at}${query}`, { method, headers, ...(method === 'POST' && { body }) });
    const text = await answer.text();
    return [answer.status, textOf('Code', { body: text }), textOf('Message', { body: text })].filter(Boolean).join(' ');
  };
  interface Change {
    readonly tags?: Readonly<Record<string, string>>;
    readonly keys?: readonly string[];
    readonly by?: Parameters<typeof signedBy>[0];
  }
  const tag = (tags: Change['tags'], by?: Change['by']) => change('POST', { ...(tags && { tags }), ...(by && { by }) });
  const untag = (keys: readonly string[], by?: Change['by']) => change('DELETE', { keys, ...(by && { by }) });
  const invalid =
    "400 InvalidTag This request contains a tag key or value that isn't valid. Valid characters include the following: [a-zA-Z+-=._:/]. Tag keys can contain up to 128 characters. Tag values can contain up to 256 characters.";
  const reserved = '400 InvalidTag User-defined tag keys can';

  // Measured: justincormack/argmin, bucket_policy_multivalue.rs. F1116
  it.each<[string, Readonly<Record<string, string>>, string]>([
    ['a reserved prefix', { 'aws:reserved': 'v' }, reserved],
    ['the prefix in capitals', { 'AWS:reserved': 'v' }, invalid],
    ['a combining mark', { 'key-\u0345': 'v' }, invalid],
    ['other punctuation', { team: 'v!' }, invalid],
    ['an empty key', { '': 'v' }, invalid],
    ['65 characters beyond the plane', { ['\u{10400}'.repeat(65)]: 'v' }, invalid],
    ['64 of them', { ['\u{10400}'.repeat(64)]: 'v' }, '204'],
    ['numbers and blanks of Unicode', { 'key-\u2167-\u00b2\u00a0\u2028': 'v' }, '204'],
  ])('that are added: %s', async (_what, tags, expected) => {
    const answer = await tag(tags);
    expect(answer.startsWith(expected)).toBe(true);
    expect(Object.keys(s3.bucket('vault').tags ?? {})).toEqual(expected === '204' ? Object.keys(tags) : []);
    const [key = '', value] = Object.entries(tags)[0] ?? [];
    const named = `Key is '${key.slice(0, 40)}`;
    const why = { [invalid]: [named, `Value is '${value}'`], [reserved]: [named] }[expected] ?? [];
    for (const part of why) expect(s3.requests.last()?.why).toContain(part);
  });

  it('that are added twice are refused by their key', async () => {
    const body =
      '<TagResourceRequest><Tags><Tag><Key>a</Key><Value>1</Value></Tag><Tag><Key>a</Key><Value>2</Value></Tag></Tags></TagResourceRequest>';
    const headers = { Authorization: signedBy(s3.account), 'x-amz-account-id': AccountId };
    expect((await fetch(at, { method: 'POST', headers, body })).status).toBe(400);
    expect(s3.requests.last()?.why).toContain("; Key is 'a'");
  });

  it('are 404 if nothing of the account has the ARN', async () => {
    const partner = s3.createAccount('partner');
    s3.createBucket('theirs', { owner: partner, accessPoints: { reports: {} } });
    for (const [arn, fields] of [
      ['arn:aws:s3:::theirs', '<Code>NoSuchResource</Code>'],
      [`arn:aws:s3:us-east-1:${AccountId}:accesspoint/none`, '<AccessPointName>none</AccessPointName>'],
      [`arn:aws:s3:us-east-1:${partner.id}:accesspoint/reports`, '<AccessPointName>reports</AccessPointName>'],
    ] as const) {
      const { status, body } = await ask(`${host}/v20180820/tags/${encodeURIComponent(arn)}`);
      expect({ status, body }).toEqual({ status: 404, body: expect.stringContaining(fields) });
      expect(s3.requests.last()?.why).toContain(`ResourceArn is '${arn}'`);
    }
  });

  it('are removed by keys that fit, unless the bucket has none', async () => {
    for (const key of ['!', 'x'.repeat(129), 'aws:reserved']) expect(await untag([key])).toBe('204');
    const keys = Array.from({ length: 51 }, (_one, at) => `k${at}`);
    for (const removed of [[], [''], keys]) {
      expect(await untag(removed)).toBe(invalid);
      expect(s3.requests.last()?.why).toContain(`; tagKeys is '${removed.slice(0, 9).join(', ')}`);
    }
    expect(await untag(keys.slice(1))).toBe('204');
    await tag({ existing: 'v' });
    for (const key of ['!', 'x'.repeat(129), 'key-\u0345']) {
      expect(await untag([key])).toBe(invalid);
      expect(s3.requests.last()?.why).toContain(`; tagKeys is '${key.slice(0, 40)}`);
    }
    expect(await untag(['aws:reserved'])).toContain(reserved);
    expect(s3.requests.last()?.why).toContain("; tagKeys is 'aws:reserved'");
    expect(await untag(['AWS:reserved'])).toBe('204');
    expect(s3.bucket('vault').tags).toEqual({ existing: 'v' });
    expect(await untag(['existing'])).toBe('204');
    expect(s3.bucket('vault').tags).toBeUndefined();
  });

  // F1770
  it('keep system tags, which no request by the ARN changes or removes', async () => {
    const system = { 'aws:cloudformation:stack-name': 'app' };
    s3.bucket('vault').tags = { ...system, team: 'a' };
    for (const refused of [system, { 'aws:cloudformation:stack-name': 'other' }])
      expect(await tag(refused)).toContain(reserved);
    expect(await untag(Object.keys(system))).toContain(reserved);
    expect([await tag({ team: 'b' }), await untag(['team'])]).toEqual(['204', '204']);
    expect(s3.bucket('vault').tags).toEqual(system);
  });

  // Measured: justincormack/argmin, bucket_policy_multivalue.rs. F1116
  it('are for another account as the policy of the bucket says', async () => {
    const partner = s3.createAccount('partner');
    const allow = (Action: string, Condition?: object) => {
      const Principal = { AWS: `arn:aws:iam::${partner.id}:root` };
      s3.bucket('vault').policy = {
        Version: '2012-10-17',
        Statement: [{ Effect: 'Allow', Principal, Action, Resource: bucketArn, ...(Condition && { Condition }) }],
      } as never;
    };
    expect(await tag({ team: 'a' }, partner)).toBe('403 AccessDenied Access Denied');
    allow('s3:TagResource', { 'ForAllValues:StringEquals': { 'aws:TagKeys': ['team'] } });
    expect(await tag({ team: 'a' }, partner)).toBe('204');
    expect(await tag({ team: 'a', env: 'b' }, partner)).toBe('403 AccessDenied Access Denied');
    expect(await untag(['team'], partner)).toBe('403 AccessDenied Access Denied');
    allow('s3:TagResource', { StringEquals: { 'aws:RequestTag/team': 'a' } });
    expect(await tag({ team: 'a' }, partner)).toBe('204');
    expect(await tag({ team: 'b' }, partner)).toBe('403 AccessDenied Access Denied');
    allow('s3:UntagResource', { StringEquals: { 'aws:RequestTag/team': '' } });
    expect(await untag(['env'], partner)).toBe('403 AccessDenied Access Denied');
    expect(await untag(['team'], partner)).toBe('204');
  });

  it('are for users of the own account as the policy of the bucket says', async () => {
    const ann = s3.account.user('ann', allowing('s3:TagResource'));
    expect(await tag({ team: 'a' }, ann)).toBe('204');
    s3.bucket('vault').policy = {
      Version: '2012-10-17',
      Statement: [{ Effect: 'Deny', Principal: '*', Action: 's3:TagResource', Resource: bucketArn }],
    };
    expect(await tag({ team: 'b' }, ann)).toContain('403 AccessDenied');
    expect(s3.bucket('vault').tags).toEqual({ team: 'a' });
  });

  // Measured: justincormack/argmin, bucket_policy_multivalue.rs. F481
  it.each(['team', ['team', 'env']])(
    'have keys that StringEquals without a quantifier never matches: %j',
    async (names) => {
      const Statement = [
        { Effect: 'Allow', Principal: '*', Action: 's3:TagResource', Resource: bucketArn },
        {
          ...{ Effect: 'Deny', Principal: '*', Action: 's3:TagResource', Resource: bucketArn },
          Condition: { StringEquals: { 'aws:TagKeys': names } },
        },
      ];
      s3.bucket('vault').policy = { Version: '2012-10-17', Statement } as never;
      expect(await tag({ team: 'a' })).toBe('204');
    },
  );

  // Measured: justincormack/argmin, s3_control.rs
  it.each(['vault', 'none'])('have no CORS configuration, whether the bucket is there or not: %s', async (name) => {
    const url = `https://s3-control.us-east-1.amazonaws.com/v20180820/tags/${encodeURIComponent(`arn:aws:s3:::${name}`)}`;
    const headers = { origin: 'https://example.com', 'access-control-request-method': 'POST' };
    const { status, body } = await send({
      method: 'OPTIONS',
      path: new URL(url).pathname,
      host: new URL(url).host,
      headers,
    });
    expect(status).toBe(403);
    expect(body).toContain(
      '<ErrorResponse><Error><Code>AccessForbidden</Code><Message>CORSResponse: Bucket not found</Message><Method>POST</Method><ResourceType>BUCKET</ResourceType></Error>',
    );
  });
});
