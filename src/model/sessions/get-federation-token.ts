import type { Store } from '../store';
import type { StsCaller } from './caller';
import type { GetFederationTokenInput } from './inputs';
import type { GetFederationTokenResult } from './outputs';
import type { RequestFacts } from './request-facts';

export function getFederationToken(
  _store: Store,
  _caller: StsCaller,
  _input: GetFederationTokenInput,
  _facts: RequestFacts,
): GetFederationTokenResult {
  throw new Error('not written yet');
}
