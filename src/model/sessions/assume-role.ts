import type { Store } from '../store';
import type { StsCaller } from './caller';
import type { AssumeRoleInput } from './inputs';
import type { AssumeRoleResult } from './outputs';
import type { RequestFacts } from './request-facts';

export function assumeRole(
  _store: Store,
  _caller: StsCaller,
  _input: AssumeRoleInput,
  _facts: RequestFacts,
): AssumeRoleResult {
  throw new Error('not written yet');
}
