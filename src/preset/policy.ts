import { JsonObject, readJson } from '../formats/json-entries';
import { partitionOf } from '../formats/regions';
import type { ActionName } from '../model/access/actions';
import type { WrittenOperator } from '../model/access/condition-operators';
import { readPolicy, writePolicy } from '../model/access/policy-document';
import type { Bucket } from '../model/bucket';
import { S3Error } from '../refusals/s3-error';
import { isAbsent } from '../text/value-kinds';
import type { AccessConditions } from './access-conditions';
import { frozenCopy } from './frozen-copy';
import { policyJson } from './policy-json';
import { refusalWords } from './refusal-words';

/** Text for which an editor offers some words. It may be another, since a constant of a test is only a `string` to the compiler. */
export type Text<Offered extends string> = Offered | (string & {});

/** One text, or several. */
export type Texts<Offered extends string = never> = Text<Offered> | readonly Text<Offered>[];

/**
 * A policy as an object, with the members of its JSON. What the types leave open, such as a word that is not an effect, throws a TypeError in
 * S3's words where the policy is given.
 *
 * @example
 * const policy: PolicyLiteral = {
 *   Version: '2012-10-17',
 *   Statement: [{ Effect: 'Allow', Action: 's3:GetObject', Resource: 'arn:aws:s3:::vault/*' }],
 * };
 */
export interface PolicyLiteral {
  /** The version of the language: with `2012-10-17` a policy may have variables. Default: `2008-10-17`. */
  readonly Version?: Text<'2012-10-17' | '2008-10-17'> | undefined;
  /** A name of the policy, which decides nothing. */
  readonly Id?: string | undefined;
  /** Its statements. A single one may be without a list. */
  readonly Statement: StatementLiteral | readonly StatementLiteral[];
}

/** A statement of a policy: whom it allows or denies which actions on what, and when. */
export interface StatementLiteral {
  /** Its name, by which reasons in the journal and `may()` name it. */
  readonly Sid?: string | undefined;
  /** Whether it allows or denies. Every statement has it. */
  readonly Effect?: Text<'Allow' | 'Deny'> | undefined;
  /** Of a bucket policy: whom it is about. `'*'` is everyone. */
  readonly Principal?: PrincipalLiteral | undefined;
  /** Everyone but these. */
  readonly NotPrincipal?: PrincipalLiteral | undefined;
  /** The actions, `'s3:GetObject'`; `*` and `?` in one stand for any text and any letter. */
  readonly Action?: Texts<ActionName | 's3:*' | '*'> | undefined;
  /** All actions but these. */
  readonly NotAction?: Texts<ActionName | 's3:*' | '*'> | undefined;
  /** The ARNs of buckets and objects, `'arn:aws:s3:::vault'` and `'arn:aws:s3:::vault/*'`. */
  readonly Resource?: Texts | undefined;
  /** All buckets and objects but these. */
  readonly NotResource?: Texts | undefined;
  /** When it is in force: keys of the request and their values by the operator that compares them. All of them have to hold. */
  readonly Condition?: ConditionLiteral | undefined;
}

/** The principals that a statement is about: `'*'`, or ARNs and ids by their kinds. */
export type PrincipalLiteral = string | readonly string[] | PrincipalKinds;

/** Principals by their kinds. */
interface PrincipalKinds {
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

/** Puts a policy on a bucket, or deletes it. One that S3 refuses is a TypeError in S3's words. */
export function setPolicy(bucket: Bucket, given: unknown): void {
  if (isAbsent(given)) {
    bucket.change({ policy: undefined });
    return;
  }
  const at = `bucket '${bucket.name}': policy`;
  const text = policyJson(at, given);
  // The users that it names need not exist, since a test makes users when the bucket is there already.
  const context = { bucket: bucket.name, partition: partitionOf(bucket.region), accounts: [] };
  try {
    bucket.change({ policy: readPolicy(text, context) });
  } catch (error) {
    throw error instanceof S3Error ? new TypeError(`${at}: ${refusalWords(error)}`) : error;
  }
}

/** An expected policy in the form that a handle has, if it is given as JSON. */
export function expectedPolicy(expected: unknown, region: string | undefined): unknown {
  const document = typeof expected === 'string' ? readJson(expected) : undefined;
  return document instanceof JsonObject
    ? JSON.parse(writePolicy(document, { partition: partitionOf(region), accounts: [] }))
    : expected;
}

/** The policy of a bucket as S3 answers it, as a frozen object; undefined if it has none. */
export function policyLiteral({ policy }: Bucket): PolicyLiteral | undefined {
  return policy && (frozenCopy(JSON.parse(policy.text), String) as PolicyLiteral); // a policy that was read
}
