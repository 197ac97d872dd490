import type { OperationName } from '../table';

const reasons: readonly (readonly [reason: string, ...operations: OperationName[]])[] = [
  [
    'it makes or changes tables of S3 Tables, another service',
    'CreateBucketMetadataConfiguration',
    'CreateBucketMetadataTableConfiguration',
    'DeleteBucketMetadataTableConfiguration',
    'UpdateBucketMetadataAnnotationTableConfiguration',
    'UpdateBucketMetadataInventoryTableConfiguration',
    'UpdateBucketMetadataJournalTableConfiguration',
  ],
  ['S3 has ended torrents, and answers 405', 'GetObjectTorrent'],
  ['only directory buckets have it, which the mock does not answer for', 'RenameObject'],
  ['S3 Select needs an engine of SQL, and is closed to new customers', 'SelectObjectContent'],
];

/**
 * Why this library lacks an operation, for the journal and for docs/reference/operations.md. An operation that has no reason here has not been built
 * so far.
 */
export const reasonsOfLack: ReadonlyMap<string, string> = new Map(
  reasons.flatMap(([reason, ...names]) => names.map((name) => [name, reason] as const)),
);
