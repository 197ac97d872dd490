import { describe, expect, it } from '@jest/globals';
import { holds } from './condition-key-values';

/** Values for an operator: those of the policy, two that fit its name without `Not`, and two that do not. */
interface Values {
  readonly wanted: readonly string[];
  readonly fit: readonly [string, string];
  readonly unfit: readonly [string, string];
}

const texts: Values = { wanted: ['a', 'b'], fit: ['a', 'b'], unfit: ['c', 'd'] };
const arns: Values = {
  wanted: ['arn:aws:iam::111122223333:user/*'],
  fit: ['arn:aws:iam::111122223333:user/ann', 'arn:aws:iam::111122223333:user/bob'],
  unfit: ['arn:aws:iam::111122223333:role/ann', 'arn:aws:iam::444455556666:user/ann'],
};
const numbers = {
  Equals: { wanted: ['5'], fit: ['5', '5.0'], unfit: ['4', '6'] },
  LessThan: { wanted: ['5'], fit: ['3', '4'], unfit: ['5', '6'] },
  LessThanEquals: { wanted: ['5'], fit: ['4', '5'], unfit: ['6', '7'] },
  GreaterThan: { wanted: ['5'], fit: ['6', '7'], unfit: ['4', '5'] },
  GreaterThanEquals: { wanted: ['5'], fit: ['5', '6'], unfit: ['3', '4'] },
} satisfies Readonly<Record<string, Values>>;
const ofNumbers = Object.entries<Values>(numbers);
const days = ({ wanted, fit, unfit }: Values): Values => ({
  wanted: wanted.map(dayOf),
  fit: [dayOf(fit[0]), dayOf(fit[1])],
  unfit: [dayOf(unfit[0]), dayOf(unfit[1])],
});

function dayOf(number: string): string {
  return `2026-01-0${Math.floor(Number(number))}`;
}

const operators: readonly (readonly [name: string, negated: string | undefined, values: Values])[] = [
  ['StringEquals', 'StringNotEquals', texts],
  ['StringEqualsIgnoreCase', 'StringNotEqualsIgnoreCase', texts],
  ['StringLike', 'StringNotLike', texts],
  ...ofNumbers.map(([name, values]) => [`Numeric${name}`, negatedOrder('Numeric', name), values] as const),
  ...ofNumbers.map(([name, values]) => [`Date${name}`, negatedOrder('Date', name), days(values)] as const),
  ['Bool', undefined, { wanted: ['true'], fit: ['true', 'True'], unfit: ['false', 'FALSE'] }],
  ['BinaryEquals', undefined, { wanted: ['QQ==', 'Qg=='], fit: ['QQ==', 'Qg=='], unfit: ['Qw==', 'RA=='] }],
  ['IpAddress', 'NotIpAddress', { wanted: ['10.0.0.0/8'], fit: ['10.0.0.1', '10.9.9.9'], unfit: ['11.0.0.1', '::1'] }],
  ['ArnEquals', 'ArnNotEquals', arns],
  ['ArnLike', 'ArnNotLike', arns],
];

function negatedOrder(family: string, name: string): string | undefined {
  return name === 'Equals' ? `${family}NotEquals` : undefined;
}

// https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-single-vs-multi-valued-context-keys.html F481
// Each row has the values of the request, and which conditions hold: the operator and its negation, bare, of all values and of any value.
// IfExists changes the two bare ones of a request without the key, and nothing else.
const table: readonly (readonly [
  values: string,
  of: (values: Values) => readonly string[] | undefined,
  bare: readonly [positive: boolean, negated: boolean],
  all: readonly [positive: boolean, negated: boolean],
  any: readonly [positive: boolean, negated: boolean],
  ifExists: readonly [positive: boolean, negated: boolean],
])[] = [
  ['no key', () => undefined, [false, true], [true, true], [false, false], [true, true]],
  ['no value', () => [], [false, true], [true, true], [false, false], [true, true]],
  ['one that fits', ({ fit: [one] }) => [one], [true, false], [true, false], [true, false], [true, false]],
  ['one that does not', ({ unfit: [one] }) => [one], [false, true], [false, true], [false, true], [false, true]],
  ['two that fit', ({ fit }) => fit, [false, false], [true, false], [true, false], [false, false]],
  ['two that do not', ({ unfit }) => unfit, [false, false], [false, true], [false, true], [false, false]],
  ['one of each', ({ fit, unfit }) => [fit[0], unfit[0]], [false, false], [false, false], [true, true], [false, false]],
  [
    'one of each, turned',
    ({ fit, unfit }) => [unfit[1], fit[1]],
    [false, false],
    [false, false],
    [true, true],
    [false, false],
  ],
];

describe.each(table)('a request with %s', (_title, valuesOf, bare, all, any, ifExists) => {
  it.each(operators)('is compared by %s, %s and their modifiers', (name, negated, values) => {
    const value = valuesOf(values);
    for (const [operator, at] of [[name, 0] as const, ...(negated === undefined ? [] : [[negated, 1] as const])]) {
      const answers = (modifiers: readonly string[]) =>
        modifiers.map((text) => [text, holds(text, values.wanted, value)]);
      expect(
        answers([
          operator,
          `${operator}IfExists`,
          `ForAllValues:${operator}`,
          `ForAllValues:${operator}IfExists`,
          `ForAnyValue:${operator}`,
          `ForAnyValue:${operator}IfExists`,
        ]),
      ).toEqual([
        [operator, bare[at]],
        [`${operator}IfExists`, ifExists[at]],
        [`ForAllValues:${operator}`, all[at]],
        [`ForAllValues:${operator}IfExists`, all[at]],
        [`ForAnyValue:${operator}`, any[at]],
        [`ForAnyValue:${operator}IfExists`, any[at]],
      ]);
    }
  });

  it('has the key in the eyes of Null if it has a value', () => {
    const has = (valuesOf(texts) ?? []).length > 0;
    for (const operator of ['Null', 'ForAllValues:Null', 'ForAnyValue:Null']) {
      expect({ operator, holds: holds(operator, 'true', valuesOf(texts)) }).toEqual({ operator, holds: !has });
      expect({ operator, holds: holds(operator, 'false', valuesOf(texts)) }).toEqual({ operator, holds: has });
    }
  });
});
