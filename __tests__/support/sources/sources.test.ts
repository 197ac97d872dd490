import '../in-place';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import vm from 'node:vm';
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { dialects } from '../../../src/dialects';
import * as clock from '../../../src/model/clock';
import { checkObjectTags } from '../../../src/model/tagging';
import { filesIn, root, textOf } from '../../house/files';
import { compiledFolder } from './compiled';
import { Scripts } from './scripts';

describe('a module of src that a test file imports', () => {
  it('is the one that the other modules import', async () => {
    const { mockS3 }: typeof import('../../../src/index') = require('../../../src/index');
    const s3 = mockS3();
    jest.spyOn(clock.Clock.prototype, 'now').mockReturnValue(5000);
    expect(s3.clock.now()).toEqual(new Date(5000));
    await s3.stop();
  });

  it('belongs to the registry of jest: isolated modules are others', () => {
    jest.isolateModules(() => {
      const isolated: typeof clock = require('../../../src/model/clock');
      expect(isolated.Clock).not.toBe(clock.Clock);
      expect(require('../../../src/model/clock')).toBe(isolated);
    });
    expect(require('../../../src/model/clock')).toBe(clock);
  });

  it('has the file and the line of its source in a stack', () => {
    const text = textOf('src/model/tagging.ts').split('\n');
    let stack = '';
    try {
      checkObjectTags([{ Key: '', Value: '' }], dialects.aws.tags);
    } catch (error) {
      stack = String((error as Error).stack);
    }
    const [, line = ''] = /src\/model\/tagging\.ts:(\d+):\d+/.exec(stack.replaceAll('\\', '/')) ?? [];
    expect(text[Number(line) - 1]).toMatch(/throw|Error\(/);
  });

  it('is not mocked by its path in any test: the modules of src would not see it', () => {
    const mocks = /\b(?:mock|doMock|setMock|unstable_mockModule)\(\s*['"`]\.[^)]*\bsrc\//;
    expect(mocks.test("jest.doMock('../../src/model/clock', () => clock)")).toBe(true);
    const tests = filesIn('__tests__').filter((file) => file.endsWith('.ts') && !file.endsWith('sources.test.ts'));
    expect(tests.filter((file) => mocks.test(textOf(file)))).toEqual([]);
  });

  it('is compiled from each file of src', () => {
    // The page runs in a browser, and no test file imports a module of it.
    const files = filesIn('src').filter((file) => /(?<!\.d)\.ts$/.test(file) && !file.startsWith('src/window/'));
    const missing = files.filter((file) => !existsSync(join(compiledFolder(), `${file.slice(4, -3)}.js`)));
    expect(missing).toEqual([]);
  });
});

describe('a test file that was compiled before the first run', () => {
  const { findCompiled } = require('./transformer.cjs') as {
    findCompiled(text: string, file: string): { readonly code: string } | undefined;
  };
  const name = '__tests__/support/thrown.ts';
  const compiled = (text: string, file = name) => findCompiled(text, join(root, file));

  it('is taken while its text is the same', () => {
    expect(compiled(textOf(name))?.code).toContain('function thrownBy(');
    expect(compiled(`${textOf(name)} `)).toBeUndefined();
    expect(compiled(textOf(name), '__tests__/support/missing.ts')).toBeUndefined();
  });

  it('is not taken if it mocks a module, which ts-jest does before the imports', () => {
    const mocking = '__tests__/service/xxhash-loading.test.ts';
    expect(compiled(textOf(mocking), mocking)).toBeUndefined();
  });
});

describe('compiled modules', () => {
  let folder: string;
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 's3-versioning-mock-sources-'));
    writeFileSync(join(folder, 'one.js'), 'exports.list = []; exports.name = __filename;');
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  function evaluate(scripts: Scripts, context: vm.Context): { readonly list: unknown; readonly name: string } {
    const file = join(root, 'src/one.ts');
    const call = scripts.modulesIn(context).functionOf(file) as (...values: readonly unknown[]) => void;
    const exports = { list: undefined, name: '' };
    call({ exports }, exports, require, file, join(root, 'src'));
    return exports;
  }

  it('are evaluated in the context of each test file', () => {
    const scripts = new Scripts(join(root, 'src'), folder);
    const [one, other] = [vm.createContext(), vm.createContext()];
    const [first, second] = [evaluate(scripts, one), evaluate(scripts, other)];
    expect(first.list).not.toBe(second.list);
    expect(first.name).toBe(join(root, 'src/one.ts'));
    expect(vm.runInContext('(list) => list instanceof Array', one)(first.list)).toBe(true);
    expect(vm.runInContext('(list) => list instanceof Array', one)(second.list)).toBe(false);
  });

  it('find what they import: a file, the index of a folder, or a package', () => {
    const modules = new Scripts(join(root, 'src'), compiledFolder()).modulesIn(vm.createContext());
    const from = join(root, 'src/index.ts');
    expect(modules.importOf(from, './s3-mock-error')).toBe(join(root, 'src/s3-mock-error.ts'));
    expect(modules.importOf(from, './capture')).toBe(join(root, 'src/capture/index.ts'));
    expect(modules.importOf(from, 'node:path')).toBeUndefined();
  });
});
