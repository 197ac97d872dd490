import { describe, expect, it } from '@jest/globals';
import { mockS3 } from 's3-versioning-mock/jest';
import { cosHost } from '../../support/clients/story-client';
import { refusalIn, textOf } from '../../support/documents';
import { answered } from '../../support/objects';
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

  // Recorded: localstack, test_s3_copy_object_storage_class
  it.each([
    [undefined, 400],
    ['Suspended', 400],
    ['Enabled', 200],
  ] as const)('from STANDARD_IA without a class with versioning %s answers %i', async (versioning, status) => {
    s3.createBucket('classes', versioning && { versioning });
    await put('/classes/a.txt', 'v1', { 'x-amz-storage-class': 'STANDARD_IA' });
    expect((await copy('/classes/a.txt', '/classes/a.txt')).status).toBe(status);
  });

  it("restores S3's own encryption if the object has another one and the request names none", async () => {
    await put('/vault/a.txt', 'v1', { 'x-amz-server-side-encryption': 'aws:kms' });
    const { status, header } = await copy('/vault/a.txt', '/vault/a.txt');
    expect({ status, serverSideEncryption: header('x-amz-server-side-encryption') }).toEqual({
      status: 200,
      serverSideEncryption: 'AES256',
    });
    expect((await copy('/vault/a.txt', '/vault/a.txt')).status).toBe(400);
  });

  it('is refused at IBM COS as well if the bucket encrypts its objects on AWS (F617)', async () => {
    s3.createBucket('encrypted', { encryption: 'aws:kms' });
    const call = { method: 'PUT', path: '/encrypted/a.txt', host: cosHost };
    await send({ ...call, body: 'v1' });
    const headers = { 'x-amz-copy-source': '/encrypted/a.txt' };
    expect((await send({ ...call, headers })).status).toBe(400);
    expect((await send({ ...call, host: 's3.amazonaws.com', headers })).status).toBe(200);
  });

  it('is not a copy from the same key of another bucket', async () => {
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
describe('a copy of an object', () => {
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
    ${{ 'x-amz-tagging': 'a=1&a=2' }}                                                                 | ${['text/plain', 'no-cache', 'red', undefined, '2', undefined, undefined]}
    ${{ 'x-amz-metadata-directive': 'COPY', 'x-amz-meta-size': 'L' }}                                 | ${['text/plain', 'no-cache', 'red', undefined, '2', undefined, undefined]}
    ${{ 'x-amz-metadata-directive': 'REPLACE', 'x-amz-meta-size': 'L', 'Content-Type': 'image/png' }} | ${['image/png', undefined, undefined, 'L', '2', undefined, undefined]}
    ${{ 'x-amz-metadata-directive': 'REPLACE' }}                                                      | ${['binary/octet-stream', undefined, undefined, undefined, '2', undefined, undefined]}
    ${{ 'x-amz-tagging-directive': 'REPLACE', 'x-amz-tagging': 'c=3' }}                               | ${['text/plain', 'no-cache', 'red', undefined, '1', undefined, undefined]}
    ${{ 'x-amz-tagging-directive': 'REPLACE' }}                                                       | ${['text/plain', 'no-cache', 'red', undefined, undefined, undefined, undefined]}
    ${{ 'x-amz-storage-class': 'GLACIER_IR' }}                                                        | ${['text/plain', 'no-cache', 'red', undefined, '2', 'GLACIER_IR', undefined]}
    ${{ 'x-amz-website-redirect-location': '/here' }}                                                 | ${['text/plain', 'no-cache', 'red', undefined, '2', undefined, '/here']}
  `('has the expected content and description with $headers', async ({ headers, after }) => {
    await put('/vault/a.txt', 'v1', described);
    expect((await copy('/vault/b.txt', '/vault/a.txt', headers)).status).toBe(200);
    expect(await told('/vault/b.txt')).toEqual(after);
  });

  it('has the description of the named version', async () => {
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
    expect(await answered(copy('/vault/b.txt', '/vault/a.txt', { [header]: value }))).toEqual({
      status: 400,
      text: undeclared(
        'InvalidArgument',
        message,
        `<ArgumentName>${header}</ArgumentName><ArgumentValue>${value}</ArgumentValue>`,
      ),
    });
  });

  it.each<{ source: Headers; asked: string | undefined; algorithm: string; value: string }>`
    source                                    | asked        | algorithm      | value
    ${{}}                                     | ${undefined} | ${'CRC64NVME'} | ${'6RYxVX5H2lY='}
    ${{ 'x-amz-checksum-crc32': 'aWLMtQ==' }} | ${undefined} | ${'CRC32'}     | ${'aWLMtQ=='}
    ${{ 'x-amz-checksum-crc32': 'aWLMtQ==' }} | ${'SHA1'}    | ${'SHA1'}      | ${'Wm33IFQMINldUw0/1ohVESI9XSA='}
    ${{}}                                     | ${'crc32'}   | ${'CRC32'}     | ${'aWLMtQ=='}
  `('has the checksum $algorithm if the source has $source and the request asks for $asked', async (row) => {
    const { source, asked, algorithm, value } = row;
    await put('/vault/a.txt', 'v1', source);
    const answer = await copy('/vault/b.txt', '/vault/a.txt', { 'x-amz-checksum-algorithm': asked });
    expect({ checksum: textOf(`Checksum${algorithm}`, answer), checksumType: textOf('ChecksumType', answer) }).toEqual({
      checksum: value,
      checksumType: 'FULL_OBJECT',
    });
    expect((await head('/vault/b.txt')).header(`x-amz-checksum-${algorithm.toLowerCase()}`)).toBe(value);
  });

  it('refuses an unknown checksum algorithm', async () => {
    await put('/vault/a.txt', 'v1');
    expect(await answered(copy('/vault/b.txt', '/vault/a.txt', { 'x-amz-checksum-algorithm': 'MD4' }))).toEqual({
      status: 400,
      text: undeclared(
        'InvalidRequest',
        'Checksum algorithm provided is unsupported. Please try again with any of the valid types: [CRC32, CRC32C, CRC64NVME, MD5, SHA1, SHA256, SHA512, XXHASH128, XXHASH3, XXHASH64]',
      ),
    });
  });

  it('refuses metadata that is too large only if it would be stored', async () => {
    await put('/vault/a.txt', 'v1');
    const large = { 'x-amz-meta-large': 'x'.repeat(2048) };
    expect((await copy('/vault/b.txt', '/vault/a.txt', large)).status).toBe(200);
    expect(
      refusalIn(await copy('/vault/b.txt', '/vault/a.txt', { ...large, 'x-amz-metadata-directive': 'REPLACE' })),
    ).toMatchObject({ status: 400, code: 'MetadataTooLarge' });
  });

  it('leaves the source unchanged, and has the time of the copy', async () => {
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
