import type { ConfigurationName } from '../../shapes/configurations';
import { abac } from './abac';
import { analytics } from './analytics';
import type { Configuration } from './configuration';
import { intelligentTiering } from './intelligent-tiering';
import { inventory } from './inventory';
import { metrics } from './metrics';
import { ownershipControls } from './ownership-controls';
import { publicAccessBlock } from './public-access-block';
import { requestPayment } from './request-payment';

/** The configurations of a bucket by name. */
export const configurations: { readonly [Name in ConfigurationName]: Configuration<Name> } = {
  abac,
  analytics,
  intelligentTiering,
  inventory,
  metrics,
  ownershipControls,
  publicAccessBlock,
  requestPayment,
};

/** The names of the configurations, in the order in which fixtures are read. */
export const configurationNames = Object.keys(configurations) as readonly ConfigurationName[]; // its own keys
