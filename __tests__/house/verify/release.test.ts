import { spawnSync } from 'node:child_process';
import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, afterEach, describe, expect, it } from '@jest/globals';
import { plainEnvironment } from '../../support/plain-environment';
import { type Ended, Project } from '../../support/project';
import { findGit, itWith } from '../../support/tools';
import { root, textOf } from '../files';
import { askModule } from '../modules';

const repository = 'https://github.com/ann/mock';
const bare = { name: 'mock', version: '0.2.0', main: './dist/index.js', dependencies: { a: '1.0.0' } };
const manifest = {
  ...bare,
  repository: { type: 'git', url: `git+${repository}.git` },
  homepage: 'https://mock.example',
  bugs: { url: `${repository}/issues` },
  author: 'Ann',
};
const lock = { version: '0.2.0', packages: { '': { version: '0.2.0', dependencies: { a: '1.0.0' } } } };
const changelog = (heading: string, group = 'Added') =>
  `# Changelog\n\n## ${heading}\n\n### ${group}\n\n- A thing.\n\n## 0.2.0 - 2026-11-21\n\n### Added\n\n- The first.\n`;
const git = {
  changed: [],
  branch: 'main',
  head: 'c0ffee',
  origin: `${repository}.git`,
  tags: ['v0.2.0'],
  remote: { main: 'c0ffee', tags: ['v0.2.0'] },
};
const ready = {
  today: '2026-11-23',
  manifest,
  lock,
  manifestText: JSON.stringify(manifest),
  lockText: JSON.stringify(lock),
  changelog: changelog('Unreleased'),
  unaddressed: [],
  unpublished: [],
  dead: { pictures: [], links: [] },
  checks: ['npm ci', 'npm test'],
  git,
  packed: {
    files: ['CHANGELOG.md', 'LICENSE', 'README.md', 'dist/index.js', 'docs/a.md', 'package.json'],
    size: 900_000,
  },
};

function ask(expression: string, values: unknown): unknown {
  return askModule('build/release-plan.mjs', expression, values);
}

const states: readonly (readonly [what: string, state: object, problems: readonly string[]])[] = [
  ['nothing wrong', {}, []],
  [
    'files that are not committed',
    { git: { ...git, changed: [' M a.ts', ' M b.ts', '?? c.ts', '?? d.ts', '?? e.ts'] } },
    ['the tree is not clean:  M a.ts,  M b.ts, ?? c.ts, and 2 more; commit these files or remove them'],
  ],
  ['another branch', { git: { ...git, branch: 'work' } }, ['the branch is work; a release is made on main']],
  [
    'no branch',
    { git: { ...git, branch: undefined, origin: undefined, remote: undefined } },
    ['the branch is none; a release is made on main', 'git has no remote origin, where the tag is pushed to'],
  ],
  ['no git', { git: { problem: 'git is missing' } }, ['git is missing']],
  [
    'a commit that origin does not have',
    { git: { ...git, remote: { main: 'decaf', tags: [] } } },
    ['main of origin is another commit than this one; pull, or push it and wait for its tests'],
  ],
  [
    'an origin that does not answer',
    { git: { ...git, remote: { problem: 'not found' } } },
    ['origin does not answer: not found'],
  ],
  [
    'the origin of another repository',
    { git: { ...git, origin: 'git@github.com:bob/mock.git' } },
    [`origin of git is git@github.com:bob/mock.git, and package.json has the repository git+${repository}.git`],
  ],
  ['an origin in the form of ssh', { git: { ...git, origin: 'git@github.com:ann/mock.git' } }, []],
  [
    'an address in part',
    { manifest: { ...manifest, bugs: undefined, author: undefined } },
    ['package.json has no bugs, author: docs/releasing.md, "Before the first release"'],
  ],
  [
    'a text without the address',
    { unaddressed: ['SECURITY.md'] },
    ['SECURITY.md says that the project has no public address; write the address there'],
  ],
  [
    'a text that is true only before the first release',
    { unpublished: ['README.md'] },
    ['README.md says what is so before the first release; remove that'],
  ],
  ['a tag that exists', { git: { ...git, tags: ['v0.2.1'] } }, ['the tag v0.2.1 exists here']],
  [
    'a version that is published',
    { git: { ...git, remote: { ...git.remote, tags: ['v0.2.1'] } } },
    ['the tag v0.2.1 exists at origin; a version is published once'],
  ],
  [
    'a version that somebody wrote into package.json',
    { manifest: { ...manifest, version: '0.4.0' }, lock: { ...lock, version: '0.4.0' } },
    [
      'package.json has version 0.4.0; expected 0.2.0, or 0.2.1 already',
      'package-lock.json has another version than package.json: 0.4.0, 0.2.0',
    ],
  ],
  ['a greater version than the changes need', { wished: '0.3.0' }, []],
  ['the first stable version', { wished: '1.0.0' }, []],
  [
    'a version that leaves one out',
    { wished: '0.4.0' },
    ['0.4.0 cannot follow 0.2.0 with new features; expected 0.2.1 or 0.3.0 or 1.0.0'],
  ],
  [
    'a patch that breaks',
    { wished: '0.2.1', changelog: changelog('Unreleased', 'What breaks since 0.2.0') },
    ['0.2.1 cannot follow 0.2.0 with changes that break; expected 0.3.0 or 1.0.0'],
  ],
  [
    'a changelog whose version is another one',
    { wished: '0.3.0', changelog: changelog('0.2.1 - 2026-11-22') },
    ['the changelog begins with "0.2.1 - 2026-11-22", and the release is 0.3.0'],
  ],
  ['a changelog that is prepared', { changelog: changelog('0.2.1 - 2026-11-22') }, []],
  [
    'a changelog without a change',
    { changelog: '# Changelog\n\n## Unreleased\n\n## 0.2.0 - 2026-11-21\n\n- The first.\n' },
    ['the changelog has nothing below "Unreleased"'],
  ],
  [
    'a heading that says nothing',
    { changelog: changelog('Soon') },
    ['the changelog begins with "Soon"; expected Unreleased, or a version'],
  ],
  [
    'a changelog of one version',
    { changelog: '# Changelog\n\n## Unreleased\n\n- A thing.\n' },
    ['the changelog has no version that was published before, so that none can follow'],
  ],
  [
    'a lock of other packages',
    { lock: { ...lock, packages: { '': { version: '0.2.0', dependencies: { a: '2.0.0' } } } } },
    ['package-lock.json has other dependencies than package.json; run npm install'],
  ],
  [
    'a lock that says where packages are from',
    { lock: { ...lock, packages: { ...lock.packages, 'node_modules/a': { resolved: 'https://packages.example/a' } } } },
    ['package-lock.json says where 1 packages were fetched from, node_modules/a first; remove their lines "resolved"'],
  ],
  ['a package that was not built', { packed: { problem: 'there is no dist' } }, ['there is no dist']],
  [
    'a package with and without the wrong files',
    { packed: { files: ['CHANGELOG.md', 'LICENSE', 'README.md', 'package.json', 'src/a.ts'], size: 1 } },
    [
      'the package lacks dist/index.js; npm run build makes dist',
      'the package has src/a.ts, which files of package.json should leave out',
    ],
  ],
  [
    'a text at the top of the package that package.json names',
    {
      manifest: { ...manifest, files: ['dist', 'docs/**/*.md', '!docs/b.md', 'llms.txt'] },
      packed: { ...ready.packed, files: [...ready.packed.files, 'llms.txt'] },
    },
    [],
  ],
];

describe('the problems of a release', () => {
  const given = states.map(([, state]) => ({ ...ready, ...state }));
  const found = ask('values.map((state) => module.problemsOf(state))', given) as readonly unknown[];

  it.each(states.map(([what, , expected], index) => ({ what, expected, problems: found[index] })))(
    'with $what are found',
    ({ expected, problems }) => {
      expect(problems).toEqual(expected);
    },
  );

  it('are reported all at once, with what the release would do', () => {
    const dead = { pictures: ['docs/size.svg'], links: ['docs/a.md', 'docs/b.md#c'] };
    const state = { ...ready, manifest: bare, unaddressed: ['README.md'], dead, git: { ...git, branch: 'work' } };
    const report = ask('module.describeRelease(values, module.problemsOf(values))', state);
    expect(report).toBe(`Version 0.2.1, after 0.2.0: it cannot be released yet.
The package has 6 files, 0.90 MB.

This checkout has to change:
  1. the branch is work; a release is made on main
  2. package.json has no repository, homepage, bugs, author: docs/releasing.md, "Before the first release"
  3. README.md says that the project has no public address; write the address there

Dead in README.md on the page of npm, until package.json has a repository on GitHub:
  pictures (1):
    docs/size.svg
  links (2):
    docs/a.md
    docs/b.md#c

What a release will do then:
  1. write 0.2.1 into CHANGELOG.md, package.json, package-lock.json
  2. run .ci/run: npm ci, npm test
  3. commit them as "0.2.1"
  4. tag the commit v0.2.1
  5. push main and v0.2.1 to origin, both or neither
The tag starts .github/workflows/release.yml: .ci/run once more, then npm publish --provenance.`);
  });
});

describe('the least version', () => {
  const cases = [
    ['0.2.0', 'Added', '0.2.1'],
    ['0.2.0', 'Fixed', '0.2.1'],
    ['0.2.9', 'What breaks since 0.2.0', '0.3.0'],
    ['0.2.9', 'Breaking', '0.3.0'],
    ['0.2.9', 'Removed', '0.3.0'],
    ['0.2.9', 'Changed\n\n#### Breaking, and what to do', '0.3.0'],
    ['1.2.3', 'Fixed', '1.2.4'],
    ['1.2.3', 'Security', '1.2.4'],
    ['1.2.3', 'Changed', '1.3.0'],
    ['1.2.3', 'Deprecated', '1.3.0'],
    ['1.2.3', 'Removed', '2.0.0'],
    ['1.2.3', 'Breaking changes', '2.0.0'],
  ] as const;
  const logs = cases.map(([before, group]) => changelog('Unreleased', group).replace('## 0.2.0', `## ${before}`));
  const found = ask('values.map((changelog) => module.versionOf({ changelog }))', logs) as readonly object[];

  it.each(cases.map(([before, group, version], index) => ({ before, group, version, is: found[index] })))(
    'after $before with $group is $version',
    ({ before, version, is }) => expect(is).toEqual({ before, version }),
  );

  it('is breaking if an item says so below another heading', () => {
    const text = changelog('Unreleased').replace('- A thing.', '- **Breaking.** A thing.');
    expect(ask('module.versionOf({ changelog: values })', text)).toEqual({ before: '0.2.0', version: '0.3.0' });
  });

  it.each(['v0.3.0', '0.3', '1.0.0-beta.1', 'minor'])('is not %s', (wished) => {
    const question = `(() => { try { module.checkWishedVersion(values); } catch ({ message }) { return message; } })()`;
    expect(ask(question, wished)).toBe(
      `npm run tool release: invalid version '${wished}'; expected three numbers, such as 1.0.0`,
    );
  });

  it('of this project is a number', () => {
    const found = ask('module.versionOf(values)', { changelog: textOf('CHANGELOG.md') });
    const number = expect.stringMatching(/^\d+\.\d+\.\d+$/);
    expect(found).toEqual({ before: number, version: number });
  });
});

describe('the heading of a version', () => {
  it.each(['Unreleased', '[Unreleased]', '0.3.0 - Unreleased', '0.3.0 (unreleased)'])(
    'takes the place of %s',
    (before) => {
      const text = ask('module.releasedChangelog(values, "0.3.0", "2026-11-23")', changelog(before));
      expect(text).toBe(changelog('0.3.0 - 2026-11-23'));
    },
  );

  it('keeps a day that it has', () => {
    const text = changelog('0.3.0 - 2026-11-20');
    expect(ask('module.releasedChangelog(values, "0.3.0", "2026-11-23")', text)).toBe(text);
  });
});

describe('a tag', () => {
  const released = {
    ...ready,
    manifest: { ...manifest, version: '0.2.1' },
    lock: { version: '0.2.1', packages: { '': { ...lock.packages[''], version: '0.2.1' } } },
    changelog: changelog('0.2.1 - 2026-11-23'),
  };
  const problemsOf = (state: object, tag: string) => ask(`module.problemsOfTag(values, '${tag}')`, state);

  it('is published if the commit has its version', () => {
    expect(problemsOf(released, 'v0.2.1')).toEqual([]);
  });

  it('is not published without an address, or from another commit', () => {
    expect(problemsOf({ ...ready, manifest: { ...manifest, author: undefined } }, 'v0.2.1')).toEqual([
      'package.json has no author: docs/releasing.md, "Before the first release"',
      'the tag is v0.2.1, and package.json has version 0.2.0',
      'the changelog begins with "Unreleased"; expected 0.2.0 and its day',
    ]);
  });
});

describe('npm pack', () => {
  const project = new Project('packed-readme');
  afterAll(() => project.remove());

  it('packs the README with addresses, and leaves the README of the checkout as it was', () => {
    const { prepack, postpack } = JSON.parse(textOf('package.json')).scripts;
    const readme = '# Mock\n\n[Tasks](docs/tasks.md) ![size](docs/size.svg)\n';
    project.write('README.md', readme);
    project.write('build/packed-readme.mjs', textOf('build/packed-readme.mjs'));
    const repository = { type: 'git', url: 'git+https://github.com/ann/mock.git' };
    const scripts = { prepack: prepack.split(' && ').at(-1), postpack };
    project.write('package.json', JSON.stringify({ name: 'mock', version: '0.3.0', repository, scripts }));
    const options = { cwd: project.folder, env: plainEnvironment(), encoding: 'utf8' } as const;
    const { status, stderr } = spawnSync('npm', ['pack'], { ...options, shell: process.platform === 'win32' });
    expect({ status, stderr }).toMatchObject({ status: 0 });
    const { stdout } = spawnSync('tar', ['-xzOf', 'mock-0.3.0.tgz', 'package/README.md'], options);
    const [pages, pictures] = ['https://github.com/ann/mock/blob', 'https://raw.githubusercontent.com/ann/mock'];
    expect(stdout).toBe(`# Mock\n\n[Tasks](${pages}/v0.3.0/docs/tasks.md) ![size](${pictures}/v0.3.0/docs/size.svg)\n`);
    expect(project.read('README.md')).toBe(readme);
  });
});

class Checkout {
  readonly project = new Project('release');
  readonly remote = mkdtempSync(path.join(tmpdir(), 's3-versioning-mock-remote-'));

  constructor(own: object, checks = 'exit 0') {
    const files: Readonly<Record<string, string>> = {
      'package.json': `${JSON.stringify({ ...own, license: 'MIT', files: ['dist', 'CHANGELOG.md'] }, null, 2)}\n`,
      'package-lock.json': `${JSON.stringify(lock, null, 2)}\n`,
      'CHANGELOG.md': changelog('Unreleased', 'Removed'),
      'README.md': own === bare ? 'Before the first release … The project has no public address yet.\n' : '# Mock\n',
      LICENSE: 'MIT\n',
      'SECURITY.md': '# Security\n',
      'CODE_OF_CONDUCT.md': '# Conduct\n',
      '.ci/run': `#!/usr/bin/env bash\n${checks}\n`,
      '.gitignore': 'dist/\n',
      'dist/index.js': '',
    };
    for (const [file, text] of Object.entries(files)) this.project.write(file, text);
    chmodSync(path.join(this.project.folder, '.ci/run'), 0o755);
    this.git('init', '--quiet', '-b', 'main');
    this.git('config', 'user.name', 'Ann');
    this.git('config', 'user.email', 'ann@mock.example');
    this.git('add', '-A');
    this.git('commit', '--quiet', '-m', 'All of it');
  }

  push(): void {
    this.git('init', '--quiet', '--bare', '-b', 'main', this.remote);
    this.git('remote', 'add', 'origin', repository);
    this.git('config', `url.${pathToFileURL(this.remote)}.insteadOf`, repository);
    this.git('push', '--quiet', 'origin', 'main');
  }

  git(...args: readonly string[]): string {
    const { status, stdout, stderr } = spawnSync('git', args, {
      cwd: this.project.folder,
      env: { ...plainEnvironment(), GIT_CONFIG_NOSYSTEM: '1' },
      encoding: 'utf8',
    });
    if (status !== 0) throw new Error(`git ${args.join(' ')}: ${stderr}`);
    return stdout.trim();
  }

  release(...args: readonly string[]): Promise<Ended> {
    return this.project.run([path.join(root, 'build/release.mjs'), ...args], { GIT_CONFIG_NOSYSTEM: '1' });
  }

  state(): object {
    const remote = this.git('remote') === '' ? '' : this.git('ls-remote', 'origin');
    return {
      head: this.git('rev-parse', 'HEAD'),
      status: this.git('status', '--porcelain', '--ignored'),
      tags: this.git('tag', '--list'),
      remote,
    };
  }

  remove(): void {
    this.project.remove();
    rmSync(this.remote, { recursive: true, force: true });
  }
}

describe('npm run tool release', () => {
  const tool = findGit('2.28');
  let checkout: Checkout | undefined;
  afterEach(() => checkout?.remove());

  itWith(tool, 'names every problem of a checkout without an address, and changes nothing', async () => {
    checkout = new Checkout(bare);
    checkout.git('switch', '--quiet', '-c', 'work');
    checkout.project.write('a.txt', 'new');
    const before = checkout.state();
    const { code, stdout } = await checkout.release();
    expect({ code, lines: stdout.split('\n').filter((line) => /^ {2}\d/.test(line)) }).toEqual({
      code: 1,
      lines: [
        '  1. the tree is not clean: ?? a.txt; commit these files or remove them',
        '  2. the branch is work; a release is made on main',
        '  3. git has no remote origin, where the tag is pushed to',
        '  4. package.json has no repository, homepage, bugs, author: docs/releasing.md, "Before the first release"',
        '  5. README.md says that the project has no public address; write the address there',
        '  6. README.md says what is so before the first release; remove that',
        expect.stringMatching(/^ {2}1\. write 0\.3\.0 into CHANGELOG\.md, /),
        expect.stringMatching(/^ {2}2\. run \.ci\/run: /),
        '  3. commit them as "0.3.0"',
        '  4. tag the commit v0.3.0',
        '  5. push main and v0.3.0 to origin, both or neither',
      ],
    });
    expect(stdout.trimEnd()).toMatch(/Nothing was done\.$/);
    expect(checkout.state()).toEqual(before);
  });

  itWith(tool, 'changes nothing in a dry run that has no problems', async () => {
    checkout = new Checkout(manifest);
    checkout.push();
    const before = checkout.state();
    const { code, stdout, stderr } = await checkout.release('--dry-run');
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(stdout).toMatch(
      /^Version 0\.3\.0, after 0\.2\.0: nothing is missing\.\nThe package has 5 files, .*\n\nWhat it does:\n/,
    );
    expect(stdout.trimEnd()).toMatch(/Nothing was done: this was a dry run\.$/);
    expect(checkout.state()).toEqual(before);
  });

  itWith(tool, 'writes the version, commits, tags and pushes, once', async () => {
    checkout = new Checkout(manifest);
    checkout.push();
    const { code, stderr } = await checkout.release();
    expect({ code, stderr }).toMatchObject({ code: 0 });
    const files = checkout.git('show', '--name-only', '--format=%s', 'v0.3.0^{commit}').split('\n');
    expect(files.filter((line) => line !== '')).toEqual(['0.3.0', 'CHANGELOG.md', 'package-lock.json', 'package.json']);
    expect(checkout.project.read('CHANGELOG.md')).toMatch(
      /^# Changelog\n\n## 0\.3\.0 - \d{4}-\d{2}-\d{2}\n\n### Removed\n/,
    );
    expect(JSON.parse(checkout.project.read('package.json'))).toMatchObject({ version: '0.3.0' });
    expect(checkout.git('ls-remote', 'origin', 'main', 'v0.3.0^{}').split(/\s+/)).toEqual([
      checkout.git('rev-parse', 'HEAD'),
      'refs/heads/main',
      checkout.git('rev-parse', 'HEAD'),
      'refs/tags/v0.3.0^{}',
    ]);
    expect(await checkout.release('--tag', 'v0.3.0')).toMatchObject({ code: 0, stderr: '' });
    expect((await checkout.release('--tag', 'v0.3.1')).stderr).toBe(
      'the tag is v0.3.1, and package.json has version 0.3.0\n',
    );
    const again = await checkout.release('0.3.0', '--dry-run');
    expect({ code: again.code, again: again.stdout.match(/the tag v0\.3\.0 exists.*/g) }).toEqual({
      code: 1,
      again: ['the tag v0.3.0 exists here', 'the tag v0.3.0 exists at origin; a version is published once'],
    });
  });

  itWith(tool, 'commits and pushes nothing if the checks fail', async () => {
    checkout = new Checkout(manifest, 'exit 3');
    checkout.push();
    const before = checkout.state();
    const { code, stderr } = await checkout.release();
    expect({ code, stderr: stderr.split('\n').slice(0, 3) }).toEqual({
      code: 1,
      stderr: ['bash .ci/run ended with 3', '', expect.stringMatching(/^The release ended there\. /)],
    });
    checkout.git('restore', '.');
    expect(checkout.state()).toEqual(before);
  });
});
