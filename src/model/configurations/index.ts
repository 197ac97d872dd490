import type { ConfigurationName } from '../../shapes/configurations';
import { accelerate } from './accelerate';
import type { Configuration } from './configuration';
import { encryption } from './encryption';
import { ownershipControls } from './ownership-controls';
import { publicAccessBlock } from './public-access-block';
import { requestPayment } from './request-payment';

/** The configurations of a bucket by name. */
export const configurations: { readonly [Name in ConfigurationName]: Configuration<Name> } = {
  accelerate,
  encryption,
  ownershipControls,
  publicAccessBlock,
  requestPayment,
};

/** The names of the configurations, in the order in which fixtures are read. */
export const configurationNames = Object.keys(configurations) as readonly ConfigurationName[]; // its own keys
