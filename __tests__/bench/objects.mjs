import http from 'node:http';
import { dialects } from '../../dist/dialects/index.js';
import { Lifetime } from '../../dist/mock/lifetime.js';
import { makeContent } from '../../dist/model/versions/content.js';
import { versionIdOf } from '../../dist/model/versions/version-lookup.js';
import { putVersion } from '../../dist/model/versions/writes.js';
import { describe } from '../../dist/operations/members/objects.js';
import { heapUsed, line, median } from './report.mjs';
import { send } from './requests.mjs';

const SIZES = [1_000, 100_000, 1_000_000];
const CALLS = 200;
const PAGES = 15;
// All objects share one body: a user's own bodies are not our memory.
const BODY = Buffer.from('some bytes');

/** The ways to spread a number of versions over keys. */
const shapes = {
  'many keys, two versions of each': (index) => keyAt(index >> 1),
  'one key': () => keyAt(0),
};

/** Compares buckets of all sizes, a table for each shape. */
export async function measureObjects() {
  await measureBucket(SIZES[0], keyAt); // warms up
  for (const [shape, keyOf] of Object.entries(shapes)) {
    const columns = [];
    for (const size of SIZES) columns.push(await measureBucket(size, keyOf));
    report(shape, columns);
  }
}

async function measureBucket(size, keyOf) {
  const lifetime = new Lifetime(
    { buckets: { vault: { versioning: 'Enabled' } }, credentials: false, journal: { limit: 100 } },
    { file: 'bench', place: 'bench' },
  );
  lifetime.start();
  const agent = new http.Agent({ keepAlive: true, maxSockets: 1 });
  try {
    const figures = fill(lifetime.state.store, size, keyOf);
    for (const [name, call] of callsOf(lifetime.state.store, size, keyOf)) {
      figures.push([name, micro(await timeCalls(agent, call, name.startsWith('list') ? PAGES : CALLS)), true]);
    }
    return figures.concat(measureSnapshot(lifetime.state.store, keyOf));
  } finally {
    agent.destroy();
    await lifetime.stop();
  }
}

/** Writes that many versions as PutObject does, and returns their cost in time and memory. */
function fill(store, size, keyOf) {
  const bucket = store.buckets.get('vault');
  const before = heapUsed();
  const start = performance.now();
  for (let index = 0; index < size; index += 1) write(store, bucket, keyOf(index));
  const time = performance.now() - start;
  return [
    ['a write to the model alone', micro(time / size), true],
    ['memory of a version', `${Math.round((heapUsed() - before) / size)} B`, false],
  ];
}

function write(store, bucket, key) {
  const { tags, ...description } = describe({ headers: new Map(), dialect: dialects.aws }, {});
  return putVersion(store, bucket, { key, content: makeContent({ ...description, body: BODY }), tags });
}

/** Returns the calls by name; each makes the request of a round. */
function callsOf(store, size, keyOf) {
  const { versions } = store.buckets.get('vault');
  const someIndex = (round, below = size) => (round * 104_729) % below;
  const someKey = (round) => keyOf(someIndex(round));
  const versionAt = (index) => versions.from({ order: keyOf(index), sequence: index + 1 }).next().value;
  const idOf = (version) => encodeURIComponent(versionIdOf(store, version));
  const newestFirst = keyOf(0) === keyOf(size - 1);
  // Each page is full, wherever it begins.
  const after = (round) => {
    const index = someIndex(round, Math.max(size - 1_000, 1));
    const version = versionAt(newestFirst ? size - 1 - index : index);
    return `key-marker=${encodeURIComponent(version.key)}&version-id-marker=${idOf(version)}`;
  };
  return Object.entries({
    'PutObject, a new key': (round) => ['PUT', `/new-${round}`, BODY],
    'PutObject, one more version': (round) => ['PUT', `/${someKey(round)}`, BODY],
    'GetObject, current': (round) => ['GET', `/${someKey(round)}`],
    'GetObject, by version id': (round) => {
      const version = versionAt(someIndex(round));
      return ['GET', `/${version.key}?versionId=${idOf(version)}`];
    },
    'list 1000 versions': (round) => ['GET', `/?versions&${after(round)}`],
    'list 10 common prefixes': (round) => ['GET', `/?versions&delimiter=/&max-keys=10&${after(round)}`],
    'list 100 objects': (round) => ['GET', `/?list-type=2&max-keys=100&start-after=${someKey(round)}`],
    'DeleteObject, a marker': (round) => ['DELETE', `/${someKey(round)}`],
    'DeleteObject, a version': (round) => {
      const version = versionAt(someIndex(round));
      return ['DELETE', `/${version.key}?versionId=${idOf(version)}`];
    },
  });
}

function measureSnapshot(store, keyOf) {
  const [snapshots, writes, restores] = [[], [], []];
  for (let round = 0; round < 9; round += 1) {
    let snapshot;
    snapshots.push(timed(() => (snapshot = store.snapshot())));
    writes.push(timed(() => write(store, store.buckets.get('vault'), keyOf(round * 1000))));
    restores.push(timed(() => store.restore(snapshot)));
  }
  return [
    ['snapshot', micro(median(snapshots)), true],
    ['the first write after it', micro(median(writes)), true],
    ['restore', micro(median(restores)), true],
  ];
}

function timed(work) {
  const start = performance.now();
  work();
  return performance.now() - start;
}

/** Returns the median cost of a call, from the client's request to the last byte of the answer. */
async function timeCalls(agent, call, count) {
  const times = [];
  for (let round = -Math.ceil(count / 4); round < count; round += 1) {
    const [method, path, body] = call(Math.abs(round));
    const start = performance.now();
    await send(agent, { method, path, body });
    if (round >= 0) times.push(performance.now() - start);
  }
  return median(times);
}

function report(shape, columns) {
  const [first] = columns;
  console.log(`\nBuckets with ${shape}`);
  console.log(line(['', ...SIZES.map((size) => `${size.toLocaleString('en')}`), 'largest/least'], 14));
  for (const [row, [name, , compared]] of first.entries()) {
    const cells = columns.map((column) => column[row][1]);
    const ratio = compared ? [(Number.parseFloat(cells.at(-1)) / Number.parseFloat(cells[0])).toFixed(2)] : [];
    console.log(line([name, ...cells, ...ratio], 14));
  }
}

function keyAt(index) {
  return `folder-${String(Math.floor(index / 50)).padStart(6, '0')}/file-${String(index % 50).padStart(2, '0')}.txt`;
}

function micro(milliseconds) {
  return `${(milliseconds * 1000).toFixed(1)} us`;
}
