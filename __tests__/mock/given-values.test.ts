import { runInNewContext } from 'node:vm';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { fromListing, type MockS3, type MockS3Options, mockS3 } from '../../src';

let s3: MockS3;
beforeEach(() => {
  const users = { writer: {} };
  s3 = mockS3({ hosts: { only: [] }, now: '2026-03-01', users, buckets: { vault: { versioning: 'Enabled' } } });
});
afterEach(() => s3.stop());

const untyped = (value: unknown) => value as never; // a wrong value on purpose
const start = (options: unknown) => () => mockS3(untyped(options));
const create = (fixture: unknown) => () => s3.createBucket('other', untyped(fixture));
const hole = (...items: readonly unknown[]) => {
  const list: unknown[] = [];
  for (const [index, item] of items.entries()) list[index + 1] = item;
  return list;
};

describe('a value that is falsy', () => {
  it.each<[unknown, string]>([
    [null, 'mockS3: null is not an object of options.'],
    [
      { hosts: null },
      'mockS3: invalid hosts null; expected a list of hosts, or { also, only, pass, websites } with such lists',
    ],
    [
      { accounts: { a: { credentials: null } } },
      "mockS3: accounts: 'a': credentials: null is not an object of options.",
    ],
    [{ accounts: { '  ': {} } }, "mockS3: accounts: '  ': invalid name '  '; expected text, such as 'partner'"],
    [{ accounts: { a: null } }, "mockS3: accounts: 'a': null is not an object of options."],
    [
      { accounts: { a: undefined } },
      "mockS3: accounts: 'a': invalid value undefined; expected an account, such as { id: '111122223333' }, or {}",
    ],
    [{ users: null, caller: 'ann' }, 'mockS3: users: invalid value null; expected an object by name'],
  ])('is not left out of the options %j', (options, message) => {
    expect(start(options)).toThrow(message);
  });

  it.each<[unknown, string]>([
    [{ tags: '' }, "bucket 'other': invalid tags ''; expected an object of texts such as { team: 'archive' }"],
    [{ lifecycle: 0 }, "bucket 'other': lifecycle: invalid value 0; expected an object with members such as Rules"],
    [
      { objects: { a: { body: '', storageClass: 'GLACIER', restore: false } } },
      'invalid restore false; expected an object such as',
    ],
    [{ objects: { a: { body: '', replicas: null } } }, 'invalid replicas null; expected a list such as'],
  ])('is not left out of the fixture %j', (fixture, message) => {
    expect(create(fixture)).toThrow(message);
  });

  it('deletes a setting of a bucket if it is null, as undefined does', () => {
    const lifecycle = { Rules: [{ Status: 'Enabled', Filter: {}, Expiration: { Days: 1 } }] } as const;
    const bucket = s3.createBucket('other', { lifecycle, tags: { team: 'archive' } });
    Object.assign(bucket, { lifecycle: null, tags: null });
    expect({ lifecycle: bucket.lifecycle, tags: bucket.tags }).toEqual({ lifecycle: undefined, tags: undefined });
  });
});

describe('a hole in a list', () => {
  const grant = { Grantee: { Type: 'CanonicalUser', ID: 'default' }, Permission: 'READ' };
  const rule = { Status: 'Enabled', Filter: {}, Expiration: { Days: 1 } };
  it.each<[string, unknown, string]>([
    ['of versions', { objects: { a: hole('first') } }, "key 'a', version 1 of 2: undefined is not a version."],
    ['of grants', { acl: { Grants: hole(grant) } }, 'acl, Grants 1: invalid value undefined; expected an object'],
    [
      'of rules',
      { lifecycle: { Rules: hole(rule) } },
      'lifecycle, Rules 1: invalid value undefined; expected an object',
    ],
    [
      'of a configuration',
      { cors: { CORSRules: hole({}) } },
      'cors, CORSRules 1: invalid value undefined; expected an object',
    ],
    [
      'of replicas',
      { objects: { a: { body: '', replicas: hole({}) } } },
      'replicas[0]: undefined is not an object of options.',
    ],
  ])('%s is an item that is missing', (_where, fixture, message) => {
    expect(create({ versioning: 'Enabled', ...(fixture as object) })).toThrow(message); // each is one
    expect(s3.buckets).toHaveLength(1);
  });

  it('of the subscribers of a topic, or of expected entries, is one as well', () => {
    const topic = 'arn:aws:sns:us-east-1:000000000000:news';
    expect(() => s3.deliverTo(topic, untyped(hole(() => undefined)))).toThrow(/^s3\.deliverTo: invalid handler of /);
    const rule = s3.on('DeleteObjects');
    expect(() => rule.failEntries(untyped(hole({ Key: 'a' })), 'InternalError')).toThrow(
      'failEntries: invalid entries',
    );
  });
});

describe('a moment', () => {
  it.each(['5', '2026-1-5', '2026-02-30', '2026-02-30T00:00:00Z', 'January', '2026-01-31T'])(
    'is not the text %j, though Date.parse may read it',
    (moment) => {
      expect(() => s3.clock.set(moment)).toThrow(
        new TypeError(
          `s3.clock.set: invalid moment '${moment}'; expected a Date, milliseconds since 1970, or text such as '2026-01-31T10:00:00Z'`,
        ),
      );
    },
  );

  it.each([
    ['2026', '2026-01-01T00:00:00.000Z'],
    ['2026-02', '2026-02-01T00:00:00.000Z'],
    ['2026-02-28', '2026-02-28T00:00:00.000Z'],
    ['2026-02-28T10:00:00.250+02:00', '2026-02-28T08:00:00.250Z'],
    ['Sat, 28 Feb 2026 10:00:00 GMT', '2026-02-28T10:00:00.000Z'],
    [runInNewContext('new Date(0)') as Date, '1970-01-01T00:00:00.000Z'],
  ])('may be %j', (moment, expected) => {
    s3.clock.set(moment);
    expect(s3.clock.now().toISOString()).toBe(expected);
  });

  it('of a listing is a Date or a text', () => {
    const listing = (LastModified: unknown, StorageClass?: unknown) =>
      fromListing(
        untyped({
          Versions: [{ Key: 'a', VersionId: 'v1', IsLatest: true, ETag: '"a"', Size: 1, LastModified, StorageClass }],
        }),
      );
    const right = "expected a time such as '2026-01-31T10:00:00+00:00'";
    for (const [wrong, written] of [
      [null, 'null'],
      [0, '0'],
      ['5', "'5'"],
    ] as const)
      expect(() => listing(wrong)).toThrow(`fromListing: Versions[0] ('a'): invalid LastModified ${written}; ${right}`);
    expect(() => listing('2026-01-31', 3)).toThrow(
      "invalid StorageClass 3; expected text, such as 'STANDARD', or undefined",
    );
  });
});

describe('an amount of time', () => {
  it.each<[MockS3Options, string]>([
    [{ replicationDelay: {} }, 'mockS3: replicationDelay'],
    [{ roles: { deployer: { maxSessionDuration: {} } } }, "mockS3: roles: role 'deployer': maxSessionDuration"],
  ])('that names no unit is not no time: %j', (options, call) => {
    expect(start(options)).toThrow(
      new TypeError(`${call}: invalid duration {}; expected an object such as { minutes: 10 }`),
    );
  });
});

describe('a policy', () => {
  const withCondition = (Condition: unknown) => ({
    Version: '2012-10-17',
    Statement: [{ Effect: 'Allow', Action: 's3:GetObject', Resource: '*', Condition }],
  });
  it.each<[unknown, string]>([
    [() => ({}), 'Condition [Function (anonymous)]'],
    [new Map(), 'Condition Map(0) {}'],
    [{ Bool: Symbol('on') }, 'Bool Symbol(on)'],
    [{ NumericLessThan: { 's3:max-keys': Number.NaN } }, 's3:max-keys NaN'],
    [{ NumericLessThan: { 's3:max-keys': 5n } }, 's3:max-keys 5n'],
  ])('does not lose the condition %p, without which it allows more', (condition, what) => {
    expect(() => s3.account.user('reader', { policy: untyped(withCondition(condition)) })).toThrow(
      new TypeError(
        `user 'reader': policy: invalid ${what}; expected a text, a number, true, false, a list or an object, as JSON has them`,
      ),
    );
  });
});

describe('a replication configuration', () => {
  const Rules = [{ Status: 'Enabled', Prefix: '', Destination: { Bucket: 'arn:aws:s3:::vault' } }];
  it('without a Role is refused in the words of the option, not of the document', () => {
    expect(create({ versioning: 'Enabled', replication: { Rules } })).toThrow(
      new TypeError("bucket 'other': replication: it has no Role, which is required"),
    );
  });

  it('whose rule has two forms is as well', () => {
    const rule = { ...Rules[0], Filter: { Prefix: 'a' } };
    const replication = { Role: 'arn:aws:iam::000000000000:role/replication', Rules: [rule] };
    expect(create({ versioning: 'Enabled', replication })).toThrow(
      new TypeError("bucket 'other': replication: a Rule has either Filter or Prefix"),
    );
  });
});

describe('a copy that is due', () => {
  it('is in the queue once', () => {
    const copy = { key: 'a', versionId: 'v1', destination: 'vault', rule: 'all' };
    expect(create({ versioning: 'Enabled', replicationQueue: [copy, { ...copy, rule: 'other' }] })).toThrow(
      new TypeError(
        "bucket 'other': replicationQueue 2: the copy of object 'a', 'v1', to 'vault' is given twice. Give it once.",
      ),
    );
    expect(s3.buckets).toHaveLength(1);
  });
});

describe('a tag of a lifecycle rule', () => {
  it.each(['Key', 'Value'])('has a %s', (name) => {
    const tag = { Key: 'team', Value: 'archive', [name]: undefined };
    const rule = { Status: 'Enabled', Filter: { Tag: tag }, Expiration: { Days: 1 } };
    expect(create({ lifecycle: { Rules: [rule] } })).toThrow(
      new TypeError(`bucket 'other': lifecycle, Rules 1, Filter, Tag has no ${name}, which is required`),
    );
  });
});

describe('a snapshot', () => {
  it.each([
    ['a copy of one', () => JSON.parse(JSON.stringify(s3.snapshot())) as object],
    ['an object that is none', () => ({ store: {} })],
  ])('is not %s', (_what, make) => {
    expect(() => s3.restore(untyped(make()))).toThrow(/^restore: .* is not a snapshot\. Give what s3\.snapshot\(\) or/);
  });
});

describe('an object without a prototype', () => {
  it.each(['user', 'role'] as const)('is not the name of a %s', (kind) => {
    expect(() => s3.account[kind](untyped(Object.create(null)))).toThrow(`${kind}: invalid name {}; expected 1 to 64`);
  });

  it('is not the speed of a restore', () => {
    const restore = { Days: 1, Tier: Object.create(null) as string };
    expect(create({ objects: { a: { body: '', storageClass: 'GLACIER', restore } } })).toThrow(
      'restore: invalid Tier {}; expected',
    );
  });
});

describe('an outcome', () => {
  it.each([
    [{ status: Number.NaN }, 'status NaN; expected a number such as 403, or undefined'],
    [{ status: 1.5 }, 'status 1.5; expected a number such as 403, or undefined'],
    [{ code: ' ' }, "code ' '; expected a code such as 'AccessDenied', or undefined"],
  ])('is not %j', (outcome, message) => {
    expect(() => s3.requests.of('PutObject', {}, outcome)).toThrow(new TypeError(`of: invalid ${message}`));
  });
});
