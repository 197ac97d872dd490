import { S3Error } from '../../refusals/s3-error';
import { hintFor } from '../../text/spelling';

const comparisons = ['Equals', 'NotEquals', 'LessThan', 'LessThanEquals', 'GreaterThan', 'GreaterThanEquals'] as const;

const operators = [
  'StringEquals',
  'StringNotEquals',
  'StringEqualsIgnoreCase',
  'StringNotEqualsIgnoreCase',
  'StringLike',
  'StringNotLike',
  ...comparisons.map((comparison) => `Numeric${comparison}` as const),
  ...comparisons.map((comparison) => `Date${comparison}` as const),
  'Bool',
  'BinaryEquals',
  'IpAddress',
  'NotIpAddress',
  'ArnEquals',
  'ArnLike',
  'ArnNotEquals',
  'ArnNotLike',
  'Null',
] as const;

/** The name of an operator, without its prefix and its suffix. */
export type OperatorName = (typeof operators)[number];

/**
 * An operator as a policy writes it: `StringEquals`, `ForAllValues:StringLikeIfExists`. Null takes no `IfExists`: it asks whether the key
 * exists.
 */
export type WrittenOperator =
  `${'' | 'ForAllValues:' | 'ForAnyValue:'}${`${Exclude<OperatorName, 'Null'>}${'' | 'IfExists'}` | 'Null'}`;

export interface ConditionOperator {
  readonly name: OperatorName;
  /** Whether all values of a key have to match, or only one. */
  readonly quantifier: 'ForAllValues' | 'ForAnyValue' | undefined;
  /** A request without the key satisfies the condition. */
  readonly ifExists: boolean;
}

const byText: ReadonlyMap<string, ConditionOperator> = new Map(
  operators.flatMap((name) =>
    ([undefined, 'ForAllValues', 'ForAnyValue'] as const).flatMap((quantifier) =>
      // Null asks itself whether the key exists.
      (name === 'Null' ? [false] : [false, true]).map((ifExists): [string, ConditionOperator] => [
        `${quantifier === undefined ? '' : `${quantifier}:`}${name}${ifExists ? 'IfExists' : ''}`,
        { name, quantifier, ifExists },
      ]),
    ),
  ),
);

export function findOperator(operator: string): ConditionOperator | undefined {
  return byText.get(operator);
}

export function hintForOperator(operator: string): string {
  return hintFor(operator, [...byText.keys()]);
}

export function readOperator(operator: string, where: string): ConditionOperator {
  const known = findOperator(operator);
  if (known !== undefined) return known;
  const why = `${where} has a condition operator that IAM does not have.${hintForOperator(operator)}`;
  throw new S3Error('PolicyConditionTypeInvalid', { operator }, why);
}
