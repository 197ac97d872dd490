import {
  AbortMultipartUploadCommand,
  CompleteMultipartUploadCommand,
  CreateMultipartUploadCommand,
  type S3Client,
  UploadPartCommand,
  UploadPartCopyCommand,
} from '@aws-sdk/client-s3';
import type { Answer, Call } from './history-calls';
import { type AnsweredEncryption, newEncryptionMembers, secretMembers } from './history-encryption';
import type { HistoryNames } from './history-names';

interface Upload {
  readonly Key: string;
  readonly UploadId: string;
  ETag: string;
}

/** Each upload has one part. */
export class HistoryUploads {
  readonly #client: S3Client;
  readonly #Bucket: string;
  readonly #names: HistoryNames;
  readonly #uploads: Upload[] = [];

  constructor(client: S3Client, bucket: string, names: HistoryNames) {
    this.#client = client;
    this.#Bucket = bucket;
    this.#names = names;
  }

  named(id: string | undefined): string | undefined {
    const upload = this.#uploads.findIndex(({ UploadId }) => UploadId === id);
    return upload === -1 ? undefined : `upload ${upload}`;
  }

  async begin({ key: Key, body, encryption }: Extract<Call, { readonly do: 'begin upload' }>): Promise<Answer> {
    const begun = await this.#client.send(
      new CreateMultipartUploadCommand({ Bucket: this.#Bucket, Key, ...newEncryptionMembers(encryption) }),
    );
    this.#uploads.push({ Key, UploadId: begun.UploadId ?? '', ETag: '' });
    const secret = encryption && 'secret' in encryption ? encryption.secret : undefined;
    const part = await this.putPart({ upload: this.#uploads.length - 1, body, secret });
    return { ...part, begun: this.#names.encryption(begun) };
  }

  async putPart(call: Omit<Extract<Call, { readonly do: 'upload part' }>, 'do'>): Promise<Answer> {
    const { upload, body, secret } = call;
    this.#names.learnBody(body);
    const told = await this.#client.send(
      new UploadPartCommand({ ...this.#part(upload), Body: Buffer.from(body), ...secretMembers(secret) }),
    );
    return this.#toldPart(upload, told);
  }

  async copyPart(call: Extract<Call, { readonly do: 'copy part' }>): Promise<Answer> {
    const { upload, secret } = call;
    const { CopySourceVersionId, CopyPartResult, ...told } = await this.#client.send(
      new UploadPartCopyCommand({
        ...this.#part(upload),
        ...this.#names.source(this.#Bucket, call),
        ...secretMembers(secret),
      }),
    );
    return {
      CopySourceVersionId: this.#names.id(CopySourceVersionId),
      LastModified: CopyPartResult?.LastModified,
      ...this.#toldPart(upload, { ...told, ETag: CopyPartResult?.ETag }),
    };
  }

  #part(upload: number) {
    const { Key, UploadId } = this.#upload(upload);
    return { Bucket: this.#Bucket, Key, UploadId, PartNumber: 1 };
  }

  #toldPart(upload: number, told: AnsweredEncryption & { readonly ETag?: string | undefined }): Answer {
    this.#upload(upload).ETag = told.ETag ?? '';
    return this.#names.version(told);
  }

  async complete({ upload, secret }: Extract<Call, { readonly do: 'complete upload' }>): Promise<Answer> {
    const { ETag: part, ...upto } = this.#upload(upload);
    const MultipartUpload = { Parts: [{ PartNumber: 1, ETag: part }] };
    return this.#names.version(
      await this.#client.send(
        new CompleteMultipartUploadCommand({
          Bucket: this.#Bucket,
          ...upto,
          MultipartUpload,
          ...secretMembers(secret),
        }),
      ),
    );
  }

  async abort(upload: number): Promise<Answer> {
    const { Key, UploadId } = this.#upload(upload);
    const { VersionId } = await this.#client.send(
      new AbortMultipartUploadCommand({ Bucket: this.#Bucket, Key, UploadId }),
    );
    return { VersionId: this.#names.id(VersionId) };
  }

  #upload(upload: number) {
    const known = this.#uploads[upload];
    if (!known) throw new Error(`the history has no upload ${upload}`);
    return known;
  }
}
