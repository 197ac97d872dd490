import path from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { filesIn, textOf } from './files';

/** The sections of .editorconfig, each with its settings. */
const sections = new Map(
  textOf('.editorconfig')
    .split(/^(?=\[)/m)
    .map((part) => [
      /^\[(.*)\]$/m.exec(part)?.[1] ?? '',
      Object.fromEntries([...part.matchAll(/^(\w+) = (.*)$/gm)].map(([, name, value]) => [name, value])),
    ]),
);

describe('the settings of a checkout', () => {
  it('.editorconfig has the lines and indents of biome.json', () => {
    const { formatter } = JSON.parse(textOf('biome.json'));
    expect(sections.get('*')).toMatchObject({ indent_style: formatter.indentStyle, indent_size: '2' });
    expect(sections.get('*.{cjs,json,mjs,mts,ts,tsx}')).toEqual({ max_line_length: String(formatter.lineWidth) });
  });

  it('.editorconfig ends lines as .gitattributes does', () => {
    const [, ending] = /\beol=(\w+)/.exec(textOf('.gitattributes')) ?? [];
    expect(sections.get('*')).toMatchObject({ end_of_line: ending });
  });

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
