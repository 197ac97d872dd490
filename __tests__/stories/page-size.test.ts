import { inspect } from 'node:util';
import {
  ListObjectsV2Command,
  ListObjectVersionsCommand,
  paginateListBuckets,
  paginateListObjectsV2,
  S3Client,
} from '@aws-sdk/client-s3';
import { describe, expect, it } from '@jest/globals';
import { mockS3 as startMock } from '../../src';
import { deleteMarker, mockS3 } from '../../src/testing/jest';

mockS3({
  pageSize: 1,
  buckets: {
    vault: { versioning: 'Enabled', objects: { 'a.txt': ['1', '2', deleteMarker], 'b.txt': '3', 'c/d.txt': '4' } },
    scratch: {},
  },
});
const client = new S3Client({});

describe('a page size of 1', () => {
  it('splits a listing of objects into as many pages as it has entries', async () => {
    const pages: unknown[] = [];
    for await (const page of paginateListObjectsV2({ client }, { Bucket: 'vault', Delimiter: '/' })) {
      pages.push([
        ...(page.Contents ?? []).map(({ Key }) => Key),
        ...(page.CommonPrefixes ?? []).map(({ Prefix }) => Prefix),
      ]);
    }
    expect(pages).toEqual([['b.txt'], ['c/']]);
  });

  it('limits a page, which still names the MaxKeys of the request', async () => {
    const page = await client.send(new ListObjectsV2Command({ Bucket: 'vault', MaxKeys: 5 }));
    expect({ MaxKeys: page.MaxKeys, KeyCount: page.KeyCount, IsTruncated: page.IsTruncated }).toEqual({
      MaxKeys: 5,
      KeyCount: 1,
      IsTruncated: true,
    });
  });

  it('leads through all versions by their markers', async () => {
    const seen: unknown[] = [];
    let markers: { KeyMarker?: string; VersionIdMarker?: string } | undefined = {};
    while (markers) {
      const page: Awaited<ReturnType<typeof list>> = await list(markers);
      seen.push(
        ...(page.Versions ?? []).map(({ Key }) => Key),
        ...(page.DeleteMarkers ?? []).map(({ Key }) => `${Key} deleted`),
      );
      markers = page.IsTruncated
        ? {
            ...(page.NextKeyMarker && { KeyMarker: page.NextKeyMarker }),
            ...(page.NextVersionIdMarker && { VersionIdMarker: page.NextVersionIdMarker }),
          }
        : undefined;
    }
    expect(seen).toEqual(['a.txt deleted', 'a.txt', 'a.txt', 'b.txt', 'c/d.txt']);
  });

  it('also splits the list of buckets', async () => {
    const pages: unknown[] = [];
    for await (const { Buckets } of paginateListBuckets({ client }, { MaxBuckets: 100 }))
      pages.push(Buckets?.map(({ Name }) => Name));
    expect(pages).toEqual([['scratch'], ['vault']]);
  });

  it.each([0, -1, 1.5, '2'])('refuses %p, which is not a size', (pageSize) => {
    const options = { pageSize } as Parameters<typeof mockS3>[0]; // as a caller in JavaScript does
    expect(() => startMock(options)).toThrow(
      `mockS3: invalid pageSize ${inspect(pageSize)}; expected a whole number from 1 on, or undefined`,
    );
  });
});

function list(markers: { KeyMarker?: string; VersionIdMarker?: string }) {
  return client.send(new ListObjectVersionsCommand({ Bucket: 'vault', ...markers }));
}
