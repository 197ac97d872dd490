import http from 'node:http';
import { costOf } from '../cost.mjs';
import { loadLibrary } from '../library.mjs';
import { send } from '../requests.mjs';

const keys = 10_000;
const versionsOfKey = 10;
const requests = 32_000;

/**
 * A bucket of 100,000 versions: the milliseconds in which `versions()` lists them, `toJSON` writes them and `restore` reads them. And those of the first
 * `filter` over a journal of 32,000 requests, whose entries nobody has read. Also runs inside a test file, where all of these cross to the test.
 */
export function prepare(_subject, { mockS3 } = loadLibrary()) {
  const buckets = { vault: { versioning: 'Enabled', objects: makeObjects() }, inbox: {} };
  const s3 = mockS3({ buckets, credentials: false, journal: { limit: requests } });
  return () => measureWith(s3);
}

async function measureWith(s3) {
  const agent = new http.Agent({ keepAlive: true, maxSockets: 1 });
  for (let index = 0; index < requests; index += 1)
    await send(agent, { bucket: 'inbox', method: 'PUT', path: `/file-${index % 5000}.txt`, body: Buffer.from('x') });
  const filter = await costOf(() => s3.requests.filter(({ key }) => key === 'file-17.txt'));
  const versions = await leastOf(() => s3.bucket('vault').versions());
  const toJSON = await leastOf(() => s3.toJSON());
  const json = JSON.parse(JSON.stringify(s3));
  return { filter, versions, toJSON, restore: await leastOf(() => s3.restore(json)) };
}

/** The first ones are slower, until V8 has compiled what they call. */
async function leastOf(work) {
  const costs = [];
  for (let round = 0; round < 3; round += 1) costs.push(await costOf(work));
  return Math.min(...costs);
}

function makeObjects() {
  const stackOf = (index) => Array.from({ length: versionsOfKey }, (_, version) => `body ${version} of ${index}`);
  return Object.fromEntries(Array.from({ length: keys }, (_, index) => [`file-${index}.txt`, stackOf(index)]));
}
