import { checksumMembersOf, missingAlgorithms } from '../../formats/digests';
import { type Element, element } from '../../protocol/document/elements';
import { oneOf, refusing, text } from '../../protocol/document/values';
import { S3Error } from '../../refusals/s3-error';

/** The checksums in a document. */
export const checksumElements = checksumMembersOf(() => element(text));

/** The checksums in a document that S3 reads and the mock refuses by name (F232). */
export const missingChecksumElements = Object.fromEntries(
  missingAlgorithms.map((algorithm) => {
    const refusalForAlgorithm = () => new S3Error('MockChecksumNotImplemented', { algorithm });
    return [`Checksum${algorithm}`, element(refusing({ ...text, read: () => undefined }, refusalForAlgorithm))];
  }),
) as { readonly [A in (typeof missingAlgorithms)[number] as `Checksum${A}`]: Element<string | undefined> }; // one for each of the list

/** The type of a checksum in a document. */
export const checksumTypeElement = { ChecksumType: element(oneOf('FULL_OBJECT', 'COMPOSITE')) };

/** An entity tag whose quotes S3 does not escape, as in answers to copies and completions (F89). */
export const plainETag: Element<string | undefined> = {
  ...element(text),
  write: (etag, name) => (etag === undefined ? '' : `<${name}>${etag}</${name}>`),
};
