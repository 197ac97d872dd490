import { existsSync } from 'node:fs';
import { join, relative } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { root, textOf } from './files';

interface Rooms {
  (paths: readonly string[]): { readonly filtered: readonly string[] };
  readonly rooms: Readonly<Record<string, Readonly<Record<string, string>>>>;
  filesTogether(room: string): readonly string[];
}

const choose = require('../support/rooms.cjs') as Rooms;
const members = (room: string) => choose.filesTogether(room).map((file) => `__tests__/${room}/${file}`);

describe('a room whose files share a sandbox', () => {
  const chosen = (paths: readonly string[]) =>
    choose(paths.map((path) => join(root, path))).filtered.map((file) => relative(root, file).replaceAll('\\', '/'));

  it.each(Object.keys(choose.rooms))('%s has an entry, which a run of the whole room has in their place', (room) => {
    const entry = `__tests__/${room}/together.test.ts`;
    expect(existsSync(join(root, entry))).toBe(true);
    expect(chosen([...members(room), entry, '__tests__/cli/verify/cli.test.ts'])).toEqual([
      entry,
      '__tests__/cli/verify/cli.test.ts',
    ]);
  });

  it('has its files by themselves where only some are asked for', () => {
    const some = members('model').slice(0, 2);
    expect(chosen([...some, '__tests__/model/together.test.ts'])).toEqual(some);
    expect(chosen(some)).toEqual(some);
  });

  it.each(Object.keys(choose.rooms))('%s has no file that mocks a package or loads the library in place', (room) => {
    const apart = /\bjest\.mock\(|\/support\/in-place'/;
    expect(members(room).filter((file) => apart.test(textOf(file)))).toEqual([]);
  });

  it.each(Object.entries(choose.rooms))('%s names only files that are there', (room, apart) => {
    const missing = Object.keys(apart).filter((file) => !existsSync(join(root, '__tests__', room, file)));
    expect(missing).toEqual([]);
  });
});
