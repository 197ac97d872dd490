import type AwsS3 from 'aws-sdk/clients/s3';
import type { TestKey } from '../customer-keys';
import { bare, given, type KeyedClient, type ObjectClient, pagesOf } from './object-client';
import { listedBySdk, objectPageOf, tagsOf } from './sdk-answers';

export function objectsOf(
  client: AwsS3,
  ask: <Answer>(request: { promise(): Promise<Answer> }) => Promise<Answer>,
): ObjectClient {
  const get = async (Bucket: string, Key: string, version?: string, Range?: string) => {
    const input = { Bucket, Key, ...given({ VersionId: version, Range }) };
    const { Body, VersionId } = await ask(client.getObject(input));
    return { body: String(Body), versionId: VersionId };
  };
  return {
    putObject: async (Bucket, Key, Body, IfNoneMatch) => {
      const { VersionId, ETag } = await ask(client.putObject({ Bucket, Key, Body, ...given({ IfNoneMatch }) }));
      return { versionId: VersionId, etag: bare(ETag) };
    },
    getObject: (bucket, key, versionId) => get(bucket, key, versionId),
    getRange: async (bucket, key, versionId, first, last) =>
      (await get(bucket, key, versionId, `bytes=${first}-${last}`)).body,
    headObject: async (Bucket, Key, version) => {
      const answer = await ask(client.headObject({ Bucket, Key, ...given({ VersionId: version }) }));
      return { versionId: answer.VersionId, etag: bare(answer.ETag), size: answer.ContentLength ?? -1 };
    },
    deleteObject: async (Bucket, Key, version, MFA) => {
      const input = { Bucket, Key, ...given({ VersionId: version, MFA }) };
      const { VersionId, DeleteMarker = false } = await ask(client.deleteObject(input));
      return { versionId: VersionId, deleteMarker: DeleteMarker };
    },
    deleteObjects: async (Bucket, objects, MFA) => {
      const Objects = objects.map(({ key, versionId }) => ({ Key: key, ...given({ VersionId: versionId }) }));
      const { Errors = [] } = await ask(client.deleteObjects({ Bucket, Delete: { Objects }, ...given({ MFA }) }));
      return Errors.map(({ Key = '' }) => Key);
    },
    copyObject: async (Bucket, { key, versionId }, Key) => {
      const CopySource = `${Bucket}/${encodeURIComponent(key)}?versionId=${versionId}`;
      const answer = await ask(client.copyObject({ Bucket, Key, CopySource }));
      return { versionId: answer.VersionId, etag: bare(answer.CopyObjectResult?.ETag) };
    },
    upload: async (Bucket, Key, bodies) => {
      const { UploadId = '' } = await ask(client.createMultipartUpload({ Bucket, Key }));
      const Parts = await Promise.all(
        bodies.map(async (Body, index) => {
          const { ETag = '' } = await ask(client.uploadPart({ Bucket, Key, UploadId, PartNumber: index + 1, Body }));
          return { PartNumber: index + 1, ETag };
        }),
      );
      const whole = { Bucket, Key, UploadId, MultipartUpload: { Parts } };
      const { VersionId, ETag } = await ask(client.completeMultipartUpload(whole));
      return { versionId: VersionId, etag: bare(ETag) };
    },
    putTags: (Bucket, Key, VersionId, tags) => {
      const TagSet = Object.entries(tags).map(([name, Value]) => ({ Key: name, Value }));
      return ask(client.putObjectTagging({ Bucket, Key, VersionId, Tagging: { TagSet } }));
    },
    getTags: async (Bucket, Key, VersionId) =>
      tagsOf(await ask(client.getObjectTagging({ Bucket, Key, ...given({ VersionId }) }))),
    listVersions: (Bucket, { delimiter: Delimiter, limit: MaxKeys }) =>
      pagesOf<ReturnType<typeof listedBySdk>, { KeyMarker?: string; VersionIdMarker?: string }>(async (from) => {
        const input = { Bucket, MaxKeys, ...given({ Delimiter }), ...from };
        const answer = await ask(client.listObjectVersions(input));
        const next = given({ KeyMarker: answer.NextKeyMarker, VersionIdMarker: answer.NextVersionIdMarker });
        return { page: listedBySdk(answer), next: answer.IsTruncated ? next : undefined };
      }),
    listObjects: (Bucket, { delimiter: Delimiter, limit: MaxKeys }) =>
      pagesOf(async (Marker: string | undefined) => {
        const answer = await ask(client.listObjects({ Bucket, MaxKeys, ...given({ Delimiter, Marker }) }));
        return { page: objectPageOf(answer), next: answer.NextMarker };
      }),
    listObjectsV2: (Bucket, { delimiter: Delimiter, limit: MaxKeys }) =>
      pagesOf(async (ContinuationToken: string | undefined) => {
        const input = { Bucket, MaxKeys, ...given({ Delimiter, ContinuationToken }) };
        const answer = await ask(client.listObjectsV2(input));
        return { page: objectPageOf(answer), next: answer.NextContinuationToken };
      }),
    withCustomerKey: (key) => keyedObjectsOf(client, ask, key),
  };
}

/** The calls with a key of the customer's, which these SDKs take as bytes. */
function keyedObjectsOf(
  client: AwsS3,
  ask: <Answer>(request: { promise(): Promise<Answer> }) => Promise<Answer>,
  { bytes }: TestKey,
): KeyedClient {
  const sse = { SSECustomerAlgorithm: 'AES256', SSECustomerKey: bytes };
  return {
    putObject: async (Bucket, Key, Body) => {
      const { VersionId, ETag } = await ask(client.putObject({ Bucket, Key, Body, ...sse }));
      return { versionId: VersionId, etag: bare(ETag) };
    },
    getObject: async (Bucket, Key, version) => {
      const named = { Bucket, Key, ...given({ VersionId: version }), ...sse };
      await ask(client.headObject(named));
      return String((await ask(client.getObject(named))).Body);
    },
    copyObject: (Bucket, { key, versionId }, Key, source) => {
      const CopySource = `${Bucket}/${encodeURIComponent(key)}?versionId=${versionId}`;
      const ofSource = { CopySourceSSECustomerAlgorithm: 'AES256', CopySourceSSECustomerKey: source.bytes };
      return ask(client.copyObject({ Bucket, Key, CopySource, ...sse, ...ofSource }));
    },
    upload: (Bucket, Key, parts) => ask(client.upload({ Bucket, Key, Body: Buffer.concat(parts), ...sse })),
  };
}
