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

  const dead = (text: string, own: object) => askReadme('module.findDead(values.text, values.own)', { text, own });

  it('leads nowhere on npm without an address: each file of a picture or a link is found once', () => {
    const text = [
      '![size](docs/a.svg) [a](docs/a.md) [`a`](docs/a.md) [here](#here) [web](https://example.com/a)',
      '[![a picture](docs/b.svg)](docs/b.md#there) <img src="docs/c.svg" alt="c">',
      '```md\n[code](docs/code.md)\n```',
    ].join('\n');
    expect(dead(text, { version: '0.3.0' })).toEqual({
      pictures: ['docs/a.svg', 'docs/b.svg', 'docs/c.svg'],
      links: ['docs/a.md', 'docs/b.md#there'],
    });
  });

  it('has no dead picture and no dead link once there is an address', () => {
    const text = textOf('README.md');
    expect(dead(text, manifest)).toEqual({ pictures: [], links: [] });
    expect(dead(text, { version: '0.3.0' })).toMatchObject({ links: expect.arrayContaining(['docs/tasks.md']) });
  });

  it('is the README of the repository as long as there is no address', () => {
    const text = textOf('README.md');
    const values = { text, manifest: { version: '0.3.0' } };
    expect(askReadme('module.withAddresses(values.text, values.manifest)', values)).toBe(text);
  });
});
