import { dialects } from '../../src/dialects';
import { decideAccess } from '../../src/model/access/access';
import type { ActionName } from '../../src/model/access/actions';
import type { ConditionKeyValues } from '../../src/model/access/condition-key-values';
import type { Decision } from '../../src/model/access/decision';
import { readPolicy } from '../../src/model/access/policy-document';
import { makeBucketPolicyTarget } from '../../src/model/access/public-policy';
import { readUserPolicy, type UserPolicy } from '../../src/model/access/user-policy';
import { type AccessPoint, makePointPolicyTarget } from '../../src/model/access-points';
import type { Bucket, BucketSettings } from '../../src/model/bucket';
import type { Account, Caller } from '../../src/model/identity/account';
import { anonymous, makeRootCaller } from '../../src/model/identity/caller';
import { Store } from '../../src/model/store';

export const callerNames = [
  'anonymous',
  'root',
  'session of root',
  'ann',
  'session of ann',
  'session of reader',
  'partner',
  'bob',
  'session of auditor',
] as const;

export type CallerName = (typeof callerNames)[number];

/** OWNER and PARTNER are the ids of the accounts, OWNER-ID and PARTNER-ID their canonical ids. */
export type Statement = Readonly<Record<string, unknown>>;

type Statements = readonly Statement[] | undefined;

export interface SceneOptions {
  /** The policy of every user and role. An empty one allows nothing. */
  readonly identity?: Statements;
  readonly session?: Statements;
  readonly bucket?: Statements;
  /** Unless it says otherwise, policies and ACLs may open the bucket to everyone. */
  readonly settings?: BucketSettings | undefined;
  /** The name of `identity`, if it is a managed policy. */
  readonly managed?: string;
  readonly version?: '2008-10-17' | '2012-10-17';
}

export interface Wish {
  readonly action?: ActionName | undefined;
  /** Null asks for the bucket. */
  readonly key?: string | null | undefined;
  /** By keys in lower case. */
  readonly conditions?: Readonly<Record<string, readonly string[] | undefined>> | undefined;
}

export class AccessScene {
  readonly store: Store;
  readonly partner: Account;
  readonly bucket: Bucket;
  readonly #callers: Readonly<Record<CallerName, Caller>>;

  constructor(
    { identity, session, bucket, settings, managed, version = '2012-10-17' }: SceneOptions,
    store = newStore(),
  ) {
    this.store = store;
    const owner = this.store.defaultAccount;
    this.partner = this.store.addAccount('partner');
    const policiesOf = (statements: readonly Statement[], name?: string) =>
      statements.length === 0 ? [] : [readUserPolicy(this.write({ Version: version, Statement: statements }), name)];
    const policies = identity && policiesOf(identity, managed);
    // A list without policies allows nothing.
    const own =
      managed === undefined && policies?.length === 1 ? { policy: policies[0] } : { managedPolicies: policies };
    owner.user('ann', own);
    owner.role('reader', own);
    this.partner.user('bob', own);
    this.partner.role('auditor', own);
    // A policy of a session is never without a statement.
    const ofSession = session && policiesOf(session.length === 0 ? [ofOtherService] : session)[0];
    this.#callers = {
      anonymous,
      root: makeRootCaller(owner),
      'session of root': sessionOf(owner, {}, ofSession),
      ann: { ...makeRootCaller(owner), user: 'ann' },
      'session of ann': sessionOf(owner, { user: 'ann' }, ofSession),
      'session of reader': sessionOf(owner, { role: 'reader' }, ofSession),
      partner: makeRootCaller(this.partner),
      bob: { ...makeRootCaller(this.partner), user: 'bob' },
      'session of auditor': sessionOf(this.partner, { role: 'auditor' }, ofSession),
    };
    const place = { owner, region: undefined, location: undefined, created: 0 };
    const context = { ...makeBucketPolicyTarget('vault', 'aws'), accounts: this.store.accounts };
    const policy = bucket && readPolicy(this.write({ Version: version, Statement: bucket }), context);
    this.bucket = this.store.addBucket({ name: 'vault', ...place }, { publicAccessBlock: null, ...settings, policy });
  }

  caller(name: CallerName): Caller {
    return this.#callers[name];
  }

  /** The access point `reports` of the bucket. Its policy has one statement, or there is none. */
  point(statement: Statement | undefined, RestrictPublicBuckets = false): AccessPoint {
    const { owner: account } = this.bucket;
    const place = { name: 'reports', account, region: 'us-east-1', vpcId: undefined } as const;
    const open = { BlockPublicAcls: false, IgnorePublicAcls: false, BlockPublicPolicy: false };
    const context = { ...makePointPolicyTarget(place), accounts: this.store.accounts };
    return {
      ...{ ...place, alias: 'reports-s3alias', publicAccessBlock: { ...open, RestrictPublicBuckets } },
      ...{ created: 0, tags: [] },
      policy: statement && readPolicy(this.write({ Statement: [statement] }), context),
    };
  }

  write(value: unknown): string {
    const { defaultAccount: owner } = this.store;
    return JSON.stringify(value)
      .replaceAll('OWNER-ID', owner.canonicalId)
      .replaceAll('PARTNER-ID', this.partner.canonicalId)
      .replaceAll('OWNER', owner.id)
      .replaceAll('PARTNER', this.partner.id);
  }

  decide(name: CallerName, { action = 's3:GetObject', key = 'report.pdf', conditions = {} }: Wish = {}): Decision {
    const values: ConditionKeyValues = (one) => conditions[one];
    const asked = { caller: this.caller(name), action, bucket: this.bucket, conditions: values };
    const service = dialects.aws.configurations;
    return decideAccess(key === null ? asked : { ...asked, key }, { store: this.store, service });
  }

  decideWithout(name: CallerName, action: ActionName): Decision {
    const asked = { caller: this.caller(name), action, bucket: undefined, conditions: () => undefined };
    return decideAccess(asked, { store: this.store, service: dialects.aws.configurations });
  }
}

const ofOtherService: Statement = { Effect: 'Allow', Action: 'sqs:SendMessage', Resource: '*' };

function newStore(): Store {
  return new Store({ accountId: '111111111111', seed: 'access', realNow: () => 0, start: 0 });
}

/** The sessions of roles are called `work`. */
function sessionOf(account: Account, { user, role }: { user?: string; role?: string }, policy: UserPolicy | undefined) {
  const name = role === undefined ? undefined : 'work';
  const session = account.beginSession({ name, user, role, mfa: false, policy, lasts: 3_600_000 });
  return { account, user, role, accessKeyId: session.credentials.accessKeyId, session };
}
