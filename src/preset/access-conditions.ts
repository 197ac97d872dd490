import { types } from 'node:util';
import type { Action } from '../model/access/actions';
import type { ConditionKeyValues, SetConditions } from '../model/access/condition-key-values';
import {
  conditionKeys,
  globalKeys,
  goesWith,
  isConditionKey,
  isGlobalKey,
  type S3ConditionKey,
} from '../model/access/condition-keys';
import { findProviderKey, findProviderKeys, isSessionKey, isTrustKey } from '../model/access/identity-provider-keys';
import { hasEndpointKeys, isAddress, keyOfAddress } from '../model/access/source-address';
import { readBoolean, readDate, readNumber } from '../model/access/value-forms';
import type { Store } from '../model/store';
import { matching } from '../shapes/given';
import { invalidValue } from '../text/invalid-value';
import { makeMistake } from '../text/mistakes';
import { hintFor } from '../text/spelling';
import { isRecord } from '../text/value-kinds';
import { writeGiven } from '../text/values';

type ConditionValue = string | number | boolean | Date;

/** The values of a condition key. */
type ConditionValues = ConditionValue | readonly ConditionValue[] | undefined;

/** The condition keys of all services that an editor offers. AWS has more keys, and some keys end with the name of a tag. */
type GlobalKey = Exclude<(typeof globalKeys)[number], `${string}/`> | (typeof providerKeys)[number];
type GlobalConditions = { readonly [Key in GlobalKey]?: ConditionValues };

/** The condition keys of S3. */
type S3Conditions = { readonly [Key in S3ConditionKey]?: ConditionValues };

/**
 * Values of condition keys in the requests of a caller: keys of all services, `{ 'aws:SourceVpc': 'vpc-1', 'aws:SourceIp': '10.0.0.1' }`,
 * and keys that an identity provider gives the sessions of roles, `{ 'cognito-identity.amazonaws.com:sub': 'eu-west-1:4f0c' }`.
 */
export interface RequestConditions extends GlobalConditions {
  readonly [key: string]: ConditionValues;
}

/** The condition keys of a request that is only imagined, with their values: `{ 's3:prefix': 'docs/', 'aws:SourceIp': '10.0.0.1' }`. */
export interface AccessConditions extends RequestConditions, S3Conditions {
  readonly [key: string]: ConditionValues;
}

/** The values for a test that says nothing about these keys, but sets some values (F510). */
export function usualConditions(
  { sourceIp }: Pick<Store, 'sourceIp'>,
  given: ConditionKeyValues,
): ReadonlyMap<string, readonly string[]> {
  return new Map([
    ['aws:securetransport', ['true']],
    [keyOfAddress(hasEndpointKeys(given)), [sourceIp]],
  ]);
}

/** The conditions with their keys in lower case, as keys compare without case. */
type GivenConditions = ReadonlyMap<string, readonly string[]>;

export function readConditions(at: string, given: unknown, action: Action, isOfRole: boolean): GivenConditions {
  const read = readValues(at, given, (key) => checkKey(at, key, action, isOfRole));
  return new Map(read.map(([key, values]) => [key.toLowerCase(), values]));
}

function readValues(
  at: string,
  given: unknown,
  check: (key: string) => void,
): readonly (readonly [key: string, values: readonly string[]])[] {
  if (!isRecord(given))
    throw invalidValue(at, 'conditions', given, "an object by condition keys, such as { 'aws:SourceIp': '10.0.0.1' }");
  const entries = Object.entries(given).filter(([, value]) => value !== undefined);
  return entries.map(([key, value]) => {
    check(key);
    return [key, readConditionValues(`${at}: conditions: ${writeGiven(key)}`, key.toLowerCase(), value)];
  });
}

function checkKey(at: string, key: string, action: Action, isOfRole: boolean): void {
  if (isOfProvider(at, key, isOfRole)) return;
  if (!isConditionKey(key)) {
    const full = `s3:${key}`;
    const hint = isConditionKey(full) ? ` Did you mean ${full}?` : hintFor(key, [...conditionKeys, ...providerKeys]);
    throw makeMistake(
      `${at}: there is no condition key ${writeGiven(key)}. Give a key of S3, 's3:...', or one of all services, 'aws:...'.${hint}`,
    );
  }
  checkSpelling(at, key);
  if (goesWith(key, action)) return;
  throw makeMistake(`${at}: the condition key ${writeGiven(key)} does not go with ${action.name}.`);
}

/** Throws for a key that AWS does not have: no policy names it, so the answer would be worthless. */
function checkSpelling(at: string, key: string): void {
  if (!/^aws:/i.test(key) || isGlobalKey(key)) return;
  const hint = hintFor(key, globalKeys);
  const right = hint === '' ? " Give a global condition key, such as 'aws:SourceVpc'." : hint;
  throw makeMistake(`${at}: there is no condition key ${writeGiven(key)}.${right}`);
}

/** The keys of the providers that IAM knows by itself. The keys of any other provider begin with its issuer. */
export const providerKeys = [
  ...['cognito-identity.amazonaws.com:sub', 'cognito-identity.amazonaws.com:aud', 'cognito-identity.amazonaws.com:amr'],
  ...['accounts.google.com:sub', 'accounts.google.com:aud', 'www.amazon.com:user_id', 'www.amazon.com:app_id'],
  ...['graph.facebook.com:id', 'graph.facebook.com:app_id'],
] as const;

/** Whether an identity provider sets the key. Throws a TypeError if the requests in question never have the key (F1531). */
function isOfProvider(at: string, key: string, isOfRole: boolean): boolean {
  const provider = findProviderKey(key);
  if (provider === undefined && !isSessionKey(key)) return false;
  if (!isOfRole)
    throw makeMistake(
      `${at}: conditions: only sessions of roles have ${writeGiven(key)}, since an identity provider vouches for them. Give it to a role or its session.`,
    );
  if (isSessionKey(key)) return true;
  const { issuer = '', name = '' } = provider ?? {};
  const { session } = findProviderKeys(issuer);
  const isInTrust = provider !== undefined && isTrustKey(provider);
  throw makeMistake(
    `${at}: conditions: sessions do not have ${writeGiven(key)}${isInTrust ? ', which only trust policies can use' : ''}. Of the tokens of ${issuer} they have: ${session.join(', ')}.${isInTrust ? '' : hintFor(name, session)}`,
  );
}

const organizationForm = "the id of an organization, such as 'o-a1b2c3d4e5'";

/** The form of an organization's id (F662). */
const organizationIds = /^o-[a-z\d]{10,32}$/;

export const organizationId = matching(
  organizationIds,
  `${organizationForm}: o- and 10 to 32 small letters and digits`,
);

const forms: readonly (readonly [keys: string, form: string, isOne: (text: string) => boolean])[] = [
  ['aws:sourceip aws:vpcsourceip', "an address, such as '203.0.113.7'", isAddress],
  [
    'aws:securetransport aws:multifactorauthpresent aws:viaawsservice aws:principalisawsservice',
    'true or false',
    (text) => readBoolean(text) !== undefined,
  ],
  ['aws:currenttime aws:tokenissuetime', "a Date or text such as '2026-01-31T10:00:00Z'", isDate],
  ['aws:epochtime', 'a Date or a number of seconds', isDate],
  [
    'aws:multifactorauthage s3:max-keys s3:signatureage s3:object-lock-remaining-retention-days',
    'a number',
    (text) => readNumber(text) !== undefined,
  ],
  [
    'aws:principalorgid aws:resourceorgid aws:sourceorgid aws:vpceorgid',
    organizationForm,
    (text) => organizationIds.test(text),
  ],
  ['s3:object-lock-retain-until-date', "a Date or text such as '2026-01-31T10:00:00Z'", isDate],
];

function isDate(text: string): boolean {
  return readDate(text) !== undefined;
}

function readConditionValues(at: string, key: string, value: unknown): readonly string[] {
  const texts = readTexts(at, value);
  const [, form, isOne = () => true] = forms.find(([keys]) => keys.split(' ').includes(key)) ?? [];
  if (form === undefined || texts.every(isOne)) return texts;
  throw invalidValue(at, 'value', value, form);
}

function readTexts(at: string, value: unknown): readonly string[] {
  const list: readonly unknown[] = Array.isArray(value) ? value : [value];
  const texts = list.flatMap((one) => writeText(one) ?? []);
  if (texts.length > 0 && texts.length === list.length) return texts;
  throw invalidValue(at, 'value', value, 'text, a number, true or false, a Date, or a list of these');
}

function writeText(value: unknown): string | undefined {
  if (types.isDate(value)) return Number.isNaN(value.getTime()) ? undefined : value.toISOString();
  if (typeof value === 'number') return Number.isFinite(value) ? String(value) : undefined;
  return typeof value === 'string' || typeof value === 'boolean' ? String(value) : undefined;
}

/** A key that S3 takes from the request itself is a TypeError (F661). `isOfRole`: whether sessions of roles can send the requests. */
export function readSetConditions(at: string, given: RequestConditions | undefined, isOfRole: boolean): SetConditions {
  if (given === undefined) return new Map();
  const read = readValues(at, given, (key) => checkSetKey(at, key, isOfRole));
  return new Map(read.map(([key, values]) => [key.toLowerCase(), { key, values }]));
}

function checkSetKey(at: string, key: string, isOfRole: boolean): void {
  if (isOfProvider(at, key, isOfRole)) return;
  if (/^aws:./i.test(key)) {
    checkSpelling(`${at}: conditions`, key);
    return;
  }
  const right = "Give keys of all services, 'aws:...'";
  if (isConditionKey(key))
    throw makeMistake(
      `${at}: conditions: S3 takes ${writeGiven(key)} from the request itself. ${right}; only the conditions of may() can contain keys of S3.`,
    );
  const full = `aws:${key}`;
  const hint = globalKeys.some((one) => one.toLowerCase() === full.toLowerCase())
    ? ` Did you mean ${full}?`
    : hintFor(key, [...globalKeys, ...providerKeys]);
  throw makeMistake(`${at}: conditions: there is no condition key ${writeGiven(key)}. ${right}.${hint}`);
}

export function conditionsLiteral(conditions: SetConditions): RequestConditions {
  const entries = [...conditions.values()].map(({ key, values }) => {
    const [first = '', ...others] = values;
    return [key, others.length === 0 ? first : Object.freeze([...values])] as const;
  });
  return Object.freeze(Object.fromEntries(entries));
}
