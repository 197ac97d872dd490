import { describe, expect, it } from '@jest/globals';
import { mockS3 } from 's3-versioning-mock/jest';
import { aclContent, aclDocument, allUsers, authenticatedUsers, grant, putAclDocument } from '../../support/acl';
import { testKey } from '../../support/customer-keys';
import { accessDenied, declaration, mfaRequired, ownerOnly, signedBy } from '../../support/documents';
import { allowing, as, denying, notAllowed } from '../../support/limited-users';
import { md5Of, refusal } from '../../support/objects';
import { begin } from '../../support/uploads';
import { send, type WireAnswer, type WireCall } from '../../support/wire-client';

const now = '2026-01-31T10:00:00Z';
const s3 = mockS3({
  now,
  buckets: {
    // A new bucket, which has no ACLs and blocks all that is public.
    fresh: { objects: { k: 'data' } },
    blocking: { ownershipControls: 'ObjectWriter', objects: { k: { body: 'data', acl: 'public-read' } } },
    source: { objects: { k: 'data' } },
    guarded: { versioning: 'Enabled', mfaDelete: 'Enabled', objects: { k: { body: 'data', versionId: 'v1' } } },
    held: { objectLock: true, objects: { k: { body: 'data', versionId: 'v1', legalHold: 'ON' } } },
  },
});
const partner = s3.createAccount('partner');
const owner = s3.account.canonicalId;

const answerOf = ({ status, text }: WireAnswer) => ({ status, text: text.replace(declaration, '') });
const denied = (message: string) => {
  const { status, text } = refusal(403, 'AccessDenied', message);
  return { status, text: text.replace(declaration, '') };
};
const told = async (call: WireCall, headers: WireCall['headers']) =>
  answerOf(await send({ ...call, headers: { ...call.headers, ...headers } }));

const because = (user: string, action: string, resource: string, reason: string) =>
  `User: arn:aws:iam::000000000000:user/${user} is not authorized to perform: ${action} on resource: "arn:aws:s3:::${resource}" because ${reason}`;
const publicAcls = 'public ACLs are prevented by the BlockPublicAcls setting in S3 Block Public Access.';
const publicPolicies = 'public policies are prevented by the BlockPublicPolicy setting in S3 Block Public Access.';

const publicRead = { 'x-amz-acl': 'public-read' };
const policyOf = (Principal: object | '*', Sid = 'Read') =>
  JSON.stringify({
    Version: '2012-10-17',
    Statement: [{ Sid, Effect: 'Allow', Principal, Action: 's3:GetObject', Resource: 'arn:aws:s3:::fresh/*' }],
  });
const putPolicy = (body: string): WireCall => {
  return { method: 'PUT', path: '/fresh?policy', body, headers: { 'Content-MD5': md5Of(body) } };
};
const put = (path: string, headers: WireCall['headers'] = {}): WireCall => ({ method: 'PUT', path, headers });

// Users' logs of 2025 and 2026 on new buckets, of users without s3:PutObjectAcl. F543
describe('BlockPublicAcls is the reason of a public ACL', () => {
  const asked: readonly (readonly [name: string, call: WireCall, action: string, right: string])[] = [
    ['PutBucketAcl', put('/BUCKET?acl', publicRead), 's3:PutBucketAcl', 's3:PutBucketAcl'],
    ['PutObjectAcl', put('/BUCKET/k?acl', publicRead), 's3:PutObjectAcl', 's3:PutObjectAcl'],
    [
      'PutObjectAcl of a version',
      put('/BUCKET/k?acl&versionId=null', { 'x-amz-acl': 'authenticated-read' }),
      's3:PutObjectAcl',
      's3:PutObjectVersionAcl',
    ],
    [
      'PutObjectAcl by a grant',
      put('/BUCKET/k?acl', { 'x-amz-grant-read': `uri="${authenticatedUsers}"` }),
      's3:PutObjectAcl',
      's3:PutObjectAcl',
    ],
  ];

  it.each(asked)('%s, to users with the right to it and without', async (_name, call, action, right) => {
    for (const bucket of ['fresh', 'blocking']) {
      const path = call.path.replace('BUCKET', bucket);
      const resource = path.slice(1).replace(/\?.*/, '');
      const expected = (user: string) => denied(because(user, action, resource, publicAcls));
      expect(await told({ ...call, path }, as(s3, 'nobody'))).toEqual(expected('nobody'));
      expect(await told({ ...call, path }, as(s3, 'exact', right))).toEqual(expected('exact'));
    }
  });

  it.each(['/blocking', '/blocking/k'])('is also that of one in a document: %s', async (path) => {
    const document = aclDocument(aclContent(owner, grant(owner, 'FULL_CONTROL'), grant(allUsers, 'READ')));
    const action = path === '/blocking' ? 's3:PutBucketAcl' : 's3:PutObjectAcl';
    expect(answerOf(await putAclDocument(`${path}?acl`, document, as(s3, 'nobody')))).toEqual(
      denied(because('nobody', action, path.slice(1), publicAcls)),
    );
  });

  // F283
  it.each<[name: string, action: string, call: WireCall]>([
    ['PutObject', 's3:PutObject', { method: 'PUT', path: '/blocking/k', body: 'new' }],
    [
      'CopyObject',
      's3:CopyObject',
      { method: 'PUT', path: '/blocking/k', headers: { 'x-amz-copy-source': '/source/k' } },
    ],
    ['CreateMultipartUpload', 's3:PutObject', { method: 'POST', path: '/blocking/k?uploads' }],
  ])('of %s, which needs s3:PutObject at least', async (_name, action, call) => {
    const open = { ...call, headers: { ...call.headers, ...publicRead } };
    expect(await told(open, as(s3, 'nobody', 's3:GetObject'))).toEqual(
      denied(notAllowed('nobody', 's3:PutObject', 'blocking/k')),
    );
    for (const [user, ...rights] of [['writer'], ['exact', 's3:PutObjectAcl']] as const)
      expect(await told(open, as(s3, user, 's3:GetObject', 's3:PutObject', ...rights))).toEqual(
        denied(because(user, action, 'blocking/k', publicAcls)),
      );
  });

  it.each<[why: string, call: WireCall, action: 's3:PutObjectAcl' | 's3:PutBucketAcl', resource: string]>([
    ['the ACL is private', put('/fresh/k?acl', { 'x-amz-acl': 'private' }), 's3:PutObjectAcl', 'fresh/k'],
    [
      'the ACL is for an account',
      put('/blocking?acl', { 'x-amz-grant-read': `id=${owner}` }),
      's3:PutBucketAcl',
      'blocking',
    ],
    ['the ACL is unknown', put('/fresh/k?acl', { 'x-amz-acl': 'open' }), 's3:PutObjectAcl', 'fresh/k'],
    ['there is none', put('/fresh/k?acl'), 's3:PutObjectAcl', 'fresh/k'],
  ])('unless %s', async (_why, call, action, resource) => {
    expect(await told(call, as(s3, 'nobody'))).toEqual(denied(notAllowed('nobody', action, resource)));
  });

  it('unless the bucket does not block it', async () => {
    s3.bucket('blocking').publicAccessBlock = { IgnorePublicAcls: true };
    expect(await told(put('/blocking/k?acl', publicRead), as(s3, 'nobody'))).toEqual(
      denied(notAllowed('nobody', 's3:PutObjectAcl', 'blocking/k')),
    );
  });

  it('unless a policy denies it', async () => {
    const Statement = [allowing('s3:*'), denying('s3:PutObjectAcl')];
    const policy = { Version: '2012-10-17', Statement } as const;
    const Authorization = signedBy(s3.account.user('denied', { policy }));
    expect(await told(put('/fresh/k?acl', publicRead), { Authorization })).toEqual(
      denied(
        'User: arn:aws:iam::000000000000:user/denied is not authorized to perform: s3:PutObjectAcl on resource: "arn:aws:s3:::fresh/k" with an explicit deny in an identity-based policy',
      ),
    );
  });

  it('but not to other accounts, which learn no reason', async () => {
    for (const Authorization of [signedBy(partner), signedBy(partner.user('free'))])
      expect(answerOf(await send({ ...put('/blocking/k?acl', { ...publicRead, Authorization }) }))).toEqual({
        status: 403,
        text: accessDenied.replace(declaration, ''),
      });
  });
});

// F543
describe('BlockPublicPolicy is the reason of a public policy', () => {
  it('to users with the right to put it and without', async () => {
    for (const [user, ...rights] of [['nobody'], ['exact', 's3:PutBucketPolicy']] as const)
      expect(await told(putPolicy(policyOf('*')), as(s3, user, ...rights))).toEqual(
        denied(because(user, 's3:PutBucketPolicy', 'fresh', publicPolicies)),
      );
    expect(s3.bucket('fresh').policy).toBeUndefined();
  });

  it.each([
    ['the policy is not public', policyOf({ AWS: partner.id })],
    ['it is malformed', '{'],
    ['it is for another bucket', policyOf('*').replace('fresh', 'source')],
  ])('unless %s', async (_why, body) => {
    expect(await told(putPolicy(body), as(s3, 'nobody'))).toEqual(
      denied(notAllowed('nobody', 's3:PutBucketPolicy', 'fresh')),
    );
  });
});

// https://docs.aws.amazon.com/AmazonS3/latest/userguide/troubleshoot-403-errors.html. F322
describe('a key of the customer that the bucket blocks', () => {
  const blocked =
    'this bucket has blocked upload requests that specify Server Side Encryption with Customer provided keys (SSE-C). Please specify a different server-side encryption type';
  const key = testKey('a').headers;

  it.each([
    ['PutObject', 's3:PutObject', put('/fresh/k', key)],
    ['CreateMultipartUpload', 's3:PutObject', { method: 'POST', path: '/fresh/k?uploads', headers: key }],
    ['CopyObject', 's3:CopyObject', put('/fresh/k', { 'x-amz-copy-source': '/source/k', ...key })],
  ] as const)('is the reason for users who may do the rest: %s', async (_name, action, call) => {
    expect(await told(call, as(s3, 'nobody'))).toEqual(denied(notAllowed('nobody', 's3:PutObject', 'fresh/k')));
    expect(await told(call, as(s3, 'writer', 's3:PutObject', 's3:GetObject'))).toEqual(
      denied(because('writer', action, 'fresh/k', blocked)),
    );
  });

  it('is also the reason to refuse a part, and no reason is given to other accounts', async () => {
    const part = put(`/fresh/k?partNumber=1&uploadId=${await begin('/fresh/k')}`, key);
    expect(await told(part, as(s3, 'writer', 's3:PutObject'))).toEqual(
      denied(because('writer', 's3:PutObject', 'fresh/k', blocked)),
    );
    s3.bucket('fresh').policy = policyOf({ AWS: partner.id }).replace('s3:GetObject', 's3:PutObject');
    const Authorization = signedBy(partner);
    expect(await told(put('/fresh/k', key), { Authorization })).toEqual({
      status: 403,
      text: accessDenied.replace(declaration, ''),
    });
    expect((await send(put('/fresh/k', { Authorization }))).status).toBe(200);
  });
});

// F13, F15, F109: their words are the same for every caller.
describe('MFA Delete and object lock, of users who may delete versions', () => {
  const mayDelete = ['s3:DeleteObject', 's3:DeleteObjectVersion'] as const;
  const version = (bucket: string): WireCall => ({ method: 'DELETE', path: `/${bucket}/k?versionId=v1` });
  const plain = (document: string) => ({ status: 403, text: document.replace(declaration, '') });

  it('are the reason after the right, in words of their own', async () => {
    const user = as(s3, 'exact', ...mayDelete);
    expect(await told(version('guarded'), user)).toEqual(plain(mfaRequired));
    expect(await told(version('guarded'), { ...user, 'x-amz-mfa': s3.mfa.header() })).toEqual(plain(ownerOnly));
    expect(await told(version('held'), user)).toEqual(denied('Access Denied because object protected by object lock.'));
    for (const bucket of ['guarded', 'held'])
      expect(await told(version(bucket), as(s3, 'nobody', 's3:DeleteObject'))).toEqual(
        denied(notAllowed('nobody', 's3:DeleteObjectVersion', `${bucket}/k`)),
      );
  });

  it('are the same to another account that the bucket policy lets in', async () => {
    for (const bucket of ['guarded', 'held']) {
      const Resource = `arn:aws:s3:::${bucket}/*`;
      const statement = { Effect: 'Allow', Principal: { AWS: partner.id }, Action: mayDelete, Resource } as const;
      s3.bucket(bucket).policy = { Version: '2012-10-17', Statement: [statement] };
    }
    const Authorization = signedBy(partner);
    expect(await told(version('guarded'), { Authorization })).toEqual(plain(mfaRequired));
    expect(await told(version('guarded'), { Authorization, 'x-amz-mfa': s3.mfa.header() })).toEqual(plain(ownerOnly));
    expect(await told(version('held'), { Authorization })).toEqual(
      denied('Access Denied because object protected by object lock.'),
    );
  });
});

// F476, F527
describe('a HEAD that is refused', () => {
  it.each([
    ['/fresh', 'us-east-1'],
    ['/fresh/k', undefined],
    ['/fresh/none', undefined],
    ['/fresh/k?versionId=null', undefined],
  ])('of %s has no document, and the region %s', async (path, region) => {
    for (const headers of [as(s3, 'nobody'), { Authorization: signedBy(partner) }, { Authorization: undefined }]) {
      const answer = await send({ method: 'HEAD', path, headers });
      expect({ status: answer.status, body: answer.body, bucketRegion: answer.header('x-amz-bucket-region') }).toEqual({
        status: 403,
        body: '',
        bucketRegion: region,
      });
    }
  });
});
