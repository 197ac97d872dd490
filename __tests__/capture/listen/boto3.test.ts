import { spawn, spawnSync } from 'node:child_process';
import path from 'node:path';
import { expect, it } from '@jest/globals';
import { mockS3 } from '../../../src/index';
import { event } from '../scene';

const python = '/usr/bin/python3'; // Debian's, for which python3-boto3 is a package
const script = path.join(__dirname, '../../support/boto3/versioning.py');
const installed = spawnSync(python, ['-c', 'import boto3']).status === 0;

it('boto3 gets the same answers as from S3', async () => {
  if (!installed) {
    process.stdout.write(`\nboto3 NOT RUN: ${python} has no boto3. On Debian: apt-get install python3-boto3\n\n`);
    return;
  }
  await using s3 = mockS3({ hosts: { only: [] } });
  const { url } = await s3.listen({ base: 's3.test' });
  const { accessKeyId, secretAccessKey } = s3.account.credentials;
  const child = spawn(python, [script], {
    stdio: ['ignore', 'pipe', 'inherit'],
    env: {
      PATH: process.env['PATH'],
      PYTHONUNBUFFERED: '1',
      S3_ENDPOINT: url,
      S3_MFA_SERIAL: s3.mfa.serial,
      S3_MFA_SECRET: s3.mfa.secret,
      AWS_ACCESS_KEY_ID: accessKeyId,
      AWS_SECRET_ACCESS_KEY: secretAccessKey,
    },
  });
  let report = '';
  child.stdout.on('data', (chunk: Buffer) => {
    report += chunk.toString();
  });
  const [code] = await event(child, 'close');
  process.stdout.write(`\n${report}\n`);
  expect(report.split('\n').filter((line) => line.startsWith('FAIL'))).toEqual([]);
  expect(code).toBe(0);
  expect(s3.bucket('vault').mfaDelete).toBe('Enabled');
  expect(s3.requests.last()?.client).toMatch(/^(?:Python-urllib|Boto3)/i);
}, 60_000);
