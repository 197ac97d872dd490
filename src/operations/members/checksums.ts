import { type ChecksumAlgorithm, isComputable, makeChecksumMembers, optionalAlgorithms } from '../../formats/digests';
import { S3Error } from '../../refusals/s3-error';
import { element } from '../../shapes/elements';
import { judged, plainText, text, words } from '../../shapes/values';

export const checksumElements = makeChecksumMembers(() => element(text));

/** The mock refuses those that it cannot compute (F232). */
export const sentChecksumElements = {
  ...checksumElements,
  ...Object.fromEntries(
    optionalAlgorithms.map((algorithm) => [
      `Checksum${algorithm}`,
      element(judged(text, () => findRefusal(algorithm))),
    ]),
  ),
};

function findRefusal(algorithm: ChecksumAlgorithm): S3Error | undefined {
  return isComputable(algorithm) ? undefined : new S3Error('MockChecksumNotImplemented', { algorithm });
}

export const checksumTypeElement = { ChecksumType: element(words('FULL_OBJECT', 'COMPOSITE')) };

/** An entity tag whose quotes S3 does not escape, as in answers to copies and completions (F89). */
export const plainETag = element(plainText);
