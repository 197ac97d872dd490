import type { Store } from '../../model/store';
import { findVersion, versionIdOf } from '../../model/versions/version-lookup';
import { findLocked } from '../../preset/older-locks';
import { showVersions } from '../../preset/version-copies';
import { memberOf } from '../../text/value-kinds';
import { writeValue } from '../../text/values';
import type { FailedError } from '../../thrown-errors';
import { namesRejection } from '../errors';
import type { Asked, Hint } from '../hint';
import { isAwaited, listMissing } from './expectation';
import { withHeader, withParameter } from './wire';

const ofObjects = /^(?:PutObject|CopyObject)$/;

/** A test expects that a lock refuses a write to the key of a locked version. */
export const tryWriteAboveLock: Hint = {
  tries: 'a write with IfNoneMatch, where it added a version above a locked one',
  of: 'requests that should be refused',
  isOfPresent: true,
  changes: (asked) => {
    const { entry, wire } = asked;
    const id = memberOf(entry.output, 'VersionId');
    if (!ofObjects.test(entry.operation ?? '') || typeof id !== 'string' || !isAwaited(asked)) return [];
    const locked = findLockedBelow(asked);
    if (locked === undefined || wire.headers.has('if-none-match')) return [];
    return [
      {
        wire: withHeader(wire, 'if-none-match', '*'),
        options: { arrange: (copy) => removeVersion(copy, entry, id) },
        says: ({ code, status }) =>
          `a lock protects versions, and not keys, so it added a version above the locked one, ${writeValue(locked)}, which is still there. With IfNoneMatch: '*' it would have been refused: ${status} ${code}.`,
      },
    ];
  },
  succeeds: ({ refusal, status }) => refusal !== undefined && status === 412,
};

/** How a test names a refusal, or what a lock does, where its code makes a text of its own of the error. */
const ofRefusal =
  /(?<!un|not |no |[bcf])lock|\bheld|\bhold|retain|retention|(?<!un|not )protect|den(?:y|ied)|refus|forbid|reject|immutable|^(?:403|409)$/i;

/** A word or a short sentence. Keys and names of files have slashes and dots. */
const ofWords = /^[\w '-]{1,60}$/;

/** Whether a test expects a refusal of a request that S3 answered, by its error or by a word for it, and nothing came after it. */
function isRefusalMissed(asked: Asked): boolean {
  const { entry, entries, compared, errors, store } = asked;
  const isOfLock = ({ message }: FailedError) => !namesRejection(message) || message.includes('AccessDenied');
  // Where something else can refuse the delete, the test can wait for that.
  const isAlone = !asked.hasMissedRule && store.buckets.get(entry.bucket ?? '')?.settings.policy === undefined;
  if (isAlone && isAwaited(asked) && errors.every(isOfLock)) return true;
  const isOwnWord = compared.some((one) => listMissing(one).some((text) => ofWords.test(text) && ofRefusal.test(text)));
  return entries.at(-1) === entry && isOwnWord;
}

/** A test expects that a lock refuses a delete which names no version. */
export const tryDeleteOfLocked: Hint = {
  tries: 'a delete with the id of the locked version, where it added a delete marker above that one',
  of: 'writes',
  isOfPresent: true,
  changes: (asked) => {
    const { entry, wire } = asked;
    const isMarker = entry.operation === 'DeleteObject' && memberOf(entry.output, 'DeleteMarker') === true;
    if (!isMarker || entry.versionId !== undefined || !isRefusalMissed(asked)) return [];
    const locked = findLockedBelow(asked);
    if (locked === undefined) return [];
    return [
      {
        wire: withParameter(wire, 'versionId', locked),
        says: ({ code, status }) =>
          `it named no version, so it added a delete marker; the locked version, ${writeValue(locked)}, is still there. A lock refuses the delete of a version: with VersionId: ${writeValue(locked)} it would have been refused, ${status} ${code}.`,
      },
    ];
  },
  succeeds: ({ refusal, status }) => refusal !== undefined && status === 403,
};

/** The id of the locked version below the newest one of the key that a request has written. */
export function findLockedBelow({ entry, store }: Asked): string | undefined {
  const bucket = store.buckets.get(entry.bucket ?? '');
  if (bucket === undefined || entry.key === undefined) return undefined;
  const [, ...older] = bucket.unobserved(() => [...showVersions(store, bucket, entry.key)]);
  return findLocked(older, store.clock.now())?.versionId;
}

function removeVersion(store: Store, { bucket: name = '', key = '' }: Asked['entry'], id: string): void {
  const bucket = store.buckets.get(name);
  const version = bucket && findVersion(store, bucket, key, id);
  if (version !== undefined && versionIdOf(store, version) === id) bucket?.versions.remove(version);
}
