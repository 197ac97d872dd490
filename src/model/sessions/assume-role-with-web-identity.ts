import type { Store } from '../store';
import type { AssumeRoleWithWebIdentityInput } from './inputs';
import type { AssumeRoleWithWebIdentityResult } from './outputs';
import type { RequestFacts } from './request-facts';

export function assumeRoleWithWebIdentity(
  _store: Store,
  _input: AssumeRoleWithWebIdentityInput,
  _facts: RequestFacts,
): AssumeRoleWithWebIdentityResult {
  throw new Error('not written yet');
}
