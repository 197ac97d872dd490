import type { AccessGrant } from './acl-access';
import type { AccountIds } from './grants';
import type { Mismatch } from './matching';
import type { PolicyCondition } from './policy-conditions';
import type { PolicyDocument, PolicyStatement } from './statement';
import type { AskedAction } from './sts-actions';
import type { FilledVariable } from './variables';

/** The kinds of policies, in the order in which S3 names the first that denies. That of a role, which says who may assume it, is asked by STS. */
type PolicyKind = 'identity' | 'session' | 'resource' | 'trust';

export interface AskedPolicy {
  readonly kind: PolicyKind;
  /** As a decision names it: `the policy of user writer`, `the bucket policy of vault`. */
  readonly title: string;
  /** Of a managed policy. */
  readonly arn?: string | undefined;
  readonly document: PolicyDocument;
}

export interface MeasuredCondition {
  readonly condition: PolicyCondition;
  readonly given: readonly string[] | undefined;
  readonly variables: readonly FilledVariable[];
}

/** A part of a statement that does not fit the request. */
export type Misfit = Exclude<Mismatch, PolicyCondition> | MeasuredCondition;

/** A statement that allows the action or its counterpart, and the parts of it that another request would have met. */
export interface NearStatement {
  readonly policy: AskedPolicy;
  readonly statement: PolicyStatement;
  /** At least one. */
  readonly misfits: readonly Misfit[];
  /** The ARNs of the bucket, if the action is about objects, or of its objects, if the action is about the bucket. */
  readonly confused: readonly string[];
  /** The variables of its resources. */
  readonly variables: readonly FilledVariable[];
  /** `${...}` that would be a variable in a policy of 2012-10-17, if more would fit by its value. */
  readonly textVariable: string | undefined;
}

/** A statement that allows what S3 does not have, in the place of the action. */
export interface MisnamingStatement {
  readonly policy: AskedPolicy;
  readonly statement: PolicyStatement;
  /** As it was written: `s3:HeadObject`. */
  readonly written: string;
}

export interface StatementBasis {
  readonly kind: 'statement';
  readonly policy: AskedPolicy;
  readonly statement: PolicyStatement;
  readonly denial?: Denial;
}

/** The reasons for which a Deny holds, beside its principals, actions and resources. */
export interface Denial {
  readonly conditions: readonly MeasuredCondition[];
  /** The ARNs that NotPrincipal would also have to name to spare the caller; empty if it names no part of the caller. */
  readonly unnamed: readonly string[];
  /** `${...}` that would be a variable in a policy of 2012-10-17, if the statement would not deny by its value. */
  readonly textVariable: string | undefined;
}

/** A grant that decided, of the ACL of the bucket or of the object; or that the caller's account began the upload. */
export type GrantBasis = AccessGrant | { readonly kind: 'initiator' };

/** Nothing allows it, or not all that have to. */
export interface NothingBasis {
  readonly kind: 'nothing';
  readonly missing: PolicyKind;
  readonly asked: readonly AskedPolicy[];
  readonly near?: NearStatement;
  readonly misnaming?: MisnamingStatement;
  /** The Allow that it has, and that is not enough. */
  readonly half?: StatementBasis | GrantBasis;
  readonly stranger?: { readonly of: 'bucket' | 'object'; readonly owner: AccountIds };
}

export type Basis =
  | StatementBasis
  | GrantBasis
  | NothingBasis
  /** The caller is its account's root user, or a user that no policy limits. */
  | { readonly kind: 'account' }
  /** The bucket lets no public policy open it to others. */
  | { readonly kind: 'RestrictPublicBuckets'; readonly policy: AskedPolicy };

export interface Decision {
  readonly allowed: boolean;
  readonly action: AskedAction;
  /** The ARN of the bucket, the object or the role; `*` for an action that is about none of them. */
  readonly resource: string;
  readonly by: Basis;
}
