import { existsSync } from 'node:fs';
import path from 'node:path';
import { afterEach, describe, expect, it, jest } from '@jest/globals';
import * as here from './files';

const { PATH } = process.env;
afterEach(() => {
  process.env['PATH'] = PATH;
});

describe('the files of the checkout, if git is missing', () => {
  it('are those on disk that git does not ignore', () => {
    process.env['PATH'] = path.join(__dirname, 'missing');
    let files: readonly string[] = [];
    jest.isolateModules(() => {
      const withoutGit: typeof here = require('./files');
      files = withoutGit.filesIn('.');
    });
    const found = new Set(files);
    expect(here.filesIn('.').filter((file) => !found.has(file))).toEqual([]);
    const ignored = /(?:^|\/)(?:node_modules|dist|coverage|\.git)(?:\/|$)|\.tgz$/;
    expect(files.filter((file) => ignored.test(file))).toEqual([]);
    expect(files.filter((file) => !existsSync(path.join(here.root, file)))).toEqual([]);
  });
});
