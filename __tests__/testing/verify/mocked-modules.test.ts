import { beforeAll, describe, expect, it } from '@jest/globals';
import { readJestRun } from '../../support/jest-run';
import { libraryProject } from '../../support/library-project';

const project = libraryProject('mocked-modules');

/** Those that the library imports, and whatever else clients and tests mock. */
const names = [
  ...[
    'timers',
    'util',
    'path',
    'fs',
    'crypto',
    'http',
    'https',
    'net',
    'tls',
    'dns',
    'stream',
    'zlib',
    'url',
    'events',
  ],
  ...['async_hooks', 'os', 'buffer', 'vm', 'module', 'string_decoder', 'process', 'console', 'timers/promises'],
];
const ways = {
  automatic: (name: string) => `jest.mock('${name}');`,
  'by a factory': (name: string) => `jest.mock('${name}', () => ({}));`,
};

const test = `
const { mockS3 } = require('s3-versioning-mock/jest');
const s3 = mockS3({ buckets: { vault: { versioning: 'Enabled' } } });
const get = () => new Promise((resolve, reject) => {
  const headers = { Authorization: 'AWS AKIA:c2lnbmF0dXJl', Date: new Date().toUTCString() };
  jest.requireActual('node:https').get('https://vault.s3.amazonaws.com/?versioning', { headers }, (response) => {
    response.resume().on('end', () => resolve(response.statusCode));
  }).on('error', reject);
});
test('is answered', async () => {
  expect(await get()).toBe(200);
  expect(s3).toHaveReceived('GetBucketVersioning', { Bucket: 'vault' });
  expect(() => s3.createBucket('other', { versionning: 'Enabled' })).toThrow(TypeError);
});`;

describe('mocks of the modules of Node', () => {
  beforeAll(() => {
    for (const name of names)
      for (const [way, mock] of Object.entries(ways)) {
        project.write(`${name.replace('/', '-')}-${way}.test.js`, mock(name) + test);
        project.write(`node-${name.replace('/', '-')}-${way}.test.js`, mock(`node:${name}`) + test);
      }
  });

  it('do not reach the library', async () => {
    const config = JSON.stringify({ testMatch: ['**/*.test.js'], transform: {} });
    const { tests } = readJestRun(await project.jest(['--json', '-i', '--config', config]));
    expect(Object.keys(tests)).toHaveLength(names.length * 4);
    expect(Object.entries(tests).filter(([, [status]]) => status !== 'passed')).toEqual([]);
  });
});
