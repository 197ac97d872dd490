import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { root, textOf } from '../../house/files';
import { allows } from '../../matrix/node-range';
import { oldestNodes } from '../../matrix/nodes';
import { installOffline } from '../../support/offline-install';
import { type Packed, packLibrary } from '../../support/packed';
import { Project } from '../../support/project';
import { brokenLinks } from '../links';

const manifest = JSON.parse(textOf('package.json'));
const exported: Readonly<Record<string, string | { readonly types: string; readonly default?: string }>> =
  manifest.exports;
const entries = Object.entries(exported).flatMap(([subpath, target]) =>
  typeof target === 'string' || target.default === undefined
    ? []
    : [[subpath, { types: target.types, default: target.default }] as const],
);
/** The entry that has types alone, for a line of tsconfig.json. */
const ofTypes = './vitest-types';
/** The entries that load in their runner only; the others load anywhere. */
const ofRunners = ['./bun', './jest', './vitest'];

/** A reader's own project may have a src, such as SvelteKit's src/routes and Maven's src/main: only what ours holds counts. */
const ofRepository = new RegExp(
  String.raw`__tests__|(?<!\/)\bsrc\/(?:${readdirSync('src').join('|')})\b|CONTRIBUTING|docs\/(?:architecture|benchmarks\/|cos|decisions|examples|facts|refusals|releasing)\b|(?<![\w/])specification\/`,
);

const project = new Project('contents');
const folder = join(project.folder, 'node_modules/s3-versioning-mock');
let packed: Packed;

beforeAll(async () => {
  packed = await packLibrary();
  installOffline(project, packed.tarball);
});
afterAll(() => project.remove());

describe('the tarball', () => {
  it('has programs, their types, and the documents of users, and nothing else', () => {
    const others = packed.files.filter(
      ({ path }) =>
        !/^dist\/[\w/-]+(?:\.d)?\.m?[jt]s$/.test(path) && !/^docs\/(?:[\w-]+\/)?[\w-]+\.(?:md|svg|webp)$/.test(path),
    );
    const served = ['dist/door/openapi.json', 'dist/window/index.html', 'dist/window/window.css'];
    const played = ['dist/facts/cases.json.br'];
    const names = ['CHANGELOG.md', 'LICENSE', 'README.md', ...served, ...played, 'package.json'].toSorted();
    expect(others.map(({ path }) => path).toSorted()).toEqual(names);
    const sources = packed.files.filter(({ path }) => /(?<!\.d)\.m?ts$/.test(path) || path.includes('fuzz'));
    expect(sources).toEqual([]);
  });

  it('has fewer than 200 files, and the types in a file for each entry, two more for vitest, and two that they share', () => {
    expect(packed.files.length).toBeLessThan(200);
    const types = packed.files.map(({ path }) => path).filter((path) => /\.d\.m?ts$/.test(path));
    const ofEntries = entries.map(([, { types: file }]) => file.slice('./'.length));
    const ofVitest = ['dist/testing/vitest-required.d.ts', 'dist/testing/vitest-types.d.mts'];
    const others = [...ofVitest, 'dist/entries.d.ts', 'dist/types.d.ts'];
    expect(types.toSorted()).toEqual([...ofEntries, ...others].toSorted());
  });

  it('has no program or type that names a file which is not there, such as a source map or a path of the machine', () => {
    const built = packed.files.map(({ path }) => path).filter((path) => path.startsWith('dist/'));
    const texts = built.map((path) => ({ path, text: readFileSync(join(folder, path), 'utf8') }));
    const maps = texts.filter(({ text }) => /^\/\/# sourceMappingURL=|^\/\/ ?#region/m.test(text));
    expect(maps.map(({ path }) => path)).toEqual([]);
    const sources = texts.flatMap(({ text }) =>
      [...text.matchAll(/^\s*\/\/ (.*)$/gm)].map(([, source = '']) => source),
    );
    expect(sources).toContain('src/mock/mock-s3.ts');
    const others = sources.filter((source) => !/^src\/[\w/-]+\.(?:m?ts|json)$/.test(source));
    expect([...new Set(others)]).toEqual(['\\0rolldown/runtime.js']);
    expect(texts.filter(({ text }) => text.includes(root) || text.includes(tmpdir())).map(({ path }) => path)).toEqual(
      [],
    );
  });

  it('has programs in ASCII, which V8 keeps in half the bytes', () => {
    const programs = packed.files.map(({ path }) => path).filter((path) => /^dist\/(?!window\/).*\.js$/.test(path));
    expect(programs.length).toBeGreaterThan(10);
    expect(programs.filter((path) => /[^\0-\x7f]/.test(readFileSync(join(folder, path), 'utf8')))).toEqual([]);
  });

  it('has what each link of its documents leads to', () => {
    expect(pages().length).toBeGreaterThan(10);
    const broken = pages().flatMap((page) => brokenLinks(folder, page).map((target) => `${page}: ${target}`));
    expect(broken).toEqual([]);
  });

  it('has no document with a comment, which npm and editors show to readers of the text', () => {
    const comments = pages().flatMap((page) =>
      [...readFileSync(join(folder, page), 'utf8').matchAll(/<!--.*/g)].map(([comment]) => `${page}: ${comment}`),
    );
    expect(comments).toEqual([]);
  });

  it('has the facts that its documents cite, those that these cite, and no others', () => {
    const book = 'docs/reference/facts.md';
    const facts = new Map(
      readFileSync(join(folder, book), 'utf8')
        .split(/^(?=## |### )/m)
        .flatMap((text) => [...text.matchAll(/^### (F\d+) /g)].map(([, number = '']) => [number, text] as const)),
    );
    const documents = pages().filter((page) => page !== book);
    const cited = new Set(documents.flatMap((page) => factsIn(readFileSync(join(folder, page), 'utf8'))));
    expect(cited.size).toBeGreaterThan(40);
    for (const number of cited) for (const other of factsIn(facts.get(number) ?? '')) cited.add(other);
    expect([...facts.keys()].toSorted()).toEqual([...cited].toSorted());
  });

  it('has no document that names a file of the repository, unless it says so', () => {
    const named = pages().flatMap((page) => {
      const parts = readFileSync(join(folder, page), 'utf8').split(/\n\n|\n(?=- |\| )/);
      const strange = parts.filter((part) => ofRepository.test(part) && !/\brepository\b/.test(part));
      return strange.map((part) => `${page}: ${part}`);
    });
    expect(named).toEqual([]);
  });

  it('weighs what docs/benchmarks.md says', () => {
    const megabytes = (bytes: number) => bytes / 1e6;
    const weightOf = (pattern: RegExp) =>
      megabytes(packed.files.filter(({ path }) => pattern.test(path)).reduce((sum, { size }) => sum + size, 0));
    const [count, dependencies] = weighDependencies();
    const measured = {
      Download: [megabytes(packed.size)],
      Unpacked: [megabytes(packed.unpackedSize), packed.files.length],
      'Programs, types, documents': [/(?<!\.d)\.m?js$/, /\.d\.m?ts$/, /\.(?:md|svg)$/].map(weightOf),
      Dependencies: [count, megabytes(dependencies)],
    };
    for (const [name, values] of Object.entries(measured)) {
      const said = numbersInRow(name);
      expect({ name, said: said.length }).toEqual({ name, said: values.length });
      const wrong = values.filter((value, index) => Math.abs(value / (said[index] ?? 0) - 1) > 0.1);
      expect({ name, said, measured: values, wrong }).toMatchObject({ wrong: [] });
    }
  });
});

describe('the size that the README names', () => {
  it('is that of the tarball', () => {
    const said = Number(/(\d[\d.]*) MB unpacked/.exec(textOf('README.md'))?.[1]);
    const measured = packed.unpackedSize / 1e6;
    const difference = Math.abs(said / measured - 1);
    expect({ said, measured, isRight: difference <= 0.05 }).toMatchObject({ isRight: true });
  });
});

describe('each entry', () => {
  it.each(entries)('%s is in the tarball, with its types, also for old compilers', (subpath, target) => {
    const missing = [target.default, target.types].filter((file) => !existsSync(join(folder, file)));
    expect(missing).toEqual([]);
    if (subpath === '.')
      expect({ main: manifest.main, types: manifest.types }).toEqual({ main: target.default, types: target.types });
    else expect(manifest.typesVersions['*'][subpath.slice('./'.length)]).toEqual([target.types]);
  });

  it('that has types alone names them, also for old compilers', () => {
    const file = './dist/testing/vitest-types.d.mts';
    expect(exported[ofTypes]).toEqual({ types: file });
    expect(manifest.typesVersions['*'][ofTypes.slice('./'.length)]).toEqual([file]);
    expect(existsSync(join(folder, file))).toBe(true);
  });

  it('loads by require and by import, unless it belongs to a runner', async () => {
    const anywhere = entries.filter(([subpath]) => !ofRunners.includes(subpath)).map(([subpath]) => subpath);
    expect(anywhere).toEqual(expect.arrayContaining(['.', './guard']));
    const names = JSON.stringify(anywhere.map((subpath) => `s3-versioning-mock${subpath.slice(1)}`));
    project.write('load.cjs', `for (const name of ${names}) console.log(name, Object.keys(require(name)).length >= 0)`);
    project.write('load.mjs', `for (const name of ${names}) console.log(name, 'default' in (await import(name)))`);
    const lines = anywhere.map((subpath) => `s3-versioning-mock${subpath.slice(1)} true\n`).join('');
    expect(await project.run(['load.cjs'])).toEqual({ code: 0, stdout: lines, stderr: '' });
    expect(await project.run(['load.mjs'])).toEqual({ code: 0, stdout: lines, stderr: '' });
  });

  it('changes nothing but dns.lookup when it is loaded, unless sideEffects names it', async () => {
    project.write('effects.cjs', effects);
    const quiet = entries.filter(([, { default: file }]) => !manifest.sideEffects.includes(file));
    for (const file of manifest.sideEffects) expect(existsSync(join(folder, file))).toBe(true);
    const loud = './dist/testing/guard.js';
    expect(manifest.sideEffects).toContain(loud);
    const { stdout, ...ended } = await project.run([
      'effects.cjs',
      ...quiet.map(([, { default: file }]) => file),
      loud,
    ]);
    const [last, ...others] = stdout.trim().split('\n').toReversed();
    // undici takes a reference to dns.lookup when it is loaded, so the mock's own has to be there first.
    const expected = quiet.map(([subpath, { default: file }]) => (subpath === '.' ? `${file} lookup` : `${file} `));
    expect({ ...ended, quiet: others.toReversed() }).toEqual({ code: 0, stderr: '', quiet: expected });
    expect(last).toMatch(/^\.\/dist\/testing\/guard\.js \w/);
  });

  it('of the command line runs', async () => {
    const command = join(folder, manifest.bin['s3-versioning-mock']);
    expect(readFileSync(command, 'utf8')).toMatch(/^#!\/usr\/bin\/env node\n/);
    const run = await project.run(['--version'], {}, 'node_modules/.bin/s3-versioning-mock');
    expect(run).toEqual({ code: 0, stdout: expect.stringContaining(manifest.version), stderr: '' });
  });
});

describe('package.json', () => {
  it('publint has nothing to say about it', async () => {
    const publint = join(root, 'node_modules/publint/src/cli.js');
    const { code, stdout } = await project.run([publint, 'run', packed.tarball, '--strict'], { NO_COLOR: '1' });
    expect({ code, stdout }).toEqual({ code: 0, stdout: expect.stringMatching(/All good!\s*$/) });
  });

  it('leads each compiler to the types of each entry', async () => {
    const attw = join(root, 'node_modules/@arethetypeswrong/cli/dist/index.js');
    const plain = ['--format', 'ascii', '--no-emoji', '--no-color', '--no-definitely-typed'];
    const { stdout } = await project.run([attw, packed.tarball, ...plain]);
    const found = [...stdout.matchAll(/^"s3-versioning-mock([^"]*)"\n\n((?:.+\n)+)/gm)].map(
      ([, subpath = '', lines = '']) => [`.${subpath}`, lines.trim().split(/ *\n/)],
    );
    expect(Object.fromEntries(found)).toEqual({
      ...Object.fromEntries(entries.map(([subpath]) => [subpath, resolved('OK (CJS)', 'OK (CJS)')])),
      './vitest': resolved('OK (CJS)', 'OK (ESM)'),
      [ofTypes]: resolved('ESM (dynamic import only)', 'OK (ESM)'),
      './package.json': resolved('OK (JSON)', 'OK (JSON)'),
    });
  });

  it('allows no version of Node that a dependency excludes', () => {
    for (const name of Object.keys(manifest.dependencies)) {
      const { engines } = JSON.parse(project.read(`node_modules/${name}/package.json`));
      const range: string = engines?.node ?? '*';
      expect({ name, excluded: oldestNodes.filter((version) => !allows(range, version)) }).toEqual({
        name,
        excluded: [],
      });
    }
  });

  it('demands no peer: each is optional', () => {
    const optional = Object.fromEntries(
      Object.keys(manifest.peerDependencies).map((name) => [name, { optional: true }]),
    );
    expect(manifest.peerDependenciesMeta).toEqual(optional);
  });
});

function pages(): readonly string[] {
  return packed.files.map(({ path }) => path).filter((path) => path.endsWith('.md'));
}

function factsIn(text: string): readonly string[] {
  return [...text.matchAll(/(?<![\w#])F\d{1,4}\b|facts\.md#(f\d+)/g)].map(
    ([number, link]) => link?.toUpperCase() ?? number,
  );
}

function resolved(fromCommonJs: string, fromEsModule: string): readonly string[] {
  const other = fromEsModule === 'OK (JSON)' ? 'OK (JSON)' : 'OK';
  return [
    `node10: ${other}`,
    `node16 (from CJS): ${fromCommonJs}`,
    `node16 (from ESM): ${fromEsModule}`,
    `bundler: ${other}`,
  ];
}

/** Loads files of the package one after another, and says whether Node's modules, its globals or the process changed. */
const effects = `
const modules = ['net', 'tls', 'http', 'https', 'http2', 'dns', 'module', 'process'].map((name) => require('node:' + name));
const { createRequire } = require('node:module');
const subjects = [globalThis, process.env, require('net').Socket.prototype, require('http').Agent.prototype, ...modules];
const picture = () => [
  ...process.eventNames().map((name) => [name, process.listenerCount(name)]),
  ...subjects.flatMap((one) => Object.entries(Object.getOwnPropertyDescriptors(one)).map(([name, { value, get }]) => [name, value, get])),
];
const names = (rows, others) => rows.filter((row) => !others.some((one) => one[0] === row[0] && isSame(one, row))).map(([name]) => String(name));
const isSame = (one, other) => one.every((value, at) => Object.is(value, other[at]));
void TextDecoder; // Node makes it when it is asked for the first time
for (const file of process.argv.slice(2)) {
  const before = picture();
  require('./node_modules/s3-versioning-mock/' + file);
  const after = picture();
  console.log(file, [...new Set([...names(after, before), ...names(before, after)])].join(' '));
}`;

function weighDependencies(): readonly [count: number, bytes: number] {
  const { packages } = JSON.parse(project.read('node_modules/.package-lock.json'));
  const brought = Object.keys(packages).filter((path) => path !== 'node_modules/s3-versioning-mock');
  return [brought.length, brought.flatMap(bytesBelow).reduce((sum, bytes) => sum + bytes, 0)];
}

function bytesBelow(path: string): readonly number[] {
  const entries = readdirSync(join(project.folder, path), { recursive: true, withFileTypes: true });
  return entries.filter((one) => one.isFile()).map((one) => statSync(join(one.parentPath, one.name)).size);
}

function numbersInRow(name: string): readonly number[] {
  const row = new RegExp(`^\\| ${name} \\| (.*) \\|$`, 'm').exec(textOf('docs/benchmarks.md'))?.[1] ?? '';
  return [...row.matchAll(/\d[\d,.]*/g)].map(([number]) => Number(number.replaceAll(',', '')));
}
