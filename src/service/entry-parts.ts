import { SparseBody } from '../formats/sparse-body';
import type { RequestEntry } from '../journal/entry';
import type { Caller } from '../model/identity/account';
import type { WireRequest } from '../wire';

/** The parts of an entry that all services read in the same way. */
export function readWireParts(wire: WireRequest): Pick<RequestEntry, 'url' | 'headers'> {
  return { url: writeUrl(wire), headers: Object.fromEntries(wire.headers) };
}

type SentUrl = Pick<WireRequest, 'secure' | 'headers' | 'host' | 'url'>;

export function writeUrl({ secure, headers, host, url }: SentUrl): string {
  // Joined, since V8 keeps the parts of a sum beside it: 60 bytes of each entry.
  return [secure ? 'https' : 'http', '://', headers.get('host') ?? host, url].join('');
}

export function describeCaller({ account, user, role, session, accessKeyId }: Caller): RequestEntry['caller'] {
  if (account === undefined) return 'anonymous';
  if (role !== undefined) return { account: account.id, user, role, session: session?.name, accessKeyId };
  if (session?.federated === undefined) return { account: account.id, user, accessKeyId };
  return { account: account.id, user, federatedUser: session.federated, accessKeyId };
}

/** A copy of the members that the answer has: many members of an operation are undefined. A long placeholder is left out. */
export function readOutput(output: object | undefined): object | undefined {
  if (output === undefined) return undefined;
  const present = Object.entries(output).filter(([, value]) => value !== undefined && !(value instanceof SparseBody));
  return Object.fromEntries(present);
}
