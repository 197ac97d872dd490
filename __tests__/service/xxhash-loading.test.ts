import '../support/in-place';
import { describe, expect, it, jest } from '@jest/globals';
import { mockS3 } from 's3-versioning-mock/jest';
import { textOf } from '../support/documents';
import { put } from '../support/objects';

type HashWasm = typeof import('hash-wasm');

let open: () => void = () => {};
const opened = new Promise<void>((resolve) => {
  open = resolve;
});

jest.mock('hash-wasm', () => {
  const { createXXHash64, createXXHash3, createXXHash128 } = jest.requireActual<HashWasm>('hash-wasm');
  return { createXXHash64: () => opened.then(() => createXXHash64()), createXXHash3, createXXHash128 };
});

const s3 = mockS3({ buckets: { vault: { versioning: 'Enabled' } } });
const named = { 'x-amz-checksum-xxhash64': '70bbN1HY6Zk=' };

// Decision 49
describe('the first requests with XXHash', () => {
  it('wait for the package, and others do not', async () => {
    const overtaken = put('/vault/overtaken', '', named);
    expect((await put('/vault/other', 'data')).status).toBe(200);
    s3.reset();

    const both = [put('/vault/a', '', named), put('/vault/b', 'data', named)];
    expect((await put('/vault/other', 'data')).status).toBe(200);
    open();
    // A reset does not end its wait, and it is applied to the state before.
    expect((await overtaken).status).toBe(200);
    const [first, second] = await Promise.all(both);
    expect({ status: first?.status, checksum: first?.header('x-amz-checksum-xxhash64') }).toEqual({
      status: 200,
      checksum: '70bbN1HY6Zk=',
    });
    expect(second && textOf('Code', second)).toBe('BadDigest');
    expect(s3.requests.map(({ operation, status }) => `${operation} ${status}`)).toEqual([
      'PutObject 200',
      'PutObject 200',
      'PutObject 400',
    ]);
  });
});
