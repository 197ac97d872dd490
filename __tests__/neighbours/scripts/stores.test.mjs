// A neighbour answers the host of a store that the mock refuses otherwise. NEIGHBOUR names its module, which says which clients it sees.
import assert from 'node:assert';
import https from 'node:https';
import { createRequire } from 'node:module';
import test from 'node:test';

const require = createRequire(import.meta.url);
const { default: neighbour } = await import(`./${process.env.NEIGHBOUR}.mjs`);
const { mockS3 } = require('s3-versioning-mock');

const host = 'nyc3.digitaloceanspaces.com';
const url = `https://${host}/vault/a`;
const headers = {
  Authorization: 'AWS4-HMAC-SHA256 Credential=KEY/20260101/us-east-1/s3/aws4_request, SignedHeaders=host, Signature=0',
};

const clients = {
  https: () =>
    new Promise((resolve, reject) => {
      const request = https.get(url, { headers, agent: false }, (response) => {
        let text = '';
        response.on('data', (chunk) => {
          text += chunk;
        });
        response.on('end', () => resolve(text));
      });
      request.on('error', reject);
    }),
  fetch: async () => (await fetch(url, { headers })).text(),
  undici: async () => (await require('undici').request(url, { headers })).body.text(),
};

for (const guard of [false, true]) {
  for (const isFirst of [true, false]) {
    for (const name of neighbour.clients) {
      test(`${name}, guard ${guard}, the mock ${isFirst ? 'first' : 'last'}`, async () => {
        let s3;
        const startMock = () => {
          s3 = mockS3({ guard, ...neighbour.options?.() });
        };
        const startNeighbour = () => neighbour.start(() => s3);
        for (const start of isFirst ? [startMock, startNeighbour] : [startNeighbour, startMock]) await start();
        const [beside] = await Promise.allSettled([clients[name]()]);
        const noted = { requests: s3.requests.length, isExplained: s3.requests.explain().includes(host) };
        await neighbour.stop();
        const [alone] = await Promise.allSettled([clients[name]()]);
        const refused = s3.requests.length;
        await s3.stop();
        assert.deepStrictEqual(
          { beside, noted, alone: /S3MockUnknownHost/.test(alone.value), refused },
          {
            beside: { status: 'fulfilled', value: 'theirs' },
            noted: { requests: 0, isExplained: false },
            alone: true,
            refused: 1,
          },
        );
      });
    }
  }
}
