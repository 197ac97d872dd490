import type { Store } from '../model/store';
import { makeClosedObject } from '../text/closed-members';
import { refuseFurtherArguments } from '../text/extra-arguments';
import { invalidValue } from '../text/invalid-value';

/** IBM Cloud's token service, as a test controls it. Its tokens are valid for an hour by the mock's clock. */
export interface IamHandle {
  /**
   * Refuses an API key, a token or a refresh token from now on, as one that is unknown, expired or of another account.
   *
   * @example
   * s3.iam.refuse('a-revoked-api-key');
   */
  refuse(credential: string): void;
  /** Refuses every token that was issued so far, as if its hour were over. */
  expireTokens(): void;
}

export function makeIamHandle(store: () => Store): IamHandle {
  const handle = makeClosedObject<IamHandle>('s3.iam', {
    refuse(credential) {
      if (typeof credential !== 'string' || credential === '')
        throw invalidValue('refuse', 'value', credential, 'an API key, a token or a refresh token');
      store().iam.refuse(credential);
    },
    expireTokens: () => store().iam.expireTokens(),
  });
  refuseFurtherArguments(handle, () => 's3.iam', {
    refuse: [1, ([, second]) => `one credential. Call refuse(${second}) for the next`],
    expireTokens: [0, ([token]) => `no argument: all tokens expire. One of them is refused by refuse(${token})`],
  });
  return handle;
}
