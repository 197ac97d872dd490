import { closeCaller, type KnownCaller } from '../journal/entry';
import type { Caller } from '../model/identity/account';
import type { WireRequest } from '../wire';

/** The many entries of a journal keep equal strings and objects once. */
export class RepeatedParts {
  #secure = true;
  #host: string | undefined;
  #origin = '';
  #path = '';
  #url = '';
  #userAgent: string | undefined;
  #client: string | undefined;
  #caller: KnownCaller | undefined;

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

  callerOf({ account, user, role, session, accessKeyId }: Caller): KnownCaller | 'anonymous' {
    if (account === undefined) return 'anonymous';
    const own =
      role !== undefined
        ? { account: account.id, user, role, session: session?.name, accessKeyId }
        : session?.federated === undefined
          ? { account: account.id, user, accessKeyId }
          : { account: account.id, user, federatedUser: session.federated, accessKeyId };
    if (this.#caller === undefined || !isSameCaller(this.#caller, own)) this.#caller = closeCaller(own);
    return this.#caller;
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

function writeOrigin(secure: boolean, host: string): string {
  return `${secure ? 'https' : 'http'}://${host}`;
}

export function writeUrl({ secure, headers, host, url }: WireRequest): string {
  return writeOrigin(secure, headers.get('host') ?? host) + url;
}

const LONGEST = 40;

/** `aws-sdk-js/3.1169.0`, `MinIO`, `axios/1.21.1`. */
export function clientName(userAgent: string | undefined): string | undefined {
  const product = userAgent?.trim().split(/\s/, 1)[0];
  return product === undefined || product === '' ? undefined : product.slice(0, LONGEST);
}
