import { describe, expect, it } from '@jest/globals';
import { routes } from '../../src/door/index';
import { textOf } from './files';

const rows = textOf('docs/reference/door.md')
  .split('\n')
  .filter((line) => line.startsWith('|'));

describe('the reference of the door', () => {
  it.each(routes)('shows $method $path, and what it takes by name', ({ method, path, query = {}, takesBody }) => {
    const row = rows.find((line) => line.includes(`\`${method} ${path}\``)) ?? '';
    const members = typeof takesBody === 'object' ? Object.keys(takesBody) : [];
    const names = [`${method} ${path}`, ...Object.keys(query).map((name) => `?${name}`), ...members];
    expect(names.filter((name) => !row.includes(`\`${name}\``))).toEqual([]);
  });
});
