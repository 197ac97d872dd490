import { URL } from 'node:url';
import { normalizeHost, type Target } from './target';

export interface Proxies {
  has(target: Target): boolean;
}

const variables = ['HTTP_PROXY', 'http_proxy', 'HTTPS_PROXY', 'https_proxy', 'ALL_PROXY', 'all_proxy'] as const;

/** Reads the proxies of the environment; ignores a value that no client could use. */
export function readProxies(environment: NodeJS.ProcessEnv): Proxies {
  const known = new Set<string>();
  for (const variable of variables) {
    const value = environment[variable];
    // Clients read `proxy:3128` as an http proxy.
    const url = value && parseUrl(value.includes('://') ? value : `http://${value}`);
    if (url) known.add(`${normalizeHost(url.hostname)}:${url.port || (url.protocol === 'https:' ? 443 : 80)}`);
  }
  return { has: ({ host, port }) => known.size > 0 && known.has(`${host}:${port}`) };
}

function parseUrl(text: string): URL | undefined {
  return URL.canParse(text) ? new URL(text) : undefined;
}
