import { describe, expect, it } from '@jest/globals';
import { mockS3 } from 's3-versioning-mock/jest';

const s3 = mockS3({ buckets: { vault: { versioning: 'Enabled', objects: { 'b.txt': ['first', 'second'] } } } });

/** The same objects as JavaScript sees them, which checks no types. */
const untyped = () => ({ mock: s3, vault: s3.bucket('vault'), iam: s3.iam }) as unknown as Untyped; // calls that do not compile
type Method = (...given: readonly unknown[]) => unknown;
type Untyped = Readonly<Record<'mock' | 'vault' | 'iam', Readonly<Record<string, Method>>>>;

const find = "versions('b.txt').find(({ versionId }) => versionId === id)";

describe('a further argument', () => {
  it.each<readonly [on: keyof Untyped, method: string, given: readonly unknown[], message: string]>([
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
  ])('of %s.%s(%j) is a TypeError, and changes nothing', (on, method, given, message) => {
    const labels = { mock: 's3', vault: "bucket 'vault'", iam: 's3.iam' };
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
