import { createHash } from 'node:crypto';
import type { Account } from './account';

const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';

/**
 * The unique id of a user, `AIDA...`, or of a role, `AROA...`. It follows from the account and the name, so that it takes nothing from the
 * sequences of ids.
 */
export function uniqueId({ canonicalId }: Pick<Account, 'canonicalId'>, kind: 'user' | 'role', name: string): string {
  const bytes = createHash('sha256').update(`${canonicalId} ${kind} ${name}`).digest();
  const letters = [...bytes.subarray(0, 17)].map((byte) => alphabet[byte % alphabet.length]);
  return `${kind === 'user' ? 'AIDA' : 'AROA'}${letters.join('')}`;
}
