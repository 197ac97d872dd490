import type { Cell } from '../cell';

/** Headers of a signed request. The signature is wrong, and the mock does not look at it. */
const headers = JSON.stringify({
  authorization:
    'AWS4-HMAC-SHA256 Credential=AKIAEXAMPLE/20261120/us-east-1/s3/aws4_request, SignedHeaders=host, Signature=0',
  'x-amz-content-sha256': 'UNSIGNED-PAYLOAD',
  'x-amz-date': '20261120T100000Z',
});

const call = `
const s3 = mockS3({ buckets: { vault: { versioning: 'Enabled', objects: { 'report.pdf': ['first', 'second'] } } } });
const client = new S3Client({});
const versions = await client.send(new ListObjectVersionsCommand({ Bucket: 'vault' }));
const headers = ${headers};
await client.send(new PutObjectCommand({ Bucket: 'vault', Key: 'report.pdf', Body: 'third' }));
const answer = await fetch('https://vault.s3.amazonaws.com/report.pdf', { headers });
console.log(versions.Versions.length, answer.status, await answer.text(), s3.requests.length);
await s3.stop();
`;

const imports = `
import { ListObjectVersionsCommand, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { mockS3 } from 's3-versioning-mock';
`;
const requires = `
const { ListObjectVersionsCommand, PutObjectCommand, S3Client } = require('@aws-sdk/client-s3');
const { mockS3 } = require('s3-versioning-mock');
`;

const script = {
  matrix: 'library',
  row: 'a script',
  packages: { '@aws-sdk/client-s3': '3.1169.0' },
  passed: /^2 200 third 3$/m,
} as const;

/** Node removes the types of TypeScript by itself from this version on. */
const withoutTypeStripping = '<22.18';

const scripts: readonly Cell[] = [
  {
    ...script,
    column: 'CommonJS',
    files: { 'script.cjs': `${requires}\nvoid (async () => {${call}})();` },
    args: ['script.cjs'],
  },
  { ...script, column: 'ES module', files: { 'script.mjs': `${imports}${call}` }, args: ['script.mjs'] },
  {
    ...script,
    column: 'TypeScript without a compiler',
    files: {
      'script.mts': `${imports}const expected: number = 3;\n${call}if (s3.requests.length !== expected) throw expected;`,
    },
    args: ['script.mts'],
    forbidden: {
      on: withoutTypeStripping,
      by: /Unknown file extension "\.mts"|Cannot use import statement outside a module/,
    },
  },
];

const commandLine: Cell = {
  matrix: 'library',
  row: 'the command line',
  column: 'CommonJS',
  packages: {},
  files: {
    'ask.cjs': `
      const { spawn } = require('node:child_process');
      const command = spawn('node_modules/.bin/s3-versioning-mock', ['--bucket', 'vault:versioning=Enabled', '--port', '0']);
      command.stderr.pipe(process.stderr);
      command.stdout.once('data', async (text) => {
        const [url] = /http:\\/\\/[\\w.:]+/.exec(text);
        const answer = await fetch(url + '/vault?versioning', { headers: ${headers} });
        console.log(answer.status, /<Status>(.*)<.Status>/.exec(await answer.text())[1], command.kill());
      });`,
  },
  args: ['ask.cjs'],
  passed: /^200 Enabled true$/m,
};

const stories: readonly Cell[] = [
  ['the tests of every client', '__tests__/sdk'],
  ['the tests of capture', '__tests__/capture'],
].map(([row = '', folder = '']) => ({
  matrix: 'library',
  row,
  column: 'TypeScript, jest',
  packages: {},
  files: {},
  args: ['node_modules/jest/bin/jest.js', '-w', '1', '--silent', folder],
  inCheckout: true,
  passed: /^Tests: +\d+ passed, \d+ total$/m,
}));

export const cells: readonly Cell[] = [...scripts, commandLine, ...stories];
