/** What is remembered of IBM Cloud's tokens at a moment. */
export type IamState = ReadonlySet<string>;

/** IBM Cloud's token service, as far as the store goes: which tokens there are, and which of them, and which API keys, are no good. */
export class Iam {
  // Outlives a restore: clients keep a token from one test to the next.
  readonly #ends = new Map<string, number>();
  #refused: ReadonlySet<string> = new Set();

  /** Remembers a token that is good until a moment. */
  noteToken(token: string, end: number): void {
    this.#ends.set(token, end);
    // With one seed and one time, a token may be given out again that an earlier test had.
    if (this.#refused.has(token)) this.#refused = new Set([...this.#refused].filter((one) => one !== token));
  }

  /** Until when a token is good; undefined for one that was not given out here. */
  tokenEnd(token: string): number | undefined {
    return this.#ends.get(token);
  }

  /** Has an API key or a token refused from now on. */
  refuse(credential: string): void {
    this.#refused = new Set([...this.#refused, credential]);
  }

  /** Has every token refused that was given out so far. */
  expireTokens(): void {
    this.#refused = new Set([...this.#refused, ...this.#ends.keys()]);
  }

  /** Whether an API key or a token is one that was to be refused. */
  refuses(credential: string): boolean {
    return this.#refused.has(credential);
  }

  /** Why a token is no good at a moment; undefined for one that is, and for one that was not given out here (F165). */
  whyRefused(token: string, now: number): string | undefined {
    if (this.#refused.has(token)) return 'the test had the token refused';
    const end = this.#ends.get(token);
    return end === undefined || now < end ? undefined : `the token was good until ${new Date(end).toISOString()}`;
  }

  get state(): IamState {
    return this.#refused;
  }

  restore(state: IamState): void {
    this.#refused = state;
  }
}

/** Whether two names of a resource instance, each its GUID or its CRN, are of one instance. */
export function isSameInstance(one: string, other: string): boolean {
  return guidOf(one) === guidOf(other);
}

/** `crn:v1:bluemix:public:cloud-object-storage:global:a/ACCOUNT:GUID::` */
function guidOf(instance: string): string {
  const guid = instance.startsWith('crn:') ? instance.split(':')[7] : undefined;
  return (guid || instance).toLowerCase();
}
