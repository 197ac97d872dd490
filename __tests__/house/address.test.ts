import { describe, expect, it } from '@jest/globals';
import { root, textOf } from './files';
import { mendedBy } from './mended-by';
import { askModule } from './modules';

interface Written {
  readonly file: string;
  readonly before: string;
  readonly text: string;
}

const nothing = { repository: '', homepage: '', bugs: '', author: '', contact: '' };
const whole = {
  repository: 'https://github.com/ann/s3.mock',
  homepage: 'https://mock.example/documents/',
  bugs: 'https://github.com/ann/s3.mock/issues',
  author: 'Ann of the Example <ann@mock.example>',
  contact: 'security+mock@mock.example',
};

function ask(expression: string, values: unknown): unknown {
  return askModule('build/address.mjs', expression, values);
}

function textsWith(address: object): Readonly<Record<string, string>> {
  const written = ask('module.writtenTexts(values.root, values.address)', { root, address }) as readonly Written[];
  return Object.fromEntries(written.map(({ file, text }) => [file, text]));
}

function problemsOf(address: object): unknown {
  return ask('[...module.wrongFieldsOf(values), ...module.missingFieldsOf(values)]', address);
}

describe('address.json', () => {
  const written = ask('module.writtenTexts(values, module.readAddress(values))', root) as readonly Written[];

  it('is right, as far as it is filled', () => {
    expect(ask('module.wrongFieldsOf(values)', JSON.parse(textOf('address.json')))).toEqual([]);
    expect(Object.keys(JSON.parse(textOf('address.json')))).toEqual(Object.keys(nothing));
  });

  it.each(written)('is in $file', ({ before, text }) => {
    mendedBy('npm run generate address', () => expect(before).toBe(text));
  });
});

describe('an address that is not decided', () => {
  it('is named field by field, with what is missing', () => {
    expect(problemsOf(nothing)).toEqual([
      'address.json: repository is empty; expected the address of a repository of GitHub, https://github.com/OWNER/NAME',
      'address.json: homepage is empty; expected the https address of the documents',
      'address.json: bugs is empty; expected the https address where issues are opened',
      'address.json: author is empty; expected a name, or a name and an e-mail address, NAME <NAME@HOST>',
      'address.json: contact is empty; expected an e-mail address that only maintainers read',
    ]);
    expect(problemsOf({})).toEqual(problemsOf(nothing));
  });

  it('is in no text, and the texts say what to do meanwhile', () => {
    const texts = textsWith(nothing);
    expect(Object.keys(JSON.parse(texts['package.json'] ?? ''))).not.toEqual(
      expect.arrayContaining([expect.stringMatching(/^(?:repository|homepage|bugs|author)$/)]),
    );
    for (const file of ['SECURITY.md', 'CODE_OF_CONDUCT.md'])
      expect(texts[file]).toContain('The project has no public address yet; its first release names one here.');
    expect(texts['.github/ISSUE_TEMPLATE/config.yml']).not.toContain('contact_links');
    expect(texts['README.md']).toContain('The project has no public address yet; its first release names one here.');
  });

  it('leaves out only what it lacks', () => {
    const texts = textsWith({ ...nothing, homepage: whole.homepage });
    expect(JSON.parse(texts['package.json'] ?? '')).toMatchObject({ homepage: whole.homepage });
    expect(texts['.github/ISSUE_TEMPLATE/config.yml']).toContain(`url: ${whole.homepage}`);
    expect(texts['.github/ISSUE_TEMPLATE/config.yml']).not.toContain('security/policy');
    expect(texts['SECURITY.md']).toContain('has no public address');
  });
});

describe('a whole address', () => {
  it('has no problems, and is in each text that names it', () => {
    expect(problemsOf(whole)).toEqual([]);
    const texts = textsWith(whole);
    expect(JSON.parse(texts['package.json'] ?? '')).toMatchObject({
      homepage: whole.homepage,
      bugs: { url: whole.bugs },
      repository: { type: 'git', url: 'git+https://github.com/ann/s3.mock.git' },
      author: whole.author,
    });
    expect(texts['SECURITY.md']).toContain('Write to <security+mock@mock.example>, which only the maintainers read.');
    expect(texts['CODE_OF_CONDUCT.md']).toContain('Write to <security+mock@mock.example>');
    expect(texts['.github/ISSUE_TEMPLATE/config.yml']).toContain('url: https://github.com/ann/s3.mock/security/policy');
    expect(texts['README.md']).toContain(`[open an issue](${whole.bugs}).`);
    expect(texts['README.md']).toContain('[in private](https://github.com/ann/s3.mock/security/policy).');
    for (const file of ['README.md', 'SECURITY.md', 'CODE_OF_CONDUCT.md'])
      expect(texts[file]).not.toContain('has no public address');
  });

  it('is taken out again if its field is emptied', () => {
    const question = `(() => {
      const [manifest] = module.writtenTexts(values.root, values.whole);
      return manifest.file === 'package.json' && module.withAddress(JSON.parse(manifest.text), values.nothing);
    })()`;
    expect(ask(question, { root, whole, nothing })).toEqual(JSON.parse(textsWith(nothing)['package.json'] ?? ''));
  });
});

describe('a wrong address', () => {
  const expected = {
    repository: 'the address of a repository of GitHub, https://github.com/OWNER/NAME',
    homepage: 'the https address of the documents',
    bugs: 'the https address where issues are opened',
    author: 'a name, or a name and an e-mail address, NAME <NAME@HOST>',
    contact: 'an e-mail address that only maintainers read',
  };

  it.each<[field: keyof typeof expected, value: unknown]>([
    ['repository', 'ann/mock'],
    ['repository', 'https://github.com/ann'],
    ['repository', 'https://github.com/ann/mock.git'],
    ['repository', 'git+https://github.com/ann/mock'],
    ['homepage', 'mock.example'],
    ['homepage', 'http://mock.example'],
    ['homepage', 'https://'],
    ['bugs', 'ann@mock.example'],
    ['bugs', ' '],
    ['author', '<ann@mock.example>'],
    ['author', 'Ann <ann>'],
    ['contact', 'https://mock.example/contact'],
    ['contact', 'ann@localhost'],
    ['contact', 3],
  ])('is named with its value: %s %j', (field, value) => {
    const message = `address.json: invalid ${field} ${JSON.stringify(value)}; expected ${expected[field]}`;
    expect(problemsOf({ ...whole, [field]: value })).toEqual([message]);
  });

  it('is named if it has a field that nothing reads', () => {
    const { repository, ...others } = whole;
    expect(problemsOf({ ...others, repo: repository })).toEqual([
      'address.json: unknown field repo; expected repository, homepage, bugs, author, contact',
      'address.json: repository is empty; expected the address of a repository of GitHub, https://github.com/OWNER/NAME',
    ]);
  });

  it.each([
    ['{', /^address\.json: .*JSON/],
    ['[]', /^address\.json: it is not an object/],
  ])('is named if it is the text %s', (text, message) => {
    const question = `(() => { try { return module.parseAddress(values); } catch ({ message }) { return message; } })()`;
    expect(ask(question, text)).toMatch(message);
  });
});

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
