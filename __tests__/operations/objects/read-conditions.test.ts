import { describe, expect, it } from '@jest/globals';
import { mockS3 } from 's3-versioning-mock/jest';
import { cosHost } from '../../support/clients/story-client';
import {
  answered,
  get,
  head,
  noSuchKey,
  preconditionFailed,
  put,
  putVersion,
  tellingLines,
  threeStates,
} from '../../support/objects';
import { send } from '../../support/wire-client';

mockS3(threeStates);

const written = 'Tue, 31 Mar 2026 07:35:05 GMT';

// Recorded: localstack, test_s3_get_object_preconditions. F63, F574, F1771
describe('the condition of a read', () => {
  const etag = '"8d777f385d3dfec8815d20f7496026dc"';
  const [before, after] = ['Tue, 31 Mar 2026 07:35:04 GMT', 'Tue, 31 Mar 2026 07:35:06 GMT'];

  it.each([
    ['If-Match of the ETag', { 'If-Match': etag }, 200],
    ['If-Match of the ETag without quotes', { 'If-Match': etag.replaceAll('"', '') }, 200],
    ['If-Match: *', { 'If-Match': '*' }, 200],
    ['If-Match of several', { 'If-Match': `"0", ${etag}` }, 200],
    ['If-Match of several without quotes', { 'If-Match': `0,${etag.replaceAll('"', '')}` }, 200],
    ['If-Match of several others', { 'If-Match': '"0","1"' }, 'If-Match'],
    ['If-Match of the ETag as a weak one', { 'If-Match': `W/${etag}` }, 200],
    ['If-Match of several, of which the weak one is the ETag', { 'If-Match': `"0", W/${etag}` }, 200],
    ['an empty If-Match', { 'If-Match': '' }, 'If-Match'],
    ['an empty If-None-Match', { 'If-None-Match': '' }, 200],
    ['If-Match of *, among others', { 'If-Match': '"0", *' }, 'If-Match'],
    ['If-Match of another ETag', { 'If-Match': '"0"' }, 'If-Match'],
    ['If-Unmodified-Since then', { 'If-Unmodified-Since': written }, 200],
    ['If-Unmodified-Since later', { 'If-Unmodified-Since': after }, 200],
    ['If-Unmodified-Since earlier', { 'If-Unmodified-Since': before }, 'If-Unmodified-Since'],
    ['If-None-Match of another ETag', { 'If-None-Match': '"0"' }, 200],
    ['If-None-Match of the ETag', { 'If-None-Match': etag }, 304],
    ['If-None-Match of the ETag without quotes', { 'If-None-Match': etag.replaceAll('"', '') }, 304],
    ['If-None-Match: *', { 'If-None-Match': '*' }, 304],
    ['If-None-Match of several', { 'If-None-Match': `"0", ${etag}` }, 304],
    ['If-None-Match of several others', { 'If-None-Match': '0,1' }, 200],
    ['If-None-Match of the ETag as a weak one', { 'If-None-Match': `W/${etag}` }, 304],
    ['If-None-Match of several, of which the weak one is the ETag', { 'If-None-Match': `"0",W/${etag}` }, 304],
    ['If-None-Match of another weak ETag', { 'If-None-Match': 'W/"0"' }, 200],
    ['If-Modified-Since earlier', { 'If-Modified-Since': before }, 200],
    ['If-Modified-Since then', { 'If-Modified-Since': written }, 304],
    ['If-Modified-Since in the future', { 'If-Modified-Since': after }, 200],
    ['a malformed date', { 'If-Modified-Since': 'yesterday', 'If-Unmodified-Since': 'yesterday' }, 200],
    ['a right ETag before a date that does not hold', { 'If-Match': etag, 'If-Unmodified-Since': before }, 200],
    ['an equal ETag before a date that holds', { 'If-None-Match': etag, 'If-Modified-Since': before }, 304],
    ['another ETag before a date that does not hold', { 'If-None-Match': '"0"', 'If-Modified-Since': written }, 200],
  ])('%s', async (_what, headers, expected) => {
    const id = await putVersion('/vault/k');
    const sent = headers as Record<string, string>;
    const answer = await get('/vault/k', sent);
    if (typeof expected === 'string') expect(answer).toMatchObject(preconditionFailed(expected));
    else expect(answer.status).toBe(expected);
    if (expected === 304) {
      expect(answer.head.slice(2)).toEqual([
        `Last-Modified: ${written}`,
        `ETag: ${etag}`,
        `x-amz-version-id: ${id}`,
        'Date: NOW',
        'Server: AmazonS3',
      ]);
    }
    expect(await head('/vault/k', sent)).toMatchObject({ status: answer.status, body: '' });
  });

  it('is compared with the version that is read', async () => {
    const v1 = await putVersion('/vault/k', 'data');
    await put('/vault/k', 'other');
    expect((await get('/vault/k', { 'If-Match': etag })).status).toBe(412);
    expect((await get(`/vault/k?versionId=${v1}`, { 'If-Match': etag })).status).toBe(200);
  });

  it('is checked after the key, and before a range', async () => {
    expect(await answered(get('/vault/k', { 'If-Match': etag }))).toEqual(noSuchKey('k'));
    await put('/vault/k');
    expect((await get('/vault/k', { 'If-None-Match': etag, Range: 'bytes=100-' })).status).toBe(304);
  });
});

describe('a read from IBM COS', () => {
  const host = cosHost;

  it('has each header once', async () => {
    await put('/vault/k');
    const answer = await get('/vault/k', {}, { host });
    expect(answer).toMatchObject({ status: 200, body: 'data' });
    const names = answer.head.map((line) => line.replace(/:.*/, '').toLowerCase());
    expect(names.filter((name, index) => names.indexOf(name) !== index)).toEqual([]);
    expect(names).toEqual(expect.arrayContaining(['accept-ranges', 'content-length', 'etag', 'x-amz-version-id']));
    expect(tellingLines(await head('/vault/k', {}, { host }))).toEqual(tellingLines(answer));
  });

  // https://cloud.ibm.com/docs/cloud-object-storage?topic=cloud-object-storage-object-operations
  it.each([
    ['If-None-Match', '"8d777f385d3dfec8815d20f7496026dc"'],
    ['If-Unmodified-Since', 'Tue, 31 Mar 2026 07:35:04 GMT'],
  ])('answers 304 to %s', async (name, value) => {
    await put('/vault/k');
    const { status, body, header } = await send({ host, path: '/vault/k', headers: { [name]: value } });
    expect({ status, body, contentType: header('Content-Type'), contentLength: header('Content-Length') }).toEqual({
      status: 304,
      body: '',
      contentType: undefined,
      contentLength: undefined,
    });
    expect(header('ETag')).toBe('"8d777f385d3dfec8815d20f7496026dc"');
  });

  it('answers 412 to another ETag', async () => {
    await put('/vault/k');
    expect((await get('/vault/k', { 'If-Match': '"0"' }, { host })).status).toBe(412);
  });
});
