import { beforeAll, describe, expect, it } from '@jest/globals';
import { libraryProject } from '../../support/library-project';
import type { Ended } from '../../support/project';

const project = libraryProject('stray-errors');
const modules = [
  'src/worlds/stray-errors.ts',
  'src/capture/runs.ts',
  'src/capture/socket-state.ts',
  'src/journal/real-timers.ts',
];
beforeAll(() => {
  project.compileModules(modules);
  // The module only needs the runs of the capture.
  project.write('src/capture/index.js', "module.exports = require('./runs');");
});

const head = `
const { nextRun, watchRuns, within } = require('./src/capture/runs.js');
const { watchStrayErrors } = require('./src/worlds/stray-errors.js');
const say = (...words) => console.log(words.join(' '));
const describeError = (error) => (error instanceof Error ? error.message : String(error));
const endRuns = watchRuns();
const watched = nextRun();
const other = nextRun();
const watch = () => watchStrayErrors((run, { kind, error }) => {
  if (run !== watched) return false;
  say('took', kind, describeError(error));
  return true;
});
const reject = (error) => { Promise.reject(error); };
const raise = (error) => { setTimeout(() => { throw error; }, 1); };
const sleep = (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds));
`;

async function run(code: string, options: readonly string[] = []): Promise<Ended> {
  const file = project.write(`program-${Math.random()}.cjs`, `${head}\n(async () => {\n${code}\n})();`);
  return project.run([...options, file]);
}

const modes = [
  [],
  ...['throw', 'strict', 'warn', 'warn-with-error-code', 'none'].map((mode) => [`--unhandled-rejections=${mode}`]),
];
const listeners = `
for (const event of ['unhandledRejection', 'rejectionHandled', 'uncaughtException', 'uncaughtExceptionMonitor'])
  process.on(event, (...values) => say(event, ...values.map((value) => (value instanceof Promise ? 'promise' : describeError(value)))));
`;

describe.each(modes.map((options) => [options.join(' ') || 'the default mode', options] as const))(
  '%s',
  (_, options) => {
    it('what is taken reaches nobody, and the process goes on', async () => {
      const code = `${listeners}
watch();
within(watched, () => reject(new Error('a rejection')));
within(watched, () => raise(new Error('an exception')));
const late = within(watched, () => Promise.reject(new Error('handled later')));
await sleep(30);
await late.catch(() => say('caught'));
await sleep(30);
say('over');`;
      const { code: exit, stdout } = await run(code, options);
      expect({ exit, lines: stdout.trim().split('\n') }).toEqual({
        exit: 0,
        lines: [
          'took rejection a rejection',
          'took rejection handled later',
          'took exception an exception',
          'caught',
          'over',
        ],
      });
    });

    it.each(['an error', 'a word'])('what is not taken goes on as if nobody watched: %s', async (what) => {
      const thrown = what === 'an error' ? "new Error('stray')" : "'stray'";
      for (const before of ['', listeners]) {
        for (const act of ['reject', 'raise']) {
          const end = `await sleep(30); say('over');`;
          const plain = await run(`${before}\nwithin(other, () => ${act}(${thrown})); ${end}`, options);
          const seen = await run(`${before} watch();\nwithin(other, () => ${act}(${thrown})); ${end}`, options);
          expect(comparable(seen)).toEqual(comparable(plain));
        }
      }
    });
  },
);

/** Without the names of files, and numbers of processes and lines. */
function comparable({ code, stdout, stderr }: Ended): unknown {
  const lines = stderr.split('\n').filter((line) => !/^\s+at /.test(line));
  return {
    code,
    stdout,
    stderr: lines.map((line) => line.replaceAll(/\(node:\d+\)|program-\S+|\(rejection id: \d+\)/g, '')),
  };
}

describe('others who handle errors of the process', () => {
  it.each([
    [
      'a function for all exceptions',
      "process.setUncaughtExceptionCaptureCallback((error) => say('callback', error.message));",
      'callback stray',
    ],
    [
      'a domain',
      "const domain = require('node:domain').create().on('error', (error) => say('domain', error.message)); domain.enter();",
      'domain stray',
    ],
  ])('%s gets also what a run throws', async (_, before, line) => {
    const { code, stdout } = await run(
      `${before}\nwatch();\nwithin(watched, () => raise(new Error('stray')));\nawait sleep(30);`,
    );
    expect({ code, stdout }).toEqual({ code: 0, stdout: `${line}\n` });
  });

  it('listeners that come and go while somebody watches hear what is not taken, once', async () => {
    const end = `
process.on('unhandledRejection', ({ message }) => say('first', message));
watch();
process.once('unhandledRejection', ({ message }) => say('once', message));
for (const name of ['a', 'b']) {
  within(other, () => reject(new Error(name)));
  within(watched, () => reject(new Error('ours ' + name)));
  await sleep(5);
}`;
    const { stdout } = await run(end);
    expect(stdout.trim().split('\n')).toEqual([
      'first a',
      'once a',
      'took rejection ours a',
      'first b',
      'took rejection ours b',
    ]);
  });

  it('an error of a run ends the process after the end of the watch', async () => {
    const { code, stdout, stderr } = await run(
      `watch()();\nwithin(watched, () => raise(new Error('stray')));\nawait sleep(30);\nsay('over');`,
    );
    expect({ code, stdout, stderr }).toEqual({ code: 1, stdout: '', stderr: expect.stringContaining('Error: stray') });
  });
});
