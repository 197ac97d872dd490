import { describe, expect, it } from '@jest/globals';
import { mockS3 } from 's3-versioning-mock/jest';
import { withAcls } from '../../support/acl';
import { cosHost } from '../../support/clients/story-client';
import { accessDenied, declaration } from '../../support/documents';
import { answered, noSuchBucket, refusal } from '../../support/objects';
import { begin } from '../../support/uploads';
import { send, type WireAnswer, type WireCall } from '../../support/wire-client';

const s3 = mockS3({ buckets: { vault: { objects: { k: 'data' } }, open: { ...withAcls, objects: { k: 'data' } } } });

const unsigned = (call: WireCall) => send({ ...call, headers: { ...call.headers, Authorization: undefined } });
/** The refusal of a copy has no declaration. */
const said = ({ status, text }: WireAnswer) => ({ status, text: text.replace(declaration, '') });
const denied = (message: string) => {
  const { status, text } = refusal(403, 'AccessDenied', message);
  return { status, text: text.replace(declaration, '') };
};

type OwnRefusal = readonly [operation: string, call: WireCall, message: string];

const authenticate = 'Anonymous users cannot invoke this API. Please authenticate.';
const copySource = { 'x-amz-copy-source': '/open/k' };
const ownership = '<OwnershipControls><Rule><ObjectOwnership>ObjectWriter</ObjectOwnership></Rule></OwnershipControls>';
const ofOwnership = (verb: string) => `s3:${verb}BucketOwnershipControls does not support Anonymous requests!`;

// Measured: brekkylab/backlot, for CreateBucket; justincormack/argmin, for PutObjectAcl. Pasted: scylladb/scylladb#13425, curl's output,
// for the upload; Seagate/cortx-prvsnr#2908 for the copy. F430
const ofNewBuckets: readonly OwnRefusal[] = [
  ['CreateBucket', { method: 'PUT', path: '/fresh' }, authenticate],
  ['CreateBucket of a bucket that exists', { method: 'PUT', path: '/open' }, authenticate],
  ['CreateBucket', { method: 'PUT', path: '/fresh', headers: { 'x-amz-acl': 'no-acl' } }, authenticate],
];
const ofBuckets: readonly OwnRefusal[] = [
  ['PutBucketAcl', { method: 'PUT', path: '/open?acl', headers: { 'x-amz-acl': 'public-read' } }, authenticate],
  ['PutBucketAcl without an ACL', { method: 'PUT', path: '/open?acl' }, authenticate],
  ['PutBucketAcl with no document', { method: 'PUT', path: '/open?acl', body: '<no' }, authenticate],
  ['PutObjectAcl', { method: 'PUT', path: '/open/k?acl', headers: { 'x-amz-acl': 'public-read' } }, authenticate],
  ['PutObjectAcl of no object', { method: 'PUT', path: '/open/none?acl' }, authenticate],
  ['SelectObjectContent', { method: 'POST', path: '/open/k?select&select-type=2' }, authenticate],
  [
    'CreateMultipartUpload',
    { method: 'POST', path: '/open/k?uploads' },
    'Anonymous users cannot initiate multipart uploads.  Please authenticate.',
  ],
  [
    'CopyObject',
    { method: 'PUT', path: '/open/copy', headers: copySource },
    'Anonymous users cannot copy objects.  Please authenticate.',
  ],
  ['GetBucketOwnershipControls', { path: '/open?ownershipControls' }, ofOwnership('Get')],
  [
    'PutBucketOwnershipControls',
    { method: 'PUT', path: '/open?ownershipControls', body: ownership },
    ofOwnership('Put'),
  ],
  ['DeleteBucketOwnershipControls', { method: 'DELETE', path: '/open?ownershipControls' }, ofOwnership('Put')],
];

describe('a request without credentials', () => {
  it.each([...ofNewBuckets, ...ofBuckets])('for %s has a refusal of its own', async (_operation, call, message) => {
    const before = s3.toJSON();
    for (const bucket of ['open', 'vault'])
      expect(said(await unsigned({ ...call, path: call.path.replace('/open', `/${bucket}`) }))).toEqual(
        denied(message),
      );
    expect(s3.requests.last()).toMatchObject({ caller: 'anonymous', why: 'the request has no credentials' });
    expect(s3.toJSON()).toEqual(before);
  });

  it.each(ofBuckets)(
    'for %s is refused after the bucket was found and its owner compared',
    async (_operation, call) => {
      const missing = await unsigned({ ...call, path: call.path.replace('/open', '/nowhere') });
      expect(said(missing)).toEqual({ status: 404, text: noSuchBucket('nowhere').text.replace(declaration, '') });
      const headers = { ...call.headers, 'x-amz-expected-bucket-owner': '999999999999' };
      expect(said(await unsigned({ ...call, headers }))).toEqual({
        status: 403,
        text: accessDenied.replace(declaration, ''),
      });
    },
  );

  it.each(ofBuckets)(
    'for %s is refused so where a policy allows everyone everything',
    async (_operation, call, message) => {
      s3.bucket('open').policy = {
        Version: '2012-10-17',
        Statement: [
          { Effect: 'Allow', Principal: '*', Action: 's3:*', Resource: ['arn:aws:s3:::open', 'arn:aws:s3:::open/*'] },
        ],
      };
      expect(said(await unsigned(call))).toEqual(denied(message));
    },
  );

  it.each<readonly [operation: string, call: WireCall]>([
    ['UploadPartCopy', { method: 'PUT', path: '/open/k?partNumber=1&uploadId=none', headers: copySource }],
    ['PutObject', { method: 'PUT', path: '/open/k', body: 'data' }],
    ['GetBucketAcl', { path: '/open?acl' }],
    ['PutBucketEncryption', { method: 'PUT', path: '/open?encryption' }],
    ['DeletePublicAccessBlock', { method: 'DELETE', path: '/open?publicAccessBlock' }],
  ])('for %s is refused as that of another account', async (_operation, named) => {
    const call = { ...named, path: named.path.replace('uploadId=none', `uploadId=${await begin('/open/k')}`) };
    expect(said(await unsigned(call))).toEqual(denied('Access Denied'));
    expect(s3.requests.last()?.why).toBe(
      'an anonymous caller does not own the bucket; account 000000000000 does; the request has no signature: sign it, or presign its URL',
    );
  });

  it('is refused in the same words by IBM COS, whatever it asks for', async () => {
    for (const call of [
      { method: 'PUT', path: '/fresh' },
      { method: 'PUT', path: '/vault/k?acl', headers: { 'x-amz-acl': 'public-read' } },
      { method: 'POST', path: '/vault/k?uploads' },
      { method: 'PUT', path: '/vault/copy', headers: copySource },
      { path: '/vault/k?response-content-type=text/html' },
    ]) {
      const { status, body } = await unsigned({ ...call, host: cosHost });
      expect({ status, codeAndMessage: /<Code>.*<\/Message>/.exec(body)?.[0] }).toEqual({
        status: 403,
        codeAndMessage: '<Code>AccessDenied</Code><Message>Access Denied</Message>',
      });
    }
  });
});

// versity/versitygw; users paste it for links that lost their signature, so S3 says it before it looks at access. F65, F430
describe('a read without credentials that overrides a header', () => {
  it.each([
    'response-cache-control',
    'response-content-disposition',
    'response-content-encoding',
    'response-content-language',
    'response-content-type',
    'response-expires',
  ])('%s is refused', async (name) => {
    const refused = refusal(
      400,
      'InvalidRequest',
      'Request specific response headers cannot be used for anonymous GET requests.',
    );
    expect(await answered(unsigned({ path: `/vault/k?${name}=a` }))).toEqual(refused);
    expect(await answered(unsigned({ path: `/vault/none?${name}=` }))).toEqual(refused);
    expect(await answered(unsigned({ method: 'HEAD', path: `/vault/k?${name}=a` }))).toEqual({ status: 400, text: '' });
    expect(await answered(unsigned({ path: `/nowhere/k?${name}=a` }))).toEqual(noSuchBucket('nowhere'));
  });

  it('is refused as any other if S3 does not know the header', async () => {
    expect(await answered(unsigned({ path: '/vault/k?response-x=a' }))).toEqual({ status: 403, text: accessDenied });
  });
});
