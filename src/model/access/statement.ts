import type { PolicyCondition } from './policy-conditions';
import type { Selection } from './policy-form';
import type { Resource } from './policy-resources';
import type { Principal } from './principals';
import type { AskedAction } from './sts-actions';

export interface PolicyStatement {
  /** The place of the statement in its policy, from 1 on. */
  readonly number: number;
  readonly sid: string | undefined;
  readonly effect: 'Allow' | 'Deny';
  /** Is undefined in the policy of a user, a role or a session: the policy is about its owner. */
  readonly principals: Selection<Principal> | undefined;
  /** Patterns such as `s3:Get*`, as they were written. They compare without case. */
  readonly actions: Selection<string>;
  /** The names of the actions of S3 that the patterns mean; of STS in the policies of users, roles, sessions, and in trust policies; of IAM in the former. */
  readonly covered: ReadonlySet<string>;
  readonly resources: Selection<Resource>;
  readonly conditions: readonly PolicyCondition[];
}

export interface PolicyDocument {
  /** The version of the language. In a policy of 2008-10-17, or without a version, `${...}` is literal text. */
  readonly version: '2008-10-17' | '2012-10-17';
  readonly id: string | undefined;
  readonly statements: readonly PolicyStatement[];
  readonly statementsFor: (effect: Effect, action: AskedAction) => readonly PolicyStatement[];
}

type Effect = PolicyStatement['effect'];

/** The statements about an action are collected when the first request needs them, since each request needs them. */
export function makeDocument({ statements, ...rest }: Omit<PolicyDocument, 'statementsFor'>): PolicyDocument {
  const found: Readonly<Record<Effect, Map<AskedAction, readonly PolicyStatement[]>>> = {
    Allow: new Map(),
    Deny: new Map(),
  };
  const statementsFor = (effect: Effect, action: AskedAction) => {
    const known = found[effect].get(action);
    if (known !== undefined) return known;
    const fitting = statements.filter((one) => one.effect === effect && one.covered.has(action));
    found[effect].set(action, fitting);
    return fitting;
  };
  return { ...rest, statements, statementsFor };
}
