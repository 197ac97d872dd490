import { describe, expect, it } from '@jest/globals';
import type { CallerName, SceneOptions, Statement } from '../../support/access-scene';
import { accessDenied, declaration, errorDocument } from '../../support/documents';
import { refusalHead } from '../../support/heads';
import { answered, refusal } from '../../support/objects';
import { sceneMock } from '../../support/scene-mock';
import type { WireCall } from '../../support/wire-client';

const { play, ask, why } = sceneMock();

const objects = 'arn:aws:s3:::vault/*';
const statement = (change: Statement = {}): Statement => ({
  Effect: 'Allow',
  Action: ['s3:PutObject', 's3:CreateBucket'],
  Resource: '*',
  ...change,
});
const ofBucket = (change: Statement = {}) =>
  statement({ Principal: '*', Action: 's3:GetObject', Resource: objects, ...change });
const deny = { Effect: 'Deny', Action: 's3:GetObject' };
const little = { identity: [statement()] };

const ann = 'arn:aws:iam::111111111111:user/ann';
const root = 'arn:aws:iam::111111111111:root';
const work = 'arn:aws:sts::111111111111:assumed-role/reader/work';
const get: WireCall = { path: '/vault/a' };
const key = '"arn:aws:s3:::vault/a"';

const denied = (caller: string, action: string, resource: string, reason: string) =>
  `User: ${caller} is not authorized to perform: ${action} on resource: ${resource} ${reason}`;
const missing = (caller: string, action: string, resource: string, policy = 'identity-based') =>
  denied(caller, action, resource, `because no ${policy} policy allows the ${action} action`);

interface Case {
  readonly options: SceneOptions;
  readonly caller: CallerName;
  readonly call?: WireCall;
  readonly message: string;
}

// https://docs.aws.amazon.com/AmazonS3/latest/userguide/troubleshoot-403-errors.html F475, F476
describe('the refusal to a caller of the account of the bucket', () => {
  it.each<readonly [situation: string, given: Case]>([
    [
      'if no policy of the user allows it',
      { options: little, caller: 'ann', message: missing(ann, 's3:GetObject', key) },
    ],
    [
      'if the bucket policy is for others',
      {
        options: { ...little, bucket: [ofBucket({ Principal: { AWS: '444455556666' } })] },
        caller: 'ann',
        message: missing(ann, 's3:GetObject', key),
      },
    ],
    [
      'if a policy of the user denies it',
      {
        options: { identity: [statement({ Action: '*' }), statement(deny)] },
        caller: 'ann',
        message: denied(ann, 's3:GetObject', key, 'with an explicit deny in an identity-based policy'),
      },
    ],
    [
      'if a managed policy of the user denies it',
      {
        options: { identity: [statement(deny)], managed: 'KeepOut' },
        caller: 'ann',
        message: denied(
          ann,
          's3:GetObject',
          key,
          'with an explicit deny in an identity-based policy: arn:aws:iam::111111111111:policy/KeepOut',
        ),
      },
    ],
    [
      'if no statement of a managed policy allows it',
      { options: { ...little, managed: 'Writers' }, caller: 'ann', message: missing(ann, 's3:GetObject', key) },
    ],
    [
      'if the bucket policy denies it',
      {
        options: { bucket: [ofBucket(deny)] },
        caller: 'ann',
        message: denied(ann, 's3:GetObject', key, 'with an explicit deny in a resource-based policy'),
      },
    ],
    [
      'if both deny it',
      {
        options: { identity: [statement(deny)], bucket: [ofBucket(deny)] },
        caller: 'ann',
        message: denied(ann, 's3:GetObject', key, 'with an explicit deny in an identity-based policy'),
      },
    ],
    [
      'if the bucket policy denies it to the root user',
      {
        options: { bucket: [ofBucket(deny)] },
        caller: 'root',
        message: denied(root, 's3:GetObject', key, 'with an explicit deny in a resource-based policy'),
      },
    ],
    [
      'if no policy of a role allows it',
      { options: little, caller: 'session of reader', message: missing(work, 's3:GetObject', key) },
    ],
    [
      'if the policy of a session does not allow it',
      {
        options: { session: [statement()] },
        caller: 'session of reader',
        message: missing(work, 's3:GetObject', key, 'session'),
      },
    ],
    [
      'if the policy of a session denies it',
      {
        options: { session: [statement(deny)] },
        caller: 'session of ann',
        message: denied(ann, 's3:GetObject', key, 'with an explicit deny in a session policy'),
      },
    ],
    [
      'by the action, not by the operation',
      {
        options: little,
        caller: 'ann',
        call: { path: '/vault?list-type=2&prefix=a' },
        message: missing(ann, 's3:ListBucket', '"arn:aws:s3:::vault"'),
      },
    ],
    [
      'by the action on versions, without the version',
      {
        options: little,
        caller: 'ann',
        call: { method: 'DELETE', path: '/vault/a?versionId=null' },
        message: missing(ann, 's3:DeleteObjectVersion', key),
      },
    ],
    [
      'by the bucket that a request would make',
      {
        options: { identity: [] },
        caller: 'ann',
        call: { method: 'PUT', path: '/fresh' },
        message: missing(ann, 's3:CreateBucket', '"arn:aws:s3:::fresh"'),
      },
    ],
    [
      'without a resource if the action has none',
      {
        options: little,
        caller: 'ann',
        call: { path: '/' },
        message: `User: ${ann} is not authorized to perform: s3:ListAllMyBuckets because no identity-based policy allows the s3:ListAllMyBuckets action`,
      },
    ],
    [
      'by the source of a copy',
      {
        options: little,
        caller: 'ann',
        call: { method: 'PUT', path: '/vault/copy', headers: { 'x-amz-copy-source': '/vault/a' } },
        message: missing(ann, 's3:GetObject', key),
      },
    ],
    [
      'by the name of a key, whatever letters it has',
      {
        options: little,
        caller: 'ann',
        call: { path: '/vault/a%26b' },
        message: missing(ann, 's3:GetObject', '"arn:aws:s3:::vault/a&amp;b"'),
      },
    ],
  ])(
    'names the caller, the action and the resource %s',
    async (_situation, { options, caller, call = get, message }) => {
      play(options, ['a', 'a&b']);
      const { status, text } = await ask(caller, call);
      expect({ status, text: text.replace(declaration, '') }).toEqual({
        status: 403,
        text: errorDocument('AccessDenied', message).replace(declaration, ''),
      });
    },
  );

  // F474
  it('also names caller, action and reason if another account owns the object', async () => {
    const acl = { ownershipControls: null, acl: [] };
    play({ settings: acl, bucket: [ofBucket({ Action: ['s3:PutObject', 's3:GetObject'] })] }, []);
    expect((await ask('partner', { method: 'PUT', path: '/vault/a', body: 'theirs' })).status).toBe(200);
    expect(await answered(ask('root', get))).toEqual(
      refusal(403, 'AccessDenied', missing(root, 's3:GetObject', key, 'resource-based')),
    );
    expect(why()).toMatch(/^account 111111111111 does not own the object; account 'partner' \(\d{12}\) does$/);
    expect((await ask('anonymous', get)).status).toBe(403);
    expect((await ask('partner', get)).status).toBe(200);
  });

  it('has a document like any other refusal, and none if it is to a HEAD', async () => {
    play(little, ['a']);
    const { head } = await ask('ann', get);
    expect(head).toEqual(refusalHead());
    const { status, body } = await ask('ann', { ...get, method: 'HEAD' });
    expect({ status, body }).toEqual({ status: 403, body: '' });
    expect(why()).toBe(
      'nothing allows user ann of account 111111111111 to do s3:GetObject on arn:aws:s3:::vault/a; the policy of user ann was evaluated',
    );
  });
});

// F476
describe('the refusal to all others, Access Denied', () => {
  const restricted = { publicAccessBlock: { RestrictPublicBuckets: true } };

  it.each<readonly [situation: string, given: Omit<Case, 'message'>]>([
    ['another account', { options: {}, caller: 'partner' }],
    ['a user of another account', { options: {}, caller: 'bob' }],
    [
      'a user of another account whose own policy does not allow it',
      { options: { ...little, bucket: [ofBucket()] }, caller: 'bob' },
    ],
    [
      'a user of another account whose own policy denies it',
      { options: { identity: [statement(deny)] }, caller: 'bob' },
    ],
    ['another account that the bucket policy denies it', { options: { bucket: [ofBucket(deny)] }, caller: 'partner' }],
    [
      'a session of another account',
      { options: { session: [statement()], bucket: [ofBucket()] }, caller: 'session of auditor' },
    ],
    ['an anonymous caller', { options: {}, caller: 'anonymous' }],
    [
      'an anonymous caller whom the bucket policy denies it',
      { options: { bucket: [ofBucket(deny)] }, caller: 'anonymous' },
    ],
    [
      'another account, by RestrictPublicBuckets',
      { options: { bucket: [ofBucket()], settings: restricted }, caller: 'partner' },
    ],
    [
      'an anonymous caller, by RestrictPublicBuckets',
      { options: { bucket: [ofBucket()], settings: restricted }, caller: 'anonymous' },
    ],
    [
      'the owner, if the request expects another one',
      { options: {}, caller: 'root', call: { ...get, headers: { 'x-amz-expected-bucket-owner': '444455556666' } } },
    ],
    [
      'a user who may not do it, if the request expects another owner',
      { options: little, caller: 'ann', call: { ...get, headers: { 'x-amz-expected-bucket-owner': '444455556666' } } },
    ],
  ])('says no more to %s', async (_situation, { options, caller, call = get }) => {
    play(options, ['a']);
    expect(await answered(ask(caller, call))).toEqual({ status: 403, text: accessDenied });
  });

  it('lets the account of the bucket in, although RestrictPublicBuckets stops others', async () => {
    play({ ...little, bucket: [ofBucket()], settings: restricted }, ['a']);
    expect((await ask('ann', get)).status).toBe(200);
  });
});
