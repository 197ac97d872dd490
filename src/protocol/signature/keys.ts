import { createECDH, createHmac, createPublicKey, type KeyObject, verify } from 'node:crypto';
import { bytesOf } from './canonical-request';

/**
 * Computes signatures from a secret: SigV4's by HMAC, SigV4a's by ECDSA with a key that is derived from the secret.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-create-signed-request.html
 * @module
 */

export type Check = (text: string, signature: string) => boolean;

/** Signs texts with a secret, in hexadecimal digits: `20260131/us-east-1/s3/aws4_request` is a scope. */
export function hmacSigner(secret: string, scope: string): (text: string) => string {
  const [date = '', region = '', service = ''] = scope.split('/');
  const key = [date, region, service, 'aws4_request'].reduce<string | Buffer>(
    (from, part) => createHmac('sha256', from).update(part, 'latin1').digest(),
    `AWS4${secret}`,
  );
  return (text) => createHmac('sha256', key).update(text, 'latin1').digest('hex');
}

export function hmacCheck(secret: string, scope: string): Check {
  const sign = hmacSigner(secret, scope);
  return (text, signature) => sign(text) === signature;
}

/** Checks SigV4a's signatures, which are DER in hexadecimal digits. Those of chunks end with asterisks. */
export function ecdsaCheck(accessKeyId: string, secret: string): Check {
  const key = publicKey(accessKeyId, secret);
  return (text, signature) => {
    const der = /^([0-9a-f]+)\**$/i.exec(signature)?.[1] ?? '';
    return der.length % 2 === 0 && verify('sha256', bytesOf(text), key, Buffer.from(der, 'hex'));
  };
}

const algorithm = 'AWS4-ECDSA-P256-SHA256';
/** Two less than the order of the curve's base point. */
const largest = 0xffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551n - 2n;

/** NIST SP 800-108 in counter mode with HMAC-SHA256: the first output that the curve can take, plus one. The counter is nearly always 1. */
export function privateScalar(accessKeyId: string, secret: string): Buffer {
  for (let counter = 1; ; counter += 1) {
    const input = Buffer.concat([
      Buffer.from([0, 0, 0, 1]),
      Buffer.from(`${algorithm}\0${accessKeyId}`),
      Buffer.from([counter, 0, 0, 1, 0]),
    ]);
    const candidate = BigInt(`0x${createHmac('sha256', `AWS4A${secret}`).update(input).digest('hex')}`);
    if (candidate <= largest) return Buffer.from((candidate + 1n).toString(16).padStart(64, '0'), 'hex');
  }
}

function publicKey(accessKeyId: string, secret: string): KeyObject {
  const curve = createECDH('prime256v1');
  curve.setPrivateKey(privateScalar(accessKeyId, secret));
  const point = curve.getPublicKey();
  const coordinate = (start: number) => point.subarray(start, start + 32).toString('base64url');
  return createPublicKey({
    key: { kty: 'EC', crv: 'P-256', x: coordinate(1), y: coordinate(33) },
    format: 'jwk',
  });
}
