import { devNull } from 'node:os';

/** A port on which nobody listens: a program that heeds it as a proxy reaches no real host. */
const deadProxy = 'http://127.0.0.1:9';

/** The variables that keep the SDKs away from the keys and the settings of the user, and from the addresses that give keys to machines. */
const keyless: Readonly<Record<string, string>> = {
  AWS_CONFIG_FILE: devNull,
  AWS_SHARED_CREDENTIALS_FILE: devNull,
  AWS_EC2_METADATA_DISABLED: 'true',
};

const reached = 'localhost,127.0.0.1,::1,.localhost,.test';

/**
 * The variables that keep a program of another language away from the network. It reaches this machine, and the names below `.test` and
 * `.localhost`, which no resolver knows. A program with the library does not get them: the library takes them for proxies of S3.
 */
export const offline: Readonly<Record<string, string>> = {
  ...keyless,
  ...inBothSpellings(['HTTP_PROXY', 'HTTPS_PROXY', 'ALL_PROXY'], deadProxy),
  ...inBothSpellings(['NO_PROXY'], reached),
};

function inBothSpellings(names: readonly string[], value: string): Readonly<Record<string, string>> {
  return Object.fromEntries(names.flatMap((name) => [name, name.toLowerCase()]).map((name) => [name, value]));
}

/** A command needs some of them to start. A run depends on no others: jest, for one, writes no snapshots if `CI` is set. */
export function plainEnvironment(): NodeJS.ProcessEnv {
  const needed = /^(PATH|HOME|TMPDIR|npm_config_.*)$/i;
  return { ...Object.fromEntries(Object.entries(process.env).filter(([name]) => needed.test(name))), ...keyless };
}

/** The variables of this process that lead to the network; those of the npm that runs us are not for other managers. */
export function online(registry?: string): NodeJS.ProcessEnv {
  const leads = /^(node_extra_ca_certs|ssl_cert_(file|dir))$/i;
  const named = Object.entries(process.env).filter(([name]) => leads.test(name));
  const own = Object.keys(process.env).filter((name) =>
    /^npm_config_(?!cache$|userconfig$|registry$|\w*proxy$)/i.test(name),
  );
  return {
    ...Object.fromEntries(named),
    ...Object.fromEntries(own.map((name) => [name, undefined])),
    ...(registry !== undefined && { npm_config_registry: registry }),
  };
}
