import { beforeEach, describe, expect, it } from '@jest/globals';
import type { MockS3 } from '../../src/index';
import { startedMocks } from '../support/started-mocks';
import { formOf, send, withoutIds } from './form';

const startMock = startedMocks();
const roleArn = 'arn:aws:iam::000000000000:role/reader';
const assume = { Action: 'AssumeRole', RoleArn: roleArn, RoleSessionName: 'backup' };
const namespace = 'https://sts.amazonaws.com/doc/2011-06-15/';

let s3: MockS3;
beforeEach(() => {
  s3 = startMock({ users: { ann: {} }, roles: { reader: {} } });
});

async function ask(parameters: Readonly<Record<string, string>>) {
  const { status, body } = await send(parameters, { key: s3.account.user('ann').credentials });
  return { status, body: withoutIds(body) };
}

function refusal(status: number, code: string, message: string) {
  return {
    status,
    body: `<ErrorResponse xmlns="${namespace}">
  <Error>
    <Type>Sender</Type>
    <Code>${code}</Code>
    <Message>${message}</Message>
  </Error>
  <RequestId>UUID</RequestId>
</ErrorResponse>
`,
  };
}

function keysIn(body: string): Readonly<Record<string, string>> {
  const names = ['AccessKeyId', 'SecretAccessKey', 'SessionToken', 'Expiration'];
  return Object.fromEntries(names.map((name) => [name, new RegExp(`<${name}>(.*)</${name}>`).exec(body)?.[1] ?? '']));
}

function credentials(keys: Readonly<Record<string, string>>): string {
  const lines = Object.entries(keys).map(([name, value]) => `      <${name}>${value}</${name}>\n`);
  return `    <Credentials>\n${lines.join('')}    </Credentials>\n`;
}

function answer(operation: string, content: string) {
  return {
    status: 200,
    body: `<${operation}Response xmlns="${namespace}">
  <${operation}Result>
${content}  </${operation}Result>
  <ResponseMetadata>
    <RequestId>UUID</RequestId>
  </ResponseMetadata>
</${operation}Response>
`,
  };
}

// F733
describe('STS refuses byte for byte', () => {
  it('a role that does not exist', async () => {
    expect(await ask({ ...assume, RoleArn: `${roleArn}s` })).toEqual(
      refusal(
        403,
        'AccessDenied',
        `User: arn:aws:iam::000000000000:user/ann is not authorized to perform: sts:AssumeRole on resource: ${roleArn}s`,
      ),
    );
  });
});

// F733
describe('STS answers byte for byte', () => {
  it('GetSessionToken', async () => {
    const given = await ask({ Action: 'GetSessionToken' });
    expect(given).toEqual(answer('GetSessionToken', credentials(keysIn(given.body))));
  });

  it('GetFederationToken, with a packed size of 0 without a policy', async () => {
    const given = await ask({ Action: 'GetFederationToken', Name: 'visitor' });
    expect(given).toEqual(
      answer(
        'GetFederationToken',
        `${credentials(keysIn(given.body))}    <FederatedUser>
      <FederatedUserId>000000000000:visitor</FederatedUserId>
      <Arn>arn:aws:sts::000000000000:federated-user/visitor</Arn>
    </FederatedUser>
    <PackedPolicySize>0</PackedPolicySize>
`,
      ),
    );
  });

  it('GetAccessKeyInfo', async () => {
    const { accessKeyId } = s3.account.user('ann').credentials;
    expect(await ask({ Action: 'GetAccessKeyInfo', AccessKeyId: accessKeyId })).toEqual(
      answer('GetAccessKeyInfo', '    <Account>000000000000</Account>\n'),
    );
  });

  it('AssumeRoleWithWebIdentity, in the order of the service', async () => {
    const part = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');
    const token = `${part({ alg: 'RS256' })}.${part({ iss: 'https://oidc.example.com', sub: 'pod', aud: 'sts.amazonaws.com', iat: 1, exp: 9e9 })}.c2ln`;
    const body = formOf({ ...assume, Action: 'AssumeRoleWithWebIdentity', WebIdentityToken: token });
    const given = await send({}, { key: null, body });
    expect({ status: given.status, body: withoutIds(given.body) }).toEqual(
      answer(
        'AssumeRoleWithWebIdentity',
        `    <Audience>sts.amazonaws.com</Audience>
    <AssumedRoleUser>
      <AssumedRoleId>${s3.account.role('reader').id}:backup</AssumedRoleId>
      <Arn>arn:aws:sts::000000000000:assumed-role/reader/backup</Arn>
    </AssumedRoleUser>
    <Provider>arn:aws:iam::000000000000:oidc-provider/oidc.example.com</Provider>
${credentials(keysIn(given.body))}    <SubjectFromWebIdentityToken>pod</SubjectFromWebIdentityToken>
    <PackedPolicySize>24</PackedPolicySize>
`,
      ),
    );
  });

  it('keys of the form that AWS gives', async () => {
    expect(keysIn((await ask(assume)).body)).toEqual({
      AccessKeyId: expect.stringMatching(/^ASIA[A-Z0-9]{16}$/),
      SecretAccessKey: expect.stringMatching(/^[A-Za-z0-9+/=]{40}$/),
      SessionToken: expect.stringMatching(/^[A-Za-z0-9+/=]{100,}$/),
      Expiration: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/),
    });
  });
});
