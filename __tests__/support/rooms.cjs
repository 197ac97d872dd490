const { readdirSync } = require('node:fs');
const { join, sep } = require('node:path');

/**
 * The rooms whose test files are run in one sandbox, since jest evaluates all modules anew for each: `together.test.ts` of a room runs its
 * neighbours, each below a describe. A file that needs a sandbox of its own is named here, with the reason.
 */
const rooms = {
  door: { 'stream.test.ts': 'replaces timers before the library is loaded' },
  events: {},
  facts: {},
  formats: {},
  house: {
    'checked-types.test.ts': 'waits for the compiler, beside which the others run',
    'evidence.test.ts': 'ends the thread that evaluates ES modules for it',
    'files.test.ts': 'looks at the files as a checkout without git has them',
    'packed-readme.test.ts': 'ends the thread that evaluates ES modules for it',
  },
  journal: {},
  mock: {
    'bugs.test.ts': 'loads the library without a sandbox, and breaks it',
    'followed-hint.test.ts': 'has requests to hosts that the mocks of its neighbours hold',
    'lines-of-mistakes.test.ts': 'loads the library without a sandbox',
    'options.test.ts': 'looks at the environment, which holds what the mocks of its neighbours set',
    'properties/requests-by-host.test.ts': 'has requests to hosts that the mocks of its neighbours hold',
    'runner.test.ts': 'looks at the environment, which holds what the mocks of its neighbours set',
    'properties/closed-compared.test.ts': 'its mock answers from the first line on',
    'closed-table.test.ts': 'its mock answers from the first line on',
  },
  model: {},
  operations: { 'objects/xxhash-missing.test.ts': 'mocks a package' },
  preset: {},
  properties: {},
  protocol: {},
  screen: {},
  service: { 'xxhash-loading.test.ts': 'mocks a package' },
  stories: { 'hardening.test.ts': 'its client takes the region from the environment as it is loaded' },
  sts: {
    'clients.test.ts': 'sets the environment before its mocks do',
    'other-services.test.ts': 'has requests to hosts that the mocks of its neighbours hold',
  },
  text: {},
};

const tests = join(__dirname, '..');
const entry = 'together.test.ts';

/** The files that the entry of a room runs, below its folder. */
function filesTogether(room) {
  const apart = rooms[room];
  const isTogether = (file) =>
    file.endsWith('.test.ts') && file !== entry && !`/${file}`.includes('/verify/') && !(file in apart);
  return readdirSync(join(tests, room), { recursive: true, encoding: 'utf8' })
    .map((file) => file.split(sep).join('/'))
    .filter(isTogether)
    .toSorted();
}

/** A run of whole rooms has their entries in place of the files; a run of single files has these by themselves. Called by jest. */
function filter(paths) {
  const asked = new Set(paths);
  const left = new Set(paths);
  for (const room of Object.keys(rooms)) {
    const files = filesTogether(room).map((file) => join(tests, room, file));
    const ofRoom = join(tests, room, entry);
    const isWhole = asked.has(ofRoom) && files.every((file) => asked.has(file));
    for (const file of isWhole ? files : [ofRoom]) left.delete(file);
  }
  return { filtered: [...left] };
}

module.exports = Object.assign(filter, { rooms, filesTogether });
