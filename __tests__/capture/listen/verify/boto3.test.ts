import { spawn } from 'node:child_process';
import path from 'node:path';
import { expect } from '@jest/globals';
import { mockS3 } from '../../../../src/index';
import { offline } from '../../../support/plain-environment';
import { findBoto3, itWith } from '../../../support/tools';
import { event } from '../../scene';

const script = path.join(__dirname, '../../../support/boto3/versioning.py');

// The script gives its clients the address, so that an older boto3 will do.
itWith(
  findBoto3('1.26'),
  'boto3 gets the same answers as from S3',
  async ({ program }) => {
    await using s3 = mockS3({ hosts: { only: [] } });
    const { url } = await s3.listen({ base: 's3.test' });
    const { accessKeyId, secretAccessKey } = s3.account.credentials;
    const child = spawn(program, [script], {
      stdio: ['ignore', 'pipe', 'inherit'],
      env: {
        ...offline,
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
  },
  60_000,
);
