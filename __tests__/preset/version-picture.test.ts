import { inspect } from 'node:util';
import { describe, expect, it } from '@jest/globals';
import { deleteMarker, type ObjectFixtures } from '../../src';
import type { BucketFixture } from '../../src/preset/bucket-fixture';
import { makeVault } from '../support/vault';

function drawn(objects: ObjectFixtures, fixture: BucketFixture = { versioning: 'Enabled' }): readonly string[] {
  const handle = makeVault({ ...fixture, objects });
  expect(inspect(handle)).toBe(String(handle));
  return String(handle).split('\n');
}

const many = (count: number, of: (index: number) => string) => Array.from({ length: count }, (_, index) => of(index));

describe('a bucket drawn', () => {
  it('shows its keys with their versions, newest first', () => {
    expect(
      drawn({
        'docs/report.pdf': [
          { body: 'first', versionId: 'null', lastModified: '2024-01-31T10:00:00.999Z' },
          { body: 'x'.repeat(12345), versionId: 'v2', storageClass: 'GLACIER' },
          { deleteMarker: true, versionId: 'version-3' },
        ],
        notes: { body: '!', versionId: 'v4' },
      }),
    ).toEqual([
      'vault  versioning Enabled',
      '├─ docs/report.pdf',
      '│  ├─ version-3  delete marker  2026-01-31 12:00:00Z  current',
      '│  ├─ v2         12,345 bytes   2026-01-31 12:00:00Z  GLACIER',
      '│  └─ (null)     5 bytes        2024-01-31 10:00:00Z',
      '└─ notes',
      '   └─ v4         1 byte         2026-01-31 12:00:00Z  current',
    ]);
  });

  it('shows the null version of a bucket whose versioning was never set', () => {
    expect(drawn({ a: '' }, {})).toEqual([
      'vault  versioning never set',
      '└─ a',
      '   └─ (null)  0 bytes  2026-01-31 12:00:00Z  current',
    ]);
  });

  it('shows invisible characters of a key', () => {
    const keys = ['a\nb', 'c\u202ed', 'e\u0000', 'f g'];
    const lines = drawn(Object.fromEntries(keys.map((key) => [key, 'x'])));
    expect(lines.filter((line) => !line.includes('byte')).slice(1)).toEqual([
      '├─ a\\nb',
      '├─ c\\u{202e}d',
      '├─ e\\u{0}',
      '└─ f g',
    ]);
  });

  it('shows ids in full if there are few', () => {
    const ids = drawn({ a: many(10, String) })
      .slice(2)
      .map((line) => line.slice(6).split('  ')[0]);
    expect(ids.map((id) => id?.length)).toEqual(many(10, () => '').map(() => 32));
  });

  it('shows as many letters of many ids as distinguish them', () => {
    const ids = drawn({ a: many(11, String) })
      .slice(2)
      .map((line) => line.slice(6).split('  ')[0]);
    expect(ids).toEqual(many(11, () => '').map(() => expect.stringMatching(/^[\w.]{6}…$/)));
    const alike = many(11, (index) => `2026-01-31.${String(index).padStart(2, '0')}.of-the-archive`);
    const shown = drawn({ a: alike.map((versionId) => ({ body: '', versionId })) }).slice(2);
    expect(shown[0]).toBe('   ├─ 2026-01-31.10…  0 bytes  2026-01-31 12:00:00Z  current');
    const short = drawn({ a: many(11, (index) => `v${index}`).map((versionId) => ({ body: '', versionId })) }).slice(2);
    expect(short[0]).toBe('   ├─ v10  0 bytes  2026-01-31 12:00:00Z  current');
    const barely = drawn({
      a: many(11, (index) => `${10 + index}-2026`).map((versionId) => ({ body: '', versionId })),
    }).slice(2);
    expect(barely[0]).toBe('   ├─ 20-2026  0 bytes  2026-01-31 12:00:00Z  current');
  });

  it('cuts a long stack, with a count', () => {
    const lines = drawn({ a: many(14, String), b: ['x', deleteMarker] });
    expect(lines.slice(0, 3).map((line) => line.slice(0, 6))).toEqual(['vault ', '├─ a', '│  ├─ ']);
    expect(lines.slice(13)).toEqual([
      expect.stringMatching(/^│ {2}├─ [\w.]{6}… {2}1 byte/),
      '│  └─ … 2 older versions',
      '└─ b',
      expect.stringMatching(/^ {3}├─ [\w.]{6}… {2}delete marker/),
      expect.stringMatching(/^ {3}└─ [\w.]{6}… {2}1 byte/),
    ]);
    expect(drawn({ a: many(13, String) }).at(-1)).toBe('   └─ … 1 older version');
  });

  it('cuts a long bucket, with a count', () => {
    const keys = (count: number) =>
      Object.fromEntries(many(count, (index) => `k${1000 + index}`).map((key) => [key, 'x']));
    const lines = drawn({ ...keys(1284), k1000: many(20, String) });
    expect(lines.filter((line) => /^[├└]─ k/.test(line)).length).toBe(39);
    expect(lines.slice(-2)).toEqual([expect.stringMatching(/^ {3}└─ /), '… 1,245 more versions']);
    expect(drawn(keys(51)).at(-1)).toBe('… 1 more version');
    expect(drawn(keys(50)).at(-1)).toMatch(/^ {3}└─ /);
  });
});
