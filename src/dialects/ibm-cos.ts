import { writeHttpDate } from '../formats/dates';
import { day, hour } from '../formats/durations';
import { cosLocations, cosRegionNames, findCosRegion, isCosLocation } from '../formats/regions';
import type { RestoreRules } from '../model/archives/restore';
import type { Bucket } from '../model/bucket';
import { problemOfCosBucketName } from '../model/bucket-names';
import { cosConfigurations } from '../model/configurations/services';
import { cosRules } from '../model/lifecycle/validation';
import { type Header, S3Error, wordRefusal } from '../refusals';
import { writeSuggestion } from '../text/spelling';
import type { AnswerDialect, BucketDialect, BucketLocation, Dialect, Person, Stamp } from './dialect';
import { refusalForUnknownLocation } from './dialect';

function ownerOf({ id }: { readonly id: string }): Person {
  return { ID: id, DisplayName: id };
}

function commonHeaders({ requestId, now }: Stamp): readonly Header[] {
  return [
    ['Date', writeHttpDate(now)],
    ['X-Clv-Request-Id', requestId],
    ['Accept-Ranges', 'bytes'],
    ['Server', 'Cleversafe/3.x'],
    ['X-Clv-S3-Version', '2.5'],
    ['x-amz-request-id', requestId],
  ];
}

const answers: AnswerDialect = {
  stamp: (ids, purpose, now) => ({ requestId: ids.uuid(purpose), hostId: '', now }),
  wordsOf: (refusal) => wordRefusal(refusal, 'ibm-cos'),
  errorFields: ({ status }, path, { requestId }) => [
    ['Resource', path === '/' ? '' : path],
    ['RequestId', requestId],
    ['httpStatusCode', String(status)],
  ],
  headers: (own, stamp) => [...commonHeaders(stamp), ...own],
  refusalHeaders: ({ status, headers }, body, extra, stamp) => [
    ...commonHeaders(stamp),
    ...extra,
    ...headers,
    ...(status === 304 ? [] : ([['Content-Type', 'application/xml']] as const)),
    ...(status === 204 || status === 304 ? [] : ([['Content-Length', String(Buffer.byteLength(body))]] as const)),
  ],
  storedHeaders: 'declared',
  chunksDocuments: false,
  closesAfterBatches: false,
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
  lockNeedsRule: true,
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

function checkKnown({ name, location }: Pick<Bucket, 'name' | 'location'>, called: string | undefined): void {
  const place = findCosRegion(location);
  if (place === undefined || called === undefined || called === place) return;
  const why = `bucket '${name}' is in ${place}, and the client called a host of ${called}, which knows the buckets of ${called} alone: give the client a host of ${place}`;
  throw new S3Error('NoSuchBucket', { BucketName: name }, why);
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
    haveEventHolds: false,
    lockNeedsVersion4: false,
    tellTransitions: true,
    tellVersionsOfUploads: false,
    uploadIds: 'timed',
  },
  restores,
  configurations: cosConfigurations,
  lifecycle: { rules: cosRules, transitionMinimum: undefined },
  tags: {
    characters: /^[a-zA-Z0-9\p{Z}_.*'\-:]*$/u,
    maxBytes: { key: 256, value: 512 },
    reservedPrefix: 'ibm:',
    reservesEveryCase: false,
    answeredOrder: 'put',
  },
};
