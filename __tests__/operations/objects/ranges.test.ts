import { describe, expect, it } from '@jest/globals';
import { mockS3 } from 's3-versioning-mock/jest';
import { checksum } from '../../../src/formats/digests';
import {
  answered,
  badArgument,
  elements,
  get,
  head,
  noSuchBucket,
  put,
  putVersion,
  refusal,
  threeStates,
} from '../../support/objects';
import { addPart, begin, complete } from '../../support/uploads';

const s3 = mockS3(threeStates);

// Recorded: localstack, test_get_object_range. F64
describe('a range', () => {
  it.each([
    ['bytes=0-8', 'bytes 0-8/10', '012345678'],
    ['bytes=1-', 'bytes 1-9/10', '123456789'],
    ['bytes=-2', 'bytes 8-9/10', '89'],
    ['bytes=-15', 'bytes 0-9/10', '0123456789'],
    ['bytes=0-100', 'bytes 0-9/10', '0123456789'],
    ['bytes=0-0', 'bytes 0-0/10', '0'],
    ['bytes=9-9', 'bytes 9-9/10', '9'],
  ])('%s returns %s', async (range, contentRange, body) => {
    await put('/plain/k', '0123456789');
    const answer = await get('/plain/k', { Range: range });
    expect({ status: answer.status, contentRange: answer.header('Content-Range'), body: answer.body }).toEqual({
      status: 206,
      contentRange,
      body,
    });
    expect(answer.header('Content-Length')).toBe(String(body.length));
    expect(await head('/plain/k', { Range: range })).toMatchObject({ status: 206, head: answer.head, body: '' });
  });

  it.each(['bytes=1-0', 'bytes=-1-', 'bytes=0--1', 'bytes=0-1,3-4,7-9', '0-1', 'bytes=-', 'bytes=a-b', 'items=0-1'])(
    '%s is ignored',
    async (range) => {
      await put('/plain/k', '0123456789');
      const answer = await get('/plain/k', { Range: range });
      expect({ status: answer.status, contentRange: answer.header('Content-Range'), body: answer.body }).toEqual({
        status: 200,
        contentRange: undefined,
        body: '0123456789',
      });
    },
  );

  it.each([
    ['bytes=-0', '0123456789'],
    ['bytes=100-200', '0123456789'],
    ['bytes=10-', '0123456789'],
    ['bytes=0-0', ''],
    ['bytes=0-', ''],
    ['bytes=1-9', ''],
    ['bytes=00-0000', ''],
    ['bytes=-0', ''],
    ['bytes=-000', ''],
  ])('%s of %j cannot be satisfied', async (range, body) => {
    await put('/plain/k', body);
    expect(await answered(get('/plain/k', { Range: range }))).toEqual(
      refusal(
        416,
        'InvalidRange',
        'The requested range is not satisfiable',
        elements({ RangeRequested: range, ActualObjectSize: body.length }),
      ),
    );
    expect((await head('/plain/k', { Range: range })).status).toBe(416);
  });

  // Recorded: apache/arrow-rs-object-store#846. F575
  it.each(['bytes=-1', 'bytes=-100', 'bytes=-1-', 'bytes=0--1', 'bytes=1-0'])(
    '%s of an empty object is the object, with 200',
    async (range) => {
      await put('/plain/k', '', { 'x-amz-checksum-crc32': 'AAAAAA==' });
      const headers = { Range: range, 'x-amz-checksum-mode': 'ENABLED' };
      const answer = await get('/plain/k?response-content-type=text/plain', headers);
      const { status, body, header } = answer;
      expect({
        status,
        body,
        length: header('Content-Length'),
        range: header('Content-Range'),
        type: header('Content-Type'),
        checksum: header('x-amz-checksum-crc32'),
      }).toEqual({ status: 200, body: '', length: '0', range: undefined, type: 'text/plain', checksum: 'AAAAAA==' });
      expect(await head('/plain/k?response-content-type=text/plain', headers)).toMatchObject({
        status: 200,
        head: answer.head,
      });
    },
  );

  it('applies to the version that is read', async () => {
    const v1 = await putVersion('/vault/k', 'first');
    await put('/vault/k', 'second');
    expect((await get(`/vault/k?versionId=${v1}`, { Range: 'bytes=1-2' })).body).toBe('ir');
  });
});

// Recorded: localstack, test_get_object_part; brekkylab/backlot, 2026-09-29. F63
describe('a part number', () => {
  it('is refused beyond the last part, and returned as a number', async () => {
    await put('/plain/k');
    expect(await answered(get('/plain/k?partNumber=02'))).toEqual(
      refusal(
        416,
        'InvalidPartNumber',
        'The requested partnumber is not satisfiable',
        elements({ PartNumberRequested: 2, ActualPartCount: 1 }),
      ),
    );
    expect((await head('/plain/k?partNumber=2')).status).toBe(416);
  });

  it.each(['0', '00', '-1', 'abc', '1.0', '10001', ''])(
    '%j is invalid, whether the key exists or not',
    async (value) => {
      const expected = badArgument(
        'Part number must be an integer between 1 and 10000, inclusive',
        'partNumber',
        value,
      );
      expect(await answered(get(`/plain/k?partNumber=${value}`))).toEqual(expected);
      expect((await head(`/plain/k?partNumber=${value}`)).status).toBe(400);
      expect(await answered(get(`/missing/k?partNumber=${value}`))).toEqual(noSuchBucket('missing'));
    },
  );

  it.each(['1', '-1', 'abc', '10001', ''])('is not read beside a range: %j', async (value) => {
    expect(await answered(get(`/plain/k?partNumber=${value}`, { Range: 'bytes=0-1' }))).toEqual(
      refusal(400, 'InvalidRequest', 'Cannot specify both Range header and partNumber query parameter'),
    );
    expect(s3.requests.last()?.why).toContain(`; Range is 'bytes=0-1', partNumber is '${value}'`);
    expect((await head(`/plain/k?partNumber=${value}`, { Range: 'bytes=0-1' })).status).toBe(400);
  });

  it('is refused beside a range after the version id is checked', async () => {
    expect(await answered(get('/plain/k?partNumber=1&versionId=bad-vid', { Range: 'bytes=0-1' }))).toEqual(
      badArgument('Invalid version id specified', 'versionId', 'bad-vid'),
    );
  });
});

// F63
it('a range has the checksum of a part if it has all bytes of that part, and no others', async () => {
  const id = await begin('/plain/k', { 'x-amz-checksum-algorithm': 'CRC32' });
  const parts: string[] = [];
  for (const body of [Buffer.alloc(5 * 1024 * 1024, 'B'), 'the last part']) {
    const crc32 = checksum('CRC32', Buffer.from(body));
    const part = await addPart('/plain/k', id, parts.length + 1, body, { 'x-amz-checksum-crc32': crc32 });
    parts.push(part.replace('</Part>', `<ChecksumCRC32>${crc32}</ChecksumCRC32></Part>`));
  }
  await complete('/plain/k', id, parts.join(''));
  const checksumOf = async (Range: string) =>
    (await head('/plain/k', { Range, 'x-amz-checksum-mode': 'ENABLED' })).header('x-amz-checksum-crc32');
  expect({
    first: await checksumOf('bytes=0-5242879'),
    last: await checksumOf('bytes=5242880-5242892'),
    endOfFirst: await checksumOf('bytes=9-5242879'),
    beginOfLast: await checksumOf('bytes=5242880-5242891'),
    both: await checksumOf('bytes=9-5242892'),
  }).toEqual({
    first: checksum('CRC32', Buffer.alloc(5 * 1024 * 1024, 'B')),
    last: checksum('CRC32', Buffer.from('the last part')),
    endOfFirst: undefined,
    beginOfLast: undefined,
    both: undefined,
  });
});

// F1607
describe('If-Range', () => {
  const etag = '"781e5e245d69b566979b86e28d23f2c7"';
  it.each<[string, string, number]>([
    ['the ETag', etag, 206],
    ['the ETag without quotes', etag.replaceAll('"', ''), 206],
    ['another ETag', '"0"', 200],
    ['a weak ETag', `W/${etag}`, 200],
    ['a date after the last change', 'Fri, 01 Jan 2100 00:00:00 GMT', 206],
    ['a date before it', 'Thu, 01 Jan 1998 00:00:00 GMT', 200],
  ])('of %s', async (_what, value, status) => {
    await put('/plain/k', '0123456789');
    const headers = { Range: 'bytes=2-3', 'If-Range': value };
    const answer = await get('/plain/k', headers);
    expect([answer.status, answer.body]).toEqual([status, status === 206 ? '23' : '0123456789']);
    expect(answer.header('content-range')).toBe(status === 206 ? 'bytes 2-3/10' : undefined);
    expect((await head('/plain/k', headers)).status).toBe(status);
  });

  it('does not make a range that lies beyond the object an error once it is stale', async () => {
    await put('/plain/k', '0123456789');
    expect((await get('/plain/k', { Range: 'bytes=50-', 'If-Range': '"0"' })).status).toBe(200);
    expect((await get('/plain/k', { Range: 'bytes=50-', 'If-Range': etag })).status).toBe(416);
  });
});
