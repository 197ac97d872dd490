import { S3Error } from '../../refusals/s3-error';
import { list, required, structure } from '../../shapes/elements';
import { makeTagFilter, tag } from '../../shapes/filters';
import type { ValueOf } from '../../shapes/shape';
import { integer, text, words } from '../../shapes/values';
import { findRepeated } from '../../text/lists';
import { configurationFamily } from './family';
import { checkConditions, checkOneMember, type ObjectFilter, readSelection } from './filters';

const tiering = structure({
  Days: required(integer),
  AccessTier: required(words('ARCHIVE_ACCESS', 'DEEP_ARCHIVE_ACCESS')),
});

const item = structure({
  Id: required(text),
  Filter: makeTagFilter(tag),
  Status: required(words('Enabled', 'Disabled')),
  Tierings: required(list(tiering, 'Tiering', [1, 2])),
});

/** F812 */
export const intelligentTiering = configurationFamily('intelligentTiering', 'IntelligentTieringConfiguration', item, {
  whenIdInvalid: 'ConfigurationIdInvalid',
  whenIdsDiffer: 'MalformedXML',
  checkSchema: ({ Filter }) => checkOneMember(Filter),
  checkValues(configuration) {
    checkFilter(configuration.Filter);
    checkDays(configuration);
  },
});

function checkFilter(filter: ObjectFilter | undefined): void {
  checkConditions(filter);
  const keys = readSelection({ Filter: filter }).tags.map(({ Key }) => Key);
  if (keys.includes('')) throw new S3Error('FilterTagInvalid', {}, '<Key> is empty');
  const repeated = findRepeated(keys);
  if (repeated !== undefined) throw new S3Error('FilterAndInvalid').quoting({ 'a key that comes twice': repeated });
}

const leastDays = { ARCHIVE_ACCESS: 90, DEEP_ARCHIVE_ACCESS: 180 };
const mostDays = 730;

/** A tier comes once, has its own least days, and the deep archive comes last (F384). */
function checkDays({ Tierings }: ValueOf<typeof item>): void {
  const [first, second] = Tierings;
  if (first?.AccessTier === second?.AccessTier)
    throw new S3Error('TieringRepeated').quoting({ AccessTier: first?.AccessTier });
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
