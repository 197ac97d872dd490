import { isDeepStrictEqual } from 'node:util';
import { JsonObject, readJson } from '../formats/json-entries';
import { partitionOf } from '../formats/regions';
import type { ActionName } from '../model/access/actions';
import type { WrittenOperator } from '../model/access/condition-operators';
import { type PolicyTarget, type ResourcePolicy, readPolicy, writePolicy } from '../model/access/policy-document';
import { MalformedPolicyDocument } from '../model/access/policy-form';
import type { PrincipalContext } from '../model/access/principals';
import { makeBucketPolicyTarget } from '../model/access/public-policy';
import type { StsActionName } from '../model/access/sts-actions';
import { readTrustPolicy, type TrustPolicy } from '../model/access/trust-policy';
import { readUserPolicy, type UserPolicy } from '../model/access/user-policy';
import type { Bucket } from '../model/bucket';
import type { OwnPolicies } from '../model/identity/account';
import { S3MockError } from '../s3-mock-error';
import { readJsonText } from '../text/given-json';
import { invalidValue } from '../text/invalid-value';
import { makeMistake } from '../text/mistakes';
import { isRecord } from '../text/value-kinds';
import { writeGiven, writeValue } from '../text/values';
import type { AccessConditions, RequestConditions } from './access-conditions';
import { frozenCopy, refusalAsTypeError } from './literals';

/**
 * Text for which an editor offers some words. Any other text is accepted, since a constant of a test is only a `string` to the compiler.
 */
export type Text<Offered extends string> = Offered | (string & {});

/** A text, or a list of texts. */
export type Texts<Offered extends string = never> = Text<Offered> | readonly Text<Offered>[];

/**
 * A policy as an object, with the members of its JSON. The types accept some mistakes, such as an unknown effect. The call that takes the
 * policy then throws a TypeError in S3's words.
 *
 * @example
 * const policy: PolicyLiteral = {
 *   Version: '2012-10-17',
 *   Statement: [{ Effect: 'Allow', Action: 's3:GetObject', Resource: 'arn:aws:s3:::vault/*' }],
 * };
 */
export interface PolicyLiteral {
  /** The version of the language: with `2012-10-17` a policy can contain variables. Default: `2008-10-17`. */
  readonly Version?: Text<'2012-10-17' | '2008-10-17'> | undefined;
  /** The name of the policy. It has no effect. */
  readonly Id?: string | undefined;
  /** Its statements. A single statement needs no list. */
  readonly Statement: StatementLiteral | readonly StatementLiteral[];
}

/** A statement of a policy. It allows or denies actions on resources for principals, if its conditions hold. */
export interface StatementLiteral {
  /** Its name. Reasons in the journal and reasons of `may()` name the statement by it. */
  readonly Sid?: string | undefined;
  /** Whether it allows or denies. Every statement needs it. */
  readonly Effect?: Text<'Allow' | 'Deny'> | undefined;
  /** The principals to which the statement applies, in a bucket policy. `'*'` is everyone. */
  readonly Principal?: PrincipalLiteral | undefined;
  /** The principals to which the statement does not apply. It applies to everyone else. */
  readonly NotPrincipal?: PrincipalLiteral | undefined;
  /** The actions, such as `'s3:GetObject'`; `*` stands for any text, `?` for any letter. */
  readonly Action?: Texts<ActionName | 's3:*' | '*'> | undefined;
  /** The actions to which the statement does not apply. It applies to all other actions. */
  readonly NotAction?: Texts<ActionName | 's3:*' | '*'> | undefined;
  /** The ARNs of buckets and objects, `'arn:aws:s3:::vault'` and `'arn:aws:s3:::vault/*'`. */
  readonly Resource?: Texts | undefined;
  /** The buckets and objects to which the statement does not apply. It applies to all others. */
  readonly NotResource?: Texts | undefined;
  /**
   * The conditions under which the statement is in force: keys of the request and their values, by the operator that compares them. All
   * conditions must hold.
   */
  readonly Condition?: ConditionLiteral | undefined;
}

/** The principals to which a statement applies: `'*'`, or ARNs and ids by their kinds. */
export type PrincipalLiteral = string | readonly string[] | PrincipalKinds;

/** Principals by their kinds. */
export interface PrincipalKinds {
  /** Accounts by their 12 digits or ARNs; users, roles and sessions by their ARNs; `'*'` is everyone. */
  readonly AWS?: Texts<'*'> | undefined;
  /** Accounts by their canonical ids. */
  readonly CanonicalUser?: Texts | undefined;
  /** Services of AWS, such as `'logging.s3.amazonaws.com'`. */
  readonly Service?: Texts | undefined;
  /** Identity providers. */
  readonly Federated?: Texts | undefined;
}

/** The conditions of a statement: `{ StringLike: { 's3:prefix': 'docs/*' }, Bool: { 'aws:SecureTransport': true } }`. */
export type ConditionLiteral = { readonly [Operator in WrittenOperator]?: AccessConditions | undefined };

export function setPolicy(bucket: Bucket, policy: unknown): void {
  if (policy === undefined) {
    bucket.change({ policy: undefined });
    return;
  }
  const at = `bucket '${bucket.name}': policy`;
  const place = makeBucketPolicyTarget(bucket.name, partitionOf(bucket.region));
  bucket.change({ policy: readResourcePolicy(at, policy, place) });
}

export function readResourcePolicy(
  at: string,
  policy: unknown,
  place: PolicyTarget & { readonly partition: string },
): ResourcePolicy {
  const text = readJsonText(at, policy);
  // The users that it names need not exist, since a test makes users when the bucket is there already.
  return readOrRefuse(at, () => readPolicy(text, { ...place, accounts: [] }));
}

export function readExpectedPolicy(expected: unknown, region: string | undefined): unknown {
  const document = typeof expected === 'string' ? readJson(expected) : undefined;
  return document instanceof JsonObject
    ? JSON.parse(writePolicy(document, { partition: partitionOf(region), accounts: [] }))
    : expected;
}

export function policyLiteral(policy: ResourcePolicy | UserPolicy | undefined): PolicyLiteral | undefined {
  return policy && frozenDocument(policy);
}

/**
 * The policy of a role that says who can assume it, as an object with the members of its JSON. A statement contains no resource: the
 * resource is the role.
 *
 * @example
 * const trust: TrustPolicyLiteral = {
 *   Version: '2012-10-17',
 *   Statement: [
 *     {
 *       Effect: 'Allow',
 *       Principal: { AWS: 'arn:aws:iam::000000000000:user/ann' },
 *       Action: 'sts:AssumeRole',
 *       Condition: { Bool: { 'aws:MultiFactorAuthPresent': true } },
 *     },
 *   ],
 * };
 */
export interface TrustPolicyLiteral {
  /** The version of the language: with `2012-10-17` a policy can contain variables. Default: `2008-10-17`. */
  readonly Version?: Text<'2012-10-17' | '2008-10-17'> | undefined;
  /** The name of the policy. It has no effect. */
  readonly Id?: string | undefined;
  /** Its statements. A single statement needs no list. */
  readonly Statement: TrustStatementLiteral | readonly TrustStatementLiteral[];
}

/** A statement of a trust policy: the callers that can, or cannot, begin sessions of the role, and when. */
export interface TrustStatementLiteral {
  /** Its name. Reasons in the journal name the statement by it. */
  readonly Sid?: string | undefined;
  /** Whether it allows or denies. Every statement needs it. */
  readonly Effect?: Text<'Allow' | 'Deny'> | undefined;
  /** The callers to which the statement applies. `'*'` is everyone. */
  readonly Principal?: TrustPrincipals | string | undefined;
  /**
   * The actions, such as `'sts:AssumeRole'`. Session tags also need `'sts:TagSession'`, and source identities need
   * `'sts:SetSourceIdentity'`.
   */
  readonly Action?: Texts<TrustActionName> | undefined;
  /** The actions to which the statement does not apply. It applies to all other actions. */
  readonly NotAction?: Texts<StsActionName | 'sts:*' | '*'> | undefined;
  /**
   * The conditions under which the statement is in force: keys of the request and their values, by the operator that compares them. All
   * conditions must hold.
   */
  readonly Condition?: { readonly [Operator in WrittenOperator]?: TrustConditions | undefined } | undefined;
}

/** The actions that a trust policy can name. */
type TrustActionName = Extract<
  StsActionName,
  `sts:AssumeRole${string}` | 'sts:SetContext' | 'sts:SetSourceIdentity' | 'sts:TagSession'
>;

/** The principals of a trust policy by their kinds. */
export interface TrustPrincipals {
  /**
   * Accounts by their 12 digits or ARNs; users, roles and sessions by their ARNs. The users of such an account also need a policy of their
   * own. `'*'` is everyone except the bearers of web identity tokens.
   */
  readonly AWS?: Texts<'*'> | undefined;
  /** Services of AWS, such as `'s3.amazonaws.com'`. */
  readonly Service?: Texts<'s3.amazonaws.com' | 'lambda.amazonaws.com' | 'ec2.amazonaws.com'> | undefined;
  /** Identity providers by their ARNs; Google, Amazon Cognito, Login with Amazon and Facebook by their domains, such as `'accounts.google.com'`. */
  readonly Federated?: string | readonly string[] | undefined;
}

/** Values of condition keys in a trust policy: keys of STS, of all services, and of identity providers, `'token.example.com:sub'`. */
export interface TrustConditions extends RequestConditions {
  /** `ExternalId` of the request. */
  readonly 'sts:ExternalId'?: string | readonly string[] | undefined;
  /** `RoleSessionName` of the request. */
  readonly 'sts:RoleSessionName'?: string | readonly string[] | undefined;
  /** Whether the web identity token names the role in its claim `https://aws.amazon.com/roles`: `'true'` or `'false'`. */
  readonly 'sts:RoleAuthorizedByIdp'?: string | readonly string[] | undefined;
  /** `SourceIdentity` of the request, or of the session that sends it. */
  readonly 'sts:SourceIdentity'?: string | readonly string[] | undefined;
  /** `TransitiveTagKeys` of the request. */
  readonly 'sts:TransitiveTagKeys'?: string | readonly string[] | undefined;
}

/** A role that a test changes cannot name a user or a role that the accounts do not have; a fixture can (F307). */
export function readTrust(
  label: string,
  trust: TrustPolicyLiteral | string,
  accounts: PrincipalContext['accounts'] = [],
): TrustPolicy {
  const at = `${label}: trust`;
  const text = readJsonText(at, trust);
  // All principals of a policy belong to the same partition.
  const [, partition = 'aws'] = /"arn:([a-z-]+):(?:iam|sts):/.exec(text) ?? [];
  return readOrRefuse(at, () => readTrustPolicy(text, { partition, accounts }));
}

export function trustLiteral(trust: TrustPolicy | undefined): TrustPolicyLiteral | undefined {
  return trust && frozenDocument(trust);
}

export function checkSameTrust(label: string, known: TrustPolicy | undefined, wanted: TrustPolicy | undefined): void {
  if (wanted === undefined) return;
  const [has, wants] = [trustLiteral(known), trustLiteral(wanted)];
  if (isDeepStrictEqual(has, wants)) return;
  const now =
    has === undefined ? 'no trust policy, so its account may assume it' : `the trust policy ${writeValue(has)}`;
  throw new S3MockError(
    'ROLE_EXISTS',
    `${label}: it has ${now}, but was also given ${writeValue(wants)}. Give it once, set its trust, or use another name.`,
  );
}

interface PoliciesLiteral {
  readonly policy?: PolicyLiteral | string | undefined;
  readonly managedPolicies?: Readonly<Record<string, PolicyLiteral | string>> | undefined;
}

export function readManagedPolicies(
  at: string,
  policies: NonNullable<PoliciesLiteral['managedPolicies']>,
): readonly UserPolicy[] {
  if (!isRecord(policies)) throw invalidValue(at, 'managedPolicies', policies, 'an object of policies by name');
  for (const name of Object.keys(policies)) checkPolicyName(at, name);
  return Object.entries(policies).map(([name, one]) => readOne(`${at}: managedPolicies: ${name}`, one, name));
}

export function readInlinePolicy(at: string, policy: PolicyLiteral | string): UserPolicy {
  return readOne(`${at}: policy`, policy);
}

export function readBoundary(at: string, policy: PolicyLiteral | string): UserPolicy {
  return readOne(`${at}: permissionsBoundary`, policy);
}

/** The policy itself may stand in place of the options. */
export function checkNoDocument(at: string, fixture: unknown): void {
  if (!isRecord(fixture) || !('Statement' in fixture || 'Version' in fixture)) return;
  throw makeMistake(
    `${at}: ${writeGiven(fixture)} is a policy. Give it as an option, { policy: { Version, Statement } }.`,
  );
}

function checkPolicyName(at: string, name: string): void {
  if (/^[\w+=,.@-]{1,128}$/.test(name)) return;
  throw invalidValue(`${at}: managedPolicies`, 'policy name', name, '1 to 128 letters, digits or any of _+=,.@-');
}

function readOne(at: string, policy: unknown, name?: string): UserPolicy {
  const text = readJsonText(at, policy);
  return readOrRefuse(at, () => readUserPolicy(text, name));
}

function readOrRefuse<Policy>(at: string, read: () => Policy): Policy {
  return refusalAsTypeError(at, () => {
    try {
      return read();
    } catch (error) {
      throw error instanceof MalformedPolicyDocument ? makeMistake(`${at}: ${error.message} (${error.why})`) : error;
    }
  });
}

function frozenDocument<Document>({ text }: { readonly text: string }): Document {
  return frozenCopy(JSON.parse(text), String) as Document; // a policy that was read
}

export function policiesLiteral({ policy, managedPolicies }: OwnPolicies): PoliciesLiteral {
  // An empty list allows nothing, which an inline policy beside it already says.
  const isSaid = policy !== undefined && managedPolicies?.length === 0;
  return {
    ...(policy && { policy: policyLiteral(policy) }),
    ...(managedPolicies && !isSaid && { managedPolicies: managedLiteral(managedPolicies) }),
  };
}

function managedLiteral(policies: readonly UserPolicy[]): Readonly<Record<string, PolicyLiteral>> {
  const entries = policies.map((one) => [one.name, frozenDocument<PolicyLiteral>(one)] as const);
  return Object.freeze(Object.fromEntries(entries));
}

export function checkSamePolicies(at: string, known: OwnPolicies, wanted: OwnPolicies): void {
  const [has, wants] = [policiesLiteral(known), policiesLiteral(wanted)];
  if (isEmpty(wants) || isDeepStrictEqual(has, wants)) return;
  const now = isEmpty(has) ? 'no policy, so nothing limits it' : writeValue(has);
  throw new S3MockError(
    'POLICY_EXISTS',
    `${at}: it has ${now}, but was also given ${writeValue(wants)}. Give it once, set its policy, or use another name.`,
  );
}

function isEmpty({ policy, managedPolicies }: PoliciesLiteral): boolean {
  return policy === undefined && managedPolicies === undefined;
}
