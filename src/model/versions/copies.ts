import type { ChecksumAlgorithm } from '../../formats/digests';
import type { Ids } from '../ids';
import { makeContent } from './content';
import type { ObjectContent } from './version';

interface CopySettings extends Pick<ObjectContent, 'headers' | 'encryption' | 'storageClass'> {
  /** Undefined if the copy keeps the source's metadata. */
  readonly metadata: ObjectContent['metadata'] | undefined;
  /** Undefined if the copy keeps the source's algorithm. */
  readonly checksumAlgorithm: ChecksumAlgorithm | undefined;
}

/**
 * The content of a copy: one object without parts, even if the source has parts. Storage class, encryption and redirect are those of the
 * request, even if the copy keeps the source's metadata (F90).
 */
export function copiedContent(ids: Pick<Ids, 'text'>, source: ObjectContent, settings: CopySettings): ObjectContent {
  const { metadata, headers, encryption, storageClass, checksumAlgorithm } = settings;
  const algorithm = checksumAlgorithm ?? source.checksum?.algorithm;
  return makeContent(ids, {
    body: source.body,
    metadata: metadata ?? source.metadata,
    headers: metadata ? headers : { ...only(source.headers, isCarried), ...only(headers, (name) => !isCarried(name)) },
    encryption,
    storageClass,
    checksum: algorithm && { algorithm },
  });
}

function isCarried(name: string): boolean {
  return !name.startsWith('x-amz-');
}

function only(headers: ObjectContent['headers'], wanted: (name: string) => boolean): ObjectContent['headers'] {
  return Object.fromEntries(Object.entries(headers).filter(([name]) => wanted(name)));
}
