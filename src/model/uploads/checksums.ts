import { computeBodyChecksum } from '../../formats/body-digests';
import { type ChecksumAlgorithm, checksum, checksumAlgorithms, isChecksum, isComputable } from '../../formats/digests';
import type { ObjectBody } from '../../formats/sparse-body';
import { S3Error } from '../../refusals/s3-error';
import { findFullObjectChecksum } from '../versions/content';
import type { Checksum } from '../versions/version';
import type { NamedPart, UploadedPart, UploadSettings } from './upload';

type ChecksumSettings = Pick<UploadSettings, 'checksumAlgorithm' | 'checksumType'>;

export interface SentChecksum {
  readonly algorithm: ChecksumAlgorithm;
  readonly value: string;
}

/** Lists the checksums in the order of the algorithms. */
export function listSentChecksums(checksums: NamedPart['checksums']): readonly SentChecksum[] {
  return checksumAlgorithms.flatMap((algorithm) => {
    const value = checksums[algorithm];
    return value === undefined ? [] : [{ algorithm, value }];
  });
}

/** Reads the name in any case of letters. Throws for names that the service does not have (F87, F232). */
export function readAlgorithm(
  name: string | undefined,
  ofService: readonly string[] = checksumAlgorithms,
): ChecksumAlgorithm | undefined {
  if (name === undefined) return undefined;
  const asked = name.toUpperCase();
  const known = ofService.includes(asked) ? checksumAlgorithms.find((algorithm) => algorithm === asked) : undefined;
  if (known && !isComputable(known)) throw new S3Error('MockChecksumNotImplemented', { algorithm: known });
  if (known) return known;
  throw new S3Error(name.includes(',') ? 'ChecksumAlgorithmsSeveral' : 'ChecksumAlgorithmUnsupported').quoting({
    'the algorithm': name,
  });
}

const onlyTypes: { readonly [A in ChecksumAlgorithm]?: Checksum['type'] } = {
  CRC64NVME: 'FULL_OBJECT',
  SHA1: 'COMPOSITE',
  SHA256: 'COMPOSITE',
  SHA512: 'COMPOSITE',
  MD5: 'COMPOSITE',
  XXHASH64: 'COMPOSITE',
  XXHASH3: 'COMPOSITE',
  XXHASH128: 'COMPOSITE',
};

export function readChecksumSettings(
  name: string | undefined,
  type: string | undefined,
  ofService?: readonly string[],
): ChecksumSettings {
  const checksumAlgorithm = readAlgorithm(name, ofService);
  const asked = readChecksumType(type);
  if (checksumAlgorithm === undefined) {
    if (asked !== undefined) throw new S3Error('ChecksumTypeAlone').quoting({ 'x-amz-checksum-type': type });
    return { checksumAlgorithm, checksumType: undefined };
  }
  const only = onlyTypes[checksumAlgorithm];
  if (asked !== undefined && only !== undefined && asked !== only)
    throw new S3Error('ChecksumTypeUnusable', { type: asked, algorithm: checksumAlgorithm.toLowerCase() });
  return { checksumAlgorithm, checksumType: asked ?? only ?? 'COMPOSITE' };
}

export function readChecksumType(name: string | undefined): Checksum['type'] | undefined {
  const type = name?.toUpperCase();
  if (type === undefined || type === 'COMPOSITE' || type === 'FULL_OBJECT') return type;
  throw new S3Error('ChecksumInvalid', { header: 'x-amz-checksum-type' }).quoting({ 'x-amz-checksum-type': name });
}

/** A part has a checksum if the checksum of the object is composed of the checksums of the parts (F83). */
export function checkPartChecksum(upload: ChecksumSettings, sent: ChecksumAlgorithm | undefined): void {
  const { checksumAlgorithm: expected, checksumType } = upload;
  if (expected === undefined || sent === expected || (sent === undefined && checksumType === 'FULL_OBJECT')) return;
  throw refusalForTypeMismatch(expected, sent);
}

function refusalForTypeMismatch(
  expected: ChecksumAlgorithm | undefined,
  actual: ChecksumAlgorithm | undefined,
): S3Error {
  return new S3Error('ChecksumTypeMismatch', {
    expected: expected?.toLowerCase() ?? 'null',
    actual: actual?.toLowerCase() ?? 'null',
  });
}

export function makePartChecksum({ checksumAlgorithm }: ChecksumSettings, body: ObjectBody): string | undefined {
  return checksumAlgorithm && computeBodyChecksum(checksumAlgorithm, body);
}

export function checkChecksumForms(named: readonly NamedPart[]): void {
  for (const { checksums } of named) {
    const claims = listSentChecksums(checksums);
    if (claims.length > 1 || claims.some(({ algorithm, value }) => !isChecksum(algorithm, value))) {
      const ArgumentValue = claims.map(({ algorithm, value }) => `${algorithm}:${value};`).join('');
      throw new S3Error('PartChecksumsInvalid', { ArgumentValue });
    }
  }
}

export function checkNamedChecksums(
  { checksumAlgorithm: expected, checksumType }: ChecksumSettings,
  named: readonly NamedPart[],
): void {
  if (expected === undefined) return;
  for (const { PartNumber, checksums } of named) {
    const [other] = Object.keys(checksums).filter((algorithm) => algorithm !== expected);
    if (other !== undefined) throw new S3Error('PartChecksumMismatch', { algorithm: other.toLowerCase(), PartNumber });
    if (checksums[expected] === undefined && checksumType === 'COMPOSITE')
      throw new S3Error('PartChecksumMissing', { algorithm: expected.toLowerCase(), PartNumber });
  }
}

export function checkChecksumType({ checksumType }: ChecksumSettings, type: Checksum['type'] | undefined): void {
  if (type !== undefined && type !== checksumType)
    throw new S3Error('ChecksumModeMismatch', { type: checksumType ?? 'null' }).quoting({
      'x-amz-checksum-type': type,
    });
}

/** S3 has these algorithms since 2026, and answers otherwise if a completion names another algorithm than its upload (F83). */
const newerAlgorithms: readonly ChecksumAlgorithm[] = ['SHA512', 'MD5', 'XXHASH64', 'XXHASH3', 'XXHASH128'];

/**
 * The checksum is made of the checksums in the completion's list of parts. An upload without an algorithm cannot use a newer algorithm
 * (F83).
 */
export function checkNamedComposite(
  upload: ChecksumSettings,
  sent: SentChecksum | undefined,
  named: readonly NamedPart[],
): void {
  const { checksumAlgorithm: algorithm, checksumType } = upload;
  if (sent === undefined) return;
  if (algorithm === undefined && newerAlgorithms.includes(sent.algorithm))
    throw refusalForTypeMismatch(algorithm, sent.algorithm);
  if (algorithm === undefined || checksumType !== 'COMPOSITE') return;
  if (sent.algorithm !== algorithm) {
    if (newerAlgorithms.includes(algorithm)) throw refusalForOther(algorithm, sent.algorithm);
    throw refusalForTypeMismatch(algorithm, sent.algorithm);
  }
  const checksums = named.map((part) => part.checksums[algorithm] ?? '');
  const composite = makeComposite(algorithm, checksums);
  compare(sent, sent.value.includes('-') ? composite : composite.replace(/-\d+$/, ''));
}

interface ExpectedChecksum {
  readonly sent: SentChecksum;
  readonly type: Checksum['type'] | undefined;
}

/** F212 */
export function checkFullObjectChecksum(
  upload: ChecksumSettings,
  { sent, type }: ExpectedChecksum,
  made: Checksum | undefined,
): void {
  const { checksumAlgorithm: algorithm, checksumType } = upload;
  if (algorithm === undefined || checksumType !== 'FULL_OBJECT') return;
  if (sent.algorithm !== algorithm) throw refusalForOther(algorithm, sent.algorithm);
  if (type === undefined) throw refusalForDigest(algorithm, 'x-amz-checksum-type: FULL_OBJECT was not sent');
  if (made !== undefined) compare(sent, made.value);
}

function compare({ algorithm, value }: SentChecksum, calculated: string): void {
  if (value !== calculated) throw refusalForDigest(algorithm, `${value} was expected, ${calculated} calculated`);
}

function refusalForOther(algorithm: ChecksumAlgorithm, sent: ChecksumAlgorithm): S3Error {
  return refusalForDigest(algorithm, `the upload has a ${algorithm}, and the completion expects a ${sent}`);
}

function refusalForDigest(algorithm: ChecksumAlgorithm, why: string): S3Error {
  return new S3Error('ChecksumMismatch', { algorithm: algorithm.toLowerCase() }, why);
}

export function makeObjectChecksum(
  { checksumAlgorithm = 'CRC64NVME', checksumType = 'FULL_OBJECT' }: ChecksumSettings,
  parts: readonly UploadedPart[],
  body: ObjectBody,
): Checksum | undefined {
  if (checksumType === 'FULL_OBJECT') return findFullObjectChecksum(checksumAlgorithm, body);
  const checksums = parts.map((part) => part.checksum ?? '');
  return { algorithm: checksumAlgorithm, type: 'COMPOSITE', value: makeComposite(checksumAlgorithm, checksums) };
}

function makeComposite(algorithm: ChecksumAlgorithm, checksums: readonly string[]): string {
  const bytes = Buffer.concat(checksums.map((value) => Buffer.from(value, 'base64')));
  return `${checksum(algorithm, bytes)}-${checksums.length}`;
}
