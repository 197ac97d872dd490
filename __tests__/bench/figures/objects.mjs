import { mkdtempSync, rmSync } from 'node:fs';
import http from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { costOf, quietCostOf } from '../cost.mjs';
import { loadLibrary } from '../library.mjs';
import { send } from '../requests.mjs';

const body = Buffer.from('some bytes');

/** Each returns the target of requests, and a function that ends what it started. */
const stores = {
  library() {
    const s3 = loadLibrary().mockS3({ buckets: { vault: {} }, credentials: false, journal: { limit: 100 } });
    return { target: {}, end: () => s3.stop() };
  },
  async s3rver() {
    const { default: S3rver } = await import('s3rver');
    const directory = mkdtempSync(join(tmpdir(), 'bench-s3rver-'));
    const server = new S3rver({ port: 0, silent: true, directory, configureBuckets: [{ name: 'vault' }] });
    const { port } = await server.run();
    return { target: { server: { host: '127.0.0.1', port } }, end: () => rmSync(directory, { recursive: true }) };
  },
};

/** Requests that both stores answer, to a bucket without versioning: `library 1000` has 1,000 objects. Milliseconds of the processor. */
export async function measure(subject) {
  const [store, size] = subject.split(' ');
  const { target, end } = await stores[store]();
  const agent = new http.Agent({ keepAlive: true, maxSockets: 1 });
  const sent = (request) => send(agent, { ...target, ...request });
  const key = (index) => `folder-${Math.floor(index / 50)}/file-${index}.txt`;
  try {
    const put = await costOf((index) => sent({ method: 'PUT', path: `/${key(index)}`, body }), Number(size));
    const get = await quietCostOf((index) => sent({ method: 'GET', path: `/${key(index)}` }), {
      slices: 12,
      calls: 50,
    });
    const page = await quietCostOf(() => sent({ method: 'GET', path: '/?list-type=2' }), { slices: 12, calls: 2 });
    return { put, get, page };
  } finally {
    agent.destroy();
    end();
  }
}
