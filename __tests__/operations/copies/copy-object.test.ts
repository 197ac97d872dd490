import { describe, expect, it } from '@jest/globals';
import { mockS3 } from 's3-versioning-mock/jest';
import { signedBy, textOf } from '../../support/documents';
import { answerHead } from '../../support/heads';
import { etagIn, type Headers, put, undeclared } from '../../support/uploads';
import { send } from '../../support/wire-client';

const start = '2026-03-31T07:35:05Z';

const s3 = mockS3({
  now: start,
  buckets: { vault: { versioning: 'Enabled' }, plain: {}, paused: { versioning: 'Suspended' }, other: {} },
});

const copy = (path: string, source: string, headers: Headers = {}) =>
  send({ method: 'PUT', path, headers: { 'x-amz-copy-source': source, ...headers } });
const head = (path: string) => send({ method: 'HEAD', path, headers: { 'x-amz-checksum-mode': 'ENABLED' } });
const bodyOf = async (path: string) => (await send({ path })).body;
const past = 'Tue, 31 Mar 2026 07:00:00 GMT';
const future = 'Wed, 01 Apr 2026 07:00:00 GMT';

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
  `('tells from $from to $to of the source $source', async ({ from, to, source, version }) => {
    const id = await put(`/${from}/a.txt`, 'v1');
    const { header } = await copy(`/${to}/b.txt`, `/${from}/a.txt`);
    expect(header('x-amz-copy-source-version-id')).toBe(source === undefined ? undefined : id);
    expect(header('x-amz-version-id') ?? 'absent').toMatch(version ?? /^absent$/);
  });

  it('tells no id of a null version that was written while versioning was suspended', async () => {
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
  `('is refused as $source for its $part', async ({ source, part }) => {
    const { status, text } = await copy('/vault/b.txt', source);
    expect(status).toBe(400);
    expect(text).toBe(
      undeclared(
        'InvalidArgument',
        `Invalid copy source ${part}`,
        `<ArgumentName>x-amz-copy-source</ArgumentName><ArgumentValue>${source}</ArgumentValue>`,
      ),
    );
  });

  it('names no bucket that is not there', async () => {
    const { status, text } = await copy('/vault/b.txt', '/nowhere/a.txt');
    expect([status, text]).toEqual([
      404,
      undeclared('NoSuchBucket', 'The specified bucket does not exist', '<BucketName>nowhere</BucketName>'),
    ]);
  });

  it('names no key that is not there', async () => {
    const { status, text } = await copy('/vault/b.txt', '/vault/nothing');
    expect([status, text]).toEqual([
      404,
      undeclared('NoSuchKey', 'The specified key does not exist.', '<Key>nothing</Key>'),
    ]);
  });

  // versity/versitygw#1242. F191
  it('comes with no body', async () => {
    await put('/vault/a.txt', 'v1');
    const headers = { 'x-amz-copy-source': '/vault/a.txt' };
    const { status, text } = await send({ method: 'PUT', path: '/vault/b.txt', headers, body: 'more' });
    expect([status, text]).toEqual([
      400,
      undeclared(
        'InvalidRequest',
        'The request included a body. Requests of this type must not include a non-empty body.',
      ),
    ]);
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
  `('stands in no $method of $path', async ({ method, path }) => {
    await put('/vault/a.txt', 'v1');
    const { status, body } = await send({ method, path, headers: { 'x-amz-copy-source': '/vault/a.txt' } });
    expect(status).toBe(400);
    expect(body).toContain(
      '<Code>InvalidArgument</Code><Message>You can only specify a copy source header for copy requests.</Message>' +
        '<ArgumentName>x-amz-copy-source</ArgumentName><ArgumentValue>/vault/a.txt</ArgumentValue>',
    );
    expect((await send({ path: '/vault/a.txt' })).body).toBe('v1');
  });

  it('stands in no HEAD', async () => {
    await put('/vault/a.txt', 'v1');
    const headers = { 'x-amz-copy-source': '/vault/a.txt' };
    expect((await send({ method: 'HEAD', path: '/vault/a.txt', headers })).status).toBe(400);
    expect((await send({ method: 'HEAD', path: '/vault', headers })).status).toBe(400);
  });

  // versity/versitygw#1226. F192
  it('comes with no part without an upload', async () => {
    const { status, text } = await copy('/vault/b.txt?partNumber=1', '/vault/a.txt');
    expect([status, text]).toEqual([
      400,
      undeclared(
        'InvalidArgument',
        'This operation does not accept partNumber without uploadId',
        '<ArgumentName>partNumber</ArgumentName><ArgumentValue>partNumber</ArgumentValue>',
      ),
    ]);
  });
});

// Recorded: dyus/meeseeks-s3, docs_reports/versioning_mix.md A1-A4, I1, I2. F92
describe('the version that a copy names', () => {
  it('is the current one where none is named, and that one where one is', async () => {
    const first = await put('/vault/a.txt', 'v1');
    const second = await put('/vault/a.txt', 'v2');
    const current = await copy('/vault/b.txt', '/vault/a.txt');
    expect(current.header('x-amz-copy-source-version-id')).toBe(second);
    expect(await bodyOf('/vault/b.txt')).toBe('v2');
    const older = await copy('/vault/b.txt', `/vault/a.txt?versionId=${first}`);
    expect(older.header('x-amz-copy-source-version-id')).toBe(first);
    expect(await bodyOf('/vault/b.txt')).toBe('v1');
  });

  it('is the null version by its name', async () => {
    await put('/plain/a.txt', 'old');
    s3.bucket('plain').versioning = 'Enabled';
    await put('/plain/a.txt', 'new');
    expect((await copy('/vault/b.txt', '/plain/a.txt?versionId=null')).status).toBe(200);
    expect(await bodyOf('/vault/b.txt')).toBe('old');
  });

  it('is no delete marker that is current', async () => {
    await put('/vault/a.txt', 'v1');
    const marker = (await send({ method: 'DELETE', path: '/vault/a.txt' })).header('x-amz-version-id');
    const { status, text, header } = await copy('/vault/b.txt', '/vault/a.txt');
    expect([status, text]).toEqual([
      404,
      undeclared('NoSuchKey', 'The specified key does not exist.', '<Key>a.txt</Key>'),
    ]);
    expect([header('x-amz-delete-marker'), header('x-amz-version-id')]).toEqual(['true', marker]);
  });

  it('is no delete marker by its id', async () => {
    await put('/vault/a.txt', 'v1');
    const marker = (await send({ method: 'DELETE', path: '/vault/a.txt' })).header('x-amz-version-id');
    const { status, text } = await copy('/vault/b.txt', `/vault/a.txt?versionId=${marker}`);
    expect([status, text]).toEqual([
      400,
      undeclared(
        'InvalidRequest',
        'The source of a copy request may not specifically refer to a delete marker by version id.',
      ),
    ]);
  });

  it('has an id', async () => {
    await put('/vault/a.txt', 'v1');
    const { status, text } = await copy('/vault/b.txt', '/vault/a.txt?versionId=');
    expect([status, text]).toEqual([
      400,
      undeclared(
        'InvalidArgument',
        'Version id cannot be the empty string',
        '<ArgumentName>x-amz-copy-source</ArgumentName><ArgumentValue></ArgumentValue>',
      ),
    ]);
  });

  it('has an id that was issued', async () => {
    await put('/vault/a.txt', 'v1');
    const { status, text } = await copy('/vault/b.txt', '/vault/a.txt?versionId=abc');
    expect([status, text]).toEqual([400, undeclared('InvalidRequest', 'Invalid Request')]);
  });

  it('is there', async () => {
    await put('/vault/a.txt', 'v1');
    const other = await put('/vault/b.txt', 'v1');
    const { status, text } = await copy('/vault/c.txt', `/vault/a.txt?versionId=${other}`);
    expect([status, text]).toEqual([
      404,
      undeclared(
        'NoSuchVersion',
        'The specified version does not exist.',
        `<Key>a.txt</Key><VersionId>${other}</VersionId>`,
      ),
    ]);
  });

  it('can be read: an archived one cannot', async () => {
    await put('/vault/a.txt', 'v1', { 'x-amz-storage-class': 'GLACIER' });
    const { status, text } = await copy('/vault/b.txt', '/vault/a.txt');
    expect([status, text]).toEqual([
      403,
      undeclared(
        'InvalidObjectState',
        "Operation is not valid for the source object's storage class",
        '<StorageClass>GLACIER</StorageClass>',
      ),
    ]);
  });
});

describe('who owns the source', () => {
  it('is who asks', async () => {
    const partner = s3.createAccount({ name: 'partner' });
    s3.createBucket('theirs', { owner: 'partner' });
    await put('/theirs/a.txt', 'v1', { Authorization: signedBy(partner) });
    const { status, text } = await copy('/vault/b.txt', '/theirs/a.txt');
    expect([status, text]).toEqual([403, undeclared('AccessDenied', 'Access Denied')]);
    expect((await send({ path: '/vault/b.txt' })).status).toBe(404);
  });

  it.each<{ owner: string; status: number; code: string | undefined }>`
    owner             | status | code
    ${'000000000000'} | ${200} | ${undefined}
    ${'111122223333'} | ${403} | ${'AccessDenied'}
    ${'me'}           | ${400} | ${'InvalidBucketOwnerAWSAccountID'}
  `('is expected to be $owner: $status', async ({ owner, status, code }) => {
    await put('/vault/a.txt', 'v1');
    const answer = await copy('/vault/b.txt', '/vault/a.txt', { 'x-amz-source-expected-bucket-owner': owner });
    expect([answer.status, textOf('Code', answer)]).toEqual([status, code]);
  });
});

describe('conditions on the source', () => {
  const etag = '"6654c734ccab8f440ff0825eb443dc7f"';
  const name = (condition: string) => `x-amz-copy-source-${condition.toLowerCase()}`;

  // Recorded: localstack, test_s3_copy_object_preconditions; dyus/meeseeks-s3, tests/upload_part_copy. F92
  it.each<{ conditions: Record<string, string>; failing: string | undefined }>`
    conditions                                                     | failing
    ${{ 'If-Match': etag }}                                        | ${undefined}
    ${{ 'If-Match': etag.replaceAll('"', '') }}                    | ${undefined}
    ${{ 'If-Match': '*' }}                                         | ${undefined}
    ${{ 'If-Match': '"other"' }}                                   | ${'If-Match'}
    ${{ 'If-None-Match': '"other"' }}                              | ${undefined}
    ${{ 'If-None-Match': etag }}                                   | ${'If-None-Match'}
    ${{ 'If-Modified-Since': past }}                               | ${undefined}
    ${{ 'If-Modified-Since': 'Tue, 31 Mar 2026 07:35:05 GMT' }}    | ${'If-Modified-Since'}
    ${{ 'If-Modified-Since': future }}                             | ${undefined}
    ${{ 'If-Unmodified-Since': future }}                           | ${undefined}
    ${{ 'If-Unmodified-Since': past }}                             | ${'If-Unmodified-Since'}
    ${{ 'If-Match': etag, 'If-Unmodified-Since': past }}           | ${undefined}
    ${{ 'If-None-Match': '"other"', 'If-Unmodified-Since': past }} | ${'If-Unmodified-Since'}
    ${{ 'If-None-Match': etag, 'If-Modified-Since': past }}        | ${'If-None-Match'}
  `('$conditions: $failing fails', async ({ conditions, failing }) => {
    await put('/vault/a.txt', 'v1');
    const headers = Object.fromEntries(Object.entries<string>(conditions).map(([key, value]) => [name(key), value]));
    const { status, text } = await copy('/vault/b.txt', '/vault/a.txt', headers);
    if (failing === undefined) expect(status).toBe(200);
    else
      expect([status, text]).toEqual([
        412,
        undeclared(
          'PreconditionFailed',
          'At least one of the pre-conditions you specified did not hold',
          `<Condition>x-amz-copy-source-${failing}</Condition>`,
        ),
      ]);
  });
});

describe('conditions on the destination', () => {
  // Recorded: localstack, test_copy_object_if_none_match, test_copy_object_if_match. F66
  it.each<{ condition: Headers; before: string; status: number; refusal: string | undefined }>`
    condition                                               | before       | status | refusal
    ${{ 'If-None-Match': '*' }}                             | ${'nothing'} | ${200} | ${undefined}
    ${{ 'If-None-Match': '*' }}                             | ${'marker'}  | ${200} | ${undefined}
    ${{ 'If-None-Match': '*' }}                             | ${'object'}  | ${412} | ${'<Condition>If-None-Match</Condition>'}
    ${{ 'If-Match': '"8d777f385d3dfec8815d20f7496026dc"' }} | ${'object'}  | ${200} | ${undefined}
    ${{ 'If-Match': '8d777f385d3dfec8815d20f7496026dc"' }}  | ${'object'}  | ${200} | ${undefined}
    ${{ 'If-Match': '"other"' }}                            | ${'object'}  | ${412} | ${'<Condition>If-Match</Condition>'}
    ${{ 'If-Match': '"other"' }}                            | ${'nothing'} | ${404} | ${'<Key>b.txt</Key>'}
    ${{ 'If-Match': '"other"' }}                            | ${'marker'}  | ${404} | ${'<Key>b.txt</Key>'}
    ${{ 'If-Match': '*' }}                                  | ${'object'}  | ${501} | ${'<Header>If-Match</Header>'}
  `('$condition over $before: $status', async ({ condition, before, status, refusal }) => {
    await put('/vault/a.txt', 'v1');
    if (before !== 'nothing') await put('/vault/b.txt', 'data');
    if (before === 'marker') await send({ method: 'DELETE', path: '/vault/b.txt' });
    const answer = await copy('/vault/b.txt', '/vault/a.txt', condition);
    expect(answer.status).toBe(status);
    if (refusal !== undefined) expect(answer.body).toContain(refusal);
  });
});

const illegal =
  "This copy request is illegal because it is trying to copy an object to itself without changing the object's metadata, storage class, website redirect location or encryption attributes.";

// Recorded: localstack, test_s3_copy_object_in_place*; verified: moto, test_copy_object_in_place_with_versioning. F94
describe('a copy onto itself', () => {
  it.each<{ headers: Headers; status: number }>`
    what                                | headers                                                             | status
    ${'with nothing changed'}           | ${{}}                                                               | ${400}
    ${'with an ACL'}                    | ${{ 'x-amz-acl': 'private' }}                                       | ${400}
    ${'with new tags'}                  | ${{ 'x-amz-tagging-directive': 'REPLACE', 'x-amz-tagging': 'a=b' }} | ${400}
    ${'with metadata and no directive'} | ${{ 'x-amz-meta-new': '1' }}                                        | ${400}
    ${'with metadata'}                  | ${{ 'x-amz-metadata-directive': 'REPLACE' }}                        | ${200}
    ${'with the same storage class'}    | ${{ 'x-amz-storage-class': 'STANDARD' }}                            | ${200}
    ${'with a redirect'}                | ${{ 'x-amz-website-redirect-location': '/b.txt' }}                  | ${200}
    ${'with encryption'}                | ${{ 'x-amz-server-side-encryption': 'AES256' }}                     | ${200}
    ${'with a checksum algorithm'}      | ${{ 'x-amz-checksum-algorithm': 'SHA256' }}                         | ${200}
  `('$what answers $status', async ({ headers, status }) => {
    await put('/vault/a.txt', 'v1', { 'x-amz-meta-old': '1' });
    const answer = await copy('/vault/a.txt', '/vault/a.txt', headers);
    expect(answer.status).toBe(status);
    if (status === 400) expect(answer.text).toBe(undeclared('InvalidRequest', illegal));
  });

  it("gives back S3's own encryption to an object of another one, with nothing named", async () => {
    await put('/vault/a.txt', 'v1', { 'x-amz-server-side-encryption': 'aws:kms' });
    const { status, header } = await copy('/vault/a.txt', '/vault/a.txt');
    expect([status, header('x-amz-server-side-encryption')]).toEqual([200, 'AES256']);
    expect((await copy('/vault/a.txt', '/vault/a.txt')).status).toBe(400);
  });

  it('is none from another bucket under the same key', async () => {
    await put('/vault/a.txt', 'v1');
    expect((await copy('/plain/a.txt', '/vault/a.txt')).status).toBe(200);
  });

  it.each(['older', 'current', 'null'])('from its %s version by id makes a new version', async (which) => {
    await put('/plain/a.txt', 'written before versioning');
    s3.bucket('plain').versioning = 'Enabled';
    const ids: Record<string, string | undefined> = { null: 'null' };
    ids['older'] = await put('/plain/a.txt', 'older');
    ids['current'] = await put('/plain/a.txt', 'current');
    const { status, header } = await copy('/plain/a.txt', `/plain/a.txt?versionId=${ids[which]}`);
    expect(status).toBe(200);
    expect([...Object.values(ids), undefined]).not.toContain(header('x-amz-version-id'));
    expect(await bodyOf('/plain/a.txt')).toBe(which === 'null' ? 'written before versioning' : which);
  });
});

// Recorded: localstack, test_s3_copy_*; documented: API_CopyObject. F90
describe('what a copy carries over', () => {
  const described = {
    'Content-Type': 'text/plain',
    'Cache-Control': 'no-cache',
    'x-amz-meta-color': 'red',
    'x-amz-tagging': 'a=1&b=2',
    'x-amz-storage-class': 'STANDARD_IA',
    'x-amz-website-redirect-location': '/elsewhere',
  };
  const told = async (path: string) => {
    const { header } = await head(path);
    return [
      'content-type',
      'cache-control',
      'x-amz-meta-color',
      'x-amz-meta-size',
      'x-amz-tagging-count',
      'x-amz-storage-class',
      'x-amz-website-redirect-location',
    ].map((name) => header(name));
  };

  it.each<{ headers: Headers; after: readonly (string | undefined)[] }>`
    headers                                                                                           | after
    ${{}}                                                                                             | ${['text/plain', 'no-cache', 'red', undefined, '2', undefined, undefined]}
    ${{ 'x-amz-meta-size': 'L', 'Content-Type': 'image/png', 'x-amz-tagging': 'c=3' }}                | ${['text/plain', 'no-cache', 'red', undefined, '2', undefined, undefined]}
    ${{ 'x-amz-metadata-directive': 'COPY', 'x-amz-meta-size': 'L' }}                                 | ${['text/plain', 'no-cache', 'red', undefined, '2', undefined, undefined]}
    ${{ 'x-amz-metadata-directive': 'REPLACE', 'x-amz-meta-size': 'L', 'Content-Type': 'image/png' }} | ${['image/png', undefined, undefined, 'L', '2', undefined, undefined]}
    ${{ 'x-amz-metadata-directive': 'REPLACE' }}                                                      | ${['binary/octet-stream', undefined, undefined, undefined, '2', undefined, undefined]}
    ${{ 'x-amz-tagging-directive': 'REPLACE', 'x-amz-tagging': 'c=3' }}                               | ${['text/plain', 'no-cache', 'red', undefined, '1', undefined, undefined]}
    ${{ 'x-amz-tagging-directive': 'REPLACE' }}                                                       | ${['text/plain', 'no-cache', 'red', undefined, undefined, undefined, undefined]}
    ${{ 'x-amz-storage-class': 'GLACIER_IR' }}                                                        | ${['text/plain', 'no-cache', 'red', undefined, '2', 'GLACIER_IR', undefined]}
    ${{ 'x-amz-website-redirect-location': '/here' }}                                                 | ${['text/plain', 'no-cache', 'red', undefined, '2', undefined, '/here']}
  `('with $headers', async ({ headers, after }) => {
    await put('/vault/a.txt', 'v1', described);
    expect((await copy('/vault/b.txt', '/vault/a.txt', headers)).status).toBe(200);
    expect(await told('/vault/b.txt')).toEqual(after);
  });

  it('is that of the version named', async () => {
    const first = await put('/vault/a.txt', 'v1', { 'x-amz-meta-color': 'red', 'x-amz-tagging': 'a=1' });
    await put('/vault/a.txt', 'v2', { 'x-amz-meta-color': 'blue' });
    await copy('/vault/b.txt', `/vault/a.txt?versionId=${first}`);
    expect((await told('/vault/b.txt')).slice(2, 5)).toEqual(['red', undefined, '1']);
  });

  it.each<{ header: string; value: string; message: string }>`
    header                        | value        | message
    ${'x-amz-metadata-directive'} | ${'replace'} | ${'Unknown metadata directive.'}
    ${'x-amz-tagging-directive'}  | ${'KEEP'}    | ${'Unknown tagging directive.'}
  `('refuses $header: $value', async ({ header, value, message }) => {
    await put('/vault/a.txt', 'v1');
    const { status, text } = await copy('/vault/b.txt', '/vault/a.txt', { [header]: value });
    expect([status, text]).toEqual([
      400,
      undeclared(
        'InvalidArgument',
        message,
        `<ArgumentName>${header}</ArgumentName><ArgumentValue>${value}</ArgumentValue>`,
      ),
    ]);
  });

  it.each<{ source: Headers; asked: string | undefined; algorithm: string; value: string }>`
    source                                    | asked        | algorithm      | value
    ${{}}                                     | ${undefined} | ${'CRC64NVME'} | ${'6RYxVX5H2lY='}
    ${{ 'x-amz-checksum-crc32': 'aWLMtQ==' }} | ${undefined} | ${'CRC32'}     | ${'aWLMtQ=='}
    ${{ 'x-amz-checksum-crc32': 'aWLMtQ==' }} | ${'SHA1'}    | ${'SHA1'}      | ${'Wm33IFQMINldUw0/1ohVESI9XSA='}
    ${{}}                                     | ${'crc32'}   | ${'CRC32'}     | ${'aWLMtQ=='}
  `('has the checksum $algorithm of a source with $source where $asked is asked for', async (row) => {
    const { source, asked, algorithm, value } = row;
    await put('/vault/a.txt', 'v1', source);
    const answer = await copy('/vault/b.txt', '/vault/a.txt', { 'x-amz-checksum-algorithm': asked });
    expect([textOf(`Checksum${algorithm}`, answer), textOf('ChecksumType', answer)]).toEqual([value, 'FULL_OBJECT']);
    expect((await head('/vault/b.txt')).header(`x-amz-checksum-${algorithm.toLowerCase()}`)).toBe(value);
  });

  it('refuses an algorithm that is none', async () => {
    await put('/vault/a.txt', 'v1');
    const { status, text } = await copy('/vault/b.txt', '/vault/a.txt', { 'x-amz-checksum-algorithm': 'MD4' });
    expect([status, text]).toEqual([
      400,
      undeclared(
        'InvalidRequest',
        'Checksum algorithm provided is unsupported. Please try again with any of the valid types: [CRC32, CRC32C, CRC64NVME, SHA1, SHA256]',
      ),
    ]);
  });

  it('refuses metadata that is too large only where it would be kept', async () => {
    await put('/vault/a.txt', 'v1');
    const large = { 'x-amz-meta-large': 'x'.repeat(2048) };
    expect((await copy('/vault/b.txt', '/vault/a.txt', large)).status).toBe(200);
    const replaced = await copy('/vault/b.txt', '/vault/a.txt', { ...large, 'x-amz-metadata-directive': 'REPLACE' });
    expect([replaced.status, textOf('Code', replaced)]).toEqual([400, 'MetadataTooLarge']);
  });

  it('leaves the source as it was, and is as old as the copying', async () => {
    await put('/plain/a.txt', 'v1');
    s3.clock.advance({ minutes: 5 });
    const answer = await copy('/plain/b.txt', '/plain/a.txt');
    expect(textOf('LastModified', answer)).toBe('2026-03-31T07:40:05.000Z');
    expect((await head('/plain/a.txt')).header('last-modified')).toBe('Tue, 31 Mar 2026 07:35:05 GMT');
    await put('/plain/a.txt', 'v2');
    expect(await bodyOf('/plain/b.txt')).toBe('v1');
    expect(etagIn(answer)).toBe('6654c734ccab8f440ff0825eb443dc7f');
  });
});

// Recorded: dyus/meeseeks-s3, tests/copy_object_sse_c/golden. F95
describe('keys of the customer', () => {
  const key = (prefix: string, md5: string) => ({
    [`${prefix}-server-side-encryption-customer-algorithm`]: 'AES256',
    [`${prefix}-server-side-encryption-customer-key`]: 'K0+/yQHJcx5CgotqScZJqhfJ8hpfw4leiB3Bzyo8HSo=',
    [`${prefix}-server-side-encryption-customer-key-md5`]: md5,
  });
  const md5 = 'I0aPuXuw4REDJuP1fw07QQ==';

  it('opens a source that has one', async () => {
    await put('/vault/a.txt', 'v1', key('x-amz', md5));
    const { status, header } = await copy('/vault/b.txt', '/vault/a.txt', key('x-amz-copy-source', md5));
    expect([status, header('x-amz-server-side-encryption')]).toEqual([200, 'AES256']);
    expect(await bodyOf('/vault/b.txt')).toBe('v1');
  });

  it('does not open it where it is missing, or another', async () => {
    await put('/vault/a.txt', 'v1', key('x-amz', md5));
    const missing = await copy('/vault/b.txt', '/vault/a.txt');
    expect([missing.status, textOf('Code', missing)]).toEqual([400, 'InvalidRequest']);
    const another = await copy('/vault/b.txt', '/vault/a.txt', key('x-amz-copy-source', 'en2FzrTbaGmbIvbm1HrboA=='));
    expect([another.status, textOf('Code', another)]).toEqual([403, 'AccessDenied']);
  });

  it('encrypts the copy where one is given for it', async () => {
    await put('/vault/a.txt', 'v1');
    const { status, header } = await copy('/vault/b.txt', '/vault/a.txt', key('x-amz', md5));
    expect(status).toBe(200);
    expect(header('x-amz-server-side-encryption')).toBeUndefined();
    expect(header('x-amz-server-side-encryption-customer-key-md5')).toBe(md5);
    expect((await send({ path: '/vault/b.txt' })).status).toBe(400);
  });
});

it('a copy that is refused leaves nothing', async () => {
  await put('/vault/a.txt', 'v1');
  await copy('/vault/b.txt', '/vault/a.txt', { 'x-amz-copy-source-if-match': '"other"' });
  expect((await send({ path: '/vault/b.txt' })).status).toBe(404);
});
