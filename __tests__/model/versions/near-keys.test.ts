import { describe, expect, it } from '@jest/globals';
import type { Bucket } from '../../../src/model/bucket';
import { Store } from '../../../src/model/store';
import { describeNearKey, describeNearPrefix, placesOfId } from '../../../src/model/versions/near-keys';
import { addBucket } from '../../../src/preset/bucket-fixture';
import { deleteMarker } from '../../../src/preset/delete-marker';

function makeScene(keys: readonly string[], more = {}): { readonly store: Store; readonly bucket: Bucket } {
  const store = new Store({ accountId: '000000000000', seed: 'seed', realNow: () => 0, start: undefined });
  const objects = { ...Object.fromEntries(keys.map((name) => [name, 'x'])), ...more };
  addBucket(store, 'vault', { versioning: 'Enabled', objects });
  const bucket = store.buckets.get('vault');
  if (bucket === undefined) throw new Error('the bucket is missing');
  return { store, bucket };
}

function nearKey(key: string, keys: readonly string[], more = {}): string | undefined {
  const { store, bucket } = makeScene(keys, more);
  return describeNearKey(store, bucket, key, placesOfId.request);
}

describe('the key that is near to a missing key', () => {
  it.each`
    asked           | key              | difference
    ${'report.pdf'} | ${'Report.PDF'}  | ${'upper and lower case'}
    ${'dir'}        | ${'dir/'}        | ${'the slash at its end'}
    ${'dir/a/'}     | ${'dir/a'}       | ${'the slash at its end'}
    ${'/a.txt'}     | ${'a.txt'}       | ${'the slash at its start'}
    ${'a.txt'}      | ${'/a.txt'}      | ${'the slash at its start'}
    ${'./a.txt'}    | ${'a.txt'}       | ${'the slash at its start'}
    ${'p//q.txt'}   | ${'p/q.txt'}     | ${'a slash that is doubled'}
    ${'p\\q.txt'}   | ${'p/q.txt'}     | ${'backslashes'}
    ${'a.txt '}     | ${'a.txt'}       | ${'blanks at its ends'}
    ${'c.txt'}      | ${'vault/c.txt'} | ${'the name of the bucket in front'}
    ${'a+b+c.txt'}  | ${'a b+c.txt'}   | ${'plus signs and blanks'}
    ${'/P//q.txt'}  | ${'p/q.txt'}     | ${'the slash at its start and a slash that is doubled and upper and lower case'}
    ${'fist.txt'}   | ${'first.txt'}   | ${'a letter'}
  `('of $asked is $key, which differs in $difference', ({ asked, key, difference }) => {
    expect(nearKey(String(asked), [String(key)])).toBe(
      `the bucket has '${String(key).replace('\\', '\\\\')}', which differs in ${difference}`,
    );
  });

  it.each`
    asked                                       | key                | cure
    ${'my%20report.pdf'}                        | ${'my report.pdf'} | ${'which differs in its URL encoding; the key was encoded once too often'}
    ${'my%2520report.pdf'}                      | ${'my report.pdf'} | ${'which differs in its URL encoding'}
    ${'c  '}                                    | ${'c++'}           | ${'which differs in plus signs and blanks; a plus sign in a URL is read as a blank: write it %2B'}
    ${'a+b.txt'}                                | ${'a b.txt'}       | ${"which differs in plus signs and blanks; the key of an event has + for a blank: read it with decodeURIComponent(key.replaceAll('+', ' ')); the path of a URL has %20 for it"}
    ${'cafe\u0301'}                             | ${'caf\u00e9'}     | ${"which differs in its Unicode form; key.normalize('NFC') turns one into the other"}
    ${'caf\u00e9'}                              | ${'cafe\u0301'}    | ${"which differs in its Unicode form; key.normalize('NFD') turns one into the other"}
    ${'vault/p/q.txt'}                          | ${'p/q.txt'}       | ${'which differs in the name of the bucket in front; the bucket is not a part of the key'}
    ${'s3://vault/p/q.txt'}                     | ${'p/q.txt'}       | ${'which differs in the name of the bucket in front; the bucket is not a part of the key'}
    ${'arn:aws:s3:::vault/p/q.txt'}             | ${'p/q.txt'}       | ${'which differs in the name of the bucket in front; the bucket is not a part of the key'}
    ${'https://vault.s3.amazonaws.com/p/q.txt'} | ${'p/q.txt'}       | ${'which differs in the name of the bucket in front; the bucket is not a part of the key'}
    ${'https://s3.amazonaws.com/vault/p/q.txt'} | ${'p/q.txt'}       | ${'which differs in the name of the bucket in front; the bucket is not a part of the key'}
  `('of $asked is named with its cure: $cure', ({ asked, key, cure }) => {
    expect(nearKey(String(asked), [String(key)])).toBe(`the bucket has '${key}', ${cure}`);
  });

  it.each`
    asked                   | end
    ${'a.txt?versionId=v1'} | ${'a version id at its end; give the id as VersionId'}
    ${'A.txt?versionId=v1'} | ${'a version id at its end and upper and lower case'}
    ${'a.txt?versionId=b1'} | ${"'?versionId=' at its end; 'a.txt' has no version 'b1'"}
    ${'A.txt?versionId=b1'} | ${"'?versionId=' at its end and upper and lower case"}
  `('of $asked differs in $end', ({ asked, end }) => {
    const versions = { 'a.txt': [{ body: 'x', versionId: 'v1' }], b: [{ body: 'x', versionId: 'b1' }] };
    expect(nearKey(String(asked), [], versions)).toBe(`the bucket has 'a.txt', which differs in ${end}`);
  });

  it('names no place of a version id where the caller has none', () => {
    const { store, bucket } = makeScene([], { 'a.txt': [{ body: 'x', versionId: 'v1' }] });
    const near = "the bucket has 'a.txt', which differs in a version id at its end";
    expect(describeNearKey(store, bucket, 'a.txt?versionId=v1')).toBe(near);
  });

  it.each([
    ['a key of other words', 'invoices/a.pdf', ['reports/a.pdf']],
    ['a key with another number', 'reports/1.pdf', ['reports/2.pdf']],
    ['a key of another short word', 'logs-eu', ['logs-us']],
    ['a key in a bucket of another name', 'archive/a.txt', ['a.txt']],
    ['a key in an empty bucket', 'a.txt', []],
  ])('is none for %s', (_title, asked, keys) => {
    expect(nearKey(asked, keys)).toBeUndefined();
  });

  it('is none if the near key has a delete marker', () => {
    expect(nearKey('report.pdf', [], { 'Report.pdf': ['x', deleteMarker] })).toBeUndefined();
  });

  it('is a key that begins with it, since S3 has no folders', () => {
    const beginning = "S3 has no folders: 'reports/' is only the beginning of 'reports/a.pdf'";
    expect(nearKey('reports', ['reports/a.pdf'])).toBe(beginning);
    expect(nearKey('reports/', ['reports/a.pdf'])).toBe(beginning);
    expect(nearKey('report', ['reports/a.pdf'])).toBeUndefined();
  });

  it('is the key with an unset value in place of a part, and of no more than a part', () => {
    const unset = "the bucket has 'undefined/a.txt': the code wrote a value that is undefined into that key";
    expect(nearKey('ann/a.txt', ['undefined/a.txt'])).toBe(unset);
    expect(nearKey('ann/b.txt', ['undefined/a.txt'])).toBeUndefined();
    expect(nearKey('ann/x/a.txt', ['undefined/a.txt'])).toBeUndefined();
  });

  it('is found among many keys if one habit leads to it', () => {
    const keys = Array.from({ length: 300 }, (_, index) => `0/${index}`);
    expect(nearKey('/z.txt', [...keys, 'z.txt'])).toContain("the bucket has 'z.txt'");
    expect(nearKey('Z.txt', [...keys, 'z.txt'])).toContain("the bucket has 'z.txt'");
  });
});

describe('the key that is near to a prefix without keys', () => {
  it.each([
    ['/reports/', 'reports/a.pdf'],
    ['Reports/', 'reports/a.pdf'],
    ['vault/reports/', 'reports/a.pdf'],
    ['reports//', 'reports/a.pdf'],
  ])('of %s is %s', (prefix, key) => {
    expect(describeNearPrefix(makeScene(['0.txt', key]).bucket, prefix)).toBe(
      `no key begins with '${prefix}'; the bucket has '${key}'`,
    );
  });

  it.each(['invoices/', '', '/'])('of %j is none', (prefix) => {
    expect(describeNearPrefix(makeScene(['reports/a.pdf']).bucket, prefix)).toBeUndefined();
  });
});

describe('a key with a value that the code has not set', () => {
  it.each([
    ['users/undefined/a.txt', 'undefined'],
    ['users/[object Object]', '[object Object]'],
    ['null.txt', 'null'],
    ['report-NaN.pdf', 'NaN'],
  ])('%s is said to have it', (key, value) => {
    expect(nearKey(key, ['other'])).toBe(`the code wrote a value that is ${value} into the key`);
  });

  it('is not one with a longer word', () => {
    expect(nearKey('nullable.txt', ['other'])).toBeUndefined();
  });
});
