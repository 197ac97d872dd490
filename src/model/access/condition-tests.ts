import { readIpRange } from '../../formats/ip-ranges';
import type { OperatorName } from './condition-operators';
import type { ConditionValues } from './condition-values';
import type { Condition } from './conditions';
import type { PolicyDocument } from './statement';
import { matchesWithVariables } from './variables';
import { matchesPattern } from './wildcards';

/** Whether one value of a request satisfies one value of a policy. */
type Test = (given: string, wanted: string, values: ConditionValues) => boolean;

/** Whether a request satisfies a condition (F470). */
export function holds(condition: Condition, values: ConditionValues, version: PolicyDocument['version']): boolean {
  const { name, key, quantifier, ifExists } = condition;
  const given = values(key.toLowerCase());
  if (name === 'Null') return condition.values.some((wanted) => (wanted === 'true') === (given === undefined));
  if (quantifier === 'ForAllValues') return (given ?? []).every((one) => isSatisfied(condition, one, values, version));
  if (given === undefined) return ifExists || (quantifier === undefined && isNegated(name));
  return given.some((one) => isSatisfied(condition, one, values, version));
}

function isNegated(name: OperatorName): boolean {
  return name.includes('Not');
}

/** A negated operator is satisfied if none of its values matches, another one if one of them does. */
function isSatisfied(
  { name, values: wanted }: Condition,
  given: string,
  values: ConditionValues,
  version: PolicyDocument['version'],
): boolean {
  const test = tests[name.replace('Not', '')] ?? (() => false);
  const variables: ConditionValues = version === '2012-10-17' ? values : () => undefined;
  return isNegated(name) !== wanted.some((one) => test(given, one, variables));
}

const compared = {
  Equals: (given: number, wanted: number) => given === wanted,
  LessThan: (given: number, wanted: number) => given < wanted,
  LessThanEquals: (given: number, wanted: number) => given <= wanted,
  GreaterThan: (given: number, wanted: number) => given > wanted,
  GreaterThanEquals: (given: number, wanted: number) => given >= wanted,
};

const tests: Readonly<Record<string, Test>> = {
  StringEquals: (given, wanted) => given === wanted,
  StringEqualsIgnoreCase: (given, wanted) => given.toLowerCase() === wanted.toLowerCase(),
  StringLike: (given, wanted, values) => matchesWithVariables(wanted, given, values),
  ...comparisons('Numeric', readNumber),
  ...comparisons('Date', readDate),
  Bool: (given, wanted) => given.toLowerCase() === wanted.toLowerCase(),
  BinaryEquals: (given, wanted) => given === wanted,
  IpAddress: isInRange,
  ArnEquals: isArnLike,
  ArnLike: isArnLike,
};

function comparisons(family: string, read: (text: string) => number): Readonly<Record<string, Test>> {
  return Object.fromEntries(
    Object.entries(compared).map(([name, compare]) => [
      `${family}${name}`,
      (given: string, wanted: string) => compare(read(given), read(wanted)),
    ]),
  );
}

function readNumber(text: string): number {
  return /^[+-]?(?:\d+\.?\d*|\.\d+)$/.test(text) ? Number(text) : Number.NaN;
}

function readDate(text: string): number {
  return /^\d+$/.test(text) ? Number(text) * 1000 : Date.parse(text);
}

function isInRange(given: string, wanted: string): boolean {
  const [address, range] = [readIpRange(given), readIpRange(wanted)];
  if (address === undefined || range === undefined || address.version !== range.version) return false;
  const others = BigInt((range.version === 4 ? 32 : 128) - range.prefix);
  return address.address >> others === range.address >> others;
}

/** The six parts of an ARN are compared one by one. */
function isArnLike(given: string, wanted: string): boolean {
  const [parts, patterns] = [partsOfArn(given), partsOfArn(wanted)];
  return parts.length === patterns.length && patterns.every((pattern, at) => matchesPattern(pattern, parts[at] ?? ''));
}

function partsOfArn(arn: string): readonly string[] {
  const parts = arn.split(':');
  return [...parts.slice(0, 5), parts.slice(5).join(':')];
}
