import { types } from 'node:util';
import { RecordShapes } from '../formats/record-shapes';
import { SparseBody } from '../formats/sparse-body';
import { closeCaller, type KnownCaller, type RequestEntry } from '../journal/entry';
import type { Caller } from '../model/identity/account';
import type { WireRequest } from '../wire';
import type { Signing } from './call';

/** The last value of a member is kept after its entry, so a large value is not. */
const SMALL = 65_536;
/** The hexadecimal digits of a signature of version 4. */
const SIGNATURE = 64;
/** A shorter text takes no more memory than its two parts and their sum. */
const LONG = 64;

/** The many entries of a journal keep equal strings and objects once. */
export class RepeatedParts {
  #secure = true;
  #host: string | undefined;
  #origin = '';
  #path = '';
  #url = '';
  /** A closed object takes its time to say that it lacks a member. */
  #caller: { readonly own: KnownCaller; readonly closed: KnownCaller } | undefined;
  #signing: Signing | undefined;
  #signed = '';
  readonly #headers = new RecordShapes();
  readonly #outputs = new RecordShapes();
  readonly #values = new Map<string, unknown>();

  /** A copy, since a map of them takes three times the memory. */
  headersOf({ headers }: Pick<WireRequest, 'headers'>): RequestEntry['headers'] {
    // An assignment to that name makes no member.
    if (headers.has('__proto__')) return Object.fromEntries(headers);
    const names = [...headers.keys()];
    const record = this.#headers.recordWith(names) as Record<string, string>; // each value is set here
    for (const name of names) record[name] = headers.get(name) ?? '';
    const { authorization } = record;
    if (authorization !== undefined) record['authorization'] = this.#authorization(authorization);
    return record;
  }

  /** A copy of the members that an answer has: many of an operation are undefined. A long placeholder is not kept. */
  outputOf(output: object | undefined): object | undefined {
    if (output === undefined) return undefined;
    const given = output as Readonly<Record<string, unknown>>; // read by its own names
    const names: string[] = [];
    for (const name in given) if (given[name] !== undefined && !(given[name] instanceof SparseBody)) names.push(name);
    const copy = this.#outputs.recordWith(names);
    for (const name of names) {
      const value = given[name];
      const last = this.#values.get(name);
      // Of two equal texts, the one that other entries have.
      copy[name] = last === value ? last : this.#keepValue(name, value, last);
    }
    return copy;
  }

  /** Dates are not shared: a test can change a date, and that must not change another entry. */
  #keepValue(name: string, value: unknown, last: unknown): unknown {
    if (isSameMemory(last, value)) return last;
    if (isSmall(value)) this.#values.set(name, value);
    return value;
  }

  /** Clients repeat all of it except the signature, which is the end: scheme, key, scope and the names of signed headers. */
  #authorization(text: string): string {
    const end = text.length - SIGNATURE;
    if (end < LONG || text[end - 1] !== '=') return text;
    if (this.#signed.length !== end || !text.startsWith(this.#signed)) this.#signed = copyText(text.slice(0, end));
    // V8 keeps the sum of two texts as these until somebody reads it.
    return this.#signed + copyText(text.slice(end));
  }

  signingOf(signing: Signing): Signing {
    if (this.#signing === undefined || !isSameSigning(this.#signing, signing)) this.#signing = signing;
    return this.#signing;
  }

  urlOf({ secure, headers, host: connected, url }: WireRequest): string {
    const host = headers.get('host') ?? connected;
    const isSameOrigin = host === this.#host && secure === this.#secure;
    if (isSameOrigin && url === this.#path) return this.#url;
    if (!isSameOrigin) {
      this.#host = host;
      this.#secure = secure;
      this.#origin = writeOrigin(secure, host);
    }
    this.#path = url;
    this.#url = this.#origin + url;
    return this.#url;
  }

  callerOf({ account, user, role, session, accessKeyId }: Caller): KnownCaller | 'anonymous' {
    if (account === undefined) return 'anonymous';
    const own =
      role !== undefined
        ? { account: account.id, user, role, session: session?.name, accessKeyId }
        : session?.federated === undefined
          ? { account: account.id, user, accessKeyId }
          : { account: account.id, user, federatedUser: session.federated, accessKeyId };
    if (this.#caller === undefined || !isSameCaller(this.#caller.own, own))
      this.#caller = { own, closed: closeCaller({ ...own }) };
    return this.#caller.closed;
  }
}

function isSameCaller(one: KnownCaller, other: KnownCaller): boolean {
  return (
    one.accessKeyId === other.accessKeyId &&
    one.user === other.user &&
    one.account === other.account &&
    one.role === other.role &&
    one.session === other.session &&
    one.federatedUser === other.federatedUser
  );
}

function isSameMemory(one: unknown, other: unknown): boolean {
  if (!types.isUint8Array(one) || !types.isUint8Array(other)) return false;
  return one.buffer === other.buffer && one.byteOffset === other.byteOffset && one.byteLength === other.byteLength;
}

function isSmall(value: unknown): boolean {
  if (typeof value === 'string') return value.length < SMALL;
  return types.isUint8Array(value) && value.buffer.byteLength < SMALL;
}

function isSameSigning(one: Signing, other: Signing): boolean {
  return (
    one.endpoint === other.endpoint &&
    one.host === other.host &&
    one.secure === other.secure &&
    one.region === other.region &&
    one.behind === other.behind &&
    one.moves === other.moves
  );
}

/** Returns the text without the longer text from which it was cut. V8 keeps the longer text as long as the part. */
function copyText(text: string): string {
  return Buffer.from(text, 'latin1').toString('latin1');
}

function writeOrigin(secure: boolean, host: string): string {
  return `${secure ? 'https' : 'http'}://${host}`;
}

export function writeUrl({
  secure,
  headers,
  host,
  url,
}: Pick<WireRequest, 'secure' | 'headers' | 'host' | 'url'>): string {
  return writeOrigin(secure, headers.get('host') ?? host) + url;
}
