import type { AccessGrant } from './acl-access';
import type { ConditionOperator } from './condition-operators';
import type { AccountIds } from './grants';
import type { Mismatch } from './matching';
import type { PolicyCondition } from './policy-conditions';
import type { PolicyDocument, PolicyStatement } from './statement';
import type { AskedAction } from './sts-actions';
import type { FilledVariable } from './variables';

/** The kinds of policies, in the order in which S3 names the first policy that denies. STS also checks `trust`. */
type PolicyKind = 'identity' | 'boundary' | 'session' | 'resource' | 'trust';

export interface AskedPolicy {
  readonly kind: PolicyKind;
  readonly title: string;
  readonly arn?: string | undefined;
  readonly document: PolicyDocument;
}

export interface MeasuredCondition {
  readonly condition: PolicyCondition;
  readonly given: readonly string[] | undefined;
  readonly variables: readonly FilledVariable[];
  /** An operator like that of the condition, with which it would hold if it does not, and not hold if it does. */
  readonly sibling: ConditionOperator | undefined;
}

export type Misfit = Exclude<Mismatch, PolicyCondition> | MeasuredCondition;

export interface NearStatement {
  readonly policy: AskedPolicy;
  readonly statement: PolicyStatement;
  readonly misfits: readonly Misfit[];
  readonly confused: readonly string[];
  readonly variables: readonly FilledVariable[];
  /** `${...}` that would be a variable in a policy of 2012-10-17, if more would fit by its value. */
  readonly textVariable: string | undefined;
}

export interface MisnamingStatement {
  readonly policy: AskedPolicy;
  readonly statement: PolicyStatement;
  readonly written: string;
}

export interface StatementBasis {
  readonly kind: 'statement';
  readonly policy: AskedPolicy;
  readonly statement: PolicyStatement;
  readonly denial?: Denial;
}

export interface Denial {
  readonly conditions: readonly MeasuredCondition[];
  /** The principals that NotPrincipal would also have to name to exempt the caller; empty if it names no part of the caller. */
  readonly unnamed: readonly string[];
  readonly textVariable: string | undefined;
}

export type GrantBasis = AccessGrant | { readonly kind: 'initiator' };

export interface NothingBasis {
  readonly kind: 'nothing';
  readonly missing: PolicyKind;
  readonly asked: readonly AskedPolicy[];
  readonly near?: NearStatement;
  readonly misnaming?: MisnamingStatement;
  readonly half?: StatementBasis | GrantBasis;
  /** What allows the action in a policy that only limits other policies. */
  readonly limit?: StatementBasis;
  readonly stranger?: { readonly of: 'bucket' | 'object'; readonly owner: AccountIds };
}

export type Basis =
  | StatementBasis
  | GrantBasis
  | NothingBasis
  | { readonly kind: 'account' }
  | { readonly kind: 'RestrictPublicBuckets'; readonly policy: AskedPolicy };

export interface Decision {
  readonly allowed: boolean;
  readonly action: AskedAction;
  /** `*` for an action that is about no bucket, object or role. */
  readonly resource: string;
  readonly by: Basis;
}
