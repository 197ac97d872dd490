import {
  type CustomerKey,
  type NamedCustomerKey,
  namesCustomerKey,
  readCustomerKey,
  refusalForInsecureKey,
} from '../../model/versions/customer-key';
import {
  blocksCustomerKeys,
  checkNamesKms,
  chooseEncryption,
  unstatedEncryption,
  withContext,
  withCustomerKey,
} from '../../model/versions/encryption';
import type { Encryption, NamedEncryption } from '../../model/versions/version';
import type { S3Request } from '../../protocol/request/request';
import { S3Error } from '../../refusals/s3-error';
import { header } from '../../shapes/places';
import { boolean, refusing, sentText, text, words } from '../../shapes/values';
import { call } from '../../text/calls';
import { clause, say } from '../../text/reason';
import type { Context } from '../operation';
import { refusalForAction, type WriteAction } from './denied-actions';

const algorithm = refusing(words('AES256', 'aws:fsx', 'aws:backup', 'aws:kms', 'aws:kms:dsse'), 'EncryptionUnknown', {
  ArgumentValue: sentText,
});

/** COS knows none but that with a customer's key, and ignores words for others (F634). */
export const encryptionMembers = {
  ServerSideEncryption: header('x-amz-server-side-encryption', algorithm, { dialect: 'aws' }),
  SSEKMSKeyId: header('x-amz-server-side-encryption-aws-kms-key-id', text, { dialect: 'aws' }),
  BucketKeyEnabled: header('x-amz-server-side-encryption-bucket-key-enabled', boolean, { dialect: 'aws' }),
  SSECustomerAlgorithm: header('x-amz-server-side-encryption-customer-algorithm'),
  SSECustomerKeyMD5: header('x-amz-server-side-encryption-customer-key-MD5'),
  SSEKMSEncryptionContext: header('x-amz-server-side-encryption-context', text, { dialect: 'aws' }),
};

export const customerKeyMembers = {
  SSECustomerAlgorithm: encryptionMembers.SSECustomerAlgorithm,
  SSECustomerKey: header('x-amz-server-side-encryption-customer-key'),
  SSECustomerKeyMD5: encryptionMembers.SSECustomerKeyMD5,
};

export const newEncryptionMembers = {
  ...encryptionMembers,
  SSECustomerKey: customerKeyMembers.SSECustomerKey,
};

export function newEncryption(context: Context, named: NamedEncryption & NamedCustomerKey): Encryption {
  const { request, bucket, store, caller } = context;
  const isOfAws = request.dialect.objects.areEncrypted;
  const key = readNewCustomerKey(request, named);
  if (key) {
    checkNamesKms(named);
    return withCustomerKey(key);
  }
  if (!isOfAws) return unstatedEncryption;
  const encryption = chooseEncryption(named, { store, bucket, account: caller.account?.id ?? bucket.owner.id });
  checkKmsKey(context, encryption);
  return withContext(encryption, named.SSEKMSEncryptionContext, bucket, request.key ?? '');
}

type NewKeyInput = NamedCustomerKey & Pick<NamedEncryption, 'ServerSideEncryption'>;

function readNewCustomerKey(request: S3Request, named: NewKeyInput): CustomerKey | undefined {
  const besides = request.dialect.objects.areEncrypted ? named.ServerSideEncryption : undefined;
  return readCustomerKey(named, { isSecure: isSecure(request), besides });
}

/** F631, F632. COS has no KMS (F617). */
export function checkKmsKey({ request, store }: Pick<Context, 'request' | 'store'>, { SSEKMSKeyId }: Encryption): void {
  if (SSEKMSKeyId === undefined || !request.dialect.objects.areEncrypted) return;
  if (!isSignedByVersion4(request)) throw new S3Error('KmsNeedsSignatureVersion4', {}, notVersion4);
  store.kms.check(SSEKMSKeyId);
}

export const notVersion4 = 'the request is anonymous, or signed by version 2';

export function isSignedByVersion4({ identity }: S3Request): boolean {
  return 'scheme' in identity && identity.scheme.startsWith('sigv4');
}

export function readSentKey(
  request: S3Request,
  named: NamedCustomerKey,
  digest: 'needs digest' | 'may lack digest',
): CustomerKey | undefined {
  return readCustomerKey(named, { isSecure: isSecure(request), mayLackDigest: digest === 'may lack digest' });
}

interface KeyNames {
  readonly headers: string;
  /** The names that AWS's SDKs have for them. */
  readonly members: string;
  readonly whenDifferent: 'CustomerKeyDiffers' | 'PartEncryptionDiffers';
}

const ofObject: KeyNames = {
  headers: 'x-amz-server-side-encryption-customer-',
  members: 'SSECustomerAlgorithm, SSECustomerKey',
  whenDifferent: 'CustomerKeyDiffers',
};

export const ofSource: KeyNames = {
  headers: 'x-amz-copy-source-server-side-encryption-customer-',
  members: 'CopySourceSSECustomerAlgorithm, CopySourceSSECustomerKey',
  whenDifferent: 'PartEncryptionDiffers',
};

/** S3 does not compare the keys yet (F611). */
export function checkNamesCustomerKey(
  { SSECustomerKeyMD5: kept }: Encryption,
  sent: CustomerKey | undefined,
  { headers, members } = ofObject,
): void {
  if (kept !== undefined && sent === undefined)
    throw new S3Error(
      'EncryptionKeyRequired',
      {},
      `the object is encrypted with a customer key, whose MD5 is '${kept}': send the key in ${headers}algorithm, -key and -key-MD5 (${members} in the SDKs)`,
    );
  if (kept === undefined && sent !== undefined)
    throw new S3Error(
      'CustomerKeyNotApplicable',
      {},
      `the object is not encrypted with a customer key, but the request has a key in ${headers}key; its MD5 is '${sent.SSECustomerKeyMD5}'`,
    );
}

/** F611 */
export function checkCustomerKey(encryption: Encryption, sent: CustomerKey | undefined, names = ofObject): void {
  checkNamesCustomerKey(encryption, sent, names);
  const { SSECustomerKeyMD5: kept } = encryption;
  if (kept !== sent?.SSECustomerKeyMD5) throw new S3Error(names.whenDifferent).quoting(describeKeys(kept, sent));
}

/** F95 */
export function checkUploadKey({ SSECustomerKeyMD5: kept }: Encryption, sent: CustomerKey | undefined): void {
  if (kept === sent?.SSECustomerKeyMD5) return;
  const isOneSided = kept === undefined || sent === undefined;
  throw new S3Error(isOneSided ? 'PartEncryptionMissing' : 'PartEncryptionDiffers').quoting(describeKeys(kept, sent));
}

export function describeKeys(kept: string | undefined, sent: CustomerKey | undefined) {
  return {
    'the MD5 of the key in the request': sent?.SSECustomerKeyMD5,
    'the MD5 of the key it was written with': kept,
  };
}

/** Whether a request came over TLS. A port that stands for S3 offers no TLS, so S3's rule does not apply to it (F610). */
function isSecure({ wire, endpoint }: S3Request): boolean {
  return wire.secure || endpoint.standsForRegions === true;
}

/** F610 */
export function checkNewCustomerKey(request: S3Request, named: NewKeyInput): void {
  readNewCustomerKey(request, named);
}

/** S3 says so before it looks for the object (F610). */
export function checkReadIsSecure(request: S3Request, named: NamedCustomerKey): void {
  if (namesCustomerKey(named) && !isSecure(request)) throw refusalForInsecureKey();
}

/** Once the headers of the key are well-formed (F322). */
export function checkCustomerKeyAllowed(context: Context, named: NewKeyInput, action: WriteAction): void {
  const { request, bucket, store } = context;
  if (!request.dialect.objects.areEncrypted || !namesCustomerKey(named)) return;
  if (!blocksCustomerKeys(bucket, store)) return;
  readNewCustomerKey(request, named);
  throw refusalForAction(context, 'CustomerKeyBlocked', { action, key: request.key }, whyBlocked);
}

const allowing = call('mockS3(...)', { '...': { sseC: 'allowed' } });
const whyBlocked = say`the bucket blocks SSE-C, as new buckets do on S3${clause`; ${allowing}, or the bucket's encryption, allows it`}`;
