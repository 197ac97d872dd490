import { GetObjectCommand, ListBucketsCommand, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { afterEach, describe, expect, it } from '@jest/globals';
import { type ActingCaller, type MockS3, type MockS3Options, mockS3 } from '../../src';
import { allowing } from '../support/policy';
import { send } from '../support/wire-client';

const mocks: MockS3[] = [];
function start(options: MockS3Options = {}): MockS3 {
  const s3 = mockS3({ buckets: { vault: { objects: { 'report.pdf': 'first' } } }, ...options });
  mocks.push(s3);
  return s3;
}
afterEach(async () => {
  for (const s3 of mocks.splice(0)) await s3.stop();
});

const reader = { users: { reader: allowing('s3:GetObject') } };
const get = new GetObjectCommand({ Bucket: 'vault', Key: 'report.pdf' });
const put = new PutObjectCommand({ Bucket: 'vault', Key: 'report.pdf', Body: 'second' });
const client = () => new S3Client({});
const denied = { name: 'AccessDenied' };

describe('the caller of a mock', () => {
  it('sends what a client with the keys of the environment sends', async () => {
    const s3 = start({ ...reader, caller: 'reader' });
    await client().send(get);
    await expect(client().send(put)).rejects.toMatchObject({
      message: `User: arn:aws:iam::000000000000:user/reader is not authorized to perform: s3:PutObject on resource: "arn:aws:s3:::vault/report.pdf" because no identity-based policy allows the s3:PutObject action`,
    });
    expect(s3.requests.last()?.caller).toEqual({
      account: '000000000000',
      user: 'reader',
      accessKeyId: process.env['AWS_ACCESS_KEY_ID'],
    });
  });

  it('sends the requests whose key was given to nobody', async () => {
    const s3 = start({ ...reader, caller: 'reader' });
    expect((await send({ path: '/vault/report.pdf' })).status).toBe(200);
    expect((await send({ method: 'PUT', path: '/vault/report.pdf' })).status).toBe(403);
    expect(s3.requests.last()?.caller).toMatchObject({ user: 'reader' });
  });

  it('signs with the keys of the environment', async () => {
    start({ ...reader, caller: 'reader', verifySignatures: true });
    await client().send(get);
    await expect(client().send(put)).rejects.toMatchObject(denied);
  });

  it('does not sign with the keys that somebody has', async () => {
    const s3 = start({ ...reader, caller: 'reader' });
    await new S3Client({ credentials: s3.account.credentials }).send(put);
    await new S3Client({ credentials: s3.account.user('ann', {}).credentials }).send(put);
    expect(s3.requests.map(({ status }) => status)).toEqual([200, 200]);
  });

  it('leaves anonymous requests anonymous', async () => {
    const s3 = start({ ...reader, caller: 'reader' });
    await send({ path: '/vault/report.pdf', headers: { Authorization: undefined } });
    expect(s3.requests.last()).toMatchObject({ caller: 'anonymous', status: 403 });
  });

  it.each<readonly [options: object, message: string]>([
    [
      { caller: 'writer' },
      "mockS3: invalid caller 'writer'; expected the name of a user of the option users, or undefined; the mock has no users",
    ],
    [
      { ...reader, caller: 'raeder' },
      "mockS3: invalid caller 'raeder'; expected the name of a user of the option users, or undefined; the users are: reader. Did you mean reader?",
    ],
    [
      { ...reader, caller: 7 },
      'mockS3: invalid caller 7; expected the name of a user of the option users, or undefined; the users are: reader',
    ],
    [
      { users: ['writer'] },
      "mockS3: users: invalid value ['writer']; expected an object by name, such as { writer: { policy } }",
    ],
    [
      { roles: 'deployer' },
      "mockS3: roles: invalid value 'deployer'; expected an object by name, such as { writer: { policy } }",
    ],
    [
      { users: { writer: { policy: 7 } } },
      "mockS3: users: user 'writer': policy: invalid document 7; expected an object, or its JSON",
    ],
    [{ users: { '': {} } }, "mockS3: users: user: invalid name ''; expected 1 to 64 letters, digits or any of _+=,.@-"],
    [
      { accounts: { partner: { roles: { auditor: { plicy: {} } } } } },
      "mockS3: accounts: 'partner': roles: role 'auditor': there is no option 'plicy'. Did you mean policy? The options are: policy, managedPolicies, permissionsBoundary, tags, conditions, id, trust, maxSessionDuration.",
    ],
    [
      { users: { writer: 'all' } },
      "mockS3: users: user 'writer': 'all' is not an object of options. The options are: policy, managedPolicies, permissionsBoundary, tags, conditions, id.",
    ],
  ])('%j: a TypeError', (options, message) => {
    expect(() => start(options)).toThrow(new TypeError(message));
  });
});

describe('the users of the options', () => {
  it('are users of the accounts of the options', async () => {
    const s3 = start({ ...reader, accounts: { partner: { users: { bob: {} }, roles: { auditor: {} } } } });
    const partner = s3.createAccount('other', { users: { eve: reader.users.reader } });
    expect(s3.account.toJSON().users).toEqual(['reader']);
    expect(partner.user('eve').policy).toEqual(reader.users.reader.policy);
    s3.reset();
    expect(s3.account.user('reader').policy).toEqual(reader.users.reader.policy);
  });
});

describe('actAs', () => {
  it.each<readonly [who: string, find: (s3: MockS3) => ActingCaller, caller: object]>([
    ['a user by name', () => 'reader', { account: '000000000000', user: 'reader' }],
    ['a user', (s3) => s3.account.user('ann', {}), { account: '000000000000', user: 'ann' }],
    ["a user's session", (s3) => s3.account.user('ann', {}).session(), { account: '000000000000', user: 'ann' }],
    [
      "a role's session",
      (s3) => s3.account.role('deployer').session({ name: 'build-7' }),
      { account: '000000000000', user: undefined, role: 'deployer', session: 'build-7' },
    ],
    ['the root user', (s3) => s3.account, { account: '000000000000', user: undefined }],
  ])('makes %s the caller of unknown keys', async (_who, find, caller) => {
    const s3 = start(reader);
    s3.actAs(find(s3));
    await client().send(get);
    expect(s3.requests.last()?.caller).toEqual({ ...caller, accessKeyId: process.env['AWS_ACCESS_KEY_ID'] });
  });

  it('takes another account', async () => {
    const s3 = start();
    s3.actAs(s3.createAccount('partner'));
    await expect(client().send(get)).rejects.toMatchObject({ ...denied, message: 'Access Denied' });
    expect((await client().send(new ListBucketsCommand({}))).Buckets).toEqual([]);
  });

  it('is undone by a reset and by restoring a snapshot', async () => {
    const s3 = start({ users: { ...reader.users, ann: {} }, caller: 'ann' });
    const before = s3.snapshot();
    s3.actAs('reader');
    const after = s3.snapshot();
    await expect(client().send(put)).rejects.toMatchObject(denied);
    s3.restore(before);
    await client().send(put);
    s3.restore(after);
    await expect(client().send(put)).rejects.toMatchObject(denied);
    s3.reset();
    await client().send(put);
    expect(s3.requests.last()?.caller).toMatchObject({ user: 'ann' });
  });

  it('a session whose time is over is refused as with its own keys', async () => {
    const s3 = start({ now: '2026-01-31T10:00:00Z' });
    const session = s3.account.session({ expiresIn: { minutes: 15 } });
    s3.actAs(session);
    await client().send(get);
    s3.clock.advance({ minutes: 15 });
    await expect(client().send(get)).rejects.toMatchObject({
      name: 'ExpiredToken',
      'Token-0': session.credentials.sessionToken,
    });
  });

  const takes =
    "actAs takes a user, a session or an account of this mock, or the name of a user of the default account, such as s3.actAs(s3.account.user('writer')); the root user is s3.account, and a role acts by a session, s3.account.role('deployer').session().";
  it.each<readonly [what: string, given: (s3: MockS3) => unknown, message: string]>([
    ['nothing', () => undefined, `${takes} It was given undefined.`],
    ['keys', () => ({ accessKeyId: 'AKIA' }), `${takes} It was given { accessKeyId: 'AKIA' }.`],
    [
      'an unknown user',
      () => 'raeder',
      "actAs: there is no user 'raeder'. The users are: reader; s3.account.user('raeder', { policy }) creates it. Did you mean reader?",
    ],
    [
      'the name of a role',
      (s3) => s3.account.role('deployer').name,
      "actAs: there is no user 'deployer'. The users are: reader; s3.account.user('deployer', { policy }) creates it. A role acts by a session: s3.actAs(s3.account.role('deployer').session()).",
    ],
    [
      'the name of the root user',
      () => 'root',
      "actAs: there is no user 'root'. The users are: reader; s3.account.user('root', { policy }) creates it. The root user acts by s3.actAs(s3.account).",
    ],
  ])('of %s is a TypeError', (_what, given, message) => {
    const s3 = start(reader);
    expect(() => s3.actAs(given(s3) as ActingCaller)).toThrow(new TypeError(message));
  });

  it('of a role, or of a user of another mock, is a TypeError', () => {
    const s3 = start(reader);
    const other = start({ hosts: { only: [] } });
    expect(() => s3.actAs(s3.account.role('deployer') as never)).toThrow(takes);
    const none = "The default account has no users; s3.account.user('reader') creates it.";
    expect(() => other.actAs('reader')).toThrow(new TypeError(`actAs: there is no user 'reader'. ${none}`));
    expect(() => s3.actAs(other.account.user('reader'))).toThrow(takes);
  });
});
