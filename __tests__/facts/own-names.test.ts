import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type MockS3, mockS3 } from '../../src';
import { Budget } from '../../src/facts/budget';
import { whyOutside } from '../../src/facts/own-names';
import { type Outcome, run } from '../../src/facts/run';
import { ServiceStage } from '../../src/facts/service-stage';
import { importRecordings } from '../recordings/import';

const arn = 'arn:aws:s3:::production';
const point = 'arn:aws:s3:us-east-1:123456789012:accesspoint/production';
const base64 = (text: string) => Buffer.from(text).toString('base64');

type Headers = Readonly<Record<string, string>>;
type Way = readonly [way: string, method: string, path: string, headers: Headers, body?: string];

const put = (way: string, path: string, headers: Headers = {}, body = 'x'): Way => [way, 'PUT', path, headers, body];
const sent = (way: string, headers: Headers): Way => put(way, '/vault/k', headers);
const copied = (way: string, source: string): Way => put(way, '/vault/k', { 'x-amz-copy-source': source }, '');
const documented = (way: string, query: string, body: string): Way => put(way, `/vault?${query}`, {}, body);
const inventory = (way: string, destination: string): Way =>
  documented(
    way,
    'inventory&id=i',
    `<InventoryConfiguration><Id>i</Id><Destination><S3BucketDestination>${destination}</S3BucketDestination></Destination></InventoryConfiguration>`,
  );
const notified = (way: string, target: string): Way =>
  documented(way, 'notification', `<NotificationConfiguration>${target}</NotificationConfiguration>`);
const field = (name: string, value: string): string =>
  `--b\r\nContent-Disposition: form-data; name="${name}"\r\n\r\n${value}\r\n`;
const posted = (way: string, ...fields: readonly string[]): Way => [
  way,
  'POST',
  '/vault',
  { 'content-type': 'multipart/form-data; boundary=b' },
  `${fields.join('')}${field('file', 'x')}--b--\r\n`,
];
const policy = (Resource: unknown, more: object = {}) =>
  JSON.stringify({ Statement: [{ Effect: 'Deny', Principal: '*', Action: 's3:*', Resource, ...more }] });

const ways: readonly Way[] = [
  sent('a header Host', { Host: 'production.localhost' }),
  sent('a header host of AWS', { host: 'production.s3.amazonaws.com' }),
  sent('the host with another port', { HOST: '127.0.0.1:1' }),
  sent('a forwarded host', { 'X-Forwarded-Host': 'production.localhost' }),
  sent('a forwarded element', { Forwarded: 'host=production.localhost' }),
  sent('a rewritten path', { 'X-Original-URL': '/production/k' }),
  sent('another method', { 'X-HTTP-Method-Override': 'DELETE' }),
  put('dots in the path', '/vault/../production/k'),
  put('dots below a key', '/vault/a/b/../../../production/k'),
  put('encoded dots', '/vault/%2e%2E/production/k'),
  put('dots that are encoded twice', '/vault/%252e%252e/production/k'),
  put('encoded slashes', '/vault/..%2Fproduction%2Fk'),
  put('backslashes', '/vault\\..\\production\\k'),
  put('encoded backslashes', '/vault/..%5cproduction/k'),
  put('dots with a parameter', '/vault/..;x/production/k'),
  put('dots with a zero byte', '/vault/..%00/production/k'),
  put('dots in two bytes', '/vault/%c0%ae%c0%ae/production/k'),
  put('dots in three bytes', '/vault/%e0%80%ae%e0%80%ae/production/k'),
  put('wide dots', '/vault/%ef%bc%8e%ef%bc%8e/production/k'),
  put('dots in a query', '/vault/k?x=/../../production/k'),
  put('two slashes', '//production/k'),
  put('a dot before the bucket', '/./production/k'),
  put('an encoded bucket', '/%70roduction%2Fk'),
  put('a fragment', '/vault#/../production/k'),
  copied('a source', 'production/secret.txt'),
  copied('a source with a slash', '/production/secret.txt'),
  copied('an encoded source', '%2Fproduction%2Fsecret.txt'),
  copied('a source of a version', 'production/secret.txt?versionId=null'),
  copied('a source of an access point', `${point}/object/secret.txt`),
  copied('a source with dots', 'vault/../production/secret.txt'),
  copied('a source with two slashes', '//production/secret.txt'),
  put('a source in a query', '/vault/k?X-Amz-Copy-Source=production%2Fsecret.txt', {}, ''),
  put('a source to rename', '/vault/k?renameObject', { 'x-amz-rename-source': 'production/secret.txt' }, ''),
  sent('a source of another vendor', { 'x-oss-copy-source': '/production/secret.txt' }),
  sent('an unknown header of S3', { 'x-amz-new-origin': 'production' }),
  sent('a key of KMS', { 'x-amz-server-side-encryption-aws-kms-key-id': 'arn:aws:kms:us-east-1:123456789012:key/x' }),
  inventory('an inventory', `<Bucket>${arn}</Bucket>`),
  inventory('an inventory in CDATA', `<Bucket><![CDATA[${arn}]]></Bucket>`),
  inventory('an inventory in references', `<Bucket>arn:aws:s3:::&#112;roduction</Bucket>`),
  inventory('an inventory with a comment', `<Bucket>arn:<!-- -->aws:s3:::production</Bucket>`),
  inventory('an inventory with a prefix', `<s:Bucket xmlns:s="x">${arn}</s:Bucket>`),
  inventory('an inventory with a plain name', `<Bucket>production</Bucket>`),
  inventory('an inventory behind a comment in CDATA', `<![CDATA[<!--]]><Bucket>${arn}</Bucket><!-- -->`),
  documented(
    'an entity',
    'logging',
    `<!DOCTYPE x [<!ENTITY e "production">]><BucketLoggingStatus>&e;</BucketLoggingStatus>`,
  ),
  documented(
    'an analysis',
    'analytics&id=a',
    `<AnalyticsConfiguration><Id>a</Id><S3BucketDestination><Bucket>${arn}</Bucket></S3BucketDestination></AnalyticsConfiguration>`,
  ),
  documented(
    'logs',
    'logging',
    '<BucketLoggingStatus><LoggingEnabled><TargetBucket>production</TargetBucket><TargetPrefix/></LoggingEnabled></BucketLoggingStatus>',
  ),
  documented(
    'a replication',
    'replication',
    `<ReplicationConfiguration><Role/><Rule><Destination><Bucket>${arn}</Bucket></Destination></Rule></ReplicationConfiguration>`,
  ),
  documented(
    'a role of a replication',
    'replication',
    '<ReplicationConfiguration><Role>production-replicator</Role></ReplicationConfiguration>',
  ),
  notified(
    'a queue',
    '<QueueConfiguration><Queue>arn:aws:sqs:us-east-1:123456789012:production</Queue></QueueConfiguration>',
  ),
  notified('a topic', '<TopicConfiguration><Topic>production</Topic></TopicConfiguration>'),
  notified(
    'a function',
    '<CloudFunctionConfiguration><CloudFunction>production</CloudFunction></CloudFunctionConfiguration>',
  ),
  notified('an event bus', '<EventBridgeConfiguration/>'),
  documented('a policy of another bucket', 'policy', policy(`${arn}/*`)),
  documented('a policy with escapes', 'policy', policy([`${arn}`]).replace('production', '\\u0070roduction')),
  documented(
    'a policy of another account',
    'policy',
    policy('*', { Principal: { AWS: 'arn:aws:iam::123456789012:root' } }),
  ),
  documented(
    'tables',
    'metadataTable',
    '<MetadataTableConfiguration><S3TablesDestination/></MetadataTableConfiguration>',
  ),
  documented('an operation that is not known', 'mirror', '<Mirror>production</Mirror>'),
  documented(
    'a document in UTF-16',
    'logging',
    Buffer.from('<TargetBucket>production</TargetBucket>', 'utf16le').toString('latin1'),
  ),
  [
    'a restoration into a bucket',
    'POST',
    '/vault/k?restore',
    {},
    '<RestoreRequest><OutputLocation><S3><BucketName>production</BucketName></S3></OutputLocation></RestoreRequest>',
  ],
  [
    'a key with dots in a document',
    'POST',
    '/vault?delete',
    {},
    '<Delete><Object><Key>../production/k</Key></Object></Delete>',
  ],
  posted('a field of a form', field('bucket', 'production'), field('key', 'k')),
  posted('a key of a form', field('key', '../production/k')),
  posted('a source in a form', field('key', 'k'), field('x-amz-copy-source', 'production/k')),
  posted('a policy of a form', field('key', 'k'), field('policy', base64('{"conditions":[{"bucket":"production"}]}'))),
  posted('a condition of a form', field('policy', base64('{"conditions":[["eq","$bucket","production"]]}'))),
  put('an account', '/vault?versioning', { 'x-amz-account-id': '123456789012' }),
  sent('chunks of the connection', { 'Transfer-Encoding': 'chunked' }),
  sent('another protocol', { Connection: 'Upgrade', Upgrade: 'h2c' }),
  sent('a proxy', { 'Proxy-Authorization': 'Basic eDp5' }),
  put('a second request behind the body', '/vault/k', { 'Content-Length': '0' }, 'GET /production HTTP/1.1\r\n\r\n'),
  sent('a header with a second line', { 'x-amz-meta-a': 'b\r\nHost: production.localhost' }),
  ['another method of HTTP', 'CONNECT', '/production.localhost:443', {}],
];

/** What nobody could undo, or what acts on the account. */
const lasting: readonly Way[] = [
  sent('a lock', { 'x-amz-object-lock-mode': 'COMPLIANCE' }),
  documented(
    'a retention',
    'object-lock',
    '<ObjectLockConfiguration><Mode>&#67;OMPLIANCE</Mode></ObjectLockConfiguration>',
  ),
  documented(
    'a device',
    'versioning',
    '<VersioningConfiguration><MfaDelete>Enabled</MfaDelete></VersioningConfiguration>',
  ),
];

const recorded = [...ways, ...lasting];

function callOf([Label, Method, Target, Headers, Body = '']: Way) {
  const Payload = [{ Base64: Buffer.from(Body, 'latin1').toString('base64') }];
  return { Label, Raw: { Method, Target, Status: 200, Headers, Payload }, Status: 200 };
}

const operated = (Label: string, Operation: string, Input: object) => ({ Label, Operation, Input, Status: 200 });

describe('a recording that names another bucket', () => {
  let s3: MockS3;
  let outcome: Outcome | undefined;

  beforeAll(async () => {
    s3 = mockS3({ hosts: { only: [] }, buckets: { production: { objects: { 'secret.txt': 's' } } } });
    const { url } = await s3.listen();
    const service = { endpoint: url, region: 'us-east-1', keys: s3.account.credentials, prefix: 'facts' };
    const Calls = [
      operated('make', 'CreateBucket', { Bucket: 'vault' }),
      operated('before', 'PutObject', { Bucket: 'vault', Key: 'k' }),
      ...recorded.map(callOf),
      operated('copy', 'CopyObject', { Bucket: 'vault', Key: 'c', CopySource: 'production/secret.txt' }),
      operated('climb', 'DeleteObject', { Bucket: 'x/../production', Key: 'secret.txt' }),
      operated('after', 'PutObject', { Bucket: 'vault', Key: 'k' }),
      operated('elsewhere', 'CreateBucket', { Bucket: 'other' }),
    ];
    const [chosen] = importRecordings('hostile.json', { Calls });
    [outcome] = chosen === undefined ? [] : await run(new ServiceStage(service, new Budget(1000)), [chosen]);
  });
  afterAll(() => s3.stop());

  it.each(recorded.map(([way]) => way))('is left out with the reason: %s', (way) => {
    const reasons = (outcome?.leftOut ?? []).filter(({ label }) => label === way).map(({ reason }) => reason);
    expect(reasons).toEqual([expect.stringMatching(/^(?!it follows)./)]);
  });

  it('is left out with the reason if it is an operation', () => {
    expect(outcome?.leftOut?.slice(recorded.length)).toEqual([
      { label: 'copy', reason: 'its header x-amz-copy-source names another bucket' },
      { label: 'climb', reason: expect.stringMatching(/names another bucket/) },
      { label: 'after', reason: 'it follows a call of its bucket that is left out' },
    ]);
  });

  it('reaches the service with none of these calls, and with the others', () => {
    const names = s3.requests.map(
      ({ operation, bucket }) => `${operation} ${bucket?.replace(/^facts-[\da-f]{8}-/, '')}`,
    );
    expect(names.slice(0, 3)).toEqual(['CreateBucket vault', 'PutObject vault', 'CreateBucket other']);
    const text = JSON.stringify(s3.requests.map(({ url, headers, input }) => ({ url, headers, input })));
    expect(text).not.toContain('production');
  });

  it('leaves the other bucket as it is, and none of its own', () => {
    expect(s3.buckets.map(({ name }) => name)).toEqual(['production']);
    expect([...s3.bucket('production').keys]).toEqual(['secret.txt']);
  });
});

describe('a request is sent if it names the buckets of its case alone', () => {
  const own = { host: 'localhost:9000', buckets: new Set(['facts-1-vault', 'facts-1-logs']) };
  const why = (method: string, path: string, headers: Headers = {}, body = '') =>
    whyOutside({ method, path, headers, body: Buffer.from(body) }, own);

  it.each<readonly [what: string, method: string, path: string, headers?: Headers, body?: string]>([
    ['a key with dots', 'PUT', '/facts-1-vault/a..b/.../c.', {}, 'production'],
    ['a key that is encoded', 'GET', '/facts-1-vault/space%20%2B/%23%C3%A9?versionId=a..b'],
    ['bytes that look like a document', 'PUT', '/facts-1-vault/k', {}, `<Bucket>${arn}</Bucket>`],
    ['its own source', 'PUT', '/facts-1-vault/k', { 'x-amz-copy-source': '/facts-1-vault/production?versionId=x' }],
    ['an encoded source', 'PUT', '/facts-1-vault/k', { 'x-amz-copy-source': 'facts-1-vault%2Fk' }],
    ['the host of the service', 'GET', '/facts-1-vault', { Host: 'localhost:9000', Connection: 'close' }],
    [
      'free texts',
      'PUT',
      '/facts-1-vault/k',
      { 'x-amz-meta-a': arn, 'x-amz-tagging': 'a=production', Referer: 'http://production/' },
    ],
    ['a user agent', 'GET', '/facts-1-vault/k', { 'User-Agent': 'aws-cli/2.1', 'x-probe': 'one' }],
    ['the key of S3', 'PUT', '/facts-1-vault/k', { 'x-amz-server-side-encryption-aws-kms-key-id': 'alias/aws/s3' }],
    ['the owner', 'GET', '/facts-1-vault/k', { 'x-amz-expected-bucket-owner': '123456789012' }],
    [
      'logs',
      'PUT',
      '/facts-1-vault?logging',
      {},
      '<BucketLoggingStatus><TargetBucket>facts-1-logs</TargetBucket></BucketLoggingStatus>',
    ],
    [
      'an inventory',
      'PUT',
      '/facts-1-vault?inventory&id=i',
      {},
      '<Bucket>arn:aws:s3:::facts-1-logs</Bucket><BucketAccountId/>',
    ],
    [
      'a policy',
      'PUT',
      '/facts-1-vault?policy',
      {},
      policy(['arn:aws:s3:::facts-1-vault', 'arn:aws:s3:::facts-1-vault/*']),
    ],
    ['a redirect', 'PUT', '/facts-1-vault?website', {}, '<HostName>production.example</HostName>'],
    ['a deletion', 'POST', '/facts-1-vault?delete', {}, '<Delete><Object><Key>a/production..</Key></Object></Delete>'],
    ['GOVERNANCE', 'PUT', '/facts-1-vault/k', { 'x-amz-object-lock-mode': 'GOVERNANCE' }],
  ])('%s', (_what, ...request) => {
    expect(why(...request)).toBeUndefined();
  });

  it.each([
    ['an absolute address', 'http://production.localhost/k'],
    ['a bare path', 'production/k'],
    ['no bucket', '/'],
    ['a bucket in capitals', '/FACTS-1-VAULT/k'],
    ['a blank', '/facts-1-vault/k HTTP/1.1'],
    ['a character that is none of a path', '/facts-1-vault/\u010a'],
    ['many layers of encoding', `/facts-1-vault/%${'25'.repeat(40)}2e`],
  ])('but not %s', (_what, path) => {
    expect(why('GET', path)).toEqual(expect.any(String));
  });
});
