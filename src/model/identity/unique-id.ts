import { createHash } from 'node:crypto';

const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';

export const idPrefixes = { user: 'AIDA', role: 'AROA' } as const;

/** `AIDA...` of a user, `AROA...` of a role. It follows from account and name, so that it takes nothing from the sequences of ids (F663). */
export function makeUniqueId(
  { canonicalId }: { readonly canonicalId: string },
  kind: keyof typeof idPrefixes,
  name: string,
): string {
  return `${idPrefixes[kind]}${letters(`${canonicalId} ${kind} ${name}`).slice(0, 17)}`;
}

export function makeMfaSecret({ canonicalId }: { readonly canonicalId: string }, user: string): string {
  return letters(`${canonicalId} mfa ${user}`);
}

function letters(text: string): string {
  return [...createHash('sha256').update(text).digest()].map((byte) => alphabet[byte % alphabet.length]).join('');
}
