import { once } from 'node:events';
import { mockS3 } from '../../dist/index.js';
import { beginRequest, makeClient } from './client.mjs';
import { growthOf, memoryUsed, reportMegabytes, reportNone } from './figures.mjs';

const MEBIBYTE = 2 ** 20;
const SIZE = 5 * 2 ** 40;
const PART = 5 * 2 ** 30;
const PARTS = SIZE / PART;
const DOWNLOADED = 256 * MEBIBYTE;
const TIMES = 400;

// The first placeholder makes the lines that all show.
const warm = mockS3({ buckets: { vault: { objects: { dump: { size: SIZE } } } } });
const client = makeClient();
await client.send('GET', '/dump', { headers: { Range: 'bytes=-100' } });
await warm.stop();

const start = await memoryUsed();
const s3 = mockS3({ buckets: { vault: { objects: { dump: { size: SIZE } } } } });
await measure('a mock with a placeholder of 5 TiB', 1);
const tail = await client.send('GET', '/dump', { headers: { Range: 'bytes=-100' } });
await measure('after its last bytes were read', 1);
await copyByParts();
await measure(`after a copy of it by ${PARTS} parts`, 4);
const copied = await client.send('GET', '/copy', { headers: { Range: 'bytes=-100' } });
reportNone('differences of the copy', tail.status === 206 && copied.text === tail.text ? [] : [copied.text]);
await download();
const { times, grown, seconds } = await growthOf(TIMES, abort);
reportMegabytes(`${times} aborted downloads, growth`, grown, 1, `${seconds.toFixed(0)} s`);
client.close();
await s3.stop();

async function measure(name, allowed) {
  s3.requests.clear();
  reportMegabytes(name, (await memoryUsed()) - start, allowed);
}

async function copyByParts() {
  const { text } = await client.send('POST', '/copy?uploads');
  const id = /<UploadId>([^<]*)/.exec(text)[1];
  const parts = [];
  for (let number = 1; number <= PARTS; number += 1) {
    const range = `bytes=${(number - 1) * PART}-${number * PART - 1}`;
    const headers = { 'x-amz-copy-source': 'vault/dump', 'x-amz-copy-source-range': range };
    const copied = await client.send('PUT', `/copy?uploadId=${id}&partNumber=${number}`, { headers });
    const etag = /<ETag>([^<]*)/.exec(copied.text)[1];
    parts.push(`<Part><PartNumber>${number}</PartNumber><ETag>${etag}</ETag></Part>`);
  }
  const body = `<CompleteMultipartUpload>${parts.join('')}</CompleteMultipartUpload>`;
  const { status } = await client.send('POST', `/copy?uploadId=${id}`, { body });
  if (status !== 200) throw new Error(`the completion was answered by ${status}`);
}

/** The memory at each 16 MiB, while the answer goes on. */
async function download() {
  const began = performance.now();
  const request = beginRequest('GET', '/dump', { agent: false });
  request.end();
  const [response] = await once(request, 'response');
  let [read, most, next] = [0, 0, 0];
  for await (const chunk of response) {
    read += chunk.length;
    if (read < next) continue;
    next = read + 16 * MEBIBYTE;
    most = Math.max(most, (await memoryUsed()) - start);
    if (read >= DOWNLOADED) break;
  }
  const seconds = (performance.now() - began) / 1000;
  reportMegabytes(`the first ${read / MEBIBYTE} MiB of it were read, at most`, most, 4, `${seconds.toFixed(1)} s`);
}

async function abort() {
  const request = beginRequest('GET', '/dump', { agent: false });
  request.end();
  const [response] = await once(request, 'response');
  response.on('error', () => {});
  await once(response, 'data');
  const closed = new Promise((resolve) => request.on('close', resolve));
  request.destroy();
  await closed;
  s3.requests.clear();
}
