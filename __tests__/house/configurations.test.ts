import { describe, expect, it } from '@jest/globals';
import { configurations } from '../../src/model/configurations';
import { operations } from '../../src/operations/table';
import { configurationNames } from '../../src/preset/configurations';
import { configurationCases } from '../support/configurations';
import { textOf } from './files';

const page = 'docs/reference/configurations.md';
const rows = textOf(page)
  .split('\n')
  .filter((line) => /^\| `\w+` \| `\?/.test(line))
  .map((line) => line.split(/(?<!\\) ?\| ?/).slice(1, -1))
  .map(([member = '', query = '', services, initial = '', deleted = '', ...more]) => ({
    member: member.replaceAll('`', ''),
    query: query.replaceAll('`', ''),
    services,
    initial,
    deleted,
    more,
  }));

describe('the registry of configurations', () => {
  it('has each under the name of its declaration', () => {
    expect(Object.values(configurations).map(({ name }) => name)).toEqual(Object.keys(configurations));
  });
});

describe(page, () => {
  it('has a row for each configuration', () => {
    expect(rows.map(({ member }) => member)).toEqual([...configurationNames]);
    expect(rows.filter(({ more }) => more.length !== 2)).toEqual([]);
  });

  it.each(rows)('$member: has the operations and the services of the table', ({ query, services, deleted }) => {
    const found = Object.values(operations).filter(({ pattern }) => new RegExp(`\\${query}\\b(?!-)`).test(pattern));
    const answered = found.filter(({ handle, level }) => handle !== undefined && level === 'BUCKET');
    const methods = answered.map(({ method }) => method);
    expect(methods).toEqual(expect.arrayContaining(['GET', 'PUT']));
    expect(methods.includes('DELETE')).toBe(deleted !== 'no DELETE');
    expect([...new Set(answered.map(({ dialect = 'both' }) => dialect))]).toEqual([services]);
  });

  it.each(rows)('$member: has the answers of its case', ({ member, query, initial, deleted }) => {
    const tried = Object.entries(configurationCases).find(([name]) => name === member)?.[1];
    if (tried === undefined) return;
    expect(query).toBe(`?${tried.query}`);
    expect(wordsIn(initial).filter((word) => !JSON.stringify(tried.initially).includes(word))).toEqual([]);
    const after = tried.deleted === undefined ? 'no DELETE' : deletedIn(tried.initially, tried.deleted);
    expect(deleted.replaceAll('`', '')).toBe(after);
  });
});

function wordsIn(cell: string): readonly string[] {
  return [...cell.matchAll(/`([^`]+)`/g)].map(([, word = '']) => word);
}

function deletedIn(initially: unknown, deleted: string | readonly [code: string, message: string]): string {
  if (JSON.stringify(initially) === JSON.stringify(deleted)) return 'as new';
  return typeof deleted === 'string' ? deleted : deleted[0];
}
