import { describe, expect, it } from '@jest/globals';
import { mockS3 } from 's3-versioning-mock/jest';
import { refusalIn, signedBy } from '../../support/documents';
import { answerHead } from '../../support/heads';
import { answered } from '../../support/objects';
import { addPart, begin, complete, copyPart, etagIn, partElement, put, undeclared } from '../../support/uploads';
import { send } from '../../support/wire-client';

const s3 = mockS3({
  now: '2026-03-31T07:35:05Z',
  buckets: { vault: { versioning: 'Enabled' }, plain: {}, paused: { versioning: 'Suspended' } },
});

const path = '/vault/big.bin';
const bodyOf = async (from: string) => (await send({ path: from })).body;

describe('UploadPartCopy', () => {
  // Recorded: dyus/meeseeks-s3, tests/upload_part_copy_sse_c/golden. F89
  it('answers with the ETag and the time of the part', async () => {
    const source = await put('/vault/a.txt', '0123456789');
    const { status, head, body } = await copyPart(path, await begin(path), '/vault/a.txt');
    expect(status).toBe(200);
    expect(head).toEqual(
      answerHead(
        expect.stringMatching(/^x-amz-version-id: [\w.]{32}$/) as unknown as string,
        'x-amz-server-side-encryption: AES256',
        `x-amz-copy-source-version-id: ${source}`,
        'Content-Type: application/xml',
        'Content-Length: 220',
      ),
    );
    expect(body).toBe(
      '<?xml version="1.0" encoding="UTF-8"?>\n<CopyPartResult xmlns="http://s3.amazonaws.com/doc/2006-03-01/">' +
        '<LastModified>2026-03-31T07:35:05.000Z</LastModified><ETag>"781e5e245d69b566979b86e28d23f2c7"</ETag></CopyPartResult>',
    );
  });

  // F579
  it('answers the id null of its source only if the request names it', async () => {
    await put('/plain/a.txt', 'data');
    const id = await begin(path);
    const answeredId = async (source: string) =>
      (await copyPart(path, id, source)).header('x-amz-copy-source-version-id');
    expect(await answeredId('/plain/a.txt')).toBeUndefined();
    expect(await answeredId('/plain/a.txt?versionId=null')).toBe('null');
  });

  // Recorded: localstack, test_upload_part_copy_range, over ten bytes. F93
  it.each<{ range: string; bytes: string }>`
    range          | bytes
    ${'bytes=0-8'} | ${'012345678'}
    ${'bytes=1-1'} | ${'1'}
    ${'bytes=0-0'} | ${'0'}
    ${'bytes=9-9'} | ${'9'}
  `('copies $bytes for $range', async ({ range, bytes }) => {
    await put('/vault/a.txt', '0123456789');
    const id = await begin(path);
    const etag = etagIn(await copyPart(path, id, '/vault/a.txt', { 'x-amz-copy-source-range': range })) ?? '';
    await complete(path, id, partElement(1, etag));
    expect(await bodyOf(path)).toBe(bytes);
  });

  const form =
    'The x-amz-copy-source-range value must be of the form bytes=first-last where first and last are the zero-based offsets of the first and last bytes to copy';
  it.each([
    ...['0-8', 'bytes=1-0', 'bytes=-1-', 'bytes=0--1', 'bytes=0-1,3-4,7-9', 'bytes=-', 'bytes=-0', 'bytes=-2'].map(
      (range) => [range, 'InvalidArgument', form] as const,
    ),
    ['bytes=-15', 'InvalidArgument', form],
    ['bytes=1-', 'InvalidArgument', form],
    ['', 'InvalidArgument', form],
    ['bytes=0-100', 'InvalidArgument', 'Range specified is not valid for source object of size: 10'],
    ['bytes=0-10', 'InvalidArgument', 'Range specified is not valid for source object of size: 10'],
    ['bytes=100-200', 'InvalidRequest', 'The specified copy range is invalid for the source object size'],
  ])('refuses the range %j: %s', async (range, code, message) => {
    await put('/vault/a.txt', '0123456789');
    const answer = await copyPart(path, await begin(path), '/vault/a.txt', { 'x-amz-copy-source-range': range });
    const elements = `<ArgumentName>x-amz-copy-source-range</ArgumentName><ArgumentValue>${range}</ArgumentValue>`;
    expect(answer).toMatchObject({
      status: 400,
      text: undeclared(code, message, code === 'InvalidArgument' ? elements : ''),
    });
  });

  // Recorded: awslabs/amazon-s3-tar-tool#3, for bytes=0--1. F575
  it.each([
    ['bytes=0-0', 'InvalidRequest'],
    ['bytes=0--1', 'InvalidArgument'],
    ['bytes=-1', 'InvalidArgument'],
    ['bytes=0-', 'InvalidArgument'],
  ])('refuses the range %s of an empty source', async (range, code) => {
    await put('/vault/a.txt', '');
    expect(
      refusalIn(await copyPart(path, await begin(path), '/vault/a.txt', { 'x-amz-copy-source-range': range })),
    ).toMatchObject({ status: 400, code });
  });

  it('copies the whole of an empty source', async () => {
    await put('/vault/a.txt', '');
    const id = await begin(path);
    const first = await addPart(path, id, 1, 'x'.repeat(5 * 1024 ** 2));
    const etag =
      etagIn(
        await send({
          method: 'PUT',
          path: `${path}?partNumber=2&uploadId=${id}`,
          headers: { 'x-amz-copy-source': '/vault/a.txt' },
        }),
      ) ?? '';
    await complete(path, id, first + partElement(2, etag));
    const { status, body, header } = await send({ path: `${path}?partNumber=2` });
    expect({
      status,
      body,
      length: header('Content-Length'),
      range: header('Content-Range'),
      parts: header('x-amz-mp-parts-count'),
    }).toEqual({ status: 200, body: '', length: '0', range: undefined, parts: '2' });
  });

  // Recorded: dyus/meeseeks-s3, docs_reports/versioning_mix.md B1-B3, J1, J2. F92
  it('refuses an id that was never issued, with another text than a copy', async () => {
    await put('/vault/a.txt', 'v1');
    expect(await answered(copyPart(path, await begin(path), '/vault/a.txt?versionId=abc'))).toEqual({
      status: 400,
      text: undeclared(
        'InvalidArgument',
        'Invalid version id specified',
        '<ArgumentName>x-amz-copy-source</ArgumentName><ArgumentValue>abc</ArgumentValue>',
      ),
    });
  });

  it.each<{ source: string; status: number; code: string; elements: string }>`
    source                       | status | code                 | elements
    ${''}                        | ${400} | ${'InvalidArgument'} | ${'<ArgumentValue></ArgumentValue>'}
    ${'/vault'}                  | ${400} | ${'InvalidArgument'} | ${'<ArgumentValue>x-amz-copy-source</ArgumentValue>'}
    ${'/nowhere/a.txt'}          | ${404} | ${'NoSuchBucket'}    | ${'<BucketName>nowhere</BucketName>'}
    ${'/vault/nothing'}          | ${404} | ${'NoSuchKey'}       | ${'<Key>nothing</Key>'}
    ${'/vault/big.bin'}          | ${404} | ${'NoSuchKey'}       | ${'<Key>big.bin</Key>'}
    ${'/vault/gone'}             | ${404} | ${'NoSuchKey'}       | ${'<Key>gone</Key>'}
    ${'/vault/a.txt?versionId='} | ${400} | ${'InvalidArgument'} | ${'<Message>Version id cannot be the empty string</Message>'}
    ${'/theirs/a.txt'}           | ${403} | ${'AccessDenied'}    | ${''}
  `('refuses the source $source: $code', async ({ source, status, code, elements }) => {
    const partner = s3.createAccount('partner');
    s3.createBucket('theirs', { owner: 'partner' });
    await put('/theirs/a.txt', 'v1', { Authorization: signedBy(partner) });
    await put('/vault/a.txt', 'v1');
    await put('/vault/gone', 'v1');
    await send({ method: 'DELETE', path: '/vault/gone' });
    const answer = await copyPart(path, await begin(path), source);
    expect(refusalIn(answer)).toMatchObject({ status, code });
    expect(answer.body).toContain(elements);
    expect(answer.header('x-amz-delete-marker')).toBe(source === '/vault/gone' ? 'true' : undefined);
  });

  // F191
  it('refuses a body', async () => {
    await put('/vault/a.txt', 'v1');
    const headers = { 'x-amz-copy-source': '/vault/a.txt' };
    const query = `partNumber=1&uploadId=${await begin(path)}`;
    expect(refusalIn(await send({ method: 'PUT', path: `${path}?${query}`, headers, body: 'more' }))).toMatchObject({
      status: 400,
      message: 'The request included a body. Requests of this type must not include a non-empty body.',
    });
  });
});
