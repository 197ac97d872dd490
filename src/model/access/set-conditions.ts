import type { Caller } from '../identity/account';
import { identityOf } from '../identity/caller';
import type { SetConditions } from './condition-key-values';

/**
 * The values that a test gives a condition key for the requests of a caller: for its session, for the user or the role, or for the mock. The
 * most specific ones win (F661).
 */
export function setValuesOf(
  key: string,
  caller: Caller,
  { conditions }: { readonly conditions: SetConditions },
): readonly string[] | undefined {
  const set = caller.session?.conditions?.get(key) ?? identityOf(caller)?.conditions.get(key) ?? conditions.get(key);
  return set?.values;
}
