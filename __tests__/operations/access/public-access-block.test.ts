import { describe, expect, it } from '@jest/globals';
import { mockS3 } from 's3-versioning-mock/jest';
import { allowedTo, type NamedCalls, sendAs, sendersOf } from '../../support/access';
import { allUsers, authenticatedUsers, grant, withAcls } from '../../support/acl';
import { accessDenied } from '../../support/documents';
import { md5Of, refusal, type StatusAndText } from '../../support/objects';
import type { WireCall } from '../../support/wire-client';

const s3 = mockS3({
  buckets: {
    open: { ...withAcls, acl: 'public-read', objects: { k: { body: 'data', acl: 'public-read' }, closed: 'data' } },
  },
});
const partner = s3.createAccount({ name: 'partner' });
const senders = sendersOf(s3.account, partner, s3.createAccount({ name: 'third' }));
const denied = { status: 403, text: accessDenied } as const;

/** The refusal that the owner's root user gets. */
const because = (action: string, resource: string, what: string, name: string) =>
  refusal(
    403,
    'AccessDenied',
    `User: arn:aws:iam::000000000000:root is not authorized to perform: ${action} on resource: "arn:aws:s3:::${resource}" because public ${what} are prevented by the ${name} setting in S3 Block Public Access.`,
  );

async function told(sender: string | undefined, call: WireCall): Promise<StatusAndText> {
  const { status, text } = await sendAs(sender, call);
  return { status, text };
}

const statement = (Principal: object | string, Action: string, Resource: string) =>
  ({ Effect: 'Allow', Principal, Action, Resource: `arn:aws:s3:::${Resource}` }) as const;
const policyOf = (...Statement: readonly object[]) => JSON.stringify({ Version: '2012-10-17', Statement });

/** A policy for everyone and one for the partner in the same document: the first makes the whole of it public. */
const publicPolicy = policyOf(
  statement('*', 's3:GetObject', 'open/public/*'),
  statement({ AWS: partner.id }, 's3:GetObject', 'open/*'),
  statement({ AWS: `arn:aws:iam::${s3.account.id}:user/limited` }, 's3:GetObject', 'open/*'),
);

// Measured: justincormack/argmin crates/s3-tests/tests/public_access_acl_matrix.rs. F283, F508
describe('BlockPublicAcls', () => {
  const writes: readonly (readonly [name: string, action: string, call: WireCall])[] = [
    ['PutBucketAcl', 's3:PutBucketAcl', { path: '/open?acl', headers: { 'x-amz-acl': 'public-read' } }],
    ['PutObjectAcl', 's3:PutObjectAcl', { path: '/open/k?acl', headers: { 'x-amz-acl': 'authenticated-read' } }],
    ['PutObject', 's3:PutObject', { path: '/open/k', body: 'new', headers: { 'x-amz-acl': 'public-read-write' } }],
    [
      'PutObject by a grant',
      's3:PutObject',
      { path: '/open/k', body: 'new', headers: { 'x-amz-grant-read': `uri="${authenticatedUsers}"` } },
    ],
  ];

  it.each(writes)(
    'refuses a public ACL of %s, in words for the callers of the own account alone',
    async (_name, action, call) => {
      const { acl } = s3.bucket('open');
      s3.bucket('open').policy = policyOf(
        statement({ AWS: partner.id }, 's3:*', 'open/*'),
        statement({ AWS: partner.id }, 's3:*', 'open'),
      );
      s3.bucket('open').publicAccessBlock = { BlockPublicAcls: true };
      const put = { ...call, method: 'PUT' };
      const resource = call.path.slice(1).replace('?acl', '');
      expect(await told(senders.owner, put)).toEqual(because(action, resource, 'ACLs', 'BlockPublicAcls'));
      expect(await told(senders.partner, put)).toEqual(denied);
      expect(s3.requests.last()?.why).toBe('the ACL is public, and the bucket has BlockPublicAcls');
      expect(s3.bucket('open').acl).toBe(acl);
    },
  );

  it('refuses a public ACL of an anonymous writer, without a reason', async () => {
    s3.bucket('open').acl = 'public-read-write';
    s3.bucket('open').publicAccessBlock = { BlockPublicAcls: true };
    const headers = { 'x-amz-acl': 'public-read' };
    expect(await told(undefined, { method: 'PUT', path: '/open/new', body: 'new', headers })).toEqual(denied);
    expect((await sendAs(undefined, { method: 'PUT', path: '/open/new', body: 'new' })).status).toBe(200);
  });

  it('leaves the ACLs that are there in force', async () => {
    s3.bucket('open').publicAccessBlock = { BlockPublicAcls: true };
    expect(await allowedTo(undefined, { list: { path: '/open' }, get: { path: '/open/k' } })).toEqual(['list', 'get']);
  });
});

// Measured: justincormack/argmin, test_ignore_public_acls. F508
describe('IgnorePublicAcls', () => {
  it('leaves public grants without effect and without mention, and others in force', async () => {
    s3.bucket('open').put('k', 'data', {
      acl: {
        Grants: [
          { Grantee: { Type: 'Group', URI: allUsers }, Permission: 'READ' },
          { Grantee: { Type: 'CanonicalUser', ID: partner.canonicalId }, Permission: 'READ' },
        ],
      },
    });
    s3.bucket('open').publicAccessBlock = { IgnorePublicAcls: true };
    const calls: NamedCalls = { list: { path: '/open' }, get: { path: '/open/k' } };
    expect(await allowedTo(senders.anonymous, calls)).toEqual([]);
    expect(await allowedTo(senders.third, calls)).toEqual([]);
    expect(await allowedTo(senders.partner, calls)).toEqual(['get']);
    expect((await sendAs(senders.owner, { path: '/open/k?acl' })).text).toContain(
      `<AccessControlList>${grant(partner.canonicalId, 'READ')}</AccessControlList>`,
    );
  });
});

// Measured: justincormack/argmin, test_block_public_policy_denial_response_shape. F311, F508
describe('BlockPublicPolicy', () => {
  it('refuses a public policy, and leaves the one that is there', async () => {
    const put = {
      method: 'PUT',
      path: '/open?policy',
      body: publicPolicy,
      headers: { 'Content-MD5': md5Of(publicPolicy) },
    };
    expect((await sendAs(senders.owner, put)).status).toBe(204);
    s3.bucket('open').publicAccessBlock = { BlockPublicPolicy: true };
    expect(await told(senders.owner, put)).toEqual(
      because('s3:PutBucketPolicy', 'open', 'policies', 'BlockPublicPolicy'),
    );
    expect((await sendAs(undefined, { path: '/open/public/none' })).status).not.toBe(403);
  });
});

// Measured: justincormack/argmin, test_block_public_restrict_public_buckets. F509
describe('RestrictPublicBuckets', () => {
  const calls: NamedCalls = {
    byPolicy: { path: '/open/public/k' },
    byAcl: { path: '/open/k' },
    listed: { path: '/open' },
    closed: { path: '/open/closed' },
  };

  it.each([
    ['owner', ['byPolicy', 'byAcl', 'listed', 'closed'], ['byPolicy', 'byAcl', 'listed', 'closed']],
    ['user of the owner', ['byPolicy', 'byAcl', 'listed', 'closed'], ['byPolicy', 'byAcl', 'listed', 'closed']],
    ['partner', ['byPolicy', 'byAcl', 'listed', 'closed'], ['byAcl', 'listed']],
    ['third', ['byPolicy', 'byAcl', 'listed'], ['byAcl', 'listed']],
    ['anonymous', ['byPolicy', 'byAcl', 'listed'], ['byAcl', 'listed']],
  ] as const)('takes from %s what a public policy allows other accounts', async (name, before, after) => {
    s3.bucket('open').put('public/k', 'data');
    s3.bucket('open').policy = publicPolicy;
    expect(await allowedTo(senders[name], calls)).toEqual(before);
    s3.bucket('open').publicAccessBlock = { RestrictPublicBuckets: true };
    expect(await allowedTo(senders[name], calls)).toEqual(after);
    if (!name.includes('owner')) expect(await told(senders[name], { path: '/open/closed' })).toEqual(denied);
  });
});
