import http from 'node:http';
import { median } from './cost.mjs';
import { loadLibrary } from './library.mjs';
import { send } from './requests.mjs';

const ROUNDS = 100;
const CALLS = 100;

/** S3 compares these with a request before it finds the one that allows it. */
const statements = (resource, principal) => [
  ...Array.from({ length: 19 }, (_, at) => ({
    Sid: `Statement${at}`,
    Effect: at % 2 === 0 ? 'Deny' : 'Allow',
    ...principal,
    Action: ['s3:GetObject', 's3:PutObject'],
    Resource: `${resource}/folder-${at}/*`,
    Condition: { StringNotLike: { 'aws:UserAgent': `agent-${at}/*` } },
  })),
  { Effect: 'Allow', ...principal, Action: 's3:*', Resource: [resource, `${resource}/*`] },
];
const policyOf = (bucket, principal) => ({
  Version: '2012-10-17',
  Statement: statements(`arn:aws:s3:::${bucket}`, principal),
});

export async function measureAccess() {
  const objects = { 'report.pdf': 'data' };
  const s3 = loadLibrary().mockS3({
    buckets: {
      vault: { objects },
      guarded: { objects, policy: policyOf('guarded', { Principal: '*' }), publicAccessBlock: null },
    },
    credentials: false,
    journal: { limit: 100 },
  });
  const { accessKeyId } = s3.account.user('ann', { policy: policyOf('guarded') }).credentials;
  const agent = new http.Agent({ keepAlive: true, maxSockets: 1 });
  const call = { method: 'GET', path: '/report.pdf' };
  const calls = {
    'no policy': call,
    'bucket policy, root': { ...call, bucket: 'guarded' },
    'bucket policy, user with policy': { ...call, bucket: 'guarded', accessKeyId },
  };
  try {
    report(await timesOf(agent, calls));
  } finally {
    agent.destroy();
    await s3.stop();
  }
}

/** Interleaved, in milliseconds of the processor, so that other processes count for little. */
async function timesOf(agent, calls) {
  const times = Object.fromEntries(Object.keys(calls).map((name) => [name, []]));
  for (let round = -10; round < ROUNDS; round += 1) {
    for (const [name, call] of Object.entries(calls)) {
      const start = process.cpuUsage();
      for (let index = 0; index < CALLS; index += 1) await send(agent, call);
      const { user, system } = process.cpuUsage(start);
      if (round >= 0) times[name].push((user + system) / 1000 / CALLS); // the first rounds only warm up
    }
  }
  return times;
}

function report(times) {
  const base = median(times['no policy']);
  console.log(`\nGetObject with policies of 20 statements: medians of ${ROUNDS} interleaved rounds`);
  const rows = Object.entries(times).map(([name, all]) => [name, { ms: median(all), ratio: median(all) / base }]);
  console.table(Object.fromEntries(rows));
}
