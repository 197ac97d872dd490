import { attribute, required, structure, text, words, wrappedList } from '../shape';

const grantee = structure({
  Type: required(attribute('xsi:type', words('CanonicalUser', 'AmazonCustomerByEmail', 'Group'))),
  ID: text,
  DisplayName: text,
  EmailAddress: text,
  URI: text,
});

const grant = structure({
  Grantee: required(grantee),
  // S3 takes the permissions of ACLs, too, which SDKs do not know here.
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
