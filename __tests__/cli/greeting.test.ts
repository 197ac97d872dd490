import { expect, it } from '@jest/globals';
import { type Served, writeGreeting } from '../../src/cli/greeting';

const served: Served = {
  version: '1.2.3',
  url: 'http://127.0.0.1:9000',
  page: 'http://127.0.0.1:9000/_mock/',
  environment: {
    AWS_ENDPOINT_URL_S3: 'http://127.0.0.1:9000',
    AWS_ENDPOINT_URL_STS: 'http://127.0.0.1:9000',
    AWS_ACCESS_KEY_ID: 'AKIA',
    AWS_SECRET_ACCESS_KEY: "it's",
  },
  buckets: [],
  accounts: [{ name: 'partner', accessKeyId: 'AKIB', secretAccessKey: 'secret' }],
  mfa: { serial: 'arn:aws:iam::000000000000:mfa/device', secret: 'JBSW' },
  process: 4711,
};

it('has variables for a POSIX shell, quoted if that is needed', () => {
  expect(writeGreeting(served, 'linux').split('\n')).toEqual([
    's3-versioning-mock 1.2.3 is ready at http://127.0.0.1:9000',
    'Page: http://127.0.0.1:9000/_mock/',
    'Buckets: none. Start with --bucket NAME, or create one with your client.',
    'Copy to another shell:',
    `export AWS_ENDPOINT_URL_S3=http://127.0.0.1:9000 AWS_ENDPOINT_URL_STS=http://127.0.0.1:9000 AWS_ACCESS_KEY_ID=AKIA AWS_SECRET_ACCESS_KEY='it'\\''s'; unset AWS_PROFILE AWS_SESSION_TOKEN`,
    'account partner: AKIB secret',
    'MFA codes of arn:aws:iam::000000000000:mfa/device: kill -USR2 4711, or: oathtool --totp -b JBSW',
    'Ctrl+C stops it.',
    '',
  ]);
});

it('has variables for PowerShell on Windows, where no signal asks for a code', () => {
  expect(writeGreeting(served, 'win32').split('\n').slice(4)).toEqual([
    "$env:AWS_ENDPOINT_URL_S3 = 'http://127.0.0.1:9000'; $env:AWS_ENDPOINT_URL_STS = 'http://127.0.0.1:9000'; $env:AWS_ACCESS_KEY_ID = 'AKIA'; $env:AWS_SECRET_ACCESS_KEY = 'it''s'; $env:AWS_PROFILE = $null; $env:AWS_SESSION_TOKEN = $null",
    'account partner: AKIB secret',
    'MFA codes of arn:aws:iam::000000000000:mfa/device: oathtool --totp -b JBSW',
    'Ctrl+C stops it.',
    '',
  ]);
});

it('leaves out the page if the door is closed', () => {
  const greeting = writeGreeting({ ...served, page: undefined, buckets: ['vault', 'a\u001bb'] }, 'linux');
  expect(greeting).toContain(
    ' is ready at http://127.0.0.1:9000\nBuckets: vault, a\\u{1b}b\nCopy to another shell:\nexport AWS_ENDPOINT',
  );
  expect(greeting).not.toContain('Page');
});

it('leaves out the MFA device if no bucket has MFA Delete', () => {
  const greeting = writeGreeting({ ...served, mfa: undefined }, 'linux');
  expect(greeting).toContain('\naccount partner: AKIB secret\nCtrl+C stops it.\n');
});
