import { describe, expect, it } from '@jest/globals';
import { textOf } from './files';
import { sources } from './sources';

const [, section = ''] = textOf('docs/architecture.md').split('\n## The five ways of a connection\n');
const [ways = '', shared = ''] = (section.split('\n## ')[0] ?? '').split('What several ways share');

const codeIn = (text: string) => [...text.matchAll(/`([^`]+)`/g)].map(([, code = '']) => code);
const rowsOf = (text: string) => text.split('\n').filter((line) => line.startsWith('| '));
const cellsOf = (row: string) => row.split('|').map((cell) => cell.trim());

const wayFiles = rowsOf(ways)
  .map(cellsOf)
  .flatMap(([, way = '', file = '', functions = '']) =>
    codeIn(file).map((name) => ({ way, name, functions: codeIn(functions) })),
  );
const sharedFiles = rowsOf(shared).flatMap((row) => codeIn(cellsOf(row)[1] ?? ''));

/** The names of what a file declares at its top level, in their order. */
function declaredIn(file: string): readonly string[] {
  const declaration = /^(?:export )?(?:async )?(?:class|const|function) (\w+)/gm;
  return [...textOf(file).matchAll(declaration)].map(([, name = '']) => name);
}

describe('the ways of a connection in docs/architecture.md', () => {
  it('are five', () => {
    const names = new Set(wayFiles.map(({ way }) => way));
    expect([...names]).toEqual(['in memory', 'on a port', 'led to a port', 'passed on', 'refused']);
  });

  it.each(wayFiles)('$way: $name reads from top to bottom', ({ name, functions }) => {
    const declared = declaredIn(`src/capture/${name}`);
    expect(functions.length).toBeGreaterThan(2);
    expect(declared.filter((one) => functions.includes(one))).toEqual(functions);
  });

  it('and what they share name each file of the room once', () => {
    const files = sources.map(({ file }) => file).filter((file) => file.startsWith('src/capture/'));
    const named = [...wayFiles.map(({ name }) => name), ...sharedFiles].map((name) => `src/capture/${name}`);
    expect(named.toSorted()).toEqual(files.toSorted());
  });
});
