import { aws } from './aws';
import type { Dialect } from './dialect';
import { ibmCos } from './ibm-cos';

export { aws } from './aws';
export type { BucketLocation, Dialect, Person, RefusedRequest, Stamp } from './dialect';
export { ibmCos } from './ibm-cos';

export const dialects: { readonly [Name in Dialect['name']]: Dialect } = { aws, 'ibm-cos': ibmCos };
