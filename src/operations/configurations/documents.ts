import { findRoleArn } from '../../model/configurations/replication-role';
import { S3Error } from '../../refusals/s3-error';
import { corsOnCos } from '../../shapes/configurations/cors';
import { replicationOnCos } from '../../shapes/configurations/replication';
import { header } from '../../shapes/places';
import { boolean } from '../../shapes/values';
import { configurationOperations } from './configuration-operations';

/**
 * The configurations of a bucket that are one document each, as they look on the wire. Each page of S3's reference that begins with
 * https://docs.aws.amazon.com/AmazonS3/latest/API/API_PutBucket has one of them.
 * @module
 */

const abac = configurationOperations('abac', {
  query: 'abac',
  actions: { read: 's3:GetBucketAbac', write: 's3:PutBucketAbac' },
  root: 'AbacStatus',
  answer: 'document',
  dialect: 'aws',
});

const accelerate = configurationOperations('accelerate', {
  query: 'accelerate',
  actions: { read: 's3:GetAccelerateConfiguration', write: 's3:PutAccelerateConfiguration' },
  root: 'AccelerateConfiguration',
  answer: 'members',
  dialect: 'aws',
});

const cors = configurationOperations('cors', {
  query: 'cors',
  actions: { read: 's3:GetBucketCORS', write: 's3:PutBucketCORS' },
  root: 'CORSConfiguration',
  answer: 'members',
  whenNone: 'NoSuchCORSConfiguration',
  digest: 'required',
  maxBytes: 64 * 1024,
  shapeOnCos: corsOnCos,
});

const encryption = configurationOperations('encryption', {
  query: 'encryption',
  actions: { read: 's3:GetEncryptionConfiguration', write: 's3:PutEncryptionConfiguration' },
  root: 'ServerSideEncryptionConfiguration',
  answer: 'document',
  dialect: 'aws',
});

// The answer for a bucket without logging, comment included, is S3's own (F364).
const logging = configurationOperations('logging', {
  query: 'logging',
  actions: { read: 's3:GetBucketLogging', write: 's3:PutBucketLogging' },
  root: 'BucketLoggingStatus',
  answer: 'members',
  dialect: 'aws',
  reply: {
    get: {
      contentType: 'application/xml',
      lineBeforeRoot: true,
      emptyDocument:
        '<BucketLoggingStatus xmlns="http://s3.amazonaws.com/doc/2006-03-01/">\n' +
        '  <!--<LoggingEnabled><TargetBucket>myLogsBucket</TargetBucket><TargetPrefix>add/this/prefix/to/my/log/files/access_log-</TargetPrefix></LoggingEnabled>-->\n' +
        '</BucketLoggingStatus>\n',
    },
  },
});

// No destination is looked for, so the header that asks for that changes nothing (F361).
const notification = configurationOperations('notification', {
  query: 'notification',
  actions: { read: 's3:GetBucketNotification', write: 's3:PutBucketNotification' },
  root: 'NotificationConfiguration',
  answer: 'members',
  dialect: 'aws',
  aliases: { put: 'PutBucketNotification', get: 'GetBucketNotification' },
  input: {
    SkipDestinationValidation: header('x-amz-skip-destination-validation', boolean, { ignoredBy: 'both' }),
  },
});

/** S3 names the action, and has none for the deletion. */
const refusingAnonymous = (action: string) => () => new S3Error('AnonymousActionNotAllowed', { action });
const refusingChange = refusingAnonymous('s3:PutBucketOwnershipControls');

const ownershipControls = configurationOperations('ownershipControls', {
  query: 'ownershipControls',
  actions: { read: 's3:GetBucketOwnershipControls', write: 's3:PutBucketOwnershipControls' },
  root: 'OwnershipControls',
  answer: 'document',
  whenNone: 'OwnershipControlsNotFoundError',
  dialect: 'aws',
  reply: {
    put: { refusalOfAnonymous: refusingChange, undeclaredRefusals: ['MalformedXML'] },
    get: { refusalOfAnonymous: refusingAnonymous('s3:GetBucketOwnershipControls') },
    remove: { refusalOfAnonymous: refusingChange },
  },
});

// Only IBM COS has it. It answers a bucket without a policy in a document of its own (F821).
const protection = configurationOperations('protection', {
  query: 'protection',
  actions: { read: 'no action', write: 'no action' },
  root: 'ProtectionConfiguration',
  answer: 'members',
  dialect: 'ibm-cos',
  digest: 'required',
  reply: {
    get: {
      emptyDocument:
        '<ProtectionConfiguration xmlns="http://s3.amazonaws.com/doc/2006-03-01/"><Status>Disabled</Status></ProtectionConfiguration>',
    },
  },
});

const publicAccessBlock = configurationOperations('publicAccessBlock', {
  query: 'publicAccessBlock',
  actions: { read: 's3:GetBucketPublicAccessBlock', write: 's3:PutBucketPublicAccessBlock' },
  root: 'PublicAccessBlockConfiguration',
  answer: 'document',
  whenNone: 'NoSuchPublicAccessBlockConfiguration',
});

// The token is one that AWS's support gave for buckets with object lock. Nothing shows that S3 still reads it (F367).
const replication = configurationOperations('replication', {
  query: 'replication',
  actions: { read: 's3:GetReplicationConfiguration', write: 's3:PutReplicationConfiguration' },
  root: 'ReplicationConfiguration',
  answer: 'document',
  whenNone: 'ReplicationConfigurationNotFoundError',
  digest: 'required by ibm-cos',
  shapeOnCos: replicationOnCos,
  // What is not the ARN of a role is refused for that.
  checkPut(context, { Role = '' }) {
    if (findRoleArn(Role) !== undefined) context.checkPassRole(Role);
  },
  input: { Token: header('x-amz-bucket-object-lock-token') },
});

const requestPayment = configurationOperations('requestPayment', {
  query: 'requestPayment',
  actions: { read: 's3:GetBucketRequestPayment', write: 's3:PutBucketRequestPayment' },
  root: 'RequestPaymentConfiguration',
  answer: 'members',
  dialect: 'aws',
});

const website = configurationOperations('website', {
  query: 'website',
  actions: { read: 's3:GetBucketWebsite', write: 's3:PutBucketWebsite', remove: 's3:DeleteBucketWebsite' },
  root: 'WebsiteConfiguration',
  answer: 'members',
  whenNone: 'NoSuchWebsiteConfiguration',
  maxBytes: 128 * 1024,
});

/** Their operations, by S3's names. */
export const documentOperations = {
  GetBucketAbac: abac.get,
  PutBucketAbac: abac.put,
  GetBucketAccelerateConfiguration: accelerate.get,
  PutBucketAccelerateConfiguration: accelerate.put,
  DeleteBucketCors: cors.remove,
  GetBucketCors: cors.get,
  PutBucketCors: cors.put,
  DeleteBucketEncryption: encryption.remove,
  GetBucketEncryption: encryption.get,
  PutBucketEncryption: encryption.put,
  GetBucketLogging: logging.get,
  PutBucketLogging: logging.put,
  GetBucketNotificationConfiguration: notification.get,
  PutBucketNotificationConfiguration: notification.put,
  DeleteBucketOwnershipControls: ownershipControls.remove,
  GetBucketOwnershipControls: ownershipControls.get,
  PutBucketOwnershipControls: ownershipControls.put,
  GetBucketProtectionConfiguration: protection.get,
  PutBucketProtectionConfiguration: protection.put,
  DeletePublicAccessBlock: publicAccessBlock.remove,
  GetPublicAccessBlock: publicAccessBlock.get,
  PutPublicAccessBlock: publicAccessBlock.put,
  DeleteBucketReplication: replication.remove,
  GetBucketReplication: replication.get,
  PutBucketReplication: replication.put,
  GetBucketRequestPayment: requestPayment.get,
  PutBucketRequestPayment: requestPayment.put,
  DeleteBucketWebsite: website.remove,
  GetBucketWebsite: website.get,
  PutBucketWebsite: website.put,
};
