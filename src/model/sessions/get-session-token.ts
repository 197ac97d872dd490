import type { Store } from '../store';
import type { StsCaller } from './caller';
import type { GetSessionTokenInput } from './inputs';
import type { GetSessionTokenResult } from './outputs';
import type { RequestFacts } from './request-facts';

export function getSessionToken(
  _store: Store,
  _caller: StsCaller,
  _input: GetSessionTokenInput,
  _facts: RequestFacts,
): GetSessionTokenResult {
  throw new Error('not written yet');
}
