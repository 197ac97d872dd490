import type { Elsewhere } from '../journal/elsewhere';
import type { FailedError } from '../thrown-errors';
import { hasCode } from './errors';

const codesOfConnections: ReadonlySet<string> = new Set([
  ...['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', 'EHOSTUNREACH', 'ENETUNREACH', 'ETIMEDOUT'],
]);

/** Matchers of promises and some clients keep only the text of a connection's error, so the text is the last resort. */
const textOfConnection = new RegExp(`\\b(?:${[...codesOfConnections].join('|')})\\b`);

/** The guard's error contains all of this, so nothing is added. */
const codesOfGuard: ReadonlySet<string> = new Set(['ERR_S3_MOCK_REFUSED']);

export function writeUnanswered(elsewhere: Elsewhere, errors: readonly FailedError[]): string | undefined {
  const lines = elsewhere.unansweredLines();
  if (lines.length === 0 || hasCode(errors, codesOfGuard)) return undefined;
  const isOfConnection = ({ message }: FailedError) => textOfConnection.test(message);
  if (!hasCode(errors, codesOfConnections) && !errors.some(isOfConnection)) return undefined;
  return [...lines, elsewhere.cure()].filter((part) => part !== undefined).join('\n');
}

export function writeRefusedByClients(elsewhere: Elsewhere): string | undefined {
  const lines = elsewhere.refusalsByClients();
  return lines.length === 0 ? undefined : lines.join('\n');
}

/** Writes the lines for a failed test, which counts as the report of these requests. */
export function writeSigned(elsewhere: Elsewhere): string | undefined {
  const lines = elsewhere.signedLines();
  if (lines.length === 0) return undefined;
  elsewhere.takeUnreported();
  return lines.join('\n');
}

export function writeLate(elsewhere: Elsewhere): string | undefined {
  const line = elsewhere.lateLine();
  return line && `${line} ${elsewhere.lateCure()}`;
}
