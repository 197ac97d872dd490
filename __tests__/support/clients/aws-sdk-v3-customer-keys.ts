import {
  CopyObjectCommand,
  GetObjectCommand,
  HeadObjectCommand,
  PutObjectCommand,
  type S3Client,
} from '@aws-sdk/client-s3';
import { Upload } from '@aws-sdk/lib-storage';
import type { TestKey } from '../customer-keys';
import { bare, type KeyedClient } from './object-client';

/** The calls of @aws-sdk/client-s3 and of its uploader with a key of the customer's, of which the SDK makes the MD5. */
export function keyedObjectsOf(
  client: S3Client,
  ask: <Answer>(call: Promise<Answer>) => Promise<Answer>,
  { text, md5 }: TestKey,
): KeyedClient {
  const sse = { SSECustomerAlgorithm: 'AES256', SSECustomerKey: text };
  return {
    putObject: async (Bucket, Key, Body) => {
      const answer = await ask(client.send(new PutObjectCommand({ Bucket, Key, Body, ...sse })));
      if (answer.SSECustomerKeyMD5 !== md5) throw new Error(`the answer names the key ${answer.SSECustomerKeyMD5}`);
      return { versionId: answer.VersionId, etag: bare(answer.ETag) };
    },
    getObject: async (Bucket, Key, VersionId) => {
      const named = { Bucket, Key, VersionId, ...sse };
      const head = await ask(client.send(new HeadObjectCommand(named)));
      if (head.SSECustomerKeyMD5 !== md5) throw new Error(`the head names the key ${head.SSECustomerKeyMD5}`);
      const { Body } = await ask(client.send(new GetObjectCommand(named)));
      return (await Body?.transformToString()) ?? '';
    },
    copyObject: (Bucket, { key, versionId }, Key, source) => {
      const CopySource = `${Bucket}/${encodeURIComponent(key)}?versionId=${versionId}`;
      const ofSource = { CopySourceSSECustomerAlgorithm: 'AES256', CopySourceSSECustomerKey: source.text };
      return ask(client.send(new CopyObjectCommand({ Bucket, Key, CopySource, ...sse, ...ofSource })));
    },
    upload: (Bucket, Key, parts) =>
      ask(new Upload({ client, params: { Bucket, Key, Body: Buffer.concat(parts), ...sse } }).done()),
  };
}
