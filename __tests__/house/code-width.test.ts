import { describe, expect, it } from '@jest/globals';
import { filesIn, textOf } from './files';
import { mostColumns, wideLines } from './reference/narrow-code';

/** What readers copy. The cases of the specification are read, and show whole documents of S3. */
const documents = [
  'README.md',
  ...filesIn('docs').filter((file) => /^docs\/(?:guides\/|reference\/|[a-z-]+\.md$)/.test(file)),
];

/** A printed screen, a log and a drawing are not code. */
const codeBlock = /^ *```(?!text|mermaid|console)\w.*\n([\s\S]*?)\n *```$/gm;

describe('code that readers copy', () => {
  it(`has at most ${mostColumns} columns, except for a text that cannot be broken`, () => {
    const wide = documents
      .filter((file) => file.endsWith('.md'))
      .flatMap((file) =>
        [...textOf(file).matchAll(codeBlock)].flatMap(([, code = '']) =>
          wideLines(code).map((line) => `${file}: ${line}`),
        ),
      );
    expect(wide).toEqual([]);
  });
});
