import type { Store } from '../store';
import type { StsCaller } from './caller';
import type { GetCallerIdentityInput } from './inputs';
import type { GetCallerIdentityOutput } from './outputs';
import type { RequestFacts } from './request-facts';

export function getCallerIdentity(
  _store: Store,
  _caller: StsCaller,
  _input: GetCallerIdentityInput,
  _facts: RequestFacts,
): GetCallerIdentityOutput {
  throw new Error('not written yet');
}
