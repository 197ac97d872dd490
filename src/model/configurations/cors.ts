import { isHeaderName } from '../../formats/header-names';
import { S3Error } from '../../refusals/s3-error';
import { list, required, structure } from '../../shapes/elements';
import type { ValueOf } from '../../shapes/shape';
import { integer, text } from '../../shapes/values';
import { writeGiven, writeKey } from '../../text/values';
import { configuration } from './configuration';

const rule = structure({
  ID: text,
  AllowedOrigins: required(list(text, 'AllowedOrigin')),
  AllowedMethods: required(list(text, 'AllowedMethod')),
  MaxAgeSeconds: integer,
  ExposeHeaders: list(text, 'ExposeHeader'),
  AllowedHeaders: list(text, 'AllowedHeader'),
});

const members = { CORSRules: required(list(rule, 'CORSRule')) };

const { ID, AllowedMethods, AllowedOrigins, ...others } = rule.members;
const membersOnCos = { ID, AllowedMethods, AllowedOrigins, ...others };

export type CorsRule = ValueOf<typeof rule>;

export const cors = configuration('cors', members, {
  // F440
  shapeOnCos: structure({ CORSRules: required(list(structure(membersOnCos), 'CORSRule')) }),
  onDelete: 'as never put',
  accept(value) {
    const { CORSRules: rules } = value;
    if (rules.length > 100)
      throw new S3Error('CorsRulesTooMany', { count: rules.length }, `there are ${rules.length} rules`);
    rules.forEach(checkRule);
    return value;
  },
});

const methods = new Set(['GET', 'PUT', 'HEAD', 'POST', 'DELETE']);

/** The order among the parts of a rule is a guess (F340). */
function checkRule(rule: CorsRule): void {
  const { AllowedMethods, AllowedOrigins, AllowedHeaders = [], ExposeHeaders = [] } = rule;
  const method = AllowedMethods.find((one) => !methods.has(one));
  if (method !== undefined)
    throw new S3Error(
      'CorsMethodUnsupported',
      { method },
      `AllowedMethods names ${writeKey(method)}, and a rule names ${[...methods].join(', ')}`,
    );
  for (const value of AllowedOrigins) checkWildcards('AllowedOrigin', value);
  for (const value of AllowedHeaders) {
    checkWildcards('AllowedHeader', value);
    checkCharacters(value);
  }
  for (const header of ExposeHeaders) {
    if (header.includes('*')) throw new S3Error('CorsExposeHeaderWildcard', { header });
    checkCharacters(header);
  }
}

function checkWildcards(name: 'AllowedOrigin' | 'AllowedHeader', value: string): void {
  if (value.split('*').length > 2) throw new S3Error('CorsWildcardTwice', { name, value });
}

function checkCharacters(header: string): void {
  if (header !== '' && !isHeaderName(header)) throw new S3Error('CorsHeaderInvalid', { header });
}

export interface CrossOriginRequest {
  readonly origin: string;
  readonly method: string | undefined;
  /** The headers in lower case. */
  readonly headers: readonly string[];
}

export interface CorsFit {
  readonly rule: CorsRule;
  readonly allowedOrigin: string;
}

export function matchCors(
  rules: readonly CorsRule[],
  { origin, method, headers }: CrossOriginRequest,
): CorsFit | string {
  if (method === undefined) return 'the preflight names no Access-Control-Request-Method';
  const ofOrigin = rules.flatMap((rule) => {
    const allowedOrigin = rule.AllowedOrigins.find((pattern) => matches(pattern, origin));
    return allowedOrigin === undefined ? [] : [{ rule, allowedOrigin }];
  });
  if (ofOrigin.length === 0) return `no rule allows the origin ${writeGiven(origin)}${writeNearOrigin(rules, origin)}`;
  const ofMethod = ofOrigin.filter(({ rule }) => rule.AllowedMethods.includes(method));
  if (ofMethod.length === 0)
    return `no rule that allows the origin ${writeGiven(origin)} allows the method ${writeGiven(method)}`;
  const fit = ofMethod.find(({ rule }) => headers.every((header) => allowsHeader(rule, header)));
  if (fit !== undefined) return fit;
  const strange = headers.find((header) => !ofMethod.some(({ rule }) => allowsHeader(rule, header)));
  const which = strange === undefined ? 'all of the headers' : `the header ${writeGiven(strange)}`;
  return `no rule that allows the origin ${writeGiven(origin)} and the method ${writeGiven(method)} allows ${which}`;
}

interface NearOrigin {
  /** An origin that differs from the one that was sent in one thing. */
  readonly origin: string;
  readonly says: string;
}

function listNearOrigins(origin: string): readonly NearOrigin[] {
  const [scheme = '', host = ''] = origin.split('://');
  const other = scheme === 'https' ? 'http' : 'https';
  return [
    { origin: `${other}://${host}`, says: `this origin has the scheme ${scheme}: allow it with that scheme too` },
    { origin: origin.replace(/:\d+$/, ''), says: 'this origin has a port: allow it with that port too' },
    { origin: `${scheme}://x.${host}`, says: 'this origin has no name before that point: allow it by itself too' },
  ];
}

function writeNearOrigin(rules: readonly CorsRule[], origin: string): string {
  const patterns = rules.flatMap((rule) => rule.AllowedOrigins);
  for (const near of listNearOrigins(origin)) {
    const allowed = patterns.find((pattern) => matches(pattern, near.origin));
    if (allowed !== undefined) return `; a rule allows ${writeGiven(allowed)}, and ${near.says}`;
  }
  return writeSameOrigin(patterns, origin);
}

/** A browser sends an origin without a slash at its end and in lower case. */
function writeSameOrigin(patterns: readonly string[], origin: string): string {
  const fold = (one: string) => (one.endsWith('/') ? one.slice(0, -1) : one).toLowerCase();
  const near = patterns.find((pattern) => fold(pattern) === fold(origin));
  return near === undefined
    ? ''
    : `; a rule allows ${writeGiven(near)}, and a browser sends an origin in lower case and without a slash at its end`;
}

function allowsHeader({ AllowedHeaders = [] }: CorsRule, header: string): boolean {
  return AllowedHeaders.some((pattern) => matches(pattern.toLowerCase(), header));
}

function matches(pattern: string, text: string): boolean {
  const [start = '', end] = pattern.split('*');
  if (end === undefined) return pattern === text;
  return text.length >= start.length + end.length && text.startsWith(start) && text.endsWith(end);
}
