import { firstTest } from '../../house/readme';
import type { Cell } from '../cell';

/**
 * The lowest version of each peer that package.json allows, of each of its majors. The newer ones are cells of runners and neighbours.
 * @module
 */

const sdk = { '@aws-sdk/client-s3': '3.1169.0' };

const withXxhash = `
const { PutObjectCommand, S3Client } = require('@aws-sdk/client-s3');
const { mockS3 } = require('s3-versioning-mock/jest');

mockS3({ buckets: { vault: { versioning: 'Enabled' } } });

test('computes XXHash', async () => {
  const put = new PutObjectCommand({ Bucket: 'vault', Key: 'a', Body: 'data', ChecksumXXHASH3: '5LeUP9V9XR4=' });
  expect(await new S3Client({}).send(put)).toMatchObject({ ChecksumXXHASH3: '5LeUP9V9XR4=' });
});
`;

const ofJest: Cell = {
  matrix: 'runners',
  row: 'jest 29.0.0, the oldest',
  column: 'node, CommonJS',
  packages: { jest: '29.0.0', '@jest/globals': '29.0.0', expect: '29.0.0', 'hash-wasm': '4.8.0', ...sdk },
  files: {
    'first.test.js': firstTest('js').code,
    'xxhash.test.js': withXxhash,
  },
  args: ['node_modules/jest/bin/jest.js'],
  passed: /^Tests: +2 passed, 2 total$/m,
};

/** It calls by fetch, because vite-node of vitest 3.0 takes the sources for bundlers of today's SDK, and cannot load them. */
const underVitest = `
import { expect, test } from 'vitest';
import { mockS3 } from 's3-versioning-mock/vitest';

const s3 = mockS3({ buckets: { vault: { versioning: 'Enabled' } } });

test('is captured', async () => {
  await fetch('https://vault.s3.amazonaws.com/?versioning');
  expect(s3).toHaveReceived('GetBucketVersioning', { Bucket: 'vault' });
});
`;

// vitest 4.0.0 lacks a method that a newer vite calls, `Unknown method: getBuiltins` with 7.3.8.
const ofVitest = [{ vitest: '3.0.0' }, { vitest: '4.0.0', vite: '7.1.12' }, { vitest: '5.0.0' }].map(
  (packages): Cell => ({
    matrix: 'runners',
    row: `vitest ${packages.vitest}, the oldest`,
    column: 'forks',
    packages,
    files: { 'first.test.mjs': underVitest },
    args: ['node_modules/vitest/vitest.mjs', 'run', '--pool=forks'],
    environment: { NO_COLOR: '1' },
    passed: /Tests {2}1 passed \(1\)/,
  }),
);

const besideNock = `
import https from 'node:https';
import { text } from 'node:stream/consumers';
import { GetBucketVersioningCommand, S3Client } from '@aws-sdk/client-s3';
import nock from 'nock';
import { mockS3 } from 's3-versioning-mock';

const s3 = mockS3({ nock, buckets: { vault: { versioning: 'Enabled' } } });
nock.disableNetConnect();
nock('https://api.example.com').get('/').reply(200, 'hello');
const theirs = new Promise((resolve) => https.get('https://api.example.com/', (answer) => resolve(text(answer))));
const { Status } = await new S3Client({}).send(new GetBucketVersioningCommand({ Bucket: 'vault' }));
console.log(await theirs, Status);
await s3.stop();
nock.restore();
`;

const ofNock = ['13.0.0', '14.0.0', '15.0.0'].map(
  (version): Cell => ({
    matrix: 'neighbours',
    row: `nock ${version}, the oldest`,
    column: 'nock first',
    packages: { nock: version, ...sdk },
    files: { 'beside.mjs': besideNock },
    args: ['beside.mjs'],
    passed: /^hello Enabled$/m,
  }),
);

export const cells: readonly Cell[] = [ofJest, ...ofVitest, ...ofNock];
