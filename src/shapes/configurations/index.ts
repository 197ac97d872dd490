import type { ValueOf } from '../shape';
import { accelerate } from './accelerate';
import { encryption } from './encryption';
import { ownershipControls } from './ownership-controls';
import { publicAccessBlock } from './public-access-block';
import { requestPayment } from './request-payment';

/** The shape of each configuration of a bucket, under the name that fixtures and handles have for it. */
export const configurationShapes = { accelerate, encryption, ownershipControls, publicAccessBlock, requestPayment };

/** The shapes by name, with their types. */
export type ConfigurationShapes = typeof configurationShapes;

/** The name of a configuration: `'publicAccessBlock'`. */
export type ConfigurationName = keyof ConfigurationShapes;

/** The values of configurations, as SDKs write them. */
export type ConfigurationValues = { readonly [Name in ConfigurationName]: ValueOf<ConfigurationShapes[Name]> };

/**
 * The configurations that were put on a bucket. A member is absent until it is first put, and null after it was deleted if that is
 * something else to S3.
 */
export type StoredConfigurations = {
  readonly [Name in ConfigurationName]?: ConfigurationValues[Name] | null | undefined;
};
