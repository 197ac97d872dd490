import http, { createServer } from 'node:http';
import { buffersUsed, costOf } from '../cost.mjs';
import { loadLibrary } from '../library.mjs';

const size = 100 * 1024 * 1024;
const body = Buffer.alloc(size, 's3 ');

/** The ways of sending the object. Each returns the target of a GET, and ends with the process. */
const subjects = {
  library() {
    const s3 = loadLibrary().mockS3({ buckets: { vault: {} }, credentials: false });
    s3.bucket('vault').put('large', body);
    return { host: 'vault.s3.amazonaws.com', path: '/large', headers: { Authorization: 'AWS KEY:SIG' } };
  },
  async localhost() {
    const server = createServer((_request, response) => {
      response.writeHead(200, { 'Content-Length': size }).end(body);
    });
    await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
    return { host: '127.0.0.1', port: server.address().port, path: '/large' };
  },
};

/** A GET of 100 MB that is read in chunks: milliseconds of the processor, and the most megabytes of buffers beside the object itself. */
export async function measure(subject) {
  const target = await subjects[subject]();
  await read(target);
  const before = buffersUsed();
  let peak = 0;
  const look = () => {
    peak = Math.max(peak, process.memoryUsage().arrayBuffers - before);
  };
  await read(target, look);
  return { time: await costOf(() => read(target), 3), peak: peak / 1e6 };
}

function read(target, look = () => {}) {
  return new Promise((resolve, reject) => {
    const request = http.get(target, async (response) => {
      let length = 0;
      let chunks = 0;
      for await (const chunk of response) {
        length += chunk.length;
        chunks += 1;
        if (chunks % 8 === 0) look();
      }
      if (length === size) resolve();
      else reject(new Error(`${length} bytes came`));
    });
    request.on('error', reject);
  });
}
