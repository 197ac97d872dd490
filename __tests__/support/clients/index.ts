import { awsSdkV2 } from './aws-sdk-v2';
import { awsSdkV3 } from './aws-sdk-v3';
import { axioses } from './axios';
import { fetches } from './fetch';
import { minio } from './minio';
import { nodeHttps } from './node-https';
import type { ClientKind } from './story-client';

/** The clients that jest can load. Those that are only ES modules are in `esm.mts`. */
export const clients: readonly ClientKind[] = [
  ...awsSdkV3,
  ...awsSdkV2,
  ...minio,
  ...fetches,
  ...axioses,
  ...nodeHttps,
];
