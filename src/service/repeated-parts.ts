import { types } from 'node:util';
import { RecordShapes } from '../formats/record-shapes';
import type { RequestEntry } from '../journal/entry';
import type { Caller } from '../model/identity/account';
import type { WireRequest } from '../wire';

type EntryCaller = Exclude<RequestEntry['caller'], 'anonymous'>;

/** A shorter text takes no more memory than its two parts and their sum. */
const LONG = 128;
const SIGNATURE = 64;
/** More clients and kinds of requests than a test has. */
const REMEMBERED = 100;
/** The last value of a member is kept after its entry, so a large one is not. */
const SMALL = 65_536;

/** Gives the entry of a request the strings and objects of the last one, so that a journal of many entries keeps them once. */
export class RepeatedParts {
  #secure = true;
  #host: string | undefined;
  #origin = '';
  #path = '';
  #url = '';
  #userAgent: string | undefined;
  #client: string | undefined;
  #caller: EntryCaller | undefined;
  /** The beginnings of signatures: scheme, key, scope and the names of signed headers. */
  readonly #signed = new Map<string, string>();
  #latest = '';
  readonly #values = new Map<string, unknown>();
  readonly #headerShapes = new RecordShapes();
  readonly #outputShapes = new RecordShapes();

  /** Members that equal the last ones of their names are shared. Dates are not: a test may change one, and no other entry. */
  outputOf(output: object | undefined): object | undefined {
    if (output === undefined) return undefined;
    // Object.entries takes three times as long.
    const given = output as Readonly<Record<string, unknown>>; // read by its own names
    const names = Object.keys(output).filter((name) => given[name] !== undefined);
    const own = this.#outputShapes.recordWith(names);
    for (const name of names) own[name] = this.#sameValue(name, given[name]);
    return own;
  }

  #sameValue(name: string, value: unknown): unknown {
    const last = this.#values.get(name);
    if (isSame(last, value)) return last;
    if (isLight(value)) this.#values.set(name, value);
    return value;
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

  clientOf({ headers }: WireRequest): string | undefined {
    const userAgent = headers.get('user-agent');
    if (userAgent !== this.#userAgent) {
      this.#userAgent = userAgent;
      this.#client = clientName(userAgent);
    }
    return this.#client;
  }

  callerOf({ account, user, role, session, accessKeyId }: Caller): RequestEntry['caller'] {
    if (account === undefined) return 'anonymous';
    const own =
      role !== undefined
        ? { account: account.id, user, role, session: session?.name, accessKeyId }
        : session?.federated === undefined
          ? { account: account.id, user, accessKeyId }
          : { account: account.id, user, federatedUser: session.federated, accessKeyId };
    if (this.#caller === undefined || !isSameCaller(this.#caller, own)) this.#caller = Object.freeze(own);
    return this.#caller;
  }

  /** Object.fromEntries takes six times as long. */
  headersOf({ headers }: WireRequest): Readonly<Record<string, string>> {
    // An assignment to that name makes no member.
    if (headers.has('__proto__')) return Object.fromEntries(headers);
    const record = this.#headerShapes.recordWith([...headers.keys()]) as Record<string, string>; // each value is set here
    for (const [name, value] of headers) record[name] = name === 'authorization' ? this.#authorization(value) : value;
    return record;
  }

  /** Clients repeat all except the signature itself, which is the end. V8 keeps the sum of two texts as these until it is read. */
  #authorization(text: string): string {
    if (text.length < LONG) return text;
    const end = text.at(-1 - SIGNATURE) === '=' ? text.length - SIGNATURE : text.lastIndexOf('=') + 1;
    // A look into the map takes longer, since it reads the whole text.
    if (this.#latest.length !== end || !text.startsWith(this.#latest)) this.#latest = this.#known(text.slice(0, end));
    return this.#latest + copyText(text.slice(end));
  }

  #known(beginning: string): string {
    return this.#signed.get(beginning) ?? this.#remember(beginning);
  }

  #remember(beginning: string): string {
    if (this.#signed.size >= REMEMBERED) this.#signed.clear();
    const copy = copyText(beginning);
    this.#signed.set(copy, copy);
    return copy;
  }
}

function isSame(one: unknown, other: unknown): boolean {
  if (typeof one !== 'object' || typeof other !== 'object') return one === other;
  if (!types.isUint8Array(one) || !types.isUint8Array(other)) return false;
  return one.buffer === other.buffer && one.byteOffset === other.byteOffset && one.byteLength === other.byteLength;
}

function isLight(value: unknown): boolean {
  if (typeof value === 'string') return value.length < SMALL;
  return types.isUint8Array(value) && value.buffer.byteLength < SMALL;
}

function isSameCaller(one: EntryCaller, other: EntryCaller): boolean {
  return (
    one.accessKeyId === other.accessKeyId &&
    one.user === other.user &&
    one.account === other.account &&
    one.role === other.role &&
    one.session === other.session &&
    one.federatedUser === other.federatedUser
  );
}

/** The text without the longer one that it was cut from, which V8 keeps as long as the part. */
function copyText(text: string): string {
  return Buffer.from(text).toString();
}

function writeOrigin(secure: boolean, host: string): string {
  return `${secure ? 'https' : 'http'}://${host}`;
}

export function writeUrl({ secure, headers, host, url }: WireRequest): string {
  return writeOrigin(secure, headers.get('host') ?? host) + url;
}

const LONGEST = 40;

/** The first product of a User-Agent, which names the client itself: `aws-sdk-js/3.1169.0`, `MinIO`, `axios/1.21.1`. */
export function clientName(userAgent: string | undefined): string | undefined {
  const product = userAgent?.trim().split(/\s/, 1)[0];
  return product === undefined || product === '' ? undefined : product.slice(0, LONGEST);
}
