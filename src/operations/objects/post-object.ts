import { checksumAlgorithms } from '../../formats/digests';
import { checkFileSize } from '../../model/post-policy/evaluation';
import { checkObjectTags } from '../../model/tagging';
import { writeElements } from '../../protocol/document/elements';
import type { S3Request } from '../../protocol/request/request';
import { element } from '../../shapes/elements';
import {
  type ByteArray,
  blob,
  documentField,
  field,
  fileName,
  header,
  label,
  prefixHeaders,
  status,
} from '../../shapes/places';
import { text, word } from '../../shapes/values';
import { parseUrl } from '../../text/parsed-url';
import { readNewAcl } from '../members/acl';
import { newObjectActions } from '../members/actions';
import { plainETag } from '../members/checksums';
import { newEncryptionMembers } from '../members/encryption';
import { encodeComponent, writeLocation } from '../members/location';
import { newLockMembers } from '../members/object-lock';
import { newObjectMembers, systemMembers } from '../members/objects';
import { newProtectionMembers } from '../members/protection';
import { operation } from '../operation';
import { tagSet } from '../tagging/tagging';
import { checkWriteCondition, newObjectOutput, readNewObject, storeNewObject } from './write';

const created = { Location: element(text), Bucket: element(text), Key: element(text), ETag: plainETag };

const { Expires, ContentType, StorageClass, ACL } = newObjectMembers;

/** https://docs.aws.amazon.com/AmazonS3/latest/API/RESTObjectPOST.html */
export const postObject = operation('POST /{Bucket}', {
  takesForm: true,
  // S3 asks for the right to tag an object if the form has the field.
  action: ({ Tagging, ...input }, rules) =>
    newObjectActions({ ...input, ...(Tagging && { Tagging: 'a document' }) }, rules),
  checkBlocked: readNewAcl,
  input: {
    Key: label(),
    ...systemMembers,
    Expires,
    ...newEncryptionMembers,
    ...newLockMembers,
    ...newProtectionMembers,
    ContentType,
    // The fields of a form are text as it is, without encoded words (F563).
    Metadata: prefixHeaders('x-amz-meta-'),
    StorageClass,
    ACL,
    ChecksumAlgorithm: header('x-amz-checksum-algorithm', word(...checksumAlgorithms)),
    Tagging: documentField('tagging', 'Tagging', { TagSet: tagSet }),
    SuccessActionStatus: field('success_action_status'),
    SuccessActionRedirect: field('success_action_redirect', 'redirect'),
    Policy: field('policy'),
    Filename: fileName(),
    Body: blob(),
  },
  output: {
    ...newObjectOutput,
    Location: header('Location'),
    ContentType: header('Content-Type'),
    Body: blob(),
    StatusCode: status<200 | 201 | 204 | 303>(),
  },
  handle(context, { Key, Tagging, SuccessActionStatus, SuccessActionRedirect, ...input }) {
    const { request, bucket, policy } = context;
    const tags = Tagging?.TagSet ?? [];
    checkObjectTags(tags, request.dialect.tags);
    const object = { ...readNewObject(context, input), tags };
    if (policy) checkFileSize(policy, request.body.length);
    // AWS does not read the conditions of a form.
    if (request.dialect.objects.takeConditionsOfReads) checkWriteCondition(context, Key);
    const output = storeNewObject(context, Key, object);
    const stored = { Bucket: bucket.name, Key, ETag: output.ETag };
    return { ...output, ...makeAnswer(request, stored, SuccessActionStatus, SuccessActionRedirect) };
  },
});

interface Stored {
  readonly Bucket: string;
  readonly Key: string;
  readonly ETag: string;
}

/** A redirect counts before a status, and any other status than 200 and 201 is 204 (F570). */
function makeAnswer(request: S3Request, stored: Stored, status: string | undefined, redirect: string | undefined) {
  const place = redirect === undefined ? undefined : placeAfter(redirect, stored);
  if (place !== undefined) return { StatusCode: 303, Location: place } as const;
  const Location = writeLocation(request, stored.Bucket, stored.Key);
  if (status === '201')
    return {
      StatusCode: 201,
      Location,
      ContentType: 'application/xml',
      Body: writeDocument(request, { Location, ...stored }),
    } as const;
  return { StatusCode: status === '200' ? 200 : 204, Location } as const;
}

/** Returns the address with the object in its query; undefined if it is not an address on the web (F570). */
function placeAfter(redirect: string, { Bucket, Key, ETag }: Stored): string | undefined {
  if (!/^https?:\/\/[\x20-\x7e]+$/i.test(redirect) || parseUrl(redirect) === undefined) return undefined;
  const query = Object.entries({ bucket: Bucket, key: Key, etag: ETag }).map(
    ([name, value]) => `${name}=${encodeComponent(value)}`,
  );
  return `${redirect}${redirect.includes('?') ? '&' : '?'}${query.join('&')}`;
}

/** The document has no namespace. */
function writeDocument(
  { dialect: { documents } }: S3Request,
  values: Stored & { readonly Location: string },
): ByteArray {
  return Buffer.from(`${documents.declaration}<PostResponse>${writeElements(created, values)}</PostResponse>`);
}
