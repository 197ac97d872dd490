import { sentDocument } from '../../protocol/document/binding';
import { element, list, unlessNone, wrappedList } from '../../protocol/document/elements';
import { long, text, word } from '../../protocol/document/values';
import type { StorageClass } from '../members/words';
import { tag } from './reports';

/**
 * The documents of replicas and websites, which the mock lacks (F231).
 * @module
 */

const status = word<'Enabled' | 'Disabled'>();

const corsRule = {
  AllowedMethods: unlessNone(list(text, 'AllowedMethod')),
  AllowedOrigins: unlessNone(list(text, 'AllowedOrigin')),
  ID: element(text),
  AllowedHeaders: unlessNone(list(text, 'AllowedHeader')),
  ExposeHeaders: unlessNone(list(text, 'ExposeHeader')),
  MaxAgeSeconds: element(long),
};

/** The document of PutBucketCors. */
export const corsConfiguration = {
  CORSConfiguration: sentDocument({
    CORSRules: unlessNone(list(corsRule, 'CORSRule')),
  }),
};

const accessControlTranslation = {
  Owner: element(word<'Destination'>()),
};

const encryptionConfiguration = {
  ReplicaKmsKeyID: element(text),
};

const replicationTimeValue = {
  Minutes: element(long),
};

const replicationTime = {
  Status: element(status),
  Time: element(replicationTimeValue),
};

const metrics = {
  Status: element(status),
  EventThreshold: element(replicationTimeValue),
};

const destination = {
  Bucket: element(text),
  Account: element(text),
  StorageClass: element(word<StorageClass>()),
  AccessControlTranslation: element(accessControlTranslation),
  EncryptionConfiguration: element(encryptionConfiguration),
  ReplicationTime: element(replicationTime),
  Metrics: element(metrics),
};

const replicationRuleAndOperator = {
  Prefix: element(text),
  Tags: unlessNone(list(tag, 'Tag')),
};

const replicationRuleFilter = {
  Prefix: element(text),
  Tag: element(tag),
  And: element(replicationRuleAndOperator),
};

const sseKmsEncryptedObjects = {
  Status: element(status),
};

const replicaModifications = {
  Status: element(status),
};

const sourceSelectionCriteria = {
  SseKmsEncryptedObjects: element(sseKmsEncryptedObjects),
  ReplicaModifications: element(replicaModifications),
};

const existingObjectReplication = {
  Status: element(status),
};

const deleteMarkerReplication = {
  Status: element(status),
};

const replicationRule = {
  Status: element(status),
  Destination: element(destination),
  ID: element(text),
  Priority: element(long),
  Prefix: element(text),
  Filter: element(replicationRuleFilter),
  SourceSelectionCriteria: element(sourceSelectionCriteria),
  ExistingObjectReplication: element(existingObjectReplication),
  DeleteMarkerReplication: element(deleteMarkerReplication),
};

/** The document of PutBucketReplication. */
export const replicationConfiguration = {
  ReplicationConfiguration: sentDocument({
    Role: element(text),
    Rules: unlessNone(list(replicationRule, 'Rule')),
  }),
};

const errorDocument = {
  Key: element(text),
};

const indexDocument = {
  Suffix: element(text),
};

const redirectAllRequestsTo = {
  HostName: element(text),
  Protocol: element(word<'http' | 'https'>()),
};

const redirect = {
  HostName: element(text),
  HttpRedirectCode: element(text),
  Protocol: element(word<'http' | 'https'>()),
  ReplaceKeyPrefixWith: element(text),
  ReplaceKeyWith: element(text),
};

const condition = {
  HttpErrorCodeReturnedEquals: element(text),
  KeyPrefixEquals: element(text),
};

const routingRule = {
  Redirect: element(redirect),
  Condition: element(condition),
};

/** The document of PutBucketWebsite. */
export const websiteConfiguration = {
  WebsiteConfiguration: sentDocument({
    ErrorDocument: element(errorDocument),
    IndexDocument: element(indexDocument),
    RedirectAllRequestsTo: element(redirectAllRequestsTo),
    RoutingRules: wrappedList(routingRule, 'RoutingRule'),
  }),
};
