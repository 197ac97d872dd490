import { request as httpRequest } from 'node:http';
import { describe, expect, it } from '@jest/globals';
import { mockS3 } from 's3-versioning-mock/jest';
import { withAcls } from '../../../support/acl';
import { presignV4 } from '../../../support/clients/signer';
import { absent, allowIf, ann, asAnn, type Condition, equals, holdsFor } from '../../../support/conditions';
import { signedBy } from '../../../support/documents';
import { deleteMany } from '../../../support/objects';
import { signedWith, type WireCall } from '../../../support/wire-client';

const s3 = mockS3({
  account: '123456789012',
  buckets: {
    vault: { versioning: 'Enabled', objects: { k: 'data' } },
    open: { ...withAcls, objects: { k: 'data' } },
  },
});
const owner = s3.account.canonicalId;

interface Case {
  readonly action: string;
  readonly condition: Condition;
  readonly call: WireCall;
  readonly bucket?: string;
}

const holds = ({ action, condition, call, bucket = 'vault' }: Case) =>
  holdsFor(s3, { bucket, action, condition, ask: () => asAnn(s3, { ...call, headers: headersOf(call) }) });

/** The headers of a call with a signature that KMS accepts (F631). */
const headersOf = ({ headers }: WireCall) => ({ ...signedWith(ann(s3).credentials.accessKeyId), ...headers });

const getCall: WireCall = { path: '/vault/k' };
const putCall = (headers: WireCall['headers'] = {}): WireCall => ({
  method: 'PUT',
  path: '/vault/new',
  body: 'data',
  headers,
});
const copyCall = (headers: WireCall['headers'] = {}): WireCall => ({
  method: 'PUT',
  path: '/vault/copy',
  headers: { 'x-amz-copy-source': 'vault/k', ...headers },
});

// F485
describe('the key of the connection', () => {
  it.each<readonly [condition: Condition, call: WireCall, holds: boolean]>([
    [{ Bool: { 'aws:SecureTransport': 'true' } }, getCall, true],
    [{ Bool: { 'aws:SecureTransport': true } }, { ...getCall, secure: false }, false],
    [{ Bool: { 'aws:SecureTransport': 'false' } }, { ...getCall, secure: false }, true],
    [{ IpAddress: { 'aws:SourceIp': '127.0.0.0/8' } }, getCall, true],
    [{ IpAddress: { 'aws:SourceIp': ['10.0.0.0/8', '::1'] } }, getCall, false],
    [{ NotIpAddress: { 'aws:SourceIp': '203.0.113.0/24' } }, getCall, true],
    [equals('s3:TlsVersion', '1.3'), getCall, true],
    [{ NumericLessThan: { 's3:TlsVersion': 1.2 } }, getCall, false],
    [absent('s3:TlsVersion'), { ...getCall, secure: false }, true],
    [equals('aws:RequestedRegion', 'us-east-1'), getCall, true],
    [equals('aws:RequestedRegion', 'eu-west-1'), { ...getCall, host: 's3.eu-west-1.amazonaws.com' }, true],
    [equals('aws:RequestedRegion', 'us-east-1'), { ...getCall, host: 's3.eu-west-1.amazonaws.com' }, false],
    [{ StringLike: { 'aws:UserAgent': 'backup/*' } }, { ...getCall, headers: { 'User-Agent': 'backup/2' } }, true],
    [{ StringLike: { 'aws:UserAgent': 'backup/*' } }, { ...getCall, headers: { 'User-Agent': 'curl' } }, false],
    [absent('aws:UserAgent'), getCall, true],
    [
      { StringLike: { 'aws:Referer': 'http://a.test/*' } },
      { ...getCall, headers: { Referer: 'http://a.test/x' } },
      true,
    ],
    [{ StringNotLike: { 'aws:Referer': 'http://a.test/*' } }, getCall, true],
    [absent('aws:Referer'), getCall, true],
  ])('%j of %j: %s', async (condition, call, expected) => {
    expect(await holds({ action: 's3:GetObject', condition, call })).toBe(expected);
  });

  it.each([
    ['aws:SourceVpc'],
    ['aws:SourceVpce'],
    ['aws:VpcSourceIp'],
    ['aws:SourceArn'],
    ['aws:SourceAccount'],
    ['aws:PrincipalOrgID'],
    ['aws:PrincipalTag/team'],
    ['s3:DataAccessPointArn'],
    ['s3:DataAccessPointAccount'],
  ])('%s is absent', async (key) => {
    expect(await holds({ action: 's3:GetObject', condition: absent(key), call: getCall })).toBe(true);
  });

  // F660
  it.each<readonly [condition: Condition, holds: boolean]>([
    [equals('aws:SourceVpce', 'vpce-0a1b2c3d'), true],
    [equals('aws:SourceVpce', 'vpce-0a1b2c3d-k4l5m6n7'), false],
    [{ StringNotEquals: { 'aws:SourceVpce': 'vpce-0a1b2c3d' } }, false],
    [absent('aws:SourceIp'), true],
    [{ IpAddress: { 'aws:VpcSourceIp': '127.0.0.1' } }, true],
    [absent('aws:SourceVpc'), true],
  ])('%j through a VPC endpoint: %s', async (condition, expected) => {
    const host = 'bucket.vpce-0a1b2c3d-k4l5m6n7-us-east-1a.s3.us-east-1.vpce.amazonaws.com';
    expect(await holds({ action: 's3:GetObject', condition, call: { ...getCall, host } })).toBe(expected);
  });

  it('is that of the port that listen() opened', async () => {
    const { url } = await s3.listen();
    const ask = () =>
      new Promise<{ status: number; body: string }>((resolve, reject) => {
        const headers = { Authorization: signedBy(ann(s3)) };
        httpRequest(`${url}/vault/k`, { headers }, (response) => {
          let body = '';
          response.setEncoding('utf8').on('data', (text: string) => {
            body += text;
          });
          response.on('end', () => resolve({ status: response.statusCode ?? 0, body }));
        })
          .on('error', reject)
          .end();
      });
    const question = { action: 's3:GetObject', ask };
    expect(await holdsFor(s3, { ...question, condition: { Bool: { 'aws:SecureTransport': 'false' } } })).toBe(true);
    expect(await holdsFor(s3, { ...question, condition: { IpAddress: { 'aws:SourceIp': '127.0.0.1' } } })).toBe(true);
  });
});

// F484, F486
describe('the key of a listing', () => {
  it.each<readonly [condition: Condition, query: string, holds: boolean]>([
    [equals('s3:prefix', 'home/'), '?prefix=home/', true],
    [equals('s3:prefix', 'home/'), '?prefix=home/a', false],
    [{ StringLike: { 's3:prefix': 'home/*' } }, '?list-type=2&prefix=home%2Fa', true],
    [equals('s3:prefix', ''), '?prefix=', true],
    [equals('s3:prefix', ''), '', false],
    [absent('s3:prefix'), '', true],
    [{ StringNotEquals: { 's3:prefix': 'home/' } }, '', true],
    [equals('s3:delimiter', '/'), '?delimiter=/', true],
    [absent('s3:delimiter'), '', true],
    [{ NumericLessThanEquals: { 's3:max-keys': 10 } }, '?max-keys=10', true],
    [{ NumericLessThanEquals: { 's3:max-keys': 10 } }, '?max-keys=11', false],
    [{ NumericLessThanEquals: { 's3:max-keys': 10 } }, '', false],
    [absent('s3:max-keys'), '', true],
  ])('%j, asked for %j: %s', async (condition, query, expected) => {
    expect(await holds({ action: 's3:ListBucket', condition, call: { path: `/vault${query}` } })).toBe(expected);
  });

  it('counts for the versions, and not for uploads in progress', async () => {
    const condition = equals('s3:prefix', 'a');
    const call = { path: '/vault?versions&prefix=a' };
    expect(await holds({ action: 's3:ListBucketVersions', condition, call })).toBe(true);
    s3.bucket('vault').policy = {
      Statement: [
        {
          Effect: 'Allow',
          Principal: { AWS: ann(s3).arn },
          Action: 's3:List*',
          Resource: 'arn:aws:s3:::vault',
          Condition: condition,
        },
      ],
    };
    expect((await asAnn(s3, call)).status).toBe(200);
    expect((await asAnn(s3, { path: '/vault?uploads&prefix=a' })).status).toBe(403);
  });
});

describe('the key of a version', () => {
  it('is the id that the request names', async () => {
    const [id] = s3
      .bucket('vault')
      .versions('k')
      .map(({ versionId }) => versionId);
    const call = { path: `/vault/k?versionId=${id}` };
    const action = 's3:GetObjectVersion';
    expect(await holds({ action, condition: equals('s3:versionid', id), call })).toBe(true);
    expect(await holds({ action, condition: equals('s3:VersionId', 'null'), call })).toBe(false);
    expect(await holds({ action, condition: absent('s3:versionid'), call })).toBe(false);
    const removal = { ...call, method: 'DELETE' };
    const condition = equals('s3:versionid', id);
    expect(await holds({ action: 's3:DeleteObjectVersion', condition, call: removal })).toBe(true);
  });

  it('is the id that an entry of DeleteObjects names', async () => {
    const id = s3.bucket('vault').versions('k')[0]?.versionId;
    const entry = `<Object><Key>k</Key><VersionId>${id}</VersionId></Object>`;
    const remove = () => deleteMany('vault', entry, { Authorization: signedBy(ann(s3)) });
    allowIf(s3, 'vault', 's3:DeleteObjectVersion', { StringNotEquals: { 's3:versionid': id } });
    expect((await remove()).body).toContain('<Code>AccessDenied</Code>');
    allowIf(s3, 'vault', 's3:DeleteObjectVersion', equals('s3:versionid', id));
    expect((await remove()).body).toContain('<Deleted>');
  });
});

// F486. Recorded on AWS by justincormack/argmin: the text of a grant's header, the copy source and the directive.
describe('the key of a header of a write', () => {
  const acl = 'x-amz-acl';
  const encryption = 'x-amz-server-side-encryption';
  const directive = 'x-amz-metadata-directive';
  const customer = `${encryption}-customer-algorithm`;
  const redirect = 'x-amz-website-redirect-location';
  const kmsKey = `${encryption}-aws-kms-key-id`;

  it.each<readonly [condition: Condition, call: WireCall, holds: boolean]>([
    [equals(`s3:${acl}`, 'bucket-owner-full-control'), putCall({ [acl]: 'bucket-owner-full-control' }), true],
    [equals(`s3:${acl}`, 'bucket-owner-full-control'), putCall({ [acl]: 'private' }), false],
    [absent(`s3:${acl}`), putCall(), true],
    [equals(`s3:${encryption}`, 'AES256'), putCall({ [encryption]: 'AES256' }), true],
    [equals(`s3:${encryption}`, 'aws:kms'), putCall({ [encryption]: 'AES256' }), false],
    [absent(`s3:${encryption}`), putCall(), true],
    [equals(`s3:${kmsKey}`, 'alias/a'), putCall({ [encryption]: 'aws:kms', [kmsKey]: 'alias/a' }), true],
    [absent(`s3:${kmsKey}`), putCall({ [encryption]: 'aws:kms' }), true],
    [absent(`s3:${customer}`), putCall(), true],
    [equals('s3:x-amz-storage-class', 'STANDARD_IA'), putCall({ 'x-amz-storage-class': 'STANDARD_IA' }), true],
    [{ StringNotEquals: { 's3:x-amz-storage-class': 'STANDARD_IA' } }, putCall(), true],
    [equals(`s3:${redirect}`, '/else'), putCall({ [redirect]: '/else' }), true],
    [absent(`s3:${redirect}`), putCall(), true],
    [{ StringLike: { 's3:x-amz-copy-source': 'vault/*' } }, copyCall(), true],
    [{ StringLike: { 's3:x-amz-copy-source': 'vault/*' } }, copyCall({ 'x-amz-copy-source': '/vault/k' }), false],
    // As it was sent: an encoded letter passes by a pattern.
    [{ StringLike: { 's3:x-amz-copy-source': 'vault/k*' } }, copyCall({ 'x-amz-copy-source': 'vault/%6B' }), false],
    [{ StringLike: { 's3:x-amz-copy-source': 'vault/%6B' } }, copyCall({ 'x-amz-copy-source': 'vault/%6B' }), true],
    [absent('s3:x-amz-copy-source'), putCall(), true],
    [equals(`s3:${directive}`, 'COPY'), copyCall({ [directive]: 'COPY' }), true],
    [equals(`s3:${directive}`, 'COPY'), copyCall({ [directive]: 'REPLACE' }), false],
    [{ StringNotEquals: { [`s3:${directive}`]: 'COPY' } }, copyCall(), true],
    [absent(`s3:${directive}`), copyCall(), true],
    [equals('s3:if-none-match', '*'), putCall({ 'If-None-Match': '*' }), true],
    [absent('s3:if-none-match'), putCall(), true],
    [absent('s3:if-match'), putCall(), true],
    [{ Null: { 's3:if-none-match': false } }, copyCall({ 'If-None-Match': '*' }), true],
    [{ Bool: { 's3:ObjectCreationOperation': 'true' } }, putCall(), true],
    [{ Bool: { 's3:ObjectCreationOperation': 'true' } }, copyCall(), true],
  ])('%j of %j: %s', async (condition, call, expected) => {
    expect(await holds({ action: 's3:PutObject', condition, call })).toBe(expected);
  });

  // Measured: justincormack/argmin, bucket_policy.rs, test_bucket_policy_put_object_if_match_condition. F486
  it('If-Match is compared without its quotes', async () => {
    const tag = '8d777f385d3dfec8815d20f7496026dc';
    const etag = `"${tag}"`;
    const call = { ...putCall({ 'If-Match': etag }), path: '/vault/k' };
    expect(await holds({ action: 's3:PutObject', condition: equals('s3:if-match', tag), call })).toBe(true);
    expect(await holds({ action: 's3:PutObject', condition: equals('s3:if-match', etag), call })).toBe(false);
    const copy = { ...copyCall({ 'If-Match': etag, 'x-amz-storage-class': 'STANDARD_IA' }), path: '/vault/k' };
    expect(await holds({ action: 's3:PutObject', condition: { Null: { 's3:if-match': false } }, call: copy })).toBe(
      true,
    );
    const removal = { method: 'DELETE', path: '/vault/k', headers: { 'If-Match': etag } };
    expect(await holds({ action: 's3:DeleteObject', condition: equals('s3:if-match', tag), call: removal })).toBe(true);
  });

  it('is not that of the default of the bucket', async () => {
    s3.bucket('vault').encryption = { Rules: [{ ApplyServerSideEncryptionByDefault: { SSEAlgorithm: 'aws:kms' } }] };
    const condition = absent(`s3:${encryption}`);
    expect(await holds({ action: 's3:PutObject', condition, call: putCall() })).toBe(true);
  });

  it.each(['read', 'read-acp', 'write-acp', 'full-control'])(
    'x-amz-grant-%s is compared as it was sent',
    async (right) => {
      const name = `x-amz-grant-${right}`;
      const call = (grant: string) => ({ method: 'PUT', path: '/open/k?acl', headers: { [name]: grant } });
      const condition = equals(`s3:${name}`, `id="${owner}"`);
      const question = { bucket: 'open', action: 's3:PutObjectAcl', condition };
      expect(await holds({ ...question, call: call(`id="${owner}"`) })).toBe(true);
      expect(await holds({ ...question, call: call(`id=${owner}`) })).toBe(false);
      const canned = { ...call(''), headers: { [acl]: 'private' } };
      expect(await holds({ ...question, call: canned })).toBe(false);
      expect(await holds({ ...question, condition: absent(`s3:${name}`), call: canned })).toBe(true);
    },
  );

  it('is the header of the change of an ACL, and not its document', async () => {
    const question = { bucket: 'open', action: 's3:PutBucketAcl' };
    const call = { method: 'PUT', path: '/open?acl', headers: { 'x-amz-grant-write': `id="${owner}"` } };
    const condition = equals('s3:x-amz-grant-write', `id="${owner}"`);
    expect(await holds({ ...question, condition, call })).toBe(true);
    const canned = { ...call, headers: { [acl]: 'private' } };
    expect(await holds({ ...question, condition: equals(`s3:${acl}`, 'private'), call: canned })).toBe(true);
  });

  it('may be in the query of a presigned URL', async () => {
    const url = { method: 'PUT', host: 's3.amazonaws.com', path: '/vault/new?x-amz-storage-class=STANDARD_IA' };
    const call = { ...putCall({ Authorization: undefined }), path: presignV4(url, ann(s3).credentials) };
    const condition = equals('s3:x-amz-storage-class', 'STANDARD_IA');
    expect(await holds({ action: 's3:PutObject', condition, call })).toBe(true);
  });

  it('is absent for an action that it does not go with', async () => {
    const condition = { Null: { [`s3:${acl}`]: 'true', 's3:if-match': 'true' } };
    const call = { ...getCall, headers: { [acl]: 'private', 'If-Match': '*' } };
    expect(await holds({ action: 's3:*Object', condition, call })).toBe(true);
  });
});

// F486
describe('the key of a new bucket', () => {
  const allow = (condition: Condition, path = '/fresh') => {
    const { credentials } = s3.account.user('maker', {
      policy: { Statement: { Effect: 'Allow', Action: 's3:*', Resource: '*', Condition: condition } },
    });
    return (headers: WireCall['headers'] = {}, body = '') =>
      asAnn(s3, {
        method: 'PUT',
        path,
        body,
        headers: { Authorization: signedBy({ credentials }), ...headers },
      });
  };
  const body =
    '<CreateBucketConfiguration><LocationConstraint>eu-west-1</LocationConstraint></CreateBucketConfiguration>';

  it('s3:locationconstraint is that of the document', async () => {
    const create = allow(equals('s3:locationconstraint', 'eu-west-1'));
    expect((await create()).status).toBe(403);
    expect((await create({}, body.replace('eu-west-1', 'eu-west-2'))).status).toBe(403);
    expect((await create({}, body)).status).toBe(200);
  });

  // F601
  it('s3:x-amz-bucket-namespace is the header', async () => {
    const path = `/fresh-${s3.account.id}-us-east-1-an`;
    const create = allow(equals('s3:x-amz-bucket-namespace', 'account-regional'), path);
    expect((await create()).status).toBe(403);
    expect((await create({ 'x-amz-bucket-namespace': 'global' })).status).toBe(403);
    expect((await create({ 'x-amz-bucket-namespace': 'account-regional' })).status).toBe(200);
  });

  it('s3:x-amz-object-ownership is the header', async () => {
    const create = allow({ StringEqualsIfExists: { 's3:x-amz-object-ownership': 'BucketOwnerEnforced' } });
    expect((await create({ 'x-amz-object-ownership': 'ObjectWriter' })).status).toBe(403);
    expect((await create()).status).toBe(200);
  });

  // Measured: justincormack/argmin, bucket_policy.rs, test_bucket_policy_put_bucket_ownership_controls_object_ownership_condition. F1740
  it('s3:x-amz-object-ownership is that of the document of PutBucketOwnershipControls', async () => {
    const action = 's3:PutBucketOwnershipControls';
    const condition = equals('s3:x-amz-object-ownership', 'BucketOwnerPreferred');
    const ask = (ownership: string): WireCall => ({
      method: 'PUT',
      path: '/vault?ownershipControls',
      body: `<OwnershipControls><Rule><ObjectOwnership>${ownership}</ObjectOwnership></Rule></OwnershipControls>`,
    });
    expect(await holds({ action, condition, call: ask('ObjectWriter') })).toBe(false);
    expect(await holds({ action, condition, call: ask('BucketOwnerPreferred') })).toBe(true);
    const removal = { method: 'DELETE', path: '/vault?ownershipControls' };
    expect(await holds({ action, condition: absent('s3:x-amz-object-ownership'), call: removal })).toBe(true);
  });
});
