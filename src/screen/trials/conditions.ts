import type { RequestEntry } from '../../journal/entry';
import { writeCall } from '../../journal/entry-text';
import type { Store } from '../../model/store';
import { isObject, type Version } from '../../model/versions/version';
import { versionIdOf } from '../../model/versions/version-lookup';
import type { Trial } from '../../service/trial';
import { memberOf } from '../../text/value-kinds';
import { writeValue } from '../../text/values';
import type { Asked, Change, Hint } from '../hint';
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
    if (write === undefined || !/^DeleteObjects?$/.test(write.operation ?? '')) return [];
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

const conditional = /^(?:PutObject|CopyObject|CompleteMultipartUpload)$/;

/** A test waits for a failed condition by its name, which the write has not sent. */
export const tryWithCondition: Hint = {
  tries:
    'a write with IfNoneMatch, or with the IfMatch of an earlier read, where a test expects that a condition fails',
  of: 'requests that should be refused',
  isOfPresent: true,
  changes: (asked) => {
    const { entry, wire, errors } = asked;
    const isNamed = errors.some(({ message }) => message.includes('PreconditionFailed'));
    if (!isNamed || !isAwaited(asked) || !conditional.test(entry.operation ?? '')) return [];
    if (wire.headers.has('if-none-match') || wire.headers.has('if-match')) return [];
    const { write, tag } = findReplaced(asked);
    if (write === undefined) return [];
    const replaced = `it named no condition, so S3 replaced what ${writeCall(write)} had written`;
    const match = {
      wire: withHeader(wire, 'if-match', tag),
      says: ({ status, code }: Trial) =>
        `${replaced}. With IfMatch: ${writeValue(tag)}, the ETag that the code had read before, it would have been refused: ${status} ${code}.`,
    };
    const noneMatch = {
      wire: withHeader(wire, 'if-none-match', '*'),
      says: ({ status, code }: Trial) =>
        `${replaced}. With IfNoneMatch: '*' it would have been refused: ${status} ${code}.`,
    };
    return tag === undefined ? [noneMatch] : [match, noneMatch];
  },
  succeeds: ({ code }) => code === 'PreconditionFailed',
};

interface Replaced {
  /** The write of the test that made the object which the request replaced. */
  readonly write?: RequestEntry | undefined;
  /** The ETag that the test had read before that write; undefined if it has read the object since, or never. */
  readonly tag?: string | undefined;
}

function findReplaced({ entry, entries }: Asked): Replaced {
  const { bucket, key } = entry;
  const isOfKey = (one: RequestEntry) => one.bucket === bucket && one.key === key && one.versionId === undefined;
  const earlier = entries.slice(0, entries.indexOf(entry)).filter((one) => isOfKey(one) && one.error === undefined);
  const at = earlier.findLastIndex(({ method }) => method !== 'GET' && method !== 'HEAD');
  const write = earlier[at];
  if (write === undefined || !conditional.test(write.operation ?? '') || write.failure !== undefined) return {};
  const reads = earlier.filter(({ operation }) => operation === 'GetObject' || operation === 'HeadObject');
  const last = reads.at(-1);
  const tag = last && earlier.indexOf(last) < at ? memberOf(last.output, 'ETag') : undefined;
  return { write, tag: typeof tag === 'string' ? tag : undefined };
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
