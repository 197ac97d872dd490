import { describe, expect, it } from '@jest/globals';
import { findNextPage, writeAsking, writeEndlessListing } from '../../src/journal/next-pages';
import { entry } from './entries';

describe('the page that follows a page of a listing', () => {
  it.each([
    ['ListObjectsV2', { IsTruncated: true, NextContinuationToken: 't' }, 'NextContinuationToken as ContinuationToken'],
    ['ListObjects with a Delimiter', { IsTruncated: true, NextMarker: 'a/' }, 'NextMarker as Marker'],
    [
      'ListObjects',
      { IsTruncated: true, NextMarker: undefined, Contents: [{ Key: 'a' }] },
      'last Key as Marker; ListObjects answers NextMarker only to a request with a Delimiter',
    ],
    [
      'ListObjectVersions',
      { IsTruncated: true, NextKeyMarker: 'a', NextVersionIdMarker: 'v1' },
      'NextKeyMarker and NextVersionIdMarker as KeyMarker and VersionIdMarker',
    ],
    ['ListParts', { IsTruncated: true, NextPartNumberMarker: 2 }, 'NextPartNumberMarker as PartNumberMarker'],
    ['ListBuckets', { Buckets: [], ContinuationToken: 't' }, 'ContinuationToken as ContinuationToken'],
    ['ListAccessPoints', { NextToken: 't' }, 'NextToken as NextToken'],
  ])('of %s is asked for by what its answer has', (_title, output, asking) => {
    const page = findNextPage(output);
    expect(page && writeAsking(page)).toBe(asking);
  });

  it.each([
    ['the last page', { IsTruncated: false, NextPartNumberMarker: 0 }],
    ['a page that repeats its token', { IsTruncated: false, ContinuationToken: 't' }],
    ['all buckets', { Buckets: [], ContinuationToken: undefined }],
    ['the answer to a write', { ETag: '"a"' }],
    ['no answer', undefined],
  ])('is none after %s', (_title, output) => {
    expect(findNextPage(output)).toBeUndefined();
  });
});

describe('a loop over a listing', () => {
  const page = (token: string, input = {}) =>
    entry(
      'ListObjectsV2',
      { Bucket: 'vault', ...input },
      { output: { IsTruncated: true, NextContinuationToken: token } },
    );
  const times = (count: number, make: (index: number) => ReturnType<typeof entry>) =>
    Array.from({ length: count }, (_, index) => make(index));

  it('is endless if its requests and the next pages are the same', () => {
    expect(writeEndlessListing([entry('PutObject'), ...times(512, () => page('a')), entry('GetObject')])).toBe(
      '512 ListObjectsV2 requests had the same input, and each answer was truncated: send its NextContinuationToken as ContinuationToken.',
    );
  });

  it.each([
    ['has another token each time', times(512, (index) => page('a', { ContinuationToken: `${index}` }))],
    ['leads to another page each time, as it deletes the keys', times(512, (index) => page(`${index}`))],
    ['is sent a few times', times(9, () => page('a'))],
    ['has one page', times(512, () => entry('ListObjectsV2', {}, { output: { IsTruncated: false } }))],
  ])('is not if it %s', (_title, entries) => {
    expect(writeEndlessListing(entries)).toBeUndefined();
  });
});
