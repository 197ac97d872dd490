import http from 'node:http';
import { costOf, quietCostOf } from '../cost.mjs';
import { loadLibrary } from '../library.mjs';
import { send } from '../requests.mjs';

const requests = 100_000;

/** A journal of 100,000 requests: the milliseconds of a look-up, of an assertion that holds, and of one that fails, with its text. */
export async function measure() {
  const s3 = loadLibrary().mockS3({
    buckets: { vault: { versioning: 'Enabled' } },
    credentials: false,
    journal: { limit: requests },
  });
  const agent = new http.Agent({ keepAlive: true, maxSockets: 1 });
  for (let index = 0; index < requests; index += 1)
    await send(agent, { method: 'PUT', path: `/file-${index % 5000}.txt`, body: Buffer.from('some bytes') });
  const quiet = (work) => quietCostOf(work, { slices: 6, calls: 1 });
  return {
    of: await quiet(() => s3.requests.of('PutObject').length),
    expect: await quiet(() => s3.requests.expect('PutObject', { Bucket: 'vault', Key: 'file-17.txt' })),
    failure: await quiet(() => failureText(s3).length),
    first: await costOf(() => failureText(s3, 'GetObject').length),
  };
}

function failureText(s3, operation = 'PutObject') {
  try {
    s3.requests.expect(operation, { Bucket: 'vault', Key: 'missing.txt' });
  } catch (error) {
    return error.message;
  }
  throw new Error('the assertion holds');
}
