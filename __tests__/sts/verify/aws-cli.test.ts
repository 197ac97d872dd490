import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { expect } from '@jest/globals';
import type { MockS3 } from '../../../src/index';
import { offline, plainEnvironment } from '../../support/plain-environment';
import { startedMocks } from '../../support/started-mocks';
import { findAwsCli, itWith } from '../../support/tools';
import { profilesOfTests } from '../profiles';

const startMock = startedMocks();
const { folder, writeProfiles } = profilesOfTests();

function calls(s3: MockS3): readonly string[] {
  return s3.requests.map(({ operation, caller }) => {
    const name = caller === 'anonymous' ? caller : (caller.role ?? caller.user ?? 'root');
    return `${operation} by ${name}`;
  });
}

itWith(
  findAwsCli('1.29', '2.13'),
  'the command line of AWS assumes the role of a profile at the port, and reads as the role',
  async ({ program }) => {
    const s3 = startMock({
      buckets: { vault: { versioning: 'Enabled' } },
      users: { ann: {} },
      caller: 'ann',
      roles: { reader: {} },
    });
    const { url } = await s3.listen();
    writeProfiles(
      s3,
      `[profile audit]\nrole_arn = ${'arn:aws:iam::000000000000:role/reader'}\nsource_profile = base\nrole_session_name = audit\n`,
    );
    const env = {
      ...plainEnvironment(),
      ...offline,
      // It stores sessions of roles there, for later calls.
      HOME: folder(),
      AWS_CONFIG_FILE: process.env['AWS_CONFIG_FILE'],
      AWS_SHARED_CREDENTIALS_FILE: process.env['AWS_SHARED_CREDENTIALS_FILE'],
      AWS_DEFAULT_REGION: 'eu-west-1',
      AWS_ENDPOINT_URL: url,
    };
    const run = async (...args: readonly string[]) => {
      const options = ['--profile', 'audit', '--output', 'json'];
      const { stdout } = await promisify(execFile)(program, [...args, ...options], { env });
      return JSON.parse(stdout);
    };
    expect(await run('sts', 'get-caller-identity')).toMatchObject({
      Arn: 'arn:aws:sts::000000000000:assumed-role/reader/audit',
    });
    expect(await run('s3api', 'get-bucket-versioning', '--bucket', 'vault')).toEqual({ Status: 'Enabled' });
    expect(calls(s3)).toEqual(['AssumeRole by ann', 'GetCallerIdentity by reader', 'GetBucketVersioning by reader']);
  },
  60_000,
);
