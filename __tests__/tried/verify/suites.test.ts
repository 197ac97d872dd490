import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from '@jest/globals';
import { blocks } from '../../house/readme';
import { libraryProject } from '../../support/library-project';

const project = libraryProject('tried');
const runJest = ['node', 'node_modules/jest/bin/jest.js'];
const services = join(__dirname, 'services');

beforeAll(() => {
  for (const name of readdirSync(services)) project.write(name, readFileSync(join(services, name)));
  project.write('jest.config.js', 'module.exports = {};');
});

interface Finding {
  readonly verdict: string;
  readonly name: string;
  readonly evidence: string;
  readonly tests: readonly string[];
  readonly command: string;
}

interface TriedReport {
  readonly tests: number;
  readonly passes: number;
  readonly verdicts: Readonly<Record<string, number>>;
  readonly lines: readonly { readonly line: string; readonly findings: readonly Finding[] }[];
  readonly leftOut: readonly { readonly test: string; readonly why: string }[];
  readonly counts: Readonly<Record<string, number>>;
}

async function tryIt(args: readonly string[], command: readonly string[]) {
  const program = 'node_modules/s3-versioning-mock/dist/cli/run.js';
  const ended = await project.run([program, 'try', '--json', ...args, '--', ...command]);
  const read = (): TriedReport => JSON.parse(ended.stdout);
  return { ...ended, read };
}

function ofJest(name: string, code: string): string {
  project.write(`${name}.test.js`, `const { mockS3 } = require('s3-versioning-mock/jest');\n${code}`);
  return `${name}.test.js`;
}

describe('20 services with a mistake that their tests do not show', () => {
  it('show each of these mistakes', async () => {
    for (const part of [0, 1, 2, 3, 4]) ofJest(`planted${part}`, `require('./planted.suite').define(mockS3, ${part});`);
    const { code, read } = await tryIt(
      ['--passes', '30', '--also', 'kms', '--fail-on', 'not-noticed'],
      [...runJest, 'planted'],
    );
    const report = read();
    const looked = ['not noticed', 'does not survive', 'differs', 'arguable'];
    const findings = report.lines.flatMap((one) => one.findings).filter(({ verdict }) => looked.includes(verdict));
    const found = new Map(findings.flatMap(({ tests, name }) => tests.map((test) => [test.split(': ')[1], name])));
    expect({ code, tests: report.tests, found: found.size }).toEqual({ code: 1, tests: 20, found: 20 });
    expect({ isSame: found.get('isSame'), mirrorEvent: found.get('mirrorEvent') }).toEqual({
      isSame: 'buckets, kms',
      mirrorEvent: 'events, event order',
    });
  });
});

describe('10 services that are right, with tests that look at all of it', () => {
  it('show nothing for certain', async () => {
    const { code, read } = await tryIt(
      ['--passes', '30', '--also', 'versioning,retention,kms', '--fail-on', 'not-noticed,does-not-survive'],
      [...runJest, ofJest('right', "require('./right.suite').define(mockS3);")],
    );
    const { tests, verdicts, lines } = read();
    expect({ code, tests, lines }).toEqual({ code: 0, tests: 10, lines: [] });
    expect(Object.keys(verdicts)).toEqual(['noticed', 'survives']);
  });
});

describe('what is not known for certain', () => {
  it('gets no way, and is named or counted', async () => {
    const { read } = await tryIt([], [...runJest, ofJest('uncertain', "require('./uncertain').define(mockS3);")]);
    const { lines, leftOut, counts, verdicts } = read();
    expect(lines).toEqual([]);
    expect(leftOut).toEqual([
      { test: 'uncertain.test.js: other requests in each run', why: 'its requests differ between the two plain runs' },
      { test: 'uncertain.test.js: other state in later runs', why: 'it ends otherwise if it is repeated as it is' },
      {
        test: 'uncertain.test.js: share a variable',
        why: expect.stringMatching(/^its tests depend on each other, in \d passes$/),
      },
    ]);
    expect(counts).toMatchObject({ unknown: 2, ruled: 1, worlds: 1 });
    expect(Object.keys(verdicts)).toEqual(['noticed', 'survives']);
  });

  it('is arguable if S3 refuses what the client asks again, since it has applied the first', async () => {
    const file = ofJest(
      'again',
      "const { createOnce } = require('./right');\nmockS3({ buckets: { reports: {} } });\ntest('creates', async () => expect(await createOnce('a', 'x')).toBe(true));",
    );
    const { read } = await tryIt(['--only', 'PutObject reports/a, lost answer'], [...runJest, file]);
    const { verdicts, lines } = read();
    expect({ verdicts, evidence: lines[0]?.findings[0]?.evidence }).toEqual({
      verdicts: { arguable: 1 },
      evidence: 'the client asked again, and S3 refused that with PreconditionFailed',
    });
  });

  it('repeats no request of a test whose rules count requests', async () => {
    const file = ofJest(
      'rules',
      "const { put, find } = require('./right');\nconst s3 = mockS3({ buckets: { reports: {} } });\ntest('with a rule', async () => {\n  s3.on('GetObject').fail('SlowDown', { times: 1 });\n  await put('a', 'x');\n  expect(await find('a')).toBe('x');\n});",
    );
    const { code, stderr } = await tryIt(['--only', 'PutObject reports/a, one 503'], [...runJest, file]);
    expect(code).toBe(2);
    expect(stderr).toContain('no test has this way. Its request has: PutObject reports/a, AccessDenied;');
    expect(stderr).not.toContain('PutObject reports/a, lost answer');
  });

  it('is not tried at all if the suite is red as it is', async () => {
    const file = ofJest(
      'red',
      "mockS3({ buckets: { reports: {} } });\ntest('red', async () => { await require('./planted').put('a', 'x'); throw new Error('no'); });",
    );
    const { code, stderr } = await tryIt([], [...runJest, file]);
    expect(code).toBe(2);
    expect(stderr).toContain('The suite has to be green as it is, and these tests fail:\n  red.test.js: red\n');
  });

  it('is not tried if there is no such command', async () => {
    const { code, stderr } = await tryIt([], ['no-such-command']);
    expect({ code, stderr }).toEqual({
      code: 2,
      stderr: expect.stringContaining("there is no command 'no-such-command'"),
    });
  });
});

describe("the README's restore", () => {
  const [example] = blocks.filter(({ page, runner }) => page === 'docs/how-it-works.md' && runner === 'picture');
  const tsconfig = { module: 'node16', target: 'es2022', isolatedModules: true, esModuleInterop: true };
  const config = { testMatch: ['**/restore.test.ts'], transform: { '\\.ts$': ['ts-jest', { tsconfig }] } };
  const tryRestore = (code: string) => {
    project.write('restore.test.ts', code);
    project.write('restore.config.json', JSON.stringify(config));
    return tryIt(['--passes', '30'], [...runJest, '--config', 'restore.config.json']);
  };

  it('is named as a test that fails before anything is tried', async () => {
    const { code, stderr } = await tryRestore(example?.code ?? '');
    expect(code).toBe(2);
    expect(stderr).toContain('these tests fail:\n  restore.test.ts: restores a deleted file: with this library\n');
  });

  it('has nothing that is certain once it names the marker', async () => {
    const mended = (example?.code ?? '')
      .replace('if (DeleteMarkers.some(', 'const marker = DeleteMarkers.find(')
      .replace('IsLatest))', 'IsLatest);\n  if (marker)')
      .replace(
        'DeleteObjectCommand({ Bucket, Key }',
        'DeleteObjectCommand({ Bucket, Key, VersionId: marker.VersionId }',
      );
    const { code, stdout, read } = await tryRestore(mended);
    expect(code === 0 ? read().lines : stdout).toEqual([]);
    expect(Object.keys(read().verdicts)).toEqual(['noticed', 'survives']);
  });
});

const tests = `
test('publishes', async () => {
  await publish('q3', 'x');
  same(String(s3.bucket('reports').object('q3').body), 'x');
});
describe('others', () => {
  test('counts', async () => same(await count(), 2));
  test('purges', () => purge(['a', 'b']));
});
`;
const state = "{ buckets: { reports: { objects: { a: '1', b: '2' } } } }";
const same = "const same = (one, other) => { if (one !== other) throw new Error(one + ' and ' + other); };";

const suites: Readonly<Record<string, readonly [file: string, code: string, command: readonly string[]]>> = {
  jest: [
    'store.test.js',
    `const { mockS3 } = require('s3-versioning-mock/jest'); const { publish, count, purge } = require('./store'); const s3 = mockS3(${state}); ${same}${tests}`,
    [...runJest, 'store.test.js'],
  ],
  vitest: [
    'store.spec.mjs',
    `import { describe, test } from 'vitest'; import { mockS3 } from 's3-versioning-mock/vitest'; import { publish, count, purge } from './store.js'; const s3 = mockS3(${state}); ${same}${tests}`,
    ['node', 'node_modules/vitest/vitest.mjs', 'run', 'store.spec.mjs'],
  ],
  'vitest with threads': [
    'store.spec.mjs',
    `import { describe, test } from 'vitest'; import { mockS3 } from 's3-versioning-mock/vitest'; import { publish, count, purge } from './store.js'; const s3 = mockS3(${state}); ${same}${tests}`,
    ['node', 'node_modules/vitest/vitest.mjs', 'run', '--pool=threads', 'store.spec.mjs'],
  ],
  mocha: [
    'store.mocha.cjs',
    `const { mockS3 } = require('s3-versioning-mock'); const { publish, count, purge } = require('./store'); const s3 = mockS3(${state}); const test = it; beforeEach(() => s3.reset()); after(() => s3.stop()); ${same}${tests}`,
    ['node', 'node_modules/mocha/bin/mocha.js', 'store.mocha.cjs'],
  ],
};

/** Writes the suite of a runner, and returns its command. */
function writeSuite(runner: string): readonly string[] {
  const [file, code, command] = suites[runner] ?? ['', '', []];
  project.write(file, code);
  return command;
}

describe('each runner that tells of its tests', () => {
  it.each(Object.keys(suites))('%s: shows the same', async (runner) => {
    const command = writeSuite(runner);
    const { read } = await tryIt(['--passes', '4'], command);
    const findings = read().lines.flatMap(({ line, findings: list }) =>
      list.map(({ verdict, name }) => `${line}  ${verdict}: ${name}`),
    );
    expect(findings).toEqual([
      'store.js:10  not noticed: PutObject reports/index.json, AccessDenied',
      'store.js:13  does not survive: ListObjectsV2 reports/, pages of one',
      'store.js:18  differs: DeleteObjects reports/, entry fails',
    ]);
  });

  it('runs a way alone by the command that the report prints', async () => {
    writeSuite('jest');
    const only = ['--only', 'PutObject reports/index.json, AccessDenied'];
    const { read } = await tryIt(only, [...runJest, 'store.test.js', '-t', '^publishes$']);
    const [found] = read().lines.flatMap(({ findings }) => findings);
    expect({ verdicts: read().verdicts, command: found?.command }).toEqual({
      verdicts: { 'not noticed': 1 },
      command:
        "npx s3-versioning-mock try --only 'PutObject reports/index.json, AccessDenied' -- node node_modules/jest/bin/jest.js store.test.js -t '^publishes$'",
    });
  });

  it('leaves out an accepted way', async () => {
    writeSuite('jest');
    const way = 'PutObject reports/index.json, AccessDenied';
    project.write('accepted.json', JSON.stringify([{ way, reason: 'The index is made anew each night.' }]));
    const { code, read } = await tryIt(
      ['--only', way, '--accept', 'accepted.json', '--fail-on', 'not-noticed'],
      [...runJest, 'store.test.js'],
    );
    expect({ code, lines: read().lines }).toEqual({ code: 0, lines: [] });
  });
});
