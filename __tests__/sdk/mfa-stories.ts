import { expect } from 'expect';
import type { MockS3 } from 's3-versioning-mock';
import type { Story } from './story';

export const mfaMissing = {
  name: 'Refusal',
  code: 'AccessDenied',
  message: 'Mfa Authentication must be used for this request',
};

export const mfaStories: readonly Story[] = [
  {
    title: 'while MFA Delete is on, a version is deleted only with a code, and a key without one',
    column: 'no MFA',
    async play({ s3, client }) {
      const { vault, older } = guarded(s3);
      await expect(client.deleteObject('vault', 'a.txt', older)).rejects.toMatchObject(mfaMissing);
      expect(vault.versions('a.txt')).toHaveLength(2);
      await client.deleteObject('vault', 'a.txt');
      expect(vault.versions('a.txt').map((version) => version.deleteMarker)).toEqual([true, false, false]);
    },
  },
  {
    title: 'a version is deleted with a valid code',
    column: 'MFA',
    needs: 'mfa',
    async play({ s3, client }) {
      const { vault, older } = guarded(s3);
      const header = s3.mfa.header();
      await client.deleteObject('vault', 'a.txt', older, header);
      expect(vault.versions('a.txt')).toHaveLength(1);
      s3.requests.expect('DeleteObject', { Bucket: 'vault', Key: 'a.txt', VersionId: older, MFA: header });
    },
  },
  {
    title: 'a batch that names a version is refused as a whole without a code',
    column: 'batch, no MFA',
    async play({ s3, client }) {
      const { vault, older } = guarded(s3);
      const batch = client.deleteObjects('vault', [{ key: 'b.txt' }, { key: 'a.txt', versionId: older }]);
      await expect(batch).rejects.toMatchObject(mfaMissing);
      expect(vault.versions()).toHaveLength(3);
      // A batch of keys alone needs no code.
      expect(await client.deleteObjects('vault', [{ key: 'a.txt' }, { key: 'b.txt' }])).toEqual([]);
      expect(vault.versions()).toHaveLength(5);
    },
  },
  {
    title: 'a batch that names versions is deleted with one valid code',
    column: 'batch, MFA',
    needs: 'mfa',
    async play({ s3, client }) {
      const { vault, older, newer } = guarded(s3);
      const header = s3.mfa.header();
      const batch = [{ key: 'a.txt', versionId: newer }, { key: 'b.txt' }, { key: 'a.txt', versionId: older }];
      expect(await client.deleteObjects('vault', batch, header)).toEqual([]);
      expect(vault.versions().map(({ key, deleteMarker: isMarker }) => [key, isMarker])).toEqual([
        ['b.txt', true],
        ['b.txt', false],
      ]);
      s3.requests.expect('DeleteObjects', { Bucket: 'vault', MFA: header });
    },
  },
];

function guarded(s3: MockS3) {
  const objects = { 'a.txt': ['first', 'second'], 'b.txt': ['b'] };
  const vault = s3.createBucket('vault', { versioning: 'Enabled', mfaDelete: 'Enabled', objects });
  const [newer, older] = vault.versions('a.txt').map(({ versionId }) => versionId);
  return { vault, newer: newer ?? '', older: older ?? '' };
}
