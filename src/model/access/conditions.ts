import { readIpRange } from '../../formats/ip-ranges';
import type { JsonEntry, JsonValue } from '../../formats/json-entries';
import { S3Error } from '../../refusals/s3-error';
import { type Action, findAction } from './actions';
import { goesWith, isConditionKey } from './condition-keys';
import { type ConditionOperator, readOperator } from './condition-operators';
import { type ComparedKey, type Holds, holdsOf } from './condition-tests';
import { itemsOf, membersOf, quoted, refuseSyntax, type Selection } from './policy-form';

/** One key that a condition compares. All conditions of a statement have to hold. */
export interface Condition extends ComparedKey {
  readonly holds: Holds;
}

/** The rules for the conditions of a policy. */
interface ConditionRules {
  /** Whether `${...}` is a variable. */
  readonly variables: boolean;
  /** Whether a condition may name a key. */
  readonly isKnown: (key: string) => boolean;
  /** Throws if a key does not go with the actions of the statement. */
  readonly check: (key: string) => void;
}

/** Reads the conditions of a bucket policy's statement, and checks that they go with its actions. */
export function readConditions(
  value: JsonValue | undefined,
  { actions, variables }: { readonly actions: Selection<string>; readonly variables: boolean },
  where: string,
): readonly Condition[] {
  const check = (key: string) => checkActions(key, actions, where);
  return readAll(value, where, { variables, isKnown: isConditionKey, check });
}

/** Reads the conditions of a statement of a user's policy. IAM takes the keys of other services, too, and any key with any action. */
export function readUserConditions(
  value: JsonValue | undefined,
  variables: boolean,
  where: string,
): readonly Condition[] {
  const isKnown = (key: string) => isConditionKey(key) || /^(?!s3:)[a-z\d-]+:./i.test(key);
  return readAll(value, where, { variables, isKnown, check: () => {} });
}

function readAll(value: JsonValue | undefined, where: string, rules: ConditionRules): readonly Condition[] {
  if (value === undefined) return [];
  return membersOf(value, `the condition of ${where}`).flatMap(([written, keys]) => {
    const operator = readOperator(written, where);
    return membersOf(keys, `${written} of ${where}`).map((entry) => readCondition(operator, entry, where, rules));
  });
}

function readCondition(
  operator: ConditionOperator,
  [key, value]: JsonEntry,
  where: string,
  { isKnown, check, variables }: ConditionRules,
): Condition {
  if (!isKnown(key)) {
    const why = `${where} has a condition on ${quoted(key)}, which is no key of S3`;
    throw new S3Error('PolicyConditionKeyInvalid', { Detail: key }, why);
  }
  const condition = {
    ...operator,
    key,
    values: itemsOf(value).map((item) => writtenValue(item, `${key} of ${where}`)),
  };
  checkAddresses(condition, where);
  checkBinary(condition, where);
  check(key);
  return { ...condition, holds: holdsOf(condition, variables) };
}

function writtenValue(value: JsonValue, where: string): string {
  if (typeof value === 'string') return value;
  if (typeof value === 'number' || typeof value === 'boolean') return String(value);
  return refuseSyntax(where, 'a string, a number or a boolean');
}

/** The values of an operator on addresses, and those of aws:SourceIp with any operator but Null, are addresses (F308). */
function checkAddresses({ name, key, values }: ComparedKey, where: string): void {
  const isOfAddresses = name === 'IpAddress' || name === 'NotIpAddress' || key.toLowerCase() === 'aws:sourceip';
  const wrong = values.find((value) => readIpRange(value) === undefined);
  if (!isOfAddresses || name === 'Null' || wrong === undefined) return;
  throw new S3Error('PolicyIpAddressInvalid', {}, `${where}: ${quoted(wrong)} is no address and no block of addresses`);
}

/** The values of BinaryEquals are bytes in base64 (F442). */
function checkBinary({ name, values }: ComparedKey, where: string): void {
  if (name !== 'BinaryEquals') return;
  const wrong = values.find((value) => Buffer.from(value, 'base64').toString('base64') !== value);
  if (wrong !== undefined) throw new S3Error('PolicyBinaryInvalid', {}, `${where}: ${quoted(wrong)} is not base64`);
}

/** Each action that is named whole has to go with each key. A pattern goes with all keys, and so does NotAction (F306). */
function checkActions(key: string, { inverted, of }: Selection<string>, where: string): void {
  if (inverted) return;
  const named = of.map(findAction).filter((action): action is Action => action !== undefined);
  const wrong = named.find((action) => !goesWith(key, action));
  if (wrong !== undefined)
    throw new S3Error('PolicyConditionNotApplicable', {}, `${where}: ${wrong.name} has no key ${quoted(key)}`);
}
