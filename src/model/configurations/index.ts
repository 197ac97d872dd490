import type { ConfigurationName } from '../../shapes/configurations';
import { abac } from './abac';
import { accelerate } from './accelerate';
import { analytics } from './analytics';
import type { Configuration } from './configuration';
import { cors } from './cors';
import { encryption } from './encryption';
import { intelligentTiering } from './intelligent-tiering';
import { inventory } from './inventory';
import { logging } from './logging';
import { metrics } from './metrics';
import { notification } from './notification';
import { ownershipControls } from './ownership-controls';
import { publicAccessBlock } from './public-access-block';
import { replication } from './replication';
import { requestPayment } from './request-payment';
import { website } from './website';

/** The configurations of a bucket by name. */
export const configurations: { readonly [Name in ConfigurationName]: Configuration<Name> } = {
  ownershipControls,
  publicAccessBlock,
  abac,
  accelerate,
  analytics,
  cors,
  encryption,
  intelligentTiering,
  inventory,
  logging,
  metrics,
  notification,
  replication,
  requestPayment,
  website,
};

/** The names of the configurations, in the order in which fixtures are read. */
export const configurationNames = Object.keys(configurations) as readonly ConfigurationName[]; // its own keys
