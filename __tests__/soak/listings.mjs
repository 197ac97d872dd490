import { mockS3 } from '../../dist/index.js';
import { makeClient } from './client.mjs';
import { growthOf, memoryUsed, reportMegabytes } from './figures.mjs';

const LISTINGS = 1_500;
const VERSIONS = 1_000;

const versions = Array.from({ length: VERSIONS }, (_, index) => `version ${index}`);
const s3 = mockS3({ buckets: { vault: { versioning: 'Enabled', objects: { report: versions } } } });
const client = makeClient();
await client.send('GET', '/?versions');
s3.requests.clear();

const before = await memoryUsed();
const { times, most, seconds } = await growthOf(LISTINGS, () => client.send('GET', '/?versions'));
reportMegabytes(`${times} listings of ${VERSIONS} versions, at most`, most - before, 128, `${seconds.toFixed(0)} s`);
s3.requests.clear();
reportMegabytes('the same after the journal was cleared', (await memoryUsed()) - before, 2);
client.close();
await s3.stop();
