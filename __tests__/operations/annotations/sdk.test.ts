import { Readable } from 'node:stream';
import {
  AnnotationLimitExceeded,
  DeleteObjectAnnotationCommand,
  GetObjectAnnotationCommand,
  NoSuchAnnotation,
  PutObjectAnnotationCommand,
  paginateListObjectAnnotations,
  S3Client,
  UnsupportedMediaType,
} from '@aws-sdk/client-s3';
import { describe, expect, it } from '@jest/globals';
import { mockS3 } from 's3-versioning-mock/jest';

const s3 = mockS3({
  pageSize: 2,
  buckets: { vault: { versioning: 'Enabled', objects: { k: ['first', 'second'] } } },
});
const client = new S3Client({ requestChecksumCalculation: 'WHEN_SUPPORTED' });
const of = { Bucket: 'vault', Key: 'k' };

async function pages(): Promise<readonly (readonly (string | undefined)[])[]> {
  const found = [];
  for await (const { Annotations = [] } of paginateListObjectAnnotations({ client }, of))
    found.push(Annotations.map(({ AnnotationName }) => AnnotationName));
  return found;
}

describe('the AWS SDK v3', () => {
  it('puts, reads and deletes an annotation, and its checksums hold', async () => {
    const named = { ...of, AnnotationName: 'summary' };
    const put = await client.send(new PutObjectAnnotationCommand({ ...named, AnnotationPayload: 'A report.' }));
    expect(put).toMatchObject({
      Key: 'k',
      AnnotationName: 'summary',
      ObjectVersionId: s3.bucket('vault').current('k')?.versionId,
      ETag: '"de1b63709d5496cdb085c311779f6cad"',
      ChecksumCRC32: expect.any(String),
      ChecksumType: 'FULL_OBJECT',
    });
    const read = await client.send(new GetObjectAnnotationCommand({ ...named, ChecksumMode: 'ENABLED' }));
    expect(await read.AnnotationPayload?.transformToString()).toBe('A report.');
    expect(read).toMatchObject({ ContentLength: 9, ETag: put.ETag, ChecksumCRC32: put.ChecksumCRC32 });
    await client.send(new DeleteObjectAnnotationCommand(named));
    await expect(client.send(new GetObjectAnnotationCommand(named))).rejects.toThrow(NoSuchAnnotation);
  });

  it('sends a stream in chunks, with its checksum behind it', async () => {
    const chunks = Readable.from([Buffer.from('A report.')]);
    const AnnotationPayload = Object.assign(chunks, { byteLength: 9 });
    const put = new PutObjectAnnotationCommand({ ...of, AnnotationName: 'summary', AnnotationPayload });
    await client.send(put);
    expect(s3.requests.last()?.headers['content-encoding']).toBe('aws-chunked');
    expect(s3).toHaveReceived('PutObjectAnnotation', { AnnotationName: 'summary', AnnotationPayload: 'A report.' });
    expect(s3.bucket('vault').current('k')?.annotations).toEqual({ summary: 'A report.' });
  });

  it('reads all pages of a list', async () => {
    s3.bucket('vault').put('k', 'third', { annotations: { e: 'x', d: 'x', c: 'x', b: 'x', a: 'x' } });
    expect(await pages()).toEqual([['a', 'b'], ['c', 'd'], ['e']]);
  });

  it('has classes of its own for refusals', async () => {
    const put = (AnnotationPayload: Uint8Array) =>
      client.send(new PutObjectAnnotationCommand({ ...of, AnnotationName: 'a', AnnotationPayload }));
    await expect(put(Buffer.of(0xff))).rejects.toThrow(UnsupportedMediaType);
    s3.on('PutObjectAnnotation').fail('AnnotationLimitExceeded');
    await expect(put(Buffer.from('x'))).rejects.toThrow(AnnotationLimitExceeded);
  });
});
