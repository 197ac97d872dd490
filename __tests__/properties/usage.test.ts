import { expect, it } from '@jest/globals';
import * as fc from 'fast-check';
import { type BucketHandle, mockS3, type StoredVersion } from 's3-versioning-mock/jest';
import { runs } from '../support/runs';

const keys = ['a', 'logs/1', 'logs/ü', 'logs/old/2'] as const;
const leastDays: Readonly<Record<string, number>> = { STANDARD_IA: 30, GLACIER: 90 };
const classes = ['STANDARD', 'STANDARD_IA', 'GLACIER'] as const;

type Step =
  | { readonly do: 'put'; readonly key: string; readonly size: number; readonly storageClass: (typeof classes)[number] }
  | { readonly do: 'delete'; readonly key: string }
  | { readonly do: 'set'; readonly versioning: 'Enabled' | 'Suspended' }
  | { readonly do: 'wait'; readonly days: number };

const key = fc.constantFrom(...keys);
const step: fc.Arbitrary<Step> = fc.oneof(
  fc.record({
    do: fc.constant('put' as const),
    key,
    size: fc.integer({ min: 0, max: 300 }),
    storageClass: fc.constantFrom(...classes),
  }),
  fc.record({ do: fc.constant('delete' as const), key }),
  fc.record({ do: fc.constant('set' as const), versioning: fc.constantFrom('Enabled' as const, 'Suspended' as const) }),
  fc.record({ do: fc.constant('wait' as const), days: fc.integer({ min: 1, max: 4 }) }),
);

const s3 = mockS3({
  now: '2026-01-01T10:00:00Z',
  buckets: {
    vault: {
      versioning: 'Enabled',
      lifecycle: {
        Rules: [
          { ID: 'old', Status: 'Enabled', Filter: {}, NoncurrentVersionExpiration: { NoncurrentDays: 3 } },
          { ID: 'logs', Status: 'Enabled', Filter: { Prefix: 'logs/' }, Expiration: { Days: 5 } },
        ],
      },
    },
  },
});

function play(vault: BucketHandle, one: Step): void {
  if (one.do === 'put') vault.put(one.key, Buffer.alloc(one.size), { storageClass: one.storageClass });
  else if (one.do === 'delete') vault.delete(one.key);
  else if (one.do === 'set') vault.versioning = one.versioning;
  else s3.clock.advance({ days: one.days });
}

/** What AWS bills for versions of STANDARD_IA and GLACIER beyond their bytes (F952); nothing moves them. */
function minimums(versions: readonly StoredVersion[], now: Date) {
  const own = versions.flatMap((version) => (version.deleteMarker ? [] : [version]));
  const infrequent = own.filter(({ storageClass }) => storageClass === 'STANDARD_IA');
  const archived = own.filter(({ storageClass }) => storageClass === 'GLACIER').length;
  const isYoung = ({ storageClass, lastModified }: (typeof own)[number]) =>
    now.getTime() - lastModified.getTime() < (leastDays[storageClass] ?? 0) * 86_400_000;
  const young = own.filter(isYoung);
  const sum = (numbers: readonly number[]) => numbers.reduce((one, other) => one + other, 0);
  return {
    belowMinimumSize: { count: infrequent.length, bytes: sum(infrequent.map(({ size }) => 131_072 - size)) },
    belowMinimumDays: { count: young.length, bytes: sum(young.map(({ size }) => size)) },
    archiveMetadata: { count: archived, bytes: archived * 32_768, standardBytes: archived * 8192 },
  };
}

function walk(versions: readonly StoredVersion[], now: Date) {
  const bytesOf = (version: StoredVersion) => (version.deleteMarker ? Buffer.byteLength(version.key) : version.size);
  const of = (fits: (version: StoredVersion) => boolean) => {
    const found = versions.filter(fits);
    return { count: found.length, bytes: found.reduce((sum, version) => sum + bytesOf(version), 0) };
  };
  const isObject = (version: StoredVersion) => !version.deleteMarker;
  const own = versions.flatMap((version) => (version.deleteMarker ? [] : [version.storageClass]));
  const classUsage = (name?: string) => {
    const fits = (one: StoredVersion) => !one.deleteMarker && (name === undefined || one.storageClass === name);
    return {
      versions: of(fits),
      current: of((one) => fits(one) && one.isLatest),
      noncurrent: of((one) => fits(one) && !one.isLatest),
      ...minimums(versions.filter(fits), now),
    };
  };
  return {
    bytes: of(isObject).bytes,
    ...classUsage(),
    deleteMarkers: of((version) => version.deleteMarker),
    restoredCopies: { count: 0, bytes: 0 },
    uploads: { count: 0, bytes: 0, parts: 0 },
    storageClasses: Object.fromEntries([...new Set(own)].map((name) => [name, classUsage(name)])),
  };
}

it('the usage of a bucket is what a walk over its versions finds, now and after lifecycle has run', () => {
  void fc.assert(
    fc.property(fc.array(step, { maxLength: 30 }), fc.integer({ min: 0, max: 9 }), (history, days) => {
      s3.reset();
      const vault = s3.bucket('vault');
      for (const one of history) play(vault, one);
      const later = new Date(s3.clock.now().getTime() + days * 86_400_000);
      const { before, ...planned } = vault.usage({ at: later, delimiter: '/' });
      const { at, prefixes, ...now } = vault.usage({ delimiter: '/' });
      expect(before).toEqual({ at, prefixes, ...now });
      expect(now).toEqual(walk(vault.versions(), at));
      const below = vault.versions().filter(({ key: name }) => name.startsWith('logs/'));
      expect(prefixes?.['logs/'] ?? walk([], at)).toEqual(walk(below, at));
      s3.clock.set(later);
      expect(planned).toEqual(vault.usage({ delimiter: '/' }));
    }),
    runs(60),
  );
});
