import { isObject } from '../../model/versions/version';
import { findVersion, versionIdOf } from '../../model/versions/version-lookup';
import { say } from '../../text/reason';
import { writeValue } from '../../text/values';
import type { Asked, Change, Hint } from '../hint';
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
