import { once } from 'node:events';
import http from 'node:http';
import type { Readable } from 'node:stream';
import {
  CompleteMultipartUploadCommand,
  CreateMultipartUploadCommand,
  GetObjectAttributesCommand,
  GetObjectCommand,
  HeadObjectCommand,
  ListObjectsV2Command,
  ListObjectVersionsCommand,
  S3Client,
  UploadPartCopyCommand,
} from '@aws-sdk/client-s3';
import { afterAll, describe, expect, it } from '@jest/globals';
import { fromListing, mockS3 } from 's3-versioning-mock/jest';
import { send } from '../../support/wire-client';

const GIBIBYTE = 1024 ** 3;
const TEBIBYTE = 1024 ** 4;
const size = 6 * GIBIBYTE;

const s3 = mockS3({
  buckets: {
    vault: {
      versioning: 'Enabled',
      objects: {
        ...fromListing({
          Versions: [
            {
              Key: 'dump',
              VersionId: 'v1',
              IsLatest: true,
              LastModified: '2026-01-01T00:00:00.000Z',
              Size: size,
              ETag: '"d41d8cd98f00b204e9800998ecf8427e-800"',
            },
          ],
        }),
        huge: { size: 5 * TEBIBYTE },
        short: { size: 5 * 1024 ** 2, etag: '0123456789abcdef0123456789abcdef-2' },
        tiny: { body: '0123456', etag: '0123456789abcdef0123456789abcdef-3' },
      },
    },
    source: {
      versioning: 'Enabled',
      lifecycle: {
        Rules: [
          {
            ID: 'large',
            Status: 'Enabled',
            Filter: { ObjectSizeGreaterThan: 5 * GIBIBYTE },
            Transitions: [{ Days: 1, StorageClass: 'GLACIER' }],
          },
        ],
      },
      replication: {
        Role: 'arn:aws:iam::000000000000:role/replication',
        Rules: [
          {
            ID: 'all',
            Priority: 1,
            Status: 'Enabled',
            Filter: { Prefix: '' },
            DeleteMarkerReplication: { Status: 'Disabled' },
            Destination: { Bucket: 'arn:aws:s3:::replica' },
          },
        ],
      },
    },
    replica: { versioning: 'Enabled' },
  },
});
const client = new S3Client({});
afterAll(() => client.destroy());
const dump = { Bucket: 'vault', Key: 'dump' };

const getRange = async (Key: string, Range: string) => {
  const { Body, ContentRange, ContentLength } = await client.send(new GetObjectCommand({ ...dump, Key, Range }));
  return { ContentRange, ContentLength, text: await Body?.transformToString() };
};

describe('the size of a placeholder', () => {
  it('is in heads, attributes and listings', async () => {
    const { ContentLength, ETag } = await client.send(new HeadObjectCommand({ ...dump, ChecksumMode: 'ENABLED' }));
    const { ObjectSize, Checksum } = await client.send(
      new GetObjectAttributesCommand({ ...dump, ObjectAttributes: ['ObjectSize', 'Checksum'] }),
    );
    expect(Checksum).toBeUndefined();
    const { Versions = [] } = await client.send(new ListObjectVersionsCommand({ Bucket: 'vault', Prefix: 'huge' }));
    const { Contents = [] } = await client.send(new ListObjectsV2Command({ Bucket: 'vault', Prefix: 'dump' }));
    expect({ ContentLength, ETag, ObjectSize, sizes: [Versions[0]?.Size, Contents[0]?.Size] }).toEqual({
      ContentLength: size,
      ETag: '"d41d8cd98f00b204e9800998ecf8427e-800"',
      ObjectSize: size,
      sizes: [5 * TEBIBYTE, size],
    });
  });
});

describe('a range of a placeholder', () => {
  it.each<[string, string, number, number]>([
    ['the first bytes', 'bytes=0-9', 0, 9],
    ['bytes around 2 GiB', `bytes=${2 * GIBIBYTE - 3}-${2 * GIBIBYTE + 2}`, 2 * GIBIBYTE - 3, 2 * GIBIBYTE + 2],
    ['bytes around 4 GiB', `bytes=${4 * GIBIBYTE - 3}-${4 * GIBIBYTE + 2}`, 4 * GIBIBYTE - 3, 4 * GIBIBYTE + 2],
    ['the end', 'bytes=6442450900-', 6442450900, size - 1],
    ['the last bytes', 'bytes=-44', size - 44, size - 1],
    ['more than there is', `bytes=${size - 5}-${size + 5}`, size - 5, size - 1],
  ])('is %s', async (_what, Range, first, last) => {
    const { ContentRange, ContentLength, text = '' } = await getRange('dump', Range);
    expect({ ContentRange, ContentLength, length: text.length, isText: /^[\d\n]*$/.test(text) }).toEqual({
      ContentRange: `bytes ${first}-${last}/${size}`,
      ContentLength: last - first + 1,
      length: last - first + 1,
      isText: true,
    });
  });

  it('is the same as a part of a larger range, over the border of 1 MiB', async () => {
    const one = await getRange('huge', `bytes=${TEBIBYTE}-${TEBIBYTE + 3_000_000}`);
    const other = await getRange('huge', `bytes=${TEBIBYTE + 1_048_570}-${TEBIBYTE + 1_048_590}`);
    expect(one.text?.slice(1_048_570, 1_048_591)).toBe(other.text);
  });

  it('is refused beyond the end', async () => {
    const { status, header } = await send({ path: '/vault/dump', headers: { Range: `bytes=${size}-` } });
    expect({ status, type: header('content-type') }).toEqual({ status: 416, type: 'application/xml' });
  });

  it('of more than 1 MiB is answered in pieces, and its entry has no Body', async () => {
    const { text } = await getRange('dump', 'bytes=100-3000099');
    expect({ length: text?.length, ...s3.requests.last()?.output }).toMatchObject({
      length: 3_000_000,
      ContentLength: 3_000_000,
    });
    expect(s3.requests.last()?.output).not.toHaveProperty('Body');
  });
});

describe('a whole placeholder', () => {
  const readSome = async (response: Readable) => {
    const [chunk] = await once(response, 'data');
    response.destroy();
    return (chunk as Buffer).length;
  };

  it('announces its length, and stops if the reader leaves', async () => {
    const { Body, ContentLength } = await client.send(new GetObjectCommand({ ...dump, Key: 'huge' }));
    expect(ContentLength).toBe(5 * TEBIBYTE);
    expect(await readSome(Body as Readable)).toBeLessThanOrEqual(128 * 1024);
  });

  it('does so at a port', async () => {
    const { port } = await s3.listen();
    const headers = { Authorization: 'AWS KEY:SIG' };
    const request = http.get({ host: '127.0.0.1', port, path: '/vault/huge', headers, agent: false });
    const [response] = (await once(request, 'response')) as [http.IncomingMessage];
    expect(response.headers['content-length']).toBe(String(5 * TEBIBYTE));
    expect(await readSome(response)).toBeLessThanOrEqual(1024 ** 2);
    request.destroy();
  });

  it.each(['truncate', 'alter'] as const)('can be corrupted: %s', async (how) => {
    s3.on('GetObject').corrupt({ how });
    const { ContentLength, Body } = await client.send(new GetObjectCommand(dump));
    expect(ContentLength).toBe(how === 'alter' ? size : size / 2);
    (Body as Readable).destroy();
  });

  it('can break off in the middle of the answer', async () => {
    s3.on('GetObject').disconnect({ when: 'during' });
    const { ContentLength, Body } = await client.send(new GetObjectCommand(dump));
    expect(ContentLength).toBe(size);
    await expect(Body?.transformToByteArray()).rejects.toThrow();
  });
});

// F1591
describe('the parts of an object whose ETag names their number alone', () => {
  it.each<[string, number, number, string]>([
    ['dump', 800, 1, `bytes 0-8053062/${size}`],
    ['dump', 800, 800, `bytes ${799 * 8_053_063}-${size - 1}/${size}`],
    ['short', 2, 2, 'bytes 2621440-5242879/5242880'],
    ['tiny', 3, 3, 'bytes 4-6/7'],
  ])('%s has %d, and number %d is %s', async (Key, count, PartNumber, range) => {
    const { PartsCount, ContentRange } = await client.send(new HeadObjectCommand({ ...dump, Key, PartNumber }));
    const { ObjectParts } = await client.send(
      new GetObjectAttributesCommand({ ...dump, Key, ObjectAttributes: ['ObjectParts'] }),
    );
    expect({ PartsCount, ContentRange, total: ObjectParts?.TotalPartsCount }).toEqual({
      PartsCount: count,
      ContentRange: range,
      total: count,
    });
    const output = { ObjectParts: { TotalPartsCount: count, Parts: [] } };
    expect(s3.requests.last()).toMatchObject({ operation: 'GetObjectAttributes', output });
  });
});

describe('an upload of parts that are copies of a placeholder', () => {
  const copyParts = async (target: { readonly Bucket: string; readonly Key: string }, UploadId: string | undefined) => {
    const parts = [1, 2, 3, 4].map(async (PartNumber) => {
      const first = (PartNumber - 1) * 5 * GIBIBYTE;
      const source = { CopySource: 'vault/huge', CopySourceRange: `bytes=${first}-${first + 5 * GIBIBYTE - 1}` };
      const copied = await client.send(new UploadPartCopyCommand({ ...target, UploadId, PartNumber, ...source }));
      const { LastModified: _when, ...part } = copied.CopyPartResult ?? {};
      return { ...part, PartNumber };
    });
    const MultipartUpload = { Parts: await Promise.all(parts) };
    return client.send(new CompleteMultipartUploadCommand({ ...target, UploadId, MultipartUpload }));
  };
  const named = { Bucket: 'vault', Key: 'whole' };

  it('is replicated, and moved by lifecycle, with more than 5 GiB', async () => {
    const target = { Bucket: 'source', Key: 'whole' };
    const { UploadId } = await client.send(new CreateMultipartUploadCommand(target));
    const { ETag } = await copyParts(target, UploadId);
    s3.clock.advance({ days: 3 });
    expect(s3.bucket('replica').object('whole')).toMatchObject({ size: 20 * GIBIBYTE, etag: ETag });
    expect(s3.bucket('source').object('whole').storageClass).toBe('GLACIER');
  });

  it.each([undefined, 'CRC32', 'CRC64NVME', 'SHA256'] as const)('has its bytes, with %s', async (ChecksumAlgorithm) => {
    const { UploadId } = await client.send(new CreateMultipartUploadCommand({ ...named, ChecksumAlgorithm }));
    const { ETag } = await copyParts(named, UploadId);
    expect(ETag).toMatch(/^"[0-9a-f]{32}-4"$/);

    const second = await client.send(new HeadObjectCommand({ ...named, PartNumber: 2, ChecksumMode: 'ENABLED' }));
    expect(second).toMatchObject({ PartsCount: 4, ContentLength: 5 * GIBIBYTE });
    const { ObjectParts } = await client.send(
      new GetObjectAttributesCommand({ ...named, ObjectAttributes: ['ObjectParts'] }),
    );
    // The checksum of a long part is none of its bytes.
    const part = (PartNumber: number) => ({ PartNumber, Size: 5 * GIBIBYTE });
    const isComposite = ChecksumAlgorithm === 'CRC32' || ChecksumAlgorithm === 'SHA256';
    expect(ObjectParts).toMatchObject({
      TotalPartsCount: 4,
      ...(isComposite && { Parts: [part(1), part(2), part(3), part(4)] }),
    });
    expect(s3.bucket('vault').object('whole').size).toBe(20 * GIBIBYTE);
    const tail = (end: number) => `bytes=${end - 100}-${end - 1}`;
    const { text } = await getRange('whole', tail(20 * GIBIBYTE));
    expect(text).toBe((await getRange('huge', tail(20 * GIBIBYTE))).text);
  });
});
