import { makeChecksumMembers } from '../../formats/digests';
import { element } from '../../shapes/elements';
import { plainText, text, words } from '../../shapes/values';

export const checksumElements = makeChecksumMembers(() => element(text));

export const checksumTypeElement = { ChecksumType: element(words('FULL_OBJECT', 'COMPOSITE')) };

/** An entity tag whose quotes S3 does not escape, as in answers to copies and completions (F89). */
export const plainETag = element(plainText);
