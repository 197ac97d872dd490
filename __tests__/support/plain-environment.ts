import { devNull } from 'node:os';

/** A port where nobody listens: a program that heeds it as a proxy reaches no real host. */
const deadProxy = 'http://127.0.0.1:9';

/**
 * The variables that keep the programs of a test away from the network and from the user's keys. They reach this machine, and the names
 * below `.test` and `.localhost`, which no resolver knows.
 */
export const offline: Readonly<Record<string, string>> = {
  ...Object.fromEntries(
    ['HTTP_PROXY', 'HTTPS_PROXY', 'ALL_PROXY'].flatMap((name) => [
      [name, deadProxy],
      [name.toLowerCase(), deadProxy],
    ]),
  ),
  NO_PROXY: 'localhost,127.0.0.1,::1,.localhost,.test',
  no_proxy: 'localhost,127.0.0.1,::1,.localhost,.test',
  AWS_CONFIG_FILE: devNull,
  AWS_SHARED_CREDENTIALS_FILE: devNull,
  AWS_EC2_METADATA_DISABLED: 'true',
};

/**
 * The variables that a command needs to start. A run depends on no others: jest, for one, writes no snapshots if `CI` is set.
 */
export function plainEnvironment(): NodeJS.ProcessEnv {
  const needed = /^(PATH|HOME|TMPDIR|npm_config_.*)$/i;
  return Object.fromEntries(Object.entries(process.env).filter(([name]) => needed.test(name)));
}
