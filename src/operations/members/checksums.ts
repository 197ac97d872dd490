import { checksumMembersOf } from '../../formats/digests';
import { type Element, element } from '../../protocol/document/elements';
import { oneOf, text } from '../../protocol/document/values';

/** Checksums where a document carries them. */
export const checksumElements = checksumMembersOf(() => element(text));

/** Of what a checksum in a document is made. */
export const checksumTypeElement = { ChecksumType: element(oneOf('FULL_OBJECT', 'COMPOSITE')) };

/** An entity tag whose quotes S3 writes as they are, as it does in answers to copies and completions (F89). */
export const plainETag: Element<string | undefined> = {
  ...element(text),
  write: (etag, name) => (etag === undefined ? '' : `<${name}>${etag}</${name}>`),
};
