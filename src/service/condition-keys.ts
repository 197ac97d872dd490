import { parseIsoDate } from '../formats/dates';
import { day } from '../formats/durations';
import { firstRegion } from '../formats/regions';
import type { ActionName } from '../model/access/actions';
import { findSetValues } from '../model/access/caller-conditions';
import { type ConditionKeyValues, type KeyTable, makeKeyReader } from '../model/access/condition-key-values';
import { goesWith } from '../model/access/condition-keys';
import { readResourceTag } from '../model/access/resource-tags';
import { hasEndpointKeys, keyOfAddress } from '../model/access/source-address';
import { type AccessPoint, findAccessPointByArn, networkOriginOf, writeAccessPointArn } from '../model/access-points';
import type { Bucket } from '../model/bucket';
import {
  endOfPeriod,
  endOfRetention,
  lockAtCreation,
  type Period,
  problemOfPeriod,
  type Retention,
} from '../model/object-lock';
import { findTagValue, findTagValues, readTagHeader, type Tag } from '../model/tagging';
import type { NamedEncryption } from '../model/versions/version';
import type { FurtherAction } from '../operations/operation';
import type { Identity } from '../protocol/request/identity';
import { readTag } from '../protocol/request/preconditions';
import { longestSkew, readTimes, serviceTime } from '../protocol/signature/service-time';
import { readBasicDate, requestDate } from '../protocol/signature/terms';
import { S3Error } from '../refusals/s3-error';
import type { Call } from './call';

interface KeyQuestion {
  readonly call: Call;
  readonly asked: FurtherAction;
  readonly bucket: Bucket | undefined;
}

type ConditionKeys = KeyTable<KeyQuestion>;

function readMember(input: unknown, path: readonly string[]): unknown {
  return path.reduce<unknown>(
    (value, name) => (typeof value === 'object' && value !== null ? Reflect.get(value, name) : undefined),
    input,
  );
}

function readText(input: unknown, path: readonly string[]): string | undefined {
  const value = readMember(input, path);
  return typeof value === 'string' ? value : undefined;
}

/** The place of the key in the document of UpdateObjectEncryption (F633). */
const newKey = ['ObjectEncryption', 'SSEKMS'] as const;

/** F485, F486, F660 */
const requestKeys: ConditionKeys = {
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
  's3:if-match': ({ call: { request } }) => readIfMatch(request),
  's3:if-none-match': ({ call: { request } }) => request.headers.get('if-none-match'),
  // A browser's form has no such key (F566).
  's3:objectcreationoperation': ({ call }) => (call.request.form ? undefined : String(createsObject(call))),
  // PutBucketOwnershipControls has it in its document, and CreateBucket as a header (F1740).
  's3:x-amz-object-ownership': ({ call: { input } }) =>
    readText(input, ['OwnershipControls', 'Rules', '0', 'ObjectOwnership']),
  's3:locationconstraint': ({ call: { input } }) =>
    readText(input, ['CreateBucketConfiguration', 'LocationConstraint']),
  's3:dataaccesspointarn': (question) => {
    const point = findPoint(question);
    return point && writeAccessPointArn(point);
  },
  's3:dataaccesspointaccount': (question) => findPoint(question)?.account.id,
  's3:accesspointnetworkorigin': (question) => {
    const point = findPoint(question);
    return point && networkOriginOf(point);
  },
  's3:inventoryaccessibleoptionalfields': ({ call: { input } }) =>
    readTexts(readMember(input, ['InventoryConfiguration', 'OptionalFields'])),
  's3:x-amz-server-side-encryption': (question) =>
    ofEncryption(question, 'x-amz-server-side-encryption', 'ServerSideEncryption') ??
    (readMember(question.call.input, newKey) === undefined ? undefined : 'aws:kms'),
  's3:x-amz-server-side-encryption-aws-kms-key-id': (question) =>
    ofEncryption(question, 'x-amz-server-side-encryption-aws-kms-key-id', 'SSEKMSKeyId') ??
    readText(question.call.input, [...newKey, 'KMSKeyArn']),
};

/** Returns the header without quotes. In a form, it has no effect on the write, and is returned as it was sent (F566). */
function readIfMatch({ form, headers }: Call['request']): string | undefined {
  const header = headers.get('if-match');
  return header === undefined || form !== undefined ? header : readTag(header);
}

/** Finds the access point of the request, unless the action names another access point, or another bucket. */
export function findAskedPoint(call: Call, asked: FurtherAction): AccessPoint | undefined {
  if ('accessPoint' in asked) return asked.accessPoint;
  const isOfRequest = !('bucket' in asked) || asked.bucket === call.bucket;
  return isOfRequest ? call.request.accessPoint?.point : undefined;
}

function findPoint({ call, asked }: KeyQuestion): KeyedPoint | AccessPoint | undefined {
  const { request, input, store } = call;
  const through = findAskedPoint(call, asked);
  const name = request.labels?.get('Name');
  const { account: id, endpoint } = request;
  if (through !== undefined || name === undefined || id === undefined) return through;
  const named = { name, region: endpoint.region ?? firstRegion, account: { id } };
  const vpcId = readText(input, ['VpcConfiguration', 'VpcId']);
  return findAccessPointByArn(store.buckets.values(), writeAccessPointArn(named))?.point ?? { ...named, vpcId };
}

function pointTags(question: KeyQuestion): readonly Tag[] {
  const point = findPoint(question);
  return point !== undefined && 'tags' in point ? point.tags : [];
}

type KeyedPoint = Parameters<typeof writeAccessPointArn>[0] & Parameters<typeof networkOriginOf>[0];

function addressFor(key: string, { call: { request, caller, store } }: KeyQuestion): string | undefined {
  const isThroughEndpoint =
    request.endpoint.vpcEndpoint !== undefined || hasEndpointKeys((one) => findSetValues(one, caller, store));
  return key === keyOfAddress(isThroughEndpoint) ? store.sourceIp : undefined;
}

function ofQuery(name: string) {
  return ({ call: { request } }: KeyQuestion) => request.query.get(name);
}

/** The steps of an upload before its completion make none (F486). */
function createsObject({ request: { method, query } }: KeyQuestion['call']): boolean {
  return !query.has('uploads') && !(method === 'PUT' && query.has('uploadId'));
}

/** The later steps of an upload name no encryption: the encryption of its beginning counts (F488). */
function ofEncryption({ call: { request }, bucket }: KeyQuestion, name: string, member: keyof NamedEncryption) {
  const named = namedByUpload(bucket, request.query.get('uploadId'))?.[member];
  return request.headers.get(name) ?? (typeof named === 'string' ? named : undefined);
}

function namedByUpload(bucket: KeyQuestion['bucket'], id: string | undefined): NamedEncryption | undefined {
  return id === undefined ? undefined : bucket?.uploads.get(id)?.namedEncryption;
}

function readTexts(value: unknown): readonly string[] | undefined {
  if (!Array.isArray(value)) return undefined;
  const texts = value.filter((one): one is string => typeof one === 'string');
  return texts.length === 0 ? undefined : texts;
}

/** https://docs.aws.amazon.com/AmazonS3/latest/API/bucket-policy-s3-sigv4-conditions.html (F489) */
const signatureKeys: ConditionKeys = {
  's3:authtype': ({ call }) => writeAuthType(schemeOf(call)),
  's3:signatureversion': ({ call }) => writeSignatureVersion(schemeOf(call), call),
  's3:signatureage': ({ call }) => writeSignatureAge(schemeOf(call), call),
  // A presigned URL that has it in its query has no such key.
  's3:x-amz-content-sha256': ({ call: { request } }) => request.wire.headers.get('x-amz-content-sha256'),
};

type Scheme = Identity['scheme'];

function schemeOf({ request: { identity } }: Call): Scheme {
  return identity instanceof S3Error ? 'anonymous' : identity.scheme;
}

function writeAuthType(scheme: Scheme): string | undefined {
  if (scheme === 'sigv4' || scheme === 'sigv4a' || scheme === 'sigv2') return 'REST-HEADER';
  if (scheme === 'sigv4-form' || scheme === 'sigv2-form') return 'POST';
  return scheme === 'sigv4-presigned' || scheme === 'sigv2-presigned' ? 'REST-QUERY-STRING' : undefined;
}

function writeSignatureVersion(scheme: Scheme, { request }: Call): string | undefined {
  if (isOfVersion2(scheme)) return 'AWS';
  if (scheme === 'sigv4' || scheme === 'sigv4-form') return 'AWS4-HMAC-SHA256';
  if (scheme === 'sigv4a') return 'AWS4-ECDSA-P256-SHA256';
  return scheme === 'sigv4-presigned' ? findParameter(request.query, 'x-amz-algorithm')?.toUpperCase() : undefined;
}

/**
 * The age in milliseconds; 0 for version 2, as S3 documents. Either clock may have signed, and a URL ages when the mock's clock moves
 * (F147).
 */
function writeSignatureAge(scheme: Scheme, { request, store: { clock } }: Call): string | undefined {
  if (isOfVersion2(scheme)) return '0';
  const isPresigned = scheme === 'sigv4-presigned' || scheme === 'sigv4-form';
  const signed = isPresigned
    ? readBasicDate(request.form?.fields.get('x-amz-date') ?? findParameter(request.query, 'x-amz-date') ?? '')
    : requestDate(request.wire.headers)?.at;
  if (signed === undefined || writeAuthType(scheme) === undefined) return undefined;
  const clocks = isPresigned
    ? [serviceTime(signed, readTimes(clock, 'signed first'))]
    : [clock.processNow(), clock.now()];
  const [nearest = 0] = clocks
    .map((now) => now - signed)
    .filter((age) => age >= -longestSkew)
    .toSorted((one, other) => one - other);
  return String(Math.max(0, nearest));
}

function isOfVersion2(scheme: Scheme): boolean {
  return scheme === 'sigv2' || scheme === 'sigv2-presigned' || scheme === 'sigv2-form';
}

/** Clients spell the parameters of a presigned URL in different ways. */
function findParameter(query: ReadonlyMap<string, string>, name: string): string | undefined {
  return [...query].find(([one]) => one.toLowerCase() === name)?.[1];
}

/** Keys compare without case, names of tags included (F487). */
const tagKeys: ConditionKeys = {
  's3:requestobjecttagkeys': (question) => listNames(tagsOfRequest(question)),
  'aws:tagkeys': (question) => listNames(tagsOfResource(question)),
  's3:requestobjecttag/': (question, tag) => findTagValues(tagsOfRequest(question), tag),
  'aws:requesttag/': (question, tag) => findTagValue(tagsOfResource(question), tag),
};

function listNames(tags: readonly Tag[]): readonly string[] | undefined {
  return tags.length === 0 ? undefined : tags.map(({ Key }) => Key);
}

/** In a presigned URL, headers can be in the query. */
function readOther(key: string, question: KeyQuestion): readonly string[] | undefined {
  const { call, asked, bucket } = question;
  const { request, store } = call;
  const header = /^s3:x-amz-/.test(key) ? request.headers.get(key.slice('s3:'.length)) : undefined;
  if (header !== undefined) return [header];
  if (key.startsWith('s3:accesspointtag/')) {
    const value = findTagValue(pointTags(question), key.slice('s3:accesspointtag/'.length));
    return value === undefined ? undefined : [value];
  }
  if (key.startsWith('s3:existingobjecttag/') && isSourceOfCopyObject(question)) return undefined;
  return readResourceTag(key, { ...asked, bucket, store, service: request.dialect.configurations });
}

const reads: ReadonlySet<string> = new Set(['s3:GetObject', 's3:GetObjectVersion']);

/** The source of CopyObject counts as a source without tags; the source of UploadPartCopy does not. */
function isSourceOfCopyObject({ call: { request }, asked: { action } }: KeyQuestion): boolean {
  return reads.has(action) && request.headers.has('x-amz-copy-source') && !request.query.has('uploadId');
}

function tagsOfRequest({ call: { request, input } }: KeyQuestion): readonly Tag[] {
  const header = request.headers.get('x-amz-tagging');
  if (header !== undefined) return readTagHeader(header) ?? [];
  return readTags(readMember(input, ['Tagging', 'TagSet']));
}

/** PutBucketTagging has no such keys (F492). */
const ofBucketTags: ReadonlySet<string> = new Set<ActionName>(['s3:CreateBucket', 's3:TagResource']);

/** The tags of a new bucket, the tags that TagResource adds, and the tags that UntagResource removes, which have no values (F492). */
function tagsOfResource({ call: { input, request }, asked: { action } }: KeyQuestion): readonly Tag[] {
  if (action === 's3:UntagResource')
    return (readTexts(readMember(input, ['TagKeys'])) ?? []).map((Key) => ({ Key, Value: '' }));
  if (!ofBucketTags.has(action)) return [];
  return readTags(readMember(input, request.service === 's3' ? ['CreateBucketConfiguration', 'Tags'] : ['Tags']));
}

function readTags(sent: unknown): readonly Tag[] {
  return Array.isArray(sent)
    ? sent.map((tag) => ({ Key: readText(tag, ['Key']) ?? '', Value: readText(tag, ['Value']) ?? '' }))
    : [];
}

/** The lock comes from headers, from a document, or from the bucket's default (F490). */
const lockKeys: ConditionKeys = {
  's3:object-lock-mode': (question) =>
    sent(question, 'mode') ??
    readText(question.call.input, ['Retention', 'Mode']) ??
    retentionByDefault(question)?.Mode,
  's3:object-lock-legal-hold': (question) =>
    sent(question, 'legal-hold') ?? readText(question.call.input, ['LegalHold', 'Status']),
  's3:object-lock-retain-until-date': (question) => {
    const until = findRetainUntil(question);
    return until === undefined ? undefined : new Date(until).toISOString();
  },
  's3:object-lock-remaining-retention-days': (question) => {
    const until = findRetainUntil(question);
    return until === undefined ? undefined : String(Math.max(0, Math.floor((until - question.call.now) / day)));
  },
  's3:object-lock-event-hold': (question) =>
    sent(question, 'event-hold') ??
    readText(question.call.input, ['Retention', 'EventHold']) ??
    retentionByDefault(question)?.eventHold?.Status,
  // A year counts as 365 days (F602).
  's3:object-lock-event-hold-duration-days': (question) => {
    const { Days, Years } = findHoldDuration(question) ?? {};
    return Days === undefined && Years === undefined ? undefined : String(Days ?? Number(Years) * 365);
  },
};

function sent({ call: { request } }: KeyQuestion, name: string): string | undefined {
  return request.headers.get(`x-amz-object-lock-${name}`);
}

function findRetainUntil(question: KeyQuestion): number | undefined {
  const { now } = question.call;
  const ofDocument = readMember(question.call.input, ['Retention', 'RetainUntilDate']);
  const date =
    parseIsoDate(sent(question, 'retain-until-date') ?? '') ??
    (ofDocument instanceof Date ? ofDocument.getTime() : undefined);
  const byDefault = retentionByDefault(question);
  if (byDefault) return endOfRetention(byDefault, now);
  const duration = findHoldDuration(question);
  // S3 refuses a duration that is too long later, and no date is so late.
  if (duration === undefined || problemOfPeriod(duration.Days, duration.Years)) return date;
  return Math.max(date ?? 0, endOfPeriod(duration, now));
}

const isNumber = (text: string): boolean => /^\d+$/.test(text);

function findHoldDuration(question: KeyQuestion): Period | undefined {
  const days = sent(question, 'event-hold-duration-days');
  const years = sent(question, 'event-hold-duration-years');
  if (days !== undefined && isNumber(days)) return { Days: Number(days) };
  if (years !== undefined && isNumber(years)) return { Years: Number(years) };
  const inDocument = (unit: 'Days' | 'Years') =>
    readMember(question.call.input, ['Retention', 'EventHoldDuration', unit]);
  const [Days, Years] = [inDocument('Days'), inDocument('Years')];
  if (typeof Days === 'number') return { Days };
  if (typeof Years === 'number') return { Years };
  const hold = retentionByDefault(question)?.eventHold;
  return hold?.Status === 'ON' ? hold.duration : undefined;
}

/** The later steps of an upload make no lock (F106). */
function retentionByDefault({ call: { request, now }, asked, bucket }: KeyQuestion): Retention | undefined {
  const makesLock = asked.action === 's3:PutObject' && !request.query.has('uploadId');
  if (!makesLock || bucket === undefined) return undefined;
  const hasOwn = [...request.headers.keys()].some((name) => name.startsWith('x-amz-object-lock-'));
  return hasOwn ? undefined : lockAtCreation(bucket, undefined, now)?.retention;
}

const readKey = makeKeyReader<KeyQuestion>({ ...requestKeys, ...signatureKeys, ...tagKeys, ...lockKeys });

/**
 * Policies use few keys, so each value is made only when it is needed. A key that does not go with an action is absent (F484). The values
 * that a test sets win (F661).
 */
export function makeConditionValues(call: Call, asked: FurtherAction): ConditionKeyValues {
  const question = { call, asked, bucket: 'bucket' in asked ? asked.bucket : call.bucket };
  return (key) => {
    if (key.startsWith('s3:') && !goesWith(key, { name: asked.action })) return undefined;
    const set = findSetValues(key, call.caller, call.store);
    const given = set ?? asked.conditions?.get(key) ?? readKey(key, question) ?? readOther(key, question);
    return typeof given === 'string' ? [given] : given;
  };
}
