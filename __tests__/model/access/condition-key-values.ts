import type { ConditionKeyValues } from '../../../src/model/access/condition-key-values';
import { readOperator } from '../../../src/model/access/condition-operators';
import { makeHolds } from '../../../src/model/access/condition-tests';

export type Given = Readonly<Record<string, string | readonly string[] | undefined>>;

export function valuesOf(given: Given): ConditionKeyValues {
  return (key) => {
    const value = Object.hasOwn(given, key) ? given[key] : undefined;
    return typeof value === 'string' ? [value] : value;
  };
}

/** Undefined if the request has no key `aws:k`. */
export function holds(
  operator: string,
  wanted: string | readonly string[],
  value: string | readonly string[] | undefined,
  { others = {}, variables = true }: { readonly others?: Given; readonly variables?: boolean } = {},
): boolean {
  const condition = { ...readOperator(operator, 'statement 1'), key: 'AWS:K', values: [wanted].flat() };
  return makeHolds(condition, variables)(valuesOf({ ...others, 'aws:k': value }));
}
