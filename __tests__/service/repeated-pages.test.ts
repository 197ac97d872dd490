import { ListObjectsCommand, ListObjectsV2Command, S3Client } from '@aws-sdk/client-s3';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { mockS3 } from '../../src';
import { RepeatedPages } from '../../src/service/repeated-pages';

const listing = { operation: 'ListObjectsV2', input: { Bucket: 'vault' } };
const page = (token: string) => ({ IsTruncated: true, NextContinuationToken: token });

function answer(pages: RepeatedPages, times: number, isLate = false): void {
  for (let index = 0; index < times; index += 1) pages.note(listing, page('a'), isLate);
}

describe('a page that is asked for again and again', () => {
  it('is refused after 1,000 answers', () => {
    const pages = new RepeatedPages();
    answer(pages, 999);
    expect(pages.refusalOf(listing, false)).toBeUndefined();
    answer(pages, 1);
    expect(pages.refusalOf(listing, false)).toMatchObject({
      refusal: 'MockEndlessListing',
      why: '1,000 ListObjectsV2 requests had the same input, and each answer was truncated: send its NextContinuationToken as ContinuationToken.',
    });
    expect(pages.refusalOf({ ...listing, input: { Bucket: 'other' } }, false)).toBeUndefined();
  });

  it('is counted anew if it leads to another page', () => {
    const pages = new RepeatedPages();
    answer(pages, 1000);
    pages.note(listing, page('b'), false);
    expect(pages.refusalOf(listing, false)).toBeUndefined();
    answer(pages, 1000);
    pages.note(listing, { IsTruncated: false }, false);
    expect(pages.refusalOf(listing, false)).toBeUndefined();
  });

  it('is refused after ten answers to a test that has ended', () => {
    const pages = new RepeatedPages();
    answer(pages, 9);
    pages.endTest();
    expect([pages.refusalOf(listing, true), pages.refusalOf(listing, false)]).toEqual([undefined, undefined]);
    answer(pages, 1, true);
    expect([pages.refusalOf(listing, true)?.refusal, pages.refusalOf(listing, false)]).toEqual([
      'MockEndlessListing',
      undefined,
    ]);
  });
});

describe('a loop that never sends what leads to the next page', () => {
  const objects = { 'a.txt': ['1', '2'], 'b.txt': ['1', '2'] };
  let s3: ReturnType<typeof mockS3>;
  beforeEach(() => {
    s3 = mockS3({ pageSize: 1, buckets: { vault: { versioning: 'Enabled', objects }, other: {} } });
  });
  afterEach(() => s3.stop());

  const client = new S3Client({});
  const Bucket = 'vault';

  it('ends by itself if it sends that', async () => {
    let page = await client.send(new ListObjectsV2Command({ Bucket }));
    let pages = 1;
    for (; page.IsTruncated; pages += 1)
      page = await client.send(new ListObjectsV2Command({ Bucket, ContinuationToken: page.NextContinuationToken }));
    expect(pages).toBe(2);
  });

  it('ends by itself if it sends the last Key of ListObjects', async () => {
    let page = await client.send(new ListObjectsCommand({ Bucket }));
    let pages = 1;
    for (; page.IsTruncated; pages += 1)
      page = await client.send(new ListObjectsCommand({ Bucket, Marker: page.Contents?.at(-1)?.Key }));
    expect(pages).toBe(2);
  });
});
