import type { Upload } from '../../model/uploads/upload';
import { readOpenUpload, readUpload, versionIdOfUpload } from '../../model/uploads/uploads';
import { S3Error } from '../../refusals/s3-error';
import type { Context, RequestContext } from '../operation';

/** The id of a version that is not there yet (F1620). */
export function uploadVersionOutput({ store, bucket, request: { dialect } }: Context, upload: Upload): VersionOutput {
  const id = dialect.objects.tellVersionsOfUploads ? versionIdOfUpload(store, bucket, upload) : undefined;
  return id === undefined ? {} : { VersionId: id };
}

export interface VersionOutput {
  readonly VersionId?: string;
}

/** A request about an upload, before S3 asks for the right of its caller. */
export interface EarlyRequest {
  readonly context: RequestContext;
  readonly Key: string;
  readonly UploadId: string;
}

interface NamedUpload {
  readonly Key?: string;
  readonly UploadId?: string;
}

/** Makes the early check of an operation of what carries out its order. */
export function early(check: (request: EarlyRequest) => void) {
  return (context: RequestContext, { Key = '', UploadId = '' }: NamedUpload) => check({ context, Key, UploadId });
}

/** An empty id counts as none beside a part number (F192). */
export function checkNamesUpload({ UploadId, context: { request } }: EarlyRequest): void {
  if (UploadId === '') throw new S3Error('PartNumberAlone').quoting({ partNumber: request.query.get('partNumber') });
}

export function checkIsOpen({ context: { bucket }, Key, UploadId }: EarlyRequest): void {
  readOpenUpload(bucket, Key, UploadId);
}

/** Checks that the upload was begun. It may have ended. */
export function checkWasBegun({ context: { bucket }, Key, UploadId }: EarlyRequest): void {
  readUpload(bucket, Key, UploadId);
}
