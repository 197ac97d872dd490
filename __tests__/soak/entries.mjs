import { mockS3 } from '../../dist/index.js';
import { makeClient } from './client.mjs';
import { growthOf, memoryUsed, reportMegabytes } from './figures.mjs';

const many = (count, write) => Array.from({ length: count }, (_, index) => write(index)).join('');
const megabyte = Buffer.alloc(2 ** 20, 'x');
const padding = ' '.repeat(2 ** 19);
const client = makeClient();

const documents = {
  keys: `<Delete>${many(1000, (index) => `<Object><Key>folder/missing-${index}</Key></Object>`)}</Delete>`,
  parts: `<CompleteMultipartUpload>${many(
    10_000,
    (index) => `<Part><PartNumber>${index + 1}</PartNumber><ETag>"d41d8cd98f00b204e9800998ecf8427e"</ETag></Part>`,
  )}</CompleteMultipartUpload>`,
  rules: `<LifecycleConfiguration>${many(
    1000,
    (index) =>
      `<Rule><ID>rule-number-${index}</ID><Filter><Prefix>folder-${index}/</Prefix></Filter><Status>Enabled</Status><Expiration><Days>1</Days></Expiration></Rule>`,
  )}</LifecycleConfiguration>`,
  padded: `<Tagging>${padding}<TagSet><Tag><Key>a-long-key-of-a-tag</Key><Value>a-long-value</Value></Tag></TagSet></Tagging>`,
};
const unknownHeaders = Object.fromEntries(
  Array.from({ length: 10 }, (_, index) => [`x-own-${index}`, 'o'.repeat(1200)]),
);

/** Requests that an entry has much of, each with the number of times that would exhaust the memory if nothing bounded it. */
const shapes = [
  [
    'DeleteObjects of 1,000 missing keys',
    1500,
    () => client.send('POST', '/?delete', { body: documents.keys, host: 'plain.s3.amazonaws.com' }),
  ],
  [
    'CompleteMultipartUpload of 10,000 parts',
    80,
    () => client.send('POST', '/a?uploadId=none', { body: documents.parts }),
  ],
  ['PutBucketLifecycle of 1,000 rules', 300, () => client.send('PUT', '/?lifecycle', { body: documents.rules })],
  ['documents of a few words in much space', 600, () => client.send('PUT', '/?tagging', { body: documents.padded })],
  ['unknown headers', 10_000, () => client.send('GET', '/?versioning', { headers: unknownHeaders })],
  ['long parameters', 10_000, () => client.send('GET', `/?list-type=2&prefix=${'p'.repeat(12_000)}`)],
  ['refused bodies', 500, () => client.send('PUT', '/a', { body: megabyte, host: 'missing.s3.amazonaws.com' })],
  ['operations without an answer', 500, () => client.send('PUT', '/?policy', { body: megabyte })],
  ['ranges of objects that are replaced', 300, replaceAndReadRange],
];

for (const [name, wholeTimes, call] of shapes) {
  const s3 = mockS3({ buckets: { vault: { versioning: 'Enabled' }, plain: {} } });
  await call(0);
  s3.requests.clear();
  const before = await memoryUsed();
  const { times, most, seconds } = await growthOf(wholeTimes, call, 10);
  // 64 MB by an estimate, and a light rest of each of 10,000 entries, to which HTTP's own limit of 16 KB for a head belongs.
  reportMegabytes(`${times} ${name}, at most`, most - before, 160, `${seconds.toFixed(0)} s`);
  await s3.stop();
}
client.close();

async function replaceAndReadRange(index) {
  const host = 'plain.s3.amazonaws.com';
  await client.send('PUT', '/replaced', { host, body: Buffer.alloc(2 ** 21, `${index}`) });
  await client.send('GET', '/replaced', { host, headers: { Range: 'bytes=0-9' } });
}
