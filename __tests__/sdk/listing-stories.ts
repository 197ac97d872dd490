import { expect } from 'expect';
import { deleteMarker, type MockS3 } from 's3-versioning-mock';
import type { Story } from './story';

const currentPages = [
  { keys: [], prefixes: ['docs/'] },
  { keys: ['z.txt'], prefixes: [] },
  { keys: ['zz.txt'], prefixes: [] },
];

export const listingStories: readonly Story[] = [
  {
    title: 'all versions are listed, page by page and with a delimiter',
    column: 'versions',
    async play({ s3, client }) {
      const vault = filled(s3);
      const [marker, first] = vault.versions('a.txt');
      const [third, second] = vault.versions('z.txt');
      const [last] = vault.versions('zz.txt');
      // The second page ends inside a key.
      expect(await client.listVersions('vault', { delimiter: '/', limit: 2 })).toEqual([
        {
          versions: [{ key: 'a.txt', versionId: first?.versionId, isLatest: false }],
          deleteMarkers: [{ key: 'a.txt', versionId: marker?.versionId, isLatest: true }],
          prefixes: [],
        },
        {
          versions: [{ key: 'z.txt', versionId: third?.versionId, isLatest: true }],
          deleteMarkers: [],
          prefixes: ['docs/'],
        },
        {
          versions: [
            { key: 'z.txt', versionId: second?.versionId, isLatest: false },
            { key: 'zz.txt', versionId: last?.versionId, isLatest: true },
          ],
          deleteMarkers: [],
          prefixes: [],
        },
      ]);
      const pages = [...s3.requests.of('ListObjectVersions')].map(({ input }) => [
        input.KeyMarker,
        input.VersionIdMarker,
      ]);
      expect(pages).toEqual([
        [undefined, undefined],
        ['a.txt', first?.versionId],
        ['z.txt', third?.versionId],
      ]);
    },
  },
  {
    title: 'objects are listed by ListObjects, page by page and with a delimiter',
    column: 'list v1',
    needs: 'listObjects',
    async play({ s3, client }) {
      filled(s3);
      const pages = await client.listObjects?.('vault', { delimiter: '/', limit: 1 });
      expect(pages).toEqual(currentPages);
      s3.requests.expect('ListObjects', { Bucket: 'vault', Delimiter: '/', MaxKeys: 1, Marker: 'docs/' });
    },
  },
  {
    title: 'objects are listed by ListObjectsV2, page by page and with a delimiter',
    column: 'list v2',
    async play({ s3, client }) {
      filled(s3);
      const pages = await client.listObjectsV2('vault', { delimiter: '/', limit: 1 });
      expect(pages).toEqual(currentPages);
      const tokens = [...s3.requests.of('ListObjectsV2')].map(({ input }) => typeof input.ContinuationToken);
      expect(tokens).toEqual(['undefined', 'string', 'string']);
    },
  },
];

function filled(s3: MockS3) {
  return s3.createBucket('vault', {
    versioning: 'Enabled',
    objects: {
      'a.txt': ['first', deleteMarker],
      'docs/1.txt': ['one', 'one again'],
      'docs/2.txt': ['two', deleteMarker],
      'z.txt': ['second', 'third'],
      'zz.txt': ['last'],
    },
  });
}
