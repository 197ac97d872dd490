import { describe, expect, it } from '@jest/globals';
import { operations } from '../../src/operations/table';
import type { AnyRefusal } from '../../src/refusals/refusal';
import { refusals } from '../../src/refusals/table';
import { textOf } from './files';

const book = 'docs/cos.md';
const text = textOf(book);
const words = text.split('\n').filter((line) => /^\| `\w+` \| [^|]+ \|$/.test(line));

const ofCos = Object.values<AnyRefusal>(refusals).flatMap(({ code, message, cos }) => {
  const own = cos?.message;
  return typeof own !== 'string' || own === message ? [] : [`| \`${cos?.code ?? code}\` | ${own} |`];
});

describe(book, () => {
  it('has the words of COS, and no others', () => {
    expect(words).toEqual([...new Set(ofCos)].toSorted());
  });

  it('names every operation that only COS has and that the mock implements', () => {
    const own = Object.entries(operations).filter(([, row]) => row.dialect === 'ibm-cos' && row.handle !== undefined);
    expect(own.length).toBeGreaterThan(0);
    expect(own.map(([name]) => name).filter((name) => !text.includes(name))).toEqual([]);
  });
});
