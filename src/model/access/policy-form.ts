import { type JsonEntry, JsonObject, type JsonValue } from '../../formats/json-entries';
import { syntaxErrorsInPolicy } from '../../refusals/error-codes';
import { S3Error } from '../../refusals/s3-error';
import { writeQuotedList } from '../../text/lists';
import { hintFor } from '../../text/spelling';

export type Fields = ReadonlyMap<string, JsonValue>;

/** The members in the order in which S3 writes them (F301). */
export const policyFields = ['Version', 'Id', 'Statement'];

export const statementFields = [
  'Sid',
  'Effect',
  'Principal',
  'NotPrincipal',
  'Action',
  'NotAction',
  'Resource',
  'NotResource',
  'Condition',
];

/** A list of things, or, if it is inverted, all things that are not on it: `Action` or `NotAction`. */
export interface Selection<T> {
  readonly inverted: boolean;
  readonly of: readonly T[];
}

/** `name` is that in S3's answers, its id or its place; `where` that in our reasons. */
export interface StatementName {
  readonly name: string;
  readonly where: string;
}

export interface WrittenSelection {
  readonly inverted: boolean;
  readonly value: JsonValue;
}

export function quote(text: string): string {
  return text.length > longestQuoted ? `${JSON.stringify(text.slice(0, longestQuoted))}…` : JSON.stringify(text);
}

const longestQuoted = 80;

export function refuseSyntax(where: string, needed: string, given?: string): never {
  const is = given === undefined ? 'is not' : `is ${quote(given)}, not`;
  throw new S3Error('PolicySyntaxInvalid', {}, `${where} ${is} ${needed}`);
}

export function readMembers(value: JsonValue, where: string): readonly JsonEntry[] {
  if (!(value instanceof JsonObject)) return refuseSyntax(where, 'an object');
  const names = new Set<string>();
  for (const [name] of value.entries) {
    if (names.has(name)) throw new S3Error('PolicyFieldTwice', { field: name }, `${where} has ${name} twice`);
    names.add(name);
  }
  return value.entries;
}

export function readFields(value: JsonValue, known: readonly string[], where: string): Fields {
  const members = readMembers(value, where);
  const stranger = members.find(([name]) => !known.includes(name))?.[0];
  if (stranger === undefined) return new Map(members);
  const why = `${where} has the unknown member ${writeQuotedList([stranger.slice(0, longestQuoted)])}; it may have ${writeQuotedList(known)}.${hintFor(stranger, known)}`;
  throw new S3Error('PolicyFieldUnknown', { field: stranger }, why);
}

export function readTexts(value: JsonValue, field: string, where: string): readonly string[] {
  if (isList(value)) checkNotEmpty(value, field, where);
  return itemsOf(value).map((item) => readString(item, `${field} of ${where}`));
}

export function checkNotEmpty({ length }: { readonly length: number }, field: string, where: string): void {
  if (length === 0) throw new S3Error('PolicyFieldEmpty', { field }, `${where} has an empty ${field}`);
}

export function itemsOf(value: JsonValue): readonly JsonValue[] {
  return isList(value) ? value : [value];
}

/** `Array.isArray` does not narrow lists that are readonly. */
export function isList(value: JsonValue): value is readonly JsonValue[] {
  return Array.isArray(value);
}

export function readString(value: JsonValue, where: string): string {
  return typeof value === 'string' ? value : refuseSyntax(where, 'a string');
}

export function readSelection(fields: Fields, field: string, where: string): WrittenSelection {
  const [value, inverse] = [fields.get(field), fields.get(`Not${field}`)];
  if (value !== undefined && inverse !== undefined)
    throw new S3Error('PolicyFieldTwice', { field }, `${where} has ${field} and Not${field}`);
  const given = value === undefined ? inverse : value;
  if (given === undefined) throw new S3Error('PolicyFieldMissing', { field }, `${where} has no ${field}`);
  return { inverted: value === undefined, value: given };
}

export const userPolicyWords = {
  syntax: syntaxErrorsInPolicy,
  version: 'Policy document must be version 2012-10-17 or greater.',
  legacy: 'The policy failed legacy parsing',
  principal: 'Policy document should not specify a principal.',
  sidForm:
    'Statement IDs (SID) must be alpha-numeric. Check that your input satisfies the regular expression [0-9A-Za-z]*',
  sidTwice: 'Statement IDs (SID) in a single policy must be unique.',
  noActions: 'Policy statement must contain actions.',
  noResources: 'Policy statement must contain resources.',
  actionPrefix: 'Actions/Conditions must be prefaced by a vendor, e.g., iam, sdb, ec2, etc.',
  actionColons: 'Actions/Condition can contain only one colon.',
  vendor: 'Resource vendor must be fully qualified and cannot contain regexes.',
  iamPath:
    'IAM resource path must either be "*", root, or start with user/, federated-user/, role/, group/, instance-profile/, mfa/, server-certificate/, policy/, sms-mfa/, saml-provider/, oidc-provider/, report/, access-report/.',
  actionVendor: (vendor: string) => `Vendor ${vendor} is not valid`,
  arn: (resource: string) => `Resource ${resource} must be in ARN format or "*".`,
  partition: (partition: string, arn: string) => `Partition "${partition}" is not valid for resource "${arn}".`,
  region: (resource: string) => `Resource ${resource} can not contain region information.`,
  iamRegion: (resource: string) => `IAM resource ${resource} cannot contain region information.`,
} as const;

/** The mock has no API of IAM: its fixtures and handles throw a TypeError with these words. */
export class MalformedPolicyDocument extends Error {
  readonly why: string;

  constructor(message: string, why: string) {
    super(message);
    this.why = why;
  }
}
