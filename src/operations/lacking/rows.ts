import { S3Error } from '../../refusals';
import { notImplemented } from '../operation';
import { sentMembers } from './sent-members';

const aws = { dialect: 'aws' } as const;

export const lackingOperations = {
  CreateBucketMetadataConfiguration: notImplemented('POST /{Bucket}?metadataConfiguration', {
    action: 's3:CreateBucketMetadataTableConfiguration',
    ...aws,
    input: sentMembers.CreateBucketMetadataConfiguration,
  }),
  CreateBucketMetadataTableConfiguration: notImplemented('POST /{Bucket}?metadataTable', {
    action: 's3:CreateBucketMetadataTableConfiguration',
    ...aws,
    input: sentMembers.CreateBucketMetadataTableConfiguration,
  }),
  DeleteBucketMetadataTableConfiguration: notImplemented('DELETE /{Bucket}?metadataTable', {
    ...aws,
    action: 's3:DeleteBucketMetadataTableConfiguration',
  }),
  GetObjectTorrent: notImplemented('GET /{Bucket}/{Key+}?torrent', {
    ...aws,
    // A request for a torrent names no version.
    action: 's3:GetObjectTorrent',
  }),
  SelectObjectContent: notImplemented('POST /{Bucket}/{Key+}?select', {
    // With any select-type, and without (F22).
    action: 's3:GetObject',
    ...aws,
    input: sentMembers.SelectObjectContent,
    refusalOfAnonymous: () => new S3Error('AnonymousNotAllowed'),
  }),
  UpdateBucketMetadataAnnotationTableConfiguration: notImplemented('PUT /{Bucket}?metadataAnnotationTable', {
    action: 's3:UpdateBucketMetadataAnnotationTableConfiguration',
    ...aws,
    input: sentMembers.UpdateBucketMetadataAnnotationTableConfiguration,
  }),
  UpdateBucketMetadataInventoryTableConfiguration: notImplemented('PUT /{Bucket}?metadataInventoryTable', {
    action: 's3:UpdateBucketMetadataInventoryTableConfiguration',
    ...aws,
    input: sentMembers.UpdateBucketMetadataInventoryTableConfiguration,
  }),
  UpdateBucketMetadataJournalTableConfiguration: notImplemented('PUT /{Bucket}?metadataJournalTable', {
    action: 's3:UpdateBucketMetadataJournalTableConfiguration',
    ...aws,
    input: sentMembers.UpdateBucketMetadataJournalTableConfiguration,
  }),
};

const reasons: readonly (readonly [reason: string, ...operations: (keyof typeof lackingOperations)[]])[] = [
  [
    'it makes or changes tables of S3 Tables, another service',
    'CreateBucketMetadataConfiguration',
    'CreateBucketMetadataTableConfiguration',
    'DeleteBucketMetadataTableConfiguration',
    'UpdateBucketMetadataAnnotationTableConfiguration',
    'UpdateBucketMetadataInventoryTableConfiguration',
    'UpdateBucketMetadataJournalTableConfiguration',
  ],
  ['S3 no longer supports torrents, and answers 405', 'GetObjectTorrent'],
  ['S3 Select needs an SQL engine, and is closed to new customers', 'SelectObjectContent'],
];

/** The reasons, for the journal and docs/reference/operations.md. An operation without a reason has not been built so far. */
export const reasonsOfLack: ReadonlyMap<string, string> = new Map(
  reasons.flatMap(([reason, ...names]) => names.map((name) => [name, reason] as const)),
);
