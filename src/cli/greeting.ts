import { visible, writeShellWord } from '../text/values';

export interface Served {
  readonly version: string;
  readonly url: string;
  readonly page: string | undefined;
  /** The variables that clients read. */
  readonly environment: Readonly<Record<string, string>>;
  readonly buckets: readonly string[];
  readonly accounts: readonly {
    readonly name: string;
    readonly accessKeyId: string;
    readonly secretAccessKey: string;
  }[];
  /** The device whose codes the buckets with MFA Delete need; undefined if no bucket has it. */
  readonly mfa: { readonly serial: string; readonly secret: string } | undefined;
  readonly process: number;
}

const noBuckets = 'none. Start with --bucket NAME, or create one with your client.';

/** Writes what the command that serves prints at its start. Programs wait for the first line, which ends with the address. */
export function writeGreeting(served: Served, platform: NodeJS.Platform): string {
  const { version, url, page, environment, buckets, accounts, mfa, process } = served;
  const isWindows = platform === 'win32';
  const write = isWindows ? writeForPowerShell : writeForShell;
  const lines = [
    `s3-versioning-mock ${version} is ready at ${url}`,
    ...(page === undefined ? [] : [`Page: ${page}`]),
    `Buckets: ${buckets.map(visible).join(', ') || noBuckets}`,
    'Copy to another shell:',
    write(Object.entries(environment)),
    ...accounts.map((one) => visible(`account ${one.name}: ${one.accessKeyId} ${one.secretAccessKey}`)),
    ...(mfa === undefined ? [] : [`MFA codes of ${visible(mfa.serial)}: ${writeWays(mfa.secret, process, isWindows)}`]),
    'Ctrl+C stops it.',
  ];
  return `${lines.join('\n')}\n`;
}

/** A client prefers a profile to keys, and sends a session token with any keys. */
const preferred = ['AWS_PROFILE', 'AWS_SESSION_TOKEN'];

type Variables = readonly (readonly [name: string, value: string])[];

function writeForShell(variables: Variables): string {
  const given = variables.map(([name, value]) => `${name}=${writeShellWord(value)}`);
  return `export ${given.join(' ')}; unset ${preferred.join(' ')}`;
}

function writeForPowerShell(variables: Variables): string {
  const given = variables.map(([name, value]) => `$env:${name} = '${value.replaceAll("'", "''")}'`);
  return [...given, ...preferred.map((name) => `$env:${name} = $null`)].join('; ');
}

/** Windows has no signal for it. */
function writeWays(secret: string, process: number, isWindows: boolean): string {
  const oathtool = `oathtool --totp -b ${secret}`;
  return isWindows ? oathtool : `kill -USR2 ${process}, or: ${oathtool}`;
}
