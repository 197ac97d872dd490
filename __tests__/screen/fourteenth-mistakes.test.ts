import { createHash } from 'node:crypto';
import { expect } from '@jest/globals';
import type { MockS3 } from '../../src/mock/mock-s3';
import '../../src/testing/jest';
import { makeScreenScene, send } from '../support/screen-scene';

let s3: MockS3;

const { tryAll } = makeScreenScene(
  {
    now: '2026-03-01T12:00:00Z',
    pageSize: 2,
    buckets: { conf: { objects: { 'rules.json': '{}' } }, films: {} },
  },
  (started) => {
    s3 = started.mock;
  },
);

const tag = `"${createHash('md5').update('{}').digest('hex')}"`;

/** Reads the rules only if they have another ETag, and returns the ETag that they have. */
async function readRules(IfNoneMatch?: string): Promise<string | undefined> {
  try {
    const { ETag } = await send('GetObject', { Bucket: 'conf', Key: 'rules.json', IfNoneMatch });
    return ETag;
  } catch {
    return IfNoneMatch;
  }
}

const statuses = () => s3.requests.map(({ status }) => status);
const kept = 'no request of this test was answered with that ETag before. If the code keeps it from an earlier test';

tryAll(
  'an ETag that code has kept',
  [
    {
      of: 'statuses of which the first is 304',
      async test() {
        await readRules(tag);
        await readRules(tag);
        expect(statuses()).toEqual([200, 304]);
      },
      says: kept,
    },
  ],
  [
    {
      of: 'an ETag that the test has read before',
      async test() {
        await readRules(await readRules());
        expect(statuses()).toEqual([200, 200]);
      },
      hides: kept,
    },
    {
      of: 'a 304 that the code has caught',
      async test() {
        await readRules(tag);
        expect(statuses()).toEqual([200]);
      },
      hides: 'throws every answer but 2xx',
    },
  ],
);

const movie = { Bucket: 'films', Key: 'a.mov' };

async function upload(): Promise<string | undefined> {
  const { UploadId } = await send('CreateMultipartUpload', movie);
  for (const PartNumber of [1, 2, 3]) await send('UploadPart', { ...movie, UploadId, PartNumber, Body: part });
  return UploadId;
}

const part = Buffer.alloc(5 * 1024 * 1024, 'x');
const complete = (UploadId: string | undefined, parts: readonly object[]) =>
  send('CompleteMultipartUpload', { ...movie, UploadId, MultipartUpload: { Parts: parts } });

tryAll(
  'a completion with one page of parts',
  [
    {
      of: 'the parts of a truncated ListParts',
      async test() {
        const UploadId = await upload();
        const { Parts = [] as object[] } = await send('ListParts', { ...movie, UploadId });
        await complete(UploadId, Parts);
        expect(s3.bucket('films').object('a.mov').size).toBe(3 * part.length);
      },
      says: 'It named those of one page: ListParts films/a.mov was answered IsTruncated: true, so send its NextPartNumberMarker as PartNumberMarker, until the last page.',
    },
  ],
  [
    {
      of: 'parts that the code chose otherwise',
      async test() {
        const UploadId = await upload();
        const { Parts = [] as object[] } = await send('ListParts', { ...movie, UploadId });
        await complete(UploadId, Parts.slice(0, 1));
        expect(s3.bucket('films').object('a.mov').size).toBe(3 * part.length);
      },
      hides: 'It named those of one page',
    },
  ],
);
