import { types } from 'node:util';
import { makeUnawaited } from '../text/plain-values';
import { type AsymmetricMatcher, type Bytes, isAsymmetric, isRecord, isThenable } from '../text/value-kinds';

/**
 * A value as a test can expect it: any part of an object; a blob as text, as bytes, or as any part of the JSON in it; an asymmetric matcher
 * at any level.
 *
 * @example
 * const expected: Expected<{ Bucket: string; Body: Uint8Array }> = { Body: 'first' };
 */
export type Expected<T> =
  | AsymmetricMatcher
  | (unknown extends T
      ? unknown
      : T extends string | number | boolean | Date
        ? T
        : T extends Uint8Array
          ? string | Bytes | Json
          : T extends readonly (infer Item)[]
            ? readonly Expected<Item>[]
            : ExpectedMembers<T>);

export type ExpectedMembers<Of> = { readonly [Member in keyof Of]?: Expected<Of[Member]> | undefined };

/** The JSON in a blob, or any part of it. */
type Json = { readonly [name: string]: unknown } | readonly unknown[];

/** The path is written like code, `Delete.Objects[0].Key`, and '' for the whole value. */
export interface Difference {
  readonly path: string;
  readonly expected: unknown;
  readonly actual: unknown;
}

interface PathStep {
  readonly parent: PathStep | undefined;
  readonly name: string | number;
}

interface Pair {
  readonly expected: unknown;
  readonly actual: unknown;
  readonly step: PathStep | undefined;
}

/** Returns 'differ' if the two values cannot be compared member by member. */
type Children = readonly Pair[] | 'differ';

export function findDifferences(expected: unknown, actual: unknown): readonly Difference[] {
  const found: Difference[] = [];
  const seen = new Map<unknown, Set<unknown>>();
  // A list of work instead of recursion, since the values of a user may be nested deeper than the call stack allows.
  const work: Pair[] = [{ expected, actual, step: undefined }];
  for (let pair = work.pop(); pair !== undefined; pair = work.pop()) {
    if (equalLeaves(pair.expected, pair.actual) || met(seen, pair)) continue;
    const children = pairMembers(pair);
    if (children === 'differ') {
      found.push({ path: writePath(pair.step), expected: pair.expected, actual: pair.actual });
    } else {
      for (let index = children.length - 1; index >= 0; index -= 1) {
        const child = children[index];
        if (child !== undefined) work.push(child);
      }
    }
  }
  return found;
}

export function fits(expected: unknown, actual: unknown): boolean {
  return findDifferences(expected, actual).length === 0;
}

function equalLeaves(expected: unknown, actual: unknown): boolean {
  if (Object.is(expected, actual)) return true;
  if (isAsymmetric(expected)) return accepts(expected, actual);
  if (types.isDate(expected) && types.isDate(actual)) return Object.is(expected.getTime(), actual.getTime());
  if (types.isUint8Array(actual)) {
    if (typeof expected === 'string' && !canHaveLength(expected, actual.byteLength)) return false;
    const bytes = typeof expected === 'string' ? Buffer.from(expected) : expected;
    return types.isUint8Array(bytes) && Buffer.compare(bytes, actual) === 0;
  }
  return false;
}

/** Whether a text can have so many bytes. It is compared with each body of a journal, and a long text takes time to encode. */
function canHaveLength({ length }: string, bytes: number): boolean {
  return length <= bytes && bytes <= 3 * length;
}

function accepts(matcher: AsymmetricMatcher, actual: unknown): boolean {
  if (!types.isUint8Array(actual)) return ask(matcher, actual);
  const text = Buffer.from(actual.buffer, actual.byteOffset, actual.byteLength).toString();
  // expect.not.stringContaining() accepts everything that is not a string, so a matcher of strings is asked about the text only.
  if (matchesText(matcher)) return ask(matcher, text);
  // In the same way, expect.not.objectContaining() accepts all bytes, so a matcher of objects is asked about the JSON in them.
  const json = matchesObjects(matcher) ? readJson(actual) : undefined;
  if (typeof json === 'object' && json !== actual) return ask(matcher, json);
  return ask(matcher, actual) || ask(matcher, text);
}

/** A promise counts as true, whatever its value will be. */
function ask(matcher: AsymmetricMatcher, actual: unknown): boolean {
  const result: unknown = matcher.asymmetricMatch(actual);
  if (isThenable(result)) throw makeUnawaited('asymmetricMatch', 'result');
  return Boolean(result);
}

/** Whether the matcher is about text: it then gets bytes as the text that they encode. */
export function matchesText(matcher: AsymmetricMatcher): boolean {
  return expectedType(matcher) === 'string';
}

function matchesObjects(matcher: AsymmetricMatcher): boolean {
  return ['object', 'array'].some((type) => type === expectedType(matcher));
}

function expectedType(matcher: object): unknown {
  return 'getExpectedType' in matcher && typeof matcher.getExpectedType === 'function'
    ? matcher.getExpectedType()
    : undefined;
}

/** Whether this pair was compared before: both sides can contain themselves. */
function met(seen: Map<unknown, Set<unknown>>, { expected, actual }: Pair): boolean {
  if (typeof expected !== 'object') return false;
  const partners = seen.get(expected) ?? new Set();
  if (partners.has(actual)) return true;
  seen.set(expected, partners.add(actual));
  return false;
}

function pairMembers({ expected, actual: given, step: parent }: Pair): Children {
  const actual = types.isUint8Array(given) && isJson(expected) ? readJson(given) : given;
  if (Array.isArray(expected) && Array.isArray(actual)) return pairItems(expected, actual, parent);
  if (!isRecord(expected) || !isRecord(actual) || isAsymmetric(expected)) return 'differ';
  // Clients send the names of metadata in any case. Objects have them in lower case.
  const actualName = parent?.name === 'Metadata' ? withoutCase(actual) : (name: string) => name;
  return Object.keys(expected).map((name) => ({
    expected: ownMember(expected, name),
    actual: ownMember(actual, actualName(name)),
    step: { parent, name },
  }));
}

function isJson(expected: unknown): expected is Json {
  return Array.isArray(expected) || (isRecord(expected) && !isAsymmetric(expected));
}

function readJson(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString()) as unknown;
  } catch {
    return bytes;
  }
}

function pairItems(
  expected: readonly unknown[],
  actual: readonly unknown[],
  parent: PathStep | undefined,
): readonly Pair[] {
  const length = { expected: expected.length, actual: actual.length, step: { parent, name: 'length' } };
  const both = Math.min(expected.length, actual.length);
  const items = Array.from({ length: both }, (_, index) => ({
    expected: expected[index],
    actual: actual[index],
    step: { parent, name: index },
  }));
  return [length, ...items];
}

function withoutCase(actual: object): (name: string) => string {
  const names = new Map(Object.keys(actual).map((name) => [name.toLowerCase(), name]));
  return (name) => (Object.hasOwn(actual, name) ? name : (names.get(name.toLowerCase()) ?? name));
}

function ownMember(value: Readonly<Record<string, unknown>>, name: string): unknown {
  return Object.hasOwn(value, name) ? value[name] : undefined;
}

function writePath(step: PathStep | undefined): string {
  const parts: string[] = [];
  for (let at = step; at !== undefined; at = at.parent) parts.push(writeStep(at));
  return parts.reverse().join('').replace(/^\./, '');
}

function writeStep({ name }: PathStep): string {
  if (typeof name === 'number') return `[${name}]`;
  return /^[A-Za-z_$][\w$]*$/.test(name) ? `.${name}` : `['${name.replace(/['\\]/g, '\\$&')}']`;
}
