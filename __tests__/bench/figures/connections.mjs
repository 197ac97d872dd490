import http from 'node:http';
import https from 'node:https';
import { GetBucketVersioningCommand } from '@aws-sdk/client-s3';
import { mapped, quietCostsOf } from '../cost.mjs';
import { subjects } from '../subjects.mjs';

/** GetBucketVersioning over a connection of its own, in microseconds of the processor: SDK v3 without keep-alive, and Node's own client. */
export async function measure(subject) {
  const requestHandler = {
    httpAgent: new http.Agent({ keepAlive: false }),
    httpsAgent: new https.Agent({ keepAlive: false }),
  };
  const client = await subjects[subject]({ requestHandler });
  const target = await targetOf(client);
  const calls = {
    sdk: () => client.send(new GetBucketVersioningCommand({ Bucket: 'vault' })),
    node: () => get(target),
  };
  await quietCostsOf(calls, { slices: 5, calls: 100 });
  return mapped(await quietCostsOf(calls, { slices: 18, calls: 50 }), (cost) => cost * 1000);
}

async function targetOf(client) {
  const headers = { Authorization: 'AWS KEY:SIG' };
  if (client.config.endpoint === undefined)
    return { host: 'vault.s3.us-east-1.amazonaws.com', path: '/?versioning', headers };
  const { hostname, port } = await client.config.endpoint();
  return { host: hostname, port, path: '/vault?versioning', headers };
}

function get(target) {
  return new Promise((resolve, reject) => {
    const request = http.get({ ...target, agent: false }, (response) => {
      if (response.statusCode !== 200) reject(new Error(`the status is ${response.statusCode}`));
      response.on('end', resolve).resume();
    });
    request.on('error', reject);
  });
}
