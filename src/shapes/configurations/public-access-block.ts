import { structure } from '../elements';
import { boolean } from '../values';

/** The switches that keep a bucket from being public. */
export const publicAccessBlock = structure({
  BlockPublicAcls: boolean,
  IgnorePublicAcls: boolean,
  BlockPublicPolicy: boolean,
  RestrictPublicBuckets: boolean,
});
