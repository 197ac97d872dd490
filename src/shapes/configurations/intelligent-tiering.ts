import { list, required, structure } from '../elements';
import { integer, text, words } from '../values';
import { objectFilter } from './filters';

const tiering = structure({
  Days: required(integer),
  AccessTier: required(words('ARCHIVE_ACCESS', 'DEEP_ARCHIVE_ACCESS')),
});

const configuration = structure({
  Id: required(text),
  Filter: objectFilter,
  Status: required(words('Enabled', 'Disabled')),
  Tierings: required(list(tiering, 'Tiering', [1, 2])),
});

/** The archive tiers of objects in INTELLIGENT_TIERING, each configuration with an id. */
export const intelligentTiering = list(configuration, 'IntelligentTieringConfiguration', [0, 1000]);
