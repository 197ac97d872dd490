import type { Protection } from '../../model/protection';
import type { ObjectVersion } from '../../model/versions/version';
import { S3Error } from '../../refusals/s3-error';
import { changeableVersion } from '../objects/addressing';
import type { Context } from '../operation';

/** An object with a retention. */
export interface ProtectedVersion extends ObjectVersion {
  readonly protection: Protection;
}

/** The object whose retention or holds a request changes, or throws COS's refusals. */
export function protectedVersion(context: Context, key: string): ProtectedVersion {
  const version = changeableVersion(context, { bucket: context.bucket, key });
  const { protection } = version;
  if (protection) return { ...version, protection };
  throw new S3Error('ObjectUnprotected', {}, 'the object was written while its bucket had no retention policy');
}
