import { types } from 'node:util';
import type { Action } from '../model/access/actions';
import { conditionKeys, goesWith, isConditionKey } from '../model/access/condition-keys';
import type { ConditionValues } from '../model/access/condition-values';
import type { Store } from '../model/store';
import { hintFor } from '../text/spelling';
import { isRecord } from '../text/value-kinds';
import { writeGiven } from '../text/values';

type ConditionValue = string | number | boolean | Date;

/** The condition keys of an imagined request with their values: `{ 's3:prefix': 'docs/', 'aws:SourceIp': '10.0.0.1' }`. */
export interface AccessConditions {
  readonly [key: string]: ConditionValue | readonly ConditionValue[] | undefined;
}

/** The values that keys have in the requests of a test that says nothing about them (F510). */
export function usualConditions({ sourceIp }: Pick<Store, 'sourceIp'>): Readonly<Record<string, string>> {
  return { 'aws:securetransport': 'true', 'aws:sourceip': sourceIp };
}

/** Condition keys in lower case, as they compare without case. */
export type GivenConditions = ReadonlyMap<string, readonly string[]>;

/** Reads the conditions of an imagined request. Throws a TypeError for a key that S3 does not have or that does not go with the action. */
export function readConditions(at: string, given: unknown, action: Action): GivenConditions {
  if (!isRecord(given))
    throw new TypeError(
      `${at}: conditions ${writeGiven(given)}. Give an object by condition keys, such as { 'aws:SourceIp': '10.0.0.1' }.`,
    );
  const entries = Object.entries(given).filter(([, value]) => value !== undefined);
  return new Map(
    entries.map(([key, value]) => {
      checkKey(at, key, action);
      return [key.toLowerCase(), valuesOf(`${at}: conditions: ${writeGiven(key)}`, value)];
    }),
  );
}

function checkKey(at: string, key: string, action: Action): void {
  if (!isConditionKey(key)) {
    const full = `s3:${key}`;
    const hint = isConditionKey(full) ? ` Did you mean ${full}?` : hintFor(key, conditionKeys);
    throw new TypeError(
      `${at}: there is no condition key ${writeGiven(key)}. Give a key of S3, 's3:...', or one of all services, 'aws:...'.${hint}`,
    );
  }
  if (goesWith(key, action)) return;
  throw new TypeError(`${at}: the condition key ${writeGiven(key)} does not go with ${action.name}.`);
}

function valuesOf(at: string, value: unknown): readonly string[] {
  const list: readonly unknown[] = Array.isArray(value) ? value : [value];
  const texts = list.flatMap((one) => textOf(one) ?? []);
  if (texts.length > 0 && texts.length === list.length) return texts;
  throw new TypeError(`${at}: ${writeGiven(value)}. Give text, a number, true or false, a Date, or a list of these.`);
}

function textOf(value: unknown): string | undefined {
  if (types.isDate(value)) return Number.isNaN(value.getTime()) ? undefined : value.toISOString();
  if (typeof value === 'number') return Number.isFinite(value) ? String(value) : undefined;
  return typeof value === 'string' || typeof value === 'boolean' ? String(value) : undefined;
}

/** The values of condition keys as a test gives them, and the others by a function. */
export function conditionsWith(
  given: GivenConditions,
  valueOfKey: (key: string) => string | undefined,
): ConditionValues {
  return (key) => {
    const value = valueOfKey(key);
    return given.get(key) ?? (value === undefined ? undefined : [value]);
  };
}
