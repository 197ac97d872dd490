import { JsonObject, type JsonValue } from '../../formats/json-entries';
import { S3Error } from '../../refusals/s3-error';
import { writeGiven } from '../../text/values';

export type FormCondition = FieldCondition | SizeCondition;

export interface FieldCondition {
  readonly kind: 'eq' | 'starts-with';
  /** The field in lower case; undefined if the condition names no field, since `$` is not before the name. */
  readonly field: string | undefined;
  readonly value: string;
  readonly written: string;
}

/** A bound whose text is not a number is NaN. */
interface SizeCondition {
  readonly kind: 'content-length-range';
  readonly min: number;
  readonly max: number;
  readonly written: string;
}

const operations: readonly string[] = ['eq', 'starts-with', 'content-length-range'];

export function readFormCondition(condition: JsonValue): FormCondition {
  if (condition instanceof JsonObject) return readSimple(condition);
  if (typeof condition !== 'object' || condition === null) throw new S3Error('FormConditionNotList');
  const [operator, ...rest] = condition;
  if (operator === undefined) throw new S3Error('FormConditionEmpty');
  if (typeof operator !== 'string') throw new S3Error('FormPolicyNotJson');
  const kind = operator.toLowerCase();
  if (!operations.includes(kind)) {
    const why = `${writeGiven(operator)} is not one of ${operations.join(', ')}`;
    throw new S3Error('FormConditionUnknown', { operation: operator }, why);
  }
  const [first, second] = rest;
  if (first === undefined || second === undefined || rest.length > 2)
    throw new S3Error('FormConditionArguments', { operation: kind });
  if (kind === 'content-length-range') return readRange(operator, first, second);
  if (typeof first !== 'string' || typeof second !== 'string') throw new S3Error('FormPolicyNotJson');
  return fieldCondition(kind === 'eq' ? 'eq' : 'starts-with', operator, first, second);
}

function readSimple({ entries }: JsonObject): FormCondition {
  const [entry, another] = entries;
  if (entry === undefined || another !== undefined) throw new S3Error('FormConditionNotOne');
  const [name, value] = entry;
  if (value === null) throw new S3Error('FormPolicyNotJson');
  if (typeof value !== 'string') throw new S3Error('FormConditionNotText');
  return fieldCondition('eq', 'eq', `$${name}`, value);
}

function fieldCondition(kind: FieldCondition['kind'], operator: string, name: string, value: string): FieldCondition {
  const field = name.startsWith('$') ? name.slice(1).toLowerCase() : undefined;
  return { kind, field, value, written: print(operator, name, value) };
}

function readRange(operator: string, first: JsonValue, second: JsonValue): SizeCondition {
  const [min, max] = [readBound(first), readBound(second)];
  return { kind: 'content-length-range', min, max, written: print(operator, first, second) };
}

function readBound(value: JsonValue): number {
  if (typeof value === 'string') return /^\d{1,15}$/.test(value) ? Number(value) : Number.NaN;
  if (typeof value !== 'number' || value < 0) throw new S3Error('FormPolicyNotJson');
  return value;
}

function print(...parts: readonly JsonValue[]): string {
  return `[${parts.map((part) => JSON.stringify(part)).join(', ')}]`;
}
