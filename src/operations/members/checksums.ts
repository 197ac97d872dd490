import { checksumMembersOf, missingAlgorithms } from '../../formats/digests';
import { S3Error } from '../../refusals/s3-error';
import { element } from '../../shapes/elements';
import { judged, plainText, text, words } from '../../shapes/values';

/** The checksums in a document. */
export const checksumElements = checksumMembersOf(() => element(text));

/** The checksums in a document that S3 reads and the mock refuses by name (F232). */
export const missingChecksumElements = Object.fromEntries(
  missingAlgorithms.map((algorithm) => [
    `Checksum${algorithm}`,
    element(judged(text, () => new S3Error('MockChecksumNotImplemented', { algorithm }))),
  ]),
) as { readonly [A in (typeof missingAlgorithms)[number] as `Checksum${A}`]: typeof text }; // one for each of the list

/** The type of a checksum in a document. */
export const checksumTypeElement = { ChecksumType: element(words('FULL_OBJECT', 'COMPOSITE')) };

/** An entity tag whose quotes S3 does not escape, as in answers to copies and completions (F89). */
export const plainETag = element(plainText);
