import type { RequestEntry } from '../journal/entry';
import { writeCall } from '../journal/entry-text';
import { findRequestsOnKey } from '../journal/key-requests';
import { isObject } from '../model/versions/version';
import { versionIdOf } from '../model/versions/version-lookup';
import { counted } from '../text/counts';
import { memberOf } from '../text/value-kinds';
import { writeValue } from '../text/values';
import type { FailedError } from '../thrown-errors';
import { isMissingRejection } from './errors';
import type { Question } from './hint';
import { findUnwantedObject } from './library-assertions';

/** Says that a delete of one version left the others of a key that a test expects to be gone. */
export function writeLeftVersions({ store, entries, errors }: Question): string | undefined {
  const asked = findUnwantedObject(errors) ?? findReadObject(entries, errors);
  const { bucket: name = '', key = '' } = asked ?? {};
  const versions = [...(store.buckets.get(name)?.versions.of(key) ?? [])];
  const [current] = versions;
  if (current === undefined || !isObject(current)) return undefined;
  const last = findRequestsOnKey({ dropped: 0, slice: () => [...entries] }, name, key).at(-1)?.recorded;
  const id = last?.versionId;
  if (last?.operation !== 'DeleteObject' || last.error !== undefined || id === undefined) return undefined;
  const [what, cure] =
    memberOf(last.output, 'DeleteMarker') === true
      ? ['the delete marker', 'Without the marker the object is there again.']
      : ['that version alone', writeCure(versions.length)];
  return `${writeCall(last)} named the version ${writeValue(id)} and removed ${what}, so the current version of the key is now ${writeValue(versionIdOf(store, current))}. ${cure}`;
}

function writeCure(left: number): string {
  const all = left === 1 ? 'that version' : `each of the ${counted(left, 'version')} that are left`;
  return `To hide the object, send DeleteObject without VersionId, which adds a delete marker; to remove it for good, delete ${all} as well.`;
}

/** The object that a test has read last, where it expects that S3 refuses the read. */
function findReadObject(
  entries: readonly RequestEntry[],
  errors: readonly FailedError[],
): Pick<RequestEntry, 'bucket' | 'key'> | undefined {
  const last = entries.at(-1);
  const isRead = /^(?:Get|Head)Object$/.test(last?.operation ?? '') && last?.versionId === undefined;
  return isRead && errors.some(({ message }) => isMissingRejection(message)) ? last : undefined;
}
