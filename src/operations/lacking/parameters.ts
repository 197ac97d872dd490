import { header, query, sentBody } from '../../protocol/document/binding';
import { integer, timestamp, word } from '../../protocol/document/values';

/**
 * The members of operations that the mock lacks which are headers or parameters of the query (F231).
 * @module
 */

const httpDate = timestamp('http-date');

const annotationName = { AnnotationName: query('annotationName') };

/** Members of DeleteObjectAnnotation. */
export const annotationMembers = { ...annotationName, ObjectIfMatch: header('x-amz-object-if-match') };

/** Members of GetObjectAnnotation. */
export const annotationReadMembers = {
  ...annotationName,
  ChecksumMode: header('x-amz-checksum-mode', word<'ENABLED'>()),
};

/** Members of PutObjectAnnotation. */
export const annotationWriteMembers = { ...annotationMembers, AnnotationPayload: sentBody() };

/** Members of ListObjectAnnotations. */
export const annotationListMembers = {
  ContinuationToken: query('continuation-token'),
  AnnotationPrefix: query('annotation-prefix'),
  MaxAnnotationResults: query('max-annotation-results', integer, { ignoredBy: 'both' }),
};

/** Members of RenameObject. */
export const renameMembers = {
  RenameSource: header('x-amz-rename-source'),
  DestinationIfMatch: header('If-Match'),
  DestinationIfNoneMatch: header('If-None-Match'),
  DestinationIfModifiedSince: header('If-Modified-Since', httpDate, { ignoredBy: 'both' }),
  DestinationIfUnmodifiedSince: header('If-Unmodified-Since', httpDate, { ignoredBy: 'both' }),
  SourceIfMatch: header('x-amz-rename-source-if-match'),
  SourceIfNoneMatch: header('x-amz-rename-source-if-none-match'),
  SourceIfModifiedSince: header('x-amz-rename-source-if-modified-since', httpDate, { ignoredBy: 'both' }),
  SourceIfUnmodifiedSince: header('x-amz-rename-source-if-unmodified-since', httpDate, { ignoredBy: 'both' }),
  ClientToken: header('x-amz-client-token'),
};
