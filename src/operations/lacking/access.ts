import { sentDocument } from '../../protocol/document/binding';
import { attribute, element, wrappedList } from '../../protocol/document/elements';
import { text, word } from '../../protocol/document/values';

/**
 * The documents of settings of a bucket that the mock lacks, such as its ACL (F231).
 * @module
 */

const status = word<'Enabled' | 'Disabled'>();

/** The document of PutBucketAbac. */
export const abacStatus = {
  AbacStatus: sentDocument({
    Status: element(status),
  }),
};

/** The person, the group or the account that has a right. */
const grantee = {
  Type: attribute('xsi:type', word<'AmazonCustomerByEmail' | 'CanonicalUser' | 'Group'>()),
  DisplayName: element(text),
  EmailAddress: element(text),
  ID: element(text),
  URI: element(text),
};

/** A right of a grantee. */
export const grant = {
  Grantee: element(grantee),
  Permission: element(word<'FULL_CONTROL' | 'READ' | 'READ_ACP' | 'WRITE' | 'WRITE_ACP'>()),
};

const owner = {
  DisplayName: element(text),
  ID: element(text),
};

/** The document of PutBucketAcl. */
export const accessControlPolicy = {
  AccessControlPolicy: sentDocument({
    Grants: wrappedList(grant, 'Grant', 'AccessControlList'),
    Owner: element(owner),
  }),
};
