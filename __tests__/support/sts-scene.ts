import { dialects } from '../../src/dialects';
import { decideAccess } from '../../src/model/access/access';
import type { ActionName } from '../../src/model/access/actions';
import { makeConditions } from '../../src/model/access/caller-conditions';
import type { Decision } from '../../src/model/access/decision';
import { readTrustPolicy } from '../../src/model/access/trust-policy';
import { readUserPolicy, type UserPolicy } from '../../src/model/access/user-policy';
import type { Bucket } from '../../src/model/bucket';
import type { Account, Caller, RoleFacts } from '../../src/model/identity/account';
import type { Session } from '../../src/model/identity/session';
import { findStsCaller, type StsCaller } from '../../src/model/sessions/caller';
import type { RequestFacts } from '../../src/model/sessions/trust';
import { Store } from '../../src/model/store';
import type { Tag } from '../../src/model/tagging';
import { type S3Error, wordRefusal } from '../../src/refusals';
import { type AssumeRoleInput, assumeRole } from '../../src/sts/assume-role';
import type { StsInputOf } from '../../src/sts/table';
import { getFederationToken, getSessionToken } from '../../src/sts/user-sessions';
import { refusalThrownBy } from './thrown';

export type Statement = Readonly<Record<string, unknown>>;

export const own = '111111111111';
export const roleArn = `arn:aws:iam::${own}:role/deployer`;
export const userArn = `arn:aws:iam::${own}:user/ann`;

export const mockTime = Date.parse('2026-03-01T12:00:00Z');
export const processTime = Date.parse('2031-05-05T05:05:05.678Z');

/** The facts of requests that come by the global host. */
export const facts: RequestFacts = {
  sourceIp: '203.0.113.7',
  isSecure: true,
  userAgent: 'aws-cli/2',
  region: 'us-east-1',
};

interface RoleOptions extends Pick<RoleFacts, 'maxSessionDuration'> {
  readonly trust?: readonly Statement[];
  readonly policy?: readonly Statement[];
  readonly tags?: readonly Tag[];
  readonly account?: Account;
}

export class StsScene {
  readonly store = new Store({ accountId: own, seed: 'sts', realNow: () => processTime, start: mockTime });
  readonly partner = this.store.addAccount('partner');

  get account(): Account {
    return this.store.defaultAccount;
  }

  /** Statements limit the user. */
  user(name: string, statements?: readonly Statement[], account = this.account): StsCaller {
    const { credentials } = account.user(name, { policy: statements && userPolicy(statements) });
    return this.callerWith(credentials.accessKeyId);
  }

  bucket(): Bucket {
    const made = { owner: this.account, created: mockTime, region: 'us-east-1', location: undefined };
    return this.store.addBucket({ name: 'vault', ...made });
  }

  session({ credentials }: Session): StsCaller {
    return this.callerWith(credentials.accessKeyId);
  }

  /** The owner of a key, which may be any text. */
  callerWith(accessKeyId: string): StsCaller {
    const caller = findStsCaller(this.store, accessKeyId);
    if (caller === undefined) throw new Error(`nobody has ${accessKeyId}`);
    return caller;
  }

  /** By default it trusts its account. */
  role(name: string, { trust, policy, account = this.account, ...rest }: RoleOptions = {}): void {
    account.role(name, {
      ...rest,
      trust:
        trust &&
        readTrustPolicy(JSON.stringify({ Version: '2012-10-17', Statement: trust }), {
          partition: 'aws',
          accounts: [],
        }),
      policy: policy && userPolicy(policy),
    });
  }

  /** Assumes the role `deployer` in the session `build-7`, unless the input says otherwise. */
  assume(caller: StsCaller, input: Partial<AssumeRoleInput> = {}, given: Partial<RequestFacts> = {}) {
    const context = { store: this.store, caller, facts: { ...facts, ...given } };
    return assumeRole.handle(context, { RoleArn: roleArn, RoleSessionName: 'build-7', ...input });
  }

  getSessionToken(caller: StsCaller, input: StsInputOf<'GetSessionToken'> = {}) {
    return getSessionToken.handle({ store: this.store, caller, facts }, input);
  }

  getFederationToken(caller: StsCaller, input: Partial<StsInputOf<'GetFederationToken'>> = {}) {
    return getFederationToken.handle({ store: this.store, caller, facts }, { Name: 'visitor', ...input });
  }

  refused(caller: StsCaller, input: Partial<AssumeRoleInput> = {}): Refused {
    return answerOf(() => this.assume(caller, input));
  }

  atS3(caller: Caller, action: ActionName = 's3:GetObject', key: string | null = 'key'): Decision {
    const bucket = this.store.buckets.get('vault');
    return decideAccess(
      { caller, action, bucket, bucketName: 'vault', key: key ?? undefined, conditions: () => undefined },
      { store: this.store, service: dialects.aws.configurations },
    );
  }

  keyAtS3(caller: Caller, key: string): readonly string[] | undefined {
    const world = { caller, partition: 'aws', owner: this.account, clock: this.store.clock };
    return makeConditions(world, () => undefined)(key.toLowerCase());
  }
}

interface Refused {
  readonly status: number;
  readonly code: string;
  readonly message: string;
  readonly why: string | undefined;
}

export function answerOf(call: () => unknown): Refused {
  const error: S3Error | undefined = refusalThrownBy(call);
  if (error === undefined) throw new Error('it was not refused');
  const { status, code, message } = wordRefusal(error, 'aws');
  return { status, code, message, why: error.why && String(error.why) };
}

export function userPolicy(statements: readonly Statement[], name?: string): UserPolicy {
  return readUserPolicy(JSON.stringify({ Version: '2012-10-17', Statement: statements }), name);
}

export function trusting(principal: unknown, further: Statement = {}): Statement {
  return { Effect: 'Allow', Principal: { AWS: principal }, Action: 'sts:AssumeRole', ...further };
}

export const mayAssume: Statement = { Effect: 'Allow', Action: 'sts:AssumeRole', Resource: roleArn };

/** AWS's one text for a refused action. */
export function notAuthorized(caller: string, action = 'sts:AssumeRole', resource = roleArn): object {
  return {
    status: 403,
    code: 'AccessDenied',
    message: `User: ${caller} is not authorized to perform: ${action} on resource: ${resource}`,
  };
}
