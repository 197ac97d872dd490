import type { Shape, ValueOf } from '../shape';
import { abac } from './abac';
import { accelerate } from './accelerate';
import { analytics } from './analytics';
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

/** The shape of each configuration of a bucket, under the name that fixtures and handles have for it. */
export const configurationShapes = {
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
  ownershipControls,
  publicAccessBlock,
  replication,
  requestPayment,
  website,
};

/** The shapes by name, with their types. */
export type ConfigurationShapes = typeof configurationShapes;

/** The name of a configuration: `'publicAccessBlock'`. */
export type ConfigurationName = keyof ConfigurationShapes;

/** The name of a family: of its configurations a bucket has many, each with an id. */
export type FamilyName = {
  [Name in ConfigurationName]: ConfigurationShapes[Name] extends { readonly item: Shape } ? Name : never;
}[ConfigurationName];

/** The name of a configuration that is one document. */
export type DocumentName = Exclude<ConfigurationName, FamilyName>;

/** The values of configurations, as SDKs write them. */
export type ConfigurationValues = { readonly [Name in ConfigurationName]: ValueOf<ConfigurationShapes[Name]> };

/**
 * The configurations that were put on a bucket. A member is absent until it is first put, and null after it was deleted if that is
 * something else to S3.
 */
export type StoredConfigurations = {
  readonly [Name in ConfigurationName]?: ConfigurationValues[Name] | null | undefined;
};
