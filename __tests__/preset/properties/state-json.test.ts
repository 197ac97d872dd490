import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { deleteMarker, type MockS3, type MockS3Options, mockS3, type VersionFixture } from '../../../src';
import { anyCharacter } from '../../support/characters';
import { runs } from '../../support/runs';

const nowhere = { hosts: { only: [] } };
const reread = (s3: MockS3): MockS3Options => JSON.parse(JSON.stringify(s3));
const versionsOf = (s3: MockS3) =>
  Object.fromEntries(s3.buckets.map((bucket) => [bucket.name, [bucket.versioning, bucket.versions()]]));

const key = fc.oneof(
  fc.constantFrom('a', 'b/c', '__proto__', '7', 'é\u{1f600}', '\n'),
  fc.string({ unit: 'grapheme', minLength: 1, maxLength: 6 }),
);
const text = fc.string({ maxLength: 12 }).map((letters) => letters.replace(/[^\x20-\x7e]/g, ''));
const described = fc.record(
  {
    body: fc.oneof(fc.string({ unit: anyCharacter, maxLength: 9 }), fc.uint8Array({ maxLength: 9 })),
    lastModified: fc.integer({ min: 0, max: Date.UTC(2026, 0, 1) }),
    metadata: fc.dictionary(fc.stringMatching(/^[a-z0-9-]{1,5}$/), text, { maxKeys: 3 }),
    tags: fc.dictionary(fc.stringMatching(/^[\w./=+@-]{1,5}$/), fc.stringMatching(/^[\w ]{0,5}$/), { maxKeys: 3 }),
    contentType: text,
    storageClass: fc.constantFrom('STANDARD', 'GLACIER', 'STANDARD_IA'),
    etag: fc.constantFrom('0'.repeat(32), `${'f'.repeat(32)}-10000`),
  },
  { requiredKeys: ['body'] },
);
const entry: fc.Arbitrary<VersionFixture> = fc.oneof(
  fc.string({ unit: anyCharacter, maxLength: 9 }),
  described,
  fc.constant(deleteMarker),
  fc.record({ deleteMarker: fc.constant(true as const), lastModified: fc.integer({ min: 0, max: 9 }) }),
);
const stack = fc.tuple(fc.array(entry, { maxLength: 4 }), fc.option(fc.nat(3))).map(([entries, nullAt]) =>
  entries.map((one, index): VersionFixture => {
    if (index !== nullAt) return one;
    return typeof one === 'string' || one instanceof Uint8Array
      ? { body: '', versionId: 'null' }
      : { ...one, versionId: 'null' };
  }),
);
const versioned = fc.record({
  versioning: fc.constantFrom('Enabled' as const, 'Suspended' as const),
  objects: fc.dictionary(key, stack, { maxKeys: 5 }),
});
const unversioned = fc.record({ objects: fc.dictionary(key, described, { maxKeys: 5 }) });

describe('any state', () => {
  it('is the same after a round trip through JSON, and continues the same way', async () => {
    await fc.assert(
      fc.asyncProperty(fc.oneof(versioned, unversioned), key, async (vault, next) => {
        const s3 = mockS3({ ...nowhere, buckets: { vault } });
        const copy = mockS3({ ...reread(s3), ...nowhere });
        expect(versionsOf(copy)).toEqual(versionsOf(s3));
        for (const one of [s3, copy]) {
          one.bucket('vault').put(next, 'next', { lastModified: 1 });
          one.bucket('vault').delete(next);
        }
        const ids = copy
          .bucket('vault')
          .versions(next)
          .map(({ versionId }) => versionId);
        expect(new Set(ids).size).toBe(ids.length);
        expect(ids.length).toBe(s3.bucket('vault').versions(next).length);
        await Promise.all([s3.stop(), copy.stop()]);
      }),
      runs(200),
    );
  });
});
