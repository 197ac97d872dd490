import { describe, expect, it } from '@jest/globals';
import { mockS3 } from 's3-versioning-mock/jest';
import { answered, refusal } from '../../support/objects';
import { send } from '../../support/wire-client';

const s3 = mockS3({ buckets: { vault: {} } });

type Tier = readonly [days: number, tier: 'ARCHIVE_ACCESS' | 'DEEP_ARCHIVE_ACCESS'];

const put = (...tiers: readonly Tier[]) =>
  send({
    method: 'PUT',
    path: '/vault?intelligent-tiering&id=a',
    body: `<IntelligentTieringConfiguration><Id>a</Id><Status>Enabled</Status>${tiers
      .map(([days, tier]) => `<Tiering><Days>${days}</Days><AccessTier>${tier}</AccessTier></Tiering>`)
      .join('')}</IntelligentTieringConfiguration>`,
  });

// F384
describe('the days of a tier', () => {
  it.each<readonly Tier[]>([
    [[90, 'ARCHIVE_ACCESS']],
    [[730, 'ARCHIVE_ACCESS']],
    [[180, 'DEEP_ARCHIVE_ACCESS']],
    [
      [729, 'ARCHIVE_ACCESS'],
      [730, 'DEEP_ARCHIVE_ACCESS'],
    ],
    [
      [180, 'DEEP_ARCHIVE_ACCESS'],
      [90, 'ARCHIVE_ACCESS'],
    ],
  ])('may be %j %j', async (...tiers) => {
    expect((await put(...tiers.filter(Array.isArray))).status).toBe(204);
  });

  it.each<[readonly Tier[], string]>([
    [[[89, 'ARCHIVE_ACCESS']], 'Days specified in ARCHIVE_ACCESS tier should not be less than 90'],
    [[[179, 'DEEP_ARCHIVE_ACCESS']], 'Days specified in DEEP_ARCHIVE_ACCESS tier should not be less than 180'],
    [[[731, 'ARCHIVE_ACCESS']], 'Days specified in ARCHIVE_ACCESS tier should not be more than 730'],
    [[[731, 'DEEP_ARCHIVE_ACCESS']], 'Days specified in DEEP_ARCHIVE_ACCESS tier should not be more than 730'],
    [
      [
        [180, 'ARCHIVE_ACCESS'],
        [180, 'DEEP_ARCHIVE_ACCESS'],
      ],
      'Days specified in DEEP_ARCHIVE_ACCESS tier should be more than those in ARCHIVE_ACCESS tier',
    ],
  ])('may not be %j', async (tiers, message) => {
    expect(await answered(put(...tiers))).toEqual(refusal(400, 'InvalidAccessTier', message));
    expect(s3.requests.at(-1)?.why).toContain(String(tiers[0]?.[0]));
    expect(s3.bucket('vault').intelligentTiering).toBeUndefined();
  });

  it('have the same limits in a fixture as in a request', () => {
    const Tierings = [{ Days: 30, AccessTier: 'ARCHIVE_ACCESS' }] as const;
    expect(() => {
      s3.bucket('vault').intelligentTiering = [{ Id: 'a', Status: 'Enabled', Tierings }];
    }).toThrow("bucket 'vault': intelligentTiering: Days specified in ARCHIVE_ACCESS tier should not be less than 90");
  });
});
