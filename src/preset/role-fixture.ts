import { type Duration, readDuration } from '../model/clock';
import { type Role, type RoleFacts, usualSessionDuration } from '../model/identity/account';
import { S3MockError } from '../s3-mock-error';
import { invalidValue } from '../text/invalid-value';
import { checkSameTrust, readTrust, type TrustPolicyLiteral, trustLiteral } from './trust-policy';
import { readFacts, type UserFixture, userLiteral } from './user-fixture';

/** The rights of a role, who may assume it, and for how long. */
export interface RoleFixture extends UserFixture {
  /**
   * Who may assume the role: the policy as an object, or its JSON. If left out, every user and role of its account may, and so may web
   * identities and S3, which copies by it, but no other account.
   */
  readonly trust?: TrustPolicyLiteral | string | undefined;
  /** The longest time for which STS begins a session of the role, from 1 to 12 hours; a number is seconds. Default `{ hours: 1 }`. `role.session()` may last longer. */
  readonly maxSessionDuration?: Duration | number | undefined;
}

/** Roles by name, which may have a path in front: `'deploy/builder'`. Without a policy they may do everything that their account may. */
export type RoleFixtures = Readonly<Record<string, RoleFixture>>;

/** Reads a fixture. The facts that it does not give are undefined. `label` names the role. */
export function readRoleFacts(label: string, fixture: RoleFixture | undefined): RoleFacts {
  const facts = readFacts(label, 'role', fixture);
  if (fixture === undefined) return facts;
  const { trust, maxSessionDuration } = fixture;
  return {
    ...facts,
    trust: readTrust(label, trust),
    maxSessionDuration: maxSessionDuration === undefined ? undefined : readSeconds(label, maxSessionDuration),
  };
}

const longest = 43_200;

function readSeconds(label: string, given: Duration | number): number {
  const seconds = typeof given === 'number' ? given : readDuration(given, `${label}: maxSessionDuration`) / 1000;
  if (Number.isInteger(seconds) && seconds >= usualSessionDuration && seconds <= longest) return seconds;
  throw invalidValue(
    label,
    'maxSessionDuration',
    given,
    'whole seconds from 3600 to 43200, or a time such as { hours: 2 }',
  );
}

/** Throws unless a role that exists has the trust policy and the duration that a later call gives. */
export function checkSameRole(label: string, known: Role, given: RoleFacts): void {
  checkSameTrust(label, known.trust, given.trust);
  const { maxSessionDuration: wants } = given;
  if (wants === undefined || wants === known.maxSessionDuration) return;
  throw new S3MockError(
    'ROLE_EXISTS',
    `${label}: its maxSessionDuration is ${known.maxSessionDuration}, and was given as ${wants}. Give it once, or another name.`,
  );
}

/** A role as the fixture that makes it, without its id. */
export function roleLiteral(role: Role): Omit<RoleFixture, 'id'> {
  const { trust, maxSessionDuration } = role;
  return {
    ...userLiteral(role),
    ...(trust && { trust: trustLiteral(trust) }),
    ...(maxSessionDuration !== usualSessionDuration && { maxSessionDuration }),
  };
}
