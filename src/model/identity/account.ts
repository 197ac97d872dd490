import { makeMistake } from '../../text/mistakes';
import { writeGiven } from '../../text/values';
import type { SetConditions } from '../access/condition-key-values';
import type { TrustPolicy } from '../access/trust-policy';
import type { UserPolicy } from '../access/user-policy';
import type { PublicAccessBlock } from '../configurations/public-access-switches';
import type { IdPurpose, Ids } from '../ids';
import { SharedMap } from '../shared-map';
import type { Tag } from '../tagging';
import type { OnTouch, Touch } from '../touches';
import { defaultAccountName } from './account-text';
import { checkName, type IamName, splitName, writeFullName } from './iam-name';
import { MfaDevice, type MfaDeviceOptions, type MfaDeviceState } from './mfa-device';
import { issueTimeIn, makeRevocation, type Revocation } from './revocation';
import { type Credentials, makeCredentials, makeSessionCredentials, type Session } from './session';
import { makeMfaSecret, makeUniqueId } from './unique-id';

/** The policies of a user or a role. If it has neither member, nothing limits it: it can do everything that its account can (F499). */
export interface OwnPolicies {
  readonly policy?: UserPolicy | undefined;
  readonly managedPolicies?: readonly UserPolicy[] | undefined;
  /** Limits what the policies allow (F1792). */
  readonly permissionsBoundary?: UserPolicy | undefined;
}

export interface Identity extends IamName, OwnPolicies {
  /** Its unique id: `AIDA...` of a user, `AROA...` of a role. */
  readonly id: string;
  /** The object is the same for each record of the identity: a change of its rights replaces the record. */
  readonly origin: object;
  readonly tags: readonly Tag[];
  readonly conditions: SetConditions;
  /** Whether a test declared it by a fixture, empty or not; undefined if it gave the name alone. */
  readonly isDeclared?: boolean | undefined;
}

type IdentityFacts = {
  readonly [Name in keyof Omit<Identity, 'name' | 'path' | 'origin'>]?: Identity[Name] | undefined;
};

/** A user of an account. The root user is the account itself. */
export interface User extends Identity {
  readonly credentials: Credentials;
  readonly mfa: MfaDevice;
}

export interface Role extends Identity {
  /** Says who can assume it. If it is undefined, each user and role of its account can. */
  readonly trust: TrustPolicy | undefined;
  /** The longest time, in seconds, of a session that STS begins. */
  readonly maxSessionDuration: number;
  /** Denies everything to the sessions that were revoked; undefined if none were. */
  readonly revocation?: Revocation | undefined;
}

export interface RoleFacts extends IdentityFacts {
  readonly trust?: TrustPolicy | undefined;
  readonly maxSessionDuration?: number | undefined;
}

/** The duration in seconds, if the role says nothing about it. */
export const usualSessionDuration = 3600;

/** The sender of a request: an account's root user, another user of it, a session of a role, or, without an account, an anonymous caller. */
export interface Caller {
  readonly account: Account | undefined;
  /** The name of a user; undefined for the root user, a role and an anonymous caller. */
  readonly user: string | undefined;
  readonly role?: string | undefined;
  readonly accessKeyId: string | undefined;
  readonly session?: Session | undefined;
  /** The service of AWS that asks for a session of a role, `s3.amazonaws.com`. It has no account. */
  readonly service?: string | undefined;
}

/** An account as JSON. */
export interface AccountOutline {
  readonly id: string;
  readonly name: string;
  readonly canonicalId: string;
  /** The organization that the account is a member of, if any. */
  readonly organizationId?: string;
  /** The names of its users, with their paths. */
  readonly users: readonly string[];
  /** The names of its roles, with their paths. */
  readonly roles: readonly string[];
  readonly mfaDevices: readonly ReturnType<MfaDevice['toJSON']>[];
  /** The switches of its public access block; missing if the account has no block. */
  readonly publicAccessBlock?: PublicAccessBlock;
}

/** The part of an account that can change. */
export interface AccountState {
  readonly users: ReadonlyMap<string, User>;
  readonly usersByKey: ReadonlyMap<string, string>;
  readonly roles: ReadonlyMap<string, Role>;
  readonly namesById: ReadonlyMap<string, string>;
  readonly declared: ReadonlyMap<'user' | 'role', true>;
  readonly sessions: ReadonlyMap<string, Session>;
  readonly devices: ReadonlyMap<string, MfaDevice>;
  readonly publicAccessBlock: PublicAccessBlock | undefined;
  readonly deviceStates: readonly (readonly [device: MfaDevice, state: MfaDeviceState])[];
}

export interface AccountIdentity {
  readonly id: string;
  readonly name: string;
  /** Whether a test chose the id. */
  readonly hasGivenId?: boolean | undefined;
  readonly organizationId?: string | undefined;
  /** The GUID of its service instance of IBM COS; undefined if the test declared none. */
  readonly serviceInstance?: string | undefined;
  readonly credentials?: Credentials | undefined;
}

/** The facts that a session is made with; `lasts` is in milliseconds, the size of its token in bytes. */
export interface SessionFacts extends Omit<Session, 'credentials' | 'issued' | 'expires'> {
  readonly lasts: number;
  readonly leastTokenSize?: number | undefined;
}

/** Each further account has a sequence of its own: its ids and keys do not depend on the accounts that were made before it. */
export function purposeOfAccount(name: string): IdPurpose {
  return name === defaultAccountName ? 'account' : `account ${name}`;
}

function purposeOfKeys(name: string): IdPurpose {
  return name === defaultAccountName ? 'credentials' : `account ${name}`;
}

const readOfSettings: Touch = { part: 'account settings', isWrite: false };
const writeOfSettings: Touch = { part: 'account settings', isWrite: true };

export class Account {
  /** 12 digits. */
  readonly id: string;
  readonly hasGivenId: boolean;
  readonly name: string;
  /** 64 hexadecimal digits: the ID of an owner in S3's answers. */
  readonly canonicalId: string;
  readonly organizationId: string | undefined;
  readonly serviceInstance: string | undefined;
  /** The keys of the root user. */
  readonly credentials: Credentials;
  /** The root user's first MFA device. */
  readonly mfa: MfaDevice;
  /** Whether a test gave the keys of the root user. */
  readonly hasGivenKeys: boolean;
  readonly #ids: Ids;
  readonly #now: () => number;
  readonly #report: OnTouch;
  readonly #users = new SharedMap<string, User>();
  /** The names of the users by their access keys. */
  readonly #usersByKey = new SharedMap<string, string>();
  readonly #roles = new SharedMap<string, Role>();
  /** The full names of users and roles by their unique ids. */
  readonly #namesById = new SharedMap<string, string>();
  /** Whether a fixture declared an identity of this kind. */
  readonly #declared = new SharedMap<'user' | 'role', true>();
  /** The sessions by their access keys. */
  readonly #sessions = new SharedMap<string, Session>();
  /** The devices of the root user, by their serial numbers. */
  readonly #devices = new SharedMap<string, MfaDevice>();
  #publicAccessBlock: PublicAccessBlock | undefined;

  /** If an original is given, the account is a copy of it. `report` is told what requests read and write in the account. */
  constructor(
    identity: AccountIdentity,
    ids: Ids,
    now: () => number,
    { original, report = () => {} }: { readonly original?: Account; readonly report?: OnTouch } = {},
  ) {
    const { id, name, organizationId, serviceInstance, credentials } = identity;
    this.id = id;
    this.hasGivenId = identity.hasGivenId ?? false;
    this.name = name;
    this.organizationId = organizationId;
    this.serviceInstance = serviceInstance;
    this.hasGivenKeys = original?.hasGivenKeys ?? credentials !== undefined;
    this.#ids = ids;
    this.#now = now;
    this.#report = report;
    this.canonicalId = original?.canonicalId ?? ids.text(purposeOfAccount(name), '0123456789abcdef', 64);
    this.credentials = credentials ?? makeCredentials(ids, purposeOfKeys(name));
    // The device is made with the account, so that each snapshot contains it and no device that a test adds takes its place.
    this.mfa = original?.mfa.copy(now, report) ?? this.addMfaDevice({});
    if (original !== undefined) this.#copyFrom(original);
  }

  /** Returns the account for another store. Later changes of one do not show in the other. */
  copy(ids: Ids, now: () => number, report: OnTouch): Account {
    return new Account(this, ids, now, { original: this, report });
  }

  #copyFrom(original: Account): void {
    const copies = new Map([[original.mfa, this.mfa]]);
    const copyOf = (device: MfaDevice) => copies.get(device) ?? device.copy(this.#now, this.#report);
    const devices = [...original.#devices].map(([serial, device]) => [serial, copyOf(device)] as const);
    const users = [...original.#users].map(([name, user]) => [name, { ...user, mfa: copyOf(user.mfa) }] as const);
    this.restore({
      ...original.state,
      devices: new Map(devices),
      users: new Map(users),
      deviceStates: [],
    });
  }

  /** Adds an MFA device for the root user. Options that are left out are made up. */
  addMfaDevice(options: Partial<MfaDeviceOptions>): MfaDevice {
    const { size } = this.#devices;
    const name = size === 0 ? 'root-account-mfa-device' : `root-account-mfa-device-${size + 1}`;
    const {
      serial = `arn:aws:iam::${this.id}:mfa/${name}`,
      secret = this.#ids.text('mfa', 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567', 32),
    } = options;
    if (this.#devices.has(serial)) {
      throw makeMistake(
        `createMfaDevice: there is an MFA device ${writeGiven(serial)} already. Give each device a serial number of its own.`,
      );
    }
    const device = new MfaDevice({ ...options, serial, secret }, this.#now, this.#report);
    this.#devices.set(serial, device);
    return device;
  }

  /** Returns the account as JSON, without its keys: a scanner of secrets would take them for real keys in a file. */
  toJSON(): AccountOutline {
    const { id, name, canonicalId, organizationId, users, roles, mfaDevices, publicAccessBlock } = this;
    return {
      ...{ id, name, canonicalId },
      ...(organizationId !== undefined && { organizationId }),
      users: users.map(writeFullName),
      roles: roles.map(writeFullName),
      mfaDevices: mfaDevices.map((device) => device.toJSON()),
      ...(publicAccessBlock && { publicAccessBlock }),
    };
  }

  /** The switches that keep all of its buckets from being public, whatever the buckets' own switches say; undefined if it has no block. */
  get publicAccessBlock(): PublicAccessBlock | undefined {
    this.#report(readOfSettings);
    return this.#publicAccessBlock;
  }

  set publicAccessBlock(block: PublicAccessBlock | undefined) {
    this.#report(writeOfSettings);
    this.#publicAccessBlock = block;
  }

  get mfaDevices(): readonly MfaDevice[] {
    return [...this.#devices.values()];
  }

  findMfaDevice(serial: string): MfaDevice | undefined {
    return this.#devices.get(serial);
  }

  get users(): readonly User[] {
    return [...this.#users.values()];
  }

  get roles(): readonly Role[] {
    return [...this.#roles.values()];
  }

  /** Returns the user with a name. The first call makes the user with these facts and with the path in front of the name. */
  user(written: string, facts: IdentityFacts = {}): User {
    const { name } = splitName(String(written));
    const known = this.findUser(name);
    if (known) return known;
    checkName('user', written);
    const credentials = makeCredentials(this.#ids, `user ${this.id}/${name}`);
    const device = { serial: `arn:aws:iam::${this.id}:mfa/${name}`, secret: makeMfaSecret(this, name) };
    const mfa = new MfaDevice(device, this.#now, this.#report);
    const user: User = { ...this.#makeIdentity('user', written, facts), credentials, mfa };
    this.#users.set(name, user);
    this.#usersByKey.set(credentials.accessKeyId, name);
    return user;
  }

  /** Returns the role with a name. The first call makes the role with these facts and with the path in front of the name. */
  role(written: string, facts: RoleFacts = {}): Role {
    const { name } = splitName(String(written));
    const known = this.findRole(name);
    if (known) return known;
    checkName('role', written);
    const { trust, maxSessionDuration = usualSessionDuration } = facts;
    const role: Role = { ...this.#makeIdentity('role', written, facts), trust, maxSessionDuration };
    this.#roles.set(name, role);
    return role;
  }

  #makeIdentity(kind: 'user' | 'role', written: string, facts: IdentityFacts): Identity {
    const { name, path = '/' } = splitName(written);
    const { id = makeUniqueId(this, kind, name), tags = [], conditions = new Map() } = facts;
    const { policy, managedPolicies, permissionsBoundary, isDeclared } = facts;
    this.#namesById.set(id, writeFullName({ name, path }));
    if (isDeclared) this.#declared.set(kind, true);
    const policies = { policy, managedPolicies, permissionsBoundary };
    return { name, path, id, origin: {}, ...policies, tags, conditions, isDeclared };
  }

  /** Changes the rights of a user. Its sessions have them at once. */
  changeUser(name: string, change: Partial<Pick<User, 'policy' | 'isDeclared'>>): void {
    const user = this.findUser(name);
    if (user === undefined) return;
    this.#users.set(name, { ...user, ...change });
    if (change.isDeclared) this.#declared.set('user', true);
  }

  /** Changes the rights of a role, or who can assume it. Its sessions have the rights at once, and stay whomever it trusts. */
  changeRole(name: string, change: Partial<Pick<Role, 'policy' | 'trust' | 'revocation' | 'isDeclared'>>): void {
    const role = this.findRole(name);
    if (role === undefined) return;
    this.#roles.set(name, { ...role, ...change });
    if (change.isDeclared) this.#declared.set('role', true);
  }

  /** Denies everything to the present sessions of a role, and nothing to later sessions. */
  revokeSessions(role: string): void {
    const sessions = [...this.#sessions.values()].filter((session) => session.role === role);
    const issued = sessions.map((session) => session.issued);
    this.changeRole(role, { revocation: makeRevocation(issued, this.#now()) });
  }

  /** When its sessions end, in milliseconds since 1970. */
  get sessionEnds(): readonly number[] {
    return Array.from(this.#sessions.values(), ({ expires }) => expires);
  }

  beginSession({ lasts, leastTokenSize, ...options }: SessionFacts): Session {
    const { role } = options;
    const now = this.#now();
    const issued = issueTimeIn(role === undefined ? undefined : this.findRole(role), now);
    const credentials = makeSessionCredentials(this.#ids, now + lasts, leastTokenSize);
    const session: Session = { ...options, issued, expires: now + lasts, credentials };
    this.#sessions.set(credentials.accessKeyId, session);
    return session;
  }

  findUser(name: string): User | undefined {
    return this.#users.get(name);
  }

  findRole(name: string): Role | undefined {
    return this.#roles.get(name);
  }

  /** The name of the user or role that has a unique id, with its path. */
  findNameById(id: string): string | undefined {
    return this.#namesById.get(id);
  }

  /** Whether a fixture declared a user, or a role. */
  hasDeclared(kind: 'user' | 'role'): boolean {
    return this.#declared.has(kind);
  }

  findSession(accessKeyId: string): Session | undefined {
    return this.#sessions.get(accessKeyId);
  }

  hasToken(token: string): boolean {
    return [...this.#sessions.values()].some(({ credentials }) => credentials.sessionToken === token);
  }

  /** Whether a user was made with this name and the path in front of it: `division/ann`. Reading makes none. */
  hasUser(written: string): boolean {
    const { name, path = '/' } = splitName(written);
    return this.findUser(name)?.path === path;
  }

  /** Whether a role was made with this name and the path in front of it; the ARN of a session has no path. Reading makes none. */
  hasRole(written: string, of: 'role' | 'session'): boolean {
    const { name, path = '/' } = splitName(written);
    const role = this.findRole(name);
    return role !== undefined && (of === 'session' || role.path === path);
  }

  /** Returns the owner of an access key in this account: its root user, one of its users, a session, or undefined. */
  findCaller(accessKeyId: string): Caller | undefined {
    if (this.credentials.accessKeyId === accessKeyId) return { account: this, user: undefined, accessKeyId };
    const session = this.#sessions.get(accessKeyId);
    if (session) return { account: this, user: session.user, role: session.role, accessKeyId, session };
    const user = this.#usersByKey.get(accessKeyId);
    return user === undefined ? undefined : { account: this, user, accessKeyId };
  }

  get accessKeyIds(): readonly string[] {
    return [this.credentials.accessKeyId, ...this.#usersByKey.keys(), ...this.#sessions.keys()];
  }

  /** The secret of an access key of the root user, of a user or of a session. */
  findSecret(key: string): string | undefined {
    if (this.credentials.accessKeyId === key) return this.credentials.secretAccessKey;
    const user = this.findUser(this.#usersByKey.get(key) ?? '');
    return (user ?? this.findSession(key))?.credentials.secretAccessKey;
  }

  get state(): AccountState {
    const devices = [...this.#devices.values(), ...this.users.map(({ mfa }) => mfa)];
    return {
      users: this.#users.state,
      usersByKey: this.#usersByKey.state,
      roles: this.#roles.state,
      namesById: this.#namesById.state,
      declared: this.#declared.state,
      sessions: this.#sessions.state,
      devices: this.#devices.state,
      publicAccessBlock: this.publicAccessBlock,
      deviceStates: devices.map((device) => [device, device.state]),
    };
  }

  restore({ publicAccessBlock, deviceStates, ...maps }: AccountState): void {
    this.#users.restore(maps.users);
    this.#usersByKey.restore(maps.usersByKey);
    this.#roles.restore(maps.roles);
    this.#namesById.restore(maps.namesById);
    this.#declared.restore(maps.declared);
    this.#sessions.restore(maps.sessions);
    this.#devices.restore(maps.devices);
    this.publicAccessBlock = publicAccessBlock;
    for (const [device, state] of deviceStates) device.restore(state);
  }
}
