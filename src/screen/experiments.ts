import type { RequestEntry } from '../journal/entry';
import { writeCall } from '../journal/entry-text';
import type { Witnesses } from '../mock/failed-test';
import type { Trial, TryRequest } from '../service/trial';
import { readOnce } from '../text/lists';
import { comparesAnother, type LastHandleRead } from './handle-read';
import type { Asked, Change, Hint } from './hint';
import { tryAnotherBucket, tryRegionOfCreation } from './trials/buckets';
import { tryAnotherCaller, tryEmptyPolicy, tryUserOfFixture, tryWithoutPublicAccessBlock } from './trials/callers';
import { tryChangeOfEntry, tryChangeOfVersion } from './trials/changed-versions';
import { tryPartsWithETags } from './trials/completed-parts';
import {
  tryConditionOnObject,
  tryConditionOnSource,
  tryWithCondition,
  tryWithConditionForAnyError,
} from './trials/conditions';
import { leavesAcl, tryAclOfCopy } from './trials/copied-acls';
import { tryCopyWithMore, tryLockOfCopy, tryRenameWithMore } from './trials/copies';
import { tryCrossOriginRead, tryCrossOriginWrite, tryPreflight } from './trials/cross-origin';
import { isOtherRefusalExpected } from './trials/expectation';
import { tryNameOfFile } from './trials/file-names';
import { tryStatusOfForm } from './trials/forms';
import { tryEncryptedCopy } from './trials/later-encryption';
import { tryAfterLaterWrite, tryReadAfterLaterWrite } from './trials/later-writes';
import { tryMarkerWithPartner, tryPrefixBeforeWildcard, tryPrefixWithDelimiter } from './trials/listings';
import { tryDeleteOfLocked, tryWriteAboveLock } from './trials/locked-keys';
import { tryReadUnderDefault, tryWriteUnderDefault } from './trials/locks';
import {
  tryAnotherMethod,
  tryBypass,
  tryEndOfCopiedRange,
  tryEndOfRange,
  tryRedirectWithinWebsite,
  tryWithoutHeadersOfAnswer,
  tryWithoutOneMember,
} from './trials/members';
import { tryNearStatement } from './trials/near-statements';
import { tryHeaderOfPolicy, tryWriteForOwner } from './trials/policies';
import { tryReplacedSettings } from './trials/replaced-settings';
import { tryOtherSignedParts, tryTypeOfUrl, tryUrlDecodedOnce } from './trials/signatures';
import { tryEndOfSession, tryTimeOfExpiry, tryTimeOfSignature } from './trials/times';
import { tryTrustedCaller } from './trials/trusts';
import { tryIdOfETag, tryIdOfNewest, tryOtherVersion, tryWithoutVersionId } from './trials/version-ids';
import { ofWebsite, tryReadOfWebsite, tryRedirect, tryRefusedRedirect, tryWebsite } from './trials/websites';

/** A request has one hint, the first that succeeds. */
export const hints: readonly Hint[] = [
  tryOtherSignedParts,
  tryUrlDecodedOnce,
  tryTimeOfSignature,
  tryAnotherBucket,
  tryIdOfETag,
  tryConditionOnSource,
  tryPartsWithETags,
  tryAnotherMethod,
  tryAnotherCaller,
  tryTrustedCaller,
  tryAclOfCopy,
  tryWebsite,
  tryRefusedRedirect,
  tryReplacedSettings,
  tryWithoutPublicAccessBlock,
  tryChangeOfVersion,
  tryBypass,
  tryIdOfNewest,
  tryHeaderOfPolicy,
  tryWriteForOwner,
  tryEndOfCopiedRange,
  tryRedirectWithinWebsite,
  tryWithoutOneMember,
  tryWithoutHeadersOfAnswer,
  tryAfterLaterWrite,
  tryLockOfCopy,
  tryReadUnderDefault,
  tryMarkerWithPartner,
  tryPrefixBeforeWildcard,
  tryPrefixWithDelimiter,
  tryReadOfWebsite,
  tryRedirect,
  tryOtherVersion,
  tryEndOfRange,
  tryReadAfterLaterWrite,
  tryCrossOriginRead,
  tryCopyWithMore,
  tryRenameWithMore,
  tryChangeOfEntry,
  tryWriteUnderDefault,
  tryEncryptedCopy,
  tryStatusOfForm,
  tryNameOfFile,
  tryCrossOriginWrite,
  tryWithoutVersionId,
  tryWithCondition,
  tryPreflight,
  tryTimeOfExpiry,
  tryEndOfSession,
  tryConditionOnObject,
  tryRegionOfCreation,
  tryWriteAboveLock,
  tryDeleteOfLocked,
  tryNearStatement,
  tryWithConditionForAnyError,
  tryEmptyPolicy,
  tryTypeOfUrl,
  tryUserOfFixture,
];

/** The most requests that are sent again for a failed test. */
const TRIALS = 20;

/** The most requests of a test that are looked at. */
const ASKED = 3;

/** The hints on who sent a request. */
const ofSenders: ReadonlySet<Hint['of']> = new Set([
  'requests of users that should be refused',
  'requests of the root user that should be refused',
]);

type Experimenter = Pick<Witnesses, 'state' | 'openTrials'>;

/** What a failed test compared, and the requests that can explain it. */
interface Comparing extends Pick<Asked, 'compared' | 'errors' | 'isConcurrent'> {
  readonly kinds: readonly Hint['of'][];
  readonly ofHandle?: LastHandleRead | undefined;
}

/** Tries what could be wrong with the last requests of a test, and writes what S3 would have answered, a line for a request. */
export function writeExperiments(
  { state, openTrials }: Experimenter,
  entries: readonly RequestEntry[],
  { kinds, compared, errors, isConcurrent, ofHandle }: Comparing,
): readonly string[] {
  const { store, sent, versionChanges } = state;
  let tryRequest: TryRequest | undefined; // most failed tests have nothing to try
  let left = TRIALS;
  const tried = (asked: Asked, { wire, options }: Omit<Change, 'says'>, isOfPresent = false): Trial | undefined => {
    if (left === 0) return undefined;
    left -= 1;
    try {
      tryRequest ??= openTrials();
      const trial = tryRequest({ ...asked.wire, ...wire }, options);
      const counts = isOfPresent || (trial !== undefined && store.isUnchangedSince(asked.writes, trial.touches));
      return counts ? trial : undefined;
    } catch {
      // A bug of the mock was reported with the request itself, and must not hide why the test failed.
      return undefined;
    }
  };
  const explained = new Set<RequestEntry>();
  return kinds.flatMap((of) =>
    chooseAsked(entries, of).flatMap((entry) => {
      // What the request itself lacks is likelier meant than who sent it.
      if (ofSenders.has(of) && explained.has(entry)) return [];
      const isOfOther = of !== 'refused requests' && comparesAnother(entry, entries.indexOf(entry), ofHandle);
      // A cure by which S3 answers the request does not make it refuse the request for another reason.
      if (compared.some((one) => isOtherRefusalExpected(entry, one, state.journal.known.codes))) return [];
      const kept = sent.find(entry);
      if (kept === undefined || kept.moved !== store.clock.moved) return [];
      const asked: Asked = {
        ...kept,
        ...{ store, entries, compared, errors, isConcurrent, versionChanges },
        hasMovedTimers: state.journal.remarks.has('clock'),
        hasMissedRule: hasMissedRule(state, entry),
        findSent: (one) => sent.find(one),
      };
      const meant = hints.filter((hint) => hint.of === of && (!isOfOther || hint.isOfOtherKeys === true));
      const found = findHint(asked, meant, (change, isOfPresent) => tried(asked, change, isOfPresent));
      if (found === undefined) return [];
      explained.add(entry);
      return `${writeCall(entry)}: ${found}`;
    }),
  );
}

/** Whether a test has made a rule for the operation of a request that no request met. The rules of a file are for all its tests. */
function hasMissedRule({ rules }: Experimenter['state'], { operation }: RequestEntry): boolean {
  const ofFile = new Set(rules.ofFixtures());
  const isOfEntry = (rule: { readonly operation: string }) => rule.operation === '*' || rule.operation === operation;
  return rules.unused((rule) => rule.hasStep && isOfEntry(rule)).some(({ text }) => !ofFile.has(text));
}

/** Whether a line says what was signed, so that nobody has to compare what came with it, or that no signature was needed. */
export function explainsSignature(lines: readonly string[], entry: RequestEntry): boolean {
  const isOfSignature = entry.error?.code === 'SignatureDoesNotMatch';
  return lines.some(
    (line) =>
      line.startsWith(`${writeCall(entry)}: `) &&
      (isOfSignature || (entry.caller === 'anonymous' && [leavesAcl, ofWebsite].some((text) => line.includes(text)))),
  );
}

type TryChange = (change: Omit<Change, 'says'>, isOfPresent?: boolean) => Trial | undefined;

function findHint(asked: Asked, meant: readonly Hint[], tried: TryChange): string | undefined {
  const applying = meant
    .map(({ changes, succeeds = isAnswered, isOfPresent = false }) => ({
      changes: changes(asked),
      succeeds,
      isOfPresent,
    }))
    .filter(({ changes }) => changes.length > 0);
  if (applying.length === 0) return undefined;
  const isSame = readOnce(() => isAnsweredTheSame(asked, tried));
  for (const { changes, succeeds, isOfPresent } of applying) {
    if (!isOfPresent && !isSame('')) continue;
    for (const change of changes) {
      const trial = tried(change, isOfPresent);
      if (trial === undefined || !succeeds(trial, asked)) continue;
      const { or } = change;
      const other = or && tried(or, isOfPresent);
      const isOtherCure = other !== undefined && succeeds(other, asked);
      return [change.says(trial), ...(or !== undefined && isOtherCure ? [or.says(other)] : [])].join(' ');
    }
  }
  return undefined;
}

/** What else decided, such as a rule of the test or a limit of the mock, would decide again. */
function isAnsweredTheSame({ entry }: Asked, tried: TryChange): boolean {
  const again = tried({ wire: {}, options: { verifySignatures: 'as the mock' } });
  return again?.status === entry.status && again.code === entry.error?.code;
}

function isAnswered({ refusal, status }: Trial): boolean {
  return refusal === undefined && status < 300;
}

/** The last requests; of those that a client repeats, the last attempt. */
function chooseAsked(entries: readonly RequestEntry[], of: Hint['of']): readonly RequestEntry[] {
  const chosen = new Map<string, RequestEntry>();
  for (const entry of entries.toReversed()) {
    if (chosen.size === ASKED) break;
    const name = `${entry.method} ${entry.url}`;
    if (isOf(entry, of) && !chosen.has(name)) chosen.set(name, entry);
  }
  return [...chosen.values()].toReversed();
}

function isOf({ operation, method, failure, error, status }: RequestEntry, of: Hint['of']): boolean {
  if (failure !== undefined) return false;
  if (of === 'refused requests') return error !== undefined && status !== 0;
  const isRead = method === 'GET' || method === 'HEAD';
  if (of === 'reads') return error === undefined && isRead;
  if (of === 'writes') return error === undefined && !isRead;
  if (of === 'requests that should be refused' || ofSenders.has(of)) return error === undefined;
  return error === undefined && operation?.startsWith('List') === true;
}
