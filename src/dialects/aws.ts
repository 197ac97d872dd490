import { writeHttpDate } from '../formats/dates';
import { checksumAlgorithms } from '../formats/digests';
import { day, hour, minute } from '../formats/durations';
import { firstRegion, isRegion, regionNames } from '../formats/regions';
import { expiryAtMidnight, type RestoreRules } from '../model/archives/restore';
import { problemOfBucketName } from '../model/bucket-names';
import { awsConfigurations } from '../model/configurations/services';
import type { Account, Caller } from '../model/identity/account';
import { isRoot, writeCallerArn } from '../model/identity/caller';
import { awsRules } from '../model/lifecycle/validation';
import { awsTagCharacters } from '../model/tagging';
import { versionIdForms } from '../model/versions/version-id';
import { type Header, S3Error, wordRefusal } from '../refusals';
import { findNearestName, writeSuggestion } from '../text/spelling';
import type { AnswerDialect, BucketDialect, BucketLocation, Dialect, Stamp } from './dialect';
import { refusalForUnknownLocation } from './dialect';

/** The refusals with which S3 ends the connection (F9, F74). */
const endingStatuses: ReadonlySet<number> = new Set([400, 500, 501]);

const answers: AnswerDialect = {
  stamp: (ids, purpose, now) => ({ requestId: ids.requestId(purpose), hostId: ids.hostId(purpose), now }),
  wordsOf: (refusal) => wordRefusal(refusal, 'aws'),
  errorFields: ({ fields }, _refused, { requestId, hostId }) => [
    ...Object.entries(fields).flatMap(([name, value]) => (value === undefined ? [] : [[name, value] as const])),
    ['RequestId', requestId],
    ['HostId', hostId],
  ],
  headers: (own, _method, { requestId, hostId, now }) => [
    ['x-amz-id-2', hostId],
    ['x-amz-request-id', requestId],
    ['Date', writeHttpDate(now)],
    ...own,
    ['Server', 'AmazonS3'],
  ],
  refusalHeaders: ({ status, headers }, body, extra, _method, stamp) => [
    ['x-amz-request-id', stamp.requestId],
    ['x-amz-id-2', stamp.hostId],
    ...extra,
    ...headers,
    ...(status === 501 ? ([['Cache-Control', 'no-store']] as const) : []),
    ...refusalFraming(status, body),
    ...refusalEnding(status, stamp),
  ],
  pageHeaders: (status, told, own, _method, stamp) => [
    ...told,
    ['x-amz-request-id', stamp.requestId],
    ['x-amz-id-2', stamp.hostId],
    ...own,
    ...refusalEnding(status, stamp),
  ],
  storedHeaders: 'hash',
  chunksDocuments: true,
  closesAfterBatches: true,
  typesEmptyAnswers: true,
  publicAclsNameOwners: true,
  locationsNameTls: true,
  listsEmptyDelimiters: false,
  listedTime: (milliseconds) => new Date(Math.floor(milliseconds / 1000) * 1000),
  // Since November 2025 AWS names owners by their ids alone, and initiators also by their names (F213).
  ownerOf: ({ canonicalId }) => ({ ID: canonicalId }),
  initiatorOf(initiator, owner) {
    const { account = owner } = initiator;
    const ID = isRoot({ ...initiator, account }) ? account.canonicalId : writeCallerArn(account, initiator, 'aws');
    return { ID, DisplayName: nameOfInitiator(account, initiator) };
  },
};

function nameOfInitiator(account: Account, { user, role, session }: Caller): string {
  if (role === undefined) return user ?? account.name;
  return session === undefined ? role : `${role}/${session.name}`;
}

function refusalEnding(status: number, { now }: Stamp): readonly Header[] {
  return [
    ['Date', writeHttpDate(now)],
    ...(endingStatuses.has(status) ? ([['Connection', 'close']] as const) : []),
    ['Server', 'AmazonS3'],
  ];
}

function refusalFraming(status: number, body: string): readonly Header[] {
  if (body === '') return status === 304 ? [] : [['Content-Length', '0']];
  return [
    ['Content-Type', 'application/xml'],
    ['Transfer-Encoding', 'chunked'],
  ];
}

const buckets: BucketDialect = {
  problemOfName: problemOfBucketName,
  locationOfNew,
  locationOf: ({ location }) => location,
  areRegional: true,
  checkKnown: () => {},
  regionOfRepeatedCreation: firstRegion,
  areListedWithArn: true,
  sendEvents: true,
  haveNamespaces: true,
  mfaDeleteOfLocked: 'Disabled',
};

function locationOfNew(endpointRegion: string | undefined, constraint: string | undefined): BucketLocation {
  const here = endpointRegion ?? firstRegion;
  if (constraint === 'EU' && (here === 'eu-west-1' || here === firstRegion))
    return { region: 'eu-west-1', location: 'EU' };
  if (here !== firstRegion) {
    if (constraint === here) return { region: here, location: here };
    throw refusalForConstraint(here, constraint);
  }
  if (constraint === undefined) return { region: firstRegion, location: undefined };
  // The endpoint of the first region is the global one. It creates buckets in every region, but refuses the name of its own.
  if (constraint !== firstRegion && isRegion(constraint)) return { region: constraint, location: constraint };
  const meant = constraint === firstRegion ? firstRegion : findNearestName(constraint, regionNames);
  const cure =
    meant === firstRegion
      ? `S3 creates a bucket in ${firstRegion} if there is no LocationConstraint: leave it out`
      : writeSuggestion(constraint, regionNames, 1);
  throw refusalForUnknownLocation(constraint, cure);
}

function refusalForConstraint(here: string, constraint: string | undefined): S3Error {
  const other =
    constraint === undefined ? '' : `, or send the request to ${constraint === 'EU' ? 'eu-west-1' : constraint}`;
  const why = `the client called ${here}, and LocationConstraint is ${constraint ?? 'missing'}: give LocationConstraint: '${here}'${other}`;
  return new S3Error('LocationConstraintIncompatible', { constraint: constraint ?? 'unspecified' }, why);
}

const fromArchive = { Expedited: 5 * minute, Standard: 5 * hour, Bulk: 12 * hour };
const fromDeepArchive = { Standard: 12 * hour, Bulk: 2 * day };

/** The longest times that AWS documents (F801). */
const restores: RestoreRules = {
  times: {
    GLACIER: fromArchive,
    DEEP_ARCHIVE: fromDeepArchive,
    ARCHIVE_ACCESS: fromArchive,
    DEEP_ARCHIVE_ACCESS: fromDeepArchive,
  },
  expiryOf: expiryAtMidnight,
};

export const aws: Dialect = {
  name: 'aws',
  documents: {
    declaration: '<?xml version="1.0" encoding="UTF-8"?>\n',
    beforeRoot: '',
    closesEmptyElements: false,
    declaresSlowRefusals: false,
  },
  answers,
  crossOrigin: {
    vary: 'Origin, Access-Control-Request-Headers, Access-Control-Request-Method',
    allowsCredentialsToAll: false,
    refusesUnreadable: true,
  },
  // F1800
  websites: { answerHttps: false, home: 'https://aws.amazon.com/s3/' },
  requests: {
    hasTokens: false,
    hasTemporaryCredentials: true,
    signsForRegion: true,
    regions: regionNames,
    readsExpectedOwner: true,
    refusesUnknownAcls: true,
    refusesUntakenHeaders: true,
    refusesOddKeys: true,
    hasServiceInstances: false,
  },
  buckets,
  objects: {
    areEncrypted: true,
    answersUnmodifiedSinceWith304: false,
    checksumAlgorithms,
    takeConditionsOfReads: false,
    haveEventHolds: true,
    locks: {
      needVersion4: true,
      havePeriodsInSchema: false,
      areReadInLockedBucketsOnly: false,
      takeTheSameDate: true,
    },
    tellTransitions: false,
    tellVersionsOfUploads: true,
    versionIds: versionIdForms.aws,
    uploadIds: 'opaque',
  },
  restores,
  configurations: awsConfigurations,
  lifecycle: { rules: awsRules, transitionMinimum: 'all_storage_classes_128K', archivesNewObjectsOnly: false },
  tags: {
    characters: awsTagCharacters,
    maxBytes: { key: Number.POSITIVE_INFINITY, value: Number.POSITIVE_INFINITY },
    reservedPrefix: 'aws:',
    reservesEveryCase: true,
    answeredOrder: 'hash',
  },
};
