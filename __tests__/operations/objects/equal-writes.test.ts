import { describe, expect, it } from '@jest/globals';
import type { DirectCall } from '../../support/answered-store';
import { put } from '../../support/event-scene';
import { ReplicationScene } from '../../support/replication-rules';

const body = 'x'.repeat(100);
const type = { 'content-type': 'text/plain' };

function contentsAfter(...writes: readonly DirectCall[]) {
  const scene = new ReplicationScene({ vault: { versioning: 'Enabled' } });
  scene.ask(...writes);
  return [...scene.bucket('vault').versions.of('k')].map(({ content }) => content).reverse();
}

describe('a version that is written with the same again', () => {
  it('has the content of the one before in memory', () => {
    const [first, second] = contentsAfter(put('/vault/k', body, type), put('/vault/k', body, type));
    expect(first?.headers).toEqual(type);
    expect(second).toBe(first);
  });

  it.each([
    ['other bytes', put('/vault/k', `${body}y`, type)],
    ['another header', put('/vault/k', body, { ...type, 'cache-control': 'no-store' })],
    ['metadata', put('/vault/k', body, { ...type, 'x-amz-meta-a': 'b' })],
    ['another storage class', put('/vault/k', body, { ...type, 'x-amz-storage-class': 'GLACIER' })],
    ['a KMS key', put('/vault/k', body, { ...type, 'x-amz-server-side-encryption': 'aws:kms' })],
    ['another checksum', put('/vault/k', body, { ...type, 'x-amz-checksum-crc32': 'Xg5djw==' })],
  ])('has its own with %s', (_, other) => {
    const [first, second] = contentsAfter(put('/vault/k', body, type), other);
    expect(second).toBeDefined();
    expect(second).not.toEqual(first);
  });
});
