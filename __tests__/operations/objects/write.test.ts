import { describe, expect, it } from '@jest/globals';
import { mockS3 } from 's3-versioning-mock/jest';
import { cosHost } from '../../support/clients/story-client';
import { signedV4, textOf } from '../../support/documents';
import { answerHead } from '../../support/heads';
import {
  answered,
  badArgument,
  elements,
  get,
  head,
  markDeleted,
  noSuchBucket,
  noSuchKey,
  notImplemented,
  preconditionFailed,
  put,
  refusal,
  remove,
  type StatusAndText,
  tellingLines,
  threeStates,
} from '../../support/objects';
import { send } from '../../support/wire-client';

const s3 = mockS3(threeStates);

// Recorded: dyus/meeseeks-s3, tests/delete_objects/golden and tests/get_object_versioning/golden. F53, F56, F58
describe('PUT of an object', () => {
  it("answers with the headers of S3, in S3's order", async () => {
    const { status, body, head: lines, header } = await put('/vault/k', 'v1');
    const id = header('x-amz-version-id');
    expect({ status, body }).toEqual({ status: 200, body: '' });
    expect(lines).toEqual(
      answerHead(
        `x-amz-version-id: ${id}`,
        'x-amz-server-side-encryption: AES256',
        'ETag: "6654c734ccab8f440ff0825eb443dc7f"',
        'x-amz-checksum-crc64nvme: 6RYxVX5H2lY=',
        'x-amz-checksum-type: FULL_OBJECT',
        'Content-Length: 0',
      ),
    );
    expect(id).toMatch(/^[A-Za-z0-9._]{32}$/);
  });

  // The vectors are those of dyus/meeseeks-s3's recordings.
  it.each([
    ['', 'd41d8cd98f00b204e9800998ecf8427e', 'AAAAAAAAAAA='],
    ['a', '0cc175b9c0f1b6a831c399e269772661', 'jC+ERbTL/Dw='],
    ['data', '8d777f385d3dfec8815d20f7496026dc', '7a5hQ478J4A='],
    ['0123456789', '781e5e245d69b566979b86e28d23f2c7', 'Ffmx7kz9nB0='],
  ])('returns the MD5 and the CRC64NVME of %j', async (body, etag, checksum) => {
    const answer = await put('/plain/k', body);
    expect({ eTag: answer.header('ETag'), checksumCrc64nvme: answer.header('x-amz-checksum-crc64nvme') }).toEqual({
      eTag: `"${etag}"`,
      checksumCrc64nvme: checksum,
    });
  });

  it('stores all bytes unchanged', async () => {
    const bytes = Buffer.from(Array.from({ length: 256 }, (_, index) => index));
    await put('/plain/k', bytes);
    expect((await head('/plain/k')).header('ETag')).toBe('"e2c865db4162bed963bfaa9ef6ac18f0"');
    expect(Buffer.from(s3.requests.of('PutObject')[0]?.input.Body ?? [])).toEqual(bytes);
  });

  it('records the input under the names of the SDKs', async () => {
    await put('/vault/a%20b', 'data', { 'x-amz-meta-Colour': 'red', 'Content-Type': 'text/plain' });
    s3.requests.expectOnly('PutObject', {
      Bucket: 'vault',
      Key: 'a b',
      Body: 'data',
      ContentType: 'text/plain',
      Metadata: { colour: 'red' },
    });
  });
});

// https://docs.aws.amazon.com/AmazonS3/latest/API/API_PutObject.html
describe('the description of an object', () => {
  it.each([
    ['Cache-Control', 'no-cache'],
    ['Content-Disposition', 'attachment; filename="a.txt"'],
    ['Content-Encoding', 'gzip'],
    ['Content-Language', 'de'],
    ['Content-Type', 'text/plain; charset=utf-8'],
    ['Expires', 'Wed, 21 Oct 2026 07:28:00 GMT'],
    ['x-amz-website-redirect-location', '/elsewhere'],
    ['x-amz-meta-colour', 'red'],
    ['x-amz-storage-class', 'STANDARD_IA'],
    ['x-amz-server-side-encryption', 'aws:kms'],
  ])('returns %s unchanged', async (name, value) => {
    expect((await put('/plain/k', 'data', { [name]: value })).status).toBe(200);
    expect((await get('/plain/k')).header(name)).toBe(value);
    expect((await head('/plain/k')).header(name)).toBe(value);
  });

  // Pasted in aws/aws-cli#1130; boto/boto, test_website_redirect_with_bad_value, for the empty one. F214
  describe('where a website redirects', () => {
    const prefix = "The website redirect location must have a prefix of 'http://' or 'https://' or '/'.";

    it.each<{ location: string; message: string | undefined }>`
      location                  | message
      ${'/elsewhere'}           | ${undefined}
      ${'http://example.com/'}  | ${undefined}
      ${'https://example.com/'} | ${undefined}
      ${''}                     | ${prefix}
      ${'elsewhere'}            | ${prefix}
      ${'ftp://example.com/'}   | ${prefix}
      ${'HTTP://example.com/'}  | ${prefix}
      ${`x${'a'.repeat(2048)}`} | ${prefix}
    `('is $location: $message', async ({ location, message }) => {
      const headers = { 'x-amz-website-redirect-location': location };
      const status = message === undefined ? 200 : 400;
      await put('/plain/source', 'data');
      const answers = [
        await put('/plain/k', 'data', headers),
        await put('/plain/copy', '', { ...headers, 'x-amz-copy-source': '/plain/source' }),
        await send({ method: 'POST', path: '/plain/k?uploads', headers }),
      ];
      expect(answers.map((answer) => answer.status)).toEqual([status, status, status]);
      for (const answer of message === undefined ? [] : answers) {
        expect(answer.body).toContain(`<Code>InvalidRedirectLocation</Code><Message>${message}</Message>`);
      }
      if (status === 200) expect((await get('/plain/k')).header('x-amz-website-redirect-location')).toBe(location);
    });
  });

  // Measured: justincormack/argmin, test_versioned_objects_surface_redirect_metadata_per_version. F214
  it('has the redirect of each version, which an upload in parts keeps from its beginning', async () => {
    const name = 'x-amz-website-redirect-location';
    const first = (await put('/vault/k', 'v1', { [name]: '/1' })).header('x-amz-version-id');
    const second = (await put('/vault/k', 'v2', { [name]: '/2' })).header('x-amz-version-id');
    await put('/vault/k', 'v3');
    for (const read of [get, head]) {
      expect((await read('/vault/k')).header(name)).toBeUndefined();
      expect((await read(`/vault/k?versionId=${first}`)).header(name)).toBe('/1');
      expect((await read(`/vault/k?versionId=${second}`)).header(name)).toBe('/2');
    }
    const begun = await send({ method: 'POST', path: '/vault/parts?uploads', headers: { [name]: '/parts' } });
    const [, id] = /<UploadId>(.*)<\/UploadId>/.exec(begun.body) ?? [];
    const ETag = (await put(`/vault/parts?partNumber=1&uploadId=${id}`)).header('etag');
    const body = `<CompleteMultipartUpload><Part><PartNumber>1</PartNumber><ETag>${ETag}</ETag></Part></CompleteMultipartUpload>`;
    expect((await send({ method: 'POST', path: `/vault/parts?uploadId=${id}`, body })).status).toBe(200);
    expect((await head('/vault/parts')).header(name)).toBe('/parts');
  });

  // Measured: justincormack/argmin, test_put_object_website_redirect_*. F441
  describe('the headers that describe an object', () => {
    const redirect = (bytes: number) => ({
      'x-amz-website-redirect-location': `/${'r'.repeat(bytes - 'x-amz-website-redirect-location'.length - 1)}`,
    });
    // A copy is refused without the XML declaration.
    const tooLarge = (Size: number) =>
      `<Error><Code>MetadataTooLarge</Code><Message>Your metadata headers exceed the maximum allowed metadata size</Message>${elements({ Size, MaxSizeAllowed: 2048 })}`;

    it.each<{ what: string; headers: Record<string, string>; size: number | undefined }>`
      what                                 | headers                                                                                      | size
      ${'a redirect of 2 KB'}              | ${redirect(2048)}                                                                            | ${undefined}
      ${'a redirect of one byte more'}     | ${redirect(2049)}                                                                            | ${2049}
      ${'a redirect of 2,048 characters'}  | ${redirect(2048 + 31)}                                                                       | ${2079}
      ${'a redirect beside Cache-Control'} | ${{ ...redirect(2048), 'Cache-Control': 'x' }}                                               | ${2062}
      ${'a redirect beside metadata'}      | ${{ ...redirect(2048), 'x-amz-meta-a': 'x'.repeat(2047) }}                                   | ${undefined}
      ${'a redirect beside others'}        | ${{ ...redirect(2048), 'x-amz-tagging': 'a=1', 'If-None-Match': '*' }}                       | ${undefined}
      ${'several, each of them short'}     | ${{ Expires: 'x'.repeat(1000), 'Content-Disposition': 'y'.repeat(1023) }}                    | ${2049}
      ${'a language, a type, an encoding'} | ${{ 'Content-Language': 'de', 'Content-Type': 'a/b', 'Content-Encoding': 'x'.repeat(1999) }} | ${undefined}
    `('have 2 KB at most: $what', async ({ headers, size }) => {
      await put('/plain/source', 'data');
      const answers = [
        put('/plain/k', 'data', headers),
        put('/plain/copy', '', {
          ...headers,
          'x-amz-metadata-directive': 'REPLACE',
          'x-amz-copy-source': '/plain/source',
        }),
        send({ method: 'POST', path: '/plain/k?uploads', headers }),
      ];
      for (const answer of answers)
        if (size === undefined) expect((await answer).status).toBe(200);
        else expect(await answered(answer)).toEqual({ status: 400, text: expect.stringContaining(tooLarge(size)) });
    });

    it('are named in the journal', async () => {
      await put('/plain/k', 'data', { ...redirect(2048), 'Cache-Control': 'x' });
      expect(s3.requests.last()?.why).toBe(
        'the names and values of cache-control, x-amz-website-redirect-location have 2062 bytes together',
      );
    });
  });

  it('belongs to one version, and not to the next', async () => {
    const v1 = (await put('/vault/k', 'v1', { 'x-amz-meta-a': '1', 'x-amz-tagging': 'a=1' })).header(
      'x-amz-version-id',
    );
    await put('/vault/k', 'v2');
    expect((await head('/vault/k')).header('x-amz-meta-a')).toBeUndefined();
    expect((await head('/vault/k')).header('x-amz-tagging-count')).toBeUndefined();
    expect((await head(`/vault/k?versionId=${v1}`)).header('x-amz-meta-a')).toBe('1');
    expect((await head(`/vault/k?versionId=${v1}`)).header('x-amz-tagging-count')).toBe('1');
  });

  it('leaves out aws-chunked, and STANDARD from the answers to reads', async () => {
    await put('/plain/k', '4\r\ndata\r\n0\r\nx-amz-checksum-crc32:rfPzYw==\r\n\r\n', {
      'Content-Encoding': 'gzip,aws-chunked',
      'x-amz-content-sha256': 'STREAMING-UNSIGNED-PAYLOAD-TRAILER',
      'x-amz-decoded-content-length': '4',
      'x-amz-trailer': 'x-amz-checksum-crc32',
      'x-amz-storage-class': 'STANDARD',
    });
    const { header, body } = await get('/plain/k', { 'x-amz-checksum-mode': 'ENABLED' });
    expect({ body, checksumCrc32: header('x-amz-checksum-crc32') }).toEqual({
      body: 'data',
      checksumCrc32: 'rfPzYw==',
    });
    expect({ contentEncoding: header('Content-Encoding'), storageClass: header('x-amz-storage-class') }).toEqual({
      contentEncoding: 'gzip',
      storageClass: undefined,
    });
  });
});

describe('a PUT is refused for', () => {
  const cases: readonly (readonly [string, Record<string, string>, StatusAndText])[] = [
    [
      'an unknown storage class',
      { 'x-amz-storage-class': 'COLD' },
      refusal(
        400,
        'InvalidStorageClass',
        'The storage class you specified is not valid',
        elements({ StorageClassRequested: 'COLD' }),
      ),
    ],
    [
      'an unknown encryption',
      { 'x-amz-server-side-encryption': 'ROT13' },
      badArgument('The encryption method specified is not supported', 'x-amz-server-side-encryption', 'ROT13'),
    ],
    [
      'too much metadata',
      { 'x-amz-meta-a': 'x'.repeat(2048) },
      refusal(
        400,
        'MetadataTooLarge',
        'Your metadata headers exceed the maximum allowed metadata size',
        elements({ Size: 2049, MaxSizeAllowed: 2048 }),
      ),
    ],
    [
      'a tag twice',
      { 'x-amz-tagging': 'a=1&a=2' },
      badArgument(
        "The header 'x-amz-tagging' shall be encoded as UTF-8 then URLEncoded URL query parameters without tag name duplicates.",
        'x-amz-tagging',
        'a=1&amp;a=2',
      ),
    ],
    [
      'a malformed Content-MD5',
      { 'Content-MD5': 'none' },
      refusal(400, 'InvalidDigest', 'The Content-MD5 you specified was invalid.', elements({ 'Content-MD5': 'none' })),
    ],
    [
      'a wrong Content-MD5, returned in hexadecimal digits',
      { 'Content-MD5': 'DMF1ucDxtqgxw5niaXcmYQ==' },
      refusal(
        400,
        'BadDigest',
        'The Content-MD5 you specified did not match what we received.',
        elements({ CalculatedDigest: 'jXd/OF09/siBXSD3SWAm3A==', ExpectedDigest: '0cc175b9c0f1b6a831c399e269772661' }),
      ),
    ],
    [
      'a wrong checksum',
      { 'x-amz-checksum-crc32': '6Le+Qw==' },
      refusal(400, 'BadDigest', 'The CRC32 you specified did not match the calculated checksum.'),
    ],
    [
      'a wrong hash of the payload',
      { 'x-amz-content-sha256': '0'.repeat(64), Authorization: signedV4() },
      refusal(
        400,
        'XAmzContentSHA256Mismatch',
        "The provided 'x-amz-content-sha256' header does not match what was computed.",
        elements({
          ClientComputedContentSHA256: '0'.repeat(64),
          S3ComputedContentSHA256: '3a6eb0790f39ac87c94f3856b2dd2c5d110e6811602261a9a923d3bb23adc8b7',
        }),
      ),
    ],
  ];
  it.each(cases)('%s', async (_what, headers, expected) => {
    expect(await answered(put('/vault/k', 'data', headers))).toEqual(expected);
    expect(await answered(get('/vault/k'))).toEqual(noSuchKey('k'));
  });

  // versity/versitygw#1215. F70
  it.each(['=', '=1', 'a=%zz', 'a=1=2', 'a=1,b=2', 'a==b'])('malformed tags: %s', async (tags) => {
    expect(await answered(put('/vault/k', 'data', { 'x-amz-tagging': tags }))).toEqual(
      badArgument(
        "The header 'x-amz-tagging' shall be encoded as UTF-8 then URLEncoded URL query parameters without tag name duplicates.",
        'x-amz-tagging',
        tags,
      ),
    );
  });

  // versity/versitygw#1226. F192
  it.each(['1', '0', ''])('a part number %j without an upload', async (part) => {
    expect(await answered(put(`/vault/k?partNumber=${part}`))).toEqual(
      badArgument('This operation does not accept partNumber without uploadId', 'partNumber', 'partNumber'),
    );
    expect(s3.requests.last()?.why).toContain(`partNumber is '${part}'`);
  });

  it.each(['', 'null', 'bad-vid'])('a version id: %j', async (id) => {
    expect(await answered(put(`/vault/k?versionId=${id}`))).toEqual(
      badArgument('This operation does not accept a version-id.', 'versionId', id),
    );
  });

  it('a bucket that does not exist, before all other checks', async () => {
    expect(await answered(put('/missing/k', 'data', { 'x-amz-storage-class': 'COLD' }))).toEqual(
      noSuchBucket('missing'),
    );
  });

  it('a key of more than 1,024 bytes, in every operation', async () => {
    const long = refusal(
      400,
      'KeyTooLongError',
      'Your key is too long',
      elements({ Size: 1025, MaxSizeAllowed: 1024 }),
    );
    const path = `/vault/${'%C3%A9'.repeat(512)}x`;
    expect(await answered(put(path))).toEqual(long);
    expect(await answered(get(path))).toEqual(long);
    expect(await answered(remove(path))).toEqual(long);
    expect((await put(path.slice(0, -1))).status).toBe(200);
  });
});

// Recorded: localstack, TestS3ObjectWritePrecondition. F66, F574
describe('the condition of a PUT', () => {
  const etag = '"8d777f385d3dfec8815d20f7496026dc"';
  const unaccepted = (name: string) => `We don't accept the provided value of ${name} header for this API`;

  it.each([
    ['If-None-Match: *, no object', 'none', { 'If-None-Match': '*' }, 200],
    ['If-None-Match: *, a delete marker', 'marker', { 'If-None-Match': '*' }, 200],
    ['If-None-Match: *, an object', 'object', { 'If-None-Match': '*' }, preconditionFailed('If-None-Match')],
    [
      'If-None-Match of an ETag',
      'none',
      { 'If-None-Match': etag },
      notImplemented('If-None-Match', unaccepted('If-None-Match')),
    ],
    ["If-Match of the object's ETag", 'object', { 'If-Match': etag }, 200],
    ['If-Match of the ETag without quotes', 'object', { 'If-Match': etag.replaceAll('"', '') }, 200],
    ['If-Match of another ETag', 'object', { 'If-Match': '"0"' }, preconditionFailed('If-Match')],
    ['If-Match of several', 'object', { 'If-Match': `"0", ${etag}` }, preconditionFailed('If-Match')],
    [
      'If-Match of several, the right one first',
      'object',
      { 'If-Match': `${etag}, "0"` },
      preconditionFailed('If-Match'),
    ],
    ['If-Match of the ETag as a weak one', 'object', { 'If-Match': `W/${etag}` }, preconditionFailed('If-Match')],
    [
      'If-Match of a star in quotes',
      'object',
      { 'If-Match': '"*"' },
      notImplemented('If-Match', unaccepted('If-Match')),
    ],
    ['If-Match of an encoded star', 'object', { 'If-Match': '%2A' }, preconditionFailed('If-Match')],
    // F1606
    [
      'an empty If-Match',
      'object',
      { 'If-Match': '' },
      refusal(
        400,
        'InvalidArgument',
        'The value provided for the If-Match query parameter cannot be empty for this API.',
        '<ArgumentName>If-Match</ArgumentName>',
      ),
    ],
    ['If-Match of several, no object', 'none', { 'If-Match': `"0", ${etag}` }, noSuchKey('k')],
    ...['"0", *', 'W/"0"', `"0", ${etag}`, '"*"'].map(
      (value) =>
        [
          `If-None-Match: ${value}`,
          'none',
          { 'If-None-Match': value },
          notImplemented('If-None-Match', unaccepted('If-None-Match')),
        ] as const,
    ),
    ['If-Match, no object', 'none', { 'If-Match': etag }, noSuchKey('k')],
    ['If-Match, a delete marker', 'marker', { 'If-Match': etag }, noSuchKey('k')],
    ['If-Match: *', 'object', { 'If-Match': '*' }, notImplemented('If-Match', unaccepted('If-Match'))],
    [
      'both',
      'object',
      { 'If-Match': etag, 'If-None-Match': '*' },
      notImplemented('If-Match,If-None-Match', 'Multiple conditional request headers present in the request'),
    ],
    [
      'If-Modified-Since',
      'object',
      { 'If-Modified-Since': 'Tue, 31 Mar 2026 07:35:05 GMT' },
      notImplemented('If-Modified-Since'),
    ],
    [
      'If-Unmodified-Since',
      'object',
      { 'If-Unmodified-Since': 'Tue, 31 Mar 2026 07:35:05 GMT' },
      notImplemented('If-Unmodified-Since'),
    ],
  ])('%s', async (_what, state, headers, expected) => {
    if (state !== 'none') await put('/vault/k');
    if (state === 'marker') await markDeleted('/vault/k');
    const { status, text } = await answered(put('/vault/k', 'new', headers as Record<string, string>));
    expect(expected === 200 ? status : { status, text }).toEqual(expected);
    const { body } = await get('/vault/k');
    expect(body === 'new').toBe(expected === 200);
  });
});

describe('a key of any legal form', () => {
  const keys: readonly (readonly [string, string])[] = [
    ['a b', 'a%20b'],
    ['a b', 'a+b'],
    ['a+b', 'a%2Bb'],
    ['100%', '100%25'],
    ['a?b', 'a%3Fb'],
    ['a#b', 'a%23b'],
    ['a&b=c', 'a&b=c'],
    ['é中😀', '%C3%A9%E4%B8%AD%F0%9F%98%80'],
    ['a/..', 'a/..'],
    ['a/../b', 'a/../b'],
    ['./here', './here'],
    ['a//b', 'a//b'],
    ['/leading', '/leading'],
    ['folder/', 'folder/'],
    ['//', '//'],
    ['__proto__', '__proto__'],
    ['constructor', 'constructor'],
    ['toString', 'toString'],
    ['<&>"\'', '%3C%26%3E%22%27'],
    ['\u0001\u001f\u007f', '%01%1F%7F'],
    ['line\nbreak\r\ttab', 'line%0Abreak%0D%09tab'],
    ['\ufffe\uffff', '%EF%BF%BE%EF%BF%BF'],
    [' ', '%20'],
    ['null', 'null'],
    ['x'.repeat(1024), 'x'.repeat(1024)],
  ];
  it.each(keys)('%j is stored under its own name', async (key, path) => {
    expect((await put(`/vault/${path}`, key)).status).toBe(200);
    expect((await get(`/vault/${path}`)).body).toBe(key);
    expect(s3.requests.of('PutObject')[0]?.input.Key).toBe(key);
    const listed = textOf('Key', await get('/vault?list-type=2&encoding-type=url')) ?? '';
    expect(decodeURIComponent(listed.replaceAll('+', ' '))).toBe(key);
    expect((await remove(`/vault/${path}`)).header('x-amz-delete-marker')).toBe('true');
  });

  it('is the same if the host names the bucket', async () => {
    await send({ method: 'PUT', host: 'vault.s3.amazonaws.com', path: '/a/b%20c', body: 'there' });
    expect((await get('/vault/a/b%20c')).body).toBe('there');
  });
});

describe('a PUT to IBM COS', () => {
  const host = cosHost;

  it("answers in COS's form, without the encryption header of AWS", async () => {
    const answer = await send({ method: 'PUT', host, path: '/vault/k', body: 'data' });
    expect(answer.status).toBe(200);
    expect(tellingLines(answer).filter((line) => !/^(?:X-Clv|Accept-Ranges)/.test(line))).toEqual([
      'ETag: "8d777f385d3dfec8815d20f7496026dc"',
      expect.stringMatching(/^x-amz-version-id: /),
      'x-amz-checksum-crc64nvme: 7a5hQ478J4A=',
      'x-amz-checksum-type: FULL_OBJECT',
    ]);
  });

  it('accepts any ACL that COS has', async () => {
    const headers = { 'x-amz-acl': 'public-read' };
    expect((await send({ method: 'PUT', host, path: '/vault/k', body: 'data', headers })).status).toBe(200);
  });
});

// Measured: justincormack/argmin, directory_bucket_features.rs. F1150
describe('a PUT with what only directory buckets have', () => {
  const refused = (what: string, details: Readonly<Record<string, string>>) =>
    refusal(
      501,
      'NotImplemented',
      `A ${what} you provided implies functionality that is not implemented`,
      elements(details),
    );

  it.each([
    ['x-amz-write-offset-bytes', '/plain/new', refused('header', { Header: 'x-amz-write-offset-bytes' })],
    ['x-amz-rename-source', '/plain/new', refused('header', { Header: 'x-amz-rename-source' })],
    ['?renameObject', '/plain/new?renameObject', refused('query parameter', { QueryParameter: 'renameObject' })],
  ])('%s is not implemented, and writes nothing', async (name, path, expected) => {
    const headers = name.startsWith('?') ? {} : { [name]: '0' };
    expect(await answered(send({ method: 'PUT', path, headers, body: 'data' }))).toEqual(expected);
    expect(s3.bucket('plain').keys).toEqual([]);
  });

  it('is RenameObject if it has the source of one', async () => {
    await send({ method: 'PUT', path: '/plain/new?renameObject', headers: { 'x-amz-rename-source': '/plain/old' } });
    expect(s3).toHaveReceived('RenameObject', { Bucket: 'plain', Key: 'new', RenameSource: '/plain/old' });
  });

  it('is ignored by IBM COS', async () => {
    const headers = { host: cosHost, 'x-amz-write-offset-bytes': '0' };
    expect((await send({ method: 'PUT', path: '/plain/new?renameObject', headers, body: 'data' })).status).toBe(200);
  });
});
