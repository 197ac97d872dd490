import { checksumMembersOf } from '../../formats/digests';
import { type Element, element } from '../../protocol/document/elements';
import { oneOf, text } from '../../protocol/document/values';

/** The checksums in a document. */
export const checksumElements = checksumMembersOf(() => element(text));

/** The type of a checksum in a document. */
export const checksumTypeElement = { ChecksumType: element(oneOf('FULL_OBJECT', 'COMPOSITE')) };

/** An entity tag whose quotes S3 does not escape, as in answers to copies and completions (F89). */
export const plainETag: Element<string | undefined> = {
  ...element(text),
  write: (etag, name) => (etag === undefined ? '' : `<${name}>${etag}</${name}>`),
};
