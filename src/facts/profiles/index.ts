import type { Profile } from '../profile';
import { cos, garage, localstack, minio, versitygw } from './documented';
import { moto } from './moto';
import { radosgw } from './radosgw';
import { s3rver } from './s3rver';

/** All profiles, by the names that `--profile` takes. */
export const profiles = {
  cos,
  garage,
  localstack,
  minio,
  moto,
  radosgw,
  s3rver,
  versitygw,
} satisfies Readonly<Record<string, Profile>>;
