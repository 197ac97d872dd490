import type { ConfigurationName, FamilyName } from '../../shapes/configurations';
import { abac } from './abac';
import { accelerate } from './accelerate';
import { analytics } from './analytics';
import type { Configuration } from './configuration';
import { cors } from './cors';
import { encryption } from './encryption';
import type { Family } from './family';
import { intelligentTiering } from './intelligent-tiering';
import { inventory } from './inventory';
import { logging } from './logging';
import { metrics } from './metrics';
import { notification } from './notification';
import { ownershipControls } from './ownership-controls';
import { protection } from './protection';
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
  protection,
  replication,
  requestPayment,
  website,
};

/** Those of which a bucket has many. */
export const families: { readonly [Name in FamilyName]: Family<Name> } = {
  analytics,
  intelligentTiering,
  inventory,
  metrics,
};

/** The names of the configurations, in the order in which fixtures are read. */
export const configurationNames = Object.keys(configurations) as readonly ConfigurationName[]; // its own keys
