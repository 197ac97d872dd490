import type { ChecksumAlgorithm } from '../../formats/digests';
import { S3Error } from '../../refusals/s3-error';
import { counted } from '../../text/counts';
import { byCodeUnits } from '../../text/lists';
import type { Ids } from '../ids';
import type { SentChecksum } from '../uploads/checksums';
import { etagOf, wholeChecksum } from './content';
import { sortKeyOf } from './sort-key';
import type { Annotation, Encryption, Version } from './version';

export const mostAnnotations = 1000;
/** The most bytes of a name, in UTF-8. */
const longestName = 512;
/** The most bytes of an annotation. */
const largestBody = 1024 * 1024;

/** Throws if S3 takes no annotation of this name (F842). */
export function checkAnnotationName(name: string): void {
  const bytes = Buffer.byteLength(name);
  if (bytes > longestName)
    throw new S3Error('AnnotationNameTooLong').because(`the name has ${counted(bytes, 'byte')} of UTF-8`);
  if (/^(?:aws|s3)/i.test(name))
    throw new S3Error('InvalidAnnotationName').because(`'${name}' begins with aws or s3, which S3 keeps for itself`);
  if (!isOfNameCharacters(name)) throw new S3Error('InvalidAnnotationName').quoting({ annotationName: name });
}

/** Throws if names of annotations have no such beginning (F842). */
export function checkAnnotationPrefix(prefix: string): void {
  if (prefix !== '' && !isOfNameCharacters(prefix))
    throw new S3Error('InvalidPrefix').quoting({ 'annotation-prefix': prefix });
}

function isOfNameCharacters(text: string): boolean {
  return /^[\p{Letter}0-9_.-]+$/u.test(text);
}

/** Throws if S3 takes no such text: none, more than a mebibyte, or one that is not UTF-8 (F842). */
export function checkAnnotationBody(body: Uint8Array): void {
  const ProposedSize = body.length;
  if (ProposedSize === 0) throw new S3Error('AnnotationEmpty', { ProposedSize, MinSizeAllowed: 1 });
  if (ProposedSize > largestBody)
    throw new S3Error('AnnotationTooLarge', { ProposedSize, MaxSizeAllowed: largestBody });
  if (!isUtf8(body))
    throw new S3Error('UnsupportedMediaType').because('its bytes are not UTF-8: send base64 in their place');
}

/** Whether bytes are those of a text: others are read as replacement characters, whose bytes differ. */
function isUtf8(body: Uint8Array): boolean {
  const bytes = Buffer.from(body.buffer, body.byteOffset, body.byteLength);
  return Buffer.from(bytes.toString()).equals(bytes);
}

/** Throws if a version with this encryption cannot have annotations: S3 has no key to encrypt them with (F844). */
export function checkTakesAnnotations({ SSECustomerKeyMD5 }: Encryption): void {
  if (SSECustomerKeyMD5 !== undefined)
    throw new S3Error('AnnotationOfCustomerKey').quoting({ "the MD5 of the object's key": SSECustomerKeyMD5 });
}

interface AnnotationSource extends Pick<Annotation, 'name' | 'body' | 'modified'> {
  /** The encryption of its version, which it has as well (F844). */
  readonly encryption: Encryption;
  /** The checksum that the request carried, already checked. */
  readonly checksum?: SentChecksum | undefined;
  /** The MD5 that the request carried, already checked. */
  readonly md5?: Buffer | undefined;
}

/** An annotation as S3 stores it: without a checksum in the request, with a CRC64NVME. */
export function makeAnnotation(
  ids: Pick<Ids, 'text'>,
  { name, body, modified, encryption, checksum, md5 }: AnnotationSource,
): Annotation {
  return {
    name,
    body,
    etag: etagOf(ids, body, encryption, md5),
    checksum: checksum ? { ...checksum, type: 'FULL_OBJECT' } : wholeChecksum('CRC64NVME', body),
    modified,
  };
}

export function annotationOf({ annotations = [] }: Version, name: string): Annotation | undefined {
  return annotations.find((one) => one.name === name);
}

/** The version with an annotation, in the place of one with its name. Throws if it has too many then. */
export function withAnnotation<V extends Version>(version: V, added: Annotation): V {
  const others = annotationsBut(version, added.name);
  if (others.length >= mostAnnotations)
    throw new S3Error('AnnotationLimitExceeded').because(
      `the version has ${mostAnnotations} annotations of other names`,
    );
  return { ...version, annotations: inOrder([...others, added]) };
}

export function withoutAnnotation<V extends Version>(version: V, name: string): V {
  const others = annotationsBut(version, name);
  return { ...version, annotations: others.length === 0 ? undefined : others };
}

function annotationsBut({ annotations = [] }: Version, name: string): readonly Annotation[] {
  return annotations.filter((one) => one.name !== name);
}

/** Annotations in S3's order, that of the bytes of their names; undefined for none. */
export function orderedAnnotations(annotations: readonly Annotation[]): readonly Annotation[] | undefined {
  return annotations.length === 0 ? undefined : inOrder(annotations);
}

function inOrder(annotations: readonly Annotation[]): readonly Annotation[] {
  return annotations.toSorted((one, other) => byCodeUnits(sortKeyOf(one.name), sortKeyOf(other.name)));
}

/** A page of annotations: those of a prefix that come after a name. */
interface AnnotationPage {
  readonly prefix: string;
  readonly after: string;
  readonly limit: number;
}

export function pageOfAnnotations({ annotations = [] }: Version, { prefix, after, limit }: AnnotationPage) {
  const start = sortKeyOf(after);
  const found = annotations.filter(({ name }) => name.startsWith(prefix) && sortKeyOf(name) > start);
  return { items: found.slice(0, limit), isTruncated: found.length > limit };
}

interface CopiedAnnotations {
  readonly encryption: Encryption;
  /** Undefined if each keeps its own. */
  readonly checksumAlgorithm: ChecksumAlgorithm | undefined;
  readonly modified: number;
}

/** The annotations of a copy: those of its source, encrypted as the copy is (F843). */
export function copiedAnnotations(
  ids: Pick<Ids, 'text'>,
  { annotations }: Version,
  { encryption, checksumAlgorithm, modified }: CopiedAnnotations,
): readonly Annotation[] | undefined {
  if (annotations !== undefined) checkTakesAnnotations(encryption);
  return annotations?.map(({ name, body, checksum }) => ({
    name,
    body,
    etag: etagOf(ids, body, encryption),
    checksum: checksumAlgorithm === undefined ? checksum : wholeChecksum(checksumAlgorithm, body),
    modified,
  }));
}
