import { S3Error } from '../../refusals/s3-error';
import type {
  AssumeRoleInput,
  AssumeRoleWithWebIdentityInput,
  GetAccessKeyInfoInput,
  GetFederationTokenInput,
  GetSessionTokenInput,
} from './inputs';

/**
 * The values that STS accepts for each parameter, of its model: https://docs.aws.amazon.com/STS/latest/APIReference/. The members are in the
 * order of the model, in which their problems are reported (F700).
 * @module
 */

/** A pattern as refusals print it, which is Java's, and the expression that matches the same. */
interface TextPattern {
  readonly printed: string;
  readonly matches: RegExp;
}

/** The rules for the values of a parameter. A text counts its code points, a list its members. */
export interface Constraint {
  readonly required?: true;
  readonly pattern?: TextPattern;
  readonly length?: readonly [least: number, most?: number];
  readonly range?: readonly [least: number, most: number];
  /** Of each member of a list of texts. */
  readonly each?: Constraint;
  /** Of the members of each structure of a list. */
  readonly members?: Constraints;
}

type Constraints = Readonly<Record<string, Constraint>>;
type ConstraintsOf<Input> = { readonly [Name in keyof Input]-?: Constraint };

const word: TextPattern = { printed: '[\\w+=,.@-]*', matches: /^[\w+=,.@-]*$/ };
/** Letters beyond U+FFFF fail, whatever the pattern seems to say. */
const arnText: TextPattern = {
  printed: '[\\u0009\\u000A\\u000D\\u0020-\\u007E\\u0085\\u00A0-\\uD7FF\\uE000-\\uFFFD\\u10000-\\u10FFFF]+',
  matches: /^[\t\n\r -~\u0085\u00A0-\uD7FF\uE000-\uFFFD]+$/,
};
const policyText: TextPattern = { printed: '[\\u0009\\u000A\\u000D\\u0020-\\u00FF]+', matches: /^[\t\n\r -\u00FF]+$/ };
const tagText = '[\\p{L}\\p{Z}\\p{N}_.:/=+\\-@]';

const arn: Constraint = { pattern: arnText, length: [20, 2048] };
const sessionName: Constraint = { pattern: word, length: [2, 64] };
const PolicyArns: Constraint = { length: [0, 10], members: { arn } };
const Policy: Constraint = { pattern: policyText, length: [1, 2048] };
const tagKey: Constraint = {
  pattern: { printed: `${tagText}+`, matches: /^[\p{L}\p{Z}\p{N}_.:/=+\-@]+$/u },
  length: [1, 128],
};
const tagValue: Constraint = {
  pattern: { printed: `${tagText}*`, matches: /^[\p{L}\p{Z}\p{N}_.:/=+\-@]*$/u },
  length: [0, 256],
};
const Tags: Constraint = {
  length: [0, 50],
  members: { Key: { ...tagKey, required: true }, Value: { ...tagValue, required: true } },
};
const SerialNumber: Constraint = {
  pattern: { printed: '[\\w+=/:,.@-]*', matches: /^[\w+=/:,.@-]*$/ },
  length: [9, 256],
};
const TokenCode: Constraint = { pattern: { printed: '[\\d]*', matches: /^\d*$/ }, length: [6, 6] };

/** The parameters of AssumeRole. */
export const ofAssumeRole = {
  RoleArn: { ...arn, required: true },
  RoleSessionName: { ...sessionName, required: true },
  PolicyArns,
  // Its model has no greatest length, unlike that of the other operations.
  Policy: { pattern: policyText, length: [1] },
  DurationSeconds: { range: [900, 43_200] },
  Tags,
  TransitiveTagKeys: { length: [0, 50], each: tagKey },
  ExternalId: { pattern: { printed: '[\\w+=,.@:\\/-]*', matches: /^[\w+=,.@:/-]*$/ }, length: [2, 1224] },
  SerialNumber,
  TokenCode,
  SourceIdentity: sessionName,
  ProvidedContexts: {
    length: [0, 5],
    members: { ProviderArn: arn, ContextAssertion: { length: [4, 2048] } },
  },
} as const satisfies ConstraintsOf<AssumeRoleInput>;

/** The parameters of AssumeRoleWithWebIdentity. */
export const ofWebIdentity = {
  RoleArn: { ...arn, required: true },
  RoleSessionName: { ...sessionName, required: true },
  WebIdentityToken: { length: [4, 20_000], required: true },
  ProviderId: { length: [4, 2048] },
  PolicyArns,
  Policy,
  DurationSeconds: { range: [900, 43_200] },
} as const satisfies ConstraintsOf<AssumeRoleWithWebIdentityInput>;

/** The parameters of GetSessionToken. */
export const ofSessionToken = {
  DurationSeconds: { range: [900, 129_600] },
  SerialNumber,
  TokenCode,
} as const satisfies ConstraintsOf<GetSessionTokenInput>;

/** The parameters of GetFederationToken. */
export const ofFederationToken = {
  Name: { pattern: word, length: [2, 32], required: true },
  Policy,
  PolicyArns,
  DurationSeconds: { range: [900, 129_600] },
  Tags,
} as const satisfies ConstraintsOf<GetFederationTokenInput>;

/** The parameters of GetAccessKeyInfo. */
export const ofAccessKeyInfo = {
  AccessKeyId: { pattern: { printed: '[\\w]*', matches: /^\w*$/ }, length: [16, 128], required: true },
} as const satisfies ConstraintsOf<GetAccessKeyInfoInput>;

/** The names of the parameters that the model requires. */
type RequiredOf<Table> = {
  [Name in keyof Table]: Table[Name] extends { readonly required: true } ? Name : never;
}[keyof Table];

/** Throws unless each parameter of an input is as the model says. */
export function checkInput<Input extends object, Table extends ConstraintsOf<Input>>(
  input: Input,
  table: Table,
): asserts input is Input & { readonly [Name in RequiredOf<Table> & keyof Input]-?: NonNullable<Input[Name]> } {
  const problems = problemsOf(input, table, '');
  if (problems.length > 0) throw new S3Error('StsParametersInvalid', { problems }, whyInvalid(input));
}

/** Says which value was meant, of two mistakes that AWS's words do not show. */
function whyInvalid({
  RoleArn,
  TokenCode,
}: {
  readonly RoleArn?: unknown;
  readonly TokenCode?: unknown;
}): string | undefined {
  if (typeof TokenCode === 'string' && /^\S+ \d+$/.test(TokenCode))
    return 'TokenCode is a serial number, a space and a code, which S3 takes; STS takes the code alone, as nextCode() of the device returns it';
  if (typeof RoleArn !== 'string' || RoleArn === '' || RoleArn.includes(':')) return undefined;
  return `RoleArn is ${RoleArn}, which is not an ARN; that of a role is arn:aws:iam::ID:role/NAME, the member arn of its handle`;
}

function problemsOf(of: object, constraints: object, at: string): readonly string[] {
  return Object.entries(constraints as Constraints).flatMap(([name, constraint]) => {
    const value: unknown = Reflect.get(of, name);
    return problemsOfValue(value, constraint, `${at}${name.slice(0, 1).toLowerCase()}${name.slice(1)}`);
  });
}

/** A pattern is checked before the length. */
function problemsOfValue(value: unknown, constraint: Constraint, at: string): readonly string[] {
  if (value === undefined)
    return constraint.required ? [`Value null at '${at}' failed to satisfy constraint: Member must not be null`] : [];
  const written = Array.isArray(value) ? `[${value.map(writtenMember).join(', ')}]` : String(value);
  const own = reasonsOf(value, constraint).map(
    (reason) => `Value '${written}' at '${at}' failed to satisfy constraint: Member must ${reason}`,
  );
  return Array.isArray(value)
    ? [...own, ...value.flatMap((one, index) => ofMember(one, constraint, `${at}.${index + 1}.member`))]
    : own;
}

function writtenMember(member: unknown): string {
  return typeof member === 'object' && member !== null ? Object.values(member).map(String).join('=') : String(member);
}

function ofMember(member: unknown, { each, members }: Constraint, at: string): readonly string[] {
  if (each !== undefined) return problemsOfValue(member, each, at);
  return members === undefined || typeof member !== 'object' || member === null
    ? []
    : problemsOf(member, members, `${at}.`);
}

function reasonsOf(value: unknown, { pattern, length, range }: Constraint): readonly string[] {
  const size = typeof value === 'string' ? [...value].length : Array.isArray(value) ? value.length : 0;
  const number = typeof value === 'number' ? value : 0;
  return [
    ...(pattern !== undefined && typeof value === 'string' && !pattern.matches.test(value)
      ? [`satisfy regular expression pattern: ${pattern.printed}`]
      : []),
    ...outside(size, length).map((words) => `have length ${words}`),
    ...outside(number, range).map((words) => `have value ${words}`),
  ];
}

function outside(count: number, limits: readonly [least: number, most?: number] | undefined): readonly string[] {
  if (limits === undefined) return [];
  const [least, most = Number.POSITIVE_INFINITY] = limits;
  if (count < least) return [`greater than or equal to ${least}`];
  return count > most ? [`less than or equal to ${most}`] : [];
}
