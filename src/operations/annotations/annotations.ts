import { mayRemove, refusalForLocked } from '../../model/object-lock';
import {
  checkAnnotationBody,
  checkAnnotationName,
  checkAnnotationPrefix,
  checkTakesAnnotations,
  findAnnotation,
  makeAnnotation,
  pageAnnotations,
  withAnnotation,
  withoutAnnotation,
} from '../../model/versions/annotations';
import { writePageToken } from '../../model/versions/page-token';
import type { ObjectVersion } from '../../model/versions/version';
import { S3Error } from '../../refusals/s3-error';
import { element, list, required, wrappedList } from '../../shapes/elements';
import { type ByteArray, blob, header, query, requiredQuery } from '../../shapes/places';
import {
  dateWithMilliseconds,
  httpDate,
  integer,
  long,
  orIfEmpty,
  ranging,
  sentText,
  text,
  word,
} from '../../shapes/values';
import { versioned } from '../members/actions';
import { checkKmsKey, encryptionMembers } from '../members/encryption';
import { readContinuationToken } from '../members/listings';
import { bypassAction, bypassMember } from '../members/object-lock';
import { checksumMembers, checksumOutput, findSentChecksum, findSentMd5, givenVersionId } from '../members/objects';
import { answeredVersionId, requireChangeableVersion } from '../objects/addressing';
import { readChecksumMode, refusalForChecksumMode } from '../objects/read';
import { checkETag } from '../objects/write';
import { operation, type SearchContext } from '../operation';

const VersionId = query('versionId', givenVersionId, { stage: 'query' });
const named = { AnnotationName: requiredQuery('annotationName', 'UserAnnotationNameMustBeSpecified'), VersionId };
const condition = { ObjectIfMatch: header('x-amz-object-if-match') };

const ObjectVersionId = header('x-amz-object-version-id');
const { ServerSideEncryption } = encryptionMembers;

export const putObjectAnnotation = operation('PUT /{Bucket}/{Key+}?annotation&annotationName={}', {
  action: versioned('s3:PutObjectAnnotation', 's3:PutObjectVersionAnnotation'),
  dialect: 'aws',
  streaming: true,
  root: 'PutObjectAnnotationOutput',
  input: { ...named, ...condition, AnnotationPayload: blob() },
  output: {
    Key: element(text),
    AnnotationName: element(text),
    ObjectVersionId,
    ETag: header('ETag'),
    ...checksumMembers,
    ServerSideEncryption,
  },
  handle(context, { Key, AnnotationName: name, AnnotationPayload: body = new Uint8Array(), ...input }) {
    const { store, bucket, request, now } = context;
    const version = annotatedVersion(context, Key, input.VersionId);
    const { encryption } = version.content;
    checkObjectTag(version, input.ObjectIfMatch);
    checkAnnotationName(name);
    checkAnnotationBody(body);
    checkTakesAnnotations(encryption);
    checkKmsKey(context, encryption);
    const sent = { checksum: findSentChecksum(request), md5: findSentMd5(request) };
    const annotation = makeAnnotation(store.ids, { name, body, modified: now, encryption, ...sent });
    bucket.versions.replace(withAnnotation(version, annotation));
    return {
      Key,
      AnnotationName: name,
      ObjectVersionId: answeredVersionId(store, bucket, version),
      ETag: `"${annotation.etag}"`,
      ...checksumOutput(annotation.checksum),
      ServerSideEncryption: encryption.ServerSideEncryption,
    };
  },
});

export const getObjectAnnotation = operation('GET /{Bucket}/{Key+}?annotation&annotationName={}', {
  action: versioned('s3:GetObjectAnnotation', 's3:GetObjectVersionAnnotation'),
  findObject: annotatedVersion,
  dialect: 'aws',
  input: { ...named, ChecksumMode: header('x-amz-checksum-mode', word('ENABLED')) },
  output: {
    ObjectVersionId,
    LastModified: header('Last-Modified', httpDate),
    ContentLength: header('Content-Length', long),
    ETag: header('ETag'),
    ...checksumMembers,
    ServerSideEncryption,
    AnnotationPayload: blob(),
  },
  handle(context, { Key, AnnotationName, ChecksumMode, ...input }) {
    const { store, bucket } = context;
    const version = annotatedVersion(context, Key, input.VersionId);
    const annotation = findAnnotation(version, AnnotationName);
    if (!annotation) throw new S3Error('NoSuchAnnotation', { AnnotationName }, describeAnnotations(version));
    const withChecksum = readChecksumMode(ChecksumMode);
    if (withChecksum === undefined) throw refusalForChecksumMode(ChecksumMode);
    const { encryption } = version.content;
    checkKmsKey(context, encryption);
    const AnnotationPayload: ByteArray = annotation.body;
    return {
      ObjectVersionId: answeredVersionId(store, bucket, version),
      LastModified: new Date(annotation.modified),
      ContentLength: annotation.body.length,
      ETag: `"${annotation.etag}"`,
      ...(withChecksum && checksumOutput(annotation.checksum)),
      ServerSideEncryption: encryption.ServerSideEncryption,
      AnnotationPayload,
    };
  },
});

/** S3 refuses a text that is not a number, or is out of range, before it reads the caller (F846). */
const maxResults = ranging(orIfEmpty(integer, 1000), [1, 1000], 'MaxAnnotationResultsInvalid', {
  ArgumentValue: sentText,
});

export const listObjectAnnotations = operation('GET /{Bucket}/{Key+}?annotation', {
  action: versioned('s3:ListObjectAnnotations', 's3:ListObjectVersionAnnotations'),
  findObject: annotatedVersion,
  dialect: 'aws',
  root: 'ListObjectAnnotationsOutput',
  input: {
    VersionId,
    MaxAnnotationResults: query('max-annotation-results', maxResults, { stage: 'query' }),
    AnnotationPrefix: query('annotation-prefix'),
    ContinuationToken: query('continuation-token'),
  },
  output: {
    Annotations: wrappedList(
      {
        AnnotationName: element(text),
        LastModified: element(dateWithMilliseconds),
        ETag: element(text),
        ChecksumAlgorithm: required(list(text)),
        Size: element(long),
      },
      'AnnotationEntry',
    ),
    Bucket: element(text),
    Key: element(text),
    ObjectVersionId,
    AnnotationPrefix: element(text),
    MaxAnnotationResults: element(integer),
    AnnotationCount: element(integer),
    ContinuationToken: element(text),
    NextContinuationToken: element(text),
  },
  handle(context, { Bucket, Key, AnnotationPrefix, MaxAnnotationResults, ContinuationToken, ...input }) {
    const { store, bucket, request } = context;
    const version = annotatedVersion(context, Key, input.VersionId);
    checkAnnotationPrefix(AnnotationPrefix ?? '');
    // An empty token is refused as well (F846).
    const after = ContinuationToken === undefined ? '' : readContinuationToken(listing, ContinuationToken);
    const limit = Math.min(MaxAnnotationResults ?? 1000, store.pageSize);
    const { items, isTruncated } = pageAnnotations(version, { prefix: AnnotationPrefix ?? '', after, limit });
    const last = items.at(-1);
    return {
      Annotations: items.map(({ name, modified, etag, checksum, body }) => ({
        AnnotationName: name,
        LastModified: request.dialect.answers.listedTime(modified),
        ETag: `"${etag}"`,
        ChecksumAlgorithm: [checksum.algorithm],
        Size: body.length,
      })),
      Bucket,
      Key,
      ObjectVersionId: answeredVersionId(store, bucket, version),
      AnnotationPrefix,
      MaxAnnotationResults,
      AnnotationCount: items.length,
      ContinuationToken,
      NextContinuationToken: isTruncated && last ? writePageToken(listing, last.name) : undefined,
    };
  },
});

const listing = 'annotations';

const removal = versioned('s3:DeleteObjectAnnotation', 's3:DeleteObjectVersionAnnotation');

export const deleteObjectAnnotation = operation('DELETE /{Bucket}/{Key+}?annotation&annotationName={}', {
  action: (input) => [removal(input), ...bypassAction(input.BypassGovernanceRetention)],
  dialect: 'aws',
  status: 204,
  input: { ...named, ...condition, ...bypassMember },
  output: { ObjectVersionId },
  handle(context, { Key, AnnotationName, ObjectIfMatch, BypassGovernanceRetention: bypass = false, ...input }) {
    const { store, bucket, now } = context;
    const version = annotatedVersion(context, Key, input.VersionId);
    checkObjectTag(version, ObjectIfMatch);
    // F845
    if (!mayRemove(version, now, bypass)) throw refusalForLocked(version, bypass);
    if (findAnnotation(version, AnnotationName)) bucket.versions.replace(withoutAnnotation(version, AnnotationName));
    else context.note(() => describeAnnotations(version));
    return { ObjectVersionId: answeredVersionId(store, bucket, version) };
  },
});

/** A delete marker has no annotations (F841). */
function annotatedVersion(context: SearchContext, key: string, versionId: string | undefined): ObjectVersion {
  return requireChangeableVersion(context, { bucket: context.bucket, key, versionId });
}

/** F841 */
function checkObjectTag(version: ObjectVersion, expected: string | undefined): void {
  if (expected !== undefined) checkETag(version, expected, 'x-amz-object-if-match');
}

function describeAnnotations({ annotations = [] }: ObjectVersion): string {
  const names = annotations.slice(0, 5).map(({ name }) => `'${name}'`);
  const more = annotations.length > names.length ? ` and ${annotations.length - names.length} more` : '';
  return names.length === 0 ? 'the version has no annotations' : `the version has ${names.join(', ')}${more}`;
}
