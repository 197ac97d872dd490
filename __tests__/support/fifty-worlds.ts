/** Fifty tests of one file that run at the same time, and write to one key of one bucket, each in a world of its own. */
export interface FiftyWorlds {
  readonly file: string;
  readonly text: string;
  /** The line in which the runner counts its tests. */
  readonly passed: RegExp;
}

const client = `
const client = new S3Client({});
const put = (Body) => client.send(new PutObjectCommand({ Bucket: 'vault', Key: 'a.txt', Body }));
const pause = (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds));
const options = { buckets: { vault: { versioning: 'Enabled', objects: { 'a.txt': 'first' } } } };
const numbers = Array.from({ length: 50 }, (_, index) => index);
const bodiesOf = (mock) => mock.bucket('vault').versions('a.txt').map(({ body }) => String(body)).toReversed();
const write = (s3, number) => s3.fork(async (world) => {
  await put('second ' + number);
  await pause((number * 7) % 20);
  await put('third ' + number);
  return { bodies: bodiesOf(world), requests: world.requests.length };
});
const expected = (number) => ({ bodies: ['first', 'second ' + number, 'third ' + number], requests: 2 });
const outside = (s3) => ({ bodies: bodiesOf(s3), requests: s3.requests.length });`;

const concurrent = `
const s3 = mockS3(options);
test.concurrent.each(numbers)('test %i', async (number) => {
  expect(await write(s3, number)).toEqual(expected(number));
});
test('the mock outside has not changed', () => {
  expect(outside(s3)).toEqual({ bodies: ['first'], requests: 0 });
});`;

export const fiftyWorlds: Readonly<Record<'jest' | 'vitest' | 'node:test', FiftyWorlds>> = {
  jest: {
    file: 'fifty.test.js',
    text: `const { PutObjectCommand, S3Client } = require('@aws-sdk/client-s3');
const { mockS3 } = require('s3-versioning-mock/jest');${client}${concurrent}`,
    passed: /^Tests: +51 passed, 51 total$/m,
  },
  vitest: {
    file: 'fifty.test.mjs',
    text: `import { expect, test } from 'vitest';
import { PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { mockS3 } from 's3-versioning-mock/vitest';${client}${concurrent}`,
    passed: /Tests +51 passed \(51\)/,
  },
  'node:test': {
    file: 'fifty.node.mjs',
    text: `import assert from 'node:assert';
import { after, test } from 'node:test';
import { PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { mockS3 } from 's3-versioning-mock';${client}
const s3 = mockS3(options);
after(() => s3.stop());
test('fifty tests', { concurrency: true }, async (t) => {
  await Promise.all(numbers.map((number) => t.test('test ' + number, async () => {
    assert.deepStrictEqual(await write(s3, number), expected(number));
  })));
  assert.deepStrictEqual(outside(s3), { bodies: ['first'], requests: 0 });
});`,
    passed: /^# fail 0$/m,
  },
};
