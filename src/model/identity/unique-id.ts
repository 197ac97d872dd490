import { createHash } from 'node:crypto';

const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';

export const idPrefixes = { user: 'AIDA', role: 'AROA' } as const;

/**
 * The unique id that a user, `AIDA...`, or a role, `AROA...`, has if a test gives it none. It follows from the account and the name, so that
 * it takes nothing from the sequences of ids (F663).
 */
export function makeUniqueId(
  { canonicalId }: { readonly canonicalId: string },
  kind: keyof typeof idPrefixes,
  name: string,
): string {
  return `${idPrefixes[kind]}${letters(`${canonicalId} ${kind} ${name}`).slice(0, 17)}`;
}

/** The secret of the MFA device of a user, in base32, which follows from the account and the name as well. */
export function makeMfaSecret({ canonicalId }: { readonly canonicalId: string }, user: string): string {
  return letters(`${canonicalId} mfa ${user}`);
}

function letters(text: string): string {
  return [...createHash('sha256').update(text).digest()].map((byte) => alphabet[byte % alphabet.length]).join('');
}
