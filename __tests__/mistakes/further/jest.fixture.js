// Each describe is one mistake that the documents do not name. Each heading in a comment is the kind of user who makes those that follow.
const { Buffer } = require('node:buffer');
const { mockS3, deleteMarker } = require('s3-versioning-mock/jest');
const sdk = require('@aws-sdk/client-s3');

const { S3Client, GetObjectCommand, PutObjectCommand } = sdk;
const client = (options) => new S3Client({ maxAttempts: 1, ...options });
const send = (command, options) => client(options).send(command);
const get = (Key, more) => send(new GetObjectCommand({ Bucket: 'vault', Key, ...more }));
const put = (Key, Body = 'text', more = {}, options = {}) =>
  send(new PutObjectCommand({ Bucket: 'vault', Key, Body, ...more }), options);
const now = '2026-03-01T12:00:00Z';
const empty = { now, buckets: { vault: {} } };
const versioned = { now, buckets: { vault: { versioning: 'Enabled' } } };
const withReport = { now, buckets: { vault: { objects: { 'report.pdf': 'first' } } } };

// ## jest and the SDK v3

// Cause: the Body of an answer is a stream
// Cure: await Body.transformToString()
describe('The body of an answer is compared with a text', () => {
  mockS3(withReport);

  test('reads the report', async () => {
    const { Body } = await get('report.pdf');
    expect(Body).toBe('first');
  });
});

// Cause: S3 writes an ETag in quotation marks
// Cure: '"8b04d5e3775d298e78455efc5ca404d5"'
describe('The ETag is expected without its quotation marks', () => {
  mockS3(empty);

  test('has the digest', async () => {
    const { ETag } = await put('report.pdf', 'first');
    expect(ETag).toBe('8b04d5e3775d298e78455efc5ca404d5');
  });
});

// Cause: NoSuchKey is the name of the error, and toThrow compares its message
// Cure: rejects.toMatchObject({ name: 'NoSuchKey' })
describe('The code of an error is expected in its message', () => {
  mockS3(empty);

  test('finds no report', async () => {
    await expect(get('report.pdf')).rejects.toThrow('NoSuchKey');
  });
});

// Cause: The mock makes the ids of versions
// Cure: s3.bucket('vault').newest('report.pdf').versionId
describe('A generated version id is written out', () => {
  mockS3(versioned);

  test('returns the version', async () => {
    expect(await put('report.pdf', 'first')).toMatchObject({ VersionId: 'v1' });
  });
});

// Cause: No PutObject came, which uploads small bodies
// Cure: but CreateMultipartUpload (1 request), which begins an upload of parts
describe('A large upload is expected to be one PutObject', () => {
  const s3 = mockS3(empty);

  test('stores the film', async () => {
    const { Upload } = require('@aws-sdk/lib-storage');
    const params = { Bucket: 'vault', Key: 'film.mp4', Body: Buffer.alloc(6 * 2 ** 20) };
    await new Upload({ client: client(), params }).done();
    expect(s3).toHaveApplied('PutObject', { Key: 'film.mp4' });
  });
});

// Cause: lists delete markers in DeleteMarkers
// Cure: DeleteMarkers
describe('The list of versions is expected to have the delete markers', () => {
  mockS3({ now, buckets: { vault: { versioning: 'Enabled', objects: { 'report.pdf': ['first', deleteMarker] } } } });

  test('lists the history', async () => {
    const { Versions } = await send(new sdk.ListObjectVersionsCommand({ Bucket: 'vault' }));
    expect(Versions).toHaveLength(2);
  });
});

// ## the SDK v2

const AWS = require('aws-sdk');
const v2 = (options) => new AWS.S3({ maxRetries: 0, ...options });

// Cause: of the SDK v2 without .promise()
// Cure: .promise()
describe('A call of the SDK v2 has neither promise() nor a callback', () => {
  const s3 = mockS3(empty);

  test('stores the report', async () => {
    await v2().putObject({ Bucket: 'vault', Key: 'report.pdf', Body: 'first' });
    expect(s3).toHaveApplied('PutObject', { Key: 'report.pdf' });
  });
});

// Cause: Body is bytes
// Cure: Body.toString()
describe('The bytes of an answer of the SDK v2 are compared with a text', () => {
  mockS3(withReport);

  test('reads the report', async () => {
    const { Body } = await v2().getObject({ Bucket: 'vault', Key: 'report.pdf' }).promise();
    expect(Body).toEqual('first');
  });
});

// Cause: was sent again, and S3 applied it
// Cure: without times
describe('A rejection is expected of a call that is sent again', () => {
  const s3 = mockS3(empty);

  test('reports a busy S3', async () => {
    s3.on('PutObject').fail('SlowDown', { times: 1 });
    const object = { Bucket: 'vault', Key: 'report.pdf', Body: 'first' };
    await expect(
      v2({ maxRetries: 3, retryDelayOptions: { base: 1 } })
        .putObject(object)
        .promise(),
    ).rejects.toThrow();
  });
});

// Cause: returned only one page of the listing
// Cure: ContinuationToken
describe('The first page of a listing is taken for all', () => {
  mockS3({ now, pageSize: 2, buckets: { vault: { objects: { '1.pdf': '1', '2.pdf': '2', '3.pdf': '3' } } } });

  test('lists the reports', async () => {
    const { Contents } = await v2().listObjectsV2({ Bucket: 'vault' }).promise();
    expect(Contents.map(({ Key }) => Key)).toEqual(['1.pdf', '2.pdf', '3.pdf']);
  });
});

// Cause: The answer to a HEAD has no body
// Cure: 'NotFound'
describe('The code NoSuchKey is expected of a HEAD', () => {
  mockS3(empty);

  test('finds no report', async () => {
    const head = v2().headObject({ Bucket: 'vault', Key: 'report.pdf' }).promise();
    await expect(head).rejects.toMatchObject({ code: 'NoSuchKey' });
  });
});

// Cause: a bucket's name has lower-case letters, digits, dots and hyphens only
// Cure: Name the bucket without s3://
describe('The bucket is named by its URL', () => {
  mockS3(withReport);

  test('reads the report', async () => {
    await v2().getObject({ Bucket: 's3://vault', Key: 'report.pdf' }).promise();
  });
});

// ## minio

const Minio = require('minio');
const minio = (options) =>
  new Minio.Client({ endPoint: 's3.amazonaws.com', accessKey: 'any', secretKey: 'any', ...options });

// Cause: no operation 'statObject'
// Cure: Did you mean HeadObject?
describe('A rule names the method of the client', () => {
  const s3 = mockS3(empty);

  test('finds no report', () => {
    s3.on('statObject').fail('NoSuchKey');
  });
});

// Cause: Delimiter: '/'
// Cure: without a Delimiter
describe('A listing of minio without recursive is expected to have every key', () => {
  mockS3({ now, buckets: { vault: { objects: { 'june/1.pdf': '1', 'june/2.pdf': '2' } } } });

  test('lists the reports', async () => {
    const names = [];
    for await (const { name } of minio().listObjectsV2('vault')) names.push(name);
    expect(names).toEqual(['june/1.pdf', 'june/2.pdf']);
  });
});

// Cause: received a delete marker
// Cure: with its VersionId
describe('A delete without a version id is expected to remove the versions', () => {
  const objects = { 'report.pdf': ['first', 'second'] };
  const s3 = mockS3({ now, buckets: { vault: { versioning: 'Enabled', objects } } });

  test('removes the report', async () => {
    await minio().removeObject('vault', 'report.pdf');
    expect(s3.bucket('vault')).toHaveVersions('report.pdf', []);
  });
});

// Cause: an anonymous caller
// Cure: sign it, or presign its URL
describe('The client has no keys', () => {
  mockS3(withReport);

  test('reads the report', async () => {
    await minio({ accessKey: '', secretKey: '' }).statObject('vault', 'report.pdf');
  });
});

// Cause: Metadata: { author: 'ann' }
// Cure: Write { metadata: { author: 'ann' } }
describe('Metadata is expected with its prefix', () => {
  const s3 = mockS3(empty);

  test('stores the author', async () => {
    await minio().putObject('vault', 'report.pdf', 'first', 5, { 'X-Amz-Meta-Author': 'ann' });
    expect(s3.bucket('vault')).toHaveObject('report.pdf', { metadata: { 'x-amz-meta-author': 'ann' } });
  });
});

// ## IBM COS

const COS = require('ibm-cos-sdk');
const cos = (options) =>
  new COS.S3({
    endpoint: 'https://s3.us-south.cloud-object-storage.appdomain.cloud',
    credentials: new COS.Credentials('any', 'any'),
    maxRetries: 0,
    ...options,
  });
const kept = (days) => ({ Days: days });
const protection = {
  Status: 'Retention',
  MinimumRetention: kept(10),
  DefaultRetention: kept(30),
  MaximumRetention: kept(90),
};

// Cause: and the period is 86,400 seconds
// Cure: 864,000 to 7,776,000 seconds
describe('A retention is shorter than the bucket allows', () => {
  mockS3({ now, dialect: 'ibm-cos', buckets: { vault: { protection } } });

  test('keeps the report for a day', async () => {
    const report = { Bucket: 'vault', Key: 'report.pdf', Body: 'first', RetentionPeriod: 86_400 };
    await cos().putObject(report).promise();
  });
});

// Cause: retained until 2026-03-31T12:00:00.000Z
// Cure: s3.clock.advance
describe('A protected object is deleted before its time', () => {
  mockS3({ now, dialect: 'ibm-cos', buckets: { vault: { protection } } });

  test('removes the report', async () => {
    await cos().putObject({ Bucket: 'vault', Key: 'report.pdf', Body: 'first' }).promise();
    await cos().deleteObject({ Bucket: 'vault', Key: 'report.pdf' }).promise();
  });
});

// Cause: the account's is 1a0ec336-f391-4091-a6fb-5e084a4c56f4
// Cure: serviceInstanceId
describe('A bucket is made for another instance', () => {
  mockS3({ now, dialect: 'ibm-cos', serviceInstanceId: '1a0ec336-f391-4091-a6fb-5e084a4c56f4' });

  test('makes the vault', async () => {
    const IBMServiceInstanceId = '2b0ec336-f391-4091-a6fb-5e084a4c56f4';
    await cos().createBucket({ Bucket: 'vault', IBMServiceInstanceId }).promise();
  });
});

// Cause: the bucket has no retention policy
// Cure: PUT ?protection sets one
describe('A retention is asked for in a bucket without protection', () => {
  mockS3({ now, dialect: 'ibm-cos', buckets: { vault: {} } });

  test('keeps the report for a day', async () => {
    const report = { Bucket: 'vault', Key: 'report.pdf', Body: 'first', RetentionPeriod: 86_400 };
    await cos().putObject(report).promise();
  });
});

// ## lifecycle by the clock

const expiring = (rule) => ({ lifecycle: { Rules: [{ Status: 'Enabled', Filter: {}, ...rule }] } });
const monthly = expiring({ Expiration: { Days: 30 } });

// Cause: after the clock was moved
// Cure: Move the clock after
describe('The clock is moved before the put', () => {
  const s3 = mockS3({ now, buckets: { vault: monthly } });

  test('removes the report after a month', async () => {
    s3.clock.advance({ days: 31 });
    await put('report.pdf', 'first');
    expect(s3.bucket('vault')).not.toHaveObject('report.pdf');
  });
});

// Cause: the clock of the mock stays at 2026-03-01T12:00:00.000Z
// Cure: s3.clock.set(
describe('The system time is set while the option now stops the clock', () => {
  const s3 = mockS3({ now, buckets: { vault: monthly } });
  afterEach(() => jest.useRealTimers());

  test('removes the report after a month', async () => {
    jest.useFakeTimers({ now: new Date(now), doNotFake: ['setTimeout', 'setImmediate', 'nextTick', 'queueMicrotask'] });
    await put('report.pdf', 'first');
    jest.setSystemTime(new Date('2026-04-02T00:00:00Z'));
    expect(s3.bucket('vault')).not.toHaveObject('report.pdf');
  });
});

// Cause: its prefix is 'report/'
// Cure: 'reports/' would match
describe('The filter of the rule has another prefix', () => {
  const s3 = mockS3({ now, buckets: { vault: expiring({ Filter: { Prefix: 'report/' }, Expiration: { Days: 30 } }) } });

  test('removes the report after a month', async () => {
    await put('reports/june.pdf', 'first');
    s3.clock.advance({ days: 31 });
    expect(s3.bucket('vault')).toHaveVersions('reports/june.pdf', []);
  });
});

// Cause: S3.CREATE.DELETEMARKER
// Cure: NoncurrentVersionExpiration
describe('A rule with Expiration alone is expected to empty a versioned bucket', () => {
  const s3 = mockS3({ now, buckets: { vault: { versioning: 'Enabled', ...monthly } } });

  test('removes the report after a month', async () => {
    await put('report.pdf', 'first');
    s3.clock.advance({ days: 31 });
    expect(s3.bucket('vault')).toHaveVersions('report.pdf', []);
  });
});

// Cause: is Disabled
// Cure: Status: 'Enabled'
describe('The rule is disabled', () => {
  const s3 = mockS3({ now, buckets: { vault: expiring({ Status: 'Disabled', Expiration: { Days: 30 } }) } });

  test('removes the report after a month', async () => {
    await put('report.pdf', 'first');
    s3.clock.advance({ days: 31 });
    expect(s3.bucket('vault')).not.toHaveObject('report.pdf');
  });
});

// ## MFA Delete

const mfaDelete = {
  vault: { versioning: 'Enabled', mfaDelete: 'Enabled', objects: { 'report.pdf': ['first', 'second'] } },
};
const suspend = (MFA, options) =>
  send(
    new sdk.PutBucketVersioningCommand({ Bucket: 'vault', MFA, VersioningConfiguration: { Status: 'Suspended' } }),
    options,
  );

// Cause: was generated at 12:00:00 and is valid for 90 seconds
// Cure: get another code: s3.mfa.header()
describe('The code is made before the clock moves', () => {
  const s3 = mockS3({ now, buckets: mfaDelete });

  test('suspends versioning later', async () => {
    const MFA = s3.mfa.header();
    s3.clock.advance({ minutes: 10 });
    await suspend(MFA);
  });
});

// Cause: user ann of account 000000000000 is not the root user
// Cure: s3.account.credentials
describe('A user sends the code of the root user', () => {
  const s3 = mockS3({ now, users: { ann: {} }, buckets: mfaDelete });

  test('suspends versioning', async () => {
    await suspend(s3.mfa.header(), { credentials: s3.account.user('ann').credentials });
  });
});

// Cause: not supported on a bucket with Mfa Authentication
// Cure: Disable Mfa Authentication before
describe('A bucket with MFA Delete gets a lifecycle rule', () => {
  mockS3({ now, buckets: mfaDelete });

  test('limits the history', async () => {
    const Rules = [{ Status: 'Enabled', Filter: {}, NoncurrentVersionExpiration: { NoncurrentDays: 30 } }];
    const LifecycleConfiguration = { Rules };
    await send(new sdk.PutBucketLifecycleConfigurationCommand({ Bucket: 'vault', LifecycleConfiguration }));
  });
});

// Cause: adds a delete marker
// Cure: To delete a version, give its VersionId
describe('The version id of a delete is forgotten', () => {
  const s3 = mockS3({ now, buckets: mfaDelete });

  test('is asked for a code', async () => {
    const report = { Bucket: 'vault', Key: 'report.pdf' };
    await expect(send(new sdk.DeleteObjectCommand(report))).rejects.toThrow('Mfa Authentication');
    expect(s3.bucket('vault')).not.toHaveDeleteMarker('report.pdf');
  });
});

// Cause: there is no member 'mfa'
// Cure: s3.mfa
describe('The serial is asked of the bucket', () => {
  const s3 = mockS3({ now, buckets: mfaDelete });

  test('suspends versioning', async () => {
    await suspend(s3.bucket('vault').mfa.header());
  });
});

// ## access and policies

const allow = (Action, Resource) => ({
  Version: '2012-10-17',
  Statement: [{ Effect: 'Allow', Action, Resource }],
});

// Cause: not arn:aws:s3:::vault
// Cure: its resource is arn:aws:s3:::vault/*
describe('The resource of a policy is the bucket and not its objects', () => {
  const users = { ann: { policy: allow('s3:GetObject', 'arn:aws:s3:::vault') } };
  mockS3({ ...withReport, users, caller: 'ann' });

  test('reads the report', async () => {
    await get('report.pdf');
  });
});

// Cause: there is no action 'GetObject'
// Cure: Did you mean s3:GetObject?
describe('A matcher gets an operation in the place of an action', () => {
  const s3 = mockS3({ ...withReport, users: { ann: { policy: allow('s3:GetObject', 'arn:aws:s3:::vault/*') } } });

  test('may read', () => {
    expect(s3.account.user('ann')).toAllow('GetObject', 'vault/report.pdf');
  });
});

// Cause: its ownership is BucketOwnerEnforced
// Cure: ownershipControls: 'ObjectWriter', and for public ACLs also publicAccessBlock: null
describe('A new bucket gets an object with an ACL', () => {
  mockS3(empty);

  test('publishes the report', async () => {
    await put('report.pdf', 'first', { ACL: 'public-read' });
  });
});

// Cause: its ownership is 'BucketOwnerEnforced'
// Cure: for a public ACL publicAccessBlock: null
describe('A fixture has an ACL that its bucket refuses', () => {
  test('makes a mock', () => {
    require('s3-versioning-mock').mockS3({ hosts: ['acl.test'], buckets: { vault: { acl: 'public-read' } } });
  });
});

// ## aws-sdk-client-mock and LocalStack

// Cause: toHaveReceivedCommandWith is not a function
// Cure: toHaveReceived('PutObject'
describe('A matcher of aws-sdk-client-mock-jest is called', () => {
  const s3 = mockS3(empty);

  test('stores the report', async () => {
    await put('report.pdf', 'first');
    expect(s3).toHaveReceivedCommandWith(PutObjectCommand, { Key: 'report.pdf' });
  });
});

// Cause: aws-sdk-client-mock
// Cure: restore it
describe('The client is still stubbed', () => {
  const s3 = mockS3(empty);
  let stub;
  afterEach(() => stub.restore());

  test('stores the report', async () => {
    stub = require('aws-sdk-client-mock').mockClient(S3Client);
    await put('report.pdf', 'first');
    expect(s3.bucket('vault')).toHaveObject('report.pdf');
  });
});

// Cause: reset before each test
// Cure: fixture
describe('The objects of another test are expected', () => {
  mockS3(empty);

  test('stores the report', async () => {
    await put('report.pdf', 'first');
  });

  test('reads the report', async () => {
    await get('report.pdf');
  });
});

// Cause: let connections to other hosts pass: 127.0.0.1:9
// Cure: For another service, such as SQS, use aws-sdk-client-mock or nock.
describe('The queue of LocalStack is polled', () => {
  mockS3(empty);

  test('receives a message', async () => {
    const { ReceiveMessageCommand, SQSClient } = require('@aws-sdk/client-sqs');
    const sqs = new SQSClient({ region: 'us-east-1', endpoint: 'http://127.0.0.1:9', maxAttempts: 1 });
    await sqs.send(new ReceiveMessageCommand({ QueueUrl: 'http://127.0.0.1:9/000000000000/jobs' }));
  });
});

// ## nock, undici and axios

// Cause: an anonymous caller
// Cure: sign it, or presign its URL
describe('axios sends a request without a signature', () => {
  mockS3(withReport);

  test('reads the report', async () => {
    await require('axios').get('https://vault.s3.amazonaws.com/report.pdf');
  });
});

// Cause: received 'application/x-www-form-urlencoded'
// Cure: headers: { 'content-type': 'application/pdf' }
describe('axios adds a type of content to an upload by a URL', () => {
  const s3 = mockS3(empty);

  test('stores the report', async () => {
    const { getSignedUrl } = require('@aws-sdk/s3-request-presigner');
    const url = await getSignedUrl(client(), new PutObjectCommand({ Bucket: 'vault', Key: 'report.pdf' }));
    await require('axios').put(url, 'first');
    expect(s3.bucket('vault')).toHaveObject('report.pdf', { contentType: 'application/pdf' });
  });
});

// Cause: nock
// Cure: interceptor
describe('An interceptor of nock is left for a host of S3', () => {
  const nock = require('nock');
  const s3 = mockS3({ ...empty, nock });
  afterEach(() => nock.cleanAll());
  afterAll(() => nock.restore());

  test('stores the report', async () => {
    nock('https://vault.s3.us-east-1.amazonaws.com').put('/report.pdf').query(true).reply(200);
    await put('report.pdf', 'first');
    expect(s3).toHaveApplied('PutObject', { Key: 'report.pdf' });
  });
});

// Cause: MockAgent of undici
// Cure: enableNetConnect
describe('The dispatcher of undici is a MockAgent', () => {
  const undici = require('undici');
  const dispatcher = undici.getGlobalDispatcher();
  mockS3(withReport);
  afterEach(() => undici.setGlobalDispatcher(dispatcher));

  test('reads the report', async () => {
    const { getSignedUrl } = require('@aws-sdk/s3-request-presigner');
    const agent = new undici.MockAgent();
    agent.disableNetConnect();
    undici.setGlobalDispatcher(agent);
    const url = await getSignedUrl(client(), new GetObjectCommand({ Bucket: 'vault', Key: 'report.pdf' }));
    const { body } = await undici.request(url);
    expect(await body.text()).toBe('first');
  });
});

// Cause: Nock: Disallowed net connect
// Cure: mockS3({ nock })
describe('The net connections of nock are disabled before the mock is told', () => {
  const nock = require('nock');
  mockS3(withReport);
  afterEach(() => nock.enableNetConnect());
  afterAll(() => nock.restore());

  test('reads the report', async () => {
    nock.activate();
    nock.disableNetConnect();
    await get('report.pdf');
  });
});

// Cause: bucket 'vault' is in eu-west-1, and the client called us-east-1
// Cure: Give the client region: 'eu-west-1'
describe('A fetch names the bucket in a host of another region', () => {
  mockS3({ now, buckets: { vault: { region: 'eu-west-1', objects: { 'report.pdf': 'first' } } } });

  test('reads the report', async () => {
    const { getSignedUrl } = require('@aws-sdk/s3-request-presigner');
    const url = await getSignedUrl(client(), new GetObjectCommand({ Bucket: 'vault', Key: 'report.pdf' }));
    expect(await (await fetch(url)).text()).toBe('first');
  });
});

// ## jest around the code under test

// Cause: key 'a.txt': there is no option 'cacheControl'
// Cure: Write headers: { 'cache-control': … }
describe('A header of a fixture has the name that SDKs give it', () => {
  const s3 = mockS3(empty);

  test('stores the header', () => {
    s3.createBucket('other', { objects: { 'a.txt': { body: 'first', cacheControl: 'no-cache' } } });
  });
});

// Cause: a version has no 'cacheControl'
// Cure: Write headers: { 'cache-control': … }
describe('A stored header is expected by the name that SDKs give it', () => {
  const s3 = mockS3(empty);

  test('stores the header', async () => {
    await put('a.txt', 'first', { CacheControl: 'no-cache' });
    expect(s3.bucket('vault')).toHaveObject('a.txt', { cacheControl: 'no-cache' });
  });
});

// Cause: This process has started the process node upload.cjs
// Cure: await s3.listen({ env: true }) before the start
describe('The code under test runs in a child process', () => {
  const s3 = mockS3(empty);

  test('uploads the report', async () => {
    const { execFile } = require('node:child_process');
    await new Promise((resolve) => execFile(process.execPath, ['upload.cjs'], resolve));
    expect(s3).toHaveReceived('PutObject');
  });
});

// Cause: This process has started a worker thread
// Cure: await s3.listen({ env: true }) before the start
describe('The code under test runs in a worker thread', () => {
  const s3 = mockS3(empty);

  test('uploads the report', async () => {
    const { Worker } = require('node:worker_threads');
    const worker = new Worker('0', { eval: true });
    await new Promise((resolve) => worker.on('exit', resolve));
    expect(s3.bucket('vault')).toHaveObject('report.pdf');
  });
});

// Cause: Matchers for spies, such as toHaveBeenCalled, do not work with the mock
// Cure: write expect(s3).toHaveReceived('PutObject')
describe('The requests are given to a matcher for spies', () => {
  const s3 = mockS3(empty);

  test('writes the report once', async () => {
    await put('report.pdf');
    expect(s3.requests).toHaveBeenCalledTimes(1);
  });
});

// Cause: A body is bytes, which equal no text
// Cure: s3.bucket('vault').object('report.pdf').text()
describe('A stored body is compared with a text', () => {
  const s3 = mockS3(empty);

  test('stores the report', async () => {
    await put('report.pdf', 'first');
    expect(s3.bucket('vault').object('report.pdf').body).toEqual('first');
  });
});

// Cause: versions() returns objects with bytes as bodies, newest first
// Cure: write expect(s3.bucket('vault')).toHaveVersions('report.pdf', ['first', 'second'])
describe('The list of versions is compared with texts', () => {
  const s3 = mockS3(versioned);

  test('keeps both', async () => {
    await put('report.pdf', 'first');
    await put('report.pdf', 'second');
    expect(s3.bucket('vault').versions('report.pdf')).toEqual(['first', 'second']);
  });
});

// Cause: the input of PutObject was given as PutObjectCommand, a command of the AWS SDK
// Cure: Give its input: command.input
describe('The expected input is the command', () => {
  const s3 = mockS3(empty);

  test('writes the report', async () => {
    const command = new PutObjectCommand({ Bucket: 'vault', Key: 'report.pdf', Body: 'first' });
    await client().send(command);
    expect(s3).toHaveReceived('PutObject', command);
  });
});

// Cause: The keys of a bucket are a list, not a method
// Cure: write s3.bucket('vault').keys, without ()
describe('The keys of a bucket are called', () => {
  const s3 = mockS3(empty);

  test('writes one object', async () => {
    await put('report.pdf');
    expect(s3.bucket('vault').keys()).toEqual(['report.pdf']);
  });
});

// Cause: invalid operation 2
// Cure: the number comes after it: toHaveReceivedTimes('PutObject', 2)
describe('The number of requests comes before the operation', () => {
  const s3 = mockS3(empty);

  test('writes twice', async () => {
    await put('a.txt');
    await put('b.txt');
    expect(s3).toHaveReceivedTimes(2, 'PutObject');
  });
});

// Cause: Tests of test.concurrent share the mock
// Cure: await s3.fork(async (world) => { … })
describe('Concurrent tests expect the objects of one of them', () => {
  const s3 = mockS3(empty);

  test.concurrent('writes a', async () => {
    await put('a.txt');
  });

  test.concurrent('writes b', async () => {
    await put('b.txt');
    await new Promise((resolve) => setTimeout(resolve, 50));
    expect(s3.bucket('vault').keys).toEqual(['b.txt']);
  });
});

// Cause: AWS_PROFILE was set after the mock was made
// Cure: Set it before mockS3(), which then hides it
describe('A profile is set after the mock', () => {
  mockS3(empty);
  afterEach(() => {
    delete process.env.AWS_PROFILE;
  });

  test('reads the report', async () => {
    process.env.AWS_PROFILE = 'of-nobody';
    await put('report.pdf');
  });
});

// Cause: are gone from process.env: the mock set them when it was made
// Cure: process.env = { ...process.env, STAGE: 'test' }
describe('The environment is replaced', () => {
  mockS3(empty);
  const before = process.env;
  afterEach(() => {
    process.env = before;
  });

  test('writes the report', async () => {
    process.env = { STAGE: 'test' };
    await put('report.pdf');
  });
});

// Cause: The mock has set AWS_REGION, since the environment had none
// Cure: delete process.env.AWS_REGION in the test
describe('The code is expected to fail without a region', () => {
  mockS3(empty);

  const readRegion = () => {
    if (process.env.AWS_REGION === undefined) throw new Error('AWS_REGION is not set');
    return process.env.AWS_REGION;
  };

  test('asks for a region', () => {
    expect(readRegion).toThrow('AWS_REGION is not set');
  });
});

// Cause: so code that has a default region of its own does not use it
// Cure: give the option region: mockS3({ region: 'eu-west-1' })
describe('The code has a default region of its own', () => {
  mockS3({ now, buckets: { vault: { region: 'eu-west-1' } } });

  test('writes the report', async () => {
    const region = process.env.AWS_REGION ?? 'eu-west-1';
    await put('report.pdf', 'first');
    expect(region).toBe('eu-west-1');
  });
});

// Cause: AWS_ENDPOINT_URL_S3 was set to 'http://127.0.0.1:9' after the mock was made
// Cure: Set it before mockS3()
describe('The endpoint is set after the mock', () => {
  mockS3(empty);
  afterEach(() => {
    delete process.env.AWS_ENDPOINT_URL_S3;
  });

  test('writes the report', async () => {
    process.env.AWS_ENDPOINT_URL_S3 = 'http://127.0.0.1:9';
    await put('report.pdf');
  });
});

// Cause: If 127.0.0.1:9 is the S3 endpoint of your code, or its proxy
// Cure: mockS3({ hosts: ['127.0.0.1:9'] })
describe('The client has an agent to a proxy that does not answer', () => {
  mockS3(empty);

  test('writes the report', async () => {
    const { HttpsProxyAgent } = require('https-proxy-agent');
    const httpsAgent = new HttpsProxyAgent('http://127.0.0.1:9');
    await put('report.pdf', 'first', {}, { requestHandler: { httpsAgent } });
  });
});

// Cause: a requestHandler of its own
// Cure: Then no request is made: restore it
describe('The client has a requestHandler of its own', () => {
  const s3 = mockS3(empty);

  test('writes the report', async () => {
    const handle = async () => ({ response: { statusCode: 200, headers: {} } });
    await send(new PutObjectCommand({ Bucket: 'vault', Key: 'report.pdf' }), { requestHandler: { handle } });
    expect(s3).toHaveReceived('PutObject');
  });
});

// Cause: forEach awaits nothing
// Cure: called, and awaited
describe('The requests are made in forEach', () => {
  const s3 = mockS3(empty);

  test('writes all', async () => {
    // biome-ignore lint/nursery/noMisusedPromises: this is the mistake
    ['a.txt', 'b.txt'].forEach(async (key) => {
      await put(key);
    });
    expect(s3).toHaveReceivedTimes('PutObject', 2);
  });
});

// Cause: a callback of the SDK v2 is not awaited
// Cure: write .promise()
describe('A call of the SDK v2 has a callback', () => {
  const s3 = mockS3(empty);

  test('writes the report', () => {
    const S3 = require('aws-sdk/clients/s3');
    new S3().putObject({ Bucket: 'vault', Key: 'report.pdf', Body: 'first' }, () => undefined);
    expect(s3).toHaveReceived('PutObject');
  });
});

// Cause: there is no option 'sseC'
// Cure: It is an option of the mock: mockS3({ sseC, buckets })
describe('An option of the mock is given to a bucket', () => {
  const s3 = mockS3(empty);

  test('makes the bucket', () => {
    s3.createBucket('other', { sseC: 'allowed' });
  });
});

// Cause: No request came at all.
// Cure: was it called, and awaited?
describe('A test of handles expects another object', () => {
  const s3 = mockS3(empty);

  test('stores the report', () => {
    s3.bucket('vault').put('report.pdf', 'first');
    expect(s3.bucket('vault')).toHaveObject('report.pdf', { body: 'second' });
  });
});

// Cause: Matchers for spies, such as toHaveBeenCalled, do not work with requests
// Cure: write expect(s3).toHaveReceived('PutObject')
describe('A list of requests is given to a matcher for spies', () => {
  const s3 = mockS3(empty);

  test('writes the report once', async () => {
    await put('report.pdf');
    expect(s3.requests.of('PutObject')).toHaveBeenCalledTimes(1);
  });
});

// Cause: AWS_REGION is gone from process.env
// Cure: the mock set it when it was made
describe('A hook deletes the region', () => {
  mockS3(empty);
  const { AWS_REGION } = process.env;
  afterEach(() => {
    process.env.AWS_REGION = AWS_REGION;
  });

  test('writes the report', async () => {
    delete process.env.AWS_REGION;
    await put('report.pdf');
  });
});

// Cause: invalid after 10
// Cure: it needs { when: 'during' }
describe('A connection is lost after bytes of an answer that is not sent', () => {
  const s3 = mockS3(empty);

  test('reads the report', () => {
    s3.on('GetObject').disconnect({ when: 'before', after: 10 });
  });
});

// Cause: an answer of PutObject has no body that could be cut
// Cure: disconnect({ when: 'after' }) loses the whole answer
describe('An answer without a body is cut', () => {
  const s3 = mockS3(empty);

  test('writes the report', () => {
    s3.on('PutObject').disconnect({ when: 'during', after: 10 });
  });
});

// Cause: the header 'content-type' cannot be given here
// Cure: Give contentType
describe('The media type of a fixture is a header', () => {
  const s3 = mockS3(empty);

  test('stores the page', () => {
    s3.bucket('vault').put('index.html', 'first', { headers: { 'content-type': 'text/html' } });
  });
});

// Cause: S3 does not store the header 'Cache-Control'
// Cure: Did you mean cache-control?
describe('A stored header is expected in the case of HTTP', () => {
  const s3 = mockS3(empty);

  test('stores the page', async () => {
    await put('index.html', 'first', { CacheControl: 'no-cache' });
    expect(s3.bucket('vault')).toHaveObject('index.html', { headers: { 'Cache-Control': 'no-cache' } });
  });
});

// Cause: the input of PutObject was given as PutObjectCommand, a command of the AWS SDK
// Cure: Give its input: command.input
describe('A rule is given the command', () => {
  const s3 = mockS3(empty);

  test('fails once', () => {
    s3.on('PutObject', new PutObjectCommand({ Bucket: 'vault', Key: 'report.pdf' })).fail('SlowDown', { times: 1 });
  });
});

// Cause: This process has started the process node upload.cjs
// Cure: await s3.listen({ env: true }) before the start
describe('The exit code of a child process is expected', () => {
  mockS3(empty);

  test('uploads the report', async () => {
    const { spawn } = require('node:child_process');
    const child = spawn('node', ['upload.cjs'], { stdio: 'ignore' });
    expect(await new Promise((resolve) => child.on('close', resolve))).toBe(0);
  });
});

// Cause: s3.account is the default account, not a method
// Cure: s3.accounts.find(({ name }) => name === 'partner')
describe('Another account is asked of the mock by its name', () => {
  const s3 = mockS3({ ...empty, accounts: { partner: {} } });

  test('finds the keys', () => {
    expect(s3.account('partner').credentials.accessKeyId).toMatch(/^AKIA/);
  });
});
