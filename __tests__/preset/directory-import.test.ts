import { mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { GetObjectCommand, ListObjectVersionsCommand, S3Client } from '@aws-sdk/client-s3';
import { afterEach, describe, expect, it } from '@jest/globals';
import { deleteMarker, fromDirectory, type MockS3, mockS3 } from '../../src';

let s3: MockS3 | undefined;
const folders: string[] = [];
afterEach(async () => {
  await s3?.stop();
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true });
});

function folderOf(files: Readonly<Record<string, string>>): string {
  const folder = realpathSync(mkdtempSync(path.join(tmpdir(), 's3-versioning-mock-directory-')));
  folders.push(folder);
  for (const [name, text] of Object.entries(files)) {
    const file = path.join(folder, name);
    mkdirSync(path.dirname(file), { recursive: true });
    writeFileSync(file, text);
  }
  return folder;
}

function textsOf(...given: Parameters<typeof fromDirectory>): unknown {
  const plain = (value: unknown): unknown => {
    if (ArrayBuffer.isView(value)) return String(value);
    if (Array.isArray(value)) return value.map(plain);
    if (typeof value !== 'object' || value === null) return value;
    return Object.fromEntries(Object.entries(value).map(([name, member]) => [name, plain(member)]));
  };
  return plain(fromDirectory(...given));
}

describe('a folder that the system does not read', () => {
  it.each([
    ['a path that is too long', () => 'a'.repeat(5000), 'ENAMETOOLONG'],
    ['a path with a null byte', () => 'a\0b', 'null bytes'],
    ['a URL of another machine', () => new URL('file://host/vault'), 'host'],
    ['a link to itself', () => folderOf({}), 'ELOOP'],
  ])('is named in a TypeError: %s', (what, makeFolder, problem) => {
    const folder = makeFolder();
    if (what === 'a link to itself') symlinkSync('self', path.join(String(folder), 'self'));
    const read = () => fromDirectory(folder);
    expect(read).toThrow(TypeError);
    expect(read).toThrow(/^fromDirectory: the folder .* cannot be read: /);
    expect(read).toThrow(problem);
  });
});

describe('a folder', () => {
  it('is a fixture whose keys are the paths of its files', async () => {
    const folder = folderOf({ 'notes.txt': 'notes', '2026/01/report.pdf': 'report', '2026/a b.txt': '' });
    s3 = mockS3({ buckets: { vault: { objects: fromDirectory(folder) } } });
    const client = new S3Client({});
    const { Versions } = await client.send(new ListObjectVersionsCommand({ Bucket: 'vault' }));
    const { ContentType, Body } = await client.send(
      new GetObjectCommand({ Bucket: 'vault', Key: '2026/01/report.pdf' }),
    );
    expect({
      keys: Versions?.map(({ Key, Size }) => `${Key} ${Size}`),
      ContentType,
      text: await Body?.transformToString(),
    }).toEqual({
      keys: ['2026/01/report.pdf 6', '2026/a b.txt 0', 'notes.txt 5'],
      // F685
      ContentType: 'binary/octet-stream',
      text: 'report',
    });
    client.destroy();
  });

  it('has the time of the clock, not of the files', () => {
    const objects = fromDirectory(folderOf({ 'a.txt': 'a' }));
    s3 = mockS3({ now: '2020-01-31T10:00:00Z', buckets: { vault: { objects } } });
    expect(s3.bucket('vault').current('a.txt')).toMatchObject({ lastModified: new Date('2020-01-31T10:00:00Z') });
  });

  it('has its keys in one order on each machine', () => {
    const folder = folderOf({ 'ä.txt': '', 'b/c.txt': '', 'a.txt': '', 'B.txt': '', 'b.txt': '' });
    const keys = ['B.txt', 'a.txt', 'aa.txt', 'b.txt', 'b/c.txt', 'ä.txt'];
    expect(Object.keys(fromDirectory(folder, { manifest: { 'aa.txt': '' } }))).toEqual(keys);
  });

  it('is read at once', () => {
    const folder = folderOf({ 'a.txt': 'first' });
    const objects = fromDirectory(folder);
    writeFileSync(path.join(folder, 'a.txt'), 'second');
    s3 = mockS3({ buckets: { vault: { objects } } });
    s3.bucket('vault').put('a.txt', 'third');
    s3.reset();
    expect(s3.bucket('vault').object('a.txt').text()).toBe('first');
  });

  it('is named by a URL, by its text, or by a relative path from the working directory', () => {
    const folder = folderOf({ 'a.txt': 'a' });
    const url = pathToFileURL(folder);
    // jsdom has another class of URL than Node.
    const foreign = { href: url.href } as URL;
    for (const name of [url, url.href, foreign, path.relative(process.cwd(), folder), `${folder}/`])
      expect(textsOf(name)).toEqual({ 'a.txt': 'a' });
  });

  it('lacks empty folders, hidden files, and those that systems and git leave there', () => {
    const folder = folderOf({ 'a.txt': 'a', '.gitkeep': '', '.well-known/x': 'x', 'b/.DS_Store': '', 'Thumbs.db': '' });
    mkdirSync(path.join(folder, 'empty'));
    expect(textsOf(folder)).toEqual({ 'a.txt': 'a' });
    expect(textsOf(folder, { hidden: true })).toEqual({ 'a.txt': 'a', '.well-known/x': 'x' });
  });

  it('gives its keys a prefix', () => {
    expect(textsOf(folderOf({ 'a/b.txt': 'b' }), { prefix: 'reports/' })).toEqual({ 'reports/a/b.txt': 'b' });
  });

  it('has what its links lead to, out of the folder only if that is allowed', () => {
    const folder = folderOf({ 'a.txt': 'a' });
    const other = folderOf({ 'b.txt': 'b' });
    symlinkSync(path.join(folder, 'a.txt'), path.join(folder, 'c.txt'));
    expect(textsOf(folder)).toEqual({ 'a.txt': 'a', 'c.txt': 'a' });
    symlinkSync(other, path.join(folder, 'linked'));
    expect(() => fromDirectory(folder)).toThrow(
      new TypeError(
        `fromDirectory: the link ${path.join(folder, 'linked')} is ${other}, which is outside of ${folder}. Move it there, or allow this by the option outside: true.`,
      ),
    );
    expect(textsOf(folder, { outside: true })).toEqual({ 'a.txt': 'a', 'c.txt': 'a', 'linked/b.txt': 'b' });
  });

  it.each([[0xff], [0xc3, 0x28], [0xed, 0xa0, 0x80]])(
    'is refused for a name whose bytes are not UTF-8: %i',
    (...bytes) => {
      const folder = folderOf({ 'a.txt': 'a' });
      if (process.platform !== 'linux') return;
      writeFileSync(Buffer.concat([Buffer.from(`${folder}/b`), Buffer.from(bytes)]), 'b');
      const escaped = bytes
        .map((byte) => (byte < 0x80 ? String.fromCharCode(byte) : `\\x${byte.toString(16)}`))
        .join('');
      expect(() => fromDirectory(folder)).toThrow(
        new TypeError(
          `fromDirectory: the name of ${path.join(folder, 'b')}${escaped} is not UTF-8, and keys of S3 are. Rename the file.`,
        ),
      );
    },
  );

  it('is refused for a link to a folder around it, and for one that leads nowhere', () => {
    const folder = folderOf({ 'a/b.txt': 'b' });
    symlinkSync(folder, path.join(folder, 'a/self'));
    expect(() => fromDirectory(folder)).toThrow(
      new TypeError(
        `fromDirectory: ${path.join(folder, 'a', 'self')} is a link to ${folder}, which is a folder around it. Remove the link.`,
      ),
    );
    const other = folderOf({});
    symlinkSync(path.join(other, 'nothing'), path.join(other, 'c.txt'));
    expect(() => fromDirectory(other)).toThrow(
      new TypeError(`fromDirectory: ${path.join(other, 'c.txt')} is a link to a file that does not exist.`),
    );
  });
});

describe('numbered files', () => {
  it.each([
    [
      'before the extension',
      { 'report@1.pdf': 'first', 'report@2.pdf': 'second' },
      { 'report.pdf': ['first', 'second'] },
    ],
    ['at the end', { 'a/report.pdf@1': 'first', 'a/report.pdf@2': 'second' }, { 'a/report.pdf': ['first', 'second'] }],
    ['before two extensions', { 'b@1.tar.gz': 'first', 'b@2.tar.gz': 'second' }, { 'b.tar.gz': ['first', 'second'] }],
    ['without an extension', { 'LICENSE@1': 'first', LICENSE: 'second' }, { LICENSE: ['first', 'second'] }],
    [
      'beside the newest',
      { 'report.pdf': 'third', 'report@2.pdf': 'second', 'report@1.pdf': 'first' },
      { 'report.pdf': ['first', 'second', 'third'] },
    ],
  ])('are versions, oldest first: %s', (_, files, objects) => {
    expect(textsOf(folderOf(files))).toEqual(objects);
  });

  it('are in the order of their numbers, not of their texts', () => {
    const files = Object.fromEntries(Array.from({ length: 11 }, (_, index) => [`a@${index + 1}.txt`, `${index + 1}`]));
    expect(textsOf(folderOf(files))).toEqual({
      'a.txt': ['1', '2', '3', '4', '5', '6', '7', '8', '9', '10', '11'],
    });
  });

  it.each(['logo@2x.png', 'lodash@4.17.21.tgz', 'ann@example.com', 'a@0.txt', '@1.txt', 'a@01.txt'])(
    'are not those whose names have another sense: %s',
    (name) => {
      expect(textsOf(folderOf({ [name]: 'bytes' }))).toEqual({ [name]: 'bytes' });
    },
  );

  it.each([
    [{ 'logo.png': '', 'logo@2.png': '' }, 'logo@2.png is version 2', 'version 1'],
    [{ 'a@1.txt': '', 'a@3.txt': '' }, 'a@3.txt is version 3', 'version 2'],
    [{ 'lodash@1.tgz': '' }, 'lodash@1.tgz is version 1', 'version 2'],
  ])('are refused with a gap, or alone: %j', (files, which, missing) => {
    expect(() => fromDirectory(folderOf(files))).toThrow(`fromDirectory: ${which} of `);
    expect(() => fromDirectory(folderOf(files))).toThrow(
      `which has no ${missing}. Number the versions of a key from 1 on`,
    );
  });

  it('are keys of their own if a manifest says so, as the message does', () => {
    const folder = folderOf({ 'logo.png': 'small', 'logo@2.png': 'large' });
    expect(textsOf(folder, { manifest: { 'logo@2.png': {} } })).toEqual({
      'logo.png': 'small',
      'logo@2.png': { body: 'large' },
    });
  });

  it('are refused if two have one number', () => {
    expect(() => fromDirectory(folderOf({ 'a@1.txt': '', 'a.txt@1': '' }))).toThrow(
      new TypeError("fromDirectory: a.txt@1 and a@1.txt are both version 1 of 'a.txt'. Give each a number of its own."),
    );
  });
});

describe('a manifest', () => {
  const files = { 'report.pdf': 'third', 'drafts/first.pdf': 'first', 'notes.txt': 'notes' };
  const manifest = {
    'report.pdf': [
      { body: { file: 'drafts/first.pdf' }, versionId: 'v1', lastModified: '2024-01-31' },
      { deleteMarker: true },
      { contentType: 'application/pdf', tags: { state: 'final' } },
    ],
    'empty/': '',
  } as const;

  it.each([
    ['as an object', files, manifest],
    ['in a file of the folder', { ...files, 'versions.json': `\ufeff${JSON.stringify(manifest)}` }, 'versions.json'],
  ])('gives the versions of its keys, and the other files are keys: %s', (_, tree, given) => {
    const objects = fromDirectory(folderOf(tree), { manifest: given });
    s3 = mockS3({ buckets: { vault: { versioning: 'Enabled', objects } } });
    expect(s3.bucket('vault').objects).toEqual({
      'empty/': [{ body: '', versionId: expect.any(String) }],
      'notes.txt': [{ body: 'notes', versionId: expect.any(String) }],
      'report.pdf': [
        { body: 'first', versionId: 'v1' },
        { deleteMarker: true, versionId: expect.any(String) },
        { body: 'third', versionId: expect.any(String), contentType: 'application/pdf', tags: { state: 'final' } },
      ],
    });
  });

  it('may have bytes and delete markers in the form of a fixture', () => {
    const folder = folderOf({ 'a.txt': 'a' });
    expect(textsOf(folder, { manifest: { b: ['first', deleteMarker], c: { body: { base64: 'Yw==' } } } })).toEqual({
      'a.txt': 'a',
      b: ['first', deleteMarker],
      c: { body: { base64: 'Yw==' } },
    });
  });

  it('may share a file between versions, and name one outside of the folder', () => {
    const folder = folderOf({ 'vault/a.txt': 'a', 'common.txt': 'common' });
    const body = { file: '../common.txt' };
    const manifest = { b: [{ body }, { body }] };
    const vault = path.join(folder, 'vault');
    expect(textsOf(vault, { manifest, outside: true })).toEqual({
      'a.txt': 'a',
      b: [{ body: 'common' }, { body: 'common' }],
    });
    expect(() => fromDirectory(vault, { manifest })).toThrow(
      new TypeError(
        `fromDirectory: manifest, key 'b', version 1 of 2: the file '../common.txt' is ${path.join(folder, 'common.txt')}, which is outside of ${vault}. Move it there, or allow this by the option outside: true.`,
      ),
    );
  });

  it.each([
    [
      { 'a.txt': { body: { file: 'b.txtt' } } },
      "manifest, key 'a.txt': there is no file 'b.txtt' in FOLDER. Did you mean b.txt?",
    ],
    [
      { c: [{ versionId: 'v1' }] },
      "manifest, key 'c', version 1 of 1: there is no file 'c' in FOLDER. Name the file with its bytes, body: { file: '...' }, or give body: ''.",
    ],
    [
      { c: 'b.txt' },
      "manifest, key 'c' is the text 'b.txt', which is also a file. Write { body: { file: 'b.txt' } } for the bytes of the file.",
    ],
    [{ c: { file: 'b.txt' } }, "manifest, key 'c' has no option file. Write body: { file: 'b.txt' }."],
    [
      { 'a.txt': [{ body: { file: 'b.txt' } }, { deleteMarker: true }] },
      "the manifest has the versions of 'a.txt', and none of them has the file 'a.txt'. Add { body: { file: 'a.txt' } } to them, or move the file.",
    ],
    [
      { c: { body: { file: 7 } } },
      "manifest, key 'c', body: invalid file 7; expected the path of a file, such as 'report.pdf'",
    ],
    [
      { c: { body: '', versionid: 'v1' } },
      "manifest, key 'c': there is no option 'versionid'. Did you mean versionId?",
    ],
    [[], 'invalid manifest []; expected an object with the versions of each key'],
    ['none.json', "there is no manifest 'none.json' in FOLDER."],
  ])('is refused if it does not fit the files: %j', (given, message) => {
    const folder = folderOf({ 'a.txt': 'a', 'b.txt': 'b' });
    // Mistakes that the compiler finds; JavaScript makes them.
    const wrong = given as NonNullable<Parameters<typeof fromDirectory>[1]>['manifest'];
    expect(() => fromDirectory(folder, { manifest: wrong })).toThrow(
      `fromDirectory: ${message.replace('FOLDER', folder)}`,
    );
  });

  it('is refused if it is not JSON', () => {
    const folder = folderOf({ 'versions.json': '{' });
    expect(() => fromDirectory(folder, { manifest: 'versions.json' })).toThrow(
      /^fromDirectory: the manifest 'versions\.json' is not JSON: ./,
    );
  });
});

describe('fromDirectory', () => {
  it('refuses a folder that does not exist, with the nearest name and what a relative path means', () => {
    const folder = folderOf({ 'vault/a.txt': 'a' });
    expect(() => fromDirectory(path.join(folder, 'valt'))).toThrow(
      new TypeError(
        `fromDirectory: invalid folder '${folder}/valt'; expected a folder that exists, and there is no ${folder}/valt. Did you mean vault?`,
      ),
    );
    expect(() => fromDirectory('./no/such')).toThrow(
      /there is no .*no.such\. A relative path begins at the working directory\. .*import\.meta\.url/,
    );
    expect(() => fromDirectory(path.join(folder, 'vault/a.txt'))).toThrow(/, and .*a\.txt is a file\.$/);
  });

  it.each([
    [[undefined], 'invalid folder undefined'],
    [[''], "invalid folder ''"],
    [[{}], 'invalid folder {}'],
    [['.', { prefx: 'a' }], "there is no option 'prefx'. Did you mean prefix?"],
    [['.', { prefix: 1 }], 'invalid prefix 1'],
    [['.', { hidden: 'yes' }], "invalid hidden 'yes'"],
  ])('refuses %j', (given, message) => {
    expect(() => Reflect.apply(fromDirectory, undefined, given)).toThrow(`fromDirectory: ${message}`);
  });

  it('refuses a key that S3 does not allow', () => {
    expect(() => fromDirectory(folderOf({ 'a.txt': '' }), { prefix: 'a'.repeat(1024) })).toThrow(
      /^fromDirectory: invalid key 'a.*: it has 1,029 bytes in UTF-8, .* Rename the file, or give a shorter prefix\.$/,
    );
  });
});
