import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { readParts } from '../../../src/protocol/form/parts';
import { filled, growsWithItsLength } from '../../support/hostile-text';

const anySize = Number.POSITIVE_INFINITY;

/** The parts of a text, in which `|` is a line break. */
function partsOf(text: string, boundary = 'B') {
  const parts = readParts(Buffer.from(text.replaceAll('|', '\r\n')), boundary, anySize);
  return typeof parts === 'string'
    ? parts
    : parts.map(({ name, fileName, content }) => [name, fileName, Buffer.from(content).toString()]);
}

const named = 'Content-Disposition: form-data; name="a"';

// F560
describe('the parts of a form', () => {
  it.each<[body: string, parts: readonly unknown[]]>([
    [`--B|${named}||x|--B--|`, [['a', undefined, 'x']]],
    [`--B|${named}||x|--B--`, [['a', undefined, 'x']]],
    [`--B|${named}|||--B--|`, [['a', undefined, '']]],
    [
      `--B|${named}||x|--B|${named}||y|--B--|`,
      [
        ['a', undefined, 'x'],
        ['a', undefined, 'y'],
      ],
    ],
    [`a preamble|--B|${named}||x|--B--|an epilogue`, [['a', undefined, 'x']]],
    [`|--B|${named}||x|--B--|`, [['a', undefined, 'x']]],
    [
      `--B \t|${named}||x|--B  |${named}||y|--B--|`,
      [
        ['a', undefined, 'x'],
        ['a', undefined, 'y'],
      ],
    ],
    [`--B|${named}||x|--Bc|--B-|-B|--|--B--|`, [['a', undefined, 'x\r\n--Bc\r\n--B-\r\n-B\r\n--']]],
    [`--B|${named}||x|--Bc-|--B\rc|--Bc\n|--B--|`, [['a', undefined, 'x\r\n--Bc-\r\n--B\rc\r\n--Bc\n']]],
    [`--B|content-disposition:form-data;NAME=a;FileName=f||x|--B--|`, [['a', 'f', 'x']]],
    [
      '--B|Content-Type: text/plain|Content-Disposition: form-data ; name = "a" ; filename=""||x|--B--|',
      [['a', '', 'x']],
    ],
    [
      '--B|Content-Disposition: form-data; name="a;b\\"=c"; filename="C:\\d\\f.txt"||x|--B--|',
      [['a;b"=c', 'C:\\d\\f.txt', 'x']],
    ],
    ['--B|Content-Disposition: form-data; filename="name=b"; name="a"||x|--B--|', [['a', 'name=b', 'x']]],
    ['--B|Content-Disposition: form-data; name="été—"||x|--B--|', [['été—', undefined, 'x']]],
    ['--B|Content-Disposition: form-data||x|--B--|', [[undefined, undefined, 'x']]],
    ['--B|Content-Disposition: file; name="a"||x|--B--|', [[undefined, undefined, 'x']]],
    ['--B||x|--B--|', [[undefined, undefined, 'x']]],
    ['--B--|', []],
  ])('of %s are %p', (body, parts) => {
    expect(partsOf(body)).toEqual(parts);
  });

  it.each([
    ['', 'the body has no line with the boundary "B"'],
    ['x', 'the body has no line with the boundary "B"'],
    [`--B|${named}||x`, 'the last part does not end with the boundary and two hyphens'],
    [`--B|${named}||x|--B`, 'the last part does not end with the boundary and two hyphens'],
    [`--B|${named}||--B--|--B--|`, 'part 1 has no blank line after its headers'],
    [`--B|${named}|x|--B--|`, 'part 1 has no blank line after its headers'],
  ])('of %s are %s', (body, why) => {
    expect(partsOf(body)).toBe(why);
  });

  it('need line breaks of two bytes', () => {
    expect(readParts(Buffer.from(`--B\n${named}\n\nx\n--B--\n`), 'B', anySize)).toBe(
      'the body has no line with the boundary "B"',
    );
  });

  it('keep every byte of any content', () => {
    const chunk = fc.oneof(
      fc.uint8Array({ maxLength: 20 }),
      fc.constantFrom('\r\n', '\r\n--', '\r\n--B', '--B--', '\r', '-').map((text) => Buffer.from(text)),
    );
    const contents = fc.array(
      fc.array(chunk, { maxLength: 6 }).map((chunks) => Buffer.concat(chunks)),
      { maxLength: 5 },
    );
    fc.assert(
      fc.property(contents, (all) => {
        fc.pre(all.every((content) => !content.includes('\r\n--B5x')));
        const lines = all.flatMap((content) => [
          Buffer.from(`--B5x\r\n${named}\r\n\r\n`),
          content,
          Buffer.from('\r\n'),
        ]);
        const parts = readParts(Buffer.concat([...lines, Buffer.from('--B5x--\r\n')]), 'B5x', anySize);
        expect(typeof parts === 'string' ? parts : parts.map(({ content }) => Buffer.from(content))).toEqual(all);
      }),
    );
  });

  it.each([
    ['lines that begin like the boundary', () => filled('\r\n--B')],
    ['parts without headers', () => filled('\r\n--B\r\n\r\nx')],
    ['a part without a blank line', () => `--B\r\n${filled('a\r\n')}\r\n--B--`],
    ['an open quote', () => `--B\r\nContent-Disposition: form-data; name="${filled('\\"')}\r\n\r\nx\r\n--B--`],
    ['many parameters', () => `--B\r\nContent-Disposition: form-data${filled('; ')}\r\n\r\nx\r\n--B--`],
    ['blanks before an equals sign', () => `--B\r\nContent-Disposition: form-data; a${filled(' ')}\r\n\r\nx\r\n--B--`],
  ])('are read in a time that grows with their length: %s', (_what, body) => {
    expect(growsWithItsLength(() => readParts(Buffer.from(body()), 'B', anySize))).toBe(true);
  });
});
