import { counted } from '../text/counts';
import { isRecord } from '../text/value-kinds';
import type { RequestEntry } from './entry';

/** How code asks for the page that follows a page of a listing. */
export interface NextPage {
  /** The members of the answer that lead there: `NextKeyMarker and NextVersionIdMarker`. */
  readonly next: string;
  /** The members of a request that take their values: `KeyMarker and VersionIdMarker`. */
  readonly asks: string;
  /** Equal for two answers that lead to the same page. */
  readonly place: string;
}

/** Returns undefined if the answer is not a page of a listing, or is its last page. */
export function findNextPage(output: unknown): NextPage | undefined {
  if (!isRecord(output) || output['IsTruncated'] === false) return undefined;
  const next = Object.keys(output).filter((name) => /^Next[A-Z]/.test(name) && output[name] !== undefined);
  if (next.length > 0) return makeNextPage(next, next.map(findAsking), output);
  // ListBuckets has no other members for its pages.
  if ('Buckets' in output && output['ContinuationToken'] !== undefined)
    return makeNextPage(['ContinuationToken'], ['ContinuationToken'], output);
  return output['IsTruncated'] === true ? makePageAfterLastKey(output) : undefined;
}

/** `NextToken` is the name of both. */
function findAsking(next: string): string {
  return next === 'NextToken' ? next : next.slice('Next'.length);
}

function makeNextPage(
  next: readonly string[],
  asks: readonly string[],
  output: Readonly<Record<string, unknown>>,
): NextPage {
  const place = JSON.stringify(next.map((name) => output[name]));
  return { next: next.join(' and '), asks: asks.join(' and '), place };
}

/** ListObjects has NextMarker only if the request has a Delimiter. */
function makePageAfterLastKey({ Contents: contents }: Readonly<Record<string, unknown>>): NextPage {
  const last: unknown = Array.isArray(contents) ? contents.at(-1) : undefined;
  const key = isRecord(last) ? last['Key'] : undefined;
  return { next: lastKey, asks: 'Marker', place: JSON.stringify([key]) };
}

const lastKey = 'last Key';

/** Says which value of the answer to send, as a part of a sentence: `NextMarker as Marker`. */
export function writeAsking({ next, asks }: NextPage): string {
  const why = next === lastKey ? '; ListObjects answers NextMarker only to a request with a Delimiter' : '';
  return `${next} as ${asks}${why}`;
}

/** Says why a loop over the pages of a listing does not end, and how it would. */
export function writeRepetition(count: number, operation: string | undefined, page: NextPage): string {
  return `${counted(count, `${operation} request`)} had the same input, and each answer was truncated: send its ${writeAsking(page)}.`;
}

/** The least number of equal pages that are taken for a loop. */
const LOOP = 10;

/** Explains why a test did not end, if it asked for one page of a listing again and again. */
export function writeEndlessListing(entries: readonly RequestEntry[]): string | undefined {
  const last = entries.findLast(({ output }) => findNextPage(output) !== undefined);
  const page = findNextPage(last?.output);
  if (last === undefined || page === undefined) return undefined;
  const input = JSON.stringify(last.input);
  const same = entries.filter(
    (one) =>
      one.operation === last.operation &&
      findNextPage(one.output)?.place === page.place &&
      JSON.stringify(one.input) === input,
  );
  return same.length < LOOP ? undefined : writeRepetition(same.length, last.operation, page);
}
