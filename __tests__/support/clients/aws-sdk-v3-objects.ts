import {
  CompleteMultipartUploadCommand,
  CopyObjectCommand,
  CreateMultipartUploadCommand,
  DeleteObjectCommand,
  DeleteObjectsCommand,
  GetObjectCommand,
  GetObjectTaggingCommand,
  HeadObjectCommand,
  ListObjectsCommand,
  ListObjectsV2Command,
  ListObjectVersionsCommand,
  PutObjectCommand,
  PutObjectTaggingCommand,
  type S3Client,
  UploadPartCommand,
} from '@aws-sdk/client-s3';
import { keyedObjectsOf } from './aws-sdk-v3-customer-keys';
import { bare, type ObjectClient, pagesOf } from './object-client';
import { listedBySdk, objectPageOf, tagsOf } from './sdk-answers';

export function objectsOf(client: S3Client, ask: <Answer>(call: Promise<Answer>) => Promise<Answer>): ObjectClient {
  const get = (Bucket: string, Key: string, VersionId?: string, Range?: string) =>
    ask(client.send(new GetObjectCommand({ Bucket, Key, VersionId, Range })));
  return {
    putObject: async (Bucket, Key, Body, IfNoneMatch) => {
      const { VersionId, ETag } = await ask(client.send(new PutObjectCommand({ Bucket, Key, Body, IfNoneMatch })));
      return { versionId: VersionId, etag: bare(ETag) };
    },
    getObject: async (bucket, key, versionId) => {
      const { Body, VersionId } = await get(bucket, key, versionId);
      return { body: (await Body?.transformToString()) ?? '', versionId: VersionId };
    },
    getRange: async (bucket, key, versionId, first, last) => {
      const { Body } = await get(bucket, key, versionId, `bytes=${first}-${last}`);
      return (await Body?.transformToString()) ?? '';
    },
    headObject: async (Bucket, Key, version) => {
      const answer = await ask(client.send(new HeadObjectCommand({ Bucket, Key, VersionId: version })));
      return { versionId: answer.VersionId, etag: bare(answer.ETag), size: answer.ContentLength ?? -1 };
    },
    deleteObject: async (Bucket, Key, version, MFA) => {
      const { VersionId, DeleteMarker = false } = await ask(
        client.send(new DeleteObjectCommand({ Bucket, Key, VersionId: version, MFA })),
      );
      return { versionId: VersionId, deleteMarker: DeleteMarker };
    },
    deleteObjects: async (Bucket, objects, MFA) => {
      const Objects = objects.map(({ key, versionId }) => ({ Key: key, VersionId: versionId }));
      const { Errors = [] } = await ask(client.send(new DeleteObjectsCommand({ Bucket, Delete: { Objects }, MFA })));
      return Errors.map(({ Key = '' }) => Key);
    },
    copyObject: async (Bucket, { key, versionId }, Key) => {
      const CopySource = `${Bucket}/${encodeURIComponent(key)}?versionId=${versionId}`;
      const answer = await ask(client.send(new CopyObjectCommand({ Bucket, Key, CopySource })));
      return { versionId: answer.VersionId, etag: bare(answer.CopyObjectResult?.ETag) };
    },
    upload: async (Bucket, Key, bodies) => {
      const { UploadId } = await ask(client.send(new CreateMultipartUploadCommand({ Bucket, Key })));
      const Parts = await Promise.all(
        bodies.map(async (Body, index) => {
          const part = { Bucket, Key, UploadId, PartNumber: index + 1, Body };
          const { ETag } = await ask(client.send(new UploadPartCommand(part)));
          return { PartNumber: index + 1, ETag };
        }),
      );
      const whole = { Bucket, Key, UploadId, MultipartUpload: { Parts } };
      const { VersionId, ETag } = await ask(client.send(new CompleteMultipartUploadCommand(whole)));
      return { versionId: VersionId, etag: bare(ETag) };
    },
    putTags: (Bucket, Key, VersionId, tags) => {
      const TagSet = Object.entries(tags).map(([name, Value]) => ({ Key: name, Value }));
      return ask(client.send(new PutObjectTaggingCommand({ Bucket, Key, VersionId, Tagging: { TagSet } })));
    },
    getTags: async (Bucket, Key, VersionId) =>
      tagsOf(await ask(client.send(new GetObjectTaggingCommand({ Bucket, Key, VersionId })))),
    listVersions: (Bucket, { delimiter: Delimiter, limit: MaxKeys }) =>
      pagesOf<ReturnType<typeof listedBySdk>, { KeyMarker?: string | undefined; VersionIdMarker?: string | undefined }>(
        async (from) => {
          const input = { Bucket, Delimiter, MaxKeys, ...from };
          const answer = await ask(client.send(new ListObjectVersionsCommand(input)));
          const next = { KeyMarker: answer.NextKeyMarker, VersionIdMarker: answer.NextVersionIdMarker };
          return { page: listedBySdk(answer), next: answer.IsTruncated ? next : undefined };
        },
      ),
    listObjects: (Bucket, { delimiter: Delimiter, limit: MaxKeys }) =>
      pagesOf(async (Marker: string | undefined) => {
        const answer = await ask(client.send(new ListObjectsCommand({ Bucket, Delimiter, MaxKeys, Marker })));
        return { page: objectPageOf(answer), next: answer.NextMarker };
      }),
    listObjectsV2: (Bucket, { delimiter: Delimiter, limit: MaxKeys }) =>
      pagesOf(async (ContinuationToken: string | undefined) => {
        const input = { Bucket, Delimiter, MaxKeys, ContinuationToken };
        const answer = await ask(client.send(new ListObjectsV2Command(input)));
        return { page: objectPageOf(answer), next: answer.NextContinuationToken };
      }),
    withCustomerKey: (key) => keyedObjectsOf(client, ask, key),
  };
}
