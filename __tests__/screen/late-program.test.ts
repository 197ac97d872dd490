import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { lateProgram } from '../../src/late-program';

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'late-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

function fail(): never {
  throw new Error('no such file');
}

describe('a program that is loaded late', () => {
  it('is required once, when it is first asked for', () => {
    const file = path.join(folder, 'program.js');
    writeFileSync(file, '');
    let count = 0;
    const load = lateProgram(file, () => {
      count += 1;
      return { count };
    });
    expect(count).toBe(0);
    expect([load(), load()]).toEqual([{ count: 1 }, { count: 1 }]);
  });

  it('is required at once if there is no such file, as in the sources', () => {
    let count = 0;
    lateProgram(path.join(folder, 'none.js'), () => {
      count += 1;
      return { count };
    });
    expect(count).toBe(1);
  });

  it('is evaluated from its text if its file has gone since', () => {
    const file = path.join(folder, 'program.js');
    writeFileSync(file, "exports.separator = require('node:path').sep;");
    const load = lateProgram<{ separator: string }>(file, fail);
    rmSync(file);
    expect(load()).toEqual({ separator: path.sep });
  });
});
