import type { ChecksumAlgorithm } from '../../formats/digests';
import { makeContent } from './content';
import type { ObjectContent } from './version';

/** What a copy says of the object to be, where it does not just take over the source's. */
export interface CopySettings extends Pick<ObjectContent, 'headers' | 'storageClass'> {
  /** Undefined where the source's is taken over. */
  readonly metadata: ObjectContent['metadata'] | undefined;
  /** Undefined where the source's is taken. */
  readonly checksumAlgorithm: ChecksumAlgorithm | undefined;
}

/**
 * The content of a copy: one object, put at once, whatever the source was made of. Storage class, encryption and redirect are the
 * request's own, with the source's metadata too (F90).
 */
export function copiedContent(source: ObjectContent, settings: CopySettings): ObjectContent {
  const { metadata, headers, storageClass, checksumAlgorithm } = settings;
  const algorithm = checksumAlgorithm ?? source.checksum?.algorithm;
  return makeContent({
    body: source.body,
    metadata: metadata ?? source.metadata,
    headers: metadata ? headers : { ...only(source.headers, isCarried), ...only(headers, (name) => !isCarried(name)) },
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
