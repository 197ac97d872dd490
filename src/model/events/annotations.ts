import type { VersionChange } from '../changes';
import type { Annotation } from '../versions/version';
import type { S3NotificationRecord } from './documents';

/** The annotations of a record, of which there is one. */
export type AnnotationsOfRecord = NonNullable<S3NotificationRecord['s3']['objectAnnotation']>;

/** The annotation that was put or deleted, as a record has it; undefined for a change of something else (F847). */
export function changedAnnotation({ kind, before, version }: VersionChange): AnnotationsOfRecord | undefined {
  if (kind !== 'annotations') return undefined;
  const [old, present] = [annotationsOf(before), annotationsOf(version)];
  const put = present.find((one) => !old.includes(one));
  if (put) return [{ name: put.name, size: put.body.length, eTag: put.etag }];
  const gone = old.find(({ name }) => !present.some((one) => one.name === name));
  return gone && [{ name: gone.name }];
}

function annotationsOf(version: VersionChange['before']): readonly Annotation[] {
  return version?.annotations ?? [];
}
