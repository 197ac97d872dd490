import { afterEach, describe, expect, it } from '@jest/globals';
import { type MockS3, mockS3 } from '../../src/index';
import { formOf, send, withoutIds } from './form';

const at = '2026-03-01T12:00:00Z';

let s3: MockS3 | undefined;
afterEach(() => s3?.stop());

function start(options: Parameters<typeof mockS3>[0] = {}): MockS3 {
  s3 = mockS3({ now: at, users: { ann: {} }, roles: { reader: {} }, ...options });
  return s3;
}

const roleArn = 'arn:aws:iam::000000000000:role/reader';
const assume = { Action: 'AssumeRole', RoleArn: roleArn, RoleSessionName: 'backup' };

function valuesOf(xml: string): Readonly<Record<string, string>> {
  return Object.fromEntries(
    [...xml.matchAll(/<(\w+)>([^<\n]*)<\/\1>/g)].toReversed().map(([, name, text]) => [name, text]),
  );
}

describe('an answer of STS', () => {
  it('is XML without a declaration, with two blanks for each level and a line feed at its end', async () => {
    const { account } = start();
    const ann = account.user('ann');
    const { status, body } = await send({ Action: 'GetCallerIdentity' }, { key: ann.credentials });
    expect({ status, body: withoutIds(body) }).toEqual({
      status: 200,
      body: `<GetCallerIdentityResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/">
  <GetCallerIdentityResult>
    <Arn>arn:aws:iam::000000000000:user/ann</Arn>
    <UserId>${ann.id}</UserId>
    <Account>000000000000</Account>
  </GetCallerIdentityResult>
  <ResponseMetadata>
    <RequestId>UUID</RequestId>
  </ResponseMetadata>
</GetCallerIdentityResponse>
`,
    });
  });

  it('has the elements of AssumeRole in the order of the service', async () => {
    const { account } = start();
    const { status, body } = await send({ ...assume, SourceIdentity: 'ann' }, { key: account.user('ann').credentials });
    const { AccessKeyId, SecretAccessKey, SessionToken, Expiration } = valuesOf(body);
    expect({ status, body: withoutIds(body) }).toEqual({
      status: 200,
      body: `<AssumeRoleResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/">
  <AssumeRoleResult>
    <AssumedRoleUser>
      <AssumedRoleId>${account.role('reader').id}:backup</AssumedRoleId>
      <Arn>arn:aws:sts::000000000000:assumed-role/reader/backup</Arn>
    </AssumedRoleUser>
    <Credentials>
      <AccessKeyId>${AccessKeyId}</AccessKeyId>
      <SecretAccessKey>${SecretAccessKey}</SecretAccessKey>
      <SessionToken>${SessionToken}</SessionToken>
      <Expiration>${Expiration}</Expiration>
    </Credentials>
    <SourceIdentity>ann</SourceIdentity>
  </AssumeRoleResult>
  <ResponseMetadata>
    <RequestId>UUID</RequestId>
  </ResponseMetadata>
</AssumeRoleResponse>
`,
    });
    expect(AccessKeyId).toMatch(/^ASIA[A-Z0-9]{16}$/);
    expect(Expiration).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/);
  });

  it('has the id of the request in its header as well, and a second id that names the region', async () => {
    start();
    const { headers, body } = await send({ Action: 'GetCallerIdentity' }, { host: 'sts.eu-west-1.amazonaws.com' });
    const { 'x-amzn-requestid': id = '', 'x-amz-sts-extended-request-id': extended = '' } = headers;
    expect(body).toContain(`<RequestId>${id}</RequestId>`);
    expect(Object.keys(headers)).toEqual([
      'x-amzn-requestid',
      'x-amz-sts-extended-request-id',
      'content-type',
      'content-length',
      'date',
    ]);
    expect(headers).toMatchObject({ 'content-type': 'text/xml', 'content-length': String(Buffer.byteLength(body)) });
    expect(Buffer.from(extended, 'base64').toString()).toMatch(/^1:eu-west-1:S:\d{13}:R:[A-Za-z]{8}$/);
  });

  it('dates the end of a session by the clock of the process, wherever the clock of the mock is', async () => {
    start({ now: '2001-01-01' });
    const { headers, body } = await send({ ...assume, DurationSeconds: '900' });
    const answered = Date.parse(headers['date'] ?? '');
    expect(Math.abs(answered - Date.now())).toBeLessThan(60_000);
    expect(Math.abs(Date.parse(valuesOf(body)['Expiration'] ?? '') - answered - 900_000)).toBeLessThanOrEqual(1000);
  });

  it('escapes what XML may not contain', async () => {
    start();
    const { status, body } = await send({ Action: '<&>' });
    expect({ status, message: /<Message>(.*)<\/Message>/.exec(body)?.[1] }).toEqual({
      status: 400,
      message: 'Could not find operation &lt;&amp;&gt; for version 2011-06-15',
    });
  });

  it('is JSON if Accept names that and not XML, with dates in seconds', async () => {
    start();
    const json = await send(assume, { headers: { accept: 'application/json' } });
    const content = JSON.parse(json.body);
    expect({ type: json.headers['content-type'], content }).toEqual({
      type: 'application/json',
      content: {
        AssumeRoleResponse: {
          AssumeRoleResult: {
            AssumedRoleUser: { AssumedRoleId: expect.stringMatching(/:backup$/), Arn: expect.any(String) },
            Credentials: {
              AccessKeyId: expect.stringMatching(/^ASIA/),
              SecretAccessKey: expect.any(String),
              SessionToken: expect.any(String),
              Expiration: expect.any(Number),
            },
          },
          ResponseMetadata: { RequestId: json.headers['x-amzn-requestid'] },
        },
      },
    });
    const refused = await send({ Action: 'Nothing' }, { headers: { accept: 'application/json' } });
    expect({ status: refused.status, content: JSON.parse(refused.body) }).toEqual({
      status: 400,
      content: {
        Error: {
          Code: 'InvalidAction',
          Message: 'Could not find operation Nothing for version 2011-06-15',
          Type: 'Sender',
        },
        RequestId: refused.headers['x-amzn-requestid'],
      },
    });
    const both = await send(assume, { headers: { accept: 'application/json, text/xml' } });
    expect(both.headers['content-type']).toBe('text/xml');
  });
});

describe('the parameters of a request', () => {
  it.each<[string, Parameters<typeof send>[1]]>([
    ['are read from a form', {}],
    [
      'are read from a form with a charset',
      { headers: { 'content-type': 'application/x-www-form-urlencoded; charset=utf-8' } },
    ],
    ['are read from the query of a GET', { method: 'GET', path: `/?${formOf(assume)}` }],
    ['are those of the form if the query has them too', { path: '/?Action=Nothing&RoleSessionName=other' }],
  ])('%s', async (_, sent) => {
    const mock = start();
    const { status } = await send(assume, sent);
    expect({ status, input: mock.requests.of('AssumeRole')[0]?.input }).toEqual({
      status: 200,
      input: { RoleArn: roleArn, RoleSessionName: 'backup' },
    });
  });

  it('are ignored if the operation does not have them', async () => {
    const mock = start();
    const { status } = await send({ ...assume, Colour: 'red', 'Tags.entry.1.Key': 'a', TokenCodes: '1' });
    expect({ status, input: mock.requests.at(-1)?.input }).toEqual({
      status: 200,
      input: { RoleArn: roleArn, RoleSessionName: 'backup' },
    });
  });

  it.each([
    ['RoleSessionName', `${formOf(assume)}&RoleSessionName=%21`],
    ['Action', `${formOf(assume)}&Action=Nothing`],
    ['Version', `${formOf(assume)}&Version=1`],
  ])('count once, the first: %s', async (_, body) => {
    const mock = start();
    const { status } = await send({}, { body });
    expect({ status, input: mock.requests.of('AssumeRole')[0]?.input }).toEqual({
      status: 200,
      input: { RoleArn: roleArn, RoleSessionName: 'backup' },
    });
  });

  it('are lists and structures by the numbers of their items', async () => {
    const mock = start();
    await send({
      ...assume,
      'Tags.member.2.Key': 'team',
      'Tags.member.2.Value': 'two',
      'Tags.member.1.Key': 'job',
      'Tags.member.1.Value': '',
      'TransitiveTagKeys.member.1': 'team',
      'PolicyArns.member.1.arn': 'arn:aws:iam::aws:policy/AmazonS3ReadOnlyAccess',
      'ProvidedContexts.member.1.ProviderArn': 'arn:aws:iam::aws:contextProvider/IdentityCenter',
    });
    expect(mock.requests.at(-1)?.input).toEqual({
      RoleArn: roleArn,
      RoleSessionName: 'backup',
      Tags: [
        { Key: 'job', Value: '' },
        { Key: 'team', Value: 'two' },
      ],
      TransitiveTagKeys: ['team'],
      PolicyArns: [{ arn: 'arn:aws:iam::aws:policy/AmazonS3ReadOnlyAccess' }],
      ProvidedContexts: [{ ProviderArn: 'arn:aws:iam::aws:contextProvider/IdentityCenter' }],
    });
  });

  it('are items of a list by whole numbers from 1 on, in their order and not in that of the request', async () => {
    const mock = start();
    const names = ['10', '2', '0', '-1', '1e3', 'x', '99999999999999999999', '3'];
    const tags = names.map((number) => [`Tags.member.${number}.Key`, number] as const);
    await send({ ...assume, ...Object.fromEntries(tags), 'Tags.member.4.Colour': 'red' });
    expect(mock.requests.of('AssumeRole')[0]?.input.Tags).toEqual([{ Key: '2' }, { Key: '3' }, {}, { Key: '10' }]);
  });

  it.each([
    ['+900', 900],
    ['0900', 900],
  ])('are numbers as Java reads them: %s', async (text, number) => {
    const mock = start();
    const { status } = await send({ ...assume, DurationSeconds: text });
    expect({ status, input: mock.requests.of('AssumeRole')[0]?.input.DurationSeconds }).toEqual({
      status: 200,
      input: number,
    });
  });

  it.each([
    ['abc', undefined],
    ['900.0', undefined],
    ['2147483648', undefined],
    ['-2147483649', undefined],
    ['', 'missing value for decimal type'],
  ])('are refused if a number is not one: %j', async (text, message) => {
    const mock = start();
    const { status, body } = await send({ ...assume, DurationSeconds: text });
    const line = message === undefined ? '' : `    <Message>${message}</Message>\n`;
    expect({ status, body: withoutIds(body) }).toEqual({
      status: 400,
      body: `<ErrorResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/">
  <Error>
    <Type>Sender</Type>
    <Code>MalformedInput</Code>
${line}  </Error>
  <RequestId>UUID</RequestId>
</ErrorResponse>
`,
    });
    expect(mock.requests.at(-1)).toMatchObject({
      operation: 'AssumeRole',
      input: { DurationSeconds: text },
      why: `DurationSeconds is not a whole number of 32 bits: '${text}'`,
    });
  });

  it.each(['-2147483648', '2147483647'])('are refused by its range if a number has 32 bits: %s', async (text) => {
    start();
    expect(valuesOf((await send({ ...assume, DurationSeconds: text })).body)['Code']).toBe('ValidationError');
  });
});

describe('a request that asks for no operation', () => {
  it.each<[string, string, Parameters<typeof send>[1]]>([
    ['a POST without a Content-Type', '', { headers: { 'content-type': undefined } }],
    ['a POST without an Action', '', { body: 'Version=2011-06-15' }],
    ['a GET without an Action', '?Version=2011-06-15', { method: 'GET', path: '/?Version=2011-06-15' }],
    ['a GET of nothing', '', { method: 'GET' }],
  ])('is sent to a page: %s', async (_, query, sent) => {
    const mock = start();
    const { status, headers, body } = await send(assume, { key: null, ...sent });
    expect({ status, location: headers['location'], body, id: headers['x-amzn-requestid'] }).toEqual({
      status: 302,
      location: `https://aws.amazon.com/iam${query}`,
      body: '',
      id: expect.stringMatching(/^[0-9a-f-]{36}$/),
    });
    expect(mock.requests.at(-1)).toMatchObject({
      service: 'sts',
      operation: undefined,
      status: 302,
      notes: [expect.any(String)],
    });
  });

  it.each([
    ['an unknown one', 'Action=Nothing&Version=2011-06-15', 'Could not find operation Nothing for version 2011-06-15'],
    ['an empty one', 'Action=&Version=2011-06-15', 'Could not find operation  for version 2011-06-15'],
    ['no version', 'Action=AssumeRole', 'Could not find operation AssumeRole for version NO_VERSION_SPECIFIED'],
    ['an empty version', 'Action=AssumeRole&Version=', 'Could not find operation AssumeRole for version '],
    [
      'another version',
      'Action=AssumeRole&Version=2010-05-08',
      'Could not find operation AssumeRole for version 2010-05-08',
    ],
  ])('is refused in a namespace of its own: %s', async (_, body, message) => {
    start();
    const reply = await send({}, { body });
    expect({ status: reply.status, body: withoutIds(reply.body) }).toEqual({
      status: 400,
      body: `<ErrorResponse xmlns="http://webservices.amazon.com/AWSFault/2005-15-09">
  <Error>
    <Type>Sender</Type>
    <Code>InvalidAction</Code>
    <Message>${message}</Message>
  </Error>
  <RequestId>UUID</RequestId>
</ErrorResponse>
`,
    });
  });

  it.each(['GET', 'POST', 'PUT', 'DELETE', 'PATCH', 'OPTIONS'])('is unknown at another path: %s', async (method) => {
    const mock = start();
    const { status, headers, body } = await send(assume, {
      method,
      path: '/vault?x=1',
      region: 'nowhere',
      service: 'ec2',
    });
    expect({ status, body, length: headers['content-length'] }).toEqual({
      status: 404,
      body: '<UnknownOperationException/>\n',
      length: '29',
    });
    expect(Object.keys(headers)).toEqual(expect.arrayContaining(['x-amzn-requestid', 'x-amz-sts-extended-request-id']));
    expect(mock.requests.at(-1)).toMatchObject({
      operation: undefined,
      error: { code: 'UnknownOperationException', message: '' },
      why: 'STS has one path, /, and the request names /vault',
    });
  });

  it('is unknown at another path: HEAD, without the document and with its length', async () => {
    start();
    const { status, headers, body } = await send({}, { method: 'HEAD', path: '/vault' });
    expect({ status, body, length: headers['content-length'] }).toEqual({ status: 404, body: '', length: '29' });
  });
});
