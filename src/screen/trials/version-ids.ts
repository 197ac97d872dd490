import { writeCall } from '../../journal/entry-text';
import { isObject } from '../../model/versions/version';
import { findVersion, versionIdOf } from '../../model/versions/version-lookup';
import { say } from '../../text/reason';
import { memberOf } from '../../text/value-kinds';
import { writeKey, writeValue } from '../../text/values';
import type { Asked, Change, Hint } from '../hint';
import { nameOfHead } from '../thrown-answers';
import { isExpectedAnswer } from './expectation';
import { readParameters, withHeader, withoutParameter, withParameter } from './wire';

/** An ETag is sent where S3 reads a version id, or the other way round. */
export const tryIdOfETag: Hint = {
  tries: 'the version id where an ETag was sent, and the ETag where a version id was sent',
  of: 'refused requests',
  changes: (asked) => [...idsOfETag(asked), ...tagsOfId(asked)],
};

function versionsOf({ entry: { bucket = '', key = '' }, store }: Asked) {
  return [...(store.buckets.get(bucket)?.versions.of(key) ?? [])].filter(isObject);
}

function idsOfETag(asked: Asked): readonly Change[] {
  const { entry, wire, store } = asked;
  const sent = entry.versionId?.replace(/^"|"$/g, '');
  if (sent === undefined || !/^[0-9a-f]{32}(?:-\d+)?$/.test(sent)) return [];
  return versionsOf(asked)
    .filter(({ content }) => content.etag.replace(/^"|"$/g, '') === sent)
    .map((version) => {
      const id = versionIdOf(store, version);
      return {
        wire: withParameter(wire, 'versionId', id),
        says: () =>
          `it would have been answered with VersionId: ${writeValue(id)}; the code sent the ETag of that version, ${writeValue(entry.versionId)}.`,
      };
    });
}

const conditions = { 'if-match': 'IfMatch', 'x-amz-copy-source-if-match': 'CopySourceIfMatch' } as const;

function tagsOfId(asked: Asked): readonly Change[] {
  const { entry, wire, store } = asked;
  const bucket = store.buckets.get(entry.bucket ?? '');
  return Object.entries(conditions).flatMap(([name, member]) => {
    const sent = wire.headers.get(name)?.replace(/^"|"$/g, '');
    const version = sent && bucket && findVersion(store, bucket, entry.key ?? '', sent);
    if (!version || !isObject(version)) return [];
    const { etag } = version.content;
    return {
      wire: withHeader(wire, name, etag),
      says: () =>
        `it would have been answered with ${member}: ${writeValue(etag)}; the code sent the version id ${writeValue(sent)}.`,
    };
  });
}

/** The actions of an operation without a version id, and with one. */
const actions: Readonly<Record<string, readonly [plain: string, ofVersion: string]>> = {
  GetObject: ['s3:GetObject', 's3:GetObjectVersion'],
  HeadObject: ['s3:GetObject', 's3:GetObjectVersion'],
  DeleteObject: ['s3:DeleteObject', 's3:DeleteObjectVersion'],
};

/** A policy denies an action, and a request with a version id needs another one. */
export const tryWithoutVersionId: Hint = {
  tries: 'no version id, where a test expects a refusal',
  of: 'requests that should be refused',
  changes: ({ entry, wire }: Asked): readonly Change[] => {
    const [plain, ofVersion] = actions[entry.operation ?? ''] ?? [];
    const parameter = readParameters(wire).find(({ name }) => name === 'versionId');
    if (plain === undefined || parameter === undefined) return [];
    return [
      {
        wire: withoutParameter(wire, parameter),
        says: ({ refusal }) => {
          return String(
            say`with a version id S3 asks for ${ofVersion}, not for ${plain}. Without one it would have been refused: ${refusal?.why ?? ''}. Deny ${ofVersion} as well.`,
          );
        },
      },
    ];
  },
  succeeds: ({ code }) => code === 'AccessDenied',
};

/** The current version is a delete marker, and an object is below it. */
export const tryIdOfNewest: Hint = {
  tries: 'the id of the newest version below a delete marker',
  of: 'refused requests',
  changes: (asked) => {
    const { entry, wire, store } = asked;
    const bucket = store.buckets.get(entry.bucket ?? '');
    const isRead = entry.operation === 'GetObject' || entry.operation === 'HeadObject';
    const marker = bucket?.versions.current(entry.key ?? '');
    const [newest] = versionsOf(asked);
    const isMarked = marker !== undefined && !isObject(marker) && newest !== undefined;
    if (!isRead || !isMarked || entry.status !== 404 || entry.versionId !== undefined) return [];
    const [id, idOfMarker] = [newest, marker].map((version) => writeValue(versionIdOf(store, version)));
    return [
      {
        wire: withParameter(wire, 'versionId', versionIdOf(store, newest)),
        says: () =>
          `it would have been answered with VersionId: ${id}, the newest version below the delete marker; a delete of the marker by its id, ${idOfMarker}, makes that version the current one again.${writeAskedMarker(asked, versionIdOf(store, marker))}`,
      },
    ];
  },
};

/** The code itself has deleted the object, and a test can ask for the marker alone. S3 answers 404 of it, which clients throw. */
function writeAskedMarker({ entry, entries, errors }: Asked, marker: string): string {
  const { bucket, key = '' } = entry;
  const isMade = entries.some(
    ({ operation, output, ...one }) =>
      operation === 'DeleteObject' &&
      one.bucket === bucket &&
      one.key === key &&
      memberOf(output, 'VersionId') === marker,
  );
  const name = entry.method === 'HEAD' ? nameOfHead(entry) : (entry.error?.code ?? '');
  // A test that went on after the refusal has expected it, and its error is that of another one.
  const isLast = entries.findLast(({ error }) => error !== undefined) === entry;
  if (
    !isMade ||
    !isLast ||
    !errors.some((error) => error.isOfClient === true || [error.name, error.code].includes(name))
  )
    return '';
  return ` If the test asks for the marker, expect the error ${name}, or read s3.bucket('${bucket}').newest(${writeKey(key)}).deleteMarker.`;
}

/** Operations on a version, whose current one is meant without a version id. */
const ofVersions = /^(?:Get|Head|Put|Delete)Object(?:Tagging|Acl|Retention|LegalHold|Attributes|Annotation)?$/;

/** A request changed another version than the one that was read afterwards, since only one of both named a version. */
export const tryOtherVersion: Hint = {
  tries: 'the version that a request before changed',
  of: 'reads',
  changes: ({ entry, entries, wire }) => {
    if (!ofVersions.test(entry.operation ?? '')) return [];
    const write = entries
      .slice(0, entries.indexOf(entry))
      .findLast(
        ({ operation = '', method, bucket, key, error }) =>
          ofVersions.test(operation) &&
          method !== 'GET' &&
          method !== 'HEAD' &&
          error === undefined &&
          bucket === entry.bucket &&
          key === entry.key,
      );
    const [read, changed] = [entry.versionId, write?.versionId];
    if (write?.operation === undefined || read === changed || write.operation === 'DeleteObject') return [];
    const parameter = readParameters(wire).find(({ name }) => name === 'versionId');
    if (parameter !== undefined && changed === undefined)
      return [
        {
          wire: withoutParameter(wire, parameter),
          says: () =>
            `it read the version ${writeValue(read)}, and ${writeCall(write)} named no version, so it changed the current one, which has what the test expects: send VersionId: ${writeValue(read)} with ${write.operation} as well.`,
        },
      ];
    if (changed === undefined) return [];
    return [
      {
        wire: withParameter(wire, 'versionId', changed),
        says: () =>
          `it read ${read === undefined ? 'the current version' : `the version ${writeValue(read)}`}, and ${writeCall(write)} changed the version ${writeValue(changed)}: with that VersionId it would have returned what the test expects.`,
      },
    ];
  },
  succeeds: isExpectedAnswer,
};
