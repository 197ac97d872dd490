import { type IpRange, readIpRange } from '../../formats/ip-ranges';
import type { ConditionKeyValues } from './condition-key-values';
import type { ConditionOperator } from './condition-operators';
import { readBoolean, readDate, readNumber } from './value-forms';
import { readText, splitArn } from './variables';

export interface ComparedKey extends ConditionOperator {
  /** The key as it was written; keys compare without case. */
  readonly key: string;
  /** The values as texts; a number or a boolean is written as in JSON. */
  readonly values: readonly string[];
}

export type Holds = (values: ConditionKeyValues) => boolean;

type Test = (actual: string, values: ConditionKeyValues) => boolean;

type ReadTest = (wanted: string, variables: boolean) => Test;

/** Reads a condition once and returns its test, so that testing many requests takes little time (F481). */
export function makeHolds(condition: ComparedKey, variables: boolean): Holds {
  const { name, quantifier } = condition;
  const key = condition.key.toLowerCase();
  if (name === 'Null') {
    const wanted = new Set(condition.values.map(readBoolean));
    return (values) => wanted.has(valuesOf(key, values).length === 0);
  }
  const isSatisfied = satisfiedBy(condition, variables);
  const whenAbsent = holdsWithoutKey(condition);
  return (values) => {
    const actual = valuesOf(key, values);
    if (actual.length === 0) return whenAbsent;
    if (quantifier === 'ForAnyValue') return actual.some((one) => isSatisfied(one, values));
    if (quantifier === 'ForAllValues') return actual.every((one) => isSatisfied(one, values));
    // An operator without a quantifier never matches a list.
    if (isList(key, actual)) return false;
    return isNegated(name)
      ? actual.every((one) => isSatisfied(one, values))
      : actual.some((one) => isSatisfied(one, values));
  };
}

/** The keys whose value is a list even if it has one member. */
const lists: ReadonlySet<string> = new Set(['aws:tagkeys', 's3:requestobjecttagkeys']);

/** Tags of a request whose names differ by case alone are values of one key, and no list (F487). */
function isList(key: string, actual: readonly string[]): boolean {
  return lists.has(key) || (actual.length > 1 && !key.startsWith('s3:requestobjecttag/'));
}

function valuesOf(key: string, values: ConditionKeyValues): readonly string[] {
  return values(key) ?? none;
}

const none: readonly string[] = [];

/** A quantifier makes `IfExists` and a negation count for nothing. */
function holdsWithoutKey({ name, quantifier, ifExists }: ConditionOperator): boolean {
  if (quantifier !== undefined) return quantifier === 'ForAllValues';
  return ifExists || isNegated(name);
}

function isNegated(name: ConditionOperator['name']): boolean {
  return name.includes('Not');
}

function satisfiedBy(
  { name, values: wanted }: ComparedKey,
  variables: boolean,
): (actual: string, values: ConditionKeyValues) => boolean {
  const read = readers[name.replace('Not', '')];
  if (read === undefined) return () => false;
  const tests = wanted.map((one) => read(one, variables));
  return isNegated(name)
    ? (actual, values) => !tests.some((test) => test(actual, values))
    : (actual, values) => tests.some((test) => test(actual, values));
}

const order = {
  Equals: (actual: number, wanted: number) => actual === wanted,
  LessThan: (actual: number, wanted: number) => actual < wanted,
  LessThanEquals: (actual: number, wanted: number) => actual <= wanted,
  GreaterThan: (actual: number, wanted: number) => actual > wanted,
  GreaterThanEquals: (actual: number, wanted: number) => actual >= wanted,
};

const readers: Readonly<Record<string, ReadTest>> = {
  StringEquals: (wanted, variables) => readText(wanted, { wildcards: false, variables }),
  StringEqualsIgnoreCase: (wanted, variables) => readText(wanted, { wildcards: false, variables, ignoresCase: true }),
  StringLike: (wanted, variables) => readText(wanted, { wildcards: true, variables }),
  ...comparisons('Numeric', readNumber),
  ...comparisons('Date', readDate),
  Bool: ofForm(readBoolean, (actual, wanted) => actual === wanted),
  BinaryEquals: (wanted) => (actual) => actual === wanted,
  IpAddress: ofForm(readIpRange, isInRange),
  ArnEquals: readArn,
  ArnLike: readArn,
};

function comparisons(family: string, read: (text: string) => number | undefined): Readonly<Record<string, ReadTest>> {
  return Object.fromEntries(
    Object.entries(order).map(([name, compare]) => [`${family}${name}`, ofForm(read, compare)]),
  );
}

/** A value of another form meets no comparison, so that each negated operator holds (F481). */
function ofForm<Value>(
  read: (text: string) => Value | undefined,
  compare: (actual: Value, wanted: Value) => boolean,
): ReadTest {
  return (text) => {
    const wanted = read(text);
    return (actualText) => {
      const actual = read(actualText);
      return actual !== undefined && wanted !== undefined && compare(actual, wanted);
    };
  };
}

function isInRange(actual: IpRange, wanted: IpRange): boolean {
  if (actual.version !== wanted.version || actual.prefix < wanted.prefix) return false;
  const others = BigInt((wanted.version === 4 ? 32 : 128) - wanted.prefix);
  return actual.address >> others === wanted.address >> others;
}

/** Compared part by part, so that no wildcard matches beyond its part. */
function readArn(wanted: string, variables: boolean): Test {
  const tests = splitArn(wanted, variables).map((part) => readText(part, { wildcards: true, variables }));
  return (actual, values) => {
    const parts = splitArn(actual, false);
    if (tests.length < 6 || parts.length < 6) return false;
    return tests.every((test, at) => test(parts[at] ?? '', values));
  };
}
