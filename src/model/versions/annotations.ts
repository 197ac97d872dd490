import type { ChecksumAlgorithm } from '../../formats/digests';
import { S3Error } from '../../refusals/s3-error';
import { counted } from '../../text/counts';
import { byCodeUnits } from '../../text/lists';
import type { Ids } from '../ids';
import type { SentChecksum } from '../uploads/checksums';
import { makeEtag, makeFullObjectChecksum } from './content';
import { makeSortKey } from './sort-key';
import type { Annotation, Encryption, Version } from './version';

export const mostAnnotations = 1000;
/** The limit in bytes of UTF-8. */
const longestName = 512;
const largestBody = 1024 * 1024;

/** Throws if S3 refuses the name of an annotation (F842). */
export function checkAnnotationName(name: string): void {
  const bytes = Buffer.byteLength(name);
  if (bytes > longestName)
    throw new S3Error('AnnotationNameTooLong').because(`the name has ${counted(bytes, 'byte')} of UTF-8`);
  if (/^(?:aws|s3)/i.test(name))
    throw new S3Error('InvalidAnnotationName').because(`'${name}' begins with aws or s3, which S3 keeps for itself`);
  if (!isOfNameCharacters(name)) throw new S3Error('InvalidAnnotationName').quoting({ annotationName: name });
}

export function checkAnnotationPrefix(prefix: string): void {
  if (prefix !== '' && !isOfNameCharacters(prefix))
    throw new S3Error('InvalidPrefix').quoting({ 'annotation-prefix': prefix });
}

function isOfNameCharacters(text: string): boolean {
  return /^[\p{Letter}0-9_.-]+$/u.test(text);
}

export function checkAnnotationBody(body: Uint8Array): void {
  const ProposedSize = body.length;
  const why = `the annotation has ${counted(ProposedSize, 'byte')}, and S3 takes 1 byte to 1 MiB of UTF-8`;
  if (ProposedSize === 0) throw new S3Error('AnnotationEmpty', { ProposedSize, MinSizeAllowed: 1 }, why);
  if (ProposedSize > largestBody)
    throw new S3Error('AnnotationTooLarge', { ProposedSize, MaxSizeAllowed: largestBody }, why);
  if (!isUtf8(body))
    throw new S3Error('UnsupportedMediaType').because('its bytes are not UTF-8: send base64 in their place');
}

/** Bytes that are not UTF-8 are read as replacement characters, whose bytes differ. */
function isUtf8(body: Uint8Array): boolean {
  const bytes = Buffer.from(body.buffer, body.byteOffset, body.byteLength);
  return Buffer.from(bytes.toString()).equals(bytes);
}

/** S3 has no key to encrypt the annotations of such a version with (F844). */
export function checkTakesAnnotations({ SSECustomerKeyMD5 }: Encryption): void {
  if (SSECustomerKeyMD5 !== undefined)
    throw new S3Error('AnnotationOfCustomerKey').quoting({ "the MD5 of the object's key": SSECustomerKeyMD5 });
}

interface AnnotationSource extends Pick<Annotation, 'name' | 'body' | 'modified'> {
  /** The encryption of its version (F844). */
  readonly encryption: Encryption;
  readonly checksum?: SentChecksum | undefined;
  readonly md5?: Buffer | undefined;
}

/** If the request contains no checksum, S3 stores a CRC64NVME. */
export function makeAnnotation(
  ids: Pick<Ids, 'text'>,
  { name, body, modified, encryption, checksum, md5 }: AnnotationSource,
): Annotation {
  return {
    name,
    body,
    etag: makeEtag(ids, body, encryption, md5),
    checksum: checksum ? { ...checksum, type: 'FULL_OBJECT' } : makeFullObjectChecksum('CRC64NVME', body),
    modified,
  };
}

export function findAnnotation({ annotations = [] }: Version, name: string): Annotation | undefined {
  return annotations.find((one) => one.name === name);
}

export function withAnnotation<V extends Version>(version: V, added: Annotation): V {
  const others = annotationsBut(version, added.name);
  if (others.length >= mostAnnotations)
    throw new S3Error('AnnotationLimitExceeded').because(
      `the version has ${mostAnnotations} annotations of other names`,
    );
  return { ...version, annotations: orderAnnotations([...others, added]) };
}

export function withoutAnnotation<V extends Version>(version: V, name: string): V {
  const others = annotationsBut(version, name);
  return { ...version, annotations: others.length === 0 ? undefined : others };
}

function annotationsBut({ annotations = [] }: Version, name: string): readonly Annotation[] {
  return annotations.filter((one) => one.name !== name);
}

/** S3's order is the order of the bytes of the names. */
export function orderAnnotations(annotations: readonly Annotation[]): readonly Annotation[] | undefined {
  if (annotations.length === 0) return undefined;
  return annotations.toSorted((one, other) => byCodeUnits(makeSortKey(one.name), makeSortKey(other.name)));
}

export function pageAnnotations(
  { annotations = [] }: Version,
  { prefix, after, limit }: { readonly prefix: string; readonly after: string; readonly limit: number },
) {
  const start = makeSortKey(after);
  const found = annotations.filter(({ name }) => name.startsWith(prefix) && makeSortKey(name) > start);
  return { items: found.slice(0, limit), isTruncated: found.length > limit };
}

interface CopiedAnnotations {
  readonly encryption: Encryption;
  /** Is undefined if each keeps its own algorithm. */
  readonly checksumAlgorithm: ChecksumAlgorithm | undefined;
  readonly modified: number;
}

/** Encrypted as the copy is (F843). */
export function copyAnnotations(
  ids: Pick<Ids, 'text'>,
  { annotations }: Version,
  { encryption, checksumAlgorithm, modified }: CopiedAnnotations,
): readonly Annotation[] | undefined {
  if (annotations !== undefined) checkTakesAnnotations(encryption);
  return annotations?.map(({ name, body, checksum }) => ({
    name,
    body,
    etag: makeEtag(ids, body, encryption),
    checksum: checksumAlgorithm === undefined ? checksum : makeFullObjectChecksum(checksumAlgorithm, body),
    modified,
  }));
}
