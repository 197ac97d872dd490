/** Tokens, the newest ones. A client asks for one an hour. */
const remembered = 1000;

export class Iam {
  // Outlives a restore: clients keep a token from one test to the next.
  readonly #ends = new Map<string, number>();
  #refused: ReadonlySet<string> = new Set();

  noteToken(token: string, end: number): void {
    this.#ends.delete(token);
    this.#ends.set(token, end);
    const [oldest = token] = this.#ends.keys();
    if (this.#ends.size > remembered) this.#ends.delete(oldest);
    // With the same seed and time, a token may be issued again that an earlier test had.
    if (this.#refused.has(token)) this.#refused = new Set([...this.#refused].filter((one) => one !== token));
  }

  tokenEnd(token: string): number | undefined {
    return this.#ends.get(token);
  }

  refuse(credential: string): void {
    this.#refused = new Set([...this.#refused, credential]);
  }

  expireTokens(): void {
    this.#refused = new Set([...this.#refused, ...this.#ends.keys()]);
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

  get state(): ReadonlySet<string> {
    return this.#refused;
  }

  restore(state: ReadonlySet<string>): void {
    this.#refused = state;
  }
}

export function isSameInstance(one: string, other: string): boolean {
  return guidOf(one) === guidOf(other);
}

/** `crn:v1:bluemix:public:cloud-object-storage:global:a/ACCOUNT:GUID::` */
function guidOf(instance: string): string {
  const guid = instance.startsWith('crn:') ? instance.split(':')[7] : undefined;
  return (guid || instance).toLowerCase();
}
