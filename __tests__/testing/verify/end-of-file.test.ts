import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from '@jest/globals';
import { root } from '../../house/files';
import { type JestRun, passed, readJestRun } from '../../support/jest-run';
import { libraryProject } from '../../support/library-project';

// Each run is a jest of its own, whose files share one process, as those of one worker do.
const project = libraryProject('end-of-file');
const entry = "const { mockS3 } = require('s3-versioning-mock/jest');";
// A guard of the house finds tests of our own that are skipped.
const skip = 'skip';
const ask = `
const https = require('node:https');
const lookup = (host, { all }, done) => (all ? done(null, [{ address: '127.0.0.1', family: 4 }]) : done(null, '127.0.0.1', 4));
/** What a request to S3 gets: the code or the status of an answer, or the error. A request that leaves the process goes to this machine, where nothing listens. */
globalThis.ask = (host = 'vault.s3.amazonaws.com') => new Promise((resolve) => {
  https.get({ host, path: '/?versioning', lookup, agent: false }, (response) => {
    let body = '';
    response.on('data', (chunk) => (body += chunk)).on('end', () => resolve(/<Code>(.*)<.Code>/.exec(body)?.[1] ?? response.statusCode));
  }).on('error', (error) => resolve(error.code === 'ECONNREFUSED' ? 'looked up ' + host : error.message));
});
`;
const outside = `
const net = require('node:net');
const isOurs = !Object.hasOwn(net.Socket.prototype.connect, 'prototype');
test('outside', async () => {
  expect(isOurs).toBe(false);
  expect(await ask()).toBe('looked up vault.s3.amazonaws.com');
});
`;
/** The same after a file that threw while it was loaded: jest loads the next one at once, so our functions are there, and let all pass. */
const passing = outside.replace('expect(isOurs).toBe(false);', '');

beforeAll(() => {
  project.write('ask.js', ask);
  project.write(
    'in-order.js',
    `const Sequencer = require('${join(root, 'node_modules/@jest/test-sequencer')}').default;
     module.exports = class extends Sequencer {
       sort(tests) { return [...tests].sort((one, other) => (one.path < other.path ? -1 : 1)); }
     };`,
  );
});

async function run(
  files: Readonly<Record<string, string>>,
  setupFiles: readonly string[] = [],
  filter = '',
): Promise<JestRun> {
  const folder = `run-${Object.keys(files).join('-').replace(/\W+/g, '-').slice(0, 80)}`;
  for (const [name, text] of Object.entries(files)) project.write(`${folder}/${name}.test.js`, text);
  const config = JSON.stringify({
    testMatch: [`**/${folder}/*.test.js`],
    setupFiles: ['<rootDir>/ask.js', ...setupFiles],
    testSequencer: '<rootDir>/in-order.js',
    transform: {},
    haste: { enableSymlinks: false },
  });
  const args = ['--config', config, '--runInBand', '--json', '--no-color', ...(filter ? ['-t', filter] : [])];
  return readJestRun(await project.jest(args));
}

const firstLines = ({ tests }: JestRun) =>
  Object.fromEntries(
    Object.entries(tests).map(([name, [status, message]]) => [
      name,
      `${status} ${message.split('\n')[0]}`.replace(/\s+/g, ' ').trim(),
    ]),
  );

describe('a mock at file level ends with its file', () => {
  test('whatever becomes of its tests', async () => {
    const ended = await run(
      {
        '10-skipped': `${entry} mockS3(); test.${skip}('outside', () => {});`,
        '11-after': outside,
        '20-filtered': `${entry} mockS3(); test('another', () => {});`,
        '21-after': outside,
        '30-hook-fails': `${entry} beforeAll(() => { throw new Error('thrown by a hook'); }); mockS3(); test('outside', () => {});`,
        '31-after': outside,
        '40-describe-skipped': `${entry} describe.${skip}('a describe', () => { mockS3(); test('outside', () => {}); });`,
        '41-after': outside,
        '50-describe-throws': `${entry} mockS3(); describe('outside', () => { throw new Error('thrown by a describe'); });`,
        '51-after': passing,
        '52-after': outside,
        '60-file-throws': `${entry} mockS3(); throw new Error('thrown by the file');`,
        '61-after': passing,
        '62-another-mock': `${entry} mockS3(); test('outside', async () => expect(await ask()).toBe('NoSuchBucket'));`,
        '63-after': outside,
        '64-file-throws': `${entry} mockS3(); throw new Error('thrown by the file');`,
        '65-another-mock': `${entry} mockS3(); test('outside', async () => expect(await ask()).toBe('NoSuchBucket'));`,
        '70-stopped': `${entry} const s3 = mockS3(); test('outside', () => s3.stop());`,
        '71-after': outside,
      },
      [],
      'outside',
    );
    expect(firstLines(ended)).toEqual({
      '10-skipped: outside': 'pending',
      '20-filtered: another': 'pending',
      '30-hook-fails: outside': 'failed Error: thrown by a hook',
      '40-describe-skipped: outside': 'pending',
      '50-describe-throws': 'broken ● Test suite failed to run',
      '60-file-throws': 'broken ● Test suite failed to run',
      '62-another-mock: outside': 'passed',
      '64-file-throws': 'broken ● Test suite failed to run',
      '65-another-mock: outside': 'passed',
      '70-stopped: outside': 'passed',
      ...Object.fromEntries(
        ['11', '21', '31', '41', '51', '52', '61', '63', '71'].map((n) => [`${n}-after: outside`, 'passed']),
      ),
    });
    expect(ended.stderr).not.toContain('left its S3 mock running');
  });
});

describe('under jest 29, which has no events for other code', () => {
  const hidden = "Object.defineProperty(globalThis, Symbol.for('EVENT_HANDLERS'), { value: undefined });";

  test('a mock ends with its file, and a failed test shows what S3 refused', async () => {
    const { tests } = await run({
      '10-skipped': `${hidden} ${entry} mockS3(); test.${skip}('outside', () => {});`,
      '11-after': passing,
      '20-fails': `${hidden} ${entry} mockS3(); test('refused', async () => { await ask(); throw new Error('thrown by a test'); });`,
      '21-after': passing,
    });
    const [status, message] = tests['20-fails: refused'] ?? [];
    expect({ status, message }).toEqual({
      status: 'failed',
      message: expect.stringMatching(
        /^Error: thrown by a test\n\nS3 refused 1 request of this test: GetBucketVersioning vault 404/,
      ),
    });
    expect([tests['11-after: outside'], tests['21-after: outside']]).toEqual([passed, passed]);
  });
});

describe('a mock at file level captures from its call on', () => {
  test('what modules send while they load, and hooks above it', async () => {
    project.write('loads.js', 'module.exports = ask();');
    const { tests } = await run({
      '10-above': `
        let above; beforeAll(async () => { above = await ask(); });
        ${entry} mockS3();
        const loaded = require('../loads.js');
        test('hooks and modules', async () => expect([await loaded, above]).toEqual(['NoSuchBucket', 'NoSuchBucket']));`,
    });
    expect(tests).toEqual({ '10-above: hooks and modules': passed });
  });
});

const refused = (host: string, why: string) =>
  `connect ENETUNREACH ${host}:443 - refused by the S3 mock: no running mock answers it${why}`;

describe('a mock in a describe', () => {
  test('captures from its first hook to its last, and no request to S3 leaves the file', async () => {
    const { tests } = await run({
      '10-describe': `
        ${entry}
        const refused = (host) => expect.stringMatching(
          '^connect ENETUNREACH ' + host + ':443 - refused by the S3 mock: no running mock answers it. The mock created at .*10-describe.test.js:15:11 runs from '
        );
        describe('a describe without a mock', () => {
          test('before it', async () => {
            expect(await ask()).toEqual(refused('vault.s3.amazonaws.com'));
            expect(await ask('own.test')).toBe('looked up own.test');
          });
        });
        describe('a describe', () => {
          let first;
          beforeAll(async () => { first = await ask(); });
          mockS3({ hosts: ['own.test'] });
          const body = ask();
          const ownInBody = ask('own.test');
          afterAll(async () => expect(await ask()).toBe('NoSuchBucket'));
          test('in it', async () => {
            expect([first, await ask(), await ask('vault.own.test')]).toEqual(['NoSuchBucket', 'NoSuchBucket', 'NoSuchBucket']);
            expect([await body, await ownInBody]).toEqual([refused('vault.s3.amazonaws.com'), refused('own.test')]);
          });
        });
        describe('another describe without a mock', () => {
          test('after it', async () => {
            expect(await ask()).toEqual(refused('vault.s3.amazonaws.com'));
            expect(await ask('own.test')).toBe('looked up own.test');
          });
        });`,
      '11-after': outside,
    });
    expect(Object.values(tests)).toEqual([passed, passed, passed, passed]);
  });

  test('leaves the requests to a mock that runs already', async () => {
    const { tests } = await run({
      '10-main': `
        ${entry}
        const main = require('s3-versioning-mock').mockS3();
        afterAll(() => main.stop());
        describe.${skip}('a describe', () => { mockS3(); test('never', () => {}); });
        test('answered', async () => expect(await ask()).toBe('NoSuchBucket'));`,
    });
    expect(tests['10-main: answered']).toEqual(passed);
  });

  test('answers in each run of a describe that is retried, with keys for SDKs', async () => {
    const { tests } = await run({
      '10-retried': `
        ${entry}
        describe('a describe', () => {
          let runs = 0;
          jest.retryTimes(1, { entireDescribe: true });
          mockS3();
          test('again', async () => {
            expect(await ask()).toBe('NoSuchBucket');
            expect(process.env.AWS_ACCESS_KEY_ID).toMatch(/^AKIA/);
            expect(++runs).toBe(2);
          });
        });`,
      '20-test-retried': `
        ${entry}
        let runs = 0;
        mockS3();
        jest.retryTimes(1);
        test('again', async () => { expect(await ask()).toBe('NoSuchBucket'); expect(++runs).toBe(2); });`,
    });
    expect(tests).toEqual({ '10-retried: again': passed, '20-test-retried: again': passed });
  });
});

describe('s3-versioning-mock/guard in setupFiles', () => {
  const guard = ['s3-versioning-mock/guard'];

  test('refuses requests to S3 wherever no mock runs, also while modules load', async () => {
    project.write('loads.js', 'module.exports = ask();');
    const why = ', and s3-versioning-mock/guard was imported. Call mockS3() before this request is sent; called from ';
    const { tests } = await run(
      {
        '20-no-mock': `
          const loaded = require('../loads.js');
          test('outside', async () => {
            const refused = expect.stringContaining(${JSON.stringify(refused('vault.s3.amazonaws.com', why))});
            expect([await loaded, await ask()]).toEqual([refused, refused]);
            expect(await ask('example.test')).toBe('looked up example.test');
          });`,
        '21-mock': `${entry} mockS3(); test('answered', async () => expect(await ask()).toBe('NoSuchBucket'));`,
        '22-main': `
          const { mockS3 } = require('s3-versioning-mock');
          test('answered while it runs', async () => {
            const s3 = mockS3();
            expect(await ask()).toBe('NoSuchBucket');
            await s3.stop();
            expect(await ask()).toContain('no running mock');
          });`,
      },
      guard,
    );
    expect(tests).toEqual({
      '20-no-mock: outside': passed,
      '21-mock: answered': passed,
      '22-main: answered while it runs': passed,
    });
  });

  test('ends with its file', async () => {
    project.write(
      'guarded/1.test.js',
      "test('guarded', async () => expect(await ask()).toContain('no running mock'));",
    );
    project.write('unguarded/2.test.js', outside);
    const settings = { rootDir: project.folder, testSequencer: '<rootDir>/in-order.js', transform: {} };
    const projects = [
      { ...settings, testMatch: ['**/guarded/*.test.js'], setupFiles: ['<rootDir>/ask.js', ...guard] },
      { ...settings, testMatch: ['**/unguarded/*.test.js'], setupFiles: ['<rootDir>/ask.js'] },
    ];
    project.write('projects.json', JSON.stringify({ ...settings, projects }));
    const { code, stderr } = await project.jest(['--config', 'projects.json', '--runInBand']);
    expect({ code, stderr }).toEqual({ code: 0, stderr: expect.stringContaining('Tests:       2 passed, 2 total') });
  });
});

// docs/limits.md says so.
describe('a request that a file sends after its end', () => {
  const file = join(project.folder, 'late.txt');
  const late = `
    ${entry}
    mockS3();
    const fs = require('node:fs');
    const sent = require('node:https'); // the files of a worker share Node's modules
    test('is over at once', () => {
      setTimeout(() => ask().then((text) => {
        sent.late = text;
        fs.writeFileSync(${JSON.stringify(file)}, text);
      }), 500);
    });`;
  const next = `
    const sent = require('node:https');
    test('waits for it', async () => {
      while (sent.late === undefined) await new Promise((resolve) => setTimeout(resolve, 20));
      const text = sent.late;
      delete sent.late;
      expect(text).toContain(WHAT);
    });`;

  test.each([
    ['leaves', [], 'looked up vault.s3.amazonaws.com'],
    ['is refused while a file with the guard in setupFiles runs', ['s3-versioning-mock/guard'], 'no running mock'],
  ])('%s', async (_title, setupFiles, what) => {
    const files = { '40-late': late, '41-next': next.replace('WHAT', JSON.stringify(what)) };
    const { tests } = await run(files, setupFiles);
    expect(tests['41-next: waits for it']).toEqual(passed);
  });

  test.each([[[]], [['s3-versioning-mock/guard']]])(
    'leaves after the last file, with setupFiles %j',
    async (setupFiles) => {
      rmSync(file, { force: true });
      await run({ '42-late': late }, setupFiles);
      expect(readFileSync(file, 'utf8')).toBe('looked up vault.s3.amazonaws.com');
    },
  );
});

describe('a mock of the main entry that its file left running', () => {
  test('refuses the requests of other files, with one warning that has the line of its call', async () => {
    const { tests, stderr } = await run({
      '30-leaves': `
        const { mockS3 } = require('s3-versioning-mock');
        test('answered', async () => { mockS3(); expect(await ask()).toBe('NoSuchBucket'); });`,
      '31-knows-nothing': `test('refused', async () => expect([await ask(), await ask()]).toEqual(['S3MockLeft', 'S3MockLeft']));`,
      '32-makes-one': `${entry} mockS3(); test('answered', async () => expect(await ask()).toBe('NoSuchBucket'));`,
      '33-after': outside,
    });
    expect(Object.values(tests)).toEqual([passed, passed, passed, passed]);
    const warnings = stderr.split('\n').filter((line) => line.includes('S3MockWarning'));
    expect(warnings).toEqual([
      expect.stringMatching(
        /30-leaves\.test\.js left its S3 mock running \(started at .*30-leaves\.test\.js:3:\d+\); its test file has ended, so it refuses the requests of other files$/,
      ),
    ]);
  });
});

describe('a file that is over', () => {
  test('stays in memory neither by its mock nor by the guard', async () => {
    project.write('leaks/1.test.js', `${entry} mockS3(); test('a mock', () => {});`);
    project.write('leaks/2.test.js', "test('no mock', () => {});");
    const config = { transform: {}, testMatch: ['**/leaks/*.test.js'], setupFiles: ['s3-versioning-mock/guard'] };
    const { code, stderr } = await project.jest(['--config', JSON.stringify(config), '--runInBand', '--detectLeaks']);
    expect({ code, stderr }).toEqual({ code: 0, stderr: expect.stringContaining('Tests:       2 passed, 2 total') });
  });
});
