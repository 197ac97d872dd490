import { readFileSync } from 'node:fs';
import { homedir } from 'node:os';
import path from 'node:path';
import type { Service } from '../../src/facts';

/** The most lines of a file that are read. */
const LINES = 10_000;

/** The keys of the profile that AWS_PROFILE names in the files that SDKs share. Nobody's default profile is used unasked. */
export function findKeysOfProfile(environment: NodeJS.ProcessEnv): Service['keys'] | undefined {
  const {
    AWS_PROFILE: profile,
    AWS_SHARED_CREDENTIALS_FILE: credentials = path.join(homedir(), '.aws/credentials'),
    AWS_CONFIG_FILE: configuration = path.join(homedir(), '.aws/config'),
  } = environment;
  if (profile === undefined) return undefined;
  return (
    readKeys(credentials, profile) ?? readKeys(configuration, profile === 'default' ? profile : `profile ${profile}`)
  );
}

/** Reads the section of a profile: `[name]`, and below it lines such as `aws_access_key_id = AKIA…`. */
function readKeys(file: string, section: string): Service['keys'] | undefined {
  const lines = readLines(file)
    .split('\n', LINES)
    .map((line) => line.trim());
  const begin = lines.indexOf(`[${section}]`) + 1;
  if (begin === 0) return undefined;
  const end = lines.findIndex((line, index) => index >= begin && line.startsWith('['));
  const values = new Map(lines.slice(begin, end === -1 ? undefined : end).map(readSetting));
  const [accessKeyId, secretAccessKey] = [values.get('aws_access_key_id'), values.get('aws_secret_access_key')];
  if (accessKeyId === undefined || secretAccessKey === undefined) return undefined;
  return { accessKeyId, secretAccessKey, sessionToken: values.get('aws_session_token') };
}

function readSetting(line: string): readonly [name: string, value: string] {
  const at = line.indexOf('=');
  return [line.slice(0, at).trim(), line.slice(at + 1).trim()];
}

function readLines(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return ''; // without it, a profile has no keys
  }
}
