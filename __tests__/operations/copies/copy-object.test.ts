import { describe, expect, it } from '@jest/globals';
import { mockS3 } from 's3-versioning-mock/jest';
import { refusalIn } from '../../support/documents';
import { answerHead } from '../../support/heads';
import { answered } from '../../support/objects';
import { begin, type Headers, put, undeclared } from '../../support/uploads';
import { send } from '../../support/wire-client';

const start = '2026-03-31T07:35:05Z';

const s3 = mockS3({
  now: start,
  buckets: { vault: { versioning: 'Enabled' }, plain: {}, paused: { versioning: 'Suspended' }, other: {} },
});

const copy = (path: string, source: string, headers: Headers = {}) =>
  send({ method: 'PUT', path, headers: { 'x-amz-copy-source': source, ...headers } });
const bodyOf = async (path: string) => (await send({ path })).body;

// Recorded: dyus/meeseeks-s3, docs_reports/versioning_mix.md, tests/copy_object_sse_c/golden. F89
describe('the answer to a copy', () => {
  it('names the versions, the length and the object', async () => {
    const source = await put('/vault/a.txt', '0123456789');
    const { status, head: lines, body, header } = await copy('/vault/b.txt', '/vault/a.txt');
    expect(status).toBe(200);
    expect(lines).toEqual(
      answerHead(
        `x-amz-copy-source-version-id: ${source}`,
        `x-amz-version-id: ${header('x-amz-version-id')}`,
        'x-amz-server-side-encryption: AES256',
        'Content-Type: application/xml',
        'Content-Length: 315',
      ),
    );
    expect(body).toBe(
      '<?xml version="1.0" encoding="UTF-8"?>\n<CopyObjectResult xmlns="http://s3.amazonaws.com/doc/2006-03-01/">' +
        '<LastModified>2026-03-31T07:35:05.000Z</LastModified><ETag>"781e5e245d69b566979b86e28d23f2c7"</ETag>' +
        '<ChecksumCRC64NVME>Ffmx7kz9nB0=</ChecksumCRC64NVME><ChecksumType>FULL_OBJECT</ChecksumType></CopyObjectResult>',
    );
    expect(header('x-amz-version-id')).toMatch(/^[\w.]{32}$/);
    expect(await bodyOf('/vault/b.txt')).toBe('0123456789');
  });

  // F53, F92
  it.each<{ from: string; to: string; source: string | undefined; version: RegExp | undefined }>`
    from        | to          | source         | version
    ${'plain'}  | ${'vault'}  | ${undefined}   | ${/^[\w.]{32}$/}
    ${'paused'} | ${'vault'}  | ${undefined}   | ${/^[\w.]{32}$/}
    ${'vault'}  | ${'plain'}  | ${'a version'} | ${undefined}
    ${'vault'}  | ${'paused'} | ${'a version'} | ${/^null$/}
    ${'plain'}  | ${'paused'} | ${undefined}   | ${/^null$/}
  `('from $from to $to: the version id of the source is $source', async ({ from, to, source, version }) => {
    const id = await put(`/${from}/a.txt`, 'v1');
    const { header } = await copy(`/${to}/b.txt`, `/${from}/a.txt`);
    expect(header('x-amz-copy-source-version-id')).toBe(source === undefined ? undefined : id);
    expect(header('x-amz-version-id') ?? 'absent').toMatch(version ?? /^absent$/);
  });

  it('has no id of a null version that was written while versioning was suspended', async () => {
    await put('/paused/a.txt', 'v1');
    s3.bucket('paused').versioning = 'Enabled';
    const { header } = await copy('/paused/b.txt', '/paused/a.txt');
    expect(header('x-amz-copy-source-version-id')).toBeUndefined();
    expect(header('x-amz-version-id')).toMatch(/^[\w.]{32}$/);
  });
});

describe('x-amz-copy-source', () => {
  // F91
  it.each<{ key: string; source: string }>`
    key              | source
    ${'a.txt'}       | ${'/vault/a.txt'}
    ${'a.txt'}       | ${'vault/a.txt'}
    ${'a.txt'}       | ${'vault%2Fa.txt'}
    ${'a.txt'}       | ${'https://s3.amazonaws.com/vault/a.txt'}
    ${'a.txt'}       | ${'http://localhost:4566/vault/a.txt'}
    ${'dir/b c.txt'} | ${'/vault/dir/b c.txt'}
    ${'dir/b c.txt'} | ${'/vault/dir/b%20c.txt'}
    ${'dir/b c.txt'} | ${'/vault/dir/b+c.txt'}
    ${'1+1'}         | ${'/vault/1%2B1'}
    ${'//x/../y'}    | ${'/vault///x/../y'}
    ${'what?'}       | ${'/vault/what%3F'}
    ${'what?size=1'} | ${'/vault/what?size=1'}
    ${'ключ/鍵'}     | ${'/vault/%D0%BA%D0%BB%D1%8E%D1%87/%E9%8D%B5'}
    ${'__proto__'}   | ${'vault/__proto__'}
  `('names $key as $source', async ({ key, source }) => {
    await put(`/vault/${encodeURIComponent(key)}`, `content of ${key}`);
    expect((await copy('/vault/copied', source)).status).toBe(200);
    expect(Buffer.from(await bodyOf('/vault/copied'), 'utf8').toString()).toBe(`content of ${key}`);
  });

  it.each<{ source: string; part: string }>`
    source             | part
    ${''}              | ${'bucket name'}
    ${'/'}             | ${'bucket name'}
    ${'//a.txt'}       | ${'bucket name'}
    ${'/vault'}        | ${'object key'}
    ${'vault'}         | ${'object key'}
    ${'/vault/'}       | ${'object key'}
    ${'/vault/%E9%8D'} | ${'encoding'}
    ${'/vault/50%'}    | ${'encoding'}
  `('is refused as $source because of its $part', async ({ source, part }) => {
    const { status, text } = await copy('/vault/b.txt', source);
    expect(status).toBe(400);
    expect(text).toBe(
      undeclared(
        'InvalidArgument',
        `Invalid copy source ${part}`,
        `<ArgumentName>x-amz-copy-source</ArgumentName><ArgumentValue>${part === 'object key' ? 'x-amz-copy-source' : source}</ArgumentValue>`,
      ),
    );
  });

  // versity/versitygw#1226, for a part number. F91, F92, F192
  it.each<{ to: string; from: string; status: number; text: string }>`
    what                                        | to                 | from                               | status | text
    ${'has a bucket that is not there'}         | ${''}              | ${'/nowhere/a.txt'}                | ${404} | ${undeclared('NoSuchBucket', 'The specified bucket does not exist', '<BucketName>nowhere</BucketName>')}
    ${'has a key that is not there'}            | ${''}              | ${'/vault/nothing'}                | ${404} | ${undeclared('NoSuchKey', 'The specified key does not exist.', '<Key>nothing</Key>')}
    ${'has a version of another key'}           | ${''}              | ${'/vault/a.txt?versionId=OTHER'}  | ${404} | ${undeclared('NoSuchVersion', 'The specified version does not exist.', '<Key>a.txt</Key><VersionId>OTHER</VersionId>')}
    ${'has a delete marker'}                    | ${''}              | ${'/vault/a.txt?versionId=MARKER'} | ${400} | ${undeclared('InvalidRequest', 'The source of a copy request may not specifically refer to a delete marker by version id.')}
    ${'has an id never issued'}                 | ${''}              | ${'/vault/a.txt?versionId=abc'}    | ${400} | ${undeclared('InvalidRequest', 'Invalid Request')}
    ${'has an empty id'}                        | ${''}              | ${'/vault/a.txt?versionId='}       | ${400} | ${undeclared('InvalidArgument', 'Version id cannot be the empty string', '<ArgumentName>x-amz-copy-source</ArgumentName><ArgumentValue></ArgumentValue>')}
    ${'comes with a part number and no upload'} | ${'?partNumber=1'} | ${'/vault/a.txt'}                  | ${400} | ${undeclared('InvalidArgument', 'This operation does not accept partNumber without uploadId', '<ArgumentName>partNumber</ArgumentName><ArgumentValue>partNumber</ArgumentValue>')}
  `('is refused if it $what', async ({ to, from, status, text }) => {
    const other = (await put('/vault/other.txt', 'v1')) ?? '';
    await put('/vault/a.txt', 'v1');
    const marker = (await send({ method: 'DELETE', path: '/vault/a.txt' })).header('x-amz-version-id') ?? '';
    await put('/vault/a.txt', 'v2');
    const source = from.replace('OTHER', other).replace('MARKER', marker);
    const answer = await answered(copy(`/vault/b.txt${to}`, source));
    expect(answer).toEqual({ status, text: text.replace('OTHER', other) });
  });

  it.each<{ source: string; why: string }>`
    source                        | why
    ${'/vault/a.txt?versionId=x'} | ${"the version id of x-amz-copy-source is 'x'"}
    ${'/vault/none'}              | ${'the source vault/none has no versions'}
    ${'vault/none'}               | ${'the source vault/none has no versions'}
    ${'vault/no%20ne'}            | ${"the source vault/no ne, sent as 'vault/no%20ne', has no versions"}
  `('is quoted in the journal: $source', async ({ source, why }) => {
    await put('/vault/a.txt', 'v1');
    await copy('/vault/b.txt', source);
    expect(s3.requests.last()?.why).toContain(why);
  });

  // Measured: justincormack/argmin, copy_object.rs. F91
  it('is an internal error of S3 if it has a null character', async () => {
    expect(await answered(copy('/vault/b.txt', '/vault/bad%00key'))).toEqual({
      status: 500,
      text: undeclared('InternalError', 'We encountered an internal error. Please try again.'),
    });
  });

  // versity/versitygw#1242. F191
  it('is refused with a body', async () => {
    await put('/vault/a.txt', 'v1');
    const headers = { 'x-amz-copy-source': '/vault/a.txt' };
    expect(await answered(send({ method: 'PUT', path: '/vault/b.txt', headers, body: 'more' }))).toEqual({
      status: 400,
      text: undeclared(
        'InvalidRequest',
        'The request included a body. Requests of this type must not include a non-empty body.',
      ),
    });
    expect(s3.requests.last()?.why).toContain("the number of its bytes is '4'");
    expect((await send({ path: '/vault/b.txt' })).status).toBe(404);
  });

  // versity/versitygw#1612 and #1642. F190
  it.each<{ method: string; path: string }>`
    method      | path
    ${'GET'}    | ${'/vault'}
    ${'GET'}    | ${'/vault/a.txt'}
    ${'DELETE'} | ${'/vault'}
    ${'DELETE'} | ${'/vault/a.txt'}
    ${'POST'}   | ${'/vault/a.txt?uploadId=abc'}
  `('is refused in a $method of $path', async ({ method, path }) => {
    await put('/vault/a.txt', 'v1');
    const at = path.replace('abc', await begin('/vault/a.txt'));
    const { status, body } = await send({ method, path: at, headers: { 'x-amz-copy-source': '/vault/a.txt' } });
    expect(status).toBe(400);
    expect(body).toContain(
      '<Code>InvalidArgument</Code><Message>You can only specify a copy source header for copy requests.</Message>' +
        '<ArgumentName>x-amz-copy-source</ArgumentName><ArgumentValue>/vault/a.txt</ArgumentValue>',
    );
    expect((await send({ path: '/vault/a.txt' })).body).toBe('v1');
  });

  it('is refused in a HEAD', async () => {
    await put('/vault/a.txt', 'v1');
    const headers = { 'x-amz-copy-source': '/vault/a.txt' };
    expect((await send({ method: 'HEAD', path: '/vault/a.txt', headers })).status).toBe(400);
    expect((await send({ method: 'HEAD', path: '/vault', headers })).status).toBe(400);
  });
});

// Recorded: dyus/meeseeks-s3, docs_reports/versioning_mix.md A1-A4, I1, I2. F92
describe('the source version of a copy', () => {
  it('is the current one unless the request names one', async () => {
    const first = await put('/vault/a.txt', 'v1');
    const second = await put('/vault/a.txt', 'v2');
    const current = await copy('/vault/b.txt', '/vault/a.txt');
    expect(current.header('x-amz-copy-source-version-id')).toBe(second);
    expect(await bodyOf('/vault/b.txt')).toBe('v2');
    const older = await copy('/vault/b.txt', `/vault/a.txt?versionId=${first}`);
    expect(older.header('x-amz-copy-source-version-id')).toBe(first);
    expect(await bodyOf('/vault/b.txt')).toBe('v1');
  });

  it('is the null version if it is named null', async () => {
    await put('/plain/a.txt', 'old');
    s3.bucket('plain').versioning = 'Enabled';
    await put('/plain/a.txt', 'new');
    expect((await copy('/vault/b.txt', '/plain/a.txt?versionId=null')).status).toBe(200);
    expect(await bodyOf('/vault/b.txt')).toBe('old');
  });

  // F579
  it.each(['plain', 'paused'])('has its id null in the answer only if the request names it, in %s', async (bucket) => {
    await put(`/${bucket}/a.txt`, 'old');
    const answeredId = async (source: string) =>
      (await copy('/vault/b.txt', source)).header('x-amz-copy-source-version-id');
    expect(await answeredId(`/${bucket}/a.txt`)).toBeUndefined();
    expect(await answeredId(`/${bucket}/a.txt?versionId=null`)).toBe('null');
    s3.bucket(bucket).versioning = 'Enabled';
    expect(await answeredId(`/${bucket}/a.txt`)).toBeUndefined();
    await put(`/${bucket}/a.txt`, 'new');
    expect(await answeredId(`/${bucket}/a.txt?versionId=null`)).toBe('null');
  });

  it('is refused if the current version is a delete marker', async () => {
    await put('/vault/a.txt', 'v1');
    const marker = (await send({ method: 'DELETE', path: '/vault/a.txt' })).header('x-amz-version-id');
    const { status, text, header } = await copy('/vault/b.txt', '/vault/a.txt');
    expect({ status, text }).toEqual({
      status: 404,
      text: undeclared('NoSuchKey', 'The specified key does not exist.', '<Key>a.txt</Key>'),
    });
    expect({ deleteMarker: header('x-amz-delete-marker'), versionId: header('x-amz-version-id') }).toEqual({
      deleteMarker: 'true',
      versionId: marker,
    });
  });
});

describe('the owner of the source', () => {
  it.each<{ owner: string; status: number; code: string | undefined }>`
    owner             | status | code
    ${'000000000000'} | ${200} | ${undefined}
    ${'111122223333'} | ${403} | ${'AccessDenied'}
    ${'me'}           | ${400} | ${'InvalidBucketOwnerAWSAccountID'}
  `('is expected to be $owner: $status', async ({ owner, status, code }) => {
    await put('/vault/a.txt', 'v1');
    expect(
      refusalIn(await copy('/vault/b.txt', '/vault/a.txt', { 'x-amz-source-expected-bucket-owner': owner })),
    ).toMatchObject({ status, code });
  });
});

it('a refused copy stores nothing', async () => {
  await put('/vault/a.txt', 'v1');
  await copy('/vault/b.txt', '/vault/a.txt', { 'x-amz-copy-source-if-match': '"other"' });
  expect((await send({ path: '/vault/b.txt' })).status).toBe(404);
});
