import { expect, it } from '@jest/globals';
import ts from 'typescript';
import { collect } from './nodes';
import { placeOf, type Source, sources } from './sources';

/**
 * What users call, and so what they call wrongly. A mistake is made by `makeMistake`, so that its stack begins at their line. In the other rooms a
 * TypeError is a bug of ours.
 */
const rooms: ReadonlySet<string> = new Set([
  ...['border', 'cli', 'door', 'engine', 'events', 'faces', 'guard', 'index', 'journal', 'matchers', 'mock', 'preset'],
  ...['testing', 'text'],
]);

const folders = ['service/failures/'];

/** Each with the reason why the stack does not matter. */
const excused: Readonly<Record<string, string>> = {
  'src/text/mistakes.ts': 'it is makeMistake itself',
  'src/faces/main-entry.ts':
    'runners print the line of the matcher, and a test file does not load the frames of the engine',
  'src/testing/default-import.ts': 'it leaves its only frame out',
};

function isOfUsers({ room, name }: Source): boolean {
  return rooms.has(room) || folders.some((folder) => name.startsWith(folder));
}

function findTypeErrors(source: Source): readonly string[] {
  return collect(source.tree, (node) => {
    const isMade = ts.isNewExpression(node) || ts.isCallExpression(node);
    return isMade && ts.isIdentifier(node.expression) && node.expression.text === 'TypeError'
      ? [placeOf(source, node)]
      : [];
  });
}

it('a mistake of a user is made by makeMistake', () => {
  const own = sources.filter(isOfUsers).filter(({ file }) => !Object.hasOwn(excused, file));
  expect(own.flatMap(findTypeErrors)).toEqual([]);
});

it('each excuse is one of a file that needs it', () => {
  const needed = sources.filter((source) => findTypeErrors(source).length > 0).map(({ file }) => file);
  expect(needed).toEqual(expect.arrayContaining(Object.keys(excused)));
});
