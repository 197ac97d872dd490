import { sentDocument } from '../../protocol/document/binding';
import { element, wrappedList } from '../../protocol/document/elements';
import { text, word } from '../../protocol/document/values';
import { grantee } from './access';

/**
 * The documents of reports on a bucket, which the mock lacks (F231).
 * @module
 */

/** A tag. */
export const tag = {
  Key: element(text),
  Value: element(text),
};

const targetGrant = {
  Grantee: element(grantee),
  Permission: element(word<'FULL_CONTROL' | 'READ' | 'WRITE'>()),
};

const partitionedPrefix = {
  PartitionDateSource: element(word<'DeliveryTime' | 'EventTime'>()),
};

const targetObjectKeyFormat = {
  SimplePrefix: element({}),
  PartitionedPrefix: element(partitionedPrefix),
};

const loggingEnabled = {
  TargetBucket: element(text),
  TargetPrefix: element(text),
  TargetGrants: wrappedList(targetGrant, 'Grant'),
  TargetObjectKeyFormat: element(targetObjectKeyFormat),
};

/** The document of PutBucketLogging. */
export const bucketLoggingStatus = {
  BucketLoggingStatus: sentDocument({
    LoggingEnabled: element(loggingEnabled),
  }),
};
