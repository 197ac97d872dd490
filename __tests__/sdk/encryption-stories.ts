import { expect } from 'expect';
import type { KeyedClient } from '../support/clients/object-client';
import type { StoryClient } from '../support/clients/story-client';
import { type TestKey, testKey } from '../support/customer-keys';
import type { Story } from './story';

const allowed = { Rules: [{ BlockedEncryptionTypes: { EncryptionType: ['NONE'] } }] } as const;

function withKey(client: StoryClient, key: TestKey): KeyedClient {
  const keyed = client.withCustomerKey?.(key);
  if (!keyed) throw new TypeError('the client has no calls with a key of the customer');
  return keyed;
}

export const encryptionStories: readonly Story[] = [
  {
    title: 'a key of the customer is replaced by copying a version, and the older version keeps its own',
    column: 'SSE-C',
    needs: 'customerKeys',
    async play({ s3, client }) {
      const vault = s3.createBucket('vault', { versioning: 'Enabled', encryption: allowed });
      const [old, fresh] = [testKey('o'), testKey('n')];
      const [before, after] = [withKey(client, old), withKey(client, fresh)];
      const { versionId = '' } = await before.putObject('vault', 'a.txt', 'secret');
      expect(await before.getObject('vault', 'a.txt')).toBe('secret');
      await expect(client.getObject('vault', 'a.txt')).rejects.toMatchObject({ name: 'Refusal' });
      await after.copyObject('vault', { key: 'a.txt', versionId }, 'a.txt', old);
      expect(await after.getObject('vault', 'a.txt')).toBe('secret');
      expect(await before.getObject('vault', 'a.txt', versionId)).toBe('secret');
      await expect(before.getObject('vault', 'a.txt')).rejects.toMatchObject({ name: 'Refusal' });
      await expect(after.getObject('vault', 'a.txt', versionId)).rejects.toMatchObject({ name: 'Refusal' });
      await after.upload('vault', 'big.bin', [Buffer.alloc(5 * 1024 * 1024, 'a'), Buffer.from('end')]);
      const big = await after.getObject('vault', 'big.bin');
      expect({ length: big.length, end: big.slice(-4) }).toEqual({ length: 5 * 1024 * 1024 + 3, end: 'aend' });
      expect(vault.versions().map(({ body }) => body?.length)).toEqual([6, 6, 5 * 1024 * 1024 + 3]);
    },
  },
];
