import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { root, textOf } from '../../files';
import { mendedBy } from '../../mended-by';
import { sources } from '../../sources';
import { declarationOf, publicNames } from '../declarations';
import { ambiguousAnchors, groupedTypes, pages, written } from '../pages';

if (process.env['WRITE_REFERENCE']) for (const page of pages) writeFileSync(join(root, page.file), written(page));

describe('the reference', () => {
  it.each(pages)('$file is the one that npm run generate reference makes', (page) => {
    mendedBy('npm run generate reference', () => expect(textOf(page.file)).toBe(written(page)));
  });

  it.each(pages)('$file has no two headings with the same anchor', (page) => {
    expect(ambiguousAnchors(page)).toEqual([]);
  });

  it.each(pages.flatMap(groupedTypes))('has each member of $type in one group', ({ type, members, grouped }) => {
    const place = `<!-- members: ${type} of ... --> in __tests__/house/reference/templates`;
    const missing = members.filter((name) => !grouped.includes(name));
    const surplus = grouped.filter((name, index) => !members.includes(name) || grouped.indexOf(name) !== index);
    expect({ place, missing, surplus }).toEqual({ place, missing: [], surplus: [] });
  });

  it('begins each long page with a list of its sections', () => {
    const long = pages.filter((page) => written(page).split('\n').length > 300);
    expect(long.filter(({ hasContents }) => !hasContents).map(({ file }) => file)).toEqual([]);
  });

  it('has a row for each code of S3MockError', () => {
    const thrown = sources.flatMap(({ text }) =>
      [...text.matchAll(/(?:S3MockError|makeMockError)\(\s*'([A-Z_\d]+)'/g)].map(([, code]) => code),
    );
    const described = [...textOf('docs/reference/mock.md').matchAll(/^\| `([A-Z_\d]+)` \|/gm)].map(([, code]) => code);
    expect(described).toEqual([...new Set(thrown)].toSorted());
  });

  it('has a section for each public name', () => {
    const known = pages.flatMap(({ directives }) => directives.map(({ type }) => type));
    expect(publicNames.filter((name) => !known.includes(name))).toEqual([]);
  });
});

describe('a type of the reference', () => {
  it('is the one that users import, if internal types have its name', () => {
    expect(declarationOf('Permission').definition).toContain('allowed');
  });

  it('is the one that the public types mention first, if others have its name', () => {
    expect(declarationOf('Refusal').members.map(({ name }) => name)).toContain('code');
    expect(declarationOf('Refusal').definition).toContain('code?');
  });

  it('is not one that no public type mentions', () => {
    expect(() => declarationOf('WaitingRequest')).toThrow('there is no type WaitingRequest');
  });
});
