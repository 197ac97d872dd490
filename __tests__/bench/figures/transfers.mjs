import http from 'node:http';
import { buffersUsed, costOf } from '../cost.mjs';
import { loadLibrary } from '../library.mjs';

const size = 64 * 1024 * 1024;

/** An object of 64 MB up and down by Node's own client: milliseconds of the processor, and megabytes of buffers that stay. */
export async function measure() {
  loadLibrary().mockS3({ buckets: { vault: { versioning: 'Enabled' } }, credentials: false });
  const agent = new http.Agent({ keepAlive: true, maxSockets: 1 });
  const body = Buffer.alloc(size, 's3 ');
  await transfer(agent, 'PUT', '/warm', body.subarray(0, 1000));
  const before = buffersUsed();
  const up = await costOf(() => transfer(agent, 'PUT', '/large', body));
  const stored = buffersUsed() - before;
  const down = await costOf(() => transfer(agent, 'GET', '/large'));
  const left = buffersUsed() - before - stored;
  return { up, stored: stored / size, down, left: left / size };
}

function transfer(agent, method, path, body) {
  return new Promise((resolve, reject) => {
    const headers = { Authorization: 'AWS KEY:SIG', ...(body && { 'Content-Length': body.length }) };
    const request = http.request({ agent, method, host: 'vault.s3.amazonaws.com', path, headers }, (response) => {
      if (response.statusCode !== 200) reject(new Error(`${method} ${path}: ${response.statusCode}`));
      response.on('end', resolve).resume();
    });
    request.on('error', reject).end(body);
  });
}
