import { createHash } from 'node:crypto';
import { beforeEach, describe, expect, it } from '@jest/globals';
import type { MockS3 } from '../../src';
import { dialects } from '../../src/dialects';
import { S3Error } from '../../src/refusals';
import { writeWhy } from '../../src/service/why';
import { allUsers } from '../support/acl';
import { lockRule, retained } from '../support/locks';
import { startedMocks } from '../support/started-mocks';
import { send } from '../support/wire-client';

const start = startedMocks();
let s3: MockS3;
beforeEach(() => {
  s3 = start({
    buckets: {
      vault: { versioning: 'Enabled', objects: { a: 'first', 'c++': 'first' } },
      locked: { objectLock: true },
    },
  });
});

interface Sent {
  readonly method?: string;
  readonly path: string;
  readonly headers?: Readonly<Record<string, string | undefined>>;
  readonly body?: string;
}

async function refused(call: Sent) {
  await send(call);
  const { error, why, input } = s3.requests.last() ?? {};
  return { code: error?.code, why, input };
}

const document = (path: string, body: string): Sent => ({ method: 'PUT', path, body });
const versioning = (content: string): Sent =>
  document('/vault?versioning', `<VersioningConfiguration>${content}</VersioningConfiguration>`);

describe('a document that does not fit its schema', () => {
  it('has the bad value in the reason and in the recorded input', async () => {
    expect(await refused(versioning('<Status>enabled</Status>'))).toEqual({
      code: 'MalformedXML',
      why: "Status 'enabled' is not one of Enabled, Suspended",
      input: { Bucket: 'vault', VersioningConfiguration: { Status: 'enabled' } },
    });
  });

  it.each<[name: string, why: string, call: Sent]>([
    ['an empty word', "MfaDelete 'on' is not one of Enabled, Disabled", versioning('<MfaDelete>on</MfaDelete>')],
    [
      'an unknown element',
      '<VersioningConfiguration> has no <Staus>; it has Status, MfaDelete. Did you mean Status?',
      versioning('<Staus>Enabled</Staus>'),
    ],
    ['a text', "<VersioningConfiguration> has the text 'Enabled' beside its elements", versioning('Enabled')],
    [
      'an element twice',
      '<VersioningConfiguration> has two <Status>',
      versioning('<Status>Enabled</Status><Status>Enabled</Status>'),
    ],
    ['an element in a text', '<Status> has text, and no <A>', versioning('<Status><A>b</A></Status>')],
    [
      'no XML',
      'the body is not well-formed XML: the text \'{ "Status": "Enabled" }\' at character 1 is outside of the root element',
      document('/vault?versioning', '{ "Status": "Enabled" }'),
    ],
    [
      'an entity of HTML',
      'the body is not well-formed XML: &nbsp; at line 2, character 16 is not one of &amp;, &lt;, &gt;, &quot;, &apos;',
      versioning('\n<Status>Enabled&nbsp;</Status>'),
    ],
    [
      'a value without quotes',
      'the body is not well-formed XML: the attribute xmlns at character 26 has no value in quotes',
      document('/vault?versioning', '<VersioningConfiguration xmlns=urn:x/>'),
    ],
    [
      'a lack of an element',
      '<Tag> has no <Value>, which is required',
      document('/vault?tagging', '<Tagging><TagSet><Tag><Key>a</Key></Tag></TagSet></Tagging>'),
    ],
    [
      'another element in a list',
      '<TagSet> has no <Tags>; it has Tag. Did you mean Tag?',
      document('/vault?tagging', '<Tagging><TagSet><Tags/></TagSet></Tagging>'),
    ],
    [
      'a number',
      "Days 'ten' is not a whole number of 32 bits",
      document('/locked?object-lock', lockRule('<Mode>GOVERNANCE</Mode><Days>ten</Days>')),
    ],
    [
      'a date',
      "RetainUntilDate 'tomorrow' is not a date such as 2026-03-31T07:35:05.000Z",
      document('/locked/a?retention', retained('GOVERNANCE', 'tomorrow')),
    ],
    [
      'a lifecycle rule',
      "Status 'On' is not one of Enabled, Disabled",
      document(
        '/vault?lifecycle',
        '<LifecycleConfiguration><Rule><Status>On</Status><Filter/></Rule></LifecycleConfiguration>',
      ),
    ],
  ])('is refused with a reason that names %s', async (_name, why, call) => {
    const md5 = createHash('md5')
      .update(call.body ?? '')
      .digest('base64');
    expect(await refused({ ...call, headers: { 'Content-MD5': md5 } })).toMatchObject({ code: 'MalformedXML', why });
  });

  it('is refused with its length in the reason if it is too long', async () => {
    expect(await refused(versioning(' '.repeat(1024)))).toMatchObject({
      code: 'MaxMessageLengthExceeded',
      why: 'the document has 1,075 bytes; S3 reads 1,024 bytes at most',
    });
  });
});

describe('a header or a parameter that cannot be read', () => {
  it.each<[call: Sent, why: string, input: object]>([
    [
      { path: '/vault?max-keys=many' },
      "max-keys 'many' is not a whole number of 32 bits",
      { Bucket: 'vault', MaxKeys: 'many' },
    ],
    [
      { path: '/vault/a?partNumber=0' },
      "partNumber '0' is not a whole number from 1 to 10,000",
      { Bucket: 'vault', Key: 'a', PartNumber: '0' },
    ],
    [{ path: '/?max-buckets=0' }, "max-buckets '0' is not a whole number from 1 to 10,000", { MaxBuckets: '0' }],
  ])('%p', async (call, why, input) => {
    expect(await refused(call)).toMatchObject({ why, input });
  });
});

describe('the reason of a refusal names what was sent', () => {
  const get = (path: string, headers: Sent['headers'] = {}): Sent => ({ path, headers });
  const unsigned = { Authorization: undefined };
  const copy = (source: string, headers?: Sent['headers']): Sent => ({
    method: 'PUT',
    path: '/vault/b',
    headers: { 'x-amz-copy-source': source, ...headers },
  });
  const form = "expected 'bucket/key' or 'bucket/key?versionId=id', encoded as a URL is";
  const put = (headers: Sent['headers'], query = ''): Sent => ({
    method: 'PUT',
    path: `/vault/b${query}`,
    headers: { 'Content-Length': '1', ...headers },
    body: 'x',
  });

  // The message of StorageClassInvalid has "is not valid", but not the class.
  it.each<[name: string, call: Sent, part: string]>([
    ['InvalidBucketName', get('/no?versioning'), "a bucket's name has 3 to 63 characters, not 2"],
    ['StorageClassInvalid', put({ 'x-amz-storage-class': 'COLD' }), "StorageClassRequested is 'COLD'"],
    ['StorageClassInvalid', put({ 'x-amz-storage-class': 'no' }), "StorageClassRequested is 'no'"],
    ['CannedAclInvalid', put({ 'x-amz-acl': 'publik' }), "x-amz-acl 'publik' is not one of private, public-read, "],
    ['AclNotSupported', put({ 'x-amz-acl': 'public-read' }), "x-amz-acl is 'public-read'"],
    ['AclNotSupported', put({ 'x-amz-grant-read': `uri=${allUsers}` }), 'x-amz-grant- headers'],
    ['GrantAccountUnknown', put({ 'x-amz-grant-read': 'id="1"' }), "id '1' is not an account of the mock"],
    [
      'LockModeUnknown',
      put({ 'x-amz-object-lock-mode': 'HARD', 'x-amz-object-lock-retain-until-date': '2126-01-01T00:00:00Z' }),
      "x-amz-object-lock-mode is 'HARD'",
    ],
    [
      'RetentionHalf',
      put({ 'x-amz-object-lock-mode': 'GOVERNANCE' }),
      "the request has ObjectLockMode, 'GOVERNANCE', without",
    ],
    [
      'InvalidRedirectLocation',
      put({ 'x-amz-website-redirect-location': 'ftp://a' }),
      "x-amz-website-redirect-location is 'ftp://a'",
    ],
    ['PartNumberAlone', put({}, '?partNumber=3'), "partNumber is '3'"],
    ['VersionIdNotAccepted', put({}, '?versionId=abc'), "versionId is 'abc'"],
    ['ConditionNotAccepted', put({ 'If-None-Match': '"abc"' }), `If-None-Match is '"abc"'`],
    ['ConditionsSeveral', put({ 'If-None-Match': '*', 'If-Match': '"abc"' }), "If-None-Match is '*'"],
    ['ChecksumInvalid', put({ 'x-amz-checksum-crc32': 'abc' }), "x-amz-checksum-crc32 is 'abc'"],
    [
      'ChecksumSdkAlgorithmInvalid',
      put({ 'x-amz-checksum-crc32': 'AAAAAA==', 'x-amz-sdk-checksum-algorithm': 'SHA1' }),
      "x-amz-sdk-checksum-algorithm is 'SHA1'",
    ],
    [
      'ChecksumMultiple',
      put({ 'x-amz-checksum-crc32': 'AAAAAA==', 'x-amz-checksum-crc32c': 'AAAAAA==' }),
      "what came is 'x-amz-checksum-crc32, x-amz-checksum-crc32c'",
    ],
    ['ContentMd5Invalid', put({ 'Content-MD5': 'abc' }), "Content-MD5 is 'abc'"],
    ['TagHeaderInvalid', put({ 'x-amz-tagging': 'a=1&a=2' }), "x-amz-tagging is 'a=1&a=2'"],
    ['TagInvalid', put({ 'x-amz-tagging': 'a=%7B' }), "the value of a tag is '{'"],
    [
      'TooManyObjectTags',
      put({ 'x-amz-tagging': Array.from({ length: 11 }, (_, index) => `t${index}=`).join('&') }),
      'the request has 11 tags',
    ],
    [
      'EncryptionUnknown',
      put({ 'x-amz-server-side-encryption': 'rot13' }),
      "x-amz-server-side-encryption 'rot13' is not",
    ],
    ['CopySourceInvalid', copy('a.pdf'), `CopySource 'a.pdf' has no key; ${form}`],
    [
      'CopySourceInvalid',
      copy('vault%252Fa'),
      `CopySource 'vault%252Fa' is 'vault%2Fa' when decoded, and has no key; ${form}`,
    ],
    ['CopySourceInvalid', copy('//vault/a'), `CopySource '//vault/a' has no bucket; ${form}`],
    [
      'CopySourceInvalid',
      copy('vault/100%.pdf'),
      `CopySource 'vault/100%.pdf' has a % without two hexadecimal digits after it; ${form}`,
    ],
    [
      'NoSuchBucket',
      copy('arn:aws:s3:::vault/a'),
      `the source's bucket arn:aws:s3:::vault does not exist; CopySource is 'arn:aws:s3:::vault/a', ${form}`,
    ],
    [
      'NoSuchBucket',
      copy('valut/a'),
      `the source's bucket valut does not exist; CopySource is 'valut/a', ${form}. Did you mean vault?`,
    ],
    ['NoSuchKey', copy('/vault/nothing'), 'the source vault/nothing has no versions'],
    ['NoSuchKey', get('/vault//a'), "the key has no versions; the bucket has 'a'"],
    ['NoSuchKey', get('/vault/%2561'), "the key has no versions; the bucket has 'a'"],
    [
      'NoSuchKey',
      get('/vault/c++'),
      "the key has no versions; the bucket has 'c++', which differs in plus signs and blanks; a plus sign in a URL is read as a blank: write it %2B",
    ],
    ['NoSuchKey', get('/vault/nothing'), 'the key has no versions'],
    [
      'NoSuchKey',
      copy('vault/no%2520such'),
      "the source vault/no%20such, sent as 'vault/no%2520such', has no versions",
    ],
    ['CopySourceVersionInvalid', copy('/vault/a?versionId=abc'), "the version id of x-amz-copy-source is 'abc'"],
    [
      'DirectiveUnknown',
      copy('/vault/a', { 'x-amz-metadata-directive': 'MERGE' }),
      "x-amz-metadata-directive 'MERGE' is not one of COPY, REPLACE",
    ],
    ['ContinuationTokenInvalid', get('/vault?list-type=2&continuation-token=abc'), "continuation-token is 'abc'"],
    ['MaxKeysNegative', get('/vault?versions&max-keys=-1'), 'MaxKeys is -1'],
    ['EncodingTypeUnknown', get('/vault?encoding-type=hex'), "encoding-type is 'hex'"],
    [
      'VersionIdInvalid',
      get('/vault/a?versionId=abc'),
      "versionId 'abc' is not an id that S3 issued; take the id from the answer to a write or from a listing of versions",
    ],
    ['ChecksumModeInvalid', get('/vault/a', { 'x-amz-checksum-mode': 'ON' }), "x-amz-checksum-mode is 'ON'"],
    [
      'RangeWithPartNumber',
      get('/vault/a?partNumber=1', { Range: 'bytes=0-1' }),
      "Range is 'bytes=0-1', partNumber is '1'",
    ],
    ['InvalidRange', get('/vault/a', { Range: 'bytes=90-91' }), "Range is 'bytes=90-91', and the object has 5 bytes"],
    ['OverrideUnknown', get('/vault/a?response-x=1'), 'response-x'],
    ['NoSuchUpload', get('/vault/a?uploadId=abc'), "the UploadId 'abc'"],
    [
      'ChecksumAlgorithmUnsupported',
      { method: 'POST', path: '/vault/a?uploads', headers: { 'x-amz-checksum-algorithm': 'ADLER' } },
      "the algorithm is 'ADLER'",
    ],
    [
      'MfaHeaderMalformed',
      { ...versioning('<Status>Enabled</Status><MfaDelete>Enabled</MfaDelete>'), headers: { 'x-amz-mfa': 'abc' } },
      "'abc'",
    ],
    ['AuthorizationUnsupported', get('/vault', { Authorization: 'Basic abc' }), "'Basic <token>'"],
    [
      'AuthorizationHeaderCredentialMalformed',
      get('/vault', {
        Authorization: 'AWS4-HMAC-SHA256 Credential=abc, SignedHeaders=host, Signature=0',
        'x-amz-content-sha256': 'UNSIGNED-PAYLOAD',
      }),
      "Credential is 'abc'",
    ],
    ['AuthorizationQueryAlgorithmUnsupported', get('/vault?X-Amz-Algorithm=abc', unsigned), "X-Amz-Algorithm is 'abc'"],
    [
      'AuthorizationQueryMissing',
      get('/vault?X-Amz-Algorithm=AWS4-HMAC-SHA256&X-Amz-Date=1', unsigned),
      'the query has no x-amz-credential, x-amz-signature, x-amz-signedheaders, x-amz-expires',
    ],
    ['MethodNotAllowed', { method: 'PATCH', path: '/vault' }, "Method is 'PATCH'"],
  ])('%s', async (_name, call, part) => {
    const { why } = await refused(call);
    expect(why).toContain(part);
  });

  it('and is left out if the message says all', async () => {
    expect(await refused({ path: '/vault/a?partNumber=1&uploadId=' })).toMatchObject({ code: expect.any(String) });
    await send({ path: '/vault?website=on' });
    expect(s3.requests.last()?.why).toBe("The website parameter must not have a value; website is 'on'");
  });

  it('and not if a test made the request fail', async () => {
    s3.on('GetObject').fail('NoSuchKey');
    expect(await refused({ path: '/vault/a' })).toMatchObject({ code: 'NoSuchKey', why: undefined });
  });
});

describe('a bucket that is not there', () => {
  const shape = "a bucket's name has lower-case letters, digits, dots and hyphens only";
  const alias = `reports-${'a'.repeat(34)}-s3alias`;

  it.each<[what: string, name: string, code: string, why: string]>([
    ['the address of S3', 's3:', 'InvalidBucketName', `${shape}. Name the bucket without s3://`],
    [
      'an ARN',
      'arn:aws:s3:::vault',
      'InvalidBucketName',
      "it is an ARN, and a bucket is named by its name: write the last part of the ARN, 'vault'. The mock has a bucket vault",
    ],
    ['a name with another character', 'vault!', 'InvalidBucketName', `${shape}. The mock has a bucket vault`],
    ['a name that is like none', 'x!!!', 'InvalidBucketName', shape],
    ['a misspelt name', 'valut', 'NoSuchBucket', 'the mock has these buckets: vault, locked'],
    ['a name that it may have', 'another', 'NoSuchBucket', 'the mock has these buckets: vault, locked'],
    [
      'the alias of an access point',
      alias,
      'AccessDenied',
      `the mock has these buckets: vault, locked. '${alias}' is the alias of an access point, which the mock does not have: give its bucket accessPoints: { reports: { alias: '${alias}' } }, or give the code the name of a bucket`,
    ],
    [
      'the alias of a Multi-Region Access Point',
      'abc.mrap',
      'NoSuchBucket',
      "the mock has these buckets: vault, locked. 'abc.mrap' is the alias of a Multi-Region Access Point, which the mock does not have: give the code the name of a bucket",
    ],
  ])('gets a reason that names the probable bucket: %s', async (_what, name, code, why) => {
    const { body } = await send({ path: `/${encodeURIComponent(name)}` });
    expect({ code: s3.requests.last()?.error?.code, why: s3.requests.last()?.why }).toEqual({ code, why });
    expect(/<BucketName>(.*)<\/BucketName>/.exec(body)?.[1]).toBe(code === 'AccessDenied' ? undefined : name);
  });

  it('gets a reason that says that there are none', async () => {
    await s3.stop();
    s3 = start();
    await send({ path: '/vault' });
    expect(s3.requests.last()?.why).toBe('the mock has these buckets: none');
  });
});

describe('writeWhy', () => {
  it('returns nothing if the message says all, and the values alone if there is no message', () => {
    const unchanged = { etag: 'a', lastModified: 0, versionId: undefined };
    const [plain, empty] = [new S3Error('MockStopped'), new S3Error('NotModified', unchanged).quoting({ ETag: 'a' })];
    expect({ plain: writeWhy(plain, dialects.aws), empty: writeWhy(empty, dialects.aws) }).toEqual({
      plain: undefined,
      empty: "ETag is 'a'",
    });
  });
});
