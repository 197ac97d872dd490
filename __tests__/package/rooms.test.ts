import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { describe, expect, it } from '@jest/globals';
import { root } from '../house/files';
import { execute } from '../support/project';

/** Calls a function of the build, which is an ES module, with each of these lists of values. */
async function callEach(name: string, calls: readonly (readonly string[])[]): Promise<readonly unknown[]> {
  const url = JSON.stringify(pathToFileURL(join(root, 'build/rooms.mjs')).href);
  const program = `import * as rooms from ${url};
    const calls = ${JSON.stringify(calls)};
    console.log(JSON.stringify(calls.map((values) => rooms.${name}(...values) ?? null)));`;
  const { code, stdout, stderr } = await execute(root, process.execPath, ['--input-type=module', '-e', program]);
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  return JSON.parse(stdout);
}

describe('the shared file of a module', () => {
  const files: readonly (readonly [sources: string, module: string, file: string | null])[] = [
    ['/data/ann/mock/src', '/data/ann/mock/src/capture/hosts.ts', 'connections'],
    ['/data/ann/mock/src', '/data/ann/mock/src/border/border.ts', 'connections'],
    ['/data/ann/mock/src', '/data/ann/mock/src/s3-mock-error.ts', 'shared'],
    ['/data/ann/mock/src', '/data/ann/mock/src/model/clock.ts', 'library'],
    ['/data/ann/mock/src', '/data/ann/mock/src/border/entrance.ts', 'entrance'],
    ['/data/ann/mock/src', '/data/ann/mock/src/border/end-of-file.ts', 'entrance'],
    ['/data/ann/mock/src', '/data/ann/mock/src/faces/main.ts', 'main'],
    ['/data/ann/mock/src', '/data/ann/mock/src/index.ts', 'main'],
    ['/data/ann/mock/src', '/data/ann/mock/src/testing/jest.ts', null],
    ['/data/ann/mock/src', '/data/ann/mock/src/cli/run.ts', null],
    ['/data/ann/mock/src', '/data/ann/mock/src/preset/plans.ts', 'mock'],
    ['/data/ann/mock/src', '/data/ann/mock/src/worlds/fork.ts', null],
    // The folders above the checkout have any names.
    ['/data/ann/src/mock/src', '/data/ann/src/mock/src/testing/jest.ts', null],
    ['/data/src/capture/mock/src', '/data/src/capture/mock/src/model/clock.ts', 'library'],
    ['/data/ann/my mock/src', '/data/ann/my mock/src/capture/hosts.ts', 'connections'],
    ['/data/Größe/模拟/src', '/data/Größe/模拟/src/capture/hosts.ts', 'connections'],
    // What is beside the sources is not below them.
    ['/data/ann/mock/src', '/data/ann/mock/src-old/text/values.ts', null],
    ['/data/ann/mock/src', '/data/ann/mock/build/src/s3-mock-error.ts', null],
    ['/data/ann/mock/src', '/data/ann/mock/node_modules/sax/src/capture/sax.js', null],
    ['/data/ann/mock/src', '/data/ann/mock/src', null],
    ['/data/ann/mock/src', '\0rolldown/runtime.js', null],
    ['/data/ann/mock/src', 'src/capture/hosts.ts', null],
    // A backslash is part of a name on systems that do not separate by it.
    ['/data/a\\src\\capture/src', '/data/a\\src\\capture/src/model/clock.ts', 'library'],
    ['C:\\src\\x\\src', 'C:\\src\\x\\src\\s3-mock-error.ts', 'shared'],
    ['C:\\src\\x\\src', 'C:/src/x/src/capture/hosts.ts', 'connections'],
    ['C:\\src\\x\\src', 'c:\\src\\x\\src\\border\\entrance.ts', 'entrance'],
    ['C:\\src\\x\\src', 'D:\\src\\x\\src\\text\\values.ts', null],
    ['C:\\src\\x\\src', 'C:\\src\\text\\values.ts', null],
    ['\\\\server\\share\\src\\x\\src', '\\\\server\\share\\src\\x\\src\\capture\\hosts.ts', 'connections'],
  ];

  it('is found below the sources, wherever the checkout is', async () => {
    const found = await callEach(
      'sharedFileOf',
      files.map(([sources, module]) => [sources, module]),
    );
    expect(files.map(([sources, module], at) => [sources, module, found[at]])).toEqual(files);
  });
});

describe('an import', () => {
  it('names a package unless it is a path of some system', async () => {
    const packages = ['xml2js', '@otplib/core', 'node:http', 'expect', 'sorted-btree/b+tree.js'];
    const others = [
      './wire',
      '../wire',
      '/src/wire.ts',
      'C:\\src\\wire.ts',
      'C:/src/wire.ts',
      '\\\\server\\share\\wire.ts',
    ];
    const found = await callEach(
      'isPackage',
      [...packages, ...others, '\0rolldown/runtime.js'].map((name) => [name]),
    );
    expect(found).toEqual([...packages.map(() => true), ...others.map(() => false), false]);
  });
});
