import type { Taken } from '../text/extra-arguments';

/** The arguments that the methods of a mock take. Many a caller expects that `on` takes the options of a step. */
export const mockArguments: Readonly<Record<string, Taken>> = {
  createBucket: [2, () => 'a name and a fixture'],
  bucket: [1, ([name, key]) => `a name alone. An object is s3.bucket(${name}).object(${key})`],
  actAs: [1, () => "one caller. A session of it is s3.account.user('writer').session()"],
  deliverTo: [2, () => 'a destination and its handler. The subscribers of a topic are a list'],
  unusedRules: [0, () => 'no argument: it returns all'],
  on: [2, () => 'an operation and an input. How often it fails is an option of the step: fail(code, { times })'],
  createMfaDevice: [1, () => 'options alone, such as { serial, secret }'],
  createAccount: [1, () => 'one account, { name, credentials }'],
  snapshot: [0, () => 'no argument: it has the whole state'],
  restore: [1, () => 'a snapshot alone'],
  reset: [0, () => 'no argument: it restores the whole state that tests begin with'],
};
