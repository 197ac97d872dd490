/**
 * The words that SDKs know for members which S3 reads as text, and refuses later or ignores.
 * @module
 */

export type BucketAcl = 'private' | 'public-read' | 'public-read-write' | 'authenticated-read';

export type ObjectAcl = BucketAcl | 'aws-exec-read' | 'bucket-owner-read' | 'bucket-owner-full-control';

/** The last classes belong to other services, and S3 refuses them in a write. */
export const storageClasses = [
  ...(['STANDARD', 'REDUCED_REDUNDANCY', 'STANDARD_IA', 'INTELLIGENT_TIERING', 'ONEZONE_IA', 'GLACIER_IR'] as const),
  ...(['GLACIER', 'DEEP_ARCHIVE', 'EXPRESS_ONEZONE', 'OUTPOSTS', 'SNOW', 'FSX_OPENZFS', 'FSX_ONTAP'] as const),
  ...(['AWS_BACKUP_WARM', 'AWS_BACKUP_LOW_COST_WARM'] as const),
] as const;

export type StorageClass = (typeof storageClasses)[number];
