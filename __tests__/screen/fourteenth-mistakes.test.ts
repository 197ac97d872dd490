import { createHash } from 'node:crypto';
import { GetObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { getSignedUrl } from '@aws-sdk/s3-request-presigner';
import { expect } from '@jest/globals';
import type { MockS3 } from '../../src/mock/mock-s3';
import '../../src/testing/jest';
import { makeScreenScene, send } from '../support/screen-scene';

let s3: MockS3;

const rules = [
  { AllowedOrigins: ['https://app.example.com/'], AllowedMethods: ['GET' as const] },
  { AllowedOrigins: ['https://admin.example.com'], AllowedMethods: ['PUT' as const] },
];

const { tryAll } = makeScreenScene(
  {
    now: '2026-03-01T12:00:00Z',
    pageSize: 2,
    buckets: {
      conf: { objects: { 'rules.json': '{}' }, cors: { CORSRules: rules } },
      films: {},
      data: { objects: { 'tenants/acme/a': '1', 'tenants/acme/b': '2', 'tenants/zeta/a': '3', 'top.txt': '4' } },
    },
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
const kept =
  's3.requests has no earlier request of this test that was answered with that ETag. If the code keeps it from an earlier test';

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

/** The header of the answer to a page of an origin. */
async function readAllowed(origin: string): Promise<string | null> {
  const client = new S3Client({ region: 'us-east-1' });
  const url = await getSignedUrl(client, new GetObjectCommand({ Bucket: 'conf', Key: 'rules.json' }));
  return (await fetch(url, { headers: { origin } })).headers.get('access-control-allow-origin');
}

tryAll(
  'an origin that no rule allows',
  [
    {
      of: 'a slash at the end of the allowed one',
      async test() {
        expect(await readAllowed('https://app.example.com')).toBe('https://app.example.com');
      },
      says: "GetObject conf/rules.json: no rule allows the origin 'https://app.example.com'; a rule allows 'https://app.example.com/', and a browser sends an origin in lower case and without a slash at its end. With AllowedOrigins: ['https://app.example.com/', 'https://app.example.com'] the answer would have had access-control-allow-origin.",
    },
    {
      of: 'a rule for another method',
      async test() {
        expect(await readAllowed('https://admin.example.com')).toBe('https://admin.example.com');
      },
      says: "With AllowedMethods: ['PUT', 'GET'] the answer would have had access-control-allow-origin.",
    },
  ],
  [
    {
      of: 'a test that expects another origin',
      async test() {
        expect(await readAllowed('https://other.example.com')).toBe('https://www.example.com');
      },
      hides: 'the answer would have had access-control-allow-origin',
    },
  ],
);

async function listTenants(Prefix: string): Promise<readonly string[]> {
  const { Contents = [] as { Key: string }[] } = await send('ListObjectsV2', {
    Bucket: 'data',
    Prefix,
    Delimiter: '/',
  });
  return [...new Set(Contents.map(({ Key }) => Key.split('/')[1] ?? Key))];
}

const read = 'behind the Prefix: read CommonPrefixes.';

tryAll(
  'a listing of folders whose Contents are read',
  [
    {
      of: 'the names of the folders',
      async test() {
        expect(await listTenants('tenants/')).toEqual(['acme', 'zeta']);
      },
      says: `ListObjectsV2 data was answered with 2 prefixes in CommonPrefixes and with no Contents, since each key has the Delimiter '/' ${read}`,
    },
    {
      of: 'their number',
      async test() {
        expect(await listTenants('tenants/')).toHaveLength(2);
      },
      says: read,
    },
  ],
  [
    {
      of: 'a listing that has keys, too',
      async test() {
        expect(await listTenants('')).toEqual(['tenants']);
      },
      hides: read,
    },
    {
      of: 'names that no folder has',
      async test() {
        expect(await listTenants('tenants/')).toEqual(['ann', 'ben']);
      },
      hides: read,
    },
    {
      of: 'a number that the folders have not',
      async test() {
        expect(await listTenants('tenants/')).toHaveLength(3);
      },
      hides: read,
    },
  ],
);
