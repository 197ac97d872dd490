import { type Action, type ActionName, actions, findAction } from '../model/access/actions';
import { hintFor } from '../text/spelling';
import { writeGiven } from '../text/values';

/** Operations whose action has another name, since a test may ask for them by theirs. */
export const actionsOfOperations: Readonly<Record<string, ActionName>> = {
  CompleteMultipartUpload: 's3:PutObject',
  CopyObject: 's3:PutObject',
  CreateMultipartUpload: 's3:PutObject',
  DeleteObjects: 's3:DeleteObject',
  DeletePublicAccessBlock: 's3:PutBucketPublicAccessBlock',
  GetBucketCors: 's3:GetBucketCORS',
  GetBucketEncryption: 's3:GetEncryptionConfiguration',
  GetBucketLifecycleConfiguration: 's3:GetLifecycleConfiguration',
  GetBucketReplication: 's3:GetReplicationConfiguration',
  GetObjectLockConfiguration: 's3:GetBucketObjectLockConfiguration',
  GetPublicAccessBlock: 's3:GetBucketPublicAccessBlock',
  HeadBucket: 's3:ListBucket',
  HeadObject: 's3:GetObject',
  ListBuckets: 's3:ListAllMyBuckets',
  ListMultipartUploads: 's3:ListBucketMultipartUploads',
  ListObjectVersions: 's3:ListBucketVersions',
  ListObjects: 's3:ListBucket',
  ListObjectsV2: 's3:ListBucket',
  ListParts: 's3:ListMultipartUploadParts',
  PutBucketCors: 's3:PutBucketCORS',
  PutBucketEncryption: 's3:PutEncryptionConfiguration',
  PutBucketLifecycleConfiguration: 's3:PutLifecycleConfiguration',
  PutBucketReplication: 's3:PutReplicationConfiguration',
  PutObjectLockConfiguration: 's3:PutBucketObjectLockConfiguration',
  PutPublicAccessBlock: 's3:PutBucketPublicAccessBlock',
  UploadPart: 's3:PutObject',
  UploadPartCopy: 's3:PutObject',
};

/** Reads the action that a test asks for. Throws a TypeError for any other value, in which it looks for the name of an operation. */
export function readAction(at: string, given: unknown): Action {
  const found = typeof given === 'string' ? findAction(given) : undefined;
  if (found !== undefined && found.name === given) return found;
  throw new TypeError(
    `${at}: there is no action ${writeGiven(given)}. Give an action of S3 as policies name it, such as 's3:GetObject'.${hintOf(given)}`,
  );
}

function hintOf(given: unknown): string {
  const names = actions.map(({ name }) => name);
  if (typeof given !== 'string') return hintFor(given, names);
  const short = given.replace(/^s3:/, '');
  if (Object.hasOwn(actionsOfOperations, short)) return ` ${short} needs ${actionsOfOperations[short]}.`;
  const full = findAction(`s3:${short}`);
  return full === undefined ? hintFor(given, names) : ` Did you mean ${full.name}?`;
}
