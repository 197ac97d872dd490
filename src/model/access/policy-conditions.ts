import { readIpRange } from '../../formats/ip-ranges';
import type { JsonEntry, JsonValue } from '../../formats/json-entries';
import { S3Error } from '../../refusals/s3-error';
import { actionsMatching, findAction } from './actions';
import { goesWith, isConditionKey } from './condition-keys';
import { type ConditionOperator, readOperator } from './condition-operators';
import { type ComparedKey, type Holds, makeHolds } from './condition-tests';
import { itemsOf, quote, readMembers, refuseSyntax, type Selection, type StatementName } from './policy-form';
import { isBase64 } from './value-forms';

/** A key that a condition compares. All conditions of a statement have to hold. */
export interface PolicyCondition extends ComparedKey {
  readonly holds: Holds;
}

export function readPolicyConditions(
  value: JsonValue | undefined,
  { actions, variables }: { readonly actions: Selection<string>; readonly variables: boolean },
  statement: StatementName,
): readonly PolicyCondition[] {
  const { where } = statement;
  return readEntries(value, where).map(([operator, entry]) => {
    const compared = readKey(operator, entry, where);
    checkActions(compared.key, actions, statement);
    return makeCondition(compared, variables);
  });
}

/** Reads the conditions of a policy. IAM accepts any key, since any service and identity provider can define keys. */
export function readPolicyKeys(value: JsonValue | undefined, where: string): readonly ComparedKey[] {
  return readEntries(value, where).map(([operator, [key, given]]) =>
    checked({ ...operator, key, values: readValues(given, `${key} of ${where}`) }, where),
  );
}

function readEntries(
  value: JsonValue | undefined,
  where: string,
): readonly (readonly [operator: ConditionOperator, entry: JsonEntry])[] {
  if (value === undefined) return [];
  return readMembers(value, `the condition of ${where}`).flatMap(([written, keys]) => {
    const operator = readOperator(written, where);
    return readMembers(keys, `${written} of ${where}`).map((entry) => [operator, entry] as const);
  });
}

export function makeCondition(compared: ComparedKey, variables: boolean): PolicyCondition {
  return { ...compared, holds: makeHolds(compared, variables) };
}

function readKey(operator: ConditionOperator, [key, value]: JsonEntry, where: string): ComparedKey {
  if (!isConditionKey(key)) {
    const why = `${where} has a condition on ${quote(key)}, which is not a key of S3`;
    throw new S3Error('PolicyConditionKeyInvalid', { Detail: key }, why);
  }
  const compared = { ...operator, key, values: readValues(value, `${key} of ${where}`) };
  checkArns(compared, where);
  return checked(compared, where);
}

/** A key that is not an ARN cannot be compared, as one, with a text that is not an ARN either (F308). */
function checkArns({ name, key, values }: ComparedKey, where: string): void {
  if (!name.startsWith('Arn') || /arn$/i.test(key)) return;
  const wrong = values.find((value) => !/^arn:|[*?]|\$\{/i.test(value));
  if (wrong === undefined) return;
  const why = `${where}: ${name} compares ARNs; neither ${quote(key)} nor ${quote(wrong)} is one`;
  throw new S3Error('PolicyConditionNotApplicable', {}, why);
}

function checked(compared: ComparedKey, where: string): ComparedKey {
  checkAddresses(compared, where);
  checkBinary(compared, where);
  return compared;
}

export function readValues(value: JsonValue, where: string): readonly string[] {
  return itemsOf(value).map((item) => writtenValue(item, where));
}

function writtenValue(value: JsonValue, where: string): string {
  if (typeof value === 'string') return value;
  if (typeof value === 'number' || typeof value === 'boolean') return String(value);
  return refuseSyntax(where, 'a string, a number or a boolean');
}

/** The values of an operator on addresses are addresses, and so are the values of aws:SourceIp with any operator except Null (F308). */
function checkAddresses({ name, key, values }: ComparedKey, where: string): void {
  const isOfAddresses = name === 'IpAddress' || name === 'NotIpAddress' || key.toLowerCase() === 'aws:sourceip';
  const wrong = values.find((value) => readIpRange(value) === undefined);
  if (!isOfAddresses || name === 'Null' || wrong === undefined) return;
  const why = `${where}: ${quote(wrong)} is neither an address nor a block of addresses`;
  throw new S3Error('PolicyIpAddressInvalid', {}, why);
}

/** The values of BinaryEquals are bytes in base64 (F442). */
function checkBinary({ name, values }: ComparedKey, where: string): void {
  if (name !== 'BinaryEquals') return;
  const wrong = values.find((value) => !isBase64(value));
  if (wrong !== undefined) throw new S3Error('PolicyBinaryInvalid', {}, `${where}: ${quote(wrong)} is not base64`);
}

/**
 * Throws if a key does not apply to the actions. It must apply to each named action, and to one action of each pattern. NotAction accepts
 * all keys (F306).
 */
function checkActions(key: string, { inverted, of }: Selection<string>, { name, where }: StatementName): void {
  if (inverted) return;
  const wrong = of.find((written) => !actionsMatching(written).some((action) => goesWith(key, action)));
  if (wrong === undefined) return;
  const action = findAction(wrong)?.name ?? wrong;
  const unfit = { key, action, statement: name };
  throw new S3Error('PolicyConditionNotApplicable', { unfit }, `${where}: ${action} has no key ${quote(key)}`);
}
