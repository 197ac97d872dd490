import { describe, expect, it } from '@jest/globals';
import { mockS3 } from 's3-versioning-mock/jest';
import { aclContent, allUsers, authenticatedUsers, grant, withAcls } from '../../support/acl';
import { answerDocument, declaration, signedBy, textOf } from '../../support/documents';
import { badArgument, get, put, refusal, type StatusAndText } from '../../support/objects';
import { allowing, policyOf } from '../../support/policy';
import { send } from '../../support/wire-client';

const s3 = mockS3({
  buckets: {
    enforced: { publicAccessBlock: null },
    preferred: { ownershipControls: 'BucketOwnerPreferred', publicAccessBlock: null },
    open: withAcls,
    blocking: { ownershipControls: 'ObjectWriter' },
    fresh: {},
  },
});
const partner = s3.createAccount('partner');
const owner = s3.account.canonicalId;
const own = grant(owner, 'FULL_CONTROL');

type Headers = Readonly<Record<string, string>>;

const policy = (...grants: readonly string[]) => answerDocument('AccessControlPolicy', aclContent(owner, ...grants));
const notSupported = refusal(400, 'AccessControlListNotSupported', 'The bucket does not allow ACLs');

const writes: Readonly<Record<string, (path: string, headers: Headers) => Promise<StatusAndText>>> = {
  PutObject: async (path, headers) => answerOf(await put(path, 'data', headers)),
  async CopyObject(path, headers) {
    await put('/open/source', 'data', { 'x-amz-acl': 'authenticated-read' });
    const { status, text } = await put(path, '', { 'x-amz-copy-source': '/open/source', ...headers });
    // The refusal of a copy has no declaration.
    return { status, text: `${declaration}${text}` };
  },
  async CreateMultipartUpload(path, headers) {
    const begun = await send({ method: 'POST', path: `${path}?uploads`, headers });
    if (begun.status !== 200) return answerOf(begun);
    const upload = `${path}?uploadId=${textOf('UploadId', begun)}`;
    const { header } = await put(`${upload}&partNumber=1`);
    const part = `<Part><PartNumber>1</PartNumber><ETag>${header('etag')}</ETag></Part>`;
    const body = `<CompleteMultipartUpload>${part}</CompleteMultipartUpload>`;
    return answerOf(await send({ method: 'POST', path: upload, body }));
  },
};

function answerOf({ status, text }: StatusAndText): StatusAndText {
  return { status, text };
}

// Recorded: localstack, test_s3_multipart_upload_acls; justincormack/argmin. F281
describe.each(Object.entries(writes))('%s', (name, write) => {
  it('stores the ACL of the request with the object', async () => {
    expect(await write('/open/k', { 'x-amz-acl': 'public-read-write' })).toEqual({
      status: 200,
      text: expect.anything(),
    });
    expect((await get('/open/k?acl')).text).toBe(policy(own, grant(allUsers, 'READ'), grant(allUsers, 'WRITE')));
  });

  it('stores the grants of the request, and no grant of the owner', async () => {
    await write('/open/k', {
      'x-amz-grant-read-acp': `id=${partner.canonicalId}`,
      'x-amz-grant-read': `uri=${authenticatedUsers}`,
    });
    expect((await get('/open/k?acl')).text).toBe(
      policy(grant(authenticatedUsers, 'READ'), grant(partner.canonicalId, 'READ_ACP')),
    );
  });

  it('makes a private object if the request names no ACL, whatever was there', async () => {
    await put('/open/k', 'old', { 'x-amz-acl': 'public-read' });
    await write('/open/k', {});
    expect((await get('/open/k?acl')).text).toBe(policy(own));
  });

  it.each([['bucket-owner-full-control'], ['bucket-owner-read']])(
    "%s adds no grant if the writer is of the owner's account",
    async (word) => {
      for (const bucket of ['open', 'preferred']) {
        await write(`/${bucket}/k`, { 'x-amz-acl': word });
        expect((await get(`/${bucket}/k?acl`)).text).toBe(policy(own));
      }
    },
  );

  // justincormack/argmin, on S3: the User Guide names bucket-owner-full-control and its equivalent only. F59
  it.each<[headers: Headers]>([[{ 'x-amz-acl': 'private' }], [{ 'x-amz-acl': 'bucket-owner-full-control' }]])(
    'accepts %j in a bucket without ACLs',
    async (headers) => {
      expect(await write('/enforced/k', headers)).toEqual({ status: 200, text: expect.anything() });
      s3.bucket('enforced').ownershipControls = 'ObjectWriter';
      expect((await get('/enforced/k?acl')).text).toBe(policy(own));
    },
  );

  it.each<[headers: Headers]>([
    [{ 'x-amz-acl': 'public-read-write' }],
    [{ 'x-amz-acl': 'authenticated-read' }],
    [{ 'x-amz-acl': 'aws-exec-read' }],
    [{ 'x-amz-acl': 'log-delivery-write' }],
    [{ 'x-amz-grant-full-control': `id=${partner.canonicalId}` }],
    [{ 'x-amz-grant-full-control': `id=${owner},id=${partner.canonicalId}` }],
    [{ 'x-amz-grant-read': `uri=${allUsers}` }],
  ])('refuses %j in a bucket without ACLs, before it looks at the public access block', async (headers) => {
    expect(await write('/enforced/k', headers)).toEqual(notSupported);
    expect(await write('/fresh/k', headers)).toEqual(notSupported);
    expect(s3.bucket('enforced').versions()).toEqual([]);
  });

  it.each<[headers: Headers]>([
    [{ 'x-amz-acl': 'public-read' }],
    [{ 'x-amz-acl': 'authenticated-read' }],
    [{ 'x-amz-grant-write-acp': `uri="${allUsers}"` }],
  ])('refuses %j in a bucket that blocks public ACLs', async (headers) => {
    expect(await write('/blocking/k', headers)).toEqual(
      refusal(
        403,
        'AccessDenied',
        `User: arn:aws:iam::000000000000:root is not authorized to perform: ${name === 'CopyObject' ? 's3:CopyObject' : 's3:PutObject'} on resource: "arn:aws:s3:::blocking/k" because public ACLs are prevented by the BlockPublicAcls setting in S3 Block Public Access.`,
      ),
    );
    expect(await write('/blocking/k', { 'x-amz-acl': 'aws-exec-read' })).toEqual({
      status: 200,
      text: expect.anything(),
    });
  });

  it.each<[what: string, headers: Headers, expected: StatusAndText]>([
    ['an unknown ACL', { 'x-amz-acl': 'public-write' }, badArgument('', 'x-amz-acl', 'public-write')],
    [
      'a malformed grant',
      { 'x-amz-grant-read': 'fakekey=1' },
      badArgument('Argument format not recognized', 'x-amz-grant-read', 'fakekey=1'),
    ],
    ['a grant to nobody', { 'x-amz-grant-read': 'id=1' }, badArgument('Invalid id', 'id', '1')],
    ['a grant to no group', { 'x-amz-grant-read': 'uri=x' }, badArgument('Invalid group uri', 'uri', 'x')],
    [
      'a canned ACL beside a grant',
      { 'x-amz-acl': 'private', 'x-amz-grant-read': `id=${owner}` },
      refusal(400, 'InvalidRequest', 'Specifying both Canned ACLs and Header Grants is not allowed'),
    ],
    [
      'a grant by e-mail',
      { 'x-amz-grant-read': 'emailAddress=a@example.com' },
      refusal(405, 'MethodNotAllowed', 'The specified method is not allowed against this resource.'),
    ],
  ])('refuses %s, also in a bucket without ACLs', async (_what, headers, expected) => {
    expect(await write('/open/k', headers)).toEqual(expected);
    expect(await write('/enforced/k', headers)).toEqual(expected);
  });
});

describe('the ACL of an upload', () => {
  it('stays that of its beginning, although the ownership changes before its end', async () => {
    const begun = await send({ method: 'POST', path: '/open/k?uploads', headers: { 'x-amz-acl': 'public-read' } });
    s3.bucket('open').ownershipControls = 'BucketOwnerEnforced';
    const upload = `/open/k?uploadId=${textOf('UploadId', begun)}`;
    const { header } = await put(`${upload}&partNumber=1`);
    const part = `<Part><PartNumber>1</PartNumber><ETag>${header('etag')}</ETag></Part>`;
    await send({ method: 'POST', path: upload, body: `<CompleteMultipartUpload>${part}</CompleteMultipartUpload>` });
    expect((await get('/open/k?acl')).text).toBe(policy(own));
    s3.bucket('open').ownershipControls = 'ObjectWriter';
    expect((await get('/open/k?acl')).text).toBe(policy(own, grant(allUsers, 'READ')));
  });
});

describe('an object that another account owns', () => {
  const theirs = {
    Owner: { ID: 'partner' },
    Grants: [{ Grantee: { Type: 'CanonicalUser', ID: 'partner' }, Permission: 'FULL_CONTROL' }],
  } as const;
  const asPartner = { Authorization: signedBy(partner) };
  const ownerIn = (answer: { readonly body: string }) => textOf('ID', { body: textOf('Owner', answer) ?? '' });

  it("is listed with its owner, and with the bucket's while that owns all objects", async () => {
    s3.bucket('open').put('k', 'data', { acl: theirs });
    const owners = async () => {
      const paths = ['/open', '/open?list-type=2&fetch-owner=true', '/open?versions'];
      return Promise.all(paths.map(async (path) => ownerIn(await get(path))));
    };
    const { canonicalId } = partner;
    expect(await owners()).toEqual([canonicalId, canonicalId, canonicalId]);
    expect(ownerIn(await get('/open/k?acl', asPartner))).toBe(canonicalId);
    s3.bucket('open').ownershipControls = 'BucketOwnerEnforced';
    expect(await owners()).toEqual([owner, owner, owner]);
    expect(ownerIn(await get('/open/k?acl'))).toBe(owner);
  });

  it('keeps its owner through a change of its ACL, in which the bucket owner may have a part', async () => {
    s3.bucket('open').put('k', 'data', { acl: theirs });
    expect((await get('/open/k')).status).toBe(403);
    const headers = { 'x-amz-acl': 'bucket-owner-read', ...asPartner };
    expect((await send({ method: 'PUT', path: '/open/k?acl', headers })).status).toBe(200);
    expect((await get('/open/k')).status).toBe(200);
    const grants = [grant(partner.canonicalId, 'FULL_CONTROL'), grant(owner, 'READ')];
    expect((await get('/open/k?acl', asPartner)).text).toBe(
      answerDocument('AccessControlPolicy', aclContent(partner.canonicalId, ...grants)),
    );
  });
});

// The third walkthrough of AWS's user guide on access. F501
it('a partner may write what it gives all rights on to the owner of the bucket, as the policy demands', async () => {
  const user = partner.user('writer', allowing('s3:PutObject', 's3:PutObjectAcl'));
  const writer = { Principal: { AWS: user.arn }, Resource: 'arn:aws:s3:::open/*' };
  const isGiven = { 's3:x-amz-grant-full-control': `id=${owner}` };
  s3.bucket('open').policy = policyOf(
    { Effect: 'Allow', Action: ['s3:PutObject', 's3:PutObjectAcl'], ...writer },
    { Effect: 'Deny', Action: 's3:PutObject', ...writer, Condition: { StringNotEquals: isGiven } },
  );
  const sent = async (headers: Headers) => {
    const Authorization = signedBy(user);
    return (await put('/open/photo', 'theirs', { Authorization, ...headers })).status;
  };
  expect(await sent({})).toBe(403);
  expect(await sent({ 'x-amz-grant-full-control': `id=${partner.canonicalId}` })).toBe(403);
  expect(await sent({ 'x-amz-grant-full-control': `id=${owner}` })).toBe(200);
  const reader = { Authorization: signedBy(s3.account.user('reader', allowing('s3:GetObject'))) };
  expect((await get('/open/photo', reader)).body).toBe('theirs');
});

// Measured: justincormack/argmin, bucket_policy_conditions.rs, for a grant and a canned ACL. F520
describe('a partner that may write', () => {
  const to = { Principal: { AWS: '*' }, Resource: 'arn:aws:s3:::open/*' };
  const sent = async (headers: Headers) =>
    (await put('/open/photo', 'theirs', { Authorization: signedBy(partner), ...headers })).status;
  const acls: readonly Headers[] = [
    { 'x-amz-acl': 'authenticated-read' },
    { 'x-amz-grant-read': `id=${owner}` },
    { 'x-amz-acl': 'private' },
  ];

  it.each(acls)('gives its object the ACL %j, since it owns the object', async (headers) => {
    s3.bucket('open').policy = policyOf({ Effect: 'Allow', Action: 's3:PutObject', ...to });
    expect(await sent(headers)).toBe(200);
    expect(
      (
        await send({
          method: 'POST',
          path: '/open/photo?uploads',
          headers: { ...headers, Authorization: signedBy(partner) },
        })
      ).status,
    ).toBe(200);
  });

  it('needs the right to an ACL where the owner of the bucket may own the object', async () => {
    s3.bucket('open').ownershipControls = 'BucketOwnerPreferred';
    s3.bucket('open').policy = policyOf({ Effect: 'Allow', Action: 's3:PutObject', ...to });
    expect(await sent({ 'x-amz-grant-read': `id=${owner}` })).toBe(403);
    expect(await sent({ 'x-amz-acl': 'bucket-owner-full-control' })).toBe(200);
  });
});
