import path from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { filesIn, textOf } from './files';

describe('the settings of a checkout', () => {
  it('.nvmrc has the oldest major version of Node that package.json lets in', () => {
    const { engines } = JSON.parse(textOf('package.json'));
    expect(engines.node).toMatch(new RegExp(`^>=${textOf('.nvmrc').trim()}\\.`));
  });

  it('npm writes both locks without the places that packages were fetched from', () => {
    const locks = filesIn('.').filter((file) => file.endsWith('package-lock.json'));
    const settings = filesIn('.').filter((file) => /(?:^|\/)\.npm\w+$/.test(file));
    const folderOf = (file: string) => path.posix.dirname(file);
    expect(settings.map(folderOf).toSorted()).toEqual(locks.map(folderOf).toSorted());
    for (const file of settings) expect(textOf(file)).toContain('\nomit-lockfile-registry-resolved=true\n');
  });
});
