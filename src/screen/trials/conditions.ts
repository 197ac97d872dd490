import type { RequestEntry } from '../../journal/entry';
import { writeCall, writeResource } from '../../journal/entry-text';
import type { Store } from '../../model/store';
import { isObject, type Version } from '../../model/versions/version';
import { versionIdOf } from '../../model/versions/version-lookup';
import type { Trial } from '../../service/trial';
import { isArray, memberOf } from '../../text/value-kinds';
import { writeValue } from '../../text/values';
import { listDeletedObjects } from '../deleted-keys';
import { isMissingRejection, namesRejection } from '../errors';
import type { Asked, Change, Hint } from '../hint';
import { isOfFailure, isOfRoot } from './callers';
import { isAwaited } from './expectation';
import { findLastWrite } from './locks';
import { withHeader } from './wire';

/** A write that takes no other object's place was carried out, as the object was only deleted. */
export const tryConditionOnObject: Hint = {
  tries: 'a write with IfNoneMatch, without the delete marker or after the delete that let it pass',
  of: 'requests that should be refused',
  isOfPresent: true,
  changes: (asked) => {
    const { entry, entries, wire } = asked;
    if (wire.headers.get('if-none-match') !== '*' || !isAwaited(asked)) return [];
    const below = findBelowMarker(asked);
    if (below !== undefined) return [changeOfMarker(asked, below)];
    const write = findLastWrite(entries, entry);
    const { operation, bucket = '' } = write ?? {};
    if (write === undefined || (operation !== 'DeleteObject' && operation !== 'DeleteObjects')) return [];
    // S3 answers a delete of any key, also of one that has no object.
    if (!listDeletedObjects(asked, bucket, operation).has(entry.key ?? '')) return [];
    return [
      {
        wire: {},
        says: () =>
          `IfNoneMatch: '*' held, as ${writeCall(write)} had deleted the object. Sent again, it would be refused.`,
      },
    ];
  },
  succeeds: ({ refusal, status }) => refusal !== undefined && status === 412,
};

/** A copy has two conditions: one on the object that it replaces, and one on its source. */
export const tryConditionOnSource: Hint = {
  tries: 'a copy whose condition is on its source, where the code sent the ETag of the source as IfMatch',
  of: 'refused requests',
  changes: ({ entry, wire, entries }) => {
    const tag = wire.headers.get('if-match');
    if (entry.operation !== 'CopyObject' || tag === undefined || tag === '*' || wire.headers.has(ofSource)) return [];
    if (entries.slice(0, entries.indexOf(entry)).some((one) => hasTold(one, entry, tag))) return [];
    const without = { ...wire, ...withHeader(wire, 'if-match', undefined) };
    return [
      {
        wire: withHeader(without, ofSource, tag),
        says: () =>
          `IfMatch is about the object that the copy replaces, ${writeResource(entry)}, and the code sent the ETag of the source. With CopySourceIfMatch in place of IfMatch it would have been answered.`,
      },
    ];
  },
};

/** Whether an answer has given an ETag as the one of the key that is written, which had the bytes of the source. */
function hasTold({ bucket, key, output }: RequestEntry, written: RequestEntry, tag: string): boolean {
  if (bucket !== written.bucket) return false;
  const contents = memberOf(output, 'Contents');
  const listed: readonly unknown[] = isArray(contents) ? contents : [];
  const told = key === written.key ? [output] : listed.filter((one) => memberOf(one, 'Key') === written.key);
  return told.some((one) => String(memberOf(one, 'ETag')).replaceAll('"', '') === tag.replaceAll('"', ''));
}

const ofSource = 'x-amz-copy-source-if-match';

const conditional = /^(?:PutObject|CopyObject|CompleteMultipartUpload)$/;

/** A test waits for a failed condition by its name, which the write has not sent. */
export const tryWithCondition: Hint = {
  tries:
    'a write with IfNoneMatch, or with the IfMatch of an earlier read, where a test expects that a condition fails',
  of: 'requests that should be refused',
  isOfPresent: true,
  changes: (asked) =>
    asked.errors.some(({ message }) => ofFailedCondition.test(message)) ? addCondition(asked, 'With') : [],
  succeeds: isFailedCondition,
};

/** A test waits for an error that its runner does not name, and a write replaced an object. Any other cause goes before it. */
export const tryWithConditionForAnyError: Hint = {
  tries: 'the same write with IfNoneMatch or IfMatch, where a runner such as jest does not name the expected error',
  of: 'requests that should be refused',
  isOfPresent: true,
  changes: (asked) =>
    isAnyErrorAwaited(asked) ? addCondition(asked, 'If the test waits for PreconditionFailed: with') : [],
  succeeds: isFailedCondition,
};

function isFailedCondition({ code }: Trial): boolean {
  return code === 'PreconditionFailed';
}

/** `begins` is the beginning of the sentence with the cure. */
function addCondition(asked: Asked, begins: string): readonly Change[] {
  const { entry, wire } = asked;
  if (!isAwaited(asked) || !conditional.test(entry.operation ?? '')) return [];
  if (wire.headers.has('if-none-match') || wire.headers.has('if-match')) return [];
  // A condition on the source of a copy held.
  if ([...wire.headers.keys()].some((name) => name.startsWith('x-amz-copy-source-if-'))) return [];
  const { write, tag, isUnknown = false } = findReplaced(asked);
  if (isUnknown || !hasMetObject(asked)) return [];
  const object = write === undefined ? 'the key had an object' : `${writeCall(write)} had written the key before`;
  const replaced = `it named no condition, so S3 carried it out, although ${object}`;
  const match = {
    wire: withHeader(wire, 'if-match', tag),
    says: ({ status, code }: Trial) =>
      `${replaced}. ${begins} IfMatch: ${writeValue(tag)}, the ETag that the code had read before, it would have been refused: ${status} ${code}.`,
  };
  const noneMatch = {
    wire: withHeader(wire, 'if-none-match', '*'),
    says: ({ status, code }: Trial) =>
      `${replaced}. ${begins} IfNoneMatch: '*' it would have been refused: ${status} ${code}.`,
  };
  return tag === undefined ? [noneMatch] : [match, noneMatch];
}

/** The names of the errors of conditions that fail. */
const ofFailedCondition = /\b(?:PreconditionFailed|ConditionalRequestConflict)\b/;

/**
 * Whether a test waits for an error that its runner does not name, as jest and vitest name none. Where something else decides who may write,
 * the test can wait for its refusal.
 */
function isAnyErrorAwaited(asked: Asked): boolean {
  const { entry, errors, store } = asked;
  const hasPolicy = store.buckets.get(entry.bucket ?? '')?.settings.policy !== undefined;
  if (hasPolicy || !isOfRoot(entry) || isOfFailure(asked)) return false;
  return errors.some(({ message }) => isMissingRejection(message) && !namesRejection(message));
}

interface Replaced {
  /** The write of the test that made the object which the request replaced; undefined if that is of a fixture, or of a handle. */
  readonly write?: RequestEntry | undefined;
  /** Whether another request was the last one that wrote the key. */
  readonly isUnknown?: true;
  /** The ETag that the test had read before that write; undefined if it has read the object since, or never. */
  readonly tag?: string | undefined;
}

function findReplaced({ entry, entries }: Asked): Replaced {
  const { bucket, key } = entry;
  const write = findLastWrite(entries, entry);
  if (write === undefined) return {};
  if (!conditional.test(write.operation ?? '')) return { isUnknown: true };
  const isRead = (one: RequestEntry) =>
    /^(?:GetObject|HeadObject)$/.test(one.operation ?? '') &&
    one.bucket === bucket &&
    one.key === key &&
    one.versionId === undefined &&
    one.error === undefined;
  const last = entries.findLast(isRead);
  const tag = last && entries.indexOf(last) < entries.indexOf(write) ? memberOf(last.output, 'ETag') : undefined;
  // If the write had the same bytes, its object has the ETag as well.
  return { write, tag: typeof tag === 'string' && tag !== memberOf(write.output, 'ETag') ? tag : undefined };
}

/** Whether the last request of a test has put its object above another one, or in the place of it: what wrote that one can be gone since. */
function hasMetObject({ entry, store, versionChanges }: Asked): boolean {
  const { bucket = '', key = '', output } = entry;
  const [last, ...others] = versionChanges.of(bucket, key);
  const replaced = [last, ...others].find((one) => one?.what === 'replaced' && one.by.request === last?.by.request);
  if (last === undefined || replaced !== undefined) return replaced?.deleteMarker === false;
  const [written, below] = [...(store.buckets.get(bucket)?.versions.of(key) ?? [])];
  const isOwn = written !== undefined && versionIdOf(store, written) === (memberOf(output, 'VersionId') ?? 'null');
  return isOwn && below !== undefined && isObject(below);
}

/** The newest object below the delete markers on which a request has written. */
function findBelowMarker({ entry, store }: Asked): Version | undefined {
  const { bucket = '', key = '', output } = entry;
  const [written, marker, ...older] = [...(store.buckets.get(bucket)?.versions.of(key) ?? [])];
  if (written === undefined || marker === undefined || isObject(marker)) return undefined;
  return versionIdOf(store, written) === memberOf(output, 'VersionId') ? older.find(isObject) : undefined;
}

function changeOfMarker({ entry, store }: Asked, below: Version): Change {
  const id = writeValue(versionIdOf(store, below));
  return {
    wire: {},
    options: { arrange: (copy) => removeAbove(copy, entry, below.sequence) },
    says: () =>
      `IfNoneMatch: '*' held, as the current version of the key was a delete marker. Without the marker it would have been refused, since version ${id} is an object. No condition asks for older versions: ask ListObjectVersions first.`,
  };
}

function removeAbove(store: Store, { bucket = '', key = '' }: Asked['entry'], sequence: number): void {
  const versions = store.buckets.get(bucket)?.versions;
  for (const version of [...(versions?.of(key) ?? [])]) if (version.sequence > sequence) versions?.remove(version);
}
