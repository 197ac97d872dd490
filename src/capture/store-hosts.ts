import type { Endpoint } from '../wire';
import { stores } from './stores';

/** The names of buckets can contain dots. The base is the longest one that the store can have. */
const shapes = stores.map(({ name, domain, before }) => ({
  name,
  shape: new RegExp(`^(?:.+?\\.)??(?<base>${before}${domain})$`),
}));

/** A quick first test: few of the hosts that a process connects to have such an ending. */
const endings = new RegExp(`(?:^|\\.)(?:${stores.map(({ domain }) => domain).join('|')})$`);

export function storeEndpoint(host: string): Endpoint | undefined {
  if (!endings.test(host)) return undefined;
  for (const { name, shape } of shapes) {
    const base = shape.exec(host)?.groups?.['base'];
    if (base !== undefined)
      return { service: 'refused', base, dialect: 'aws', region: undefined, store: true, why: whyRefused(name, base) };
  }
  return undefined;
}

function whyRefused(name: string, base: string): string {
  return (
    `it is a host of ${name}. To let the mock answer it, name it: mockS3({ hosts: ['${base}'] }). ` +
    `To let its requests reach ${name}, let it pass: mockS3({ hosts: { pass: ['${base}'] } })`
  );
}
