import { partsIn } from '../../journal/batch';
import type { RequestEntry } from '../../journal/entry';
import { writeCall } from '../../journal/entry-text';
import { findRequestsOnKey } from '../../journal/key-requests';
import { readCopySource } from '../../protocol/request/copy-source-address';
import type { Trial } from '../../service/trial';
import { counted } from '../../text/counts';
import { memberOf } from '../../text/value-kinds';
import { readAnswer } from '../answer-texts';
import type { ComparedTexts } from '../compared-texts';
import { countsCalls, isErrorOf } from '../errors';
import type { Asked, Change, Hint } from '../hint';
import { ofLists } from '../left-out';
import { isExpectedAnswer, listMissing } from './expectation';

/** A read came before the write that it should have seen, because nobody awaited the write. */
export const tryReadAfterLaterWrite: Hint = {
  tries: 'the same read now, if the key was written after it',
  of: 'reads',
  isOfPresent: true,
  changes: (asked) =>
    asked.compared.some(({ printed }) => countsCalls(printed)) || isReadAgain(asked) ? [] : listChanges(asked),
  succeeds: (trial, asked) =>
    findLast(trial, asked) !== undefined &&
    isExpectedAnswer(trial, { ...asked, compared: asked.compared.filter(isOfAnswer) }),
};

/** Whether the same read came again after the write, so that the test has its answer, unless it received what the first one alone had. */
function isReadAgain(asked: Asked): boolean {
  const { entry, entries, compared } = asked;
  const write = entries.indexOf(listWrites(asked)[0] ?? entry);
  const isSame = (one: RequestEntry) => one.operation === entry.operation && one.key === entry.key;
  const again = entries.slice(write + 1).filter((one) => isSame(one) && one.bucket === entry.bucket);
  if (again.length === 0) return false;
  const [first, later] = [readAnswer(entry.output), again.map(({ output }) => readAnswer(output))];
  const isOfFirst = (text: string) => first.has(text) && !later.some((texts) => texts.has(text));
  return !compared.some(({ received }) => [...received].some(isOfFirst));
}

/** Whether an assertion says what it misses. Any value can be undefined, and a list that is filled later says nothing of it. */
function isOfAnswer(one: ComparedTexts): boolean {
  return !one.isUndefined || ofLists.test(one.printed) || listMissing(one).length > 0;
}

/** Code often looks whether a key is there, and then writes it. So this is tried only if the refusal itself has failed the test. */
export const tryAfterLaterWrite: Hint = {
  tries: 'the same read now, if the missing key was written after it',
  of: 'refused requests',
  isOfPresent: true,
  changes: (asked) =>
    asked.entry.status === 404 && asked.errors.some((error) => isErrorOf(error, asked.entry)) ? listChanges(asked) : [],
  succeeds: (trial, asked) => findLast(trial, asked) !== undefined && trial.refusal === undefined && trial.status < 300,
};

function listChanges(asked: Asked): readonly Change[] {
  const writes = listWrites(asked);
  // A test cannot await the write of another test.
  if (writes.length === 0 || asked.isConcurrent || writes.some((write) => needsAnswer(write, asked.entry))) return [];
  return [{ wire: {}, says: (trial) => writeLater(asked, findLast(trial, asked) ?? writes.length - 1) }];
}

/** The writes after a read that can have changed its answer. */
function listWrites({ entry, entries }: Asked): readonly RequestEntry[] {
  return entries.slice(entries.indexOf(entry) + 1).filter((one) => isWrite(one) && concerns(one, entry));
}

/** The place of the write since which the answer has not changed. The present state says nothing of the time before. */
function findLast({ touches }: Trial, asked: Asked): number | undefined {
  const at = listWrites(asked).findIndex((write) => {
    const sent = asked.findSent(write);
    return sent !== undefined && asked.store.isUnchangedSince(sent.writes, touches);
  });
  return at === -1 ? undefined : at;
}

function writeLater(asked: Asked, at: number): string {
  const { entry } = asked;
  const write = listWrites(asked)[at];
  if (write === undefined) return '';
  const [before, them, all] =
    at === 0
      ? [writeCall(write), 'it', 'the write']
      : [`${counted(at + 1, 'write')}, of which ${writeCall(write)} was the last`, 'them', 'the writes'];
  const answer = entry.status === 404 ? 'as the object is there now' : 'the one that the test expects';
  // Code may change what it has read, and then it cannot write first.
  const again = entry.status < 300 && write.key === entry.key ? `, or read again after ${them}` : '';
  return `it came before ${before}, and would have had another answer after ${them}, ${answer}: await ${all} first${again}.`;
}

function isWrite({ method, error, failure, status }: RequestEntry): boolean {
  return method !== 'GET' && method !== 'HEAD' && error === undefined && failure === undefined && status < 300;
}

/** Whether a write names a version, an ETag or a key that the read had answered, so that it may not come first. */
function needsAnswer({ key, versionId, input }: RequestEntry, { output }: RequestEntry): boolean {
  const parts = (partsIn(input) ?? []).flatMap((one) => [memberOf(one, 'VersionId'), memberOf(one, 'Key')]);
  const named = [key, versionId, memberOf(input, 'IfMatch'), readSource(memberOf(input, 'CopySource')), ...parts];
  const texts = readAnswer(output);
  return named.some((one) => typeof one === 'string' && one !== 'null' && texts.has(one));
}

/** S3 has read the source of a copy that it made. */
function readSource(header: unknown): string | undefined {
  return typeof header === 'string' ? readCopySource(header).key : undefined;
}

function concerns(write: RequestEntry, { bucket, key }: RequestEntry): boolean {
  if (write.bucket !== bucket || bucket === undefined) return false;
  if (key === undefined || write.key === undefined) return true;
  return findRequestsOnKey({ dropped: 0, slice: () => [write] }, bucket, key).length > 0;
}
