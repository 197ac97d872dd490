import { types } from 'node:util';
import { outlineOfBytes } from '../formats/byte-outline';
import { isRecord } from '../text/value-kinds';
import type { RequestEntry } from './entry';
import { printableMember } from './secret-members';

/** A request as JSON: what was asked, and what became of it. */
export interface RequestLiteral {
  /** Its name; if the request is not an operation of S3, the method and the path. */
  readonly operation: string;
  /** The service, if it is not S3. */
  readonly service?: 'sts';
  /** Without the digests that clients add, and with words in place of MFA codes and tokens. */
  readonly input: Readonly<Record<string, unknown>>;
  /** 0 if the connection was lost before any answer. */
  readonly status: number;
  /** The code of the error. */
  readonly code?: string;
  /** The failure that a rule of the test injected. */
  readonly failure?: string;
}

const digests = /^(?:Checksum.*|ContentMD5|ContentLength)$/;
/** Members whose names a user chooses. */
const openMaps = new Set(['Metadata']);

/** Whether an SDK adds a member by itself, and another version of it may not. */
export function isDigest(name: string): boolean {
  return digests.test(name);
}

/**
 * A request as JSON, the same in each run with the same seed: it has no times, ids of requests, addresses, signatures and headers. Long
 * bytes are their number and their MD5.
 */
export function requestLiteral(entry: RequestEntry): RequestLiteral {
  const { operation, service, input, status, error, failure, dropped = [] } = entry;
  const lost = dropped.filter((name) => Object.hasOwn(input, name));
  return {
    operation: operation ?? `${entry.method} ${pathOf(entry.url)}`,
    ...(service === 'sts' && { service }),
    input: { ...membersOf(input), ...Object.fromEntries(lost.map((name) => [name, '<dropped to save memory>'])) },
    status,
    ...(error && { code: error.code }),
    ...(failure && { failure: failure.what }),
  };
}

function membersOf(members: object): Readonly<Record<string, unknown>> {
  return Object.fromEntries(
    Object.entries(members)
      .filter(([name, value]) => value !== undefined && !isDigest(name))
      .map(([name, value]) => [name, memberOf(name, value)]),
  );
}

function memberOf(name: string, value: unknown): unknown {
  // A code of an MFA device changes every half a minute; the outcome shows whether it was right.
  if (name === 'MFA' && typeof value === 'string') return value.replace(/ \S+$/, ' <code>');
  if (name === 'TokenCode' && typeof value === 'string') return '<code>';
  if (openMaps.has(name)) return value;
  return literalOf(printableMember(name, value));
}

function literalOf(value: unknown): unknown {
  if (types.isUint8Array(value)) return outlineOfBytes(value);
  if (types.isDate(value)) return Number.isNaN(value.getTime()) ? 'Invalid Date' : value.toISOString();
  if (Array.isArray(value)) return value.map(literalOf);
  return isRecord(value) ? membersOf(value) : value;
}

/** The path without host and query: the host may have a free port, and the query a signature. */
function pathOf(url: string): string {
  return url.replace(/^\w+:\/\/[^/]*/, '').replace(/\?.*$/s, '');
}
