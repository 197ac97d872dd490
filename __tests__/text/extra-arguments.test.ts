import { describe, expect, it } from '@jest/globals';
import { mockS3 } from 's3-versioning-mock/jest';

const s3 = mockS3({ buckets: { vault: { versioning: 'Enabled', objects: { 'b.txt': ['first', 'second'] } } } });

/** The same objects as JavaScript sees them, which checks no types. */
const untyped = () =>
  ({
    ...{ mock: s3, vault: s3.bucket('vault'), iam: s3.iam, clock: s3.clock, mfa: s3.mfa, account: s3.account },
    ...{
      object: s3.bucket('vault').object('b.txt'),
      requests: s3.requests,
      events: s3.events,
      rule: s3.on('PutObject').fail('SlowDown', { times: 1 }),
    },
  }) as unknown as Untyped; // calls that do not compile
type Method = (...given: readonly unknown[]) => unknown;
type Part = 'mock' | 'vault' | 'iam' | 'clock' | 'mfa' | 'account' | 'object' | 'requests' | 'events' | 'rule';
type Untyped = Readonly<Record<Part, Readonly<Record<string, Method>>>>;

const find = "newest('b.txt', 1), oldest('b.txt'), or versions('b.txt').find(({ versionId }) => versionId === id)";

describe('a further argument', () => {
  it.each<[on: keyof Untyped, method: string, given: readonly unknown[], message: string]>([
    ['vault', 'object', ['b.txt', 'v1'], `'v1'; expected a key alone. Another version is ${find}`],
    ['vault', 'current', ['b.txt', 'v1'], `'v1'; expected a key alone. Another version is ${find}`],
    ['vault', 'versions', ['b.txt', 'v1'], `'v1'; expected a key or none. One version is ${find}`],
    [
      'vault',
      'delete',
      ['b.txt', 'v1'],
      "'v1'; expected a key alone. A DeleteObject request with its VersionId deletes one version of 'b.txt'",
    ],
    ['vault', 'put', ['b', 'x', {}, 'v1'], "'v1'; expected a key, a body and details, such as { versionId }"],
    [
      'mock',
      'bucket',
      ['vault', 'b.txt'],
      "'b.txt'; expected a name alone. An object is s3.bucket('vault').object('b.txt')",
    ],
    ['mock', 'createBucket', ['other', {}, 7], '7; expected a name and a fixture'],
    [
      'mock',
      'actAs',
      ['ann', { mfa: true }],
      "{ mfa: true }; expected one caller. A session of it is s3.account.user('writer').session()",
    ],
    ['mock', 'unusedRules', ['PutObject'], "'PutObject'; expected no argument: it returns all"],
    ['iam', 'refuse', ['a', 'b'], "'b'; expected one credential. Call refuse('b') for the next"],
    [
      'iam',
      'expireTokens',
      ['t'],
      "'t'; expected no argument: all tokens expire. One of them is refused by refuse('t')",
    ],
    [
      'mock',
      'on',
      ['PutObject', {}, { times: 1 }],
      '{ times: 1 }; expected an operation and an input. How often it fails is an option of the step: fail(code, { times })',
    ],
    ['mock', 'snapshot', ['before'], "'before'; expected no argument: it returns the whole state"],
    ['clock', 'now', ['2026'], "'2026'; expected no argument. set('2026') stops the clock at a moment"],
    ['mfa', 'code', ['ann'], "'ann'; expected no argument: it returns the code of this device, by the mock's clock"],
    ['account', 'session', [{}, 'a'], "'a'; expected options alone, such as { mfa: true, expiresIn: { minutes: 15 } }"],
    [
      'object',
      'text',
      ['hex'],
      "'hex'; expected no argument: it reads UTF-8. body.toString('hex') reads the bytes otherwise",
    ],
    ['requests', 'expectNone', ['PutObject', {}, 3], '3; expected an operation and an input'],
    [
      'events',
      'of',
      ['ObjectCreated:*', {}, 3],
      '3; expected the name of an event and an expected event, such as { key }',
    ],
    [
      'rule',
      'delay',
      [{ milliseconds: 1 }, 3],
      '3; expected options alone, such as { times: 1 } with those of the step',
    ],
  ])('of %s.%s(%p) is a TypeError, and changes nothing', (on, method, given, message) => {
    const labels = {
      ...{ mock: 's3', vault: "bucket 'vault'", iam: 's3.iam', clock: 's3.clock', account: "account 'default'" },
      ...{
        mfa: `MFA device '${s3.mfa.serial}'`,
        object: "object 'b.txt'",
        requests: 's3.requests',
        events: 's3.events',
      },
      rule: "s3.on('PutObject')",
    };
    const before = s3.bucket('vault').versions();
    const error = new TypeError(`${labels[on]}: ${method}: invalid further argument ${message}`);
    expect(() => untyped()[on][method]?.(...given)).toThrow(error);
    expect(s3.bucket('vault').versions()).toEqual(before);
  });

  it('that is undefined is as if it were not given', () => {
    expect(untyped().vault['object']?.('b.txt', undefined)).toMatchObject({ key: 'b.txt' });
  });
});

it('methods that check their arguments keep their names and lengths', () => {
  const { object, put } = s3.bucket('vault');
  const facts = [object, put].map(({ name, length }) => ({ name, length }));
  expect(facts).toEqual([
    { name: 'object', length: 1 },
    { name: 'put', length: 2 },
  ]);
});

it('the wait for all deliveries takes no time-out', async () => {
  const settled = s3.events.settled as Method; // with an argument, as JavaScript may call it
  await expect(settled.call(s3.events, { timeout: 5 })).rejects.toThrow(
    's3.events: settled: invalid further argument { timeout: 5 }; expected no argument: it waits for all deliveries',
  );
});
