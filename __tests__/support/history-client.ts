import {
  CopyObjectCommand,
  DeleteBucketEncryptionCommand,
  DeleteObjectCommand,
  DeleteObjectsCommand,
  GetObjectCommand,
  GetObjectTaggingCommand,
  HeadObjectCommand,
  ListObjectsCommand,
  ListObjectsV2Command,
  type ListObjectsV2CommandOutput,
  ListObjectVersionsCommand,
  PutBucketEncryptionCommand,
  PutBucketVersioningCommand,
  PutObjectCommand,
  PutObjectTaggingCommand,
  type S3Client,
} from '@aws-sdk/client-s3';
import type { Answer, Call, ListingCall } from './history-calls';
import { newEncryptionMembers, ownKeyArn, secretMembers } from './history-encryption';
import { HistoryNames } from './history-names';
import { HistoryUploads } from './history-uploads';

/** Makes the calls of a history with SDK v3, and returns the answers with names for ids, in the order in which they came. */
export class HistoryClient {
  readonly #client: S3Client;
  readonly #Bucket: string;
  readonly #names = new HistoryNames();
  readonly #uploads: HistoryUploads;
  #token: string | undefined;

  constructor(client: S3Client, bucket: string) {
    this.#client = client;
    this.#Bucket = bucket;
    this.#uploads = new HistoryUploads(client, bucket, this.#names);
  }

  learn(id: string, body: string): void {
    this.#names.id(id);
    this.#names.learnBody(body);
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
      case 'set encryption':
        return this.#setEncryption(call);
      case 'delete encryption':
        return this.#deleteEncryption();
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
        return this.#uploads.begin(call);
      case 'upload part':
        return this.#uploads.putPart(call);
      case 'copy part':
        return this.#uploads.copyPart(call);
      case 'complete upload':
        return this.#uploads.complete(call);
      case 'abort upload':
        return this.#uploads.abort(call.upload);
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

  async #setEncryption({ byDefault, blocked }: Extract<Call, { readonly do: 'set encryption' }>): Promise<Answer> {
    const { algorithm: SSEAlgorithm, ownKey, bucketKey } = byDefault;
    const KMSMasterKeyID = ownKey ? ownKeyArn : undefined;
    const rule = {
      ...(SSEAlgorithm && { ApplyServerSideEncryptionByDefault: { SSEAlgorithm, KMSMasterKeyID } }),
      ...(bucketKey !== undefined && { BucketKeyEnabled: bucketKey }),
      ...(blocked !== undefined && {
        BlockedEncryptionTypes: { EncryptionType: [blocked ? ('SSE-C' as const) : ('NONE' as const)] },
      }),
    };
    const ServerSideEncryptionConfiguration = { Rules: [rule] };
    await this.#client.send(
      new PutBucketEncryptionCommand({ Bucket: this.#Bucket, ServerSideEncryptionConfiguration }),
    );
    return {};
  }

  async #deleteEncryption(): Promise<Answer> {
    await this.#client.send(new DeleteBucketEncryptionCommand({ Bucket: this.#Bucket }));
    return {};
  }

  async #put(call: Extract<Call, { readonly do: 'put' }>): Promise<Answer> {
    const { key: Key, body, note, absent, match, encryption } = call;
    const IfMatch = this.#names.realEtag(match);
    this.#names.learnBody(body);
    const put = new PutObjectCommand({
      Bucket: this.#Bucket,
      Key,
      Body: Buffer.from(body),
      Metadata: note === undefined ? {} : { note },
      ...(absent && { IfNoneMatch: '*' }),
      ...(IfMatch !== undefined && { IfMatch }),
      ...newEncryptionMembers(encryption),
    });
    return this.#names.version(await this.#client.send(put));
  }

  async #delete(call: Extract<Call, { readonly do: 'delete' | 'delete version' }>): Promise<Answer> {
    const more =
      call.do === 'delete version'
        ? { VersionId: this.#id(call.version) }
        : call.match && { IfMatch: this.#names.realEtag(call.match) };
    const { VersionId, DeleteMarker } = await this.#client.send(
      new DeleteObjectCommand({ Bucket: this.#Bucket, Key: call.key, ...more }),
    );
    return { VersionId: this.#names.id(VersionId), DeleteMarker };
  }

  async #deleteObjects(call: Extract<Call, { readonly do: 'delete objects' }>): Promise<Answer> {
    const Objects = call.entries.map(({ key, version }) => ({ Key: key, VersionId: this.#id(version) }));
    const { Deleted = [], Errors = [] } = await this.#client.send(
      new DeleteObjectsCommand({ Bucket: this.#Bucket, Delete: { Objects, Quiet: call.quiet } }),
    );
    return {
      Deleted: Deleted.map(({ VersionId, DeleteMarkerVersionId, ...told }) => ({
        ...told,
        VersionId: this.#names.id(VersionId),
        DeleteMarkerVersionId: this.#names.id(DeleteMarkerVersionId),
      })),
      Errors: Errors.map(({ Key, VersionId, Code }) => ({ Key, VersionId: this.#names.id(VersionId), Code })),
    };
  }

  async #copy(call: Extract<Call, { readonly do: 'copy' }>): Promise<Answer> {
    const { to, note, encryption } = call;
    const { CopySourceVersionId, CopyObjectResult, ...told } = await this.#client.send(
      new CopyObjectCommand({
        Bucket: this.#Bucket,
        Key: to,
        ...this.#names.source(this.#Bucket, call),
        ...(note !== undefined && { MetadataDirective: 'REPLACE', Metadata: { note } }),
        ...newEncryptionMembers(encryption),
      }),
    );
    return {
      CopySourceVersionId: this.#names.id(CopySourceVersionId),
      ...this.#names.version({ ...told, ETag: CopyObjectResult?.ETag }),
      LastModified: CopyObjectResult?.LastModified,
    };
  }

  async #read({ do: verb, key, version, secret }: Extract<Call, { readonly do: 'get' | 'head' }>): Promise<Answer> {
    const named = { Bucket: this.#Bucket, Key: key, VersionId: this.#id(version), ...secretMembers(secret) };
    const told =
      verb === 'get'
        ? await this.#client.send(new GetObjectCommand(named))
        : { ...(await this.#client.send(new HeadObjectCommand(named))), Body: undefined };
    return {
      ...this.#names.version(told),
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
      return { VersionId: this.#names.id(VersionId), tags: TagSet?.map(({ Value }) => Value) };
    }
    const TagSet = call.values.map((Value, at) => ({ Key: `tag ${at}`, Value }));
    const { VersionId } = await this.#client.send(new PutObjectTaggingCommand({ ...named, Tagging: { TagSet } }));
    return { VersionId: this.#names.id(VersionId) };
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
        return {
          Key,
          VersionId: this.#names.id(VersionId),
          IsLatest,
          LastModified,
          ETag: this.#names.etag(ETag),
          Size,
        };
      }),
      DeleteMarkers: DeleteMarkers.map(({ Key, VersionId, IsLatest, LastModified }) => {
        return { Key, VersionId: this.#names.id(VersionId), IsLatest, LastModified };
      }),
      CommonPrefixes: told.CommonPrefixes?.map(({ Prefix }) => Prefix) ?? [],
      IsTruncated: told.IsTruncated,
      NextKeyMarker: told.NextKeyMarker,
      NextVersionIdMarker: this.#names.id(told.NextVersionIdMarker),
    };
  }

  async #listObjects(call: ListingCall): Promise<Answer> {
    const list = new ListObjectsCommand({ ...this.#page(call), Marker: call.after || undefined });
    const { IsTruncated, NextMarker, ...told } = await this.#client.send(list);
    return { ...this.#listed(told), IsTruncated, NextMarker };
  }

  async #listObjectsV2(call: Extract<Call, { readonly do: 'list objects v2' }>): Promise<Answer> {
    const start = call.resumed ? { ContinuationToken: this.#token } : { StartAfter: call.after || undefined };
    const told = await this.#client.send(new ListObjectsV2Command({ ...this.#page(call), ...start }));
    this.#token = told.NextContinuationToken;
    return {
      ...this.#listed(told),
      IsTruncated: told.IsTruncated,
      KeyCount: told.KeyCount,
      token: this.#token !== undefined,
    };
  }

  #page({ prefix, delimiter, size }: ListingCall) {
    return { Bucket: this.#Bucket, Prefix: prefix, Delimiter: delimiter || undefined, MaxKeys: size };
  }

  #id(name: string | undefined): string | undefined {
    return this.#names.realId(name);
  }

  /** The answer to a HEAD has no document. */
  #refusal(error: unknown, bare: boolean): Answer {
    const { name, $metadata, $response, ...told } = Object(error);
    if ($response === undefined) throw error;
    const header = (wanted: string) => $response.headers[wanted];
    const document = {
      code: name,
      message: messageOf(told),
      Key: told.Key,
      VersionId: this.#names.id(told.VersionId),
      UploadId: this.#uploads.named(told.UploadId),
      Method: told.Method,
      ResourceType: told.ResourceType,
      Condition: told.Condition,
      ArgumentName: told.ArgumentName,
      ArgumentValue: this.#names.id(told.ArgumentValue),
    };
    return {
      status: $metadata.httpStatusCode,
      ...(!bare && document),
      'x-amz-delete-marker': header('x-amz-delete-marker'),
      'x-amz-version-id': this.#names.id(header('x-amz-version-id')),
      allow: header('allow'),
      'last-modified': header('last-modified'),
    };
  }

  #listed({ Contents = [], CommonPrefixes = [] }: Pick<ListObjectsV2CommandOutput, 'Contents' | 'CommonPrefixes'>) {
    return {
      Contents: Contents.map(({ Key, LastModified, ETag, Size }) => {
        return { Key, LastModified, ETag: this.#names.etag(ETag), Size };
      }),
      CommonPrefixes: CommonPrefixes.map(({ Prefix }) => Prefix),
    };
  }
}

/** The message of a refusal because of a key, shortened if it has the names of the caller and the object. */
function messageOf({ message = '' }: { readonly message?: string }): string | undefined {
  if (message.includes('has blocked upload requests that specify')) return 'blocked';
  return /Server Side Encryption|encryption parameters|secret key/.test(message) ? message : undefined;
}
