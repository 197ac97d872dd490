import { URL } from 'node:url';

export interface Target {
  readonly host: string;
  readonly port: number;
  readonly secure: boolean;
}

/** The form in which hosts are compared: lower case, without brackets and without the trailing dot. */
export function normalizeHost(host: string): string {
  const bare = host.startsWith('[') && host.endsWith(']') ? host.slice(1, -1) : host;
  return (bare.endsWith('.') ? bare.slice(0, -1) : bare).toLowerCase();
}

/** A host as URLs write it, in lower case and in ASCII, without a trailing dot; and its port, if it has one. */
export function writeUrlHost(authority: string): string {
  const [port = ''] = /:\d+$/.exec(authority) ?? [];
  const { hostname } = new URL(`http://${authority}`);
  return `${hostname.replace(/\.$/, '')}${port}`;
}

export function readAuthority(authority: string, defaultPort: number, secure: boolean): Target {
  // A name and a password in front of the host lead to no other host.
  const match = /^(.*?)(?::(\d+))?$/.exec(authority.slice(authority.lastIndexOf('@') + 1));
  return { host: normalizeHost(match?.[1] ?? ''), port: Number(match?.[2] ?? defaultPort), secure };
}
