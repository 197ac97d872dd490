import { md5 } from '../../formats/digests';
import { S3Error } from '../../refusals/s3-error';
import { writeGiven } from '../../text/values';
import { isBase64 } from '../access/value-forms';

/** An empty member also counts as named. */
export interface NamedCustomerKey {
  readonly SSECustomerAlgorithm?: string | undefined;
  /** The key in base64. */
  readonly SSECustomerKey?: string | undefined;
  readonly SSECustomerKeyMD5?: string | undefined;
}

export interface CustomerKey {
  readonly SSECustomerAlgorithm: 'AES256';
  readonly SSECustomerKeyMD5: string;
  /** The length in bytes. Only a key of 32 bytes encrypts. */
  readonly length: number;
}

interface Reading {
  readonly isSecure: boolean;
  readonly mayLackDigest?: boolean;
  readonly besides?: string | undefined;
}

const memberNames = ['SSECustomerAlgorithm', 'SSECustomerKey', 'SSECustomerKeyMD5'] as const;

export function namesCustomerKey(named: NamedCustomerKey): boolean {
  const { SSECustomerAlgorithm, SSECustomerKey, SSECustomerKeyMD5 } = named;
  return (SSECustomerAlgorithm ?? SSECustomerKey ?? SSECustomerKeyMD5) !== undefined;
}

/** Throws in the order of S3 (F610). */
export function readCustomerKey(named: NamedCustomerKey, reading: Reading): CustomerKey | undefined {
  if (!namesCustomerKey(named)) return undefined;
  const { SSECustomerAlgorithm, SSECustomerKey, SSECustomerKeyMD5 } = named;
  if (!reading.isSecure) throw refusalForInsecureKey();
  if (reading.besides !== undefined) throw new S3Error('EncryptionsIncompatible', { ArgumentValue: reading.besides });
  if (SSECustomerAlgorithm === undefined)
    throw new S3Error('CustomerKeyWithoutAlgorithm', {}, lacking('SSECustomerAlgorithm', named));
  if (SSECustomerKey === undefined) throw new S3Error('CustomerKeyMissing', {}, lacking('SSECustomerKey', named));
  // Such a text comes only in a form: as a header, it would not match the signature (F573).
  if (!isAscii(SSECustomerKey)) throw new S3Error('CustomerKeyNotBase64', { ArgumentValue: SSECustomerKey });
  const bytes = decodeLeniently(SSECustomerKey);
  if (bytes.length === 0) throw new S3Error('CustomerKeyTooShort', { ArgumentValue: SSECustomerKey });
  const digest = md5(bytes).toString('base64');
  if (SSECustomerKeyMD5 === undefined && !reading.mayLackDigest)
    throw new S3Error(
      'CustomerKeyWithoutDigest',
      {},
      `${lacking('SSECustomerKeyMD5', named)}; the MD5 of this key is '${digest}'`,
    );
  if (SSECustomerKeyMD5 !== undefined && SSECustomerKeyMD5 !== digest)
    throw new S3Error(isBase64(SSECustomerKeyMD5) ? 'CustomerKeyDigestDiffers' : 'CustomerKeyDigestNotBase64').quoting({
      'the MD5 of the key in base64': digest,
      'the MD5 in the request': SSECustomerKeyMD5,
    });
  if (SSECustomerAlgorithm !== 'AES256')
    throw new S3Error(
      'CustomerAlgorithmUnknown',
      { ArgumentValue: SSECustomerAlgorithm },
      `SSECustomerAlgorithm ${writeGiven(SSECustomerAlgorithm)} is not 'AES256'`,
    );
  return { SSECustomerAlgorithm, SSECustomerKeyMD5: digest, length: bytes.length };
}

export function refusalForInsecureKey(): S3Error {
  return new S3Error('CustomerKeyInsecure', {}, 'the request came over http; send it over https');
}

function lacking(absent: keyof NamedCustomerKey, named: NamedCustomerKey): string {
  const sent = memberNames.filter((name) => named[name] !== undefined);
  return `the request has ${sent.join(' and ')}, and no ${absent}`;
}

export function whyWrongLength(length: number): string {
  const mistake = mistakesByLength.get(length);
  const hint = mistake === undefined ? '' : `, like ${mistake}`;
  return `AES256 takes a key of 32 bytes, sent in base64; this key has ${length}${hint}`;
}

/** Keys of the right length in another form than base64, by the lengths that they are then read with. */
const mistakesByLength: ReadonlyMap<number, string> = new Map([
  [24, 'text of 32 letters that is read as base64, or the base64 of 16 bytes that is taken for bytes'],
  [48, 'a key in hexadecimal digits that is read as base64'],
  [64, 'a key in hexadecimal digits that are taken for its bytes'],
]);

const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';
const padding = 127;

function isAscii(text: string): boolean {
  return !/[\u0080-\uffff]/.test(text);
}

/**
 * Decodes base64 as S3 does. It ignores other characters, and an incomplete group of four at the end. Each group has at least one byte,
 * even if it is padding alone (F610).
 */
function decodeLeniently(text: string): Buffer {
  const characters = text.replace(/[^A-Za-z0-9+/=]/g, '');
  const groups = characters.match(/.{4}/g) ?? [];
  return Buffer.from(groups.flatMap(decodeGroup));
}

function decodeGroup(group: string): number[] {
  const [first = 0, second = 0, third = 0, fourth = 0] = [...group].map((character) =>
    character === '=' ? padding : alphabet.indexOf(character),
  );
  const bytes = [(first << 2) | (second >> 4)];
  if (third !== padding) bytes.push((second << 4) | (third >> 2));
  if (fourth !== padding) bytes.push((third << 6) | fourth);
  return bytes.map((byte) => byte & 255);
}
