import { describe, expect, test } from '@jest/globals';
import { mockS3 } from 's3-versioning-mock/jest';
import { textOf } from '../house/files';
import { testKey } from '../support/customer-keys';
import { textOf as elementOf } from '../support/documents';
import { begin } from '../support/uploads';
import { send, type WireAnswer } from '../support/wire-client';

/**
 * The table of docs/guides/encryption.md, and the refusals that it leaves out: each row is a request.
 * @module
 */

const key = testKey('k');
const other = testKey('o');
const prefix = 'x-amz-server-side-encryption-customer';

mockS3({
  sseC: 'allowed',
  buckets: {
    vault: {
      versioning: 'Enabled',
      objects: { plain: 'data', keyed: { body: 'data', encryption: { SSECustomerKey: key.bytes } } },
    },
  },
});

const read = (name: string, headers = {}) => send({ path: `/vault/${name}`, headers });
const write = (headers: Readonly<Record<string, string | undefined>>, secure = true) =>
  send({ method: 'PUT', path: '/vault/new', body: 'data', headers, secure });
const part = async (headers = {}) => {
  const id = await begin('/vault/big', key.headers);
  return send({ method: 'PUT', path: `/vault/big?partNumber=1&uploadId=${id}`, body: 'data', headers });
};

const requests: Readonly<Record<string, () => Promise<WireAnswer>>> = {
  'reads without the key': () => read('keyed'),
  'reads with another key': () => read('keyed', other.headers),
  'names a key, and the object has none': () => read('plain', key.headers),
  'names the key without its algorithm': () => read('keyed', { ...key.headers, [`${prefix}-algorithm`]: undefined }),
  'names the algorithm without the key': () => write({ [`${prefix}-algorithm`]: 'AES256' }),
  'writes without the MD5 of the key': () => write({ ...key.headers, [`${prefix}-key-MD5`]: undefined }),
  'names the MD5 of another key': () => write({ ...key.headers, [`${prefix}-key-MD5`]: other.md5 }),
  'writes with a key of 16 bytes': () =>
    write({
      ...key.headers,
      [`${prefix}-key`]: Buffer.alloc(16).toString('base64'),
      [`${prefix}-key-MD5`]: 'SucTNuRL+b950nUuI0gYpQ==',
    }),
  'writes with a key and another encryption': () => write({ ...key.headers, 'x-amz-server-side-encryption': 'AES256' }),
  'comes over plain HTTP': () => write(key.headers, false),
  'copies with another key of the source': () =>
    send({
      method: 'PUT',
      path: '/vault/copy',
      headers: { 'x-amz-copy-source': '/vault/keyed', ...other.sourceHeaders },
    }),
  'uploads a part without the key of its upload': () => part(),
  'uploads a part with another key': () => part(other.headers),
};

const [, table = ''] = /^\| The request \|.*\n\|.*\n((?:\|.*\n)+)/m.exec(textOf('docs/guides/encryption.md')) ?? [];
const shown = table
  .trimEnd()
  .split('\n')
  .map((line) => line.slice(1, -1).split('|'))
  .map(([request = '', status = '', message = '']) => [request.trim(), Number(status), message.trim()] as const);
const others: readonly (readonly [request: string, status: number, message: string])[] = [
  ['names a key, and the object has none', 400, 'The encryption parameters are not applicable to this object.'],
  [
    'names the key without its algorithm',
    400,
    'Requests specifying Server Side Encryption with Customer provided keys must provide a valid encryption algorithm.',
  ],
  [
    'names the algorithm without the key',
    400,
    'Requests specifying Server Side Encryption with Customer provided keys must provide an appropriate secret key.',
  ],
  [
    'writes without the MD5 of the key',
    400,
    'Requests specifying Server Side Encryption with Customer provided keys must provide the client calculated MD5 of the secret key.',
  ],
  ['names the MD5 of another key', 400, 'The calculated MD5 hash of the key did not match the hash that was provided.'],
  ['writes with a key of 16 bytes', 400, 'The secret key was invalid for the specified algorithm.'],
  [
    'writes with a key and another encryption',
    400,
    'Server Side Encryption with Customer provided key is incompatible with the encryption method specified',
  ],
  [
    'comes over plain HTTP',
    400,
    'Requests specifying Server Side Encryption with Customer provided keys must be made over a secure connection.',
  ],
  [
    'copies with another key of the source',
    400,
    'The provided encryption parameters did not match the ones used originally.',
  ],
  [
    'uploads a part with another key',
    400,
    'The provided encryption parameters did not match the ones used originally.',
  ],
];

const rows = [...shown, ...others];

describe('the refusals of docs/guides/encryption.md', () => {
  test('are those of the requests below', () => {
    expect(shown).toHaveLength(3);
    expect(rows.map(([request]) => request).toSorted()).toEqual(Object.keys(requests).toSorted());
  });

  test.each(rows)('%s: %i', async (request, status, message) => {
    const answer = await requests[request]?.();
    expect({ status: answer?.status, message: answer && elementOf('Message', answer) }).toEqual({ status, message });
  });
});
