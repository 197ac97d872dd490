import type { Store } from '../store';
import type { StsCaller } from './caller';
import type { GetAccessKeyInfoInput } from './inputs';
import type { GetAccessKeyInfoOutput } from './outputs';
import type { RequestFacts } from './request-facts';

export function getAccessKeyInfo(
  _store: Store,
  _caller: StsCaller,
  _input: GetAccessKeyInfoInput,
  _facts: RequestFacts,
): GetAccessKeyInfoOutput {
  throw new Error('not written yet');
}
