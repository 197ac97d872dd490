import { writeGiven } from '../../text/values';
import type { CorsRule } from './cors';

/** A request from a web page of another origin, sent or announced by a preflight. */
export interface CrossOriginRequest {
  readonly origin: string;
  /** Undefined if a preflight does not name it. */
  readonly method: string | undefined;
  /** The headers that a preflight announces, in lower case. */
  readonly headers: readonly string[];
}

/** The rule that allows a request, and the origin in it that does. */
export interface CorsFit {
  readonly rule: CorsRule;
  readonly allowedOrigin: string;
}

/** The first rule that allows the origin, the method and every header of a request; else the reason why none does (F342). */
export function matchCors(
  rules: readonly CorsRule[],
  { origin, method, headers }: CrossOriginRequest,
): CorsFit | string {
  if (method === undefined) return 'the preflight names no Access-Control-Request-Method';
  const ofOrigin = rules.flatMap((rule) => {
    const allowedOrigin = rule.AllowedOrigins.find((pattern) => matches(pattern, origin));
    return allowedOrigin === undefined ? [] : [{ rule, allowedOrigin }];
  });
  if (ofOrigin.length === 0) return `no rule allows the origin ${writeGiven(origin)}`;
  const ofMethod = ofOrigin.filter(({ rule }) => rule.AllowedMethods.includes(method));
  if (ofMethod.length === 0)
    return `no rule that allows the origin ${writeGiven(origin)} allows the method ${writeGiven(method)}`;
  const fit = ofMethod.find(({ rule }) => headers.every((header) => allowsHeader(rule, header)));
  if (fit !== undefined) return fit;
  const strange = headers.find((header) => !ofMethod.some(({ rule }) => allowsHeader(rule, header)));
  const which = strange === undefined ? 'all of the headers' : `the header ${writeGiven(strange)}`;
  return `no rule that allows the origin ${writeGiven(origin)} and the method ${writeGiven(method)} allows ${which}`;
}

function allowsHeader({ AllowedHeaders = [] }: CorsRule, header: string): boolean {
  return AllowedHeaders.some((pattern) => matches(pattern.toLowerCase(), header));
}

/** Whether a text is a pattern's, in which one `*` stands for any characters, none included. */
function matches(pattern: string, text: string): boolean {
  const [start = '', end] = pattern.split('*');
  if (end === undefined) return pattern === text;
  return text.length >= start.length + end.length && text.startsWith(start) && text.endsWith(end);
}
