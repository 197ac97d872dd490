import type { ActionName } from '../../model/access/actions';
import { configurations } from '../../model/configurations';
import {
  type Configuration,
  type ConfigurationContext,
  deleteConfiguration,
  findConfiguration,
  putConfiguration,
} from '../../model/configurations/configuration';
import { findRoleArn } from '../../model/configurations/replication';
import type { ReplyShape } from '../../protocol/reply/reply';
import type { RefusalsOfBuckets } from '../../refusals';
import { S3Error } from '../../refusals/s3-error';
import { inRoot } from '../../shapes/elements';
import { header, mebibyte, payload } from '../../shapes/places';
import type { Members, StructureShape, StructureValue } from '../../shapes/shape';
import { boolean } from '../../shapes/values';
import {
  type Context,
  type FullInput,
  madeOperation,
  type NoMembers,
  type Operation,
  refusedOperation,
} from '../operation';

/**
 * The configurations of a bucket that are one document each, as they look on the wire. Each configuration has a page in S3's reference. The
 * addresses of these pages begin with https://docs.aws.amazon.com/AmazonS3/latest/API/API_PutBucket.
 * @module
 */

/** S3 has few actions for deletions. Without one, a deletion needs the action of a write. */
export interface ActionsOfConfiguration {
  readonly read: ActionName | 'no action';
  readonly write: ActionName | 'no action';
  readonly remove?: ActionName;
}

interface Differences extends Pick<ReplyShape, 'lineBeforeRoot' | 'emptyDocument' | 'undeclaredRefusals'> {
  readonly contentType: string;
  readonly refusalOfAnonymous: () => S3Error | undefined;
  readonly answersThroughAccessPoints: boolean;
}

interface Wire<
  Name extends string,
  Deleted extends true | undefined,
  Value,
  Root extends string,
  Answer extends 'members' | 'document',
  More,
> {
  /** What its operations are called after `Get`, `Put` and `Delete`. */
  readonly name: Name;
  /** Whether S3 has an operation that deletes it. */
  readonly isDeleted?: Deleted;
  readonly query: string;
  readonly actions: ActionsOfConfiguration;
  /** The root of the document, which is also the member's name in SDKs. */
  readonly root: Root;
  /** Whether the output of GET has the document's members, or the document under the root's name. */
  readonly answer: Answer;
  /** The refusal of a GET of a bucket that has none; if it is left out, S3 answers an empty document. */
  readonly whenNone?: RefusalsOfBuckets;
  /** Whether a digest is required. If it is left out, S3 compares a digest that is sent, and requires none (F405). */
  readonly digest?: 'required' | 'required by ibm-cos';
  readonly maxBytes?: number;
  /** Throws if the caller of a PUT lacks a right that depends on the document. */
  readonly checkPut?: (context: Context, value: Value) => void;
  readonly input?: More;
  readonly reply?: { readonly [Operation in 'put' | 'get' | 'remove']?: Partial<Differences> };
  readonly aliases?: { readonly put: string; readonly get: string };
}

type AnswerOf<Value, Root extends string, Answer> = Answer extends 'members'
  ? Value
  : { readonly [SdkName in Root]: Value };

export type Row<More extends Members, Sent, Answered> = Operation<FullInput<'{Bucket}', More> & Sent, Answered>;

type ConfigurationRows<
  Name extends string,
  Deleted extends true | undefined,
  Value,
  Root extends string,
  Answer,
  More extends Members,
> = {
  readonly [Operation in `Put${Name}`]: Row<More, { readonly [SdkName in Root]: Value }, undefined>;
} & { readonly [Operation in `Get${Name}`]: Row<NoMembers, unknown, AnswerOf<Value, Root, Answer>> } & {
  readonly [Operation in Deleted extends true ? `Delete${Name}` : never]: Row<NoMembers, unknown, undefined>;
};

function configurationOperations<
  const Name extends string,
  const M extends Members,
  const Root extends string,
  const Answer extends 'members' | 'document',
  const More extends Members = NoMembers,
  const Deleted extends true | undefined = undefined,
>(
  configuration: Configuration<StructureShape<M>>,
  wire: Wire<Name, Deleted, StructureValue<M>, Root, Answer, More>,
): ConfigurationRows<Name, Deleted, StructureValue<M>, Root, Answer, More> {
  const { name, isDeleted, query, actions, root, digest, answer, whenNone, maxBytes, aliases } = wire;
  const { shape, shapeOnCos, checkBucket, dialect } = configuration;
  const limits = dialect === undefined ? {} : { dialect };
  const makeOutput = (written: Members): Members => (answer === 'members' ? written : { [root]: inRoot(written) });
  const rows = {
    [`Put${name}`]: madeOperation(`PUT /{Bucket}?${query}`, {
      action: actions.write,
      ...limits,
      ...(checkBucket && { checkBucket }),
      ...(digest && { digest }),
      ...(aliases && { aliases: [aliases.put] }),
      ...wire.reply?.put,
      input: { ...wire.input, [root]: payload(shape.members, { maxBytes }) },
      handle(context, given) {
        const value = given[root] as StructureValue<M>; // what the payload reads
        wire.checkPut?.(context, value);
        putConfiguration(configuration, value, makeConfigurationContext(context));
        return undefined;
      },
    }),
    [`Get${name}`]: madeOperation(`GET /{Bucket}?${query}`, {
      action: actions.read,
      ...limits,
      ...wire.reply?.get,
      ...(shapeOnCos && { outputIn: { 'ibm-cos': makeOutput(shapeOnCos.members) } }),
      ...(aliases && { aliases: [aliases.get] }),
      root,
      output: makeOutput(shape.members),
      handle(context) {
        const value = findConfiguration(configuration, makeConfigurationContext(context));
        if (value === undefined && whenNone !== undefined)
          throw new S3Error(whenNone, { BucketName: context.bucket.name });
        return answer === 'members' ? (value ?? {}) : { [root]: value ?? {} };
      },
    }),
    ...(isDeleted && {
      [`Delete${name}`]: madeOperation(`DELETE /{Bucket}?${query}`, {
        action: actions.remove ?? actions.write,
        ...limits,
        ...wire.reply?.remove,
        status: 204,
        handle(context) {
          deleteConfiguration(configuration, context);
          return undefined;
        },
      }),
    }),
  };
  return rows as ConfigurationRows<Name, Deleted, StructureValue<M>, Root, Answer, More>; // the names are of its own text
}

export function makeConfigurationContext({ bucket, store, request }: Context): ConfigurationContext {
  return { bucket, store, service: request.dialect.configurations };
}

const abac = configurationOperations(configurations.abac, {
  name: 'BucketAbac',
  query: 'abac',
  actions: { read: 's3:GetBucketAbac', write: 's3:PutBucketAbac' },
  root: 'AbacStatus',
  answer: 'document',
});

const accelerate = configurationOperations(configurations.accelerate, {
  name: 'BucketAccelerateConfiguration',
  query: 'accelerate',
  actions: { read: 's3:GetAccelerateConfiguration', write: 's3:PutAccelerateConfiguration' },
  root: 'AccelerateConfiguration',
  answer: 'members',
});

const cors = configurationOperations(configurations.cors, {
  name: 'BucketCors',
  isDeleted: true,
  query: 'cors',
  actions: { read: 's3:GetBucketCORS', write: 's3:PutBucketCORS' },
  root: 'CORSConfiguration',
  answer: 'members',
  whenNone: 'NoSuchCORSConfiguration',
  digest: 'required',
  maxBytes: 64 * 1024,
  reply: { get: { answersThroughAccessPoints: true } },
});

const encryption = configurationOperations(configurations.encryption, {
  name: 'BucketEncryption',
  isDeleted: true,
  query: 'encryption',
  actions: { read: 's3:GetEncryptionConfiguration', write: 's3:PutEncryptionConfiguration' },
  root: 'ServerSideEncryptionConfiguration',
  answer: 'document',
  maxBytes: 2 * mebibyte,
});

// The answer for a bucket without logging, comment included, is S3's own (F364).
const logging = configurationOperations(configurations.logging, {
  name: 'BucketLogging',
  query: 'logging',
  actions: { read: 's3:GetBucketLogging', write: 's3:PutBucketLogging' },
  root: 'BucketLoggingStatus',
  answer: 'members',
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
const notification = configurationOperations(configurations.notification, {
  name: 'BucketNotificationConfiguration',
  query: 'notification',
  actions: { read: 's3:GetBucketNotification', write: 's3:PutBucketNotification' },
  root: 'NotificationConfiguration',
  answer: 'members',
  aliases: { put: 'PutBucketNotification', get: 'GetBucketNotification' },
  reply: { get: { answersThroughAccessPoints: true } },
  input: {
    SkipDestinationValidation: header('x-amz-skip-destination-validation', boolean, { ignoredBy: 'both' }),
  },
});

const refusingAnonymous = (action: string) => () => new S3Error('AnonymousActionNotAllowed', { action });
const refusingChange = refusingAnonymous('s3:PutBucketOwnershipControls');

const ownershipControls = configurationOperations(configurations.ownershipControls, {
  name: 'BucketOwnershipControls',
  isDeleted: true,
  query: 'ownershipControls',
  actions: { read: 's3:GetBucketOwnershipControls', write: 's3:PutBucketOwnershipControls' },
  root: 'OwnershipControls',
  answer: 'document',
  whenNone: 'OwnershipControlsNotFoundError',
  maxBytes: 2 * 1024,
  reply: {
    put: { refusalOfAnonymous: refusingChange, undeclaredRefusals: ['MalformedXML'] },
    get: { refusalOfAnonymous: refusingAnonymous('s3:GetBucketOwnershipControls') },
    remove: { refusalOfAnonymous: refusingChange },
  },
});

// Only IBM COS has it. It answers a bucket without a policy in a document of its own (F821).
const protection = configurationOperations(configurations.protection, {
  name: 'BucketProtectionConfiguration',
  query: 'protection',
  actions: { read: 'no action', write: 'no action' },
  root: 'ProtectionConfiguration',
  answer: 'members',
  digest: 'required',
  reply: {
    get: {
      emptyDocument:
        '<ProtectionConfiguration xmlns="http://s3.amazonaws.com/doc/2006-03-01/"><Status>Disabled</Status></ProtectionConfiguration>',
    },
  },
});

const publicAccessBlock = configurationOperations(configurations.publicAccessBlock, {
  name: 'PublicAccessBlock',
  isDeleted: true,
  query: 'publicAccessBlock',
  actions: { read: 's3:GetBucketPublicAccessBlock', write: 's3:PutBucketPublicAccessBlock' },
  root: 'PublicAccessBlockConfiguration',
  answer: 'document',
  whenNone: 'NoSuchPublicAccessBlockConfiguration',
  maxBytes: 2 * mebibyte,
});

// The token is one that AWS's support gave for buckets with object lock. Nothing shows that S3 still reads it (F367).
const replication = configurationOperations(configurations.replication, {
  name: 'BucketReplication',
  isDeleted: true,
  query: 'replication',
  actions: { read: 's3:GetReplicationConfiguration', write: 's3:PutReplicationConfiguration' },
  root: 'ReplicationConfiguration',
  answer: 'document',
  whenNone: 'ReplicationConfigurationNotFoundError',
  digest: 'required by ibm-cos',
  // A text that is not the ARN of a role is refused later.
  checkPut(context, { Role = '' }) {
    if (findRoleArn(Role) !== undefined) context.checkPassRole(Role);
  },
  input: { Token: header('x-amz-bucket-object-lock-token') },
});

const requestPayment = configurationOperations(configurations.requestPayment, {
  name: 'BucketRequestPayment',
  query: 'requestPayment',
  actions: { read: 's3:GetBucketRequestPayment', write: 's3:PutBucketRequestPayment' },
  root: 'RequestPaymentConfiguration',
  answer: 'members',
});

const website = configurationOperations(configurations.website, {
  name: 'BucketWebsite',
  isDeleted: true,
  query: 'website',
  actions: { read: 's3:GetBucketWebsite', write: 's3:PutBucketWebsite', remove: 's3:DeleteBucketWebsite' },
  root: 'WebsiteConfiguration',
  answer: 'members',
  whenNone: 'NoSuchWebsiteConfiguration',
  maxBytes: 128 * 1024,
});

export const documentOperations = {
  ...abac,
  ...accelerate,
  ...cors,
  ...encryption,
  ...logging,
  ...notification,
  ...ownershipControls,
  ...protection,
  ...publicAccessBlock,
  ...replication,
  ...requestPayment,
  ...website,
};

// Metadata configurations make tables of S3 Tables, which the mock lacks, so no bucket has one (F388).

function refusalForMetadata({ bucket }: Context): S3Error {
  return new S3Error('MetadataConfigurationNotFound', { BucketName: bucket.name });
}

export const getBucketMetadataConfiguration = refusedOperation('GET /{Bucket}?metadataConfiguration', {
  action: 's3:GetBucketMetadataTableConfiguration',
  dialect: 'aws',
  alwaysRefuses: refusalForMetadata,
});

export const deleteBucketMetadataConfiguration = refusedOperation('DELETE /{Bucket}?metadataConfiguration', {
  action: 's3:DeleteBucketMetadataTableConfiguration',
  dialect: 'aws',
  alwaysRefuses: refusalForMetadata,
});

export const getBucketMetadataTableConfiguration = refusedOperation('GET /{Bucket}?metadataTable', {
  action: 's3:GetBucketMetadataTableConfiguration',
  dialect: 'aws',
  alwaysRefuses: ({ request }) => new S3Error('V1APIsNotAllowed', { Method: request.method }),
});
