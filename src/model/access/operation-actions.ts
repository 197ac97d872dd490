import { hintFor } from '../../text/spelling';
import { type ActionName, findAction, findCounterpart } from './actions';
import { type AskedAction, stsActionsMatching } from './sts-actions';

/** The operations whose action has another name. A test or a policy can name such an operation in place of its action. */
export const actionsOfOperations: ReadonlyMap<string, ActionName> = new Map<string, ActionName>(
  Object.entries({
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
  } as const),
);

export function isMisnamed(pattern: string, action: AskedAction): boolean {
  if (!/^(?:s3|sts):[^*?]*$/i.test(pattern) || findAction(pattern) !== undefined) return false;
  if (stsActionsMatching(pattern).length > 0) return false;
  return findMeantOperation(pattern, action) !== undefined || hintFor(pattern, [action]) !== '';
}

export function findMeantOperation(pattern: string, action: AskedAction): string | undefined {
  const name = pattern.slice('s3:'.length).toLowerCase();
  const current = findCounterpart(action);
  for (const [operation, needed] of actionsOfOperations)
    if (operation.toLowerCase() === name && (needed === action || needed === current)) return operation;
  return undefined;
}
