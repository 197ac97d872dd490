import { randomBytes, randomUUID } from 'node:crypto';
import http from 'node:http';
import { checksumOf } from '../answers.mjs';
import { heapUsed } from '../cost.mjs';
import { loadLibrary } from '../library.mjs';
import { send } from '../requests.mjs';

// Code that V8 compiles later would count as memory of requests: up to 200 bytes each after 1,000 calls.
const warming = 5000;
const calls = 5000;
const body = Buffer.alloc(1024, 'x');
const checksum = checksumOf(body);

/**
 * The bytes of the heap that a request takes in the journal, for a GetBucketVersioning, and a PutObject and a GetObject of 1 KB. Node's own client
 * sends them, whose memory is steadier than that of the SDK, with the headers of the SDK. The bytes of bodies are outside of the heap; a
 * PutObject includes the version that it makes.
 */
export async function measure() {
  loadLibrary().mockS3({
    buckets: { vault: { versioning: 'Enabled' } },
    credentials: false,
    journal: { limit: 100_000 },
  });
  const agent = new http.Agent({ keepAlive: true, maxSockets: 1 });
  const bytesOf = async (call) => {
    let count = 0;
    const sent = () => {
      count += 1;
      return send(agent, { ...call, more: { ...headersOf(count), ...call.more } });
    };
    for (let index = 0; index < warming; index += 1) await sent();
    const before = heapUsed();
    for (let index = 0; index < calls; index += 1) await sent();
    return (heapUsed() - before) / calls;
  };
  const more = { 'x-amz-sdk-checksum-algorithm': 'CRC32', 'x-amz-checksum-crc32': checksum };
  return {
    request: await bytesOf({ method: 'GET', path: '/?versioning' }),
    put: await bytesOf({ method: 'PUT', path: '/file.txt', body, more }),
    get: await bytesOf({ method: 'GET', path: '/file.txt' }),
  };
}

/** Those of a signed request of the SDK, of which each has a signature and an id of its own, and a date that is not the one before. */
function headersOf(count) {
  // S3 refuses a date that is 15 minutes off.
  const date = new Date(Date.now() - (count % 600) * 1000).toISOString().replaceAll(/[-:]|\.\d+/g, '');
  return {
    'User-Agent': 'aws-sdk-js/3.1175.0 ua/2.1 os/linux#6.1.0 lang/js md/nodejs#20.20.2 api/s3#3.1175.0 m/N,E,e',
    'amz-sdk-invocation-id': randomUUID(),
    'amz-sdk-request': 'attempt=1; max=1',
    'x-amz-content-sha256': 'UNSIGNED-PAYLOAD',
    'x-amz-date': date,
    Authorization:
      `AWS4-HMAC-SHA256 Credential=AKIAIOSFODNN7EXAMPLE/${date.slice(0, 8)}/us-east-1/s3/aws4_request, ` +
      `SignedHeaders=host;x-amz-content-sha256;x-amz-date, Signature=${randomBytes(32).toString('hex')}`,
  };
}
