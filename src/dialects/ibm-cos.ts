import { writeHttpDate } from '../formats/dates';
import { day, hour } from '../formats/durations';
import { cosLocations, cosRegionNames, findCosRegion, isCosLocation } from '../formats/regions';
import type { AccountIds } from '../model/access/grants';
import type { RestoreRules } from '../model/archives/restore';
import type { Bucket } from '../model/bucket';
import { problemOfCosBucketName } from '../model/bucket-names';
import { cosConfigurations } from '../model/configurations/services';
import { cosRules } from '../model/lifecycle/validation';
import { versionIdForms } from '../model/versions/version-id';
import { type Header, S3Error, wordRefusal } from '../refusals';
import { writeSuggestion } from '../text/spelling';
import type { AnswerDialect, BucketDialect, BucketLocation, Dialect, Person, Stamp } from './dialect';
import { refusalForUnknownLocation } from './dialect';

/** The owner is the service instance (F42). An account for which a test declared none goes by its own id. */
function ownerOf({ id, serviceInstance = id }: AccountIds): Person {
  return { ID: serviceInstance, DisplayName: serviceInstance };
}

function commonHeaders(method: string, { requestId, now }: Stamp): readonly Header[] {
  const isRead = method === 'GET' || method === 'HEAD';
  return [
    ['Date', writeHttpDate(now)],
    ['X-Clv-Request-Id', requestId],
    ['Server', 'Cleversafe'],
    ['X-Clv-S3-Version', '2.5'],
    ...(isRead ? ([['Accept-Ranges', 'bytes']] as const) : []),
    ['x-amz-request-id', requestId],
  ];
}

/** The headers that are stored with an object; they come before its ETag (F980). */
const stored =
  /^(?:x-amz-meta-.*|x-amz-website-redirect-location|cache-control|content-(?:disposition|encoding|language)|expires)$/;
const last = ['content-type', 'last-modified', 'content-length'];

function placeOf(name: string): number {
  const lower = name.toLowerCase();
  if (stored.test(lower)) return 0;
  return lower === 'etag' ? 1 : 3 + last.indexOf(lower);
}

const answers: AnswerDialect = {
  stamp: (ids, purpose, now) => ({ requestId: ids.uuid(purpose), hostId: '', now }),
  wordsOf: (refusal) => wordRefusal(refusal, 'ibm-cos'),
  errorFields: ({ status, code }, { path, bucket, key }, { requestId }) => [
    // The refusal of an argument of ListBuckets has no resource, and other refusals there have an empty one (F42).
    ...(path === '/' && bucket === undefined && code === 'InvalidArgument'
      ? []
      : [['Resource', bucket === undefined ? path.replace(/^\/$/, '') : `/${bucket}/${key ?? ''}`] as const]),
    ['RequestId', requestId],
    ['httpStatusCode', String(status)],
  ],
  headers: (own, method, stamp) => [
    ...commonHeaders(method, stamp),
    ...own.toSorted(([one], [other]) => placeOf(one) - placeOf(other)),
  ],
  refusalHeaders: ({ status, headers }, body, extra, method, stamp) => [
    ...commonHeaders(method, stamp),
    ...extra,
    ...headers,
    ...(status === 304 ? [] : ([['Content-Type', 'application/xml']] as const)),
    ...(status === 204 || status === 304 ? [] : ([['Content-Length', String(Buffer.byteLength(body))]] as const)),
  ],
  pageHeaders: (_status, told, own, method, stamp) => [...commonHeaders(method, stamp), ...told, ...own],
  storedHeaders: 'declared',
  chunksDocuments: false,
  closesAfterBatches: false,
  typesEmptyAnswers: false,
  publicAclsNameOwners: false,
  locationsNameTls: false,
  listsEmptyDelimiters: true,
  listedTime: (milliseconds) => new Date(milliseconds),
  ownerOf,
  initiatorOf: (_initiator, owner) => ownerOf(owner),
};

const buckets: BucketDialect = {
  problemOfName: problemOfCosBucketName,
  locationOfNew,
  locationOf: cosLocationOf,
  areRegional: false,
  checkKnown,
  regionOfRepeatedCreation: undefined,
  areListedWithArn: false,
  sendEvents: false,
  haveNamespaces: false,
  mfaDeleteOfLocked: undefined,
};

/** A bucket of COS always has a location: its region and storage class (F46). */
function cosLocationOf({ location, region }: BucketLocation): string {
  return location ?? `${region ?? 'us'}-standard`;
}

function locationOfNew(endpointRegion: string | undefined, constraint: string | undefined): BucketLocation {
  if (constraint === undefined)
    return { region: undefined, location: cosLocationOf({ region: endpointRegion, location: undefined }) };
  if (!isCosLocation(constraint)) {
    const here = cosLocations.filter((one) => endpointRegion === undefined || findCosRegion(one) === endpointRegion);
    throw refusalForUnknownLocation(constraint, writeSuggestion(constraint, here, 1));
  }
  const place = findCosRegion(constraint);
  if (endpointRegion !== undefined && place !== endpointRegion) {
    const why = `LocationConstraint is '${constraint}', and a host of ${endpointRegion} makes no bucket of ${place}: give the client a host of ${place}`;
    throw new S3Error('LocationConstraintInvalid', { LocationConstraint: constraint }, why);
  }
  return { region: undefined, location: constraint };
}

function checkKnown(
  { name, location }: Pick<Bucket, 'name' | 'location'>,
  called: string | undefined,
  key: string | undefined,
  isSource = false,
): void {
  const place = findCosRegion(location);
  if (place === undefined || called === undefined || called === place) return;
  const cure = isSource
    ? `read the object with a client of ${place}, and write it with one of ${called}`
    : `give the client a host of ${place}`;
  const why = `bucket '${name}' is in ${place}, and the client called a host of ${called}, which knows the buckets of ${called} alone: ${cure}`;
  if (key === undefined) throw new S3Error('NoSuchBucket', { BucketName: name }, why);
  throw new S3Error('NoSuchKey', { Key: key }, why);
}

/** The longest times that IBM documents. A copy is removed at the time of day at which it was requested (F813). */
const restores: RestoreRules = {
  times: { GLACIER: { Bulk: 12 * hour }, ACCELERATED: { Accelerated: 2 * hour } },
  expiryOf: (requested, days, ready) => Math.max(requested + days * day, ready + day),
};

export const ibmCos: Dialect = {
  name: 'ibm-cos',
  documents: {
    declaration: '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>',
    // IBM's SDK reads GetBucketLocation line by line: a root on the declaration's own line would be part of the location.
    beforeRoot: '\n',
    closesEmptyElements: true,
    declaresSlowRefusals: true,
  },
  answers,
  crossOrigin: {
    vary: 'Origin, Access-Control-Request-Headers, Access-Control-Allow-Methods',
    allowsCredentialsToAll: true,
    refusesUnreadable: false,
  },
  websites: { answerHttps: true, home: undefined },
  requests: {
    hasTokens: true,
    hasTemporaryCredentials: false,
    signsForRegion: false,
    regions: cosRegionNames,
    readsExpectedOwner: false,
    refusesUnknownAcls: false,
    refusesUntakenHeaders: false,
    refusesOddKeys: false,
    hasServiceInstances: true,
  },
  buckets,
  objects: {
    areEncrypted: false,
    answersUnmodifiedSinceWith304: true,
    checksumAlgorithms: ['CRC32', 'CRC32C', 'CRC64NVME', 'SHA1', 'SHA256'],
    takeConditionsOfReads: true,
    haveEventHolds: false,
    locks: {
      needVersion4: false,
      havePeriodsInSchema: true,
      areReadInLockedBucketsOnly: true,
      takeTheSameDate: false,
    },
    tellTransitions: true,
    tellVersionsOfUploads: false,
    versionIds: versionIdForms['ibm-cos'],
    uploadIds: 'timed',
  },
  restores,
  configurations: cosConfigurations,
  lifecycle: { rules: cosRules, transitionMinimum: undefined, archivesNewObjectsOnly: true },
  tags: {
    characters: /^[a-zA-Z0-9\p{Z}+=._:/@*'-]*$/u,
    maxBytes: { key: 256, value: 512 },
    reservedPrefix: 'ibm:',
    reservesEveryCase: false,
    answeredOrder: 'put',
  },
};
