import type { GrantOfAccess } from './acl-access';
import type { ActionName } from './actions';
import type { Holder } from './grants';
import type { Mismatch } from './matching';
import type { PolicyStatement } from './statement';

/** The kinds of policies, in the order in which S3 names the first that denies. */
export type PolicyKind = 'identity' | 'session' | 'resource';

/** A policy as a decision names it: `the policy of user writer`, `the bucket policy of vault`. */
export interface NamedPolicy {
  readonly kind: PolicyKind;
  readonly title: string;
  /** The ARN of a managed policy. */
  readonly arn: string | undefined;
}

/** A statement that allows the action, and the part of it that another request would have met. */
export interface NearStatement {
  readonly policy: NamedPolicy;
  readonly statement: PolicyStatement;
  readonly mismatch: Mismatch;
}

/** The thing that decided. */
export type Basis =
  | { readonly kind: 'statement'; readonly policy: NamedPolicy; readonly statement: PolicyStatement }
  /** A grant of the ACL of the bucket or of the object. */
  | GrantOfAccess
  /** The caller's account began the multipart upload. */
  | { readonly kind: 'initiator' }
  /** The caller is its account's root user, or a user that no policy limits. */
  | { readonly kind: 'account' }
  /** The bucket lets no policy open it to others. */
  | { readonly kind: 'RestrictPublicBuckets' }
  /** Nothing allows it. */
  | {
      readonly kind: 'nothing';
      readonly missing: PolicyKind;
      readonly asked: readonly NamedPolicy[];
      readonly near?: NearStatement;
      /** The owner, if the caller is of another account. */
      readonly stranger?: { readonly of: 'bucket' | 'object'; readonly owner: Holder };
    };

/** Whether a caller may carry out an action, and why. */
export interface Decision {
  readonly allowed: boolean;
  readonly action: ActionName;
  /** The ARN of the bucket or the object; `*` for an action that is about neither. */
  readonly resource: string;
  readonly by: Basis;
}
