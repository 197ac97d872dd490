import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach } from '@jest/globals';
import type { MockS3 } from '../../src/index';

const names = [
  'AWS_CONFIG_FILE',
  'AWS_SHARED_CREDENTIALS_FILE',
  'AWS_PROFILE',
  'AWS_ROLE_ARN',
  'AWS_WEB_IDENTITY_TOKEN_FILE',
  'AWS_ROLE_SESSION_NAME',
  'AWS_REGION',
  'AWS_ENDPOINT_URL',
  'AWS_SDK_LOAD_CONFIG',
  'AWS_STS_REGIONAL_ENDPOINTS',
];

export interface Profiles {
  readonly folder: () => string;
  readonly write: (name: string, text: string) => string;
  /** Writes profiles into the files of both SDKs, after one named `base`, which has the keys of the user `ann`. */
  readonly writeProfiles: (s3: MockS3, text: string) => void;
}

/** Each test has a folder of its own, since the SDK v3 remembers the text of a file by its path. */
export function profilesOfTests(): Profiles {
  let folder = '';
  const before = Object.fromEntries(names.map((name) => [name, process.env[name]]));
  const write = (name: string, text: string) => {
    const file = path.join(folder, name);
    writeFileSync(file, text);
    return file;
  };
  beforeEach(() => {
    folder = mkdtempSync(path.join(tmpdir(), 'sts-profiles-'));
  });
  afterEach(() => {
    for (const [name, value] of Object.entries(before)) {
      if (value === undefined) delete process.env[name];
      else process.env[name] = value;
    }
    rmSync(folder, { recursive: true });
  });
  return {
    folder: () => folder,
    write,
    writeProfiles({ account }, text) {
      const { accessKeyId, secretAccessKey } = account.user('ann').credentials;
      const keys = `aws_access_key_id = ${accessKeyId}\naws_secret_access_key = ${secretAccessKey}`;
      // After the start of the mock, which counts files that the environment names as keys and a region of the user.
      process.env['AWS_SHARED_CREDENTIALS_FILE'] = write('credentials', `[base]\n${keys}\n`);
      process.env['AWS_CONFIG_FILE'] = write('config', text);
    },
  };
}
