import { expect } from 'expect';
import { deleteMarker, type MockS3 } from 's3-versioning-mock';
import type { PresignedMethod, StoryClient } from '../support/clients/story-client';
import { textOf } from '../support/clients/wire-xml';
import type { Story } from './story';

const key = 'März 2026/report (1)+.txt';

export const presignedStories: readonly Story[] = [
  {
    title: 'by presigned URLs an object is put twice, and each version is read',
    column: 'put, get',
    needs: 'presign',
    async play({ s3, client }) {
      const vault = s3.createBucket('vault', { versioning: 'Enabled' });
      const written = [
        await use(client, 'PUT', key, { body: 'first' }),
        await use(client, 'PUT', key, { body: 'second' }),
      ];
      const known = vault.versions(key).toReversed();
      expect(written).toMatchObject(known.map(({ versionId }) => ({ status: 200, versionId })));
      for (const [at, { versionId }] of known.entries()) {
        const read = await use(client, 'GET', key, { versionId });
        expect(read).toMatchObject({ status: 200, versionId, body: ['first', 'second'][at] });
        expect(callerOf(s3)).toBe(s3.account.id);
        s3.requests.expect('GetObject', { Bucket: 'vault', Key: key, VersionId: versionId });
      }
      expect(await use(client, 'GET', key)).toMatchObject({ body: 'second' });
    },
  },
  {
    title: 'by presigned URLs each version is described',
    column: 'head',
    needs: 'presignAny',
    async play({ s3, client }) {
      const vault = s3.createBucket('vault', { versioning: 'Enabled', objects: { [key]: ['first', 'the second'] } });
      for (const { versionId, size } of vault.versions(key))
        expect(await use(client, 'HEAD', key, { versionId })).toMatchObject({ status: 200, versionId, size });
      expect(await use(client, 'HEAD', 'absent.txt')).toMatchObject({ status: 404, body: '' });
    },
  },
  {
    title: 'by presigned URLs a key is deleted, undeleted, and a version is removed',
    column: 'delete, undelete',
    needs: 'presignAny',
    async play({ s3, client }) {
      const vault = s3.createBucket('vault', { versioning: 'Enabled', objects: { [key]: ['first', 'second'] } });
      const [, first] = vault.versions(key);
      const deleted = await use(client, 'DELETE', key);
      const [marker] = vault.versions(key);
      expect(marker).toMatchObject({ deleteMarker: true });
      expect(deleted).toMatchObject({ status: 204, versionId: marker?.versionId, body: '' });
      const gone = await use(client, 'GET', key);
      expect({ status: gone.status, code: textOf(gone.body, 'Code') }).toEqual({ status: 404, code: 'NoSuchKey' });
      for (const versionId of [marker?.versionId, first?.versionId]) {
        expect(await use(client, 'DELETE', key, { versionId })).toMatchObject({ status: 204, versionId });
        const removed = await use(client, 'GET', key, { versionId });
        expect({ status: removed.status, code: textOf(removed.body, 'Code') }).toEqual({
          status: 404,
          code: 'NoSuchVersion',
        });
      }
      expect(vault.versions(key).map((one) => (one.deleteMarker ? deleteMarker : one.body.toString()))).toEqual([
        'second',
      ]);
    },
  },
];

interface Use {
  readonly versionId?: string | undefined;
  readonly body?: string;
}

async function use(client: StoryClient, method: PresignedMethod, name: string, { versionId, body }: Use = {}) {
  const url = (await client.presign?.(method, 'vault', name, versionId)) ?? '';
  // Text would send a type that was not signed.
  const answer = await fetch(url, { method, ...(body !== undefined && { body: Buffer.from(body) }) });
  return {
    status: answer.status,
    versionId: answer.headers.get('x-amz-version-id'),
    size: Number(answer.headers.get('content-length')),
    body: await answer.text(),
  };
}

function callerOf(s3: MockS3): string | undefined {
  const caller = s3.requests.last()?.caller;
  return typeof caller === 'object' ? caller.account : caller;
}
