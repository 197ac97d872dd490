import { partsIn } from '../../journal/batch';
import type { RequestEntry } from '../../journal/entry';
import { writeCall } from '../../journal/entry-text';
import { findRequestsOnKey } from '../../journal/key-requests';
import { memberOf } from '../../text/value-kinds';
import { isErrorOf } from '../errors';
import type { Asked, Change, Hint } from '../hint';
import { isExpectedAnswer, readAnswer } from './expectation';

/** A read came before the write that it should have seen, because nobody awaited the write. */
export const tryReadAfterLaterWrite: Hint = {
  tries: 'the same read now, if the key was written after it',
  of: 'reads',
  isOfPresent: true,
  changes: listChanges,
  succeeds: isExpectedAnswer,
};

/** Code often looks whether a key is there, and then writes it. So this is tried only if the refusal itself has failed the test. */
export const tryAfterLaterWrite: Hint = {
  tries: 'the same read now, if the missing key was written after it',
  of: 'refused requests',
  isOfPresent: true,
  changes: (asked) =>
    asked.entry.status === 404 && asked.errors.some((error) => isErrorOf(error, asked.entry)) ? listChanges(asked) : [],
};

function listChanges({ entry, entries }: Asked): readonly Change[] {
  const later = entries.slice(entries.indexOf(entry) + 1);
  const write = later.find((one) => isWrite(one) && concerns(one, entry));
  if (write === undefined || needsAnswer(write, entry)) return [];
  return [
    {
      wire: {},
      says: () =>
        `it came before ${writeCall(write)}, and would have had another answer after it, ${entry.status === 404 ? 'as the object is there now' : 'the one that the test expects'}: await the write first.`,
    },
  ];
}

function isWrite({ method, error, failure, status }: RequestEntry): boolean {
  return method !== 'GET' && method !== 'HEAD' && error === undefined && failure === undefined && status < 300;
}

/** Whether a write names a version that the read had answered, so that it could not come first. */
function needsAnswer({ versionId, input }: RequestEntry, { output }: RequestEntry): boolean {
  const named = [versionId, ...(partsIn(input) ?? []).map((one) => memberOf(one, 'VersionId'))];
  const texts = readAnswer(output);
  return named.some((id) => typeof id === 'string' && id !== 'null' && texts.has(id));
}

function concerns(write: RequestEntry, { bucket, key }: RequestEntry): boolean {
  if (write.bucket !== bucket || bucket === undefined) return false;
  if (key === undefined || write.key === undefined) return true;
  return findRequestsOnKey({ dropped: 0, slice: () => [write] }, bucket, key).length > 0;
}
