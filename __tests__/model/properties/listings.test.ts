import { expect, it } from '@jest/globals';
import fc from 'fast-check';
import { listCurrentObjects, listVersions, type Page, type PageRequest } from '../../../src/model/versions/listings';
import { isObject, type Version } from '../../../src/model/versions/version';
import { runs } from '../../support/runs';
import { makeStacks, type Stacks } from '../../support/stacks';

/** All entries of a bucket on plain arrays, rolled up and cut as S3's documentation describes it. */
function naivePage(stacks: Stacks, versions: boolean, { prefix, delimiter, after, limit }: PageRequest) {
  const byBytes = (a: string, b: string) => Buffer.compare(Buffer.from(a), Buffer.from(b));
  const keys = [
    ...new Set(
      [...stacks.bucket.versions.from({ sortKey: '', sequence: Number.POSITIVE_INFINITY })].map(({ key }) => key),
    ),
  ];
  const entries: string[] = [];
  for (const key of keys.toSorted(byBytes)) {
    const stack = [...stacks.bucket.versions.of(key)];
    const shown = versions ? stack : stack.slice(0, 1).filter(isObject);
    if (shown.length === 0 || !key.startsWith(prefix)) continue;
    const at = delimiter === '' ? -1 : key.indexOf(delimiter, prefix.length);
    const group = at === -1 ? undefined : key.slice(0, at + delimiter.length);
    const skipped =
      group === undefined ? byBytes(key, after) <= 0 : byBytes(group, after) <= 0 || after.startsWith(group);
    if (after !== '' && skipped) continue;
    if (group === undefined) entries.push(...shown.map(({ sequence }) => `${key} ${sequence}`));
    else if (!entries.includes(group)) entries.push(group);
  }
  return { entries: entries.slice(0, limit), isTruncated: limit > 0 && entries.length > limit };
}

const part = fc.constantFrom('a', 'b', '/', '//', 'é', '😀', '\uffff', 'ab');
const keyLike = fc.array(part, { minLength: 1, maxLength: 4 }).map((parts) => parts.join(''));
const writes = fc.array(fc.tuple(keyLike, fc.boolean()), { maxLength: 25 });
const requests = fc.record({
  prefix: fc.oneof(fc.constant(''), keyLike),
  delimiter: fc.constantFrom('', '/', 'b', '//', '😀'),
  after: fc.oneof(fc.constant(''), keyLike),
  limit: fc.integer({ min: 0, max: 6 }),
});

function played(history: readonly (readonly [key: string, deleted: boolean])[]): Stacks {
  const stacks = makeStacks('Enabled');
  for (const [key, deleted] of history) {
    if (deleted) stacks.delete(key);
    else stacks.put(key);
  }
  return stacks;
}

const told = (page: Page<Version>) => ({
  entries: page.items.map((item) =>
    'version' in item ? `${item.version.key} ${item.version.sequence}` : item.commonPrefix,
  ),
  isTruncated: page.isTruncated,
});

it('a listing is that of plain arrays, for any bucket and any request', () => {
  fc.assert(
    fc.property(writes, requests, (history, request) => {
      const stacks = played(history);
      const { store, bucket } = stacks;
      expect(told(listCurrentObjects(bucket, request))).toEqual(naivePage(stacks, false, request));
      expect(told(listVersions(store, bucket, request))).toEqual(naivePage(stacks, true, request));
    }),
    runs(1000),
  );
});
