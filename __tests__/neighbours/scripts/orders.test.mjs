// Runs a neighbour beside a mock in every order of set-up and tear-down. NEIGHBOUR names its module, ORDER the first of the two: 'mock' or
// 'neighbour'; without it both are tried.
import assert from 'node:assert';
import dns from 'node:dns';
import http from 'node:http';
import https from 'node:https';
import { createRequire } from 'node:module';
import net from 'node:net';
import test from 'node:test';
import tls from 'node:tls';

const require = createRequire(import.meta.url);

// No name of another machine resolves: a call that is not answered here fails.
const { lookup } = dns;
dns.lookup = (name, ...rest) => {
  if (name === 'localhost' || net.isIP(name) !== 0) return lookup(name, ...rest);
  const error = Object.assign(new Error(`getaddrinfo ENOTFOUND ${name}`), {
    code: 'ENOTFOUND',
    syscall: 'getaddrinfo',
  });
  process.nextTick(rest.at(-1), error);
};

const holders = {
  http,
  https,
  net,
  tls,
  dns,
  globalThis,
  Socket: net.Socket.prototype,
  Agent: http.Agent.prototype,
  SecureAgent: https.Agent.prototype,
  Server: http.Server.prototype,
  Request: http.ClientRequest.prototype,
};
const names = [
  'request',
  'get',
  'fetch',
  'connect',
  'createConnection',
  'lookup',
  '_writeGeneric',
  'addRequest',
  'emit',
];

function functionsOfNode() {
  const all = Object.entries(holders).flatMap(([holder, object]) =>
    names.filter((name) => name in object).map((name) => [`${holder}.${name}`, object[name]]),
  );
  return Object.fromEntries(all);
}

fetch('data:,').catch(() => {}); // fetch is loaded at its first use
const original = functionsOfNode();
const warnings = [];
process.on('warning', (warning) => {
  // The SDK's own, about this version of Node.
  if (!/AWS SDK for JavaScript/.test(warning.message)) warnings.push(warning);
});

const { default: neighbour } = await import(`./${process.env.NEIGHBOUR}.mjs`);
// The warnings of its own load are not the mock's: msw 2 asks Node 26 for localStorage.
await new Promise((resolve) => setImmediate(resolve));
warnings.length = 0;
const { mockS3 } = require('s3-versioning-mock');

function callsOf() {
  const { GetBucketVersioningCommand, PutObjectCommand, S3Client } = require('@aws-sdk/client-s3');
  const credentials = { accessKeyId: 'KEY', secretAccessKey: 'SECRET' };
  const client = new S3Client({ region: 'us-east-1', credentials, maxAttempts: 1 });
  const object = { Bucket: 'vault', Key: 'report.pdf' };
  return {
    'SDK v3': async () => (await client.send(new GetBucketVersioningCommand({ Bucket: 'vault' }))).Status,
    'SDK v3, 3 MB': async () => {
      const begun = performance.now();
      await client.send(new PutObjectCommand({ ...object, Body: Buffer.alloc(3_000_000) }));
      // A client that gets no 100 Continue waits for it for six seconds.
      assert.ok(performance.now() - begun < 5000, 'the upload was stalled');
      return 'Enabled';
    },
    fetch: async () => statusOf(await (await fetch('https://vault.s3.amazonaws.com/?versioning')).text()),
    https: async () => statusOf(await get('https://vault.s3.amazonaws.com/?versioning')),
    http: async () => statusOf(await get('http://vault.s3.amazonaws.com/?versioning')),
  };
}

const open = {
  versioning: 'Enabled',
  publicAccessBlock: { BlockPublicPolicy: false, RestrictPublicBuckets: false },
  policy: {
    Version: '2012-10-17',
    Statement: [{ Effect: 'Allow', Principal: '*', Action: 's3:GetBucketVersioning', Resource: 'arn:aws:s3:::vault' }],
  },
};

const statusOf = (xml) => /<Status>(\w+)<\/Status>/.exec(xml)?.[1] ?? xml;

function get(url) {
  const client = url.startsWith('https:') ? https : http;
  return new Promise((resolve, reject) => {
    const request = client.get(url, { agent: false }, (response) => {
      let text = '';
      response.on('data', (chunk) => {
        text += chunk;
      });
      response.on('end', () => resolve(text));
    });
    request.on('error', reject);
  });
}

class Pair {
  s3;
  isBeside = false;

  async '+mock'() {
    this.s3 = mockS3({ buckets: { vault: open }, ...neighbour.options?.() });
  }

  async '-mock'() {
    const { s3 } = this;
    this.s3 = undefined;
    await s3.stop();
  }

  async '+neighbour'() {
    await neighbour.start(() => this.s3);
    this.isBeside = true;
  }

  async '-neighbour'() {
    this.isBeside = false;
    await neighbour.stop();
  }

  async check() {
    for (const [name, call] of Object.entries(callsOf())) {
      const [result] = await Promise.allSettled([call()]);
      if (this.s3 === undefined) assert.strictEqual(result.status, 'rejected', `${name} is answered without a mock`);
      else assert.deepStrictEqual(result, { status: 'fulfilled', value: 'Enabled' }, name);
    }
    const count = Object.keys(callsOf()).length;
    if (this.s3 !== undefined) assert.strictEqual(this.s3.requests.length, count);
    this.s3?.requests.clear();
    if (neighbour.ask === undefined) return;
    const [answer] = await Promise.allSettled([neighbour.ask()]);
    if (this.isBeside) assert.deepStrictEqual(answer, { status: 'fulfilled', value: 'theirs' });
    else assert.strictEqual(answer.status, 'rejected');
  }
}

// A neighbour that cannot be taken down is set up once in a process.
const ends = neighbour.stays
  ? [['-mock', '-neighbour']]
  : [
      ['-neighbour', '-mock'],
      ['-mock', '-neighbour'],
    ];
const begins = [
  ['+mock', '+neighbour'],
  ['+neighbour', '+mock'],
].filter(([first]) => !process.env.ORDER || first === `+${process.env.ORDER}`);
const orders = (neighbour.stays ? begins.slice(0, 1) : begins).flatMap((begin) =>
  ends.map((end) => [...begin, ...end]),
);

const within = (run) => (neighbour.within ? neighbour.within(run) : run());

for (const order of orders) {
  test(order.join(' '), async () => {
    const pair = new Pair();
    for (const step of order) {
      await pair[step]();
      await within(() => pair.check());
    }
    await new Promise((resolve) => setImmediate(resolve));
    if (!neighbour.stays) assert.deepStrictEqual(functionsOfNode(), original);
    assert.deepStrictEqual(warnings, []);
  });
}

test('fifty calls make no warning', { skip: neighbour.stays }, async () => {
  const s3 = mockS3({ buckets: { vault: open }, ...neighbour.options?.() });
  await neighbour.start(() => s3);
  const call = callsOf()['SDK v3'];
  await within(async () => {
    for (let count = 0; count < 50; count += 1) await call();
    await Promise.all(Array.from({ length: 50 }, call));
  });
  await neighbour.stop();
  await s3.stop();
  await new Promise((resolve) => setImmediate(resolve));
  assert.deepStrictEqual(warnings, []);
});
