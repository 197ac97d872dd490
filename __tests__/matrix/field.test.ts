import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from '@jest/globals';
import { Project } from '../support/project';
import { fieldOf, forbiddenByEngines } from './field';

const passed = /^1 passed$/m;
const run = (stdout: string, code: number, stderr = '') => ({ code, stdout, stderr });
const failed = (start: string) => ({ kind: 'failed', output: expect.stringMatching(`^${start}`) });

describe('a run without a reason to fail', () => {
  it('passes by its output and its exit code, in colours too', () => {
    expect(fieldOf({ passed }, '22.23.3', run('\u001b[32m1 passed\u001b[39m\n', 0))).toEqual({ kind: 'ok' });
  });

  it.each([
    ['another output', run('0 passed', 0), 'exit code 0\n0 passed'],
    ['another exit code', run('1 passed', 1, 'boom'), 'exit code 1\n1 passed'],
  ])('fails by %s', (_, ended, start) => {
    expect(fieldOf({ passed }, '22.23.3', ended)).toEqual(failed(start));
  });
});

describe('a run that upstream forbids', () => {
  const cell = { passed, forbidden: { on: [22], by: /ERR_\w+/ } };

  it('is forbidden by the line of its output', () => {
    const ended = run('loading\n', 1, '  Error: ERR_MODULE is not there\n  at line 1\n');
    expect(fieldOf(cell, '22.23.3', ended)).toEqual({ kind: 'forbidden', by: 'Error: ERR_MODULE is not there' });
    const named = run('', 1, 'ERR_EXTENSION ".mts" for /tmp/s3-versioning-mock-matrix-ab3D/one.mts');
    expect(fieldOf(cell, '22.23.3', named)).toEqual({ kind: 'forbidden', by: 'ERR_EXTENSION ".mts" for one.mts' });
  });

  it('fails if it passes, or without that line', () => {
    expect(fieldOf(cell, '22.23.3', run('1 passed', 0))).toEqual(failed('it passes'));
    expect(fieldOf(cell, '22.23.3', run('', 1, 'boom'))).toEqual(failed('no line'));
  });

  it('fails on other versions, whatever it prints', () => {
    expect(fieldOf(cell, '24.21.0', run('', 1, 'ERR_MODULE'))).toEqual(failed('exit code 1'));
    const before = { passed, forbidden: { on: '<22.18', by: /ERR_\w+/ } };
    expect(fieldOf(before, '22.17.0', run('', 1, 'ERR_MODULE'))).toEqual({ kind: 'forbidden', by: 'ERR_MODULE' });
    expect(fieldOf(before, '22.18.0', run('', 1, 'ERR_MODULE'))).toEqual(failed('exit code 1'));
  });
});

describe('the engines of packages', () => {
  const project = new Project('engines');
  afterAll(() => project.remove());

  it('forbid the versions that they leave out, in the words of the first that does', () => {
    for (const [name, engines] of Object.entries({ any: undefined, new: { node: '>=22.12' } })) {
      mkdirSync(join(project.folder, 'node_modules', name), { recursive: true });
      const manifest = JSON.stringify({ name, version: '1.2.3', engines });
      writeFileSync(join(project.folder, 'node_modules', name, 'package.json'), manifest);
    }
    expect(forbiddenByEngines(['any', 'new'], project.folder, '22.12.0')).toBeUndefined();
    expect(forbiddenByEngines(['any', 'new'], project.folder, '22.11.0')).toEqual({
      kind: 'forbidden',
      by: 'engines >=22.12 (new 1.2.3)',
    });
  });
});
