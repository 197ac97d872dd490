import { writeHttpDate } from '../../formats/dates';
import type { Bucket } from '../../model/bucket';
import type { Store } from '../../model/store';
import { makeContent } from '../../model/versions/content';
import { writeNearKey } from '../../model/versions/near-keys';
import type { ObjectContent, ObjectVersion, Version } from '../../model/versions/version';
import { versionIdOf } from '../../model/versions/version-lookup';
import { putVersion } from '../../model/versions/writes';
import { findUnmetOfWrite, isTag, readWritePrecondition, sendLastETag } from '../../protocol/request/preconditions';
import { S3Error } from '../../refusals/s3-error';
import { blob, header, refusedFirst } from '../../shapes/places';
import type { SentPart } from '../../shapes/shape';
import { httpDate, long } from '../../shapes/values';
import { writeKey, writeValue } from '../../text/values';
import { readNewAcl } from '../members/acl';
import { newObjectActions } from '../members/actions';
import { checkCustomerKeyAllowed, checkNewCustomerKey, encryptionMembers } from '../members/encryption';
import { expirationMember, expirationOutput } from '../members/lifecycle';
import { checkKeptBody, readNewLock } from '../members/object-lock';
import {
  answeredClass,
  checksumMembers,
  checksumOutput,
  contentLengthMember,
  type DescribingInput,
  findSentChecksum,
  findSentMd5,
  newObjectMembers,
  readDescription,
  versionIdMember,
  writtenClassMember,
} from '../members/objects';
import { type NamedProtection, newProtectionMembers, readProtection } from '../members/protection';
import { type Context, operation, refusedOperation } from '../operation';

/** The members of an answer to a write in one piece, in S3's order. */
export const newObjectOutput = {
  ...expirationMember,
  ...versionIdMember,
  ...encryptionMembers,
  ETag: header('ETag'),
  ...checksumMembers,
  ...writtenClassMember,
};

export const putObject = operation('PUT /{Bucket}/{Key+}', {
  action: newObjectActions,
  checkBlocked: readNewAcl,
  checkCustomerKey: checkNewCustomerKey,
  streaming: true,
  input: {
    ...newObjectMembers,
    ...newProtectionMembers,
    ...contentLengthMember,
    IfMatch: header('If-Match'),
    IfNoneMatch: header('If-None-Match'),
    WriteOffsetBytes: refusedFirst(
      header('x-amz-write-offset-bytes', long, { dialect: 'aws', ignoredBy: 'both' }),
      refusalForDirectory,
    ),
    Body: blob(),
  },
  output: newObjectOutput,
  handle(context, input) {
    const { Key } = input;
    checkStrayParameters(context.request.query);
    const object = readNewObject(context, input);
    checkWriteCondition(context, Key);
    return storeNewObject(context, Key, object);
  },
});

/** Only directory buckets append to an object or rename it (F1150). */
function refusalForDirectory({ headers, query }: SentPart): S3Error | undefined {
  if (query.has('renameObject')) return new S3Error('QueryNotImplemented', { QueryParameter: 'renameObject' });
  const Header = 'x-amz-write-offset-bytes';
  return headers.has(Header) ? new S3Error('HeaderNotImplemented', { Header }) : undefined;
}

const renameMembers = {
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

/** F1150 */
export const renameObject = refusedOperation('PUT /{Bucket}/{Key+}', {
  dialect: 'aws',
  requires: 'x-amz-rename-source',
  action: 's3:PutObject',
  input: renameMembers,
  alwaysRefuses: () => new S3Error('HeaderNotImplemented', { Header: 'x-amz-rename-source' }),
});

interface NewObjectInput extends DescribingInput, NamedProtection {
  readonly Body?: Uint8Array;
  readonly Metadata?: ObjectContent['metadata'];
}

type NewObject = Omit<Parameters<typeof putVersion>[2], 'key'>;

export function readNewObject(context: Context, input: NewObjectInput): NewObject {
  const { store, bucket, request, now } = context;
  checkCustomerKeyAllowed(context, input, 's3:PutObject');
  const { tags, acl, metadata, headers, encryption, storageClass } = readDescription(context, input, input.Metadata);
  const lock = readNewLock(request, bucket, now);
  const protection = readProtection(input, bucket, now);
  checkKeptBody(request, bucket, lock, 'Put Object');
  const { Body: body = new Uint8Array() } = input;
  const sent = { checksum: findSentChecksum(request), md5: findSentMd5(request) };
  return {
    content: makeContent(store.ids, { body, metadata, headers, encryption, storageClass, ...sent }),
    tags,
    lock,
    protection,
    acl,
  };
}

export function storeNewObject({ store, bucket, request, now }: Context, key: string, object: NewObject) {
  const { content } = object;
  const version = putVersion(store, bucket, {
    ...object,
    key,
    created: now,
    idForm: request.dialect.objects.versionIds,
  });
  return {
    Expiration: expirationOutput(bucket, version),
    VersionId: writtenVersionId(store, version),
    ...content.encryption,
    ETag: `"${content.etag}"`,
    ...checksumOutput(content.checksum),
    StorageClass: answeredClass(content),
  };
}

/** Throws if the query names a version or a part: a write by itself addresses neither. */
export function checkStrayParameters(parameters: ReadonlyMap<string, string>): void {
  checkNoVersionId(parameters);
  const partNumber = parameters.get('partNumber');
  if (partNumber !== undefined) throw new S3Error('PartNumberAlone').quoting({ partNumber });
}

export function checkNoVersionId(parameters: ReadonlyMap<string, string>): void {
  const ArgumentValue = parameters.get('versionId');
  if (ArgumentValue !== undefined) throw new S3Error('VersionIdNotAccepted', { ArgumentValue });
}

/** Returns undefined for the null version (F53). */
export function writtenVersionId(store: Store, version: Version): string | undefined {
  return version.explicitId === 'null' ? undefined : versionIdOf(store, version);
}

/** A delete marker is not an object (F66). */
export function checkWriteCondition({ store, bucket, request }: Context, Key: string): void {
  const { headers, dialect } = request;
  if (dialect.objects.takeConditionsOfReads) checkAsRead(bucket, Key, headers);
  else checkAsWrite(store, bucket, Key, headers);
}

function checkAsWrite(store: Store, bucket: Bucket, Key: string, headers: ReadonlyMap<string, string>): void {
  const condition = readWritePrecondition(headers);
  if (condition === undefined) return;
  if (condition.kind === 'matches') checkETag(requireCurrentObject(store, bucket, Key), condition.etag);
  else if (bucket.versions.currentObject(Key))
    throw new S3Error(
      'PreconditionFailed',
      { Condition: 'If-None-Match' },
      `${writeKey(Key)} has an object, and IfNoneMatch: '*' writes only where there is none`,
    );
}

function checkAsRead({ versions }: Bucket, Key: string, headers: ReadonlyMap<string, string>): void {
  const object = versions.currentObject(Key);
  const present = object && { etag: object.content.etag, lastModified: object.created };
  const Condition = findUnmetOfWrite(headers, present);
  if (Condition === undefined) return;
  const why = present
    ? `the object's ETag is "${present.etag}", and its Last-Modified ${writeHttpDate(present.lastModified)}`
    : `${Key} has no object`;
  throw new S3Error('PreconditionFailed', { Condition }, why);
}

/** A delete marker is not one (F66, F74). */
export function requireCurrentObject(store: Store, bucket: Bucket, Key: string): ObjectVersion {
  const current = bucket.versions.currentObject(Key);
  if (current) return current;
  const near = writeNearKey(store, bucket, Key);
  throw new S3Error('NoSuchKey', { Key }, `If-Match was sent, and the key has no object${near}`);
}

export function checkETag({ content: { etag } }: ObjectVersion, expected: string, Condition = 'If-Match'): void {
  if (isTag(expected, etag)) return;
  const why = `the object's ETag is "${etag}", and ${Condition} is ${writeValue(expected)}${sendLastETag}`;
  throw new S3Error('PreconditionFailed', { Condition }, why);
}
