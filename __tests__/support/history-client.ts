import {
  AbortMultipartUploadCommand,
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
  type ListObjectsV2CommandOutput,
  ListObjectVersionsCommand,
  PutBucketVersioningCommand,
  PutObjectCommand,
  PutObjectTaggingCommand,
  type S3Client,
  UploadPartCommand,
} from '@aws-sdk/client-s3';
import type { Answer, Call, ListingCall } from './history-calls';

/** 32 characters that are not the id of a version of this bucket. */
const inventedId = 'HPniJFCxqTsMuIH9KX8K8wEjNUgmABCD';

/** Makes the calls of a history with SDK v3, and returns the answers with names for ids, in the order in which they came. */
export class HistoryClient {
  readonly #client: S3Client;
  readonly #Bucket: string;
  /** Real ids, the first one that came first. */
  readonly #ids: string[] = [];
  readonly #uploads: { readonly Key: string; readonly UploadId: string; readonly ETag: string }[] = [];
  #token: string | undefined;

  constructor(client: S3Client, bucket: string) {
    this.#client = client;
    this.#Bucket = bucket;
  }

  /** Names an id that no answer had. */
  learn(id: string): void {
    this.#named(id);
  }

  async answer(call: Call): Promise<Answer> {
    try {
      return await this.#answer(call);
    } catch (error) {
      return this.#refusal(error, call.do === 'head');
    }
  }

  #answer(call: Call): Promise<Answer> {
    switch (call.do) {
      case 'set versioning':
        return this.#setVersioning(call.status);
      case 'put':
        return this.#put(call);
      case 'delete':
      case 'delete version':
        return this.#delete(call);
      case 'delete objects':
        return this.#deleteObjects(call);
      case 'copy':
        return this.#copy(call);
      case 'begin upload':
        return this.#beginUpload(call.key, call.body);
      case 'complete upload':
        return this.#completeUpload(call.upload);
      case 'abort upload':
        return this.#abortUpload(call.upload);
      case 'get':
      case 'head':
        return this.#read(call);
      case 'get tags':
      case 'put tags':
        return this.#tags(call);
      case 'list versions':
        return this.#listVersions(call);
      case 'list objects':
        return this.#listObjects(call);
      case 'list objects v2':
        return this.#listObjectsV2(call);
    }
  }

  async #setVersioning(Status: 'Enabled' | 'Suspended'): Promise<Answer> {
    await this.#client.send(
      new PutBucketVersioningCommand({ Bucket: this.#Bucket, VersioningConfiguration: { Status } }),
    );
    return {};
  }

  async #put({ key: Key, body, note, absent, match }: Extract<Call, { readonly do: 'put' }>): Promise<Answer> {
    const condition = { ...(absent && { IfNoneMatch: '*' }), ...(match !== undefined && { IfMatch: match }) };
    const Metadata = note === undefined ? {} : { note };
    const put = new PutObjectCommand({ Bucket: this.#Bucket, Key, Body: Buffer.from(body), Metadata, ...condition });
    const { VersionId, ETag } = await this.#client.send(put);
    return { VersionId: this.#named(VersionId), ETag: unquoted(ETag) };
  }

  async #delete(call: Extract<Call, { readonly do: 'delete' | 'delete version' }>): Promise<Answer> {
    const more =
      call.do === 'delete version' ? { VersionId: this.#id(call.version) } : call.match && { IfMatch: call.match };
    const { VersionId, DeleteMarker } = await this.#client.send(
      new DeleteObjectCommand({ Bucket: this.#Bucket, Key: call.key, ...more }),
    );
    return { VersionId: this.#named(VersionId), DeleteMarker };
  }

  async #deleteObjects(call: Extract<Call, { readonly do: 'delete objects' }>): Promise<Answer> {
    const Objects = call.entries.map(({ key, version }) => ({ Key: key, VersionId: this.#id(version) }));
    const { Deleted = [], Errors = [] } = await this.#client.send(
      new DeleteObjectsCommand({ Bucket: this.#Bucket, Delete: { Objects, Quiet: call.quiet } }),
    );
    return {
      Deleted: Deleted.map(({ VersionId, DeleteMarkerVersionId, ...told }) => ({
        ...told,
        VersionId: this.#named(VersionId),
        DeleteMarkerVersionId: this.#named(DeleteMarkerVersionId),
      })),
      Errors: Errors.map(({ Key, VersionId, Code }) => ({ Key, VersionId: this.#named(VersionId), Code })),
    };
  }

  async #copy({ from, version, to, note }: Extract<Call, { readonly do: 'copy' }>): Promise<Answer> {
    const source = `${this.#Bucket}/${encodeURIComponent(from)}`;
    const { CopySourceVersionId, VersionId, CopyObjectResult } = await this.#client.send(
      new CopyObjectCommand({
        Bucket: this.#Bucket,
        Key: to,
        CopySource: version === undefined ? source : `${source}?versionId=${this.#id(version)}`,
        ...(note !== undefined && { MetadataDirective: 'REPLACE', Metadata: { note } }),
      }),
    );
    return {
      CopySourceVersionId: this.#named(CopySourceVersionId),
      VersionId: this.#named(VersionId),
      ETag: unquoted(CopyObjectResult?.ETag),
      LastModified: CopyObjectResult?.LastModified,
    };
  }

  async #beginUpload(Key: string, body: string): Promise<Answer> {
    const begun = await this.#client.send(new CreateMultipartUploadCommand({ Bucket: this.#Bucket, Key }));
    const UploadId = begun.UploadId ?? '';
    const part = new UploadPartCommand({ Bucket: this.#Bucket, Key, UploadId, PartNumber: 1, Body: Buffer.from(body) });
    const { ETag = '' } = await this.#client.send(part);
    this.#uploads.push({ Key, UploadId, ETag });
    return { ETag: unquoted(ETag) };
  }

  async #completeUpload(upload: number): Promise<Answer> {
    const { ETag: part, ...upto } = this.#upload(upload);
    const MultipartUpload = { Parts: [{ PartNumber: 1, ETag: part }] };
    const { VersionId, ETag } = await this.#client.send(
      new CompleteMultipartUploadCommand({ Bucket: this.#Bucket, ...upto, MultipartUpload }),
    );
    return { VersionId: this.#named(VersionId), ETag: unquoted(ETag) };
  }

  async #abortUpload(upload: number): Promise<Answer> {
    const { Key, UploadId } = this.#upload(upload);
    await this.#client.send(new AbortMultipartUploadCommand({ Bucket: this.#Bucket, Key, UploadId }));
    return {};
  }

  async #read({ do: verb, key, version }: Extract<Call, { readonly do: 'get' | 'head' }>): Promise<Answer> {
    const named = { Bucket: this.#Bucket, Key: key, VersionId: this.#id(version) };
    const told =
      verb === 'get'
        ? await this.#client.send(new GetObjectCommand(named))
        : { ...(await this.#client.send(new HeadObjectCommand(named))), Body: undefined };
    return {
      VersionId: this.#named(told.VersionId),
      ETag: unquoted(told.ETag),
      LastModified: told.LastModified,
      ContentLength: told.ContentLength,
      note: told.Metadata?.['note'],
      TagCount: told.TagCount,
      body: await told.Body?.transformToString(),
    };
  }

  async #tags(call: Extract<Call, { readonly do: 'get tags' | 'put tags' }>): Promise<Answer> {
    const named = { Bucket: this.#Bucket, Key: call.key, VersionId: this.#id(call.version) };
    if (call.do === 'get tags') {
      const { VersionId, TagSet } = await this.#client.send(new GetObjectTaggingCommand(named));
      return { VersionId: this.#named(VersionId), tags: TagSet?.map(({ Value }) => Value) };
    }
    const TagSet = call.values.map((Value, at) => ({ Key: `tag ${at}`, Value }));
    const { VersionId } = await this.#client.send(new PutObjectTaggingCommand({ ...named, Tagging: { TagSet } }));
    return { VersionId: this.#named(VersionId) };
  }

  async #listVersions(call: ListingCall): Promise<Answer> {
    const list = new ListObjectVersionsCommand({
      ...this.#page(call),
      KeyMarker: call.after || undefined,
      VersionIdMarker: this.#id(call.afterVersion),
    });
    const { Versions = [], DeleteMarkers = [], ...told } = await this.#client.send(list);
    return {
      Versions: Versions.map(({ Key, VersionId, IsLatest, LastModified, ETag, Size }) => {
        return { Key, VersionId: this.#named(VersionId), IsLatest, LastModified, ETag: unquoted(ETag), Size };
      }),
      DeleteMarkers: DeleteMarkers.map(({ Key, VersionId, IsLatest, LastModified }) => {
        return { Key, VersionId: this.#named(VersionId), IsLatest, LastModified };
      }),
      CommonPrefixes: told.CommonPrefixes?.map(({ Prefix }) => Prefix) ?? [],
      IsTruncated: told.IsTruncated,
      NextKeyMarker: told.NextKeyMarker,
      NextVersionIdMarker: this.#named(told.NextVersionIdMarker),
    };
  }

  async #listObjects(call: ListingCall): Promise<Answer> {
    const list = new ListObjectsCommand({ ...this.#page(call), Marker: call.after || undefined });
    const { IsTruncated, NextMarker, ...told } = await this.#client.send(list);
    return { ...listed(told), IsTruncated, NextMarker };
  }

  async #listObjectsV2(call: Extract<Call, { readonly do: 'list objects v2' }>): Promise<Answer> {
    const start = call.resumed ? { ContinuationToken: this.#token } : { StartAfter: call.after || undefined };
    const told = await this.#client.send(new ListObjectsV2Command({ ...this.#page(call), ...start }));
    this.#token = told.NextContinuationToken;
    return {
      ...listed(told),
      IsTruncated: told.IsTruncated,
      KeyCount: told.KeyCount,
      token: this.#token !== undefined,
    };
  }

  #page({ prefix, delimiter, size }: ListingCall) {
    return { Bucket: this.#Bucket, Prefix: prefix, Delimiter: delimiter || undefined, MaxKeys: size };
  }

  #upload(upload: number) {
    const known = this.#uploads[upload];
    if (!known) throw new Error(`the history has no upload ${upload}`);
    return known;
  }

  #named(id: string | undefined): string | undefined {
    if (id === undefined || id === 'null') return id;
    if (id === inventedId) return 'invented';
    if (!this.#ids.includes(id)) this.#ids.push(id);
    return `v${this.#ids.indexOf(id) + 1}`;
  }

  #id(name: string | undefined): string | undefined {
    if (name === 'invented') return inventedId;
    return name?.startsWith('v') ? this.#ids[Number(name.slice(1)) - 1] : name;
  }

  /** Returns the fields of a refusal; the answer to a HEAD has no document. */
  #refusal(error: unknown, bare: boolean): Answer {
    const { name, $metadata, $response, ...told } = Object(error);
    if ($response === undefined) throw error;
    const header = (wanted: string) => $response.headers[wanted];
    const upload = this.#uploads.findIndex(({ UploadId }) => UploadId === told.UploadId);
    const document = {
      code: name,
      Key: told.Key,
      VersionId: this.#named(told.VersionId),
      UploadId: upload === -1 ? undefined : `upload ${upload}`,
      Method: told.Method,
      ResourceType: told.ResourceType,
      Condition: told.Condition,
      ArgumentName: told.ArgumentName,
      ArgumentValue: this.#named(told.ArgumentValue),
    };
    return {
      status: $metadata.httpStatusCode,
      ...(!bare && document),
      'x-amz-delete-marker': header('x-amz-delete-marker'),
      'x-amz-version-id': this.#named(header('x-amz-version-id')),
      allow: header('allow'),
      'last-modified': header('last-modified'),
    };
  }
}

function listed({
  Contents = [],
  CommonPrefixes = [],
}: Pick<ListObjectsV2CommandOutput, 'Contents' | 'CommonPrefixes'>): Answer {
  return {
    Contents: Contents.map(({ Key, LastModified, ETag, Size }) => ({ Key, LastModified, ETag: unquoted(ETag), Size })),
    CommonPrefixes: CommonPrefixes.map(({ Prefix }) => Prefix),
  };
}

function unquoted(ETag: string | undefined): string | undefined {
  return ETag?.replaceAll('"', '');
}
