import { describe, expect, it } from '@jest/globals';
import { mockS3 } from 's3-versioning-mock/jest';
import { allowedTo, type NamedCalls, sendAs, sendersOf } from '../../support/access';
import { aclContent, grant, withAcls } from '../../support/acl';
import { accessDenied, answerDocument, textOf, textsOf } from '../../support/documents';
import { md5Of, noSuchKey, refusal, type StatusAndText } from '../../support/objects';
import { begin, complete, copyPart, etagIn, partElement, put, sendPart } from '../../support/uploads';

const everyone = (Action: string | readonly string[], path: string) => ({
  Version: '2012-10-17' as const,
  Statement: [{ Effect: 'Allow' as const, Principal: '*' as const, Action, Resource: `arn:aws:s3:::${path}` }],
});
const s3 = mockS3({
  buckets: {
    site: { ...withAcls, versioning: 'Enabled', objects: { private: 'data' } },
    listed: { ...withAcls, acl: 'public-read', objects: { private: 'data' } },
    inbox: { ...withAcls, acl: 'public-read-write', objects: { k: 'data' } },
    preferred: { ownershipControls: 'BucketOwnerPreferred', publicAccessBlock: null, acl: 'public-read-write' },
    enforced: { publicAccessBlock: null, objects: { 'open/k': 'data', k: 'data' } },
  },
});
const partner = s3.createAccount('partner');
const senders = sendersOf(s3.account, partner, s3.createAccount('third'));
const owner = s3.account.canonicalId;
/** The account that callers without credentials have in ACLs. */
const nobody = '65a011a29cdf8ec533ec3d1ccaae921c';
const host = 'https://s3.amazonaws.com';
const denied = { status: 403, text: accessDenied } as const;

async function told(...[sender, call]: Parameters<typeof sendAs>): Promise<StatusAndText> {
  const { status, text } = await sendAs(sender, call);
  return { status, text };
}

const grantTo = (ID: string) => ({ Grantee: { Type: 'CanonicalUser', ID }, Permission: 'FULL_CONTROL' }) as const;

const ownerIn = (answer: { readonly body: string }) => textOf('ID', { body: textOf('Owner', answer) ?? '' });

// Recorded: localstack, test_get_object_with_anon_credentials; justincormack/argmin crates/s3-tests/tests: public_access_*.rs. F500
describe('fetch without credentials', () => {
  it('reads a public object: all of it, its head, a part and a version', async () => {
    const { versionId } = s3.bucket('site').put('page.html', 'old', { acl: 'public-read' });
    s3.bucket('site').put('page.html', 'present', { acl: 'public-read' });
    const read = async (query = '', more: RequestInit = {}) => {
      const answer = await fetch(`${host}/site/page.html${query}`, more);
      return { status: answer.status, text: await answer.text() };
    };
    expect(await read()).toEqual({ status: 200, text: 'present' });
    expect(await read('', { method: 'HEAD' })).toEqual({ status: 200, text: '' });
    expect(await read('', { headers: { Range: 'bytes=0-2' } })).toEqual({ status: 206, text: 'pre' });
    expect(await read(`?versionId=${versionId}`)).toEqual({ status: 200, text: 'old' });
    expect((await fetch(`${host}/site/private`)).status).toBe(403);
    expect((await fetch(`${host}/site/private`, { method: 'HEAD' })).status).toBe(403);
    expect(s3.requests.last()).toMatchObject({ caller: 'anonymous' });
  });

  it('lists a public bucket, reads none of its private objects, and learns which do not exist', async () => {
    expect(textsOf('Key', { body: await (await fetch(`${host}/listed?list-type=2`)).text() })).toEqual(['private']);
    expect(await told(undefined, { path: '/listed/private' })).toEqual(denied);
    // ceph/s3-tests, test_object_raw_get_object_gone. F503
    expect(await told(undefined, { path: '/listed/none' })).toEqual(noSuchKey('none'));
    expect((await sendAs(undefined, { method: 'HEAD', path: '/listed/none' })).status).toBe(404);
    expect(await told(undefined, { path: '/site/none' })).toEqual(denied);
    expect((await sendAs(undefined, { method: 'HEAD', path: '/site/none' })).status).toBe(403);
  });

  it('may do what the policy of a bucket allows everyone, whether the bucket has ACLs or not', async () => {
    const calls: NamedCalls = {
      get: { path: '/enforced/open/k' },
      head: { method: 'HEAD', path: '/enforced/open/k' },
      other: { path: '/enforced/k' },
      tags: { path: '/enforced/open/k?tagging' },
      list: { path: '/enforced' },
    };
    s3.bucket('enforced').policy = everyone('s3:GetObject', 'enforced/open/*');
    expect(await allowedTo(undefined, calls)).toEqual(['get', 'head']);
    s3.bucket('enforced').ownershipControls = 'ObjectWriter';
    expect(await allowedTo(undefined, calls)).toEqual(['get', 'head']);
  });
});

// Recorded: localstack, test_bucket_name_with_dots; smithy-lang/smithy-rs, no_auth/list-objects.json. F625
describe('the owners in a listing', () => {
  const listings = ['/inbox', '/inbox?list-type=2&fetch-owner=true', '/inbox?versions'];
  const allUsers = 'http://acs.amazonaws.com/groups/global/AllUsers';
  const readable = (Permission: 'READ' | 'READ_ACP' | 'FULL_CONTROL') => ({
    Owner: { ID: owner },
    Grants: [{ Grantee: { Type: 'Group', URI: allUsers }, Permission }] as const,
  });
  const entriesIn = (answer: { readonly body: string }) =>
    ['Contents', 'Version', 'DeleteMarker']
      .flatMap((name) => textsOf(name, answer))
      .map((body) => [textOf('Key', { body }), ownerIn({ body })]);
  const listedBy = async (sender: string | undefined, path: string) => entriesIn(await sendAs(sender, { path }));

  it.each(listings)('are the owners of the objects whose ACL the caller can read: %s', async (path) => {
    const inbox = s3.bucket('inbox');
    for (const Permission of ['READ', 'READ_ACP', 'FULL_CONTROL'] as const)
      inbox.put(Permission, 'data', { acl: readable(Permission) });
    inbox.put('theirs', 'data', {
      acl: { Owner: { ID: partner.canonicalId }, Grants: [grantTo(partner.canonicalId)] },
    });
    await sendAs(undefined, { method: 'PUT', path: '/inbox/anonymous', body: 'data' });
    const open = { FULL_CONTROL: owner, READ: undefined, READ_ACP: owner };
    const { canonicalId } = partner;
    expect(Object.fromEntries(await listedBy(undefined, path))).toEqual({ ...open, anonymous: nobody });
    expect(Object.fromEntries(await listedBy(senders.partner, path))).toEqual({ ...open, theirs: canonicalId });
    const all = { FULL_CONTROL: owner, READ: owner, READ_ACP: owner, anonymous: nobody, k: owner, theirs: canonicalId };
    expect(Object.fromEntries(await listedBy(senders.owner, path))).toEqual(all);
  });

  it.each(listings)('are named to everyone if the policy of the bucket lets everyone read ACLs: %s', async (path) => {
    const enforced = s3.bucket('enforced');
    const asked = path.replace('inbox', 'enforced');
    const list = everyone(['s3:ListBucket', 's3:ListBucketVersions'], 'enforced').Statement;
    enforced.policy = { Version: '2012-10-17', Statement: list };
    expect(await listedBy(undefined, asked)).toEqual([
      ['k', undefined],
      ['open/k', undefined],
    ]);
    const read = everyone(['s3:GetObjectAcl', 's3:GetObjectVersionAcl'], 'enforced/open/*').Statement;
    enforced.policy = { Version: '2012-10-17', Statement: [...list, ...read] };
    expect(await listedBy(undefined, asked)).toEqual([
      ['k', undefined],
      ['open/k', owner],
    ]);
  });

  it('include the owner of a delete marker, to the account that made it', async () => {
    s3.bucket('inbox').versioning = 'Enabled';
    await sendAs(undefined, { method: 'DELETE', path: '/inbox/absent' });
    await sendAs(senders.owner, { method: 'DELETE', path: '/inbox/other' });
    const markers = async (sender: string | undefined) =>
      textsOf('DeleteMarker', await sendAs(sender, { path: '/inbox?versions' })).map((body) => ownerIn({ body }));
    expect(await markers(undefined)).toEqual([nobody, undefined]);
    expect(await markers(senders.partner)).toEqual([undefined, undefined]);
    expect(await markers(senders.owner)).toEqual([nobody, owner]);
  });
});

// Recorded: localstack, test_s3_batch_delete_public_objects_using_requests. Measured: justincormack/argmin, bucket_anon.rs. F502
describe('an object that an anonymous caller wrote to a bucket which everyone may write to', () => {
  const write = (path: string, acl?: string) =>
    sendAs(undefined, { method: 'PUT', path, body: 'theirs', headers: { 'x-amz-acl': acl } });

  it('is owned by the anonymous account', async () => {
    expect((await write('/inbox/new')).status).toBe(200);
    expect((await sendAs(undefined, { path: '/inbox/new?acl' })).text).toBe(
      answerDocument('AccessControlPolicy', aclContent(nobody, grant(nobody, 'FULL_CONTROL'))),
    );
    for (const path of [
      '/inbox?prefix=new',
      '/inbox?list-type=2&fetch-owner=true&prefix=new',
      '/inbox?versions&prefix=new',
    ])
      expect({ path, owner: ownerIn(await sendAs(senders.owner, { path })) }).toEqual({ path, owner: nobody });
  });

  it('is read by the anonymous alone, and may be deleted by the owner of the bucket', async () => {
    await write('/inbox/new');
    const calls: NamedCalls = {
      get: { path: '/inbox/new' },
      head: { method: 'HEAD', path: '/inbox/new' },
      acl: { path: '/inbox/new?acl' },
      tags: { path: '/inbox/new?tagging' },
      overwrite: { method: 'PUT', path: '/inbox/new', body: 'again' },
    };
    expect(await allowedTo(senders.anonymous, calls)).toEqual(['get', 'head', 'acl', 'overwrite']);
    expect(await allowedTo(senders.partner, calls)).toEqual([]);
    const remove = { method: 'DELETE', path: '/inbox/new' };
    const { get, head, acl } = calls as Readonly<Record<'get' | 'head' | 'acl', { path: string }>>; // named above
    expect(await allowedTo(senders.owner, { get, head, acl, remove })).toEqual(['remove']);
  });

  it('may be deleted by an anonymous caller, alone and in a batch', async () => {
    for (const key of ['a', 'b', 'c']) await write(`/inbox/${key}`);
    expect((await sendAs(undefined, { method: 'DELETE', path: '/inbox/a' })).status).toBe(204);
    const body = `<Delete>${['b', 'c', 'k'].map((key) => `<Object><Key>${key}</Key></Object>`).join('')}</Delete>`;
    const headers = { 'Content-MD5': md5Of(body) };
    const answer = await sendAs(undefined, { method: 'POST', path: '/inbox?delete', body, headers });
    expect({ status: answer.status, deleted: textsOf('Deleted', answer) }).toEqual({
      status: 200,
      deleted: ['<Key>b</Key>', '<Key>c</Key>'],
    });
    // The object of the bucket's owner stays.
    expect(textsOf('Error', answer)).toEqual(['<Key>k</Key><Code>AccessDenied</Code><Message>Access Denied</Message>']);
    expect(await told(undefined, { method: 'DELETE', path: '/inbox/k' })).toEqual(denied);
    expect(textsOf('Key', await sendAs(senders.owner, { path: '/inbox' }))).toEqual(['k']);
  });

  it.each([
    ['inbox', nobody, [grant(nobody, 'FULL_CONTROL'), grant(owner, 'FULL_CONTROL')]],
    ['preferred', owner, [grant(owner, 'FULL_CONTROL')]],
  ])('with bucket-owner-full-control in %s, is owned by %s', async (bucket, expected, grants) => {
    expect((await write(`/${bucket}/new`, 'bucket-owner-full-control')).status).toBe(200);
    expect((await sendAs(senders.owner, { path: `/${bucket}/new?acl` })).text).toBe(
      answerDocument('AccessControlPolicy', aclContent(expected, ...grants)),
    );
  });

  it("is the bucket owner's under BucketOwnerEnforced, where a policy lets everyone write", async () => {
    s3.bucket('enforced').policy = everyone('s3:PutObject', 'enforced/*');
    expect((await write('/enforced/new')).status).toBe(200);
    expect(await told(undefined, { path: '/enforced/new' })).toEqual(denied);
    expect(ownerIn(await sendAs(senders.owner, { path: '/enforced/new?acl' }))).toBe(owner);
  });

  it('is equal to a fixture with that owner, and is in a mock as JSON', async () => {
    const Grants = [{ Grantee: { Type: 'CanonicalUser', ID: nobody }, Permission: 'FULL_CONTROL' }] as const;
    const acl = { Owner: { ID: nobody }, Grants };
    s3.bucket('inbox').put('new', 'theirs', { acl });
    const get = { get: { path: '/inbox/new' } };
    expect(await allowedTo(senders.anonymous, get)).toEqual(['get']);
    expect(await allowedTo(senders.owner, get)).toEqual([]);
    await write('/inbox/written');
    expect(s3.toJSON().buckets).toMatchObject({ inbox: { objects: { new: [{ acl }], written: [{ acl }] } } });
  });

  it('has its ACL changed only by callers with credentials', async () => {
    await write('/inbox/new');
    const call = { method: 'PUT', path: '/inbox/new?acl', headers: { 'x-amz-acl': 'public-read' } };
    expect(await told(undefined, call)).toEqual(
      refusal(403, 'AccessDenied', 'Anonymous users cannot invoke this API. Please authenticate.'),
    );
    expect(await told(senders.partner, call)).toEqual(denied);
  });
});

// Measured: justincormack/argmin crates/s3-tests/tests: multipart_acl.rs, ownership.rs. F281, F504
describe('another account in a bucket that everyone may write to', () => {
  const upload = (id: string | undefined, more = '') => `/inbox/parts?uploadId=${id}${more}`;

  async function beginUpload(sender: string): Promise<string | undefined> {
    return textOf('UploadId', await sendAs(sender, { method: 'POST', path: '/inbox/parts?uploads' }));
  }

  it('owns the uploads that it begins, which all see who may list', async () => {
    await beginUpload(senders['user of the partner']);
    for (const sender of Object.values(senders).filter((one) => one !== senders['limited user of the partner'])) {
      const listed = await sendAs(sender, { path: '/inbox?uploads' });
      expect(textOf('Owner', listed)).toBe(`<ID>${partner.canonicalId}</ID>`);
      expect(textOf('Initiator', listed)).toBe(
        `<ID>arn:aws:iam::${partner.id}:user/free</ID><DisplayName>free</DisplayName>`,
      );
    }
  });

  it('lists and ends its own uploads, even when it may write no more; others may not', async () => {
    const id = await beginUpload(senders.partner);
    const part = { method: 'PUT', path: upload(id, '&partNumber=1'), body: 'part' };
    expect((await sendAs(senders.partner, part)).status).toBe(200);
    s3.bucket('inbox').acl = 'private';
    expect(await told(senders.partner, part)).toEqual(denied);
    for (const sender of [senders.third, senders.anonymous, senders['limited user of the partner']])
      for (const method of ['GET', 'DELETE']) expect(await told(sender, { method, path: upload(id) })).toEqual(denied);
    expect((await sendAs(senders['user of the partner'], { path: upload(id) })).status).toBe(200);
    expect((await sendAs(senders.owner, { path: upload(id) })).status).toBe(200);
    expect((await sendAs(senders.partner, { method: 'DELETE', path: upload(id) })).status).toBe(204);
  });

  // Measured: justincormack/argmin crates/s3-tests/tests: public_access_acl.rs. F1755
  it.each(['Enabled', 'Suspended'])('ends an upload over an object that came later: %s', async (status) => {
    const [ofOwner, ofPartner] = [{ Authorization: senders.owner }, { Authorization: senders.partner }];
    const versioning = `<VersioningConfiguration><Status>${status}</Status></VersioningConfiguration>`;
    await put('/inbox?versioning', versioning, ofOwner);
    await put('/inbox/source', 'part', ofPartner);
    const id = await begin('/inbox/parts', ofPartner);
    await put('/inbox/parts', 'of the owner', ofOwner);
    expect(await told(senders.partner, { method: 'POST', path: '/inbox/parts?uploads' })).toEqual(denied);
    expect(await told(senders.partner, { method: 'PUT', path: '/inbox/parts', body: 'data' })).toEqual(denied);
    expect((await sendPart('/inbox/parts', id, 1, 'part', ofPartner)).status).toBe(200);
    const copied = await copyPart('/inbox/parts', id, '/inbox/source', ofPartner);
    const ended = await complete('/inbox/parts', id, partElement(1, etagIn(copied) ?? ''), ofPartner);
    expect({ status: ended.status, code: textOf('Code', ended) }).toEqual({ status: 200, code: undefined });
    const left = ended.header('x-amz-version-id') ?? 'null';
    expect(await told(senders.partner, { path: `/inbox/parts?versionId=${left}` })).toEqual(
      status === 'Enabled' ? { status: 200, text: 'part' } : denied,
    );
  });

  it('owns its copies, with an ACL of their own', async () => {
    s3.bucket('inbox').put('public', 'data', { acl: 'public-read' });
    const copy = (path: string) => ({ method: 'PUT', path: '/inbox/copy', headers: { 'x-amz-copy-source': path } });
    expect((await told(senders.partner, copy('/inbox/k'))).status).toBe(403);
    expect((await sendAs(senders.partner, copy('/inbox/public'))).status).toBe(200);
    expect((await sendAs(senders.partner, { path: '/inbox/copy?acl' })).text).toBe(
      answerDocument(
        'AccessControlPolicy',
        aclContent(partner.canonicalId, grant(partner.canonicalId, 'FULL_CONTROL')),
      ),
    );
    expect(ownerIn(await sendAs(senders.owner, { path: '/inbox?prefix=copy' }))).toBe(partner.canonicalId);
    expect(await allowedTo(senders.owner, { get: { path: '/inbox/copy' } })).toEqual([]);
  });
});
