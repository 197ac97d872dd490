import { inspect, isDeepStrictEqual } from 'node:util';
import { PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { type MockS3, mockS3 } from '../../src';
import { thrownBy } from '../support/thrown';

let s3: MockS3;
beforeEach(() => {
  s3 = mockS3({ users: { writer: {} }, roles: { reader: {} }, buckets: { vault: {} } });
});
afterEach(() => s3.stop());

/** JavaScript has no compiler that knows the members. */
const read = (object: unknown, ...names: readonly string[]): unknown =>
  names.reduce((value: unknown, name) => (value as Readonly<Record<string, unknown>>)[name], object);
const writer = () => s3.account.user('writer');
const reader = () => s3.account.role('reader');

describe('keys that a caller does not have', () => {
  const ofRole =
    "role 'reader': there is no member '%s'. A role has no keys; the keys of its session are in s3.account.role('reader').session().credentials.";
  const inCredentials = 'The keys are in credentials; the keys of a session are in session().credentials.';

  it.each<[place: string, take: () => unknown, message: string]>([
    ...['credentials', 'accessKeyId', 'secretAccessKey', 'sessionToken'].map(
      (name): [string, () => unknown, string] => [
        `role.${name}`,
        () => read(reader(), name),
        ofRole.replace('%s', name),
      ],
    ),
    [
      'role.credential',
      () => read(reader(), 'credential'),
      "role 'reader': there is no member 'credential'. A role has no keys",
    ],
    [
      'role.sesion',
      () => read(reader(), 'sesion'),
      "role 'reader': there is no member 'sesion'. Did you mean session?",
    ],
    ['role.mfa', () => read(reader(), 'mfa'), "A role has no MFA device; a user has one: s3.account.user('ann').mfa."],
    ['user.accessKeyId', () => read(writer(), 'accessKeyId'), inCredentials],
    ['user.secretAccessKey', () => read(writer(), 'secretAccessKey'), inCredentials],
    ['user.credential', () => read(writer(), 'credential'), 'Did you mean credentials?'],
    ['account.accessKeyId', () => read(s3.account, 'accessKeyId'), inCredentials],
    ['account.credentails', () => read(s3.account, 'credentails'), 'Did you mean credentials?'],
    ['account.users', () => read(s3.account, 'users'), "Write user('writer'), or role('deployer'), for one of them"],
    ['user.session.credentials', () => read(writer(), 'session', 'credentials'), 'Call it: session().credentials.'],
    ['role.session.accessKeyId', () => read(reader(), 'session', 'accessKeyId'), 'Call it: session().credentials.'],
    ['account.user.credentials', () => read(s3.account, 'user', 'credentials'), "Call it: user('writer').credentials."],
    [
      'account.role.credentials',
      () => read(s3.account, 'role', 'credentials'),
      "Call it: role('deployer').session().credentials.",
    ],
    ['session.credential', () => read(reader().session(), 'credential'), 'Did you mean credentials?'],
    ['mfa.token', () => read(s3.mfa, 'token'), 'Write nextCode()'],
    ['mfa.headr', () => read(s3.mfa, 'headr'), 'Did you mean header?'],
  ])('are not undefined: %s', (_, take, message) => {
    const error = thrownBy(take);
    expect(error).toBeInstanceOf(TypeError);
    expect(String(error)).toContain(message);
  });

  it('make no client of the root user', async () => {
    const client = () => new S3Client({ credentials: read(reader(), 'credentials') as never });
    expect(client).toThrow('A role has no keys');
    const given = new S3Client({ credentials: writer() as never });
    await expect(given.send(new PutObjectCommand({ Bucket: 'vault', Key: 'a', Body: 'x' }))).rejects.toThrow(
      inCredentials,
    );
    expect(s3.requests).toHaveLength(0);
  });
});

describe('a caller', () => {
  it('is printed, spread, cloned, compared and awaited as before', async () => {
    for (const caller of [writer(), reader(), s3.account, s3.mfa, reader().session()]) {
      expect(inspect(caller)).not.toContain('no member');
      expect(JSON.stringify(caller)).not.toContain('no member');
      expect(inspect({ ...caller })).not.toContain('no member');
      expect(caller).toEqual(caller);
      expect(await caller).toBe(caller);
    }
  });

  it('has credentials that equal and spread as plain objects', () => {
    const { accessKeyId, secretAccessKey } = writer().credentials;
    expect(writer().credentials).toStrictEqual({ accessKeyId, secretAccessKey });
    expect(isDeepStrictEqual({ ...writer().credentials }, { accessKeyId, secretAccessKey })).toBe(true);
    expect(structuredClone(writer().credentials)).toEqual({ accessKeyId, secretAccessKey });
  });
});
