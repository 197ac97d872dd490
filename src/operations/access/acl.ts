import type { Dialect } from '../../dialects';
import type { Bucket } from '../../model/bucket';
import { query } from '../../protocol/document/binding';
import { attribute, element, wrappedList } from '../../protocol/document/elements';
import { text } from '../../protocol/document/values';
import { S3Error } from '../../refusals/s3-error';
import { personElements } from '../members/listings';
import { givenVersionId, versionIdMember } from '../members/objects';
import { addressedObject, answeredVersionId } from '../objects/addressing';
import { operation } from '../operation';

const policy = {
  Owner: element(personElements),
  Grants: wrappedList(
    {
      Grantee: element({
        Namespace: attribute('xmlns:xsi', text),
        Type: attribute('xsi:type', text),
        ...personElements,
      }),
      Permission: element(text),
    },
    'Grant',
    'AccessControlList',
  ),
};

/** https://docs.aws.amazon.com/AmazonS3/latest/API/API_GetBucketAcl.html */
export const getBucketAcl = operation('GET /{Bucket}?acl', {
  root: 'AccessControlPolicy',
  contentType: 'application/xml',
  // A bucket has no versions. S3 says so here in other words than elsewhere (F73).
  refusalOfQuery(parameters) {
    const ArgumentValue = parameters.get('versionId');
    return ArgumentValue === undefined
      ? undefined
      : new S3Error('VersionIdInvalid', { ArgumentName: 'versionId', ArgumentValue });
  },
  output: policy,
  handle: ({ bucket, request }) => ownersPolicy(bucket, request.dialect),
});

/** https://docs.aws.amazon.com/AmazonS3/latest/API/API_GetObjectAcl.html */
export const getObjectAcl = operation('GET /{Bucket}/{Key+}?acl', {
  root: 'AccessControlPolicy',
  contentType: 'application/xml',
  input: { VersionId: query('versionId', givenVersionId, { stage: 'query' }) },
  output: { ...versionIdMember, ...policy },
  handle(context, { Key, VersionId }) {
    const { store, bucket, request } = context;
    const version = addressedObject(context, Key, VersionId, false);
    return { VersionId: answeredVersionId(store, bucket, version), ...ownersPolicy(bucket, request.dialect) };
  },
});

/** The only policy that exists: the owner may do everything, and other callers nothing (F73). */
function ownersPolicy({ owner }: Bucket, dialect: Dialect) {
  const Owner = dialect.answers.ownerOf(owner);
  const kind = { Namespace: 'http://www.w3.org/2001/XMLSchema-instance', Type: 'CanonicalUser' };
  return { Owner, Grants: [{ Grantee: { ...kind, ...Owner }, Permission: 'FULL_CONTROL' }] };
}
