import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, describe, expect, it } from '@jest/globals';
import { readFixtures } from '../../src/cli/fixtures';

const folder = mkdtempSync(path.join(tmpdir(), 'fixtures-'));
afterAll(() => rmSync(folder, { recursive: true }));

function file(name: string, content: string): string {
  const place = path.join(folder, name);
  writeFileSync(place, content);
  return place;
}

const listing = JSON.stringify({
  Versions: [
    {
      Key: 'a',
      VersionId: 'null',
      IsLatest: true,
      LastModified: '2026-01-31T10:00:00Z',
      Size: 1,
      ETag: '"0cc175b9c0f1b6a831c399e269772661"',
    },
  ],
});

describe('listings of the command line', () => {
  it.each(['constructor', '__proto__', 'toString'])('may be of a bucket %s', (name) => {
    const { listed } = readFixtures([file(`${name}.json`, listing), file('vault.json', listing)]);
    expect([...listed.keys()]).toEqual([name, 'vault']);
    expect(() => readFixtures([file('a.json', '{"buckets":{}}'), file(`${name}.json`, listing)])).not.toThrow();
    const state = file('state.json', `{"buckets":{"${name}":{}}}`);
    expect(() => readFixtures([state, file(`${name}.json`, listing)])).toThrow(`contain the bucket ${name}.`);
    const again = [file(`${name}.json`, listing), file('b.json', listing.replace('{', `{"Name":"${name}",`))];
    expect(() => readFixtures(again)).toThrow(`the bucket ${name} is already in another file`);
  });
});

describe('folders of the command line', () => {
  it('are buckets of their names, whose files are the objects', () => {
    for (const name of ['files', 'files/vault', 'files/plain']) mkdirSync(path.join(folder, name));
    const [vault, plain] = [path.join(folder, 'files/vault'), path.join(folder, 'files/plain')];
    for (const name of ['vault/a@1.txt', 'vault/a.txt', 'plain/b.txt']) file(`files/${name}`, name);
    const { listed } = readFixtures([`${vault}/`, plain]);
    expect(Object.fromEntries(listed)).toEqual({
      vault: {
        versioning: 'Enabled',
        objects: { 'a.txt': [Buffer.from('vault/a@1.txt'), Buffer.from('vault/a.txt')] },
      },
      plain: { objects: { 'b.txt': Buffer.from('plain/b.txt') } },
    });
    expect(() => readFixtures([vault, file('vault.json', listing)])).toThrow(
      'the bucket vault is already in another file',
    );
    file('files/plain/b@3.txt', '');
    expect(() => readFixtures([plain])).toThrow(`--fixtures ${plain}: fromDirectory: b@3.txt is version 3 of 'b.txt'`);
  });
});
