import { mockS3 } from '../../dist/index.js';
import { makeClient } from './client.mjs';
import { growthOf, memoryUsed, reportMegabytes, reportNone } from './figures.mjs';
import { changesSince, processState } from './process-state.mjs';

const REQUESTS = 200_000;
const BETWEEN_RESETS = 400;

const fresh = mockS3();
await fresh.stop();
await memoryUsed();
const before = processState();
const rules = [{ Status: 'Enabled', Filter: { Prefix: 'old/' }, Expiration: { Days: 1 } }];
const s3 = mockS3({
  buckets: { vault: { versioning: 'Enabled', lifecycle: { Rules: rules }, objects: { 'report.pdf': 'first' } } },
});
const client = makeClient();
const remove = '<Delete><Object><Key>a</Key></Object><Object><Key>b</Key></Object></Delete>';
const token = {
  host: 'iam.cloud.ibm.com',
  body: 'grant_type=urn%3Aibm%3Aparams%3Aoauth%3Agrant-type%3Aapikey&apikey=key',
  headers: { 'Content-Type': 'application/x-www-form-urlencoded' },
};

/** The requests, in turn, each with its number. An agent would keep a connection for each host. */
const calls = [
  () => client.send('GET', '/?versioning'),
  (n) => client.send('PUT', `/new-${n}`, { body: `body ${n}`, headers: { 'x-amz-meta-number': `${n}` } }),
  (n) => client.send('PUT', `/old/${n}`, { body: 'old' }),
  () => client.send('GET', '/report.pdf', { headers: { Range: 'bytes=0-1' } }),
  (n) => client.send('GET', `/missing-${n}`),
  () => client.send('DELETE', '/report.pdf'),
  () => client.send('GET', '/?versions&max-keys=10'),
  () => client.send('POST', '/?delete', { body: remove }),
  () => client.send('POST', '/upload?uploads'),
  () =>
    client.send('PUT', '/?versioning', {
      body: '<VersioningConfiguration><Status>Paused</Status></VersioningConfiguration>',
    }),
  (n) => client.send('PUT', '/', { host: `bucket-${n}.s3.amazonaws.com`, agent: false }),
  (n) => client.send('GET', '/', { host: `elsewhere-${n}.s3.amazonaws.com`, agent: false }),
  () => client.send('POST', '/identity/token', token),
];

const { times, grown, seconds } = await growthOf(REQUESTS, async (index) => {
  await calls[index % calls.length](index);
  if (index % BETWEEN_RESETS === 0) renew(index / BETWEEN_RESETS);
});
reportMegabytes(`${times} requests with resets, growth`, grown, 2, `${seconds.toFixed(0)} s`);
client.close();
await s3.stop();
await memoryUsed();
reportNone('changes of the process', changesSince(before));

function renew(round) {
  s3.createAccount('partner').user(`user-${round}`);
  s3.createMfaDevice();
  s3.mfa.header();
  s3.iam.refuse(`key-${round}`);
  s3.on('PutObject', { Bucket: `bucket-${round}` }).fail('SlowDown', { times: 1 });
  s3.clock.advance({ days: 1 + (round % 400) });
  s3.restore(s3.snapshot());
  s3.reset();
}
