import { describe, expect, it } from '@jest/globals';
import { textOf } from './files';
import { askModule } from './modules';

describe('the README of the package', () => {
  const manifest = { version: '0.3.0', repository: { type: 'git', url: 'git+https://github.com/ann/s3.mock.git' } };
  const askReadme = (expression: string, values: object) => askModule('build/packed-readme.mjs', expression, values);
  const packed = (text: string) => askReadme('module.withAddresses(values.text, values.manifest)', { text, manifest });

  it.each([
    ['[a page](docs/tasks.md)', '[a page](https://github.com/ann/s3.mock/blob/v0.3.0/docs/tasks.md)'],
    ['[a part](docs/a.md#there)', '[a part](https://github.com/ann/s3.mock/blob/v0.3.0/docs/a.md#there)'],
    ['![a picture](docs/a.svg)', '![a picture](https://raw.githubusercontent.com/ann/s3.mock/v0.3.0/docs/a.svg)'],
    ['[here](#install)', '[here](#install)'],
    ['[the web](https://example.com/a)', '[the web](https://example.com/a)'],
    ['```md\n[code](docs/a.md)\n```', '```md\n[code](docs/a.md)\n```'],
  ])('has the address in front of files of the repository: %s', (text, expected) => {
    expect(packed(text)).toBe(expected);
  });

  it('keeps no link to a file beside it, and is as before when it is packed', () => {
    const text = textOf('README.md');
    const written = packed(text);
    expect(written).not.toMatch(/\]\((?!https:|#)/);
    expect(askReadme('module.withoutAddresses(values.text, values.manifest)', { text: written, manifest })).toBe(text);
  });

  it('is the README of the repository as long as there is no address', () => {
    const text = textOf('README.md');
    const values = { text, manifest: { version: '0.3.0' } };
    expect(askReadme('module.withAddresses(values.text, values.manifest)', values)).toBe(text);
  });
});
