import { writeGiven } from '../../text/values';
import type { Ids } from '../ids';
import { MfaDevice, type MfaDeviceOptions, type MfaDeviceState } from './mfa-device';

/** The key pair that a client signs with. */
export interface Credentials {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
}

/** A user of an account. The root user is the account itself. */
export interface User {
  readonly name: string;
  readonly credentials: Credentials;
}

/** The sender of a request: an account's root user, another user of it, or, without an account, an anonymous caller. */
export interface Caller {
  readonly account: Account | undefined;
  /** Undefined for the root user and for an anonymous caller. */
  readonly user: string | undefined;
  readonly accessKeyId: string | undefined;
}

/** Describes a caller, for the journal. */
export function describeCaller({ account, user }: Caller): string {
  if (!account) return 'an anonymous caller';
  return user === undefined ? `account ${account.id}` : `user ${user} of account ${account.id}`;
}

/** The ARN of a caller that belongs to an account, as refusals and policies name it. */
export function arnOfCaller(account: Account, user: string | undefined, partition: string): string {
  return `arn:${partition}:iam::${account.id}:${user === undefined ? 'root' : `user/${user}`}`;
}

/** All that changes in an account, except for the states of its devices. A change replaces the record, so that snapshots share it. */
export interface AccountHoldings {
  readonly users: ReadonlyMap<string, User>;
  readonly devices: readonly MfaDevice[];
}

/** An account as JSON. */
export interface AccountOutline {
  readonly id: string;
  readonly name: string;
  readonly canonicalId: string;
  /** The names of its users. */
  readonly users: readonly string[];
  readonly mfaDevices: readonly ReturnType<MfaDevice['toJSON']>[];
}

/** The state of an account and of each of its devices. */
interface AccountState {
  readonly holdings: AccountHoldings;
  readonly deviceStates: readonly (readonly [device: MfaDevice, state: MfaDeviceState])[];
}

/** The facts that an account is made with. */
interface AccountIdentity {
  readonly id: string;
  readonly name: string;
  /** Generated if it is undefined. */
  readonly credentials?: Credentials | undefined;
}

/** An owner of buckets: 12 digits, a canonical id, keys, users, and the MFA devices of its root user. */
export class Account {
  /** 12 digits. */
  readonly id: string;
  readonly name: string;
  /** 64 hexadecimal digits: the ID of an owner in S3's answers. */
  readonly canonicalId: string;
  /** The keys of the root user. */
  readonly credentials: Credentials;
  /** Whether a test gave the keys of the root user. */
  readonly hasGivenKeys: boolean;
  /** The root user's first MFA device. */
  readonly mfa: MfaDevice;
  readonly #ids: Ids;
  readonly #now: () => number;
  #holdings: AccountHoldings = { users: new Map(), devices: [] };

  constructor({ id, name, credentials }: AccountIdentity, ids: Ids, now: () => number) {
    this.id = id;
    this.name = name;
    this.hasGivenKeys = credentials !== undefined;
    this.#ids = ids;
    this.#now = now;
    this.canonicalId = ids.text('account', '0123456789abcdef', 64);
    this.credentials = credentials ?? makeCredentials(ids);
    // Made at once, so that each snapshot has it and no device that a test adds takes its place.
    this.mfa = this.addMfaDevice({});
  }

  /** Adds an MFA device for the root user. Options that are left out are made up. */
  addMfaDevice(options: Partial<MfaDeviceOptions>): MfaDevice {
    const { devices } = this.#holdings;
    const name = devices.length === 0 ? 'root-account-mfa-device' : `root-account-mfa-device-${devices.length + 1}`;
    const {
      serial = `arn:aws:iam::${this.id}:mfa/${name}`,
      secret = this.#ids.text('mfa', 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567', 32),
    } = options;
    if (devices.some((device) => device.serial === serial)) {
      throw new TypeError(
        `createMfaDevice: there is an MFA device ${writeGiven(serial)} already. Give each device a serial number of its own.`,
      );
    }
    const device = new MfaDevice({ ...options, serial, secret }, this.#now);
    this.#holdings = { ...this.#holdings, devices: [...devices, device] };
    return device;
  }

  /** The account as JSON, without its keys: a scanner of secrets would take them for real ones in a file. */
  toJSON(): AccountOutline {
    const { id, name, canonicalId } = this;
    const { users, devices } = this.#holdings;
    return { id, name, canonicalId, users: [...users.keys()], mfaDevices: devices.map((device) => device.toJSON()) };
  }

  /** The root user's device with a serial number. */
  findMfaDevice(serial: string): MfaDevice | undefined {
    return this.#holdings.devices.find((device) => device.serial === serial);
  }

  /** The user with a name, made when it is first asked for. */
  user(name: string): User {
    const { users } = this.#holdings;
    const known = users.get(name);
    if (known) return known;
    if (typeof name !== 'string' || !/^[\w+=,.@-]{1,64}$/.test(name)) {
      throw new TypeError(
        `user: not a user's name: ${writeGiven(name)}. Give 1 to 64 letters, digits or any of _+=,.@- .`,
      );
    }
    const user = { name, credentials: makeCredentials(this.#ids) };
    this.#holdings = { ...this.#holdings, users: new Map(users).set(name, user) };
    return user;
  }

  /** Whether a user was made. Reading makes none. */
  hasUser(name: string): boolean {
    return this.#holdings.users.has(name);
  }

  /** The owner of an access key in this account: its root user, one of its users, or undefined. */
  findCaller(accessKeyId: string): Caller | undefined {
    if (this.credentials.accessKeyId === accessKeyId) return { account: this, user: undefined, accessKeyId };
    const user = [...this.#holdings.users.values()].find(({ credentials }) => credentials.accessKeyId === accessKeyId);
    return user && { account: this, user: user.name, accessKeyId };
  }

  get accessKeyIds(): readonly string[] {
    return this.#allCredentials().map(({ accessKeyId }) => accessKeyId);
  }

  /** The secret of an access key of the root user or of a user. */
  findSecret(key: string): string | undefined {
    return this.#allCredentials().find(({ accessKeyId }) => accessKeyId === key)?.secretAccessKey;
  }

  #allCredentials(): readonly Credentials[] {
    return [this.credentials, ...[...this.#holdings.users.values()].map(({ credentials }) => credentials)];
  }

  get state(): AccountState {
    const holdings = this.#holdings;
    return { holdings, deviceStates: holdings.devices.map((device) => [device, device.state]) };
  }

  restore({ holdings, deviceStates }: AccountState): void {
    this.#holdings = holdings;
    for (const [device, state] of deviceStates) device.restore(state);
  }
}

const keyAlphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';
const secretAlphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789';

function makeCredentials(ids: Ids): Credentials {
  return {
    accessKeyId: `AKIA${ids.text('credentials', keyAlphabet, 16)}`,
    secretAccessKey: ids.text('credentials', secretAlphabet, 40),
  };
}
