import https from 'node:https';
import {
  type BucketLocationConstraint,
  CreateBucketCommand,
  DeleteBucketCommand,
  DeleteObjectCommand,
  GetBucketLocationCommand,
  GetBucketVersioningCommand,
  GetObjectCommand,
  HeadBucketCommand,
  HeadObjectCommand,
  ListBucketsCommand,
  PutBucketVersioningCommand,
  PutObjectCommand,
  S3Client,
  type S3ClientConfig,
} from '@aws-sdk/client-s3';
import { getSignedUrl } from '@aws-sdk/s3-request-presigner';
import { objectsOf } from './aws-sdk-v3-objects';
import type { Scene, StoryClient } from './story-client';
import { asked, bothDialects, type ClientKind, cosHost, type ErrorLike, exists, Refusal } from './story-client';

function kind(name: string, config: () => S3ClientConfig, more: Partial<ClientKind> = {}): ClientKind {
  return {
    name: `SDK v3${name}`,
    dialects: bothDialects,
    lacks: ['anyBody'],
    open: (scene) => open(scene, config()),
    ...more,
  };
}

/** Keys and region come from the environment. */
export const awsSdkV3: readonly ClientKind[] = [
  kind('', () => ({})),
  kind(', checksums when supported', () => ({ requestChecksumCalculation: 'WHEN_SUPPORTED' })),
  kind(', checksums when required', () => ({ requestChecksumCalculation: 'WHEN_REQUIRED' })),
  kind(', forcePathStyle', () => ({ forcePathStyle: true })),
  kind(', dual-stack', () => ({ useDualstackEndpoint: true }), { dialects: ['aws'] }),
  kind(', an https.Agent', () => ({ requestHandler: { httpsAgent: new https.Agent({ keepAlive: false }) } })),
  kind(', eu-west-1', () => ({ region: 'eu-west-1' }), { dialects: ['aws'], region: 'eu-west-1' }),
];

function open({ dialect }: Scene, config: S3ClientConfig): StoryClient {
  const cos = dialect === 'ibm-cos';
  const client = new S3Client({ ...config, ...(cos && { endpoint: `https://${cosHost}`, region: 'us-south' }) });
  const inCos = { LocationConstraint: 'us-south-standard' as BucketLocationConstraint }; // its types have only AWS's regions
  return {
    putVersioning: (Bucket, VersioningConfiguration, MFA) =>
      ask(client.send(new PutBucketVersioningCommand({ Bucket, VersioningConfiguration, MFA }))),
    getVersioning: async (Bucket) => {
      const { Status, MFADelete } = await ask(client.send(new GetBucketVersioningCommand({ Bucket })));
      return { Status, MFADelete };
    },
    createBucket: (Bucket) =>
      ask(client.send(new CreateBucketCommand({ Bucket, ...(cos && { CreateBucketConfiguration: inCos }) }))),
    headBucket: (Bucket) => exists(ask(client.send(new HeadBucketCommand({ Bucket })))),
    listBuckets: async () =>
      (await ask(client.send(new ListBucketsCommand({})))).Buckets?.map(({ Name }) => Name) ?? [],
    locate: async (Bucket) => (await ask(client.send(new GetBucketLocationCommand({ Bucket })))).LocationConstraint,
    deleteBucket: (Bucket) => ask(client.send(new DeleteBucketCommand({ Bucket }))),
    presign: (method, Bucket, Key, VersionId) => getSignedUrl(client, commands[method]({ Bucket, Key, VersionId })),
    ...objectsOf(client, ask),
    close: () => client.destroy(),
  };
}

type Addressed = ConstructorParameters<typeof GetObjectCommand>[0];

const commands = {
  GET: (input: Addressed) => new GetObjectCommand(input),
  HEAD: (input: Addressed) => new HeadObjectCommand(input),
  PUT: ({ Bucket, Key }: Addressed) => new PutObjectCommand({ Bucket, Key }),
  DELETE: (input: Addressed) => new DeleteObjectCommand(input),
};

function ask<Answer>(call: Promise<Answer>): Promise<Answer> {
  return asked(
    call,
    ({ name, message, $metadata }: ErrorLike) => new Refusal(name, message, $metadata?.httpStatusCode),
  );
}
