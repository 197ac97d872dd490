import { partitionOf } from '../../formats/regions';
import { arnOf, type Bucket } from '../bucket';
import { findRoleArn, type RoleArn } from '../configurations/replication';
import { Account, type Caller } from '../identity/account';
import { nameOfDefault } from '../identity/account-text';
import { issueTimeIn } from '../identity/revocation';
import type { Session, SessionCredentials } from '../identity/session';
import { Ids } from '../ids';
import { arnOfRole, findRoleByArn } from '../sessions/roles';
import { whyNotTrusted } from '../sessions/service-trust';
import type { Store } from '../store';
import type { ReplicationFailure } from './replication-reasons';

type RoleStore = Pick<Store, 'accounts' | 'clock'>;

/** The service that copies, as trust policies name it. */
const service = 's3.amazonaws.com';

/** The name of the sessions that S3 begins (F885). */
const sessionName = 's3-replication';

/** The reason why S3 cannot assume a role; undefined if it can. A role that the mock lacks, and one without a trust policy, trusts S3 (F885). */
export function failureOfTrust(store: RoleStore, source: Bucket, arn: string): ReplicationFailure | undefined {
  const partition = partitionOf(source.region);
  const place = findRoleByArn(store, arn, partition);
  if (place !== undefined) {
    const asked = { account: source.owner.id, arn: arnOf(source) };
    const why = whyNotTrusted(store, place, { service, sessionName, partition, source: asked });
    return why === undefined ? undefined : { reason: 'AssumeRoleNotPermitted', why };
  }
  const other = sameNameAs(store, arn, partition);
  if (other === undefined) return undefined;
  return { reason: 'AssumeRoleNotPermitted', why: `there is no role ${arn}. Did you mean ${other}?` };
}

/** The ARN of the role that has the name in an ARN, and another path: an account has one role of a name, so that there is no other (F855). */
function sameNameAs({ accounts }: RoleStore, arn: string, partition: string): string | undefined {
  const { id, name = '' } = partsOf(arn);
  const account = accounts.find((one) => one.id === id);
  const role = account?.findRole(name.slice(name.lastIndexOf('/') + 1));
  return account && role && arnOfRole(account, role.name, partition);
}

/** The caller of the copies from a bucket: a session of the role. One that the mock lacks has no policies, and may do all (F855). */
export function callerOfCopies({ accounts, clock }: RoleStore, source: Bucket, arn: string): Caller {
  const place = findRoleByArn({ accounts }, arn, partitionOf(source.region));
  if (place !== undefined) return sessionOf(place.account, place.role.name, clock.now());
  const { id = source.owner.id, name = arn } = partsOf(arn);
  const known = accounts.find((one) => one.id === id);
  const account = known ?? new Account({ id, name: nameOfDefault }, new Ids(arn), () => clock.now());
  return sessionOf(account, name, clock.now());
}

/** Whether the mock lacks the account of a role. Configurations name roles of the source's account, so that it stands for that one (F855). */
export function isOfStrangeAccount({ accounts }: RoleStore, arn: string): boolean {
  const { id } = partsOf(arn);
  return id !== undefined && !accounts.some((one) => one.id === id);
}

/** The account and the name, with its path, in the ARN of a role; none in any other text, which a fixture of an older release may have. */
function partsOf(arn: string): Partial<RoleArn> {
  return findRoleArn(arn) ?? {};
}

const unseen: SessionCredentials = Object.freeze({
  accessKeyId: '',
  secretAccessKey: '',
  sessionToken: '',
  expiration: new Date(0),
});

function sessionOf(account: Account, role: string, now: number): Caller {
  const session: Session = {
    name: sessionName,
    user: undefined,
    role,
    credentials: unseen,
    issued: issueTimeIn(account.findRole(role), now),
    expires: Number.POSITIVE_INFINITY,
    mfa: false,
    policy: undefined,
  };
  return { account, user: undefined, role, accessKeyId: undefined, session };
}
