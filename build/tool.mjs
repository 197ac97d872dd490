/** What a contributor runs from time to time: `npm run tool` lists it, `npm run tool fuzz -- --seed 7` runs it. */
import { findUnknown, run, testsOf, writeNames } from './commands.mjs';

const typescript = ['-r', './build/typescript.cjs'];
const build = [['build/build.mjs']];
const compileFuzz = ['node_modules/typescript/bin/tsc', '-p', '__tests__/fuzz'];

/** `commands` come before the command that gets the options. */
const tools = {
  coverage: {
    about: 'runs the tests, and fails if they cover less of src than the limit in __tests__/coverage.config.cjs',
    command: ['node_modules/jest/bin/jest.js', '--config', '__tests__/coverage.config.cjs', '--coverage'],
  },
  random: {
    about: 'runs the tests of each file in a random order, and prints its seed; -- --seed 88 repeats an order, -- __tests__/model runs one room',
    command: ['node_modules/jest/bin/jest.js', '--randomize', '--showSeed'],
  },
  slow: {
    about: 'lists the tests that take more than a second without a reason: npm test -- --json --outputFile=FILE, then -- FILE',
    command: ['build/slow.mjs'],
  },
  installed: {
    about: 'packs the library, installs it by npm, pnpm and yarn with the oldest and newest packages of its ranges, and runs tests there. Needs a registry',
    command: testsOf('verify', '__tests__/installed'),
  },
  guides: {
    about: 'runs the code of each guide in a folder where only its own commands installed packages; -- restore cos. Needs a registry',
    command: [...typescript, '__tests__/guides/run.ts'],
  },
  matrix: {
    about: 'the packed library on Node 20 to 26, with runners and other libraries; --node 22,24 --only vitest, --quick, --write. Needs a registry',
    command: [...typescript, '__tests__/matrix/run.ts'],
  },
  mutants: {
    about: 'breaks each rule of a room on purpose, and lists what no test notices: npm run tool mutants -- model/lifecycle',
    command: [...typescript, '__tests__/mutants/run.ts'],
  },
  soak: {
    about: 'long runs, which fail if memory, patches, listeners or connections grow',
    commands: build,
    command: ['__tests__/soak/run.mjs'],
  },
  screens: {
    about: 'the processor time that the library adds to each failure, with 250 to 2,000 keys and requests; --scene batch --failure toHaveApplied --over 0',
    command: [...typescript, '__tests__/screens/run.ts'],
  },
  fuzz: {
    about: '50,000 generated requests, and the answers that S3 would not give; --seed 7 --count 1000, --seed 7 --only 123',
    commands: [compileFuzz],
    command: ['dist/fuzz/__tests__/fuzz/run.js'],
  },
  'fuzz-door': {
    about: 'the same for the door of a served mock; --seed 7 --count 20000',
    commands: [...build, compileFuzz],
    command: ['dist/fuzz/__tests__/fuzz/door-run.js'],
  },
  radosgw: {
    about: "plays the facts against Ceph's Object Gateway in memory. Needs Debian's radosgw, ceph-mon and ceph-osd",
    commands: build,
    command: ['__tests__/radosgw/run.mjs'],
  },
  recordings: {
    about: 'plays what other projects recorded, against the mock or a service: -- PATH [options of npx s3-versioning-mock facts]',
    command: [...typescript, '__tests__/recordings/run.ts'],
  },
  'at-aws': {
    about: 'plays the facts at AWS itself, which costs money: -- --endpoint https://s3.us-east-1.amazonaws.com, and with --run it sends; --max-dollars 0.25',
    command: [...typescript, '__tests__/at-aws/run.ts'],
  },
  runs: {
    about: 'specification/runs/NAME.json, from files of runs of the facts against a service: -- NAME SERVICE SOURCE FILE…',
    command: ['build/runs.mjs'],
  },
  evidence: {
    about: 'which facts gain evidence by the file of a run: -- FILE…',
    command: ['build/propose-evidence.mjs'],
  },
  sources: {
    about: 'where the recorded words of cases come from, with a hash of them: -- CHECKOUT FILE…',
    command: ['build/case-sources.mjs'],
  },
  release: {
    about: 'makes a release (docs/releasing.md); --dry-run prints what prevents it, and changes nothing',
    command: ['build/release.mjs'],
  },
};

const [name, ...options] = process.argv.slice(2);
const unknown = name === undefined ? `give the name of a tool:\n${writeNames(tools)}` : findUnknown([name], tools);
if (unknown === undefined) {
  const { commands = [], command } = tools[name];
  process.exitCode = run([...commands, [...command, ...options]]);
} else {
  console.error(`npm run tool: ${unknown}`);
  process.exitCode = 2;
}
