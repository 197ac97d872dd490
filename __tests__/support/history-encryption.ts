import { type TestKey, testKey } from './customer-keys';

/** A key of the customer's; that of `short` is too short to encrypt. */
export type Secret = 'red' | 'blue' | 'short';

export interface NamedEncryption {
  readonly algorithm?: 'AES256' | 'aws:kms' | 'aws:kms:dsse';
  /** With a KMS key of the account in place of the one that AWS makes. */
  readonly ownKey?: boolean;
  readonly bucketKey?: boolean;
}

export type NewEncryption = NamedEncryption | { readonly secret: Secret };

export const ownKeyArn = 'arn:aws:kms:us-east-1:000000000000:key/1234abcd-12ab-34cd-56ef-1234567890ab';

const secrets: Readonly<Record<Secret, Pick<TestKey, 'text' | 'md5'>>> = {
  red: testKey('r'),
  blue: testKey('b'),
  // The SDK sends a text that is not base64 of 32 bytes as the base64 of its own bytes.
  short: { text: 'sixteen letters.', md5: '' },
};

export function secretMembers(secret: Secret | undefined) {
  return secret === undefined ? {} : { SSECustomerAlgorithm: 'AES256', SSECustomerKey: secrets[secret].text };
}

export function sourceSecretMembers(secret: Secret | undefined) {
  if (secret === undefined) return {};
  return { CopySourceSSECustomerAlgorithm: 'AES256', CopySourceSSECustomerKey: secrets[secret].text };
}

export function newEncryptionMembers(named: NewEncryption = {}) {
  if ('secret' in named) return secretMembers(named.secret);
  const { algorithm, ownKey, bucketKey } = named;
  return {
    ...(algorithm !== undefined && { ServerSideEncryption: algorithm }),
    ...(ownKey && { SSEKMSKeyId: ownKeyArn }),
    ...(bucketKey !== undefined && { BucketKeyEnabled: bucketKey }),
  };
}

export interface AnsweredEncryption {
  readonly ServerSideEncryption?: string | undefined;
  readonly SSEKMSKeyId?: string | undefined;
  readonly BucketKeyEnabled?: boolean | undefined;
  readonly SSECustomerAlgorithm?: string | undefined;
  readonly SSECustomerKeyMD5?: string | undefined;
}

/** Names the encryption in answers: `aws:kms own`, `AES256 of red`. */
export class EncryptionNames {
  /** AWS has one key for S3 in an account and region. */
  #managedKey: string | undefined;

  named(answer: AnsweredEncryption): string {
    const { ServerSideEncryption, SSEKMSKeyId, BucketKeyEnabled, SSECustomerAlgorithm, SSECustomerKeyMD5 } = answer;
    const ofCustomer =
      SSECustomerAlgorithm === undefined && SSECustomerKeyMD5 === undefined
        ? undefined
        : `${SSECustomerAlgorithm} of ${nameOfDigest(SSECustomerKeyMD5)}`;
    const bucketKey = BucketKeyEnabled === undefined ? undefined : `bucket key ${BucketKeyEnabled}`;
    return [ServerSideEncryption, this.#kmsKey(SSEKMSKeyId), bucketKey, ofCustomer]
      .filter((word) => word !== undefined)
      .join(' ');
  }

  #kmsKey(arn: string | undefined): string | undefined {
    if (arn === undefined) return undefined;
    if (arn === ownKeyArn) return 'own';
    this.#managedKey ??= arn;
    return arn === this.#managedKey ? 'managed' : arn;
  }
}

function nameOfDigest(digest: string | undefined): string | undefined {
  return Object.entries(secrets).find(([, { md5 }]) => md5 === digest)?.[0] ?? digest;
}
