import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { mockS3 } from '../../src';
import { exchange } from './connection';

setFlagsFromString('--expose-gc');
const collectGarbage = runInNewContext('gc') as () => void; // what the flag adds

const keys = 1000;
const listings = 60;
/** More than the journal may hold: the bytes of bodies and outputs that it keeps are limited to 64 MB. */
const mostMegabytes = 130;

export async function findingsOfJournal(): Promise<readonly string[]> {
  const objects = Object.fromEntries(Array.from({ length: keys }, (_, at) => [`${at}-${'ä'.repeat(500)}`, 'x']));
  const s3 = mockS3({ credentials: false, buckets: { vault: { objects } } });
  const head = 'GET /vault?encoding-type=url HTTP/1.1\r\nHost: s3.amazonaws.com\r\nAuthorization: AWS KEY:SIG\r\n\r\n';
  const framed = { bytes: Buffer.from(head), kind: 'right', methods: ['GET'], isWhole: true };
  const before = heapMegabytes();
  for (let at = 0; at < listings; at += 1) await exchange(framed, { host: 's3.amazonaws.com', port: 80 });
  const grown = heapMegabytes() - before;
  await s3.stop();
  return grown > mostMegabytes ? [`the journal keeps ${Math.round(grown)} MB of ${listings} listings`] : [];
}

function heapMegabytes(): number {
  collectGarbage();
  collectGarbage();
  const { heapUsed, arrayBuffers } = process.memoryUsage();
  return (heapUsed + arrayBuffers) / 2 ** 20;
}
