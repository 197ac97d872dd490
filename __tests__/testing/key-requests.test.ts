import { createHash } from 'node:crypto';
import { afterAll, beforeEach, describe, expect, it } from '@jest/globals';
import { mockS3 } from '../../src';
import { type MatcherResult, matchers } from '../../src/testing/matchers';
import { postAnonymous } from '../support/forms';
import { send } from '../support/wire-client';

const s3 = mockS3({
  buckets: {
    vault: {
      objectLock: true,
      objects: {
        'a.txt': { body: 'a', versionId: 'v1' },
        'b.txt': { body: 'b', versionId: 'v2' },
        held: { body: 'h', versionId: 'v3', legalHold: 'ON' },
      },
    },
    other: { objects: { 'b.txt': 'b' } },
  },
  journal: { limit: 12 },
});
beforeEach(() => s3.reset());
afterAll(() => s3.stop());

const handles = { vault: () => s3.bucket('vault'), other: () => s3.bucket('other') };
const put = (path: string, headers = {}) => send({ method: 'PUT', path, body: 'x', headers });
const remove = (path: string) => send({ method: 'DELETE', path });
function removeAll(...entries: readonly string[]): Promise<unknown> {
  const body = `<Delete>${entries.map((one) => `<Object>${one}</Object>`).join('')}</Delete>`;
  const headers = { 'Content-MD5': createHash('md5').update(body).digest('base64') };
  return send({ method: 'POST', path: '/vault?delete', headers, body });
}

function requestsIn({ message }: MatcherResult): readonly string[] {
  const lines = message().split('\n');
  const from = lines.findIndex((line) => line.includes('asked to') || line.includes('did not ask'));
  return lines.slice(from).map((line) =>
    line
      .trim()
      .replace(/ \d\d:\d\d:\d\d\.\d+ /, '')
      .replace(/ {2,}/g, ' '),
  );
}

const heading = (key: string) => `The requests that asked to write to '${key}' or to delete it:`;
const { toHaveVersions, toHaveObject, toHaveDeleteMarker, toBeLocked } = matchers;

describe('a failed matcher of a key with an object', () => {
  const putWhole = (path: string) => put(path, { 'Content-MD5': createHash('md5').update('x').digest('base64') });
  const about = () => toHaveObject(handles.vault(), 'held', { body: 'new' }).message();

  it('names the key in another case that a request wrote', async () => {
    await putWhole('/vault/Held');
    await send({ path: '/vault/Held' });
    expect(about()).toContain(
      "PutObject was about another key: the bucket has 'Held', which differs in upper and lower case.",
    );
  });

  it.each([
    ['no request wrote it', (handle: ReturnType<typeof handles.vault>) => void handle.put('Held', 'x')],
    ['a request wrote the key itself', () => putWhole('/vault/held')],
    ['it begins a key that a request wrote', () => putWhole('/vault/held/x')],
    ['the key is another one', () => putWhole('/vault/hold-on')],
  ])('says nothing of another key if %s', async (_title, act) => {
    await act(handles.vault());
    await send({ path: '/vault/Held' });
    expect(about()).not.toContain('another key');
  });
});

describe('a failed matcher of a key lists the requests that asked to write to it or to delete it', () => {
  it('has a deletion of a version that the key does not have, which S3 answers with 204', async () => {
    await remove('/vault/b.txt?versionId=v1');
    const vault = handles.vault();
    const results = [
      toHaveVersions(vault, 'b.txt', []),
      toHaveObject(vault, 'b.txt', { body: 'c' }),
      toHaveDeleteMarker(vault, 'b.txt'),
      toBeLocked(vault, 'b.txt'),
    ];
    for (const result of results)
      expect(requestsIn(result)).toEqual([
        heading('b.txt'),
        "1. DeleteObject vault/b.txt 204 { VersionId: 'v1' }",
        "note: nothing was deleted: 'b.txt' has no version v1, which belongs to 'a.txt'; the key has 'v2'",
      ]);
  });

  it('has it also if the matcher was negated', async () => {
    await put('/vault/b.txt');
    const result = toHaveObject(handles.vault(), 'b.txt');
    expect(result.pass).toBe(true);
    expect(requestsIn(result)).toEqual([heading('b.txt'), "1. PutObject vault/b.txt 200 { Body: 'x' }"]);
  });

  it('leaves out reads, the requests for other keys and buckets, and the parts of an upload', async () => {
    await send({ path: '/vault/b.txt' });
    await put('/vault/a.txt');
    await put('/other/b.txt');
    await send({ method: 'PUT', path: '/vault/b.txt', headers: { 'x-amz-copy-source': 'vault/a.txt' } });
    const created = await send({ method: 'POST', path: '/vault/b.txt?uploads' });
    const upload = /<UploadId>(.*)<\/UploadId>/.exec(created.body)?.[1] ?? '';
    await put(`/vault/b.txt?uploadId=${upload}&partNumber=1`);
    await put('/vault/b.txt?uploadId=other&partNumber=1');
    await remove(`/vault/b.txt?uploadId=${upload}`);
    await send({ method: 'PUT', path: '/vault/b.txt?tagging', body: '<Tagging><TagSet/></Tagging>' });
    expect(
      requestsIn(toHaveVersions(handles.vault(), 'b.txt', []))
        .filter((line) => /^\d/.test(line))
        .map((line) => line.split(' ').slice(0, 4).join(' ')),
    ).toEqual([
      '4. CopyObject vault/b.txt 200',
      '5. CreateMultipartUpload vault/b.txt 200',
      '7. UploadPart vault/b.txt 404',
      '8. AbortMultipartUpload vault/b.txt 204',
      '9. PutObjectTagging vault/b.txt 200',
    ]);
  });

  it('has the form of a browser', async () => {
    await postAnonymous([['key', 'b.txt']], { path: '/other' });
    expect(requestsIn(toHaveDeleteMarker(handles.other(), 'b.txt'))[1]).toMatch(
      /^1\. PostObject other\/b\.txt 403 AccessDenied/,
    );
  });

  it('has of a batch the entries of the key, with the reasons of those that were refused', async () => {
    await removeAll(
      '<Key>a.txt</Key>',
      '<Key>held</Key><VersionId>v3</VersionId>',
      '<Key>b.txt</Key><VersionId>v1</VersionId>',
    );
    const vault = handles.vault();
    expect(requestsIn(toHaveVersions(vault, 'b.txt', []))).toEqual([
      heading('b.txt'),
      "1. DeleteObjects vault 200 { Delete: { Objects: [{ Key: 'b.txt', VersionId: 'v1' }] } }",
      "note: nothing was deleted: 'b.txt' has no version v1, which belongs to 'a.txt'; the key has 'v2'",
    ]);
    expect(requestsIn(toHaveVersions(vault, 'held', []))).toEqual([
      heading('held'),
      "1. DeleteObjects vault 200 { Delete: { Objects: [{ Key: 'held', VersionId: 'v3' }] } }",
      'why: held: under a legal hold',
      'refused v3: AccessDenied',
    ]);
  });

  it('has the last six, and says how many came before them and were dropped', async () => {
    // Equal requests are listed as one.
    for (let count = 0; count < 14; count += 1) await put('/vault/b.txt', { 'Content-Type': `text/${count}` });
    const lines = requestsIn(toHaveDeleteMarker(handles.vault(), 'b.txt'));
    expect({ before: lines[1], first: lines[2], lines: lines.length, note: lines.at(-1) }).toEqual({
      before: '(6 before these)',
      first: "9. PutObject vault/b.txt 200 { ContentType: 'text/8', Body: 'x' }",
      lines: 10,
      note: 'Before these, the journal dropped 2 older requests; journal: { limit } keeps more.',
    });
  });

  it('has what lifecycle did to the key', () => {
    const vault = handles.vault();
    vault.lifecycle = { Rules: [{ ID: 'old', Expiration: { Days: 1 }, Status: 'Enabled', Filter: { Prefix: '' } }] };
    s3.clock.set('2026-03-01T12:00:00Z');
    s3.clock.advance({ days: 400 });
    expect(toHaveObject(vault, 'b.txt').message().split('\n\n').slice(3, 5)).toEqual([
      expect.stringMatching(
        /^The actions of lifecycle on 'b\.txt':\n {2}\S+ 00:00 {2}S3\.CREATE\.DELETEMARKER {2}vault\/b\.txt {2}version \S+, by rule 'old'$/,
      ),
      expect.stringMatching(/^No request came at all\. If the code under test should have sent one/),
    ]);
  });

  it('says that a call may not have been sent, if nothing wrote the key', async () => {
    await put('/vault/a.txt');
    expect(requestsIn(toHaveObject(handles.vault(), 'none.txt'))).toEqual([
      "The only request that came did not ask to write to 'none.txt' or to delete it.",
    ]);
    expect(requestsIn(toHaveObject(handles.vault(), 'b.txt', { body: 'c' }))).toEqual([
      "The only request that came did not ask to write to 'b.txt' or to delete it.",
    ]);
  });

  it('says so if none did', async () => {
    await put('/vault/a.txt');
    expect(requestsIn(toHaveDeleteMarker(handles.vault(), 'b.txt'))).toEqual([
      "The only request that came did not ask to write to 'b.txt' or to delete it.",
    ]);
    await put('/vault/a.txt');
    expect(requestsIn(toHaveDeleteMarker(handles.vault(), 'b.txt'))).toEqual([
      "None of the 2 requests that came asked to write to 'b.txt' or to delete it.",
    ]);
  });
});
