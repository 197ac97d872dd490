import { describe, expect, it } from '@jest/globals';
import { mockS3 } from 's3-versioning-mock/jest';
import { answerHead, refusalHead } from '../../support/heads';
import {
  answered,
  badArgument,
  elements,
  get,
  head,
  markDeleted,
  markerNotAllowed,
  noSuchBucket,
  noSuchKey,
  noSuchVersion,
  preconditionFailed,
  put,
  putVersion,
  refusal,
  remove,
  setVersioning,
  tellingLines,
  threeStates,
} from '../../support/objects';
import { send } from '../../support/wire-client';

const s3 = mockS3(threeStates);

const written = 'Tue, 31 Mar 2026 07:35:05 GMT';

// Recorded: dyus/meeseeks-s3, tests/get_object_versioning/golden. F53, F58
describe('GET of an object', () => {
  it('answers with the headers of S3, in its order', async () => {
    const id = await putVersion('/vault/k', 'version1');
    await put('/vault/k', 'version2');
    const { status, body, head: lines } = await get(`/vault/k?versionId=${id}`);
    expect([status, body]).toEqual([200, 'version1']);
    expect(lines).toEqual(
      answerHead(
        `Last-Modified: ${written}`,
        'ETag: "966634ebf2fc135707d6753692bf4b1e"',
        'x-amz-server-side-encryption: AES256',
        `x-amz-version-id: ${id}`,
        'Accept-Ranges: bytes',
        'Content-Type: binary/octet-stream',
        'Content-Length: 8',
      ),
    );
  });

  it('is answered to a HEAD without the bytes', async () => {
    await put('/vault/k', 'version1');
    const [read, headed] = [await get('/vault/k'), await head('/vault/k')];
    expect([headed.status, headed.body]).toEqual([200, '']);
    expect(headed.head).toEqual(read.head);
  });

  it('answers an empty object with its length', async () => {
    await put('/plain/k', '');
    const { status, body, header } = await get('/plain/k');
    expect([status, body, header('Content-Length')]).toEqual([200, '', '0']);
  });

  it('reads each version by its id, and the newest without one', async () => {
    const [v1, v2] = [await putVersion('/vault/k', 'v1'), await putVersion('/vault/k', 'v2')];
    const read = async (path: string) => {
      const { body, header } = await get(path);
      return [body, header('x-amz-version-id')];
    };
    expect(await read('/vault/k')).toEqual(['v2', v2]);
    expect(await read(`/vault/k?versionId=${v1}`)).toEqual(['v1', v1]);
    expect(await read(`/vault/k?versionId=${v2}`)).toEqual(['v2', v2]);
  });

  it.each([
    ['plain', undefined],
    ['paused', 'null'],
  ])('tells the null version of %s by the id %s', async (bucket, id) => {
    await put(`/${bucket}/k`);
    for (const path of [`/${bucket}/k`, `/${bucket}/k?versionId=null`]) {
      expect((await get(path)).header('x-amz-version-id')).toBe(id);
      expect((await head(path)).header('x-amz-version-id')).toBe(id);
    }
  });

  it('tells an object from before versioning by the id null', async () => {
    await put('/plain/k');
    setVersioning(s3, 'plain', 'Enabled');
    expect((await get('/plain/k')).header('x-amz-version-id')).toBe('null');
    expect((await get('/plain/k?versionId=null')).header('x-amz-version-id')).toBe('null');
  });
});

// Recorded: dyus/meeseeks-s3, tests/get_object_versioning/golden and test_compare_get_head_on_delete_marker. F61, F62
describe('a read of what is not there', () => {
  it('meets with a delete marker: 404 with its id', async () => {
    await put('/vault/k');
    const marker = await markDeleted('/vault/k');
    const answer = await get('/vault/k');
    expect([answer.status, answer.text]).toEqual(noSuchKey('k'));
    expect(answer.head).toEqual(refusalHead('x-amz-delete-marker: true', `x-amz-version-id: ${marker}`));
    const headed = await head('/vault/k');
    expect([headed.status, headed.body, headed.head]).toEqual([404, '', answer.head]);
  });

  it.each([['the newest'], ['an older one']])('names a delete marker, %s: 405 with its time', async (which) => {
    await put('/vault/k');
    const marker = await markDeleted('/vault/k');
    if (which === 'an older one') await put('/vault/k');
    const answer = await get(`/vault/k?versionId=${marker}`);
    expect([answer.status, answer.text]).toEqual(markerNotAllowed('GET'));
    expect(answer.head).toEqual(
      refusalHead(
        'x-amz-delete-marker: true',
        `Last-Modified: ${written}`,
        `x-amz-version-id: ${marker}`,
        'Allow: DELETE',
      ),
    );
    const headed = await head(`/vault/k?versionId=${marker}`);
    expect([headed.status, headed.body, headed.head]).toEqual([405, '', answer.head]);
  });

  it('names a null delete marker: 405, too', async () => {
    await remove('/paused/k');
    const answer = await get('/paused/k?versionId=null');
    expect([answer.status, answer.text]).toEqual(markerNotAllowed('GET'));
    expect(answer.header('x-amz-version-id')).toBe('null');
  });

  it.each([['plain'], ['vault'], ['paused']])('asks for a key that was never written in %s', async (bucket) => {
    const answer = await get(`/${bucket}/k`);
    expect([answer.status, answer.text]).toEqual(noSuchKey('k'));
    expect(tellingLines(answer)).toEqual(['Content-Type: application/xml']);
  });

  it('asks for a null version where there is none', async () => {
    await put('/vault/k');
    expect(await answered(get('/vault/k?versionId=null'))).toEqual(noSuchVersion('k', 'null'));
    expect((await head('/vault/k?versionId=null')).status).toBe(404);
  });

  it("asks for a version that is gone, or that is another key's", async () => {
    const gone = await putVersion('/vault/k');
    await remove(`/vault/k?versionId=${gone}`);
    const other = await putVersion('/vault/other');
    for (const id of [gone, other]) {
      const answer = await get(`/vault/k?versionId=${id}`);
      expect([answer.status, answer.text]).toEqual(noSuchVersion('k', id));
      expect(tellingLines(answer)).toEqual(['Content-Type: application/xml']);
      expect((await head(`/vault/k?versionId=${id}`)).status).toBe(404);
    }
  });

  it('tells the key as it is, in characters that XML has', async () => {
    expect(await answered(get('/vault/a%26%3C%01%C3%A9'))).toEqual(noSuchKey('a&amp;&lt;&#x1;é'));
  });
});

// Recorded: dyus/meeseeks-s3, tests/get_object_versioning/golden and tests/delete_object_versioning/golden; Seagate/cortx-s3server#1724. F50
describe('a version id that is none', () => {
  const ids = [
    'INVALID_FORMAT_12345',
    '9999999999999999',
    'nonexistent-version-id-12345',
    'HPniJFCxqTsMuIH9KX8K8wEjNUgmABCD',
    'Eyn7lxdGE1WU1SU6QTbW1X6cbSIIRY0R',
    'NULL',
  ];
  it.each(ids.flatMap((id) => ['plain', 'vault', 'paused'].map((bucket) => [id, bucket] as const)))(
    '%s in %s is 400, be the key there or not',
    async (id, bucket) => {
      await put(`/${bucket}/there`);
      for (const key of ['there', 'missing']) {
        expect(await answered(get(`/${bucket}/${key}?versionId=${id}`))).toEqual(
          badArgument('Invalid version id specified', 'versionId', id),
        );
        expect((await head(`/${bucket}/${key}?versionId=${id}`)).status).toBe(400);
      }
    },
  );

  it('is a real one with its tail changed', async () => {
    const id = await putVersion('/vault/k');
    const changed = id.slice(0, -1) + (id.endsWith('A') ? 'B' : 'A');
    expect(await answered(get(`/vault/k?versionId=${changed}`))).toEqual(
      badArgument('Invalid version id specified', 'versionId', changed),
    );
  });

  it.each([['?versionId='], ['?versionId']])('%s is the empty string', async (query) => {
    await put('/plain/k');
    for (const path of [`/plain/k${query}`, `/plain/missing${query}`]) {
      expect(await answered(get(path))).toEqual(badArgument('Version id cannot be the empty string', 'versionId', ''));
      expect((await head(path)).status).toBe(400);
    }
  });

  it('comes after a bucket that is not there, and the empty one before it', async () => {
    expect(await answered(get('/missing/k?versionId=bad-vid'))).toEqual(noSuchBucket('missing'));
    expect(await answered(get('/missing/k?versionId='))).toEqual(
      badArgument('Version id cannot be the empty string', 'versionId', ''),
    );
    expect((await head('/missing/k?versionId=bad-vid')).status).toBe(404);
  });
});

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
  ])('%s is %s', async (range, contentRange, body) => {
    await put('/plain/k', '0123456789');
    const answer = await get('/plain/k', { Range: range });
    expect([answer.status, answer.header('Content-Range'), answer.body]).toEqual([206, contentRange, body]);
    expect(answer.header('Content-Length')).toBe(String(body.length));
    const headed = await head('/plain/k', { Range: range });
    expect([headed.status, headed.head, headed.body]).toEqual([206, answer.head, '']);
  });

  it.each([
    ['bytes=1-0'],
    ['bytes=-1-'],
    ['bytes=0--1'],
    ['bytes=0-1,3-4,7-9'],
    ['0-1'],
    ['bytes=-'],
    ['bytes=a-b'],
    ['items=0-1'],
  ])('%s is overlooked', async (range) => {
    await put('/plain/k', '0123456789');
    const answer = await get('/plain/k', { Range: range });
    expect([answer.status, answer.header('Content-Range'), answer.body]).toEqual([200, undefined, '0123456789']);
  });

  it.each([
    ['bytes=-0', '0123456789'],
    ['bytes=100-200', '0123456789'],
    ['bytes=10-', '0123456789'],
    ['bytes=0-0', ''],
    ['bytes=-1', ''],
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

  it('is of the version that is read', async () => {
    const v1 = await putVersion('/vault/k', 'first');
    await put('/vault/k', 'second');
    expect((await get(`/vault/k?versionId=${v1}`, { Range: 'bytes=1-2' })).body).toBe('ir');
  });
});

// Recorded: localstack, test_get_object_part; brekkylab/backlot, 2026-09-29. F63
describe('a part number', () => {
  it('of an object that was put at once is the whole of it', async () => {
    await put('/plain/k', 'test-one');
    const answer = await get('/plain/k?partNumber=1');
    expect([answer.status, answer.header('Content-Range'), answer.body]).toEqual([206, 'bytes 0-7/8', 'test-one']);
    expect(answer.header('x-amz-mp-parts-count')).toBeUndefined();
    expect((await head('/plain/k?partNumber=1')).head).toEqual(answer.head);
  });

  it('beyond the parts is none of them, and told as a number', async () => {
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

  it.each([['0'], ['00'], ['-1'], ['abc'], ['1.0'], ['10001'], ['']])(
    '%j is none, be the key there or not',
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

  it('stands beside no range, be the key there or not', async () => {
    expect(await answered(get('/plain/k?partNumber=1', { Range: 'bytes=0-1' }))).toEqual(
      refusal(400, 'InvalidRequest', 'Cannot specify both Range header and partNumber query parameter'),
    );
    expect((await head('/plain/k?partNumber=1', { Range: 'bytes=0-1' })).status).toBe(400);
  });
});

// Recorded: localstack, test_s3_get_object_preconditions. F63
describe('the condition of a read', () => {
  const etag = '"8d777f385d3dfec8815d20f7496026dc"';
  const [before, after] = ['Tue, 31 Mar 2026 07:35:04 GMT', 'Tue, 31 Mar 2026 07:35:06 GMT'];

  it.each([
    ['If-Match of the ETag', { 'If-Match': etag }, 200],
    ['If-Match of the ETag without quotes', { 'If-Match': etag.replaceAll('"', '') }, 200],
    ['If-Match: *', { 'If-Match': '*' }, 200],
    ['If-Match of several', { 'If-Match': `"0", ${etag}` }, 200],
    ['If-Match of another ETag', { 'If-Match': '"0"' }, 'If-Match'],
    ['If-Unmodified-Since then', { 'If-Unmodified-Since': written }, 200],
    ['If-Unmodified-Since later', { 'If-Unmodified-Since': after }, 200],
    ['If-Unmodified-Since earlier', { 'If-Unmodified-Since': before }, 'If-Unmodified-Since'],
    ['If-None-Match of another ETag', { 'If-None-Match': '"0"' }, 200],
    ['If-None-Match of the ETag', { 'If-None-Match': etag }, 304],
    ['If-None-Match of the ETag without quotes', { 'If-None-Match': etag.replaceAll('"', '') }, 304],
    ['If-None-Match: *', { 'If-None-Match': '*' }, 304],
    ['If-Modified-Since earlier', { 'If-Modified-Since': before }, 200],
    ['If-Modified-Since then', { 'If-Modified-Since': written }, 304],
    ['If-Modified-Since in the future', { 'If-Modified-Since': after }, 200],
    ['a date that is none', { 'If-Modified-Since': 'yesterday', 'If-Unmodified-Since': 'yesterday' }, 200],
    ['a right ETag before a date that does not hold', { 'If-Match': etag, 'If-Unmodified-Since': before }, 200],
    ['an equal ETag before a date that holds', { 'If-None-Match': etag, 'If-Modified-Since': before }, 304],
    ['another ETag before a date that does not hold', { 'If-None-Match': '"0"', 'If-Modified-Since': written }, 200],
  ])('%s', async (_what, headers, expected) => {
    const id = await putVersion('/vault/k');
    const sent = headers as Record<string, string>;
    const answer = await get('/vault/k', sent);
    if (typeof expected === 'string') expect([answer.status, answer.text]).toEqual(preconditionFailed(expected));
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
    const headed = await head('/vault/k', sent);
    expect([headed.status, headed.body]).toEqual([answer.status, '']);
  });

  it('is held against the version that is read', async () => {
    const v1 = await putVersion('/vault/k', 'data');
    await put('/vault/k', 'other');
    expect((await get('/vault/k', { 'If-Match': etag })).status).toBe(412);
    expect((await get(`/vault/k?versionId=${v1}`, { 'If-Match': etag })).status).toBe(200);
  });

  it('comes after a key that is not there, and before a range', async () => {
    expect(await answered(get('/vault/k', { 'If-Match': etag }))).toEqual(noSuchKey('k'));
    await put('/vault/k');
    expect((await get('/vault/k', { 'If-None-Match': etag, Range: 'bytes=100-' })).status).toBe(304);
  });
});

// Measured: brekkylab/backlot, 2026-09-30. F63
describe('the checksum mode', () => {
  const checksum = (answer: Awaited<ReturnType<typeof get>>) => [
    answer.header('x-amz-checksum-crc64nvme'),
    answer.header('x-amz-checksum-type'),
  ];

  it.each([['ENABLED'], ['enabled']])('%s tells the checksum', async (mode) => {
    await put('/plain/k');
    const headers = { 'x-amz-checksum-mode': mode };
    expect(checksum(await get('/plain/k', headers))).toEqual(['7a5hQ478J4A=', 'FULL_OBJECT']);
    expect(checksum(await head('/plain/k', headers))).toEqual(['7a5hQ478J4A=', 'FULL_OBJECT']);
    expect(checksum(await get('/plain/k'))).toEqual([undefined, undefined]);
  });

  it('tells it of the whole only', async () => {
    await put('/plain/k');
    const headers = { 'x-amz-checksum-mode': 'ENABLED' };
    expect(checksum(await get('/plain/k', { ...headers, Range: 'bytes=0-2' }))).toEqual([undefined, undefined]);
    expect(checksum(await get('/plain/k', { ...headers, Range: 'bytes=0-3' }))).toEqual([
      '7a5hQ478J4A=',
      'FULL_OBJECT',
    ]);
  });

  const invalid = refusal(400, 'InvalidRequest', 'Value for x-amz-checksum-mode header is invalid.');
  it.each([['DISABLED'], ['']])('%j is none: for a GET before the key, for a HEAD after it', async (mode) => {
    const headers = { 'x-amz-checksum-mode': mode };
    expect(await answered(get('/plain/k', headers))).toEqual(invalid);
    expect((await head('/plain/k', headers)).status).toBe(404);
    await put('/plain/k');
    expect(await answered(get('/plain/k', headers))).toEqual(invalid);
    expect((await head('/plain/k', headers)).status).toBe(400);
    expect((await get('/plain/k', { ...headers, Range: 'bytes=9-' })).status).toBe(416);
    expect((await get('/plain/k?versionId=bad-vid', headers)).text).toContain('Invalid version id specified');
  });
});

// https://docs.aws.amazon.com/AmazonS3/latest/API/API_GetObject.html#API_GetObject_RequestSyntax. F65
describe("headers asked for in place of the object's", () => {
  it.each([
    ['response-cache-control', 'Cache-Control', 'no-store'],
    ['response-content-disposition', 'Content-Disposition', 'attachment'],
    ['response-content-encoding', 'Content-Encoding', 'br'],
    ['response-content-language', 'Content-Language', 'fr'],
    ['response-content-type', 'Content-Type', 'text/html'],
    ['response-expires', 'Expires', 'Thu, 01 Jan 1970 00:00:00 GMT'],
  ])('%s stands as %s', async (parameter, name, value) => {
    await put('/plain/k', 'data', { [name]: 'x/y' });
    const path = `/plain/k?${parameter}=${encodeURIComponent(value)}`;
    expect((await get(path)).header(name)).toBe(value);
    expect((await head(path)).header(name)).toBe(value);
    expect((await get('/plain/k')).header(name)).toBe('x/y');
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

describe('a read that the object does not allow', () => {
  it.each([['GLACIER'], ['DEEP_ARCHIVE']])(
    'is a GET of what lies in %s; its head can be read',
    async (storageClass) => {
      await put('/plain/k', 'data', { 'x-amz-storage-class': storageClass });
      expect(await answered(get('/plain/k'))).toEqual(
        refusal(
          403,
          'InvalidObjectState',
          "The operation is not valid for the object's storage class",
          elements({ StorageClass: storageClass }),
        ),
      );
      expect((await head('/plain/k')).header('x-amz-storage-class')).toBe(storageClass);
    },
  );

  it("is one without the customer's key, or with another", async () => {
    const key = {
      'x-amz-server-side-encryption-customer-algorithm': 'AES256',
      'x-amz-server-side-encryption-customer-key-MD5': 'mine',
    };
    await put('/plain/k', 'data', key);
    expect(await answered(get('/plain/k'))).toEqual(
      refusal(
        400,
        'InvalidRequest',
        'The object was stored using a form of Server Side Encryption. The correct parameters must be provided to retrieve the object.',
      ),
    );
    expect((await get('/plain/k', { ...key, 'x-amz-server-side-encryption-customer-key-MD5': 'other' })).status).toBe(
      403,
    );
    expect((await get('/plain/k', key)).body).toBe('data');
    expect((await head('/plain/k')).status).toBe(400);
  });

  it("is anybody's but the owner's", async () => {
    await put('/plain/k');
    const denied = refusal(403, 'AccessDenied', 'Access Denied');
    expect(await answered(get('/plain/k', { Authorization: undefined }))).toEqual(denied);
    const partner = s3.createAccount({ name: 'partner' });
    expect(await answered(get('/plain/k', { Authorization: `AWS ${partner.credentials.accessKeyId}:SIG` }))).toEqual(
      denied,
    );
    expect((await head('/plain/k', { Authorization: undefined })).status).toBe(403);
  });
});

it("a ?versions on a key is none of S3's (versitygw, test_rest_list_object_versions.sh)", async () => {
  await put('/plain/k');
  expect(await answered(get('/plain/k?versions'))).toEqual(
    refusal(400, 'InvalidRequest', 'There is no such thing as the ?versions sub-resource for a key'),
  );
});

describe('a read from IBM COS', () => {
  const host = 's3.us-south.cloud-object-storage.appdomain.cloud';

  it('names each header once', async () => {
    await put('/vault/k');
    const answer = await get('/vault/k', {}, { host });
    expect([answer.status, answer.body]).toEqual([200, 'data']);
    const names = answer.head.map((line) => line.replace(/:.*/, '').toLowerCase());
    expect(names.filter((name, index) => names.indexOf(name) !== index)).toEqual([]);
    expect(names).toEqual(expect.arrayContaining(['accept-ranges', 'content-length', 'etag', 'x-amz-version-id']));
    expect(tellingLines(await head('/vault/k', {}, { host }))).toEqual(tellingLines(answer));
  });

  // https://cloud.ibm.com/docs/cloud-object-storage?topic=cloud-object-storage-object-operations
  it.each([
    ['If-None-Match', '"8d777f385d3dfec8815d20f7496026dc"'],
    ['If-Unmodified-Since', 'Tue, 31 Mar 2026 07:35:04 GMT'],
  ])('is 304 by %s', async (name, value) => {
    await put('/vault/k');
    const { status, body, header } = await send({ host, path: '/vault/k', headers: { [name]: value } });
    expect([status, body, header('Content-Type'), header('Content-Length')]).toEqual([304, '', undefined, undefined]);
    expect(header('ETag')).toBe('"8d777f385d3dfec8815d20f7496026dc"');
  });
});
