import { describe, expect, it } from '@jest/globals';
import { mockS3 } from 's3-versioning-mock/jest';
import {
  aclContent,
  aclDocument,
  allUsers,
  authenticatedUsers,
  grant,
  putAcl,
  putAclDocument,
  withAcls,
} from '../../support/acl';
import { accessDenied, signedBy } from '../../support/documents';
import { as } from '../../support/limited-users';
import {
  answered,
  badArgument,
  elements,
  get,
  md5Of,
  noSuchBucket,
  noSuchKey,
  noSuchVersion,
  put,
  putVersion,
  refusal,
  remove,
} from '../../support/objects';
import { send, type WireAnswer } from '../../support/wire-client';

// `enforced` is a new bucket, which has no ACLs and blocks public ones.
const s3 = mockS3({ buckets: { enforced: {}, open: withAcls, blocking: { ownershipControls: 'ObjectWriter' } } });
const partner = s3.createAccount('partner');
const owner = s3.account.canonicalId;
const own = grant(owner, 'FULL_CONTROL');

const malformedAcl = refusal(
  400,
  'MalformedACLError',
  'The XML you provided was not well-formed or did not validate against our published schema',
);
const notSupported = refusal(400, 'AccessControlListNotSupported', 'The bucket does not allow ACLs');
const twice = refusal(400, 'InvalidRequest', 'Specifying both Canned ACLs and Header Grants is not allowed');
const withBody = refusal(400, 'UnexpectedContent', 'This request does not support content');
const emailRefused = refusal(405, 'MethodNotAllowed', 'The specified method is not allowed against this resource.');
const unknownId = 'f'.repeat(64);

const blocked = (action: string, resource: string, user = 'root') =>
  refusal(
    403,
    'AccessDenied',
    `User: arn:aws:iam::000000000000:${user} is not authorized to perform: s3:${action} on resource: "arn:aws:s3:::${resource}" because public ACLs are prevented by the BlockPublicAcls setting in S3 Block Public Access.`,
  );

const answerOf = ({ status, text }: WireAnswer) => ({ status, text });
const withKey = async (path: string) => {
  if (path.includes('/k?')) await put(path.replace(/\?.*/, ''));
};

// Recorded: localstack, test_s3_bucket_acl_exceptions and test_s3_object_acl_exceptions, on new buckets. F282
describe.each([['/enforced?acl'], ['/enforced/k?acl'], ['/open?acl'], ['/open/k?acl']])('PUT %s refuses', (path) => {
  it('a request without an ACL', async () => {
    await withKey(path);
    const expected = refusal(
      400,
      'MissingSecurityHeader',
      'Your request was missing a required header',
      elements({ MissingHeaderName: 'x-amz-acl' }),
    );
    expect(answerOf(await putAcl(path, {}))).toEqual(expected);
  });

  it('a canned ACL beside grants', async () => {
    await withKey(path);
    const headers = { 'x-amz-acl': 'public-read', 'x-amz-grant-read': `uri=${allUsers}` };
    expect(answerOf(await putAcl(path, headers))).toEqual(twice);
    expect(s3.requests.last()?.why).toContain(`x-amz-acl is 'public-read', x-amz-grant-read is 'uri=${allUsers}'`);
  });

  it.each([[{ 'x-amz-acl': 'public-read' }], [{ 'x-amz-grant-read': `uri=${allUsers}` }]])(
    'a document beside %j',
    async (headers) => {
      await withKey(path);
      const document = aclDocument(aclContent(owner, own));
      expect(answerOf(await putAclDocument(path, document, headers))).toEqual(withBody);
      expect(answerOf(await putAclDocument(path, '<none', headers))).toEqual(withBody);
      // Measured: justincormack/argmin, bucket_policy.rs, test_bucket_policy_put_bucket_acl_grant_read_wrong_header_body_mismatch_is_unexpected_content.
      const ofStranger = { ...headers, ...as(s3, 'reader', 's3:GetObject') };
      expect(answerOf(await putAclDocument(path, document, ofStranger))).toEqual(withBody);
    },
  );

  it.each([['randomText'], [''], ['Private'], ['public-read ,private']])('the canned ACL %j', async (word) => {
    await withKey(path);
    expect(answerOf(await putAcl(path, { 'x-amz-acl': word }))).toEqual(badArgument('', 'x-amz-acl', word));
  });

  it.each([['randomText'], ['fakekey="1"'], [''], ['id="1" id="2"'], ['id=1,,id=2'], ['id=']])(
    'the grant %j',
    async (value) => {
      await withKey(path);
      const expected = badArgument(
        'Argument format not recognized',
        'x-amz-grant-write',
        value.replaceAll('"', '&quot;'),
      );
      expect(answerOf(await putAcl(path, { 'x-amz-grant-write': value }))).toEqual(expected);
    },
  );

  it('grantees that do not exist', async () => {
    await withKey(path);
    const group = 'http://acs.amazonaws.com/groups/global/Nobody';
    expect(answerOf(await putAcl(path, { 'x-amz-grant-write': `uri="${group}"` }))).toEqual(
      badArgument('Invalid group uri', 'uri', group),
    );
    expect(answerOf(await putAcl(path, { 'x-amz-grant-write': 'id="wrong-id"' }))).toEqual(
      badArgument('Invalid id', 'id', 'wrong-id'),
    );
    expect(answerOf(await putAcl(path, { 'x-amz-grant-write': `id=${unknownId}` }))).toEqual(
      badArgument('Invalid id', 'id', unknownId),
    );
    expect(answerOf(await putAcl(path, { 'x-amz-grant-write': `id=${partner.id}` }))).toEqual(
      badArgument('Invalid id', 'id', partner.id),
    );
  });

  it('a grantee by e-mail', async () => {
    await withKey(path);
    expect(answerOf(await putAcl(path, { 'x-amz-grant-read': 'emailAddress="ann@example.com"' }))).toEqual(
      emailRefused,
    );
    const byMail = own.replace('CanonicalUser', 'AmazonCustomerByEmail').replaceAll('ID>', 'EmailAddress>');
    const document = aclDocument(aclContent(owner, byMail));
    expect(answerOf(await putAclDocument(path, document))).toEqual(emailRefused);
    expect(s3.requests.last()?.why).toContain(`a grant is for '${owner}'`);
  });

  it.each<[what: string, content: string]>([
    ['without an owner', `<AccessControlList>${own}</AccessControlList>`],
    ['whose owner has no id', `<Owner/><AccessControlList>${own}</AccessControlList>`],
    ['without a list', `<Owner><ID>${owner}</ID></Owner>`],
    ['that is empty', ''],
    ['with an unknown right', aclContent(owner, grant(owner, 'WRONG-PERMISSION'))],
    ['without a right', aclContent(owner, own.replace(/<Permission>.*<\/Permission>/, ''))],
    ['with an unknown type of grantee', aclContent(owner, own.replace('CanonicalUser', 'BadType'))],
    ['without a type of grantee', aclContent(owner, own.replace(/ xsi:type="\w+"/, ''))],
    ['without a grantee', aclContent(owner, own.replace(/<Grantee.*<\/Grantee>/, ''))],
    ['with an element that no ACL has', `${aclContent(owner, own)}<Extra/>`],
    ['with two owners', `<Owner><ID>${owner}</ID></Owner>${aclContent(owner, own)}`],
    // Recorded: ceph/ceph#16291 pastes S3's answer.
    ['of 101 grants', aclContent(owner, ...Array.from({ length: 101 }, () => own))],
  ])('a document %s', async (_what, content) => {
    await withKey(path);
    expect(answerOf(await putAclDocument(path, aclDocument(content)))).toEqual(malformedAcl);
  });

  it('a body that is not XML', async () => {
    await withKey(path);
    expect(answerOf(await putAclDocument(path, '<AccessControlPolicy>'))).toEqual(malformedAcl);
  });

  it.each([
    [{ 'x-amz-acl': 'private', 'x-amz-grant-read': `uri=${allUsers}` }, twice],
    [
      { 'x-amz-grant-write': 'randomText' },
      badArgument('Argument format not recognized', 'x-amz-grant-write', 'randomText'),
    ],
  ])('%j before a malformed digest', async (headers, expected) => {
    await withKey(path);
    expect(answerOf(await putAcl(path, { ...headers, 'Content-MD5': 'bad' }))).toEqual(expected);
  });

  it('a document with names that nobody has', async () => {
    await withKey(path);
    const sent = async (content: string) => answerOf(await putAclDocument(path, aclDocument(content)));
    expect(await sent(aclContent('wrong-id', own))).toEqual(badArgument('Invalid id', 'CanonicalUser/ID', 'wrong-id'));
    expect(await sent(aclContent(owner, grant(unknownId, 'READ')))).toEqual(
      badArgument('Invalid id', 'CanonicalUser/ID', unknownId),
    );
    expect(await sent(aclContent(owner, grant('http://random/', 'READ')))).toEqual(
      badArgument('Invalid group uri', 'Group/URI', 'http://random/'),
    );
  });

  // Recorded: dyus/meeseeks-s3, tests/bucket_acl/golden/TestPutBucketACLContentMD5.test_invalid_content_md5_rejected.json.
  it('a document with a wrong digest, before it looks at the ACLs of the bucket', async () => {
    await withKey(path);
    const document = aclDocument(aclContent(owner, own, grant(allUsers, 'READ')));
    expect(await answered(putAclDocument(path, document, { 'Content-MD5': md5Of('other') }))).toEqual({
      status: 400,
      text: expect.stringContaining('<Code>BadDigest</Code>'),
    });
  });
});

describe('a list of 100 grants', () => {
  it('is stored, and one more by headers is refused', async () => {
    const document = aclDocument(aclContent(owner, ...Array.from({ length: 100 }, () => own)));
    expect((await putAclDocument('/open?acl', document)).status).toBe(200);
    const ids = Array.from({ length: 101 }, () => `id=${owner}`).join(',');
    expect(answerOf(await putAcl('/open?acl', { 'x-amz-grant-read': ids }))).toEqual(malformedAcl);
  });
});

// https://docs.aws.amazon.com/AmazonS3/latest/userguide/about-object-ownership.html; justincormack/argmin. F59
describe('a bucket without ACLs', () => {
  it.each([['log-delivery-write'], ['aws-exec-read']])('refuses the canned ACL %s', async (word) => {
    expect(answerOf(await putAcl('/enforced?acl', { 'x-amz-acl': word }))).toEqual(notSupported);
    expect(s3.requests.last()?.why).toContain(`the request sets an ACL by x-amz-acl '${word}'`);
  });

  it('refuses grants and a document', async () => {
    expect(answerOf(await putAcl('/enforced?acl', { 'x-amz-grant-read': `id=${owner}` }))).toEqual(notSupported);
    expect(s3.requests.last()?.why).toContain('the request sets an ACL by a grant');
    expect(answerOf(await putAclDocument('/enforced?acl', aclDocument(aclContent(owner, own))))).toEqual(notSupported);
    expect(s3.requests.last()?.why).toContain('the request sets an ACL by the document');
  });

  it('says so before it looks for the object', async () => {
    expect(answerOf(await putAcl('/enforced/none?acl', { 'x-amz-acl': 'private' }))).toEqual(notSupported);
  });
});

// justincormack/argmin, public_access_acl_matrix.rs; the words are of answers that users pasted since 2025. F283
describe('a bucket that blocks public ACLs', () => {
  it.each<[headers: Readonly<Record<string, string>>]>([
    [{ 'x-amz-acl': 'public-read' }],
    [{ 'x-amz-acl': 'public-read-write' }],
    [{ 'x-amz-acl': 'authenticated-read' }],
    [{ 'x-amz-grant-read-acp': `uri=${allUsers}` }],
    [{ 'x-amz-grant-full-control': `id=${owner},uri=${authenticatedUsers}` }],
  ])('refuses %j, with ACLs and without them', async (headers) => {
    for (const bucket of ['enforced', 'blocking']) {
      await put(`/${bucket}/k`);
      expect(answerOf(await putAcl(`/${bucket}?acl`, headers))).toEqual(blocked('PutBucketAcl', bucket));
      expect(answerOf(await putAcl(`/${bucket}/k?acl`, headers))).toEqual(blocked('PutObjectAcl', `${bucket}/k`));
    }
  });

  it('names the user', async () => {
    const headers = { 'x-amz-acl': 'public-read', Authorization: signedBy(s3.account.user('ann')) };
    expect(answerOf(await putAcl('/blocking?acl', headers))).toEqual(blocked('PutBucketAcl', 'blocking', 'user/ann'));
  });

  it('accepts other grants, one to the group that writes logs included', async () => {
    const { status } = await putAcl('/blocking?acl', { 'x-amz-acl': 'log-delivery-write' });
    expect(status).toBe(200);
    expect((await putAcl('/blocking?acl', { 'x-amz-grant-read': `id=${partner.canonicalId}` })).status).toBe(200);
  });

  it('keeps the public ACLs that it has', async () => {
    await putAcl('/open?acl', { 'x-amz-acl': 'public-read' });
    s3.bucket('open').publicAccessBlock = { BlockPublicAcls: true };
    expect((await get('/open?acl')).body).toContain(allUsers);
  });
});

describe('PUT ?acl of a bucket or a key that does not exist', () => {
  const change = { 'x-amz-acl': 'public-read' };

  it('is refused', async () => {
    const gone = await (async () => {
      s3.createBucket('vault', { versioning: 'Enabled', ...withAcls });
      const id = await putVersion('/vault/k');
      await remove(`/vault/k?versionId=${id}`);
      return id;
    })();
    expect(await answered(putAcl('/missing?acl', change))).toEqual(noSuchBucket('missing'));
    expect(await answered(putAcl('/vault/none?acl', change))).toEqual(noSuchKey('none'));
    expect(await answered(putAcl(`/vault/k?acl&versionId=${gone}`, change))).toEqual(noSuchVersion('k', gone));
    expect(await answered(putAcl('/vault/k?acl&versionId=bad', change))).toEqual(
      badArgument('Invalid version id specified', 'versionId', 'bad'),
    );
  });

  it('is refused for a version of a bucket', async () => {
    expect(await answered(putAcl('/open?acl&versionId=null', change))).toEqual(
      badArgument('Invalid version id specified', 'versionId', 'null'),
    );
  });

  // F22
  it('is refused for a version of a bucket that does not exist, since there is no bucket', async () => {
    expect(await answered(putAcl('/none?acl&versionId=null', change))).toEqual(noSuchBucket('none'));
  });
});

// https://docs.aws.amazon.com/AmazonS3/latest/API/API_PutObjectAcl.html: an ACL does not change the owner. F282
it('a document that names another owner is refused', async () => {
  await put('/open/k');
  for (const path of ['/open?acl', '/open/k?acl']) {
    const document = aclDocument(aclContent(partner.canonicalId, own));
    expect(answerOf(await putAclDocument(path, document))).toEqual({ status: 403, text: accessDenied });
  }
});

// Documented in the S3 User Guide, "Object Ownership error responses"; ceph/s3-tests. F284
describe('the ownership of a bucket whose ACL is not FULL_CONTROL of its owner alone', () => {
  const enforce = () => {
    const rule = '<Rule><ObjectOwnership>BucketOwnerEnforced</ObjectOwnership></Rule>';
    return send({
      method: 'PUT',
      path: '/open?ownershipControls',
      body: `<OwnershipControls>${rule}</OwnershipControls>`,
    });
  };

  it.each<[headers: Readonly<Record<string, string>>]>([
    [{ 'x-amz-acl': 'log-delivery-write' }],
    [{ 'x-amz-grant-read': `id=${partner.canonicalId}` }],
    [{ 'x-amz-grant-full-control': `id=${owner},id=${owner}` }],
  ])('cannot become BucketOwnerEnforced: %j', async (headers) => {
    await putAcl('/open?acl', headers);
    expect(answerOf(await enforce())).toEqual(
      refusal(
        400,
        'InvalidBucketAclWithObjectOwnership',
        "Bucket cannot have ACLs set with ObjectOwnership's BucketOwnerEnforced setting",
      ),
    );
    await putAcl('/open?acl', { 'x-amz-acl': 'private' });
    expect((await enforce()).status).toBe(200);
  });

  it('can if the owner has FULL_CONTROL, whatever its objects grant', async () => {
    await put('/open/k', 'data', { 'x-amz-acl': 'public-read' });
    await putAcl('/open?acl', { 'x-amz-grant-full-control': `id=${owner}` });
    expect((await enforce()).status).toBe(200);
  });
});
