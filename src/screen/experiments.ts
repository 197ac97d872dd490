import type { RequestEntry } from '../journal/entry';
import { writeCall } from '../journal/entry-text';
import type { Witnesses } from '../mock/failed-test';
import type { Trial, TryRequest } from '../service/trial';
import type { Asked, Change, Hint } from './hint';
import { tryAnotherBucket } from './trials/buckets';
import { tryAnotherCaller } from './trials/callers';
import { tryMarkerWithPartner, tryPrefixBeforeWildcard } from './trials/listings';
import { tryAnotherMethod, tryWithoutOneMember } from './trials/members';
import { tryOtherSignedParts } from './trials/signatures';
import { tryTimeOfSignature } from './trials/times';
import { tryIdOfETag, tryWithoutVersionId } from './trials/version-ids';

/** A request has one hint, the first that succeeds. */
export const hints: readonly Hint[] = [
  tryOtherSignedParts,
  tryTimeOfSignature,
  tryAnotherBucket,
  tryIdOfETag,
  tryAnotherMethod,
  tryAnotherCaller,
  tryWithoutOneMember,
  tryMarkerWithPartner,
  tryPrefixBeforeWildcard,
  tryWithoutVersionId,
];

/** The most requests that are sent again for a failed test. */
const TRIALS = 20;

/** The most requests of a test that are looked at. */
const ASKED = 3;

type Experimenter = Pick<Witnesses, 'state' | 'openTrials'>;

/** Tries what could be wrong with the last requests of a test, and writes what S3 would have answered, a line for a request. */
export function writeExperiments(
  { state, openTrials }: Experimenter,
  entries: readonly RequestEntry[],
  kinds: readonly Hint['of'][],
): readonly string[] {
  const { store, sent } = state;
  let tryRequest: TryRequest | undefined; // most failed tests have nothing to try
  let left = TRIALS;
  const tried = (asked: Asked, { wire, options }: Omit<Change, 'says'>): Trial | undefined => {
    if (left === 0) return undefined;
    left -= 1;
    try {
      tryRequest ??= openTrials();
      const trial = tryRequest({ ...asked.wire, ...wire }, options);
      return trial !== undefined && store.isUnchangedSince(asked.writes, trial.touches) ? trial : undefined;
    } catch {
      // A bug of the mock was reported with the request itself, and must not hide why the test failed.
      return undefined;
    }
  };
  return kinds.flatMap((of) =>
    chooseAsked(entries, of).flatMap((entry) => {
      const kept = sent.find(entry);
      if (kept === undefined || kept.moved !== store.clock.moved) return [];
      const asked: Asked = { ...kept, store, entries };
      const found = findHint(asked, of, (change) => tried(asked, change));
      return found === undefined ? [] : `${writeCall(entry)}: ${found}`;
    }),
  );
}

function findHint(
  asked: Asked,
  of: Hint['of'],
  tried: (change: Omit<Change, 'says'>) => Trial | undefined,
): string | undefined {
  const applying = hints
    .filter((hint) => hint.of === of)
    .map(({ changes, succeeds = isAnswered }) => ({ changes: changes(asked), succeeds }))
    .filter(({ changes }) => changes.length > 0);
  if (applying.length === 0) return undefined;
  // What else decided, such as a rule of the test or a limit of the mock, would decide again.
  const again = tried({ wire: {}, options: { verifySignatures: 'as the mock' } });
  if (again?.status !== asked.entry.status || again.code !== asked.entry.error?.code) return undefined;
  for (const { changes, succeeds } of applying) {
    for (const change of changes) {
      const trial = tried(change);
      if (trial !== undefined && succeeds(trial, asked)) return change.says(trial);
    }
  }
  return undefined;
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

function isOf({ operation, failure, error, status }: RequestEntry, of: Hint['of']): boolean {
  if (failure !== undefined) return false;
  if (of === 'refused requests') return error !== undefined && status !== 0;
  return error === undefined && (of === 'listings') === (operation?.startsWith('List') === true);
}
