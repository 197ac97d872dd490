import { describe, expect, it } from '@jest/globals';
import type { MockS3, MockS3Options } from '../../../src';
import { mockS3 } from '../../../src';
import { growsWithItsLength, numbered } from '../../support/hostile-text';

/** Eight thousand names, or a sixteenth of them. */
const names = () => numbered((number) => `n${number.padStart(29, '0')}`);
const byName = <Fixture>(fixture: (name: string) => Fixture) =>
  Object.fromEntries(names().map((name) => [name, fixture(name)]));
const queueArn = (name: string) => `arn:aws:sqs:us-east-1:000000000000:${name}`;
const Statement = [{ Effect: 'Allow', Action: 's3:GetObject', Resource: 'arn:aws:s3:::vault/*' }] as const;
const policy = { Version: '2012-10-17', Statement } as const;

function using(options: MockS3Options, use: (s3: MockS3) => unknown = () => undefined): void {
  const s3 = mockS3({ hosts: { only: [] }, credentials: false, ...options });
  try {
    use(s3);
  } finally {
    void s3.stop();
  }
}

const forEachName = (act: (s3: MockS3, name: string) => unknown) => (s3: MockS3) => {
  for (const name of names()) act(s3, name);
};

const makers: Readonly<Record<string, () => unknown>> = {
  'users of the options': () => using({ users: byName(() => ({})) }),
  'roles of the options': () => using({ roles: byName(() => ({})) }),
  users: () =>
    using(
      {},
      forEachName((s3, name) => s3.account.user(name, {})),
    ),
  'users by their names alone': () =>
    using(
      {},
      forEachName((s3, name) => s3.account.user(name)),
    ),
  'users with ids': () => using({ users: byName((name) => ({ id: `AIDA${name.toUpperCase()}` })) }),
  'policies of users': () =>
    using(
      { users: byName(() => ({})) },
      forEachName((s3, name) => {
        s3.account.user(name).policy = policy;
      }),
    ),
  roles: () =>
    using(
      {},
      forEachName((s3, name) => s3.account.role(name, {})),
    ),
  'acting users': () =>
    using(
      { users: byName(() => ({})) },
      forEachName((s3, name) => s3.actAs(name)),
    ),
  sessions: () =>
    using(
      {},
      forEachName((s3) => s3.account.session()),
    ),
  'MFA devices': () =>
    using(
      {},
      forEachName((s3, serial) => s3.createMfaDevice({ serial })),
    ),
  'MFA headers': () =>
    using(
      {},
      forEachName((s3) => s3.mfa.header()),
    ),
  'KMS keys of the options': () =>
    using({ kmsKeys: Object.fromEntries(names().map((name) => [`alias/${name}`, 'disabled'])) }),
  'KMS keys': () =>
    using(
      {},
      forEachName((s3, name) => s3.kmsKeys.set(`alias/${name}`, 'disabled')),
    ),
  'handlers of the options': () =>
    using({ deliver: Object.fromEntries(names().map((name) => [queueArn(name), () => undefined])) }),
  handlers: () =>
    using(
      {},
      forEachName((s3, name) => s3.deliverTo(queueArn(name), () => undefined)),
    ),
  'refused credentials of COS': () =>
    using(
      {},
      forEachName((s3, name) => s3.iam.refuse(name)),
    ),
  'buckets of the options': () => using({ buckets: byName(() => ({})) }),
  buckets: () =>
    using(
      {},
      forEachName((s3, name) => s3.createBucket(name)),
    ),
  'objects of the options': () => using({ buckets: { vault: { objects: byName(() => 'x') } } }),
  objects: () =>
    using(
      { buckets: { vault: {} } },
      forEachName((s3, name) => s3.bucket('vault').put(name, 'x')),
    ),
  versions: () =>
    using(
      { buckets: { vault: { versioning: 'Enabled' } } },
      forEachName((s3, name) => s3.bucket('vault').put('a', name)),
    ),
  rules: () =>
    using(
      {},
      forEachName((s3, Key) => s3.on('PutObject', { Key }).fail('SlowDown')),
    ),
};

describe('eight thousand', () => {
  it.each(Object.entries(makers))('are made in a time that grows with their number: %s', (_what, make) => {
    expect(growsWithItsLength(make)).toBe(true);
  });
});
