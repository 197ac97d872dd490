import { mkdirSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';

/** The keys, regions, profiles and endpoints of the user, and the proxies. */
const ofUser = /^(?:AWS|IBM|COS|S3)_(?!VERSIONING_MOCK)|^(?:https?|all|no)_proxy$/i;

/**
 * Runs before all test files, which inherit its variables: no test depends on the home folder of the user, in which SDKs look for keys and
 * endpoints, or on the variables of a shell. npm keeps its cache and its proxies, and the
 * user's settings if `npm run` started it, which names their file.
 */
export default function (): void {
  const { env } = process;
  const npm = {
    npm_config_cache: join(homedir(), '.npm'),
    npm_config_proxy: env['HTTP_PROXY'] ?? env['http_proxy'],
    npm_config_https_proxy: env['HTTPS_PROXY'] ?? env['https_proxy'],
    npm_config_noproxy: env['NO_PROXY'] ?? env['no_proxy'],
  };
  for (const [name, value] of Object.entries(npm)) if (value !== undefined) env[name] ??= value;
  for (const name of Object.keys(env)) if (ofUser.test(name)) delete env[name];
  const empty = join(__dirname, '../../node_modules/.cache/home');
  mkdirSync(empty, { recursive: true });
  Object.assign(env, { HOME: empty, USERPROFILE: empty });
}
