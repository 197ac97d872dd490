import { describe, expect, it } from '@jest/globals';
import { mockS3 } from 's3-versioning-mock/jest';
import { cosHost } from '../../support/clients/story-client';
import { answered, badArgument, get, head, put, refusal, threeStates } from '../../support/objects';
import { send } from '../../support/wire-client';

const s3 = mockS3(threeStates);

// Measured: brekkylab/backlot, 2026-09-30. F63
describe('the checksum mode', () => {
  const checksum = (answer: Awaited<ReturnType<typeof get>>) => ({
    checksumCrc64nvme: answer.header('x-amz-checksum-crc64nvme'),
    checksumType: answer.header('x-amz-checksum-type'),
  });

  it.each(['ENABLED', 'enabled'])('%s returns the checksum', async (mode) => {
    await put('/plain/k');
    const headers = { 'x-amz-checksum-mode': mode };
    expect(checksum(await get('/plain/k', headers))).toEqual({
      checksumCrc64nvme: '7a5hQ478J4A=',
      checksumType: 'FULL_OBJECT',
    });
    expect(checksum(await head('/plain/k', headers))).toEqual({
      checksumCrc64nvme: '7a5hQ478J4A=',
      checksumType: 'FULL_OBJECT',
    });
    expect(checksum(await get('/plain/k'))).toEqual({ checksumCrc64nvme: undefined, checksumType: undefined });
  });

  const invalid = refusal(400, 'InvalidRequest', 'Value for x-amz-checksum-mode header is invalid.');
  it.each(['DISABLED', ''])('%j is refused: by GET before the key, by HEAD after it', async (mode) => {
    const headers = { 'x-amz-checksum-mode': mode };
    expect(await answered(get('/plain/k', headers))).toEqual(invalid);
    expect(s3.requests.last()?.why).toContain(`x-amz-checksum-mode is '${mode}'`);
    expect((await head('/plain/k', headers)).status).toBe(404);
    await put('/plain/k');
    expect(await answered(get('/plain/k', headers))).toEqual(invalid);
    expect((await head('/plain/k', headers)).status).toBe(400);
    expect((await get('/plain/k', { ...headers, Range: 'bytes=9-' })).status).toBe(416);
    expect((await get('/plain/k?versionId=bad-vid', headers)).text).toContain('Invalid version id specified');
  });
});

// F980
describe('the order of the headers of a read', () => {
  const names = (answer: Awaited<ReturnType<typeof get>>) =>
    answer.headers.map(([name]) => name).filter((name) => !['x-amz-id-2', 'x-amz-request-id', 'Date'].includes(name));

  it('has the class before the encryption, and the version id behind what the writer described', async () => {
    await put('/vault/k', 'data', {
      'Content-Encoding': 'gzip',
      'x-amz-meta-original_size': '526141499',
      'x-amz-meta-original_md5_hash': '2d300bf4460ca429456b0f943bba4d2a',
      'x-amz-storage-class': 'STANDARD_IA',
      'x-amz-tagging': 'a=1',
    });
    expect(names(await head('/vault/k'))).toEqual([
      'Last-Modified',
      'ETag',
      'x-amz-tagging-count',
      'x-amz-storage-class',
      'x-amz-server-side-encryption',
      'x-amz-meta-original_md5_hash',
      'x-amz-meta-original_size',
      'Content-Encoding',
      'x-amz-version-id',
      'Accept-Ranges',
      'Content-Type',
      'Content-Length',
      'Server',
    ]);
  });

  it('mixes metadata and the other headers of a write as a hash table does, and keeps the order of those at one place', async () => {
    await put('/plain/k', 'data', {
      'Cache-Control': 'max-age=3600',
      'Content-Encoding': 'gzip',
      'Content-Language': 'en',
      Expires: '0',
      'x-amz-website-redirect-location': '/other',
      'x-amz-meta-origin': '*',
      'x-amz-meta-access-control-request-headers': '*',
    });
    const answer = names(await get('/plain/k'));
    expect(answer.slice(answer.indexOf('x-amz-server-side-encryption') + 1, answer.indexOf('Accept-Ranges'))).toEqual([
      'x-amz-website-redirect-location',
      'x-amz-meta-origin',
      'x-amz-meta-access-control-request-headers',
      'Cache-Control',
      'Content-Encoding',
      'Expires',
      'Content-Language',
    ]);
  });

  it('has metadata first on IBM COS, as the writer sent it', async () => {
    const host = cosHost;
    const headers = { 'Cache-Control': 'no-cache', 'x-amz-meta-probe': '1', 'x-amz-meta-mixed': '2' };
    await send({ method: 'PUT', host, path: '/plain/k', body: 'data', headers });
    const stored = ['x-amz-meta-probe', 'x-amz-meta-mixed', 'Cache-Control'];
    expect(names(await head('/plain/k', {}, { host })).filter((name) => stored.includes(name))).toEqual(stored);
    expect(names(await head('/plain/k')).filter((name) => stored.includes(name))).toEqual([
      'x-amz-meta-mixed',
      'Cache-Control',
      'x-amz-meta-probe',
    ]);
  });
});

// https://docs.aws.amazon.com/AmazonS3/latest/API/API_GetObject.html#API_GetObject_RequestSyntax. F65
describe('response headers that the request sets', () => {
  it.each([
    ['response-cache-control', 'Cache-Control', 'no-store'],
    ['response-content-disposition', 'Content-Disposition', 'attachment'],
    ['response-content-encoding', 'Content-Encoding', 'br'],
    ['response-content-language', 'Content-Language', 'fr'],
    ['response-content-type', 'Content-Type', 'text/html'],
    ['response-expires', 'Expires', 'Thu, 01 Jan 1970 00:00:00 GMT'],
  ])('%s sets %s', async (parameter, name, value) => {
    await put('/plain/k', 'data', { [name]: 'x/y' });
    const path = `/plain/k?${parameter}=${encodeURIComponent(value)}`;
    expect((await get(path)).header(name)).toBe(value);
    expect((await head(path)).header(name)).toBe(value);
    expect((await get('/plain/k')).header(name)).toBe('x/y');
  });

  it('two of them set both, and leave the others as they are stored', async () => {
    await put('/plain/k', 'data', { 'Content-Language': 'de', 'Cache-Control': 'private' });
    const { header } = await get('/plain/k?response-content-language=fr&response-content-type=text/html');
    const read = ['content-language', 'content-type', 'cache-control'].map((name) => header(name));
    expect(read).toEqual(['fr', 'text/html', 'private']);
  });

  // Measured: justincormack/argmin, for the first.
  it.each([
    ['text/plain%0D%0AInjected%3A%20x', 'text/plain  Injected: x'],
    ['a%00b%1Fc%7Fd', 'a b c d'],
    ['a%C3%A9', 'a\xe9'],
  ])('a control character is a blank: %s', async (sent, expected) => {
    await put('/plain/k');
    for (const read of [get, head]) {
      const { status, header } = await read(`/plain/k?response-content-type=${sent}`);
      expect({ status, type: header('content-type') }).toEqual({ status: 200, type: expected });
      expect(header('injected')).toBeUndefined();
    }
  });

  it.each([
    [
      'response-gibberish=x',
      badArgument(
        'response-gibberish is not in the set of overridable response headers. Please refer to the S3 API documentation for a complete list of overridable response headers.',
        'response-gibberish',
        'x',
      ),
    ],
    [
      'response-cache-control=%E4%B8%AD',
      badArgument('Header value cannot be represented using ISO-8859-1.', 'response-cache-control', '中'),
    ],
  ])('%s is refused', async (query, expected) => {
    await put('/plain/k');
    expect(await answered(get(`/plain/k?${query}`))).toEqual(expected);
    expect((await head(`/plain/k?${query}`)).status).toBe(400);
  });
});
