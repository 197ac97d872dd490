import { GetBucketVersioningCommand, S3Client } from '@aws-sdk/client-s3';
import { AssumeRoleCommand, GetCallerIdentityCommand, STSClient } from '@aws-sdk/client-sts';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { mockS3 } from '../../src/testing/jest';
import { send } from './form';

const s3 = mockS3({ buckets: { vault: {} }, users: { ann: {} }, roles: { reader: {} } });
const RoleArn = 'arn:aws:iam::000000000000:role/reader';
const assume = { RoleArn, RoleSessionName: 'backup' };

let client: STSClient;
beforeEach(() => {
  client = new STSClient({ region: 'eu-west-1', maxAttempts: 1 });
});
afterEach(() => client.destroy());

describe('the entry of a request to STS', () => {
  it('has the service, the operation, its input and its output, and no bucket', async () => {
    const { $metadata, ...output } = await client.send(new AssumeRoleCommand(assume));
    expect($metadata.requestId).toMatch(/^[0-9a-f-]{36}$/);
    expect(s3.requests.of('AssumeRole')).toMatchObject([
      {
        ...{ service: 'sts', operation: 'AssumeRole', input: assume, output, status: 200, error: undefined },
        ...{ bucket: undefined, key: undefined, versionId: undefined, dialect: 'aws', method: 'POST' },
        url: 'https://sts.eu-west-1.amazonaws.com/',
        client: expect.stringMatching(/^aws-sdk-js\/3/),
      },
    ]);
  });

  it('comes among those of S3, in order, and counts as they do', async () => {
    await client.send(new GetCallerIdentityCommand({}));
    await new S3Client({}).send(new GetBucketVersioningCommand({ Bucket: 'vault' }));
    expect(s3.requests.length).toBe(2);
    expect(s3.requests.map(({ service, operation }) => `${service} ${operation}`)).toEqual([
      'sts GetCallerIdentity',
      's3 GetBucketVersioning',
    ]);
    expect(() => s3.requests.expectOnly('GetBucketVersioning')).toThrow(/GetCallerIdentity/);
    expect(s3.requests.filter(({ service }) => service === 's3')).toHaveLength(1);
  });

  it('has the notes of what AWS would have refused', async () => {
    await client.send(new AssumeRoleCommand(assume));
    expect(s3.requests.at(-1)?.notes).toEqual([expect.stringMatching(/root/)]);
  });

  it('is found by the assertions and the matchers', async () => {
    await client.send(new AssumeRoleCommand({ ...assume, ExternalId: 'partner-1' }));
    s3.requests.expect('AssumeRole', { ExternalId: 'partner-1' });
    s3.requests.expectApplied('AssumeRole', { RoleArn });
    expect(s3).toHaveReceived('AssumeRole', { RoleSessionName: 'backup' });
    expect(() => s3.requests.expect('AssumeRole', { ExternalId: 'other' })).toThrow(
      /ExternalId: expected 'other', received 'partner-1'/,
    );
  });

  it('is found by waitFor', async () => {
    const waiting = s3.requests.waitFor('AssumeRole');
    await client.send(new AssumeRoleCommand(assume));
    expect((await waiting).input.RoleArn).toBe(RoleArn);
  });

  it('is named with nearby words if a test misspells the operation or a member', () => {
    // @ts-expect-error no operation has the name
    expect(() => s3.requests.of('AssumeRoles')).toThrow(/Did you mean AssumeRole\?$/);
    // @ts-expect-error no member has the name
    expect(() => s3.requests.expect('AssumeRole', { RoleARN: RoleArn })).toThrow(/RoleARN.*RoleArn/s);
  });

  it('of a refusal has the code, the text and the reason, which the explanation prints', async () => {
    const missing = { ...assume, RoleArn: 'arn:aws:iam::000000000000:role/writer' };
    await expect(client.send(new AssumeRoleCommand(missing))).rejects.toMatchObject({ name: 'AccessDenied' });
    expect(s3.requests.at(-1)).toMatchObject({
      status: 403,
      error: { code: 'AccessDenied' },
      why: expect.stringContaining('reader'),
    });
    expect(s3.requests.explain()).toMatch(
      /^STS refused 1 request of this test: AssumeRole 403 AccessDenied: there is no role .*reader/,
    );
  });
});

describe('secrets of STS', () => {
  const token = `token-${'x'.repeat(40)}`;
  const web = { Action: 'AssumeRoleWithWebIdentity', ...assume, WebIdentityToken: token };

  it('are in the entries', async () => {
    await send(web, { key: null });
    const [entry] = s3.requests.of('AssumeRoleWithWebIdentity');
    expect(entry?.input.WebIdentityToken).toBe(token);
    expect(entry?.output?.Credentials.SecretAccessKey).toMatch(/^\S{40}$/);
  });

  it('are not in what the library writes by itself', async () => {
    await send(web, { key: null });
    await send({
      Action: 'AssumeRole',
      ...assume,
      SerialNumber: 'arn:aws:iam::000000000000:mfa/ann',
      TokenCode: '123456',
    });
    const { Credentials } = s3.requests.of('AssumeRoleWithWebIdentity')[0]?.output ?? {};
    const failure = (run: () => void) => {
      try {
        run();
      } catch (error) {
        return String(error);
      }
      return 'nothing was thrown';
    };
    const printed = [
      String(s3.requests),
      s3.requests.explain(),
      failure(() => s3.requests.expect('AssumeRoleWithWebIdentity', { WebIdentityToken: 'other' })),
      failure(() => s3.requests.expectNone('AssumeRoleWithWebIdentity')),
      failure(() => s3.requests.expectOnly('AssumeRole')),
    ];
    const assumed = s3.requests.of('AssumeRole')[0]?.output?.Credentials;
    for (const secret of [
      token,
      ...[Credentials, assumed].flatMap((keys) => [keys?.SecretAccessKey ?? '?', keys?.SessionToken ?? '?']),
    ])
      expect(printed.filter((text) => text.includes(secret) || text.includes(secret.slice(0, 30)))).toEqual([]);
    expect(JSON.parse(JSON.stringify(s3.requests))).toMatchObject([
      { operation: 'AssumeRoleWithWebIdentity', service: 'sts', input: { WebIdentityToken: token } },
      { operation: 'AssumeRole', service: 'sts', input: { TokenCode: '<code>' } },
    ]);
  });
});

// F739
describe('a rule for an operation of STS', () => {
  it('makes it fail with a code of STS, in the words of STS', async () => {
    s3.on('AssumeRole', { RoleArn }).fail('AccessDenied', { times: 1 });
    const ann = s3.account.user('ann').credentials;
    const denied = new STSClient({ credentials: ann, maxAttempts: 1 });
    await expect(denied.send(new AssumeRoleCommand(assume))).rejects.toMatchObject({
      name: 'AccessDenied',
      $metadata: { httpStatusCode: 403 },
      message: `User: arn:aws:iam::000000000000:user/ann is not authorized to perform: sts:AssumeRole on resource: ${RoleArn}`,
    });
    expect(s3.requests.at(-1)).toMatchObject({ failure: { kind: 'fail', applied: false }, caller: { user: 'ann' } });
    await denied.send(new AssumeRoleCommand(assume));
    denied.destroy();
  });

  it.each([
    ['Throttling', 400, 'Rate exceeded'],
    ['ServiceUnavailable', 503, expect.any(String)],
    ['StsMfaCodeInvalid', 403, 'MultiFactorAuthentication failed with invalid MFA one time pass code. '],
    ['ExpiredToken', 403, 'The security token included in the request is expired'],
  ] as const)('answers %s', async (code, status, message) => {
    s3.on('GetCallerIdentity').fail(code);
    await expect(client.send(new GetCallerIdentityCommand({}))).rejects.toMatchObject({
      message,
      $metadata: { httpStatusCode: status },
    });
  });

  it('answers an error of the test, and other replies', async () => {
    s3.on('GetCallerIdentity')
      .fail({ code: 'Teapot', status: 418, message: 'Short' }, { times: 1 })
      .reply({ status: 200, body: '<x/>' }, { times: 1 })
      .disconnect({ when: 'before', times: 1 });
    await expect(client.send(new GetCallerIdentityCommand({}))).rejects.toMatchObject({
      name: 'Teapot',
      message: 'Short',
    });
    await client.send(new GetCallerIdentityCommand({}));
    await expect(client.send(new GetCallerIdentityCommand({}))).rejects.toMatchObject({ code: 'ECONNRESET' });
    expect(s3.requests.map(({ status }) => status)).toEqual([418, 200, 0]);
  });

  it('delays it, and a reset answers what waits', async () => {
    const rule = s3.on('GetCallerIdentity').delay({ milliseconds: 60_000 });
    const waiting = client.send(new GetCallerIdentityCommand({})).catch((error: unknown) => error);
    while (rule.used === 0) await new Promise((resolve) => setImmediate(resolve));
    s3.reset();
    expect(await waiting).toMatchObject({ Account: '000000000000', $metadata: { requestId: expect.any(String) } });
  });

  it('takes no codes of S3, and one of S3 none of STS', () => {
    // @ts-expect-error a code of S3
    expect(() => s3.on('AssumeRole').fail('NoSuchBucket')).toThrow("'NoSuchBucket' is not an error code of STS");
    // @ts-expect-error a code of STS
    expect(() => s3.on('PutObject').fail('MalformedPolicyDocument')).toThrow('is not an error code of S3');
    // @ts-expect-error a refusal of STS
    expect(() => s3.on('PutObject').fail('StsMfaCodeInvalid')).toThrow('is not an error code of S3');
    s3.on('AssumeRole').fail('MalformedPolicyDocument');
    s3.on('PutObject').fail('SlowDown');
  });

  it('has no entries, and no error inside of a 200', () => {
    expect(() => s3.on('AssumeRole').failEntries({}, 'AccessDenied')).toThrow(/invalid operation 'AssumeRole'/);
    expect(() => s3.on('AssumeRole').fail('AccessDenied', { status: 200 })).toThrow(/status/);
  });
});

// F741
describe('an operation of STS that the mock lacks', () => {
  it.each([
    'AssumeRoleWithSAML',
    'AssumeRoot',
    'DecodeAuthorizationMessage',
    'GetDelegatedAccessToken',
    'GetWebIdentityToken',
  ] as const)('%s is recorded with its members, and refused with the reason in the envelope of STS', async (Action) => {
    const { status, body } = await send({
      Action,
      EncodedMessage: 'x',
      RoleArn,
      SAMLAssertion: 'x',
      TradeInToken: 'x',
    });
    expect({ status, code: /<Code>(.*)<\/Code>/.exec(body)?.[1], root: /^<\w+/.exec(body)?.[0] }).toEqual({
      status: 400,
      code: 'S3MockNotImplemented',
      root: '<ErrorResponse',
    });
    expect(s3.requests.of(Action)).toMatchObject([
      { service: 'sts', why: expect.stringMatching(new RegExp(`^the mock does not implement ${Action}: `)) },
    ]);
  });

  it('needs no signature if STS needs none', async () => {
    const saml = { RoleArn, PrincipalArn: 'arn:aws:iam::000000000000:saml-provider/x', SAMLAssertion: 'x' };
    const codeOf = async (Action: string) =>
      /<Code>(.*)<\/Code>/.exec((await send({ Action, ...saml }, { key: null })).body)?.[1];
    expect(await codeOf('AssumeRoleWithSAML')).toBe('S3MockNotImplemented');
    expect(await codeOf('AssumeRoot')).toBe('MissingAuthenticationToken');
  });

  it('answers what a rule says', async () => {
    s3.on('DecodeAuthorizationMessage').reply({ status: 200, body: 'decoded' });
    expect(await send({ Action: 'DecodeAuthorizationMessage', EncodedMessage: 'x' })).toMatchObject({
      status: 200,
      body: 'decoded',
    });
  });
});
