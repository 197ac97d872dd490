import type { ConditionKeyValues } from './condition-key-values';
import { joinTexts, leastLength, matchesPattern, type Pattern, readPattern } from './wildcards';

export type TextTest = (text: string, values: ConditionKeyValues) => boolean;

interface Comparison {
  readonly wildcards: boolean;
  readonly variables: boolean;
  readonly ignoresCase?: boolean;
}

interface Variable {
  /** The key in lower case. */
  readonly key: string;
  readonly byDefault: string | undefined;
}

type Part = Pattern | Variable;

/** Reads a text of a policy once and returns its test, so that comparing it with many requests takes little time (F482). */
export function readText(written: string, comparison: Comparison): TextTest {
  const fold = comparison.ignoresCase ? withoutCase : (text: string) => text;
  const parts = readParts(written, comparison).map((part) => (isVariable(part) ? part : foldTexts(part, fold)));
  return parts.some(isVariable) ? filledTest(parts, fold) : fixedTest(fill(parts, []), fold);
}

/** Requests often have the same values as the request before, so its pattern is kept. */
function filledTest(parts: readonly Part[], fold: (text: string) => string): TextTest {
  const variables = parts.filter(isVariable);
  const least = parts.reduce((sum, part) => sum + (isVariable(part) ? 0 : leastLength(part)), 0);
  let last: { readonly given: readonly string[]; readonly test: TextTest } | undefined;
  return (text, values) => {
    const given = variables.flatMap((variable) => valueOfVariable(variable, values) ?? []).map(fold);
    if (given.length < variables.length) return false;
    // A variable that is repeated makes a long pattern of a long value.
    if (given.reduce((sum, value) => sum + value.length, least) > fold(text).length) return false;
    if (last === undefined || !given.every((value, index) => value === last?.given[index]))
      last = { given, test: fixedTest(fill(parts, given), fold) };
    return last.test(text, values);
  };
}

function fixedTest(pattern: Pattern, fold: (text: string) => string): TextTest {
  const [first] = pattern;
  const prefix = typeof first === 'string' ? first : '';
  const rest = prefix === '' ? pattern : pattern.slice(1);
  if (rest.length === 0) return (text) => fold(text) === prefix;
  const last = prefix.length - 1;
  const lastCode = prefix.charCodeAt(last);
  const least = leastLength(pattern);
  return (text) => {
    const folded = fold(text);
    // ARNs have the same beginning, so most differ where the prefix ends.
    if (last >= 0 && folded.charCodeAt(last) !== lastCode) return false;
    if (folded.length < least) return false;
    return folded.startsWith(prefix) && matchesPattern(rest, folded, prefix.length);
  };
}

/**
 * Lowers the case of each character separately: JavaScript would write a capital sigma at the end of a word as another small letter than
 * elsewhere.
 */
function withoutCase(text: string): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: ASCII begins with them
  return /^[\x00-\x7f]*$/.test(text) ? text.toLowerCase() : Array.from(text, (one) => one.toLowerCase()).join('');
}

function foldTexts(pattern: Pattern, fold: (text: string) => string): Pattern {
  return pattern.map((part) => (typeof part === 'string' ? fold(part) : part));
}

function isVariable(part: Part): part is Variable {
  return 'key' in part;
}

/** A wildcard in a value means itself. */
function fill(parts: readonly Part[], values: readonly string[]): Pattern {
  const rest = values.values();
  return joinTexts(parts.flatMap((part) => (isVariable(part) ? [rest.next().value ?? ''] : part)));
}

/** Keys that can have several values are not variables, even if a request contains only one value. */
const multivalued: ReadonlySet<string> = new Set([
  's3:requestobjecttagkeys',
  's3:inventoryaccessibleoptionalfields',
  'aws:tagkeys',
  'aws:principalorgpaths',
  'aws:calledvia',
  'aws:principalservicenameslist',
]);

function valueOfVariable({ key, byDefault }: Variable, values: ConditionKeyValues): string | undefined {
  // `amr` of every identity provider is a list (F1530).
  if (multivalued.has(key) || key.endsWith(':amr')) return undefined;
  return values(key)?.[0] ?? byDefault;
}

export interface FilledVariable {
  readonly written: string;
  readonly key: string;
  readonly value: string | undefined;
}

/** A variable reaches from `${` to the next brace. A text that no brace closes is read once, and not from each of its beginnings. */
export function findWrittenVariables(text: string): readonly string[] {
  return (text.match(/\$\{[^}]*(?:\}|$)/g) ?? []).filter((written) => written.endsWith(end));
}

export function fillVariables(texts: readonly string[], values: ConditionKeyValues): readonly FilledVariable[] {
  const found = new Set(texts.flatMap(findWrittenVariables));
  return [...found].flatMap((written) => {
    const part = readVariable(written.slice(2, -1));
    const key = written.slice(2, -1).split(',')[0]?.trim() ?? '';
    return isVariable(part) ? [{ written, key, value: valueOfVariable(part, values) }] : [];
  });
}

const end = '}';

function readParts(written: string, { wildcards, variables }: Comparison): readonly Part[] {
  const read = wildcards ? readPattern : (text: string): Pattern => [text];
  if (!variables) return [read(written)];
  const parts: Part[] = [];
  let rest = written;
  for (;;) {
    const from = rest.indexOf('${');
    const to = from === -1 ? -1 : rest.indexOf(end, from);
    if (to === -1) return [...parts, read(rest)];
    parts.push(read(rest.slice(0, from)), readVariable(rest.slice(from + 2, to)));
    rest = rest.slice(to + 1);
  }
}

/** `${*}`, `${?}` and `${$}` are characters that mean themselves. */
function readVariable(inner: string): Part {
  if (inner === '*' || inner === '?' || inner === '$') return [inner];
  const comma = inner.indexOf(',');
  const byDefault = comma === -1 ? '' : inner.slice(comma + 1).trim();
  if (byDefault.length < 2 || !byDefault.startsWith("'") || !byDefault.endsWith("'"))
    return { key: inner.toLowerCase(), byDefault: undefined };
  return { key: inner.slice(0, comma).trim().toLowerCase(), byDefault: byDefault.slice(1, -1) };
}

/** Splits an ARN into its six parts. Only the last part can contain colons, and a colon in a variable does not separate. */
export function splitArn(arn: string, variables: boolean): readonly string[] {
  const parts: string[] = [];
  let from = 0;
  for (let at = 0; at < arn.length && parts.length < 5; at += 1) {
    const close = variables && arn.startsWith('${', at) ? arn.indexOf(end, at) : -1;
    if (close !== -1) at = close;
    else if (arn[at] === ':') {
      parts.push(arn.slice(from, at));
      from = at + 1;
    }
  }
  return [...parts, arn.slice(from)];
}

/** Variables come after the fifth colon (F482). */
export function readResource(arn: string, variables: boolean): TextTest {
  const head = splitArn(arn, false).slice(0, 5).join(':');
  if (!variables || !head.includes('${')) return readText(arn, { wildcards: true, variables });
  // A variable before it is text, which no ARN of S3 has.
  return () => false;
}
