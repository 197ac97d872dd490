import type { Bucket } from '../../model/bucket';
import type { Store } from '../../model/store';
import { makeContent } from '../../model/versions/content';
import type { Version } from '../../model/versions/version';
import { versionIdOf } from '../../model/versions/version-lookup';
import { putVersion } from '../../model/versions/writes';
import { blob, header } from '../../protocol/document/binding';
import { long } from '../../protocol/document/values';
import { matches, readWriteCondition } from '../../protocol/request/conditions';
import { S3Error } from '../../refusals/s3-error';
import { readNewAcl } from '../members/acls';
import { newObjectActions } from '../members/actions';
import { checkCustomerKeyAllowed, writtenEncryption, writtenEncryptionMembers } from '../members/encryption';
import { expirationMember, expirationOutput } from '../members/lifecycle';
import { readLock, requireDigest } from '../members/object-lock';
import {
  checksumMembers,
  checksumOutput,
  contentLengthMember,
  describe,
  newObjectMembers,
  sentChecksum,
  sentMd5,
  versionIdMember,
} from '../members/objects';
import { operation } from '../operation';

/** https://docs.aws.amazon.com/AmazonS3/latest/API/API_PutObject.html */
export const putObject = operation('PUT /{Bucket}/{Key+}', {
  action: newObjectActions,
  checkBlocked: readNewAcl,
  streaming: true,
  input: {
    ...newObjectMembers,
    ...contentLengthMember,
    IfMatch: header('If-Match'),
    IfNoneMatch: header('If-None-Match'),
    // Only directory buckets append to an object; S3 ignores the header elsewhere.
    WriteOffsetBytes: header('x-amz-write-offset-bytes', long, { ignoredBy: 'both' }),
    Body: blob(),
  },
  output: {
    ...expirationMember,
    ...versionIdMember,
    ...writtenEncryptionMembers,
    ETag: header('ETag'),
    ...checksumMembers,
  },
  handle(context, { Key, Body = new Uint8Array(), Metadata, ...input }) {
    const { store, bucket, request, now } = context;
    checkStrayParameters(request.query);
    checkCustomerKeyAllowed(context, input, 's3:PutObject');
    const { tags, acl, ...description } = describe(context, input, Metadata);
    const lock = readLock(request, bucket, now);
    requireDigest(request, bucket, lock, 'Put Object');
    const sent = { checksum: sentChecksum(request), md5: sentMd5(request) };
    const content = makeContent(store.ids, { ...description, body: Body, ...sent });
    checkWriteCondition(bucket, Key, request.headers);
    const version = putVersion(store, bucket, { key: Key, content, tags, lock, acl });
    return {
      Expiration: expirationOutput(bucket, version),
      VersionId: writtenVersionId(store, version),
      ...writtenEncryption(content.encryption, input),
      ETag: `"${content.etag}"`,
      ...checksumOutput(content.checksum),
    };
  },
});

/** Throws if the query names a version or a part: a write by itself addresses neither. */
export function checkStrayParameters(parameters: ReadonlyMap<string, string>): void {
  const ArgumentValue = parameters.get('versionId');
  if (ArgumentValue !== undefined) throw new S3Error('VersionIdNotAccepted', { ArgumentValue });
  const partNumber = parameters.get('partNumber');
  if (partNumber !== undefined) throw new S3Error('PartNumberAlone').quoting({ partNumber });
}

/** The version id in the answer to a write; undefined for the null version (F53). */
export function writtenVersionId(store: Store, version: Version): string | undefined {
  return version.givenId === 'null' ? undefined : versionIdOf(store, version);
}

/** Throws unless the condition of a write holds. A delete marker is not an object (F66). */
export function checkWriteCondition({ versions }: Bucket, Key: string, headers: ReadonlyMap<string, string>): void {
  const condition = readWriteCondition(headers);
  if (condition === undefined) return;
  if (condition instanceof S3Error) throw condition;
  const current = versions.currentObject(Key);
  if (condition.kind === 'absent') {
    if (current) throw new S3Error('PreconditionFailed', { Condition: 'If-None-Match' }, `${Key} has an object`);
    return;
  }
  if (!current) throw new S3Error('NoSuchKey', { Key }, 'If-Match was sent, and the key has no object');
  if (!matches(condition.etag, current.content.etag)) {
    throw new S3Error(
      'PreconditionFailed',
      { Condition: 'If-Match' },
      `the object's ETag is "${current.content.etag}"`,
    );
  }
}
