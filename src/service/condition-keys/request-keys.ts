import { firstRegion } from '../../formats/regions';
import { setValuesOf } from '../../model/access/set-conditions';
import { areOfEndpoint, keyOfAddress } from '../../model/access/source-address';
import type { NamedEncryption } from '../../model/versions/version';
import { type ConditionKeys, type KeyQuestion, memberOf, textOf } from './condition-key';

/** The place of the key in the document of UpdateObjectEncryption (F633). */
const newKey = ['ObjectEncryption', 'SSEKMS'] as const;

/** The condition keys that a connection, the query, headers and a document give their values (F485, F486, F660). */
export const requestKeys: ConditionKeys = {
  'aws:securetransport': ({ call: { request } }) => String(request.wire.secure),
  'aws:sourceip': (question) => addressFor('aws:sourceip', question),
  'aws:vpcsourceip': (question) => addressFor('aws:vpcsourceip', question),
  'aws:sourcevpce': ({ call: { request } }) => request.endpoint.vpcEndpoint,
  'aws:useragent': ({ call: { request } }) => request.wire.headers.get('user-agent'),
  'aws:referer': ({ call: { request } }) => request.wire.headers.get('referer'),
  'aws:requestedregion': ({ call: { request } }) => request.endpoint.region ?? firstRegion,
  's3:tlsversion': ({ call: { request } }) => (request.wire.secure ? '1.3' : undefined),
  's3:versionid': ({ asked }) => asked.versionId,
  's3:prefix': ofQuery('prefix'),
  's3:delimiter': ofQuery('delimiter'),
  's3:max-keys': ofQuery('max-keys'),
  's3:annotation-prefix': ofQuery('annotation-prefix'),
  's3:max-annotation-results': ofQuery('max-annotation-results'),
  's3:if-match': ({ call: { request } }) => request.headers.get('if-match'),
  's3:if-none-match': ({ call: { request } }) => request.headers.get('if-none-match'),
  // A browser's form has no such key (F566).
  's3:objectcreationoperation': ({ call }) => (call.request.form ? undefined : String(createsObject(call))),
  's3:locationconstraint': ({ call: { input } }) => textOf(input, ['CreateBucketConfiguration', 'LocationConstraint']),
  's3:inventoryaccessibleoptionalfields': ({ call: { input } }) =>
    textsOf(memberOf(input, ['InventoryConfiguration', 'OptionalFields'])),
  's3:x-amz-server-side-encryption': (question) =>
    ofEncryption(question, 'x-amz-server-side-encryption', 'ServerSideEncryption') ??
    (memberOf(question.call.input, newKey) === undefined ? undefined : 'aws:kms'),
  's3:x-amz-server-side-encryption-aws-kms-key-id': (question) =>
    ofEncryption(question, 'x-amz-server-side-encryption-aws-kms-key-id', 'SSEKMSKeyId') ??
    textOf(question.call.input, [...newKey, 'KMSKeyArn']),
};

/** The value of a key that is named like its header, as it was sent; the headers of a presigned URL may be in its query. */
export function valueOfHeader(key: string, { call: { request } }: KeyQuestion): string | undefined {
  return /^s3:x-amz-/.test(key) ? request.headers.get(key.slice('s3:'.length)) : undefined;
}

/** The address that a request comes from, if that is the value of this key. */
function addressFor(key: string, { call: { request, caller, store } }: KeyQuestion): string | undefined {
  const isThroughEndpoint =
    request.endpoint.vpcEndpoint !== undefined || areOfEndpoint((one) => setValuesOf(one, caller, store));
  return key === keyOfAddress(isThroughEndpoint) ? store.sourceIp : undefined;
}

function ofQuery(name: string) {
  return ({ call: { request } }: KeyQuestion) => request.query.get(name);
}

/** Whether a write makes an object: the steps of an upload before its completion make none (F486). */
function createsObject({ request: { method, query } }: KeyQuestion['call']): boolean {
  return !query.has('uploads') && !(method === 'PUT' && query.has('uploadId'));
}

/** The encryption that a write names. The later steps of an upload name none: that of its beginning counts (F488). */
function ofEncryption({ call: { request }, bucket }: KeyQuestion, name: string, member: keyof NamedEncryption) {
  const named = namedByUpload(bucket, request.query.get('uploadId'))?.[member];
  return request.headers.get(name) ?? (typeof named === 'string' ? named : undefined);
}

function namedByUpload(bucket: KeyQuestion['bucket'], id: string | undefined): NamedEncryption | undefined {
  return id === undefined ? undefined : bucket?.uploads.get(id)?.namedEncryption;
}

function textsOf(value: unknown): readonly string[] | undefined {
  if (!Array.isArray(value)) return undefined;
  const texts = value.filter((one): one is string => typeof one === 'string');
  return texts.length === 0 ? undefined : texts;
}
