import { types } from 'node:util';
import { md5 } from '../../formats/digests';
import { isCosLocation } from '../../formats/regions';
import type { Bucket } from '../../model/bucket';
import { type KeyPlace, managedKey, readKmsKeyArn } from '../../model/kms';
import { chooseEncryption, isEncryptionContext, ownKey, unstatedEncryption } from '../../model/versions/encryption';
import type { Encryption } from '../../model/versions/version';
import { chief } from '../../shapes/elements';
import { expecting, givenOnly, judgedByRule, shapeOf } from '../../shapes/given';
import type { LeafShape, StructureValue } from '../../shapes/shape';
import { boolean, text, words } from '../../shapes/values';
import { invalidValue } from '../../text/invalid-value';
import { makeMistake } from '../../text/mistakes';
import type { Bytes } from '../../text/value-kinds';
import { refusalAsTypeError } from '../literals';
import { type BucketInStore, type ContentPart, withoutUnset } from './part';

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
  /** The encryption context in base64, as S3 returns it: with the ARN of the object as `aws:s3:arn`. */
  readonly SSEKMSEncryptionContext?: string | undefined;
  /** The algorithm with a customer's key: only `'AES256'`. */
  readonly SSECustomerAlgorithm?: 'AES256' | undefined;
  /** The customer's key: 32 bytes, or their base64. The mock keeps its MD5 only. */
  readonly SSECustomerKey?: string | Bytes | undefined;
  /** The base64 of the key's MD5, in place of the key. */
  readonly SSECustomerKeyMD5?: string | undefined;
}

export interface EncryptionMember {
  /** Its encryption. Default: if a test puts the object, the bucket's default; otherwise S3's own key. */
  readonly encryption?: EncryptionFixture | undefined;
}

export interface StoredEncryption {
  /** Its encryption, under the names of AWS's SDKs. */
  readonly encryption: Encryption;
}

const forms = "'AES256', 'aws:kms', 'aws:kms:dsse', or an object such as { SSECustomerKey: Buffer.alloc(32, 'k') }";
const keys = "the id, the ARN or the alias of a KMS key, such as 'alias/vault'";
const bytes: LeafShape<string | Bytes> = { kind: 'bytes' };

const details = shapeOf<EncryptionDetails, Encryption>()({
  ServerSideEncryption: chief(expecting(words('AES256', 'aws:kms', 'aws:kms:dsse'), forms)),
  SSEKMSKeyId: expecting(text, keys),
  BucketKeyEnabled: expecting(boolean, 'true or false'),
  SSEKMSEncryptionContext: expecting(text, 'the base64 of a JSON object of texts', isContext),
  SSECustomerAlgorithm: expecting(words('AES256'), "'AES256'"),
  SSECustomerKey: givenOnly(expecting(bytes, 'a Uint8Array of 32 bytes, or their base64', isCustomerKey)),
  // The right value depends on the key.
  SSECustomerKeyMD5: judgedByRule(text),
});

const shape = {
  encryption: { ...details, isNamed: true, expected: forms },
} as const;

type DetailValues = StructureValue<typeof details.members>;

interface EncryptionValues {
  readonly encryption?: DetailValues;
}

export const encryption: ContentPart<EncryptionMember, StoredEncryption, EncryptionValues, 'encryption'> = {
  shape,
  toModel: ({ encryption: values = {} }, { at, bucketOwner, region }) => ({
    encryption: makeEncryption(at, values, { account: bucketOwner.id, region }),
  }),
  fromModel: ({ content: { encryption: stored } }, { bucket }, form) => ({
    encryption: form === 'literal' && isDefault(stored, bucket) ? undefined : stored,
  }),
};

const ofCustomer = ['SSECustomerAlgorithm', 'SSECustomerKey', 'SSECustomerKeyMD5'] as const;
type OfCustomer = (typeof ofCustomer)[number];

function makeEncryption(at: string, values: DetailValues, place: KeyPlace): Encryption {
  const names = Object.keys(values);
  const isCustomers = (name: string) => ofCustomer.some((one) => one === name);
  const [customers, awss] = [names.find(isCustomers), names.find((name) => !isCustomers(name))];
  if (customers !== undefined && awss !== undefined)
    throw makeMistake(
      `${at}: encryption has both ${awss} and ${customers}; an object has only one key, either AWS's or the customer's`,
    );
  return customers === undefined ? makeKmsEncryption(at, values, place) : makeCustomerEncryption(at, values);
}

function makeKmsEncryption(at: string, values: DetailValues, place: KeyPlace): Encryption {
  const { ServerSideEncryption, SSEKMSKeyId = managedKey, BucketKeyEnabled, SSEKMSEncryptionContext } = values;
  if (ServerSideEncryption === undefined)
    throw invalidValue(`${at}: encryption`, 'ServerSideEncryption', ServerSideEncryption, forms);
  if (ServerSideEncryption !== 'aws:kms' && BucketKeyEnabled)
    throw makeMistake(
      `${at}: encryption has BucketKeyEnabled and ${ServerSideEncryption}; only 'aws:kms' has a bucket key`,
    );
  if (ServerSideEncryption === 'AES256') {
    const name = (['SSEKMSKeyId', 'SSEKMSEncryptionContext'] as const).find((one) => values[one] !== undefined);
    if (name === undefined) return ownKey;
    throw makeMistake(
      `${at}: encryption has ${name} and AES256. Give ServerSideEncryption: 'aws:kms', or leave out ${name}.`,
    );
  }
  return withoutUnset<Omit<Encryption, OfCustomer>>({
    ServerSideEncryption,
    SSEKMSKeyId: refusalAsTypeError(at, () => readKmsKeyArn(SSEKMSKeyId, place), `Give ${keys}.`),
    BucketKeyEnabled: BucketKeyEnabled || undefined,
    SSEKMSEncryptionContext,
  });
}

function makeCustomerEncryption(
  at: string,
  { SSECustomerAlgorithm = 'AES256', SSECustomerKey: key, SSECustomerKeyMD5: writtenDigest }: DetailValues,
): Encryption {
  const digest = key === undefined ? writtenDigest : md5(readBytes(key)).toString('base64');
  if (typeof digest !== 'string' || Buffer.from(digest, 'base64').toString('base64') !== digest || digest.length !== 24)
    throw invalidValue(
      `${at}: encryption`,
      'SSECustomerKeyMD5',
      digest,
      'the MD5 of the key in base64, or SSECustomerKey',
    );
  if (writtenDigest !== undefined && writtenDigest !== digest)
    throw invalidValue(`${at}: encryption`, 'SSECustomerKeyMD5', writtenDigest, `'${digest}', the MD5 of the key`);
  return { SSECustomerAlgorithm, SSECustomerKeyMD5: digest };
}

function readBytes(key: string | Bytes): Uint8Array {
  return types.isUint8Array(key) ? key : Buffer.from(String(key), 'base64');
}

function isCustomerKey(key: unknown): boolean {
  if (types.isUint8Array(key)) return key.length === 32;
  // S3 reads another spelling of base64, such as that of URLs, as other bytes (F610).
  return (
    typeof key === 'string' && readBytes(key).length === 32 && Buffer.from(key, 'base64').toString('base64') === key
  );
}

function isContext(context: unknown): boolean {
  return typeof context === 'string' && isEncryptionContext(context);
}

export function readBucketEncryption(at: string, { bucket, store }: BucketInStore): Encryption {
  return refusalAsTypeError(at, () => chooseEncryption({}, { store, bucket, account: bucket.owner.id }));
}

/**
 * Whether a literal leaves the encryption out: it is the bucket's default, or IBM COS wrote the object into a bucket that AWS answers too,
 * and states none, for which a literal has no word.
 */
function isDefault({ ServerSideEncryption, SSEKMSKeyId, SSECustomerKeyMD5 }: Encryption, bucket: Bucket): boolean {
  if (SSECustomerKeyMD5 !== undefined || SSEKMSKeyId !== undefined) return false;
  return ServerSideEncryption === undefined || ServerSideEncryption === defaultEncryption(bucket).ServerSideEncryption;
}

export function defaultEncryption({ location = '' }: Pick<Bucket, 'location'>): Encryption {
  return isCosLocation(location) ? unstatedEncryption : ownKey;
}
