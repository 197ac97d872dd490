import { types } from 'node:util';
import { md5 } from '../../formats/digests';
import { isCosLocation } from '../../formats/regions';
import type { Bucket } from '../../model/bucket';
import { type KeyPlace, managedKey, readKmsKeyArn } from '../../model/kms';
import { chooseEncryption, isEncryptionContext, ownKey, unstatedEncryption } from '../../model/versions/encryption';
import type { Encryption } from '../../model/versions/version';
import { structure } from '../../shapes/elements';
import { judgedByRule } from '../../shapes/given';
import { boolean, text } from '../../shapes/values';
import { makeCloser } from '../../text/closed-members';
import { invalidValue } from '../../text/invalid-value';
import { makeMistake } from '../../text/mistakes';
import { hintFor } from '../../text/spelling';
import { type Bytes, isRecord } from '../../text/value-kinds';
import { writeGiven } from '../../text/values';
import { refusalAsTypeError } from '../literals';
import type { Part, Place } from './part';

/** S3's algorithms for the encryption of objects with keys that AWS holds. */
type Algorithm = 'AES256' | 'aws:kms' | 'aws:kms:dsse';

/**
 * The encryption of an object: an algorithm alone, S3's answer as AWS's SDKs write it, or a customer's key.
 *
 * @example
 * const objects: ObjectFixtures = {
 *   'a.txt': { body: 'a', encryption: 'aws:kms' },
 *   'b.txt': { body: 'b', encryption: { ServerSideEncryption: 'aws:kms', SSEKMSKeyId: 'alias/vault', BucketKeyEnabled: true } },
 *   'c.txt': { body: 'c', encryption: { SSECustomerKey: Buffer.alloc(32, 'k') } },
 * };
 */
type EncryptionFixture = Algorithm | EncryptionDetails;

/** The encryption of an object, under the names of AWS's SDKs: with a key that AWS holds, or with a customer's key. */
export interface EncryptionDetails {
  /** The algorithm with a key that AWS holds. */
  readonly ServerSideEncryption?: Algorithm | undefined;
  /** The id, the ARN or the alias of a KMS key. Default: the key that AWS makes for S3. */
  readonly SSEKMSKeyId?: string | undefined;
  /** Whether `aws:kms` uses a key of the bucket. Default: false. */
  readonly BucketKeyEnabled?: boolean | undefined;
  /** The encryption context in base64, as S3 answers it: with the ARN of the object as `aws:s3:arn`. */
  readonly SSEKMSEncryptionContext?: string | undefined;
  /** Only `'AES256'`, beside a customer's key. */
  readonly SSECustomerAlgorithm?: 'AES256' | undefined;
  /** The customer's key: 32 bytes, or their base64. The mock keeps its MD5 only. */
  readonly SSECustomerKey?: string | Bytes | undefined;
  /** The base64 of the key's MD5, in place of the key. */
  readonly SSECustomerKeyMD5?: string | undefined;
}

export interface EncryptionMember {
  /** Its encryption. Default: the bucket's default if a test puts it, else S3's own key. */
  readonly encryption?: EncryptionFixture | undefined;
}

export interface StoredEncryption {
  /** Its encryption, under the names of AWS's SDKs. */
  readonly encryption: Encryption;
}

const members = {
  ServerSideEncryption: text,
  SSEKMSKeyId: text,
  BucketKeyEnabled: boolean,
  SSEKMSEncryptionContext: text,
  SSECustomerAlgorithm: text,
  SSECustomerKeyMD5: text,
};

const closeEncryption = makeCloser<Encryption>({ label: 'encryption of a version', others: Object.keys(members) });

export const encryption: Part<EncryptionMember, StoredEncryption> = {
  shape: { encryption: judgedByRule(structure(members)) },
  describe: ({ encryption: given = 'AES256' }, { at, bucketOwner, region }) => ({
    encryption: readEncryption(at, given, { account: bucketOwner.id, region }),
  }),
  show: ({ content }) => ({ encryption: closeEncryption({ ...content.encryption }) }),
  write: ({ content }, { bucket }) => writeEncryption(content.encryption, defaultEncryption(bucket)),
};

const algorithms = ['AES256', 'aws:kms', 'aws:kms:dsse'] as const;
const ofAws: readonly string[] = ['ServerSideEncryption', 'SSEKMSKeyId', 'BucketKeyEnabled', 'SSEKMSEncryptionContext'];
const ofCustomer: readonly string[] = ['SSECustomerAlgorithm', 'SSECustomerKey', 'SSECustomerKeyMD5'];
const forms = "'AES256', 'aws:kms', 'aws:kms:dsse', or an object such as { SSECustomerKey: Buffer.alloc(32, 'k') }";

function readEncryption(at: string, fixture: EncryptionFixture, place: KeyPlace): Encryption {
  if (typeof fixture === 'string') return readEncryption(at, { ServerSideEncryption: fixture }, place);
  if (!isRecord(fixture)) throw invalidValue(at, 'encryption', fixture, forms);
  const given: EncryptionDetails = fixture;
  const names = Object.keys(given).filter((name) => Reflect.get(given, name) !== undefined);
  const known = [...ofAws, ...ofCustomer];
  const unknown = names.find((name) => !known.includes(name));
  if (unknown !== undefined)
    throw makeMistake(
      `${at}: encryption has no member ${writeGiven(unknown)}.${hintFor(unknown, known)} The members are: ${known.join(', ')}.`,
    );
  const [customers, awss] = [ofCustomer, ofAws].map((list) => names.find((name) => list.includes(name)));
  if (customers !== undefined && awss !== undefined)
    throw makeMistake(
      `${at}: encryption has both ${awss} and ${customers}; an object has one key, AWS's or the customer's`,
    );
  return customers === undefined ? readKmsEncryption(at, given, place) : readCustomerEncryption(at, given);
}

function readKmsEncryption(
  at: string,
  { ServerSideEncryption, SSEKMSKeyId, BucketKeyEnabled, SSEKMSEncryptionContext: context }: EncryptionDetails,
  place: KeyPlace,
): Encryption {
  if (ServerSideEncryption === undefined || !algorithms.includes(ServerSideEncryption))
    throw invalidValue(`${at}: encryption`, 'ServerSideEncryption', ServerSideEncryption, forms);
  if (BucketKeyEnabled !== undefined && typeof BucketKeyEnabled !== 'boolean')
    throw invalidValue(`${at}: encryption`, 'BucketKeyEnabled', BucketKeyEnabled, 'true or false');
  if (ServerSideEncryption !== 'aws:kms' && BucketKeyEnabled)
    throw makeMistake(
      `${at}: encryption has BucketKeyEnabled and ${ServerSideEncryption}; only 'aws:kms' has a bucket key`,
    );
  if (ServerSideEncryption === 'AES256') {
    const name =
      SSEKMSKeyId !== undefined ? 'SSEKMSKeyId' : context !== undefined ? 'SSEKMSEncryptionContext' : undefined;
    if (name === undefined) return ownKey;
    throw makeMistake(
      `${at}: encryption has ${name} and AES256. Give ServerSideEncryption: 'aws:kms', or leave out ${name}.`,
    );
  }
  if (context !== undefined && !(typeof context === 'string' && isEncryptionContext(context)))
    throw invalidValue(`${at}: encryption`, 'SSEKMSEncryptionContext', context, 'the base64 of a JSON object of texts');
  return {
    ServerSideEncryption,
    SSEKMSKeyId: readKey(at, SSEKMSKeyId, place),
    ...(BucketKeyEnabled && { BucketKeyEnabled }),
    ...(context !== undefined && { SSEKMSEncryptionContext: context }),
  };
}

function readKey(at: string, key: string = managedKey, place: KeyPlace): string {
  const names = "the id, the ARN or the alias of a KMS key, such as 'alias/vault'";
  if (typeof key !== 'string') throw invalidValue(`${at}: encryption`, 'SSEKMSKeyId', key, names);
  return refusalAsTypeError(at, () => readKmsKeyArn(key, place), `Give ${names}.`);
}

function readCustomerEncryption(
  at: string,
  { SSECustomerAlgorithm = 'AES256', SSECustomerKey, SSECustomerKeyMD5 }: EncryptionDetails,
): Encryption {
  if (SSECustomerAlgorithm !== 'AES256')
    throw invalidValue(`${at}: encryption`, 'SSECustomerAlgorithm', SSECustomerAlgorithm, "'AES256'");
  const digest = SSECustomerKey === undefined ? SSECustomerKeyMD5 : digestOfKey(at, SSECustomerKey);
  if (typeof digest !== 'string' || Buffer.from(digest, 'base64').toString('base64') !== digest || digest.length !== 24)
    throw invalidValue(
      `${at}: encryption`,
      'SSECustomerKeyMD5',
      digest,
      'the MD5 of the key in base64, or SSECustomerKey',
    );
  if (SSECustomerKeyMD5 !== undefined && SSECustomerKeyMD5 !== digest)
    throw invalidValue(`${at}: encryption`, 'SSECustomerKeyMD5', SSECustomerKeyMD5, `'${digest}', that of the key`);
  return { SSECustomerAlgorithm, SSECustomerKeyMD5: digest };
}

function digestOfKey(at: string, key: string | Bytes): string {
  const bytes = types.isUint8Array(key) ? key : typeof key === 'string' ? Buffer.from(key, 'base64') : undefined;
  // S3 reads another spelling of base64, such as that of URLs, as other bytes (F610).
  const isBase64 = typeof key !== 'string' || bytes?.toString('base64') === key;
  if (bytes?.length === 32 && isBase64) return md5(bytes).toString('base64');
  throw invalidValue(`${at}: encryption`, 'SSECustomerKey', key, 'a Uint8Array of 32 bytes, or their base64');
}

export function readBucketEncryption(at: string, { bucket, store }: Place): Encryption {
  return refusalAsTypeError(at, () => chooseEncryption({}, { store, bucket, account: bucket.owner.id }));
}

function writeEncryption(stored: Encryption, byDefault: Encryption): EncryptionMember {
  const { ServerSideEncryption, SSEKMSKeyId, SSECustomerKeyMD5 } = stored;
  if (
    ServerSideEncryption === byDefault.ServerSideEncryption &&
    SSECustomerKeyMD5 === undefined &&
    SSEKMSKeyId === undefined
  )
    return {};
  return { encryption: ServerSideEncryption === 'AES256' ? ServerSideEncryption : stored };
}

export function defaultEncryption({ location = '' }: Pick<Bucket, 'location'>): Encryption {
  return isCosLocation(location) ? unstatedEncryption : ownKey;
}
