import { describe, expect, it } from '@jest/globals';
import { mockS3 } from 's3-versioning-mock/jest';
import { refusalIn } from '../../support/documents';
import { send } from '../../support/wire-client';

const most = 5 * 1024 ** 3;

const s3 = mockS3({
  buckets: {
    vault: {
      versioning: 'Enabled',
      objects: {
        large: { size: most + 1, versionId: 'v1' },
        whole: { size: most, versionId: 'v2' },
        replaced: [{ size: most + 1, versionId: 'v3' }, 'short'],
        archived: { size: most + 1, storageClass: 'GLACIER' },
        tagged: { size: most + 1, tags: { state: 'old' }, metadata: { author: 'ann' } },
      },
    },
    other: {},
    cold: { region: 'us-south-standard', objects: { large: { size: most + 1 } } },
  },
});

const tooLarge = {
  status: 400,
  code: 'InvalidRequest',
  message: 'The specified copy source is larger than the maximum allowable size for a copy source: 5368709120',
};

type Headers = Readonly<Record<string, string>>;

const copy = async (path: string, source: string, headers: Headers = {}) =>
  refusalIn(await send({ method: 'PUT', path, headers: { 'x-amz-copy-source': source, ...headers } }));

// F1590
describe('a CopyObject', () => {
  it.each<[string, string, string, Headers]>([
    ['another bucket', '/other/copy', 'vault/large', {}],
    ['a version by its id', '/other/copy', 'vault/replaced?versionId=v3', {}],
    ['itself, for another class', '/vault/large', 'vault/large', { 'x-amz-storage-class': 'STANDARD_IA' }],
    ['itself, for other metadata', '/vault/tagged', 'vault/tagged', { 'x-amz-metadata-directive': 'REPLACE' }],
    ['itself, for nothing', '/vault/large', 'vault/large', {}],
    ['a condition that holds', '/other/copy', 'vault/large', { 'x-amz-copy-source-if-none-match': '"a"' }],
  ])('of more than 5 GiB is refused: %s', async (_what, path, source, headers) => {
    expect(await copy(path, source, headers)).toEqual(tooLarge);
  });

  it('stores nothing of it, and says in the journal how large it is', async () => {
    await copy('/other/copy', 'vault/large');
    expect({ keys: s3.bucket('other').keys, why: s3.requests.last()?.why }).toEqual({
      keys: [],
      why: 'the source has 5,368,709,121 bytes; copy it in parts, with UploadPartCopy and a CopySourceRange',
    });
  });

  it('of 5 GiB keeps the size, and takes the bytes of its source', async () => {
    expect((await copy('/other/copy', 'vault/whole')).status).toBe(200);
    const tail = (path: string) => send({ path, headers: { Range: 'bytes=-16' } });
    expect((await tail('/other/copy')).body).toBe((await tail('/vault/whole')).body);
    expect(s3.bucket('other').object('copy').size).toBe(most);
  });

  it('of another version of the key is not measured by the large one', async () => {
    expect((await copy('/other/copy', 'vault/replaced')).status).toBe(200);
  });

  it.each<[string, string, Headers, number, string]>([
    ['an archive', 'vault/archived', {}, 403, 'InvalidObjectState'],
    ['an unmet condition', 'vault/large', { 'x-amz-copy-source-if-match': '"a"' }, 412, 'PreconditionFailed'],
    ['a missing version', 'vault/large?versionId=v2', {}, 404, 'NoSuchVersion'],
  ])('is refused because of %s first', async (_what, source, headers, status, code) => {
    expect(await copy('/other/copy', source, headers)).toMatchObject({ status, code });
  });
});

describe('an UploadPartCopy', () => {
  const begin = async () =>
    /<UploadId>([^<]*)/.exec((await send({ method: 'POST', path: '/other/b?uploads' })).body)?.[1];
  const copyPart = async (source: string, headers: Headers = {}) =>
    copy(`/other/b?uploadId=${await begin()}&partNumber=1`, source, headers);

  it.each<[string, Headers]>([
    ['without a range', {}],
    ['with a range of all bytes', { 'x-amz-copy-source-range': `bytes=0-${most}` }],
  ])('of more than 5 GiB is refused %s', async (_what, headers) => {
    expect(await copyPart('vault/large', headers)).toEqual(tooLarge);
  });

  it.each<[string, string, Headers]>([
    ['a range of 5 GiB', 'vault/large', { 'x-amz-copy-source-range': `bytes=1-${most}` }],
    ['the last byte', 'vault/large', { 'x-amz-copy-source-range': `bytes=${most}-${most}` }],
    ['a source of 5 GiB', 'vault/whole', {}],
  ])('copies %s', async (_what, source, headers) => {
    expect((await copyPart(source, headers)).status).toBe(200);
  });

  it('is refused first for a range that ends beyond the source', async () => {
    const refusal = await copyPart('vault/large', { 'x-amz-copy-source-range': `bytes=0-${most + 1}` });
    expect(refusal).toEqual({
      status: 400,
      code: 'InvalidArgument',
      message: `Range specified is not valid for source object of size: ${most + 1}`,
    });
  });
});

it('is refused by IBM COS as well', async () => {
  const host = 's3.us-south.cloud-object-storage.appdomain.cloud';
  const headers = { 'x-amz-copy-source': 'cold/large', Authorization: 'Bearer a.b.c' };
  expect(refusalIn(await send({ host, method: 'PUT', path: '/cold/copy', headers }))).toEqual(tooLarge);
});
