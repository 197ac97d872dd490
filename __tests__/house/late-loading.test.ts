import { describe, expect, it } from '@jest/globals';
import ts from 'typescript';
import { textOf } from './files';
import { visit } from './nodes';
import { placeOf, type Source, sources } from './sources';

const entries = ['index', 'testing/jest', 'testing/vitest-entry', 'testing/vitest-required', 'testing/matchers'];

/** The modules that the build makes files of their own, to be loaded late. */
const [, listed = ''] = /lateModules = \{([^}]*)\}/.exec(textOf('build/shared-files.mjs')) ?? [];
const late = [...listed.matchAll(/'([^']+)':/g)].map(([, module]) => module);

interface Call {
  readonly source: Source;
  readonly node: ts.CallExpression;
}

/** The calls of `require` with a path of src. */
const calls: readonly Call[] = sources.flatMap((source) => {
  const found: Call[] = [];
  visit(source.tree, (node) => {
    if (!ts.isCallExpression(node) || node.expression.getText() !== 'require') return;
    const [path] = node.arguments;
    if (path !== undefined && ts.isStringLiteral(path) && path.text.startsWith('.')) found.push({ source, node });
  });
  return found;
});

/** Whether a call is what `lazily` calls: `lazily(() => require('./mock-parts') as ...)`. */
function isLazy({ node }: Call): boolean {
  let at: ts.Node = node;
  while (!ts.isArrowFunction(at) && !ts.isBlock(at) && !ts.isSourceFile(at)) at = at.parent;
  return ts.isArrowFunction(at) && ts.isCallExpression(at.parent) && at.parent.expression.getText() === 'lazily';
}

/** The modules that are loaded with a module, which imports them, or imports one that does. */
function loadedWith(entry: string): readonly string[] {
  const found = new Set<string>();
  const follow = (name: string): void => {
    const source = sources.find((one) => one.name === name || one.name === `${name}/index`);
    if (source === undefined || found.has(source.name)) return;
    found.add(source.name);
    for (const { target, types, room } of source.imports)
      if (!types && room !== undefined && !late.includes(target)) follow(target);
  };
  follow(entry);
  return [...found];
}

describe('a module that is loaded late', () => {
  it('is required within lazily, and the build knows it', () => {
    expect(calls.filter((call) => !isLazy(call)).map(({ source, node }) => placeOf(source, node))).toEqual([]);
    const required = calls.flatMap(({ source }) =>
      source.imports.filter(({ target, types }) => !types && late.includes(target)),
    );
    expect(required.map(({ target }) => target).toSorted()).toEqual(late.toSorted());
  });

  it.each(entries)('is not loaded with %s, which loads only capture, texts and the faces of runners', (entry) => {
    const light = /^(?:capture|text|testing)\/|^(?:index|s3-mock-error|wire)$/;
    const known = [
      'journal/real-timers',
      'mock/call-site',
      'mock/create-mock',
      'mock/first-mock',
      'mock/fixture-imports',
      'mock/mock-arguments',
      'mock/mock-s3',
      'mock/test-file',
      'mock/vitest-worker',
      'model/ordered-tree',
      'preset/delete-marker',
    ];
    const loaded = loadedWith(entry);
    expect(loaded).toContain(entry);
    expect(loaded.filter((name) => !light.test(name) && !known.includes(name))).toEqual([]);
    expect(loaded.filter((name) => late.includes(name))).toEqual([]);
  });
});
