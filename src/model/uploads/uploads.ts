import { md5 } from '../../formats/digests';
import { S3Error } from '../../refusals/s3-error';
import { writeGiven, writeKey } from '../../text/values';
import type { Bucket } from '../bucket';
import type { Caller } from '../identity/account';
import type { Store } from '../store';
import { makeEtag } from '../versions/content';
import { isOpen, type Upload, type UploadedPart, type UploadSettings } from './upload';

interface NewUpload extends UploadSettings {
  readonly id: string;
  readonly key: string;
  readonly initiator: Caller;
  /** The moment at which the upload began, from which its lock counts. Default: now. */
  readonly initiated?: number;
}

const idAlphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789._';

/** Makes the id of an upload. On COS, it is a UUID that begins with the time (F85). */
export function makeUploadId({ ids, clock }: Store, form: 'opaque' | 'timed'): string {
  if (form === 'opaque') return ids.text('upload', idAlphabet, 128);
  const digits = clock.now().toString(16).padStart(16, '0') + ids.text('upload', '0123456789abcdef', 16);
  return digits.replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-');
}

export function beginUpload(store: Store, { uploads, versions }: Bucket, upload: NewUpload): Upload {
  const begun: Upload = {
    ...upload,
    initiated: upload.initiated ?? store.clock.now(),
    sequence: store.nextSequence(),
    currentAtBegin: versions.current(upload.key)?.sequence,
    isNullDeleted: false,
    parts: new Map(),
    isAborted: false,
    completion: undefined,
  };
  store.sequencers.begin({ sequence: begun.sequence, created: begun.initiated });
  uploads.set(begun.id, begun);
  return begun;
}

/** The id that the version will have, or has; undefined while the null version would be written (F1620). */
export function versionIdOfUpload(
  { versionIds }: Pick<Store, 'versionIds'>,
  { versioning }: Bucket,
  { sequence, completion }: Upload,
): string | undefined {
  if (completion) return completion.versionId;
  return versioning.Status === 'Enabled' ? versionIds.writeId(sequence) : undefined;
}

/** Finds the upload, also after its end (F80). */
export function readUpload({ uploads }: Bucket, key: string, id: string): Upload {
  const upload = uploads.get(id);
  if (upload?.key === key) return upload;
  const why = upload
    ? `the upload is of ${writeKey(upload.key)}: an upload belongs to the Key of its CreateMultipartUpload`
    : `no upload of this bucket has the UploadId ${writeGiven(id)}: give the UploadId of the answer to CreateMultipartUpload`;
  throw new S3Error('NoSuchUpload', { UploadId: id }, why);
}

export function readOpenUpload(bucket: Bucket, key: string, id: string): Upload {
  const upload = readUpload(bucket, key, id);
  if (isOpen(upload)) return upload;
  throw new S3Error('NoSuchUpload', { UploadId: id }, `the upload was ${upload.isAborted ? 'aborted' : 'completed'}`);
}

export function putPart(
  store: Store,
  { uploads }: Bucket,
  upload: Upload,
  part: Pick<UploadedPart, 'number' | 'body' | 'checksum'>,
  digest?: Buffer,
): UploadedPart {
  const kept: UploadedPart = {
    ...part,
    etag: makeEtag(store.ids, part.body, upload.encryption, digest),
    created: store.clock.now(),
  };
  uploads.set(upload.id, { ...upload, parts: new Map(upload.parts).set(kept.number, kept) });
  return kept;
}

/** The id stays, without the parts: S3 knows it in a second abort (F80) and as the marker of a listing (F88). */
export function abortUpload({ uploads }: Bucket, upload: Upload): void {
  if (isOpen(upload)) uploads.set(upload.id, { ...upload, parts: new Map(), isAborted: true });
}

export function makePartsEtag(parts: readonly UploadedPart[]): string {
  return `${md5(Buffer.concat(parts.map(({ etag }) => Buffer.from(etag, 'hex')))).toString('hex')}-${parts.length}`;
}
