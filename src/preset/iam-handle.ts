import type { Store } from '../model/store';
import { type Habits, makeClosedObject, sameCure } from '../text/closed-members';
import { refuseFurtherArguments } from '../text/extra-arguments';
import { invalidValue } from '../text/invalid-value';

/** IBM Cloud's token service, as a test controls it. Its tokens are valid for an hour by the mock's clock. */
export interface IamHandle {
  /**
   * Refuses an API key, a token or a refresh token from now on, as if it were unknown, expired or of another account.
   *
   * @example
   * s3.iam.refuse('a-revoked-api-key');
   */
  refuse(credential: string): void;
  /** Refuses every token that was issued so far, as if its hour were over. */
  expireTokens(): void;
}

const habits: Habits<IamHandle> = sameCure(
  ['revoke', 'reject', 'deny', 'invalidate', 'expire'],
  "Write refuse('a-revoked-api-key'), or expireTokens().",
);

export function makeIamHandle(store: () => Store): IamHandle {
  const members: IamHandle = {
    refuse(credential) {
      if (typeof credential !== 'string' || credential === '')
        throw invalidValue('refuse', 'value', credential, 'an API key, a token or a refresh token');
      store().iam.refuse(credential);
    },
    expireTokens: () => store().iam.expireTokens(),
  };
  const handle = makeClosedObject({ label: 's3.iam', cures: habits }, members);
  refuseFurtherArguments(handle, () => 's3.iam', {
    refuse: [1, ([, second]) => `one credential. Call refuse(${second}) for the next`],
    expireTokens: [0, ([token]) => `no argument: all tokens expire. One of them is refused by refuse(${token})`],
  });
  return handle;
}
