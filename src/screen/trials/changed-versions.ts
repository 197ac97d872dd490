import { refusedParts } from '../../journal/batch';
import type { RequestEntry } from '../../journal/entry';
import { writeCall } from '../../journal/entry-text';
import { isArray, memberOf } from '../../text/value-kinds';
import { writeKey, writeValue } from '../../text/values';
import type { Asked, Change, Hint } from '../hint';
import { withParameter } from './wire';

/** The requests that change one version, without writing another. */
const ofOneVersion = /^(?:Put|Delete)Object(LegalHold|Retention|Tagging|Acl)$/;

/** A version that S3 refused to a request, or to an entry of a batch. */
interface RefusedVersion {
  readonly key: string;
  readonly versionId: string;
}

/** A change without a version id is one of the current version, and the code needs it of an older one. */
export const tryChangeOfVersion: Hint = {
  tries:
    'the same after a change of a lock, of tags or of an ACL of the version that it names, where the change named none',
  of: 'refused requests',
  changes: (asked) => {
    const { error, key, versionId } = asked.entry;
    if (error?.code !== 'AccessDenied' || key === undefined || versionId === undefined) return [];
    return listChanges(asked, { key, versionId });
  },
};

/** The same of the first entry of a batch that S3 refused. */
export const tryChangeOfEntry: Hint = {
  tries: 'a batch after a change of the lock of the version that S3 refused to delete, where the change named none',
  of: 'writes',
  changes: (asked) => {
    const refused = findRefusedEntry(asked.entry);
    return refused === undefined ? [] : listChanges(asked, refused);
  },
  succeeds: ({ refusal, output }, { entry }) => {
    const { versionId } = findRefusedEntry(entry) ?? {};
    const errors = memberOf(output, 'Errors');
    const isRefused = isArray(errors) && errors.some((one: unknown) => memberOf(one, 'VersionId') === versionId);
    return refusal === undefined && !isRefused;
  },
};

function findRefusedEntry(entry: RequestEntry): RefusedVersion | undefined {
  const refused = refusedParts(entry).find(({ code, isFailure }) => code === 'AccessDenied' && !isFailure);
  const { Key: key, VersionId: versionId } = refused?.part ?? {};
  return typeof key === 'string' && typeof versionId === 'string' ? { key, versionId } : undefined;
}

/** The last change of each kind, if it came to the key when the refused version was there, and named no version. */
function listChanges({ entry, entries, findSent }: Asked, { key, versionId }: RefusedVersion): readonly Change[] {
  // S3 has answered a batch, other than one of its entries.
  const answered =
    entry.error === undefined
      ? `It would have deleted ${writeValue(versionId)}`
      : 'This request would have been answered';
  const before = entries.slice(0, entries.indexOf(entry));
  const written = before.findLastIndex(({ output }) => memberOf(output, 'VersionId') === versionId);
  const changes = before.filter(
    ({ operation, error, ...one }, at) =>
      at > written && one.bucket === entry.bucket && one.key === key && error === undefined && subjectOf(operation),
  );
  // What came later to the refused version, or to the current one, can have undone an earlier change.
  const last = new Map(changes.map((one) => [subjectOf(one.operation), one]));
  return [...last.values()].flatMap((change) => {
    const sent = change.versionId === undefined ? findSent(change) : undefined;
    if (sent === undefined) return [];
    const id = writeValue(versionId);
    return {
      wire: {},
      options: { first: { ...sent.wire, ...withParameter(sent.wire, 'versionId', versionId) } },
      says: () =>
        `${writeCall(change)} named no VersionId, so it changed the current version of ${writeKey(key)} alone, and not ${id}. ${answered} after ${change.operation} with VersionId: ${id}.`,
    };
  });
}

/** What a request changes of one version, such as its tags. */
function subjectOf(operation: string | undefined): string | undefined {
  return ofOneVersion.exec(operation ?? '')?.[1];
}
