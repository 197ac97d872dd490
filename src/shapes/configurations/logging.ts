import { attribute, required, structure, wrappedList } from '../elements';
import { text, words } from '../values';

const namespace = 'http://www.w3.org/2001/XMLSchema-instance';

const grantee = structure({
  Type: required(attribute('xsi:type', words('CanonicalUser', 'AmazonCustomerByEmail', 'Group'), namespace)),
  ID: text,
  DisplayName: text,
  EmailAddress: text,
  URI: text,
});

const grant = structure({
  Grantee: required(grantee),
  // S3 also takes the permissions of ACLs, which SDKs do not know here.
  Permission: required(words('FULL_CONTROL', 'READ', 'WRITE', 'READ_ACP', 'WRITE_ACP')),
});

const loggingEnabled = structure({
  TargetBucket: required(text),
  TargetPrefix: required(text),
  TargetGrants: wrappedList(grant, 'Grant'),
  TargetObjectKeyFormat: structure({
    SimplePrefix: structure({}),
    PartitionedPrefix: structure({ PartitionDateSource: words('EventTime', 'DeliveryTime') }),
  }),
});

/** The bucket to which S3 writes the log of requests. */
export const logging = structure({ LoggingEnabled: loggingEnabled });
