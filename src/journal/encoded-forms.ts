import { URLSearchParams } from 'node:url';
import { decodePercent } from '../formats/url-encoding';

/** The members that a client sends as the code gave them, so that the code encodes them itself. */
const sentAsGiven = /(?:^|\.)(?:CopySource|Tagging)$/;

/** A remark on two texts that are forms of one text, in which nobody sees why they differ; empty if they are not. */
export function encodingHint(path: string, expected: unknown, actual: unknown): string {
  if (typeof expected !== 'string' || typeof actual !== 'string') return '';
  const relation = relationOf(path, expected, actual);
  if (relation === undefined) return '';
  return ` (${relation}${sentAsGiven.test(path) ? '; it is compared as the code gave it to its client' : ''})`;
}

function relationOf(path: string, expected: string, actual: string): string | undefined {
  const [decoded, other] = [decodePercent(expected), decodePercent(actual)];
  if (other === expected) return 'the received text is the expected one, URL-encoded';
  if (decoded === actual) return 'the expected text is the received one, URL-encoded';
  if (decoded !== undefined && decoded === other) return 'both are the same text, URL-encoded in two ways';
  if (path.endsWith('CopySource') && decoded !== undefined && withoutSlash(decoded) === withoutSlash(other))
    return 'both name the same source, one with a slash before the bucket';
  return path.endsWith('Tagging') && tagsIn(expected) === tagsIn(actual)
    ? 'both have the same tags, in another order or encoded in another way'
    : undefined;
}

function withoutSlash(source: string | undefined): string | undefined {
  return source?.replace(/^\//, '');
}

/** The tags of a header `a=b&c=d` as a text that does not depend on their order and encoding. */
function tagsIn(header: string): string {
  return JSON.stringify([...new URLSearchParams(header)].map((tag) => JSON.stringify(tag)).sort());
}
