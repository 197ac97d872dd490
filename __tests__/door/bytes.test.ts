import { describe, expect, it } from '@jest/globals';
import { mockS3 } from 's3-versioning-mock/jest';
import { nameFile } from '../../src/door/file';
import { refused, serveDoor } from '../support/door';

const html = '<script>document.title = "owned"</script>';
const large = 'x'.repeat(256 * 1024 + 1);
const hostile = 'a/\r\nset-cookie: a=b\u202e".html';

const s3 = mockS3({
  now: '2026-03-01T12:00:00Z',
  buckets: {
    vault: {
      versioning: 'Enabled',
      objects: {
        'a.txt': ['first', 'second'],
        'page.html': { body: html, contentType: 'text/html' },
        binary: Buffer.from([0, 255, 10]),
        large,
        [hostile]: { body: html, contentType: 'text/html' },
        huge: { size: 64 * 1024 * 1024 + 1 },
      },
    },
    drafts: {},
  },
});
const served = serveDoor(s3);
const { door } = served;
const ids = (key: string) =>
  s3
    .bucket('vault')
    .versions(key)
    .map(({ versionId }) => versionId);
const query = (key: string, versionId = ids(key)[0]) => `?${new URLSearchParams({ key, versionId: versionId ?? '' })}`;
const bytesAt = (path: string) => door('GET', `/buckets/vault/bytes${path}`);

describe('the bytes of a version, through the door', () => {
  it('are those of the version that is named', async () => {
    const [second, first] = ids('a.txt');
    for (const [id, text] of [
      [second, 'second'],
      [first, 'first'],
    ])
      expect(await bytesAt(query('a.txt', id))).toEqual({
        status: 200,
        body: { size: text?.length, base64: btoa(text ?? '') },
      });
    expect(await bytesAt(query('binary'))).toMatchObject({ body: { size: 3, base64: 'AP8K' } });
  });

  it('end after 256 KB, beside the size of all', async () => {
    const { body } = (await bytesAt(query('large'))) as { readonly body: { readonly base64: string } };
    expect(body).toMatchObject({ size: large.length });
    expect(atob(body.base64)).toBe(large.slice(1));
  });

  it('are not shown of a version of more than 64 MB', async () => {
    expect(await bytesAt(query('huge'))).toMatchObject(refused(413, { code: 'TOO_LARGE' }));
  });

  it('are refused without a key and a version that has some', async () => {
    s3.bucket('vault').delete('a.txt');
    expect(await bytesAt(query('a.txt'))).toMatchObject(
      refused(404, { message: expect.stringContaining('is a delete marker') }),
    );
    expect(await bytesAt(query('a.txt', 'none'))).toMatchObject(refused(404, { code: 'NO_SUCH_VERSION' }));
    expect(await bytesAt('?key=a.txt')).toMatchObject({ status: 400 });
    expect(await door('GET', `/buckets/volt/bytes${query('a.txt', 'none')}`)).toMatchObject({ status: 404 });
  });

  it.each([['page.html'], [hostile]])('are a file of no type to store, of %j too', async (key) => {
    const answer = await fetch(`${served.url}/_mock/buckets/vault/download${query(key)}`);
    expect(await answer.text()).toBe(html);
    expect(Object.fromEntries(answer.headers)).toMatchObject({
      'content-type': 'application/octet-stream',
      'content-disposition': expect.stringMatching(/^attachment; filename="[\w. ()-]+"; filename\*=UTF-8''[\w.%!~-]+$/),
      'content-security-policy': expect.stringMatching(/^default-src 'none'; .*sandbox$/),
      'x-content-type-options': 'nosniff',
      'cross-origin-resource-policy': 'same-origin',
      'cache-control': 'no-store',
    });
    expect(answer.headers.has('set-cookie')).toBe(false);
  });

  it.each([
    ['reports/annual.pdf', 'annual.pdf'],
    ['folder/', 'folder'],
    ['../../etc/passwd', 'passwd'],
    ['a\\..\\b.exe', 'b.exe'],
    ['..', 'object'],
    ['.bashrc', '_bashrc'],
    ['a\r\nb', 'a__b'],
    ['invoice\u202efdp.exe', 'invoice_fdp.exe'],
    ['<img src="x">:1?', '_img src=_x___1_'],
    ['Übersicht 🙂.txt', 'Übersicht 🙂.txt'],
    [`${'a'.repeat(300)}.txt`, `${'a'.repeat(96)}.txt`],
    ['name. ', 'name._'],
    ['\ud800', '_'],
    ['', 'object'],
  ])('of the key %j are a file %j', (key, name) => {
    expect(nameFile(key)).toBe(name);
  });
});

describe('a put and a delete, through the door', () => {
  it('write a version, as the handle of the bucket does', async () => {
    const given = {
      key: 'b.txt',
      body: 'third',
      contentType: 'text/plain',
      metadata: { author: 'ann' },
      tags: { team: 'a' },
    };
    const { status, body } = await door('POST', '/buckets/vault/put', given);
    const [stored] = s3.bucket('vault').versions('b.txt');
    expect({ status, body }).toEqual({ status: 201, body: JSON.parse(JSON.stringify({ ...stored, body: undefined })) });
    expect(stored).toMatchObject({ contentType: 'text/plain', metadata: { author: 'ann' }, tags: { team: 'a' } });
    expect(stored?.body?.toString()).toBe('third');
    expect(s3.requests).toHaveLength(0);
  });

  it('take bytes as base64', async () => {
    await door('POST', '/buckets/drafts/put', { key: 'b', body: { base64: 'AP8K' } });
    expect(s3.bucket('drafts').object('b').body).toEqual(Buffer.from([0, 255, 10]));
  });

  it('add a delete marker, or delete the object if versioning was never set', async () => {
    const { body } = await door('POST', '/buckets/vault/delete', { key: 'a.txt' });
    const [marker] = s3.bucket('vault').versions('a.txt');
    expect(body).toMatchObject({ deleteMarker: { versionId: marker?.versionId, deleteMarker: true, isLatest: true } });
    s3.bucket('drafts').put('a.txt', 'first');
    expect(await door('POST', '/buckets/drafts/delete', { key: 'a.txt' })).toEqual({ status: 200, body: {} });
    expect(s3.bucket('drafts').versions()).toEqual([]);
  });

  it.each([
    ['put', {}],
    ['put', { key: 'a' }],
    ['put', { key: '', body: 'x' }],
    ['put', { key: 'a', body: 'x', contentTyp: 'text/plain' }],
    ['put', { key: 'a', body: { a: 1 } }],
    ['delete', {}],
    ['delete', { key: 'a', versionId: 'x' }],
  ])('refuse what the library refuses: %s %j', async (verb, given) => {
    expect(await door('POST', `/buckets/vault/${verb}`, given)).toMatchObject(
      refused(400, { message: expect.any(String) }),
    );
    expect(await door('POST', '/buckets/volt/delete', { key: 'a' })).toMatchObject({ status: 404 });
  });
});
