import { createHash } from 'node:crypto';

const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';

/** The letters that unique ids begin with. */
export const idPrefixes = { user: 'AIDA', role: 'AROA' } as const;

/**
 * The unique id that a user, `AIDA...`, or a role, `AROA...`, has if a test gives it none. It follows from the account and the name, so that
 * it takes nothing from the sequences of ids (F663).
 */
export function uniqueId(
  { canonicalId }: { readonly canonicalId: string },
  kind: keyof typeof idPrefixes,
  name: string,
): string {
  const bytes = createHash('sha256').update(`${canonicalId} ${kind} ${name}`).digest();
  const letters = [...bytes.subarray(0, 17)].map((byte) => alphabet[byte % alphabet.length]);
  return `${idPrefixes[kind]}${letters.join('')}`;
}
