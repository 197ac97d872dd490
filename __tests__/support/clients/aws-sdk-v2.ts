import https from 'node:https';
import AwsS3 from 'aws-sdk/clients/s3';
import CosS3 from 'ibm-cos-sdk/clients/s3';
import { objectsOf } from './aws-sdk-v2-objects';
import type { Scene, StoryClient } from './story-client';
import { asked, bothDialects, type ClientKind, cosHost, type ErrorLike, exists, Refusal } from './story-client';

/** At its first use, aws-sdk 2 warns that it is not maintained any more. */
process.env['AWS_SDK_JS_SUPPRESS_MAINTENANCE_MODE_MESSAGE'] = '1';

/** aws-sdk 2, and IBM's SDK, which is made from it and sends the same requests. */
export const awsSdkV2: readonly ClientKind[] = [
  {
    name: 'aws-sdk 2',
    dialects: bothDialects,
    lacks: ['anyBody'],
    open: (scene) => open(new AwsS3(endpointOf(scene)), scene),
  },
  {
    name: 'aws-sdk 2, an https.Agent, eu-west-1',
    dialects: ['aws'],
    lacks: ['anyBody'],
    region: 'eu-west-1',
    open: (scene) => {
      const agent = new https.Agent({ keepAlive: true });
      return open(new AwsS3({ region: 'eu-west-1', httpOptions: { agent } }), scene, () => agent.destroy());
    },
  },
  {
    name: 'ibm-cos-sdk, HMAC',
    dialects: bothDialects,
    lacks: ['anyBody'],
    open: (scene) => open(new CosS3({ ...endpointOf(scene), credentials: scene.credentials }), scene),
  },
  {
    name: 'ibm-cos-sdk, IAM',
    // AWS accepts no IBM Cloud tokens.
    dialects: ['ibm-cos'],
    lacks: ['anyBody', 'presign', 'presignAny'],
    open: (scene) => {
      const iam = { apiKeyId: 'an-api-key', serviceInstanceId: 'crn:v1:an:instance' };
      return open(new CosS3({ ...endpointOf(scene), ...iam }), scene);
    },
    proof: (s3) => s3.requests.expect('CreateIamToken', { apikey: 'an-api-key' }),
  },
];

function endpointOf({ dialect }: Scene): { endpoint: string; region?: string } {
  return dialect === 'ibm-cos' ? { endpoint: cosHost, region: 'us-south' } : { endpoint: 's3.amazonaws.com' };
}

type Client = AwsS3 | CosS3;

function open(either: Client, { dialect }: Scene, close?: () => void): StoryClient {
  const client = either as AwsS3; // the types of IBM's SDK lack fields of errors and answers that it has
  const LocationConstraint = 'us-south-standard';
  return {
    putVersioning: (Bucket, { Status, MFADelete }, MFA) =>
      ask(
        client.putBucketVersioning({
          Bucket,
          VersioningConfiguration: { ...(Status && { Status }), ...(MFADelete && { MFADelete }) },
          ...(MFA !== undefined && { MFA }),
        }),
      ),
    getVersioning: async (Bucket) => {
      const { Status, MFADelete } = await ask(client.getBucketVersioning({ Bucket }));
      return { Status, MFADelete } as Awaited<ReturnType<StoryClient['getVersioning']>>; // typed as any text
    },
    createBucket: (Bucket) =>
      ask(
        client.createBucket({
          Bucket,
          ...(dialect === 'ibm-cos' && { CreateBucketConfiguration: { LocationConstraint } }),
        }),
      ),
    headBucket: (Bucket) => exists(ask(client.headBucket({ Bucket }))),
    listBuckets: async () => (await ask(client.listBuckets())).Buckets?.map(({ Name }) => Name) ?? [],
    locate: async (Bucket) => (await ask(client.getBucketLocation({ Bucket }))).LocationConstraint || undefined,
    deleteBucket: (Bucket) => ask(client.deleteBucket({ Bucket })),
    presign: (method, Bucket, Key, VersionId) =>
      client.getSignedUrlPromise(presigned[method], { Bucket, Key, ...(VersionId !== undefined && { VersionId }) }),
    ...objectsOf(client, ask),
    ...(close && { close }),
  };
}

const presigned = { GET: 'getObject', HEAD: 'headObject', PUT: 'putObject', DELETE: 'deleteObject' } as const;

function ask<Answer>(request: { promise(): Promise<Answer> }): Promise<Answer> {
  return asked(request.promise(), ({ code, message, statusCode }: ErrorLike) => new Refusal(code, message, statusCode));
}
