// Writes the tokens of web identities in recorded cases: `jwt({ alg: 'RS256' }, { iat: now, exp: now + 900 })`.
import { asWritten, inline } from './literals.mjs';

/** An input with its token as its header and its claims. */
export function withTokens(input) {
  const { jwt } = Object(input.WebIdentityToken);
  return jwt === undefined ? input : { ...input, WebIdentityToken: asWritten(`jwt(${jwt.map((part) => inline(withTimes(part))).join(', ')})`) };
}

/** The claims with their times as sums. */
function withTimes(claims) {
  return Object.fromEntries(Object.entries(claims).map(([name, value]) => [name, value?.now === undefined ? value : asWritten(sumOf(value.now))]));
}

function sumOf(seconds) {
  return seconds === 0 ? 'now' : `now ${seconds < 0 ? '-' : '+'} ${Math.abs(seconds)}`;
}
