import { createHash, randomFillSync } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import { GetObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { mockS3 } from 's3-versioning-mock/jest';

const mebibyte = 1024 * 1024;

const s3 = mockS3({ buckets: { vault: { versioning: 'Enabled' } } });
let client: S3Client;

beforeEach(() => {
  client = new S3Client({});
});

afterEach(() => client.destroy());

/** Random bytes, so that no two places are equal. */
function bytesOf(size: number): Buffer {
  return randomFillSync(Buffer.allocUnsafe(size));
}

function sha1(bytes: Uint8Array): string {
  return createHash('sha1').update(bytes).digest('hex');
}

describe('the body of an object of 64 MB', () => {
  const size = 64 * mebibyte;
  const bytes = bytesOf(size);

  beforeEach(() => {
    s3.bucket('vault').put('film', bytes);
  });

  it('arrives complete, and no faster than it is read', async () => {
    // With a checksum, the body would not be Node's message, which knows its connection.
    const unchecked = new S3Client({ responseChecksumValidation: 'WHEN_REQUIRED' });
    const { Body, ContentLength } = await unchecked.send(new GetObjectCommand({ Bucket: 'vault', Key: 'film' }));
    const body = Body as IncomingMessage;
    const { socket } = body;
    const before = socket.bytesRead;
    const hash = createHash('sha1');
    let read = 0;
    let ahead = 0;
    for await (const chunk of body) {
      hash.update(chunk);
      read += chunk.length;
      ahead = Math.max(ahead, socket.bytesRead - before - read);
    }
    unchecked.destroy();
    expect(ContentLength).toBe(size);
    expect(hash.digest('hex')).toBe(sha1(bytes));
    expect(ahead).toBeLessThan(size / 16);
  });

  it('is not sent on if its reader stops early', async () => {
    // With a checksum, the body would not be Node's message, which knows its connection.
    const unchecked = new S3Client({ responseChecksumValidation: 'WHEN_REQUIRED' });
    const { Body } = await unchecked.send(new GetObjectCommand({ Bucket: 'vault', Key: 'film' }));
    const body = Body as IncomingMessage;
    const { socket } = body;
    for await (const chunk of body) {
      expect(chunk.length).toBeGreaterThan(0);
      break;
    }
    unchecked.destroy();
    expect(socket.destroyed).toBe(true);
    expect(socket.bytesRead).toBeLessThan(mebibyte);
  });

  it('is put together from ranges that are read at the same time', async () => {
    const step = 5 * mebibyte + 3;
    const starts = Array.from({ length: Math.ceil(size / step) }, (_, index) => index * step);
    const parts = await Promise.all(
      starts.map(async (first) => {
        const Range = `bytes=${first}-${Math.min(first + step, size) - 1}`;
        const { Body } = await client.send(new GetObjectCommand({ Bucket: 'vault', Key: 'film', Range }));
        return (await Body?.transformToByteArray()) ?? new Uint8Array();
      }),
    );
    expect(sha1(Buffer.concat(parts))).toBe(sha1(bytes));
    expect([...s3.requests].map(({ status }) => status)).toEqual(starts.map(() => 206));
  });
});
