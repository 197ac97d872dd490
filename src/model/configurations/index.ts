import type { ConfigurationName } from '../../shapes/configurations';
import type { Configuration } from './configuration';
import { logging } from './logging';
import { notification } from './notification';
import { ownershipControls } from './ownership-controls';
import { publicAccessBlock } from './public-access-block';
import { replication } from './replication';
import { requestPayment } from './request-payment';

/** The configurations of a bucket by name. */
export const configurations: { readonly [Name in ConfigurationName]: Configuration<Name> } = {
  logging,
  notification,
  ownershipControls,
  publicAccessBlock,
  replication,
  requestPayment,
};

/** The names of the configurations, in the order in which fixtures are read. */
export const configurationNames = Object.keys(configurations) as readonly ConfigurationName[]; // its own keys
