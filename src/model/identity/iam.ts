import { SharedMap } from '../shared-map';

/** The number of tokens that are kept: the newest tokens. A client needs one token an hour. */
const remembered = 1000;

export class Iam {
  // Outlives a restore: clients keep a token from one test to the next.
  readonly #ends = new Map<string, number>();
  readonly #refused = new SharedMap<string, 'refused'>();

  noteToken(token: string, end: number): void {
    this.#ends.delete(token);
    this.#ends.set(token, end);
    const [oldest = token] = this.#ends.keys();
    if (this.#ends.size > remembered) this.#ends.delete(oldest);
    // With the same seed and time, a token can equal one that an earlier test had and that was refused since.
    this.#refused.delete(token);
  }

  tokenEnd(token: string): number | undefined {
    return this.#ends.get(token);
  }

  refuse(credential: string): void {
    this.#refused.set(credential, 'refused');
  }

  expireTokens(): void {
    for (const token of this.#ends.keys()) this.refuse(token);
  }

  refuses(credential: string): boolean {
    return this.#refused.has(credential);
  }

  /** F165 */
  whyRefused(token: string, now: number): string | undefined {
    if (this.#refused.has(token)) return 'the test had the token refused';
    const end = this.#ends.get(token);
    return end === undefined || now < end ? undefined : `the token was valid until ${new Date(end).toISOString()}`;
  }

  /** Takes the tokens of another store, and which of them it refuses. */
  copyFrom(other: Iam): void {
    for (const [token, end] of other.#ends) this.#ends.set(token, end);
    this.restore(other.state);
  }

  get state(): ReadonlyMap<string, 'refused'> {
    return this.#refused.state;
  }

  restore(state: ReadonlyMap<string, 'refused'>): void {
    this.#refused.restore(state);
  }
}

export function isSameInstance(one: string, other: string): boolean {
  return guidOf(one) === guidOf(other);
}

/** `crn:v1:bluemix:public:cloud-object-storage:global:a/ACCOUNT:GUID::` */
export function guidOf(instance: string): string {
  const guid = instance.startsWith('crn:') ? instance.split(':')[7] : undefined;
  return (guid || instance).toLowerCase();
}
