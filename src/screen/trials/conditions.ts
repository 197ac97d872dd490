import { writeCall } from '../../journal/entry-text';
import type { Store } from '../../model/store';
import { isObject, type Version } from '../../model/versions/version';
import { versionIdOf } from '../../model/versions/version-lookup';
import { memberOf } from '../../text/value-kinds';
import { writeValue } from '../../text/values';
import type { Asked, Change, Hint } from '../hint';
import { isAwaited } from './expectation';
import { findLastWrite } from './locks';

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
