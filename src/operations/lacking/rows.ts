import { S3Error } from '../../refusals';
import { notImplemented } from '../operation';
import { sentMembers } from './sent-members';

const aws = { dialect: 'aws' } as const;

/** The operations of S3 that this library lacks. Each is recorded under its own name and answers S3MockNotImplemented. */
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
  RenameObject: notImplemented('PUT /{Bucket}/{Key+}', {
    action: 's3:PutObject',
    ...aws,
    requires: 'x-amz-rename-source',
    input: sentMembers.RenameObject,
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
