import { isDeepStrictEqual } from 'node:util';
import type { WrittenOperator } from '../model/access/condition-operators';
import { MalformedPolicyDocument } from '../model/access/policy-form';
import type { StsActionName } from '../model/access/sts-actions';
import { readTrustPolicy, type TrustPolicy } from '../model/access/trust-policy';
import { S3Error } from '../refusals/s3-error';
import { S3MockError } from '../s3-mock-error';
import { writeValue } from '../text/values';
import type { RequestConditions } from './access-conditions';
import { frozenCopy } from './frozen-copy';
import type { Text, Texts } from './policy';
import { policyJson } from './policy-json';
import { refusalWords } from './refusal-words';

/**
 * The policy of a role that says who may assume it, as an object with the members of its JSON. A statement has no resource, which is the role.
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
  /** The version of the language: with `2012-10-17` a policy may have variables. Default: `2008-10-17`. */
  readonly Version?: Text<'2012-10-17' | '2008-10-17'> | undefined;
  /** A name of the policy, which decides nothing. */
  readonly Id?: string | undefined;
  /** Its statements. A single one may be without a list. */
  readonly Statement: TrustStatementLiteral | readonly TrustStatementLiteral[];
}

/** A statement of a trust policy: the callers that may, or may not, begin sessions of the role, and when. */
export interface TrustStatementLiteral {
  /** Its name, by which reasons in the journal name it. */
  readonly Sid?: string | undefined;
  /** Whether it allows or denies. Every statement has it. */
  readonly Effect?: Text<'Allow' | 'Deny'> | undefined;
  /** The callers that it is about. `'*'` is everyone. */
  readonly Principal?: TrustPrincipals | string | undefined;
  /** Of a Deny: everyone but these. */
  readonly NotPrincipal?: TrustPrincipals | string | undefined;
  /** The actions, `'sts:AssumeRole'`; session tags also need `'sts:TagSession'`, source identities `'sts:SetSourceIdentity'`. */
  readonly Action?: Texts<TrustActionName> | undefined;
  /** All actions but these. */
  readonly NotAction?: Texts<StsActionName | 'sts:*' | '*'> | undefined;
  /** When it is in force: keys of the request and their values by the operator that compares them. All of them have to hold. */
  readonly Condition?: { readonly [Operator in WrittenOperator]?: TrustConditions | undefined } | undefined;
}

/** The actions that a trust policy may name. */
type TrustActionName = Extract<
  StsActionName,
  `sts:AssumeRole${string}` | 'sts:SetContext' | 'sts:SetSourceIdentity' | 'sts:TagSession'
>;

/** The principals of a trust policy by their kinds. */
export interface TrustPrincipals {
  /** Accounts by their 12 digits or ARNs, whose users then need a policy of their own; users, roles and sessions by their ARNs; `'*'` is everyone but the bearers of web identity tokens. */
  readonly AWS?: Texts<'*'> | undefined;
  /** Services of AWS, such as `'s3.amazonaws.com'`. */
  readonly Service?: Texts<'s3.amazonaws.com' | 'lambda.amazonaws.com' | 'ec2.amazonaws.com'> | undefined;
  /** Identity providers, by the ARN of the provider or by a domain, such as `'accounts.google.com'`. */
  readonly Federated?: string | readonly string[] | undefined;
}

/** Values of condition keys in a trust policy: keys of STS, of all services, and of identity providers, `'token.example.com:sub'`. */
export interface TrustConditions extends RequestConditions {
  /** `ExternalId` of the request. */
  readonly 'sts:ExternalId'?: string | readonly string[] | undefined;
  /** `RoleSessionName` of the request. */
  readonly 'sts:RoleSessionName'?: string | readonly string[] | undefined;
  /** Whether the web identity token names the role in its `https://aws.amazon.com/roles`: `'true'` or `'false'`. */
  readonly 'sts:RoleAuthorizedByIdp'?: string | readonly string[] | undefined;
  /** `SourceIdentity` of the request, or of the session that sends it. */
  readonly 'sts:SourceIdentity'?: string | readonly string[] | undefined;
  /** `TransitiveTagKeys` of the request. */
  readonly 'sts:TransitiveTagKeys'?: string | readonly string[] | undefined;
}

/** Reads a trust policy. A faulty one is a TypeError in the words of IAM or of bucket policies. */
export function readTrust(label: string, given: unknown): TrustPolicy | undefined {
  if (given === undefined) return undefined;
  const at = `${label}: trust`;
  const text = policyJson(at, given);
  // All principals of a policy are of one partition. The users that it names need not exist, since a test may make them later.
  const [, partition = 'aws'] = /"arn:([a-z-]+):(?:iam|sts):/.exec(text) ?? [];
  try {
    return readTrustPolicy(text, { partition, accounts: [] });
  } catch (error) {
    if (error instanceof MalformedPolicyDocument) throw new TypeError(`${at}: ${error.message} (${error.why})`);
    throw error instanceof S3Error ? new TypeError(`${at}: ${refusalWords(error)}`) : error;
  }
}

/** The trust policy of a role as a frozen object; undefined if it has none. */
export function trustLiteral(trust: TrustPolicy | undefined): TrustPolicyLiteral | undefined {
  return trust && (frozenCopy(JSON.parse(trust.text), String) as TrustPolicyLiteral); // a policy that was read
}

/** Throws unless a role that exists has the trust policy that a later call gives. */
export function checkSameTrust(label: string, known: TrustPolicy | undefined, given: TrustPolicy | undefined): void {
  if (given === undefined) return;
  const [has, wants] = [trustLiteral(known), trustLiteral(given)];
  if (isDeepStrictEqual(has, wants)) return;
  const now =
    has === undefined ? 'no trust policy, so that its account may assume it' : `the trust policy ${writeValue(has)}`;
  throw new S3MockError(
    'ROLE_EXISTS',
    `${label}: it has ${now}, and was given ${writeValue(wants)}. Give the policy once, or another name.`,
  );
}
