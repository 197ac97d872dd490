import { Client } from 'minio';
import { objectsOf } from './minio-objects';
import type { Scene, StoryClient } from './story-client';
import { asked, bothDialects, type ClientKind, cosHost, type ErrorLike, Refusal } from './story-client';
import { versioningXml } from './wire-xml';

/** minio, with its own endpoint option, because it has no default endpoint. */
export const minio: readonly ClientKind[] = [{ name: 'minio', dialects: bothDialects, open }];

function open({ dialect, credentials }: Scene): StoryClient {
  const cos = dialect === 'ibm-cos';
  const client = new Client({
    endPoint: cos ? cosHost : 's3.amazonaws.com',
    accessKey: credentials.accessKeyId,
    secretKey: credentials.secretAccessKey,
  });
  return {
    // minio's own call sends neither MFA Delete nor x-amz-mfa; the general call below it sends both.
    putVersioning: (bucketName, change, mfa) =>
      change.Status !== undefined && change.MFADelete === undefined && mfa === undefined
        ? ask(client.setBucketVersioning(bucketName, { Status: change.Status }))
        : ask(
            client.makeRequestAsyncOmit(
              {
                method: 'PUT',
                bucketName,
                query: 'versioning',
                ...(mfa !== undefined && { headers: { 'x-amz-mfa': mfa } }),
              },
              versioningXml(change),
            ),
          ),
    getVersioning: async (bucket) => {
      const read: { Status?: unknown; MfaDelete?: unknown } = Object(
        (await ask(client.getBucketVersioning(bucket))) ?? {},
      );
      return { Status: read.Status, MFADelete: read.MfaDelete } as Awaited<ReturnType<StoryClient['getVersioning']>>; // as it is parsed from XML
    },
    createBucket: (bucket) => ask(client.makeBucket(bucket, cos ? 'us-south-standard' : '')),
    headBucket: (bucket) => ask(client.bucketExists(bucket)),
    listBuckets: async () => (await ask(client.listBuckets())).map(({ name }) => name),
    locate: async (bucket) => {
      const region = await ask(client.getBucketRegionAsync(bucket));
      // minio's own name for the region that S3 leaves unnamed.
      return region === 'us-east-1' ? undefined : region;
    },
    deleteBucket: (bucket) => ask(client.removeBucket(bucket)),
    presign: (method, bucket, key, versionId) =>
      ask(client.presignedUrl(method, bucket, key, 900, versionId === undefined ? {} : { versionId })),
    putBody: (bucketName, body) =>
      ask(client.makeRequestAsyncOmit({ method: 'PUT', bucketName, query: 'versioning' }, body)),
    ...objectsOf(client, ask),
  };
}

function ask<Answer>(call: Promise<Answer>): Promise<Answer> {
  return asked(
    call,
    ({ code, message }: ErrorLike) => new Refusal(code, message, code === 'NotFound' ? 404 : undefined),
  );
}
