import { useEffect, useState } from 'preact/hooks';

export const views = ['buckets', 'requests', 'events', 'plans', 'rules', 'costs', 'mock'] as const;
export type View = (typeof views)[number];

/** What the page shows: its part behind the `#`, so that the browser's back button works and an address can be handed on. */
export interface Address {
  readonly view: View;
  readonly bucket?: string | undefined;
  /** The folder whose keys are shown, or more of the beginning of their names. */
  readonly prefix?: string | undefined;
  readonly key?: string | undefined;
  /** The id of the version whose details are open. */
  readonly version?: string | undefined;
  readonly text?: string | undefined;
  /** The code of an error. */
  readonly code?: string | undefined;
  /** The caller of requests, as the page writes it. */
  readonly caller?: string | undefined;
  readonly request?: string | undefined;
  /** The moment as of which keys and versions are shown. */
  readonly at?: string | undefined;
  /** The date until which plans are shown. */
  readonly until?: string | undefined;
  /** The account whose documents are open, or whose user or role. */
  readonly account?: string | undefined;
  readonly user?: string | undefined;
  readonly role?: string | undefined;
}

const members = [
  ...(['bucket', 'prefix', 'key', 'version', 'text', 'code', 'caller', 'request'] as const),
  ...(['at', 'until', 'account', 'user', 'role'] as const),
] as const;

function readAddress(hash: string): Address {
  const [name = '', query = ''] = hash.replace(/^#/, '').split('?');
  const given = new URLSearchParams(query);
  const found = members.map((member) => [member, given.get(member) ?? undefined] as const);
  return { view: views.find((view) => view === name) ?? 'buckets', ...Object.fromEntries(found) };
}

export function writeAddress({ view, ...rest }: Address): string {
  const query = new URLSearchParams();
  for (const member of members) {
    const value = rest[member];
    if (value !== undefined) query.set(member, value);
  }
  return query.size === 0 ? `#${view}` : `#${view}?${query}`;
}

/** The folder in which a key is: `reports/2026/` */
export function folderOf(key: string): string {
  return key.slice(0, key.lastIndexOf('/') + 1);
}

export function goTo(address: Address): void {
  location.hash = writeAddress(address);
}

/** Changes members of the present address. A member can be newer than what is drawn. The back button skips the address before. */
export function changeTo(changes: Partial<Address>): void {
  location.replace(writeAddress({ ...readAddress(location.hash), ...changes }));
}

export function useAddress(): Address {
  const [hash, setHash] = useState(location.hash);
  useEffect(() => {
    const follow = () => setHash(location.hash);
    addEventListener('hashchange', follow);
    // It can have changed since it was drawn, when nothing listened yet.
    follow();
    return () => removeEventListener('hashchange', follow);
  }, []);
  return readAddress(hash);
}
