import { findMask, maskText } from './masks';
import { isArray, isAsymmetric, isRecord, messageOf } from './value-kinds';

/**
 * Decides what messages about the values of a test can quote: of `credentials` only the access key id, however the other members are
 * spelled.
 * @module
 */

const credentials = /(?:^|[^a-z])credentials$/i;
const publicOfCredentials = /^(?:accesskeyid|expiration)$/i;

/** Returns the value of a member as a message quotes it. */
export function maskMember(name: string, value: unknown): unknown {
  if (credentials.test(name)) return maskCredentials(value);
  if (typeof value === 'string') return maskText(name, value);
  // A number in the place of a secret is the mistake that the message is about.
  return isText(value) ? (findMask(name) ?? value) : value;
}

/** `at` names the object that contains the member, such as `credentials` of an account. */
export function maskMemberOf(at: string, name: string, value: unknown): unknown {
  return credentials.test(at) && !publicOfCredentials.test(name) && isText(value)
    ? '<secret>'
    : maskMember(name, value);
}

function maskCredentials(value: unknown): unknown {
  if (!isRecord(value) || isAsymmetric(value)) return isText(value) && value !== '' ? '<credentials>' : value;
  return Object.fromEntries(
    Object.entries(value).map(([name, member]) => [name, maskMemberOf('credentials', name, member)]),
  );
}

/** Whether a value can contain a text. A matcher is printed by its name. */
function isText(value: unknown): boolean {
  return (
    typeof value === 'string' || isArray(value) || (typeof value === 'object' && value !== null && !isAsymmetric(value))
  );
}

/** Says what is wrong with a text that is no JSON. Node quotes the text around the mistake, which may be a secret. */
export function writeJsonProblem(error: unknown): string {
  const message = messageOf(error);
  const quoted = message.endsWith(' is not valid JSON') ? message.search(/, (?:\.\.\.)?"/) : -1;
  return quoted === -1 ? message : `${message.slice(0, quoted)} in JSON`;
}
