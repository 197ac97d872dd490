import { S3Error } from '../../refusals/s3-error';
import { configurationFamily, type FamilyMember } from './family';
import { checkFilter } from './filters';

/** The archive tiers of a bucket, into which objects move that nobody reads (F812). */
export const intelligentTiering = configurationFamily('intelligentTiering', {
  whenIdsDiffer: 'MalformedXML',
  checkSchema({ Filter, Tierings }) {
    checkFilter(Filter);
    const [first, second] = Tierings;
    if (first?.AccessTier === second?.AccessTier)
      throw new S3Error('MalformedXML', {}, `two <Tiering> have the AccessTier ${first?.AccessTier}`);
  },
  checkValues: checkDays,
});

const leastDays = { ARCHIVE_ACCESS: 90, DEEP_ARCHIVE_ACCESS: 180 };
const mostDays = 730;

/** Throws for days that a tier does not have, or by which an object would reach the deep archive first (F384). */
function checkDays({ Tierings }: FamilyMember<'intelligentTiering'>): void {
  for (const { AccessTier: tier, Days } of Tierings) {
    const least = leastDays[tier];
    if (Days < least) throw new S3Error('TieringDaysTooFew', { tier, least }).quoting({ Days });
    if (Days > mostDays) throw new S3Error('TieringDaysTooMany', { tier, most: mostDays }).quoting({ Days });
  }
  const daysOf = (tier: string) => Tierings.find(({ AccessTier }) => AccessTier === tier)?.Days;
  const [archive, deep] = [daysOf('ARCHIVE_ACCESS'), daysOf('DEEP_ARCHIVE_ACCESS')];
  if (archive !== undefined && deep !== undefined && deep <= archive)
    throw new S3Error('TieringDaysOutOfOrder').quoting({ ARCHIVE_ACCESS: archive, DEEP_ARCHIVE_ACCESS: deep });
}
