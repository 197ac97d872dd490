import type { Elsewhere } from '../journal/elsewhere';
import type { RequestEntry } from '../journal/entry';
import { maskUrl } from '../text/masks';
import { memberOf } from '../text/value-kinds';
import type { FailedError } from '../thrown-errors';
import { hasCode } from './errors';

const codesOfConnections: ReadonlySet<string> = new Set([
  ...['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', 'EHOSTUNREACH', 'ENETUNREACH', 'ETIMEDOUT'],
]);

/** Matchers of promises and some clients keep only the text of a connection's error, so the text is the last resort. */
const textOfConnection = new RegExp(`\\b(?:${[...codesOfConnections].join('|')})\\b`);

/** The guard's error contains all of this, so nothing is added. */
const codesOfGuard: ReadonlySet<string> = new Set(['ERR_S3_MOCK_REFUSED']);

export function writeUnanswered(
  elsewhere: Elsewhere,
  errors: readonly FailedError[],
  entries: readonly RequestEntry[] = [],
): string | undefined {
  const lines = elsewhere.unansweredLines();
  if (lines.length === 0) return undefined;
  const redirect = writeRedirect(elsewhere, entries);
  if (hasCode(errors, codesOfGuard)) return redirect;
  const isOfConnection = ({ message }: FailedError) => textOfConnection.test(message);
  if (!hasCode(errors, codesOfConnections) && !errors.some(isOfConnection)) return undefined;
  return [...lines, redirect ?? elsewhere.cure()].filter((part) => part !== undefined).join('\n');
}

/** A website of the mock led to the host, so that it is none of the code's own. */
function writeRedirect(elsewhere: Elsewhere, entries: readonly RequestEntry[]): string | undefined {
  const host = elsewhere.seenHost();
  const entry = entries.findLast(
    ({ website, output }) => website !== undefined && hostOf(memberOf(output, 'WebsiteRedirectLocation')) === host,
  );
  if (host === undefined || entry === undefined) return undefined;
  const { method, url, status, client = '', output } = entry;
  const cure = client.startsWith('axios') ? 'maxRedirects: 0' : "fetch(url, { redirect: 'manual' })";
  return `The mock answered ${method} ${maskUrl(url)} with ${status} and the Location ${memberOf(output, 'WebsiteRedirectLocation')}, which clients follow by themselves. To read the answer of the website, follow none: ${cure}.`;
}

/** As the option `hosts` names it. */
function hostOf(location: unknown): string | undefined {
  return typeof location === 'string' ? /^https?:\/\/([^/?#]+)/.exec(location)?.[1] : undefined;
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
