import { describe, expect, it } from '@jest/globals';
import { mockS3 } from 's3-versioning-mock/jest';
import { enabled, signedBy } from '../../support/documents';
import { send, type WireAnswer, type WireCall } from '../../support/wire-client';

const s3 = mockS3({ now: '2026-01-31T10:00:00Z', buckets: { vault: { region: 'eu-de-smart' }, plain: {} } });

const suffix = 'cloud-object-storage.appdomain.cloud';
const hostOf = (place: string) => `s3.${place}.${suffix}`;
const host = hostOf('eu-de');
const call = (one: WireCall) => send({ host, ...one, headers: { Authorization: 'Bearer a.b.c', ...one.headers } });

const declaration = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>';
const namespace = 'xmlns="http://s3.amazonaws.com/doc/2006-03-01/"';
const requestId = ({ header }: WireAnswer) => header('x-amz-request-id');

/** IBM Cloud Docs, common-headers-errors; the one for AccessDenied is pasted in ibm-cloud-docs/cloud-object-storage#65. F42 */
function refusal(answer: WireAnswer, code: string, message: string, resource: string): string {
  return `${declaration}<Error><Code>${code}</Code><Message>${message}</Message><Resource>${resource}</Resource><RequestId>${requestId(answer)}</RequestId><httpStatusCode>${answer.status}</httpStatusCode></Error>`;
}

const cosHead = ['Date: NOW', 'X-Clv-Request-Id: UUID', 'Server: Cleversafe', 'X-Clv-S3-Version: 2.5'];
/** Of reads alone. */
const ranges = 'Accept-Ranges: bytes';

describe('an answer of IBM COS (F42)', () => {
  it('has its own headers, and one request id in all of them', async () => {
    const answer = await call({ method: 'PUT', path: '/vault?versioning', body: enabled });
    expect(answer.status).toBe(200);
    expect(requestId(answer)).toBe(answer.header('x-clv-request-id'));
    expect(answer.head).toEqual([...cosHead, `x-amz-request-id: ${requestId(answer)}`, 'Content-Length: 0']);
  });

  it('has the length of its document', async () => {
    const answer = await call({ path: '/vault?versioning' });
    expect(answer.body).toBe(`${declaration}\n<VersioningConfiguration ${namespace}/>`);
    expect(answer.head.slice(-1)).toEqual([`Content-Length: ${answer.body.length}`]);
  });

  it.each([
    [
      'a bucket not there',
      { path: '/nowhere?versioning' },
      404,
      'NoSuchBucket',
      'The specified bucket does not exist.',
      '/nowhere/',
    ],
    [
      'nobody, at the root',
      { path: '/', headers: { Authorization: undefined } },
      403,
      'AccessDenied',
      'Access Denied',
      '',
    ],
    [
      'nobody, at a bucket',
      { path: '/vault?versioning', headers: { Authorization: undefined } },
      403,
      'AccessDenied',
      'Access Denied',
      '/vault/',
    ],
  ] as const)('refuses %s in a document of its own form', async (_what, asked, status, code, message, resource) => {
    const answer = await call(asked);
    expect({ status: answer.status, body: answer.body }).toEqual({
      status,
      body: refusal(answer, code, message, resource),
    });
    expect(answer.head).toEqual([
      ...cosHead,
      ranges,
      `x-amz-request-id: ${requestId(answer)}`,
      'Content-Type: application/xml',
      `Content-Length: ${answer.body.length}`,
    ]);
  });

  // Recorded: PutObject 2021, UploadPart 2022, CreateBucket and DeleteBucket 2023 without Accept-Ranges, HEADs and GETs of 2019 to 2025 with it.
  it.each<{ method: string; path: string; has: boolean }>`
    method      | path          | has
    ${'GET'}    | ${'/vault'}   | ${true}
    ${'HEAD'}   | ${'/vault'}   | ${true}
    ${'PUT'}    | ${'/fresh'}   | ${false}
    ${'PUT'}    | ${'/vault/k'} | ${false}
    ${'DELETE'} | ${'/vault/k'} | ${false}
    ${'DELETE'} | ${'/vault'}   | ${false}
  `('to $method $path has Accept-Ranges: $has', async ({ method, path, has }) => {
    expect((await call({ method, path })).header('accept-ranges')).toBe(has ? 'bytes' : undefined);
  });

  it.each(['vault', 'nowhere'])(
    'names a bucket with a slash behind it also if the host has its name: %s',
    async (name) => {
      const answer = await call({ path: '/?tagging', host: `${name}.${host}` });
      expect({ status: answer.status, body: answer.body }).toEqual({
        status: 404,
        body: expect.stringContaining(`<Resource>/${name}/</Resource>`),
      });
    },
  );

  it('has no document for a HEAD', async () => {
    const answer = await call({ method: 'HEAD', path: '/nowhere' });
    expect({ status: answer.status, body: answer.body }).toEqual({ status: 404, body: '' });
  });
});

describe('the caller of IBM COS (F44)', () => {
  it.each([['Bearer a.b.c'], ['bearer a.b.c'], ['AWS KEY:SIG']])(
    'with %s is the default account',
    async (Authorization) => {
      expect((await call({ path: '/vault?versioning', headers: { Authorization } })).status).toBe(200);
      expect(s3.requests.last()?.caller).toMatchObject({ account: '000000000000', user: undefined });
    },
  );

  it("with another account's keys is that account", async () => {
    const Authorization = signedBy(s3.createAccount('partner'));
    expect((await call({ path: '/vault?versioning', headers: { Authorization } })).status).toBe(403);
  });

  it('is not compared with the expected bucket owner (F40)', async () => {
    const headers = { 'x-amz-expected-bucket-owner': '111111111111' };
    expect((await call({ path: '/vault?versioning', headers })).status).toBe(200);
  });
});

describe('buckets on IBM COS', () => {
  it('PUT /{Bucket} accepts a service instance and answers without a Location and an ARN', async () => {
    const answer = await call({ method: 'PUT', path: '/fresh', headers: { 'ibm-service-instance-id': 'crn:v1:abc' } });
    expect({
      status: answer.status,
      location: answer.header('location'),
      bucketArn: answer.header('x-amz-bucket-arn'),
    }).toEqual({
      status: 200,
      location: undefined,
      bucketArn: undefined,
    });
    s3.requests.expectLast('CreateBucket', { Bucket: 'fresh', IBMServiceInstanceId: 'crn:v1:abc' });
  });

  it.each<{ place: string; word: string | undefined; location: string }>`
    place         | word                   | location
    ${'eu-de'}    | ${undefined}           | ${'eu-de-standard'}
    ${'us-south'} | ${'us-south-smart'}    | ${'us-south-smart'}
    ${'eu'}       | ${'eu-onerate_active'} | ${'eu-onerate_active'}
    ${'ams03'}    | ${'ams03-cold'}        | ${'ams03-cold'}
  `('PUT /{Bucket} at $place for $word is at $location', async ({ place, word, location }) => {
    const there = hostOf(place);
    const body =
      word && `<CreateBucketConfiguration><LocationConstraint>${word}</LocationConstraint></CreateBucketConfiguration>`;
    expect((await call({ method: 'PUT', path: '/fresh', body, host: there })).status).toBe(200);
    expect((await call({ path: '/fresh?location', host: there })).body).toBe(
      `${declaration}\n<LocationConstraint ${namespace}>${location}</LocationConstraint>`,
    );
  });

  // F252
  it.each<{ there: string; location: string }>`
    there                                                       | location
    ${'s3.us.cloud-object-storage.appdomain.cloud'}             | ${'us-standard'}
    ${'s3.private.dal.us.cloud-object-storage.appdomain.cloud'} | ${'us-standard'}
    ${'fresh.s3.ams.eu.cloud-object-storage.appdomain.cloud'}   | ${'eu-standard'}
    ${'s3-api.us-geo.objectstorage.softlayer.net'}              | ${'us-standard'}
    ${'s3.ams-eu-geo.objectstorage.service.networklayer.com'}   | ${'eu-standard'}
  `('a bucket that is created at $there is at $location', async ({ there, location }) => {
    const path = there.startsWith('fresh.') ? '/' : '/fresh';
    expect((await call({ method: 'PUT', path, host: there })).status).toBe(200);
    const answer = await call({ path: path === '/' ? '/?location' : '/fresh?location', host: there });
    expect(answer.body).toContain(`>${location}</LocationConstraint>`);
  });

  // F46: the last is the location of other hosts.
  it.each([['eu-west-1'], ['us-south'], ['us-south-glacier'], ['mars-standard'], ['us-south-smart']])(
    'PUT /{Bucket} refuses %s',
    async (word) => {
      const body = `<CreateBucketConfiguration><LocationConstraint>${word}</LocationConstraint></CreateBucketConfiguration>`;
      const answer = await call({ method: 'PUT', path: '/fresh', body });
      expect(answer.body).toBe(
        refusal(
          answer,
          'InvalidLocationConstraint',
          'Container storage location with specified provisioning code not available',
          '/fresh/',
        ),
      );
    },
  );

  it('PUT /{Bucket} of a bucket that exists is refused, to its owner too', async () => {
    const answer = await call({ method: 'PUT', path: '/plain' });
    expect({ status: answer.status, body: answer.body }).toEqual({
      status: 409,
      body: refusal(
        answer,
        'BucketAlreadyOwnedByYou',
        'Your previous request to create the named bucket succeeded and you already own it.',
        '/plain/',
      ),
    });
  });

  // api-reference-buckets.md: "If either the header or the value is misspelled, the bucket is created". F254
  it.each<{ name: string; value: string; lock: boolean }>`
    name                                  | value        | lock
    ${'x-amz-bucket-object-lock-enabled'} | ${'true'}    | ${true}
    ${'x-amz-bucket-object-lock-enabled'} | ${'True'}    | ${true}
    ${'x-amz-bucket-object-lock-enabled'} | ${'false'}   | ${false}
    ${'x-amz-bucket-object-lock-enabled'} | ${'ture'}    | ${false}
    ${'x-amz-bucket-object-lock-enabled'} | ${'Enabled'} | ${false}
    ${'x-amz-bucket-object-lock-enabled'} | ${'1'}       | ${false}
    ${'x-amz-bucket-object-lock-enabled'} | ${''}        | ${false}
    ${'x-amz-bucket-objectlock-enabled'}  | ${'true'}    | ${false}
  `('PUT /{Bucket} with $name: $value has object lock: $lock', async ({ name, value, lock }) => {
    expect((await call({ method: 'PUT', path: '/fresh', headers: { [name]: value } })).status).toBe(200);
    const { versioning, objectLock } = s3.bucket('fresh');
    expect({ versioning, objectLock }).toEqual({ versioning: lock ? 'Enabled' : undefined, objectLock: lock });
  });

  it('PUT /{Bucket} with a misspelt value is refused by AWS, which creates nothing (F254)', async () => {
    const headers = { 'x-amz-bucket-object-lock-enabled': 'ture' };
    const answer = await send({ method: 'PUT', path: '/fresh', headers });
    expect({ status: answer.status, code: /<Code>(\w+)/.exec(answer.body)?.[1] }).toEqual({
      status: 400,
      code: 'InvalidArgument',
    });
    expect((await send({ path: '/fresh?location' })).status).toBe(404);
  });

  it('PUT /{Bucket} does not read the ownership of objects, which COS lacks', async () => {
    const headers = { 'x-amz-object-ownership': 'Nobody' };
    expect((await call({ method: 'PUT', path: '/fresh', headers })).status).toBe(200);
    expect((await send({ method: 'PUT', path: '/other', headers })).status).toBe(400);
  });

  // Recorded in 2019, byte for byte but for the name of the server.
  it('HEAD /{Bucket} says that there is no root key, and has no headers of AWS and no Content-Type', async () => {
    const answer = await call({ method: 'HEAD', path: '/vault' });
    expect({ status: answer.status, head: answer.head }).toEqual({
      status: 200,
      head: [
        ...cosHead,
        ranges,
        `x-amz-request-id: ${requestId(answer)}`,
        'ibm-sse-kp-enabled: false',
        'Content-Length: 0',
      ],
    });
  });

  it('GET ?location is never empty', async () => {
    expect((await call({ path: '/plain?location' })).body).toContain('>us-standard</LocationConstraint>');
    expect((await call({ path: '/vault?location' })).body).toContain('>eu-de-smart</LocationConstraint>');
  });

  // F47: the XML declaration has a line of its own.
  it("GET / has the owner's name, and no ARNs", async () => {
    const created = '<CreationDate>2026-01-31T10:00:00.000Z</CreationDate>';
    expect((await call({ path: '/' })).body).toBe(
      `${declaration}\n<ListAllMyBucketsResult ${namespace}><Owner><ID>000000000000</ID><DisplayName>000000000000</DisplayName></Owner><Buckets><Bucket><Name>plain</Name>${created}</Bucket><Bucket><Name>vault</Name>${created}</Bucket></Buckets></ListAllMyBucketsResult>`,
    );
  });

  // F46
  it('are known to the hosts of their place alone, on every network', async () => {
    for (const name of ['s3.eu-de', 's3.private.eu-de', 's3.direct.eu-de'])
      expect((await call({ path: '/vault?versioning', host: `${name}.${suffix}` })).status).toBe(200);
    for (const name of ['s3.us-south', 's3.eu', 's3.private.eu-gb']) {
      const answer = await call({ path: '/vault?location', host: `${name}.${suffix}` });
      const body = refusal(answer, 'NoSuchBucket', 'The specified bucket does not exist.', '/vault/');
      expect({ status: answer.status, body: answer.body }).toEqual({ status: 404, body });
    }
    expect(s3.requests.last()?.why).toContain("bucket 'vault' is in eu-de, and the client called a host of eu-gb");
  });

  // Recorded: IBM/ibm-cos-sdk-js#18, #65. F46
  it.each(['PUT', 'GET', 'HEAD', 'DELETE'])(
    '%s /{Bucket}/{Key} at the hosts of another place finds no key',
    async (method) => {
      await call({ method: 'PUT', path: '/vault/k', body: 'data' });
      const answer = await call({ method, path: '/vault/k', host: hostOf('us-south') });
      const text = refusal(answer, 'NoSuchKey', 'The specified key does not exist.', '/vault/k');
      expect({ status: answer.status, body: answer.body }).toEqual({
        status: 404,
        body: method === 'HEAD' ? '' : text,
      });
      expect(s3.requests.last()?.why).toContain("bucket 'vault' is in eu-de, and the client called a host of us-south");
    },
  );

  it('are known to no copy of another place', async () => {
    await call({ method: 'PUT', path: '/vault/k', body: 'data' });
    const copy = { method: 'PUT', path: '/plain/k', headers: { 'x-amz-copy-source': '/vault/k' } };
    expect((await call(copy)).status).toBe(200);
    expect((await call({ ...copy, host: hostOf('us-south') })).status).toBe(404);
  });

  it.each(['the hosts of every place', "AWS's hosts"])('are known to %s if they have no location', async (where) => {
    const hosts = where === "AWS's hosts" ? ['s3.amazonaws.com'] : ['us-south', 'eu-gb', 'jp-tok'].map(hostOf);
    for (const host of hosts) {
      const headers = { Authorization: 'AWS KEY:SIG' };
      expect((await call({ path: '/plain?versioning', host, headers })).status).toBe(200);
    }
  });
});
