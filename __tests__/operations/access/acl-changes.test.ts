import { describe, expect, it } from '@jest/globals';
import { mockS3 } from 's3-versioning-mock/jest';
import {
  aclContent,
  aclDocument,
  allUsers,
  authenticatedUsers,
  execAccount,
  grant,
  logDelivery,
  putAcl,
  putAclDocument,
  withAcls,
} from '../../support/acl';
import { answerDocument, textsOf } from '../../support/documents';
import { answerHead } from '../../support/heads';
import {
  answered,
  get,
  markDeleted,
  markerNotAllowed,
  noSuchKey,
  put,
  putVersion,
  tellingLines,
} from '../../support/objects';
import { send } from '../../support/wire-client';

const s3 = mockS3({
  buckets: {
    plain: withAcls,
    vault: { versioning: 'Enabled', ...withAcls },
    paused: { versioning: 'Suspended', ...withAcls },
  },
});
const partner = s3.createAccount('partner');
const owner = s3.account.canonicalId;
const own = grant(owner, 'FULL_CONTROL');

const policy = (...grants: readonly string[]) => answerDocument('AccessControlPolicy', aclContent(owner, ...grants));
const aclOf = async (path: string) => (await get(path)).text;

// Recorded: localstack, test_s3_object_acl and test_s3_multipart_upload_acls; justincormack/argmin. F280
describe('a canned ACL', () => {
  it.each<[word: string, grants: readonly string[]]>([
    ['private', []],
    ['public-read', [grant(allUsers, 'READ')]],
    ['public-read-write', [grant(allUsers, 'READ'), grant(allUsers, 'WRITE')]],
    ['authenticated-read', [grant(authenticatedUsers, 'READ')]],
    ['aws-exec-read', [grant(execAccount, 'READ')]],
    // Hadoop, ITestS3ACannedACLs, for objects
    ['log-delivery-write', [grant(logDelivery, 'WRITE'), grant(logDelivery, 'READ_ACP')]],
    ['bucket-owner-read', []],
    ['bucket-owner-full-control', []],
  ])("%s is its grants after the owner's", async (word, grants) => {
    await put('/plain/k');
    for (const path of ['/plain?acl', '/plain/k?acl']) {
      const { status, body, head } = await putAcl(path, { 'x-amz-acl': word });
      expect({ status, body, head }).toEqual({ status: 200, body: '', head: answerHead('Content-Length: 0') });
      expect(await aclOf(path)).toBe(policy(own, ...grants));
    }
  });
});

// Recorded: localstack, test_s3_bucket_acl and test_s3_object_acl; justincormack/argmin. F280
describe.each([['/plain?acl'], ['/plain/k?acl']])('PUT %s', (path) => {
  it('stores the grants of headers, and adds no grant of the owner', async () => {
    await put('/plain/k');
    await putAcl(path, { 'x-amz-grant-read': `uri="${logDelivery}"` });
    expect(await aclOf(path)).toBe(policy(grant(logDelivery, 'READ')));
  });

  it('stores several grantees of each header, in the order of a hash table of their headers', async () => {
    await put('/plain/k');
    const { status } = await putAcl(path, {
      'x-amz-grant-write-acp': `id=${partner.canonicalId}`,
      'x-amz-grant-write': `uri=${allUsers}`,
      'x-amz-grant-read-acp': `id="${owner}"`,
      'x-amz-grant-read': `uri="${authenticatedUsers}", id="${partner.canonicalId}"`,
      'x-amz-grant-full-control': `id=${owner} , id = "${partner.canonicalId}"`,
    });
    expect(status).toBe(200);
    expect(await aclOf(path)).toBe(
      policy(
        grant(allUsers, 'WRITE'),
        grant(authenticatedUsers, 'READ'),
        grant(partner.canonicalId, 'READ'),
        own,
        grant(partner.canonicalId, 'FULL_CONTROL'),
        grant(owner, 'READ_ACP'),
        grant(partner.canonicalId, 'WRITE_ACP'),
      ),
    );
  });

  it('stores the grants of a document in their order', async () => {
    await put('/plain/k');
    const grants = [grant(allUsers, 'WRITE'), own, grant(partner.canonicalId, 'READ_ACP')];
    const { status, body } = await putAclDocument(path, aclDocument(aclContent(owner, ...grants)));
    expect({ status, body }).toEqual({ status: 200, body: '' });
    expect(await aclOf(path)).toBe(policy(...grants));
  });

  it('stores a document without grants', async () => {
    await put('/plain/k');
    await putAclDocument(path, aclDocument(aclContent(owner)));
    expect(await aclOf(path)).toBe(policy());
  });

  it('ignores names beside ids, and requires no digest', async () => {
    await put('/plain/k');
    const content = aclContent(owner, own).replaceAll('</ID>', '</ID><DisplayName>me</DisplayName>');
    expect((await send({ method: 'PUT', path, body: aclDocument(content) })).status).toBe(200);
    expect(await aclOf(path)).toBe(policy(own));
  });

  // The accounts of AWS that write CloudFront's logs: hashicorp/terraform-provider-aws. F282
  it.each([
    ['c4c1ede66af53448b93c283ce9448c4ba468c9432aa01d700d3878632f77d2d0'],
    ['a52cb28745c0c06e84ec548334e44bfa7fc2a85c54af20cd59e4969344b7af56'],
    [execAccount],
  ])('stores a grant to the account %s of AWS', async (id) => {
    await put('/plain/k');
    const document = aclDocument(aclContent(owner, own, grant(id, 'FULL_CONTROL')));
    expect((await putAclDocument(path, document)).status).toBe(200);
    expect(await aclOf(path)).toBe(policy(own, grant(id, 'FULL_CONTROL')));
  });

  it('replaces the ACL', async () => {
    await put('/plain/k');
    await putAcl(path, { 'x-amz-acl': 'public-read' });
    await putAcl(path, { 'x-amz-acl': 'authenticated-read' });
    expect(await aclOf(path)).toBe(policy(own, grant(authenticatedUsers, 'READ')));
  });
});

// justincormack/argmin, versioning_acl.rs. F281
describe('the ACLs of the versions of a key', () => {
  it('are independent: a request changes that of the current version or of the named one', async () => {
    const [v1, v2] = [await putVersion('/vault/k'), await putVersion('/vault/k')];
    const current = await putAcl('/vault/k?acl', { 'x-amz-acl': 'public-read' });
    expect({ status: current.status, tellingLines: tellingLines(current) }).toEqual({
      status: 200,
      tellingLines: [`x-amz-version-id: ${v2}`],
    });
    expect(await aclOf(`/vault/k?acl&versionId=${v1}`)).toBe(policy(own));
    const named = await putAcl(`/vault/k?acl&versionId=${v1}`, { 'x-amz-acl': 'authenticated-read' });
    expect(tellingLines(named)).toEqual([`x-amz-version-id: ${v1}`]);
    expect(await aclOf('/vault/k?acl')).toBe(policy(own, grant(allUsers, 'READ')));
    expect(await aclOf(`/vault/k?acl&versionId=${v1}`)).toBe(policy(own, grant(authenticatedUsers, 'READ')));
  });

  it('change without a new version and without a new date', async () => {
    await putVersion('/vault/k');
    const before = s3.bucket('vault').versions('k');
    s3.clock.advance({ hours: 1 });
    await putAcl('/vault/k?acl', { 'x-amz-acl': 'public-read' });
    const after = s3.bucket('vault').versions('k');
    expect(after).toEqual(before.map((version) => ({ ...version, acl: 'public-read' })));
  });

  it('are kept by the null version below others', async () => {
    s3.bucket('vault').put('k', 'old', { versionId: 'null' });
    await putVersion('/vault/k');
    const answer = await putAcl('/vault/k?acl&versionId=null', { 'x-amz-acl': 'public-read' });
    expect(tellingLines(answer)).toEqual(['x-amz-version-id: null']);
    expect(await aclOf('/vault/k?acl&versionId=null')).toBe(policy(own, grant(allUsers, 'READ')));
    expect(await aclOf('/vault/k?acl')).toBe(policy(own));
  });

  it('are answered with the id null while versioning is suspended, and without one if it was never set', async () => {
    await put('/paused/k');
    await put('/plain/k');
    expect(tellingLines(await putAcl('/paused/k?acl', { 'x-amz-acl': 'private' }))).toEqual(['x-amz-version-id: null']);
    expect(tellingLines(await putAcl('/plain/k?acl', { 'x-amz-acl': 'private' }))).toEqual([]);
  });

  it('change in spite of a lock', async () => {
    s3.createBucket('locked', { objectLock: true, ...withAcls });
    s3.bucket('locked').put('k', 'data', { legalHold: 'ON' });
    expect((await putAcl('/locked/k?acl', { 'x-amz-acl': 'public-read' })).status).toBe(200);
  });

  it('change without a code while MFA Delete is on', async () => {
    s3.createBucket('guarded', { versioning: 'Enabled', mfaDelete: 'Enabled', ...withAcls });
    const id = await putVersion('/guarded/k');
    expect((await putAcl(`/guarded/k?acl&versionId=${id}`, { 'x-amz-acl': 'public-read' })).status).toBe(200);
  });

  // Recorded: localstack, test_put_object_acl_on_delete_marker. F281
  it('are not those of a delete marker', async () => {
    await putVersion('/vault/k');
    const marker = await markDeleted('/vault/k');
    const change = { 'x-amz-acl': 'public-read' };
    expect(await answered(putAcl('/vault/k?acl', change))).toEqual(markerNotAllowed('PUT'));
    expect(await answered(putAcl(`/vault/k?acl&versionId=${marker}`, change))).toEqual(markerNotAllowed('PUT'));
    expect(await answered(get('/vault/k?acl'))).toEqual(noSuchKey('k'));
    expect(await answered(get(`/vault/k?acl&versionId=${marker}`))).toEqual(markerNotAllowed('GET'));
  });
});

// justincormack/argmin; https://docs.aws.amazon.com/AmazonS3/latest/userguide/about-object-ownership.html. F284
describe('the ACL that S3 answers', () => {
  // ceph/s3-tests, test_ignore_public_acls.
  it.each([['/plain?acl'], ['/plain/k?acl']])(
    'of %s has a public ACL that was put while it was ignored',
    async (path) => {
      s3.bucket('plain').publicAccessBlock = { IgnorePublicAcls: true };
      await put('/plain/k');
      expect((await putAcl(path, { 'x-amz-acl': 'public-read' })).status).toBe(200);
      expect(await aclOf(path)).toBe(policy(own));
      s3.bucket('plain').publicAccessBlock = null;
      expect(await aclOf(path)).toBe(policy(own, grant(allUsers, 'READ')));
    },
  );

  it.each([['/plain?acl'], ['/plain/k?acl']])('of %s leaves out public grants that are ignored', async (path) => {
    await put('/plain/k');
    await putAcl(path, { 'x-amz-grant-read': `uri=${allUsers},id=${partner.canonicalId},uri=${authenticatedUsers}` });
    s3.bucket('plain').publicAccessBlock = { IgnorePublicAcls: true };
    expect(await aclOf(path)).toBe(policy(grant(partner.canonicalId, 'READ')));
    s3.bucket('plain').publicAccessBlock = { BlockPublicAcls: true };
    expect(textsOf('Grant', { body: await aclOf(path) })).toHaveLength(3);
  });
});

it('a snapshot, a reset and a deletion of the bucket end a change', async () => {
  await put('/plain/k');
  await putAcl('/plain?acl', { 'x-amz-acl': 'public-read' });
  await putAcl('/plain/k?acl', { 'x-amz-acl': 'authenticated-read' });
  const snapshot = s3.snapshot();
  await putAcl('/plain?acl', { 'x-amz-acl': 'private' });
  await putAcl('/plain/k?acl', { 'x-amz-acl': 'private' });
  s3.restore(snapshot);
  expect(await aclOf('/plain?acl')).toBe(policy(own, grant(allUsers, 'READ')));
  expect(await aclOf('/plain/k?acl')).toBe(policy(own, grant(authenticatedUsers, 'READ')));
  s3.reset();
  expect(await aclOf('/plain?acl')).toBe(policy(own));
});
