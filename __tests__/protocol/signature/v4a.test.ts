import { createECDH, createPrivateKey, type KeyObject, sign } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import { privateScalar } from '../../../src/protocol/signature/keys';
import { checkSignature } from '../../../src/protocol/signature/signature';
import { sha256 } from '../../support/clients/signer';
import { type Call, example, judged, knownAt, refuseChunks, requestOf, told } from '../../support/signed';
import { refusalThrownBy } from '../../support/thrown';

function curveOf(accessKeyId: string, secret: string) {
  const curve = createECDH('prime256v1');
  curve.setPrivateKey(privateScalar(accessKeyId, secret));
  return curve;
}

function keyOf(accessKeyId: string, secret: string): KeyObject {
  const curve = curveOf(accessKeyId, secret);
  const point = curve.getPublicKey();
  const [x, y] = [1, 33].map((start) => point.subarray(start, start + 32).toString('base64url'));
  const d = privateScalar(accessKeyId, secret).toString('base64url');
  return createPrivateKey({ key: { kty: 'EC', crv: 'P-256', x: x ?? '', y: y ?? '', d }, format: 'jwk' });
}

const at = '2026-03-31T07:35:05Z';
const date = '20260331T073505Z';
const scope = '20260331/s3/aws4_request';
const now = knownAt(at);
const key = keyOf(example.accessKeyId, example.secretAccessKey);
const signed = (...lines: string[]) => sign('sha256', Buffer.from(lines.join('\n')), key).toString('hex');

function signedGet(set: string | undefined, payload = sha256(''), method = 'GET'): { call: Call; seed: string } {
  const headers: Record<string, string> = { 'x-amz-content-sha256': payload, 'x-amz-date': date };
  if (set !== undefined) headers['x-amz-region-set'] = set;
  const names = ['host', ...Object.keys(headers)].sort();
  const lines = names.map((name) => `${name}:${name === 'host' ? 's3.amazonaws.com' : headers[name]}\n`).join('');
  const canonical = `${method}\n/vault/k\n\n${lines}\n${names.join(';')}\n${payload}`;
  const seed = signed('AWS4-ECDSA-P256-SHA256', date, scope, sha256(canonical));
  const authorization = `AWS4-ECDSA-P256-SHA256 Credential=${example.accessKeyId}/${scope}, SignedHeaders=${names.join(';')}, Signature=${seed}`;
  return { call: { method, url: '/vault/k', headers: { ...headers, authorization } }, seed };
}

// F145
describe('SigV4a', () => {
  // From the tests of awslabs/aws-c-auth, credentials_derive_ecc_key_fixed.
  it('derives its key from the secret', () => {
    const point = curveOf('AKISORANDOMAASORANDOM', 'q+jcrXGc+0zWN6uzclKVhvMmUsIfRPa4rlRandom').getPublicKey('hex');
    expect(point).toBe(
      '0415d242ceebf8d8169fd6a8b5a746c41140414c3b07579038da06af89190fffcb0515242cedd82e94799482e4c0514b505afccf2c0c98d6a553bf539f424c5ec0',
    );
  });

  it.each([
    '*',
    'us-east-1',
    'us-*',
    '*-1',
    'u*1',
    'US-*',
    '*-e*t-*',
    '**us-east-1**',
    ',us-east-1',
    'us-west-2,us-east-1',
  ])('holds for the set %s', (set) => {
    expect(judged(signedGet(set).call, now)).toBeUndefined();
  });

  it.each([
    'us-west-2',
    'us-east-?',
    'us-east-10',
    'us-east*east-1',
    '*-1-*1',
    's-*',
    '*-',
    '',
    'us-west-2, us-east-1',
  ])('is refused for the set "%s"', (set) => {
    expect(judged(signedGet(set).call, now)).toEqual({
      refusal: 'RegionSetMismatch',
      details: { RequestedRegion: 'us-east-1', RegionSet: set },
    });
  });

  it('is refused without a set, with another path and with an invalid signature', () => {
    expect(judged(signedGet(undefined).call, now)).toEqual({
      refusal: 'RegionSetMissing',
      details: {},
    });
    const { call, seed } = signedGet('*');
    expect(judged({ ...call, url: '/vault/l' }, now)).toMatchObject({ refusal: 'SignatureDoesNotMatch' });
    for (const signature of ['zz', 'abc', '00'.repeat(32), `${seed}0`]) {
      const authorization = String(call.headers?.['authorization']).replace(/Signature=.*/, `Signature=${signature}`);
      const changed = { ...call, headers: { ...call.headers, authorization } };
      expect(judged(changed, now)).toMatchObject({
        refusal: 'SignatureDoesNotMatch',
        details: { SignatureProvided: signature },
      });
    }
  });

  it('is refused if its credential names a region', () => {
    const { call } = signedGet('*');
    const other = `${example.accessKeyId}/20260331/us-east-1/s3/aws4_request`;
    const authorization = String(call.headers?.['authorization']).replace(/Credential=[^,]+/, `Credential=${other}`);
    const request = requestOf({ ...call, headers: { ...call.headers, authorization } });
    const refusal = refusalThrownBy(() => checkSignature(request, now));
    expect({ refusal: refusal?.refusal, quoted: refusal?.quoted }).toEqual({
      refusal: 'AuthorizationHeaderRegionlessCredentialMalformed',
      quoted: { Credential: other },
    });
  });

  it('is valid in a presigned url, which has to name its set', () => {
    const query = (set: string) =>
      `X-Amz-Algorithm=AWS4-ECDSA-P256-SHA256&X-Amz-Credential=${example.accessKeyId}%2F20260331%2Fs3%2Faws4_request&X-Amz-Date=${date}&X-Amz-Expires=60${set}&X-Amz-SignedHeaders=host`;
    const url = (set: string) => {
      const canonical = `GET\n/vault/k\n${query(set)}\nhost:s3.amazonaws.com\n\nhost\nUNSIGNED-PAYLOAD`;
      return `/vault/k?${query(set)}&X-Amz-Signature=${signed('AWS4-ECDSA-P256-SHA256', date, scope, sha256(canonical))}`;
    };
    expect(judged({ url: url('&X-Amz-Region-Set=us-%2A') }, now)).toBeUndefined();
    expect(judged({ url: url('&X-Amz-Region-Set=eu-%2A') }, now)).toMatchObject({ refusal: 'RegionSetMismatch' });
    expect(judged({ url: url('') }, now)).toEqual({ refusal: 'RegionSetEmpty', details: {} });
  });

  it('is valid chunk by chunk, with signatures padded with asterisks', () => {
    const { call, seed } = signedGet('*', 'STREAMING-AWS4-ECDSA-P256-SHA256-PAYLOAD', 'PUT');
    const chunk = (before: string, data: string) =>
      signed('AWS4-ECDSA-P256-SHA256-PAYLOAD', date, scope, before, sha256(''), sha256(data));
    const one = chunk(seed, 'data');
    const body = (data: string) =>
      `4;chunk-signature=${one.padEnd(144, '*')}\r\n${data}\r\n0;chunk-signature=${chunk(one, '').padEnd(144, '*')}\r\n\r\n`;
    const judge = (data: string) => told(refuseChunks(requestOf({ ...call, body: body(data) }), now));
    expect(judge('data')).toBeUndefined();
    expect(judge('date')).toMatchObject({ refusal: 'SignatureDoesNotMatch' });
  });
});
