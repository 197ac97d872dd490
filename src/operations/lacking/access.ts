import { sentDocument } from '../../protocol/document/binding';
import { element } from '../../protocol/document/elements';
import { word } from '../../protocol/document/values';

/**
 * The documents of settings of a bucket that the mock lacks (F231).
 * @module
 */

const status = word<'Enabled' | 'Disabled'>();

/** The document of PutBucketAbac. */
export const abacStatus = {
  AbacStatus: sentDocument({
    Status: element(status),
  }),
};
