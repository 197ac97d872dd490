import type { Account, AccountOutline, User } from '../model/identity/account';
import type { MfaDevice, MfaDeviceOptions } from '../model/identity/mfa-device';
import type { Credentials } from '../model/identity/session';
import { closeClass, closeMembers } from '../text/closed-members';
import { writeGiven } from '../text/values';
import { readPolicies, type UserFixture } from './user-policies';

/** The MFA device of a root user, as a test uses it. */
export interface MfaDeviceHandle {
  /** The serial number or ARN. */
  readonly serial: string;
  /** The shared secret in base32, for an authenticator of the code under test. */
  readonly secret: string;
  /** The number of digits of a code. */
  readonly digits: number;
  /** The number of seconds for which the device shows a code. */
  readonly period: number;
  /** Whether S3 accepts its codes: `deactivate()` and `activate()` set it. */
  readonly active: boolean;
  /** The code that the device shows at the mock's present time, used or not. */
  code(): string;
  /**
   * The value of `x-amz-mfa` and of the SDKs' `MFA`: serial, a space, and a code that was neither returned nor used before.
   * S3 accepts it once, for 90 seconds by the mock's clock. It may be called as often as a test needs codes.
   *
   * @example
   * await client.send(new PutBucketVersioningCommand({ Bucket, MFA: s3.mfa.header(), VersioningConfiguration }));
   */
  header(): string;
  /** A code of the right length that S3 refuses. */
  wrongCode(): string;
  /** Makes S3 refuse all codes of the device with `DeviceNotActiveError`, until `activate()`. */
  deactivate(): void;
  /** Ends what `deactivate()` began. */
  activate(): void;
  /** The device as JSON: `serial`, `secret`, `digits`, `period` and `active`. */
  toJSON(): Required<MfaDeviceOptions> & { readonly active: boolean };
}

/** An owner of buckets. */
export interface AccountHandle {
  /** 12 digits, compared with `x-amz-expected-bucket-owner`. */
  readonly id: string;
  /** The name given to `createAccount`; `default` for the default account. */
  readonly name: string;
  /** 64 hexadecimal digits, by which S3's answers name an owner. */
  readonly canonicalId: string;
  /** The keys with which the root user signs. */
  readonly credentials: Credentials;
  /** The root user's MFA device. */
  readonly mfa: MfaDeviceHandle;
  /** A user of the account by name, created by the first call. */
  user(name: string, fixture?: UserFixture): User;
  /** The account as JSON: ids, names of users and MFA devices, without keys. */
  toJSON(): AccountOutline;
}

/** The names of the members of an account. */
export const accountNames: readonly string[] = [
  'id',
  'name',
  'canonicalId',
  'credentials',
  'mfa',
  'user',
] satisfies readonly (keyof AccountHandle)[];

/** The handles of accounts and their devices: one each, so that a test can spy on it. */
export class AccountHandles {
  readonly #accounts = new WeakMap<Account, AccountHandle>();
  readonly #devices = new WeakMap<MfaDevice, MfaDeviceHandle>();

  of(account: Account): AccountHandle {
    const known = this.#accounts.get(account);
    if (known !== undefined) return known;
    const handle = new ClosedAccount(account, this.ofDevice(account.mfa));
    this.#accounts.set(account, handle);
    return handle;
  }

  ofDevice(device: MfaDevice): MfaDeviceHandle {
    const known = this.#devices.get(device);
    if (known !== undefined) return known;
    const handle = new ClosedDevice(device);
    this.#devices.set(device, handle);
    return handle;
  }
}

class ClosedAccount implements AccountHandle {
  readonly id: string;
  readonly name: string;
  readonly canonicalId: string;
  readonly credentials: Credentials;
  readonly mfa: MfaDeviceHandle;
  readonly #account: Account;

  static {
    closeClass(ClosedAccount.prototype, labelOfAccount);
  }

  constructor(account: Account, mfa: MfaDeviceHandle) {
    this.id = account.id;
    this.name = account.name;
    this.canonicalId = account.canonicalId;
    this.credentials = account.credentials;
    this.mfa = mfa;
    this.#account = account;
    closeMembers(this, labelOfAccount);
  }

  user(name: string, fixture: UserFixture = {}): User {
    return this.#account.user(name, readPolicies(`user ${writeGiven(name)}`, fixture));
  }

  toJSON(): AccountOutline {
    return this.#account.toJSON();
  }
}

class ClosedDevice implements MfaDeviceHandle {
  readonly serial: string;
  readonly secret: string;
  readonly digits: number;
  readonly period: number;
  /** An own member, since test runners compare own members only. */
  declare readonly active: boolean;
  readonly #device: MfaDevice;

  static {
    closeClass(ClosedDevice.prototype, labelOfDevice);
  }

  constructor(device: MfaDevice) {
    this.serial = device.serial;
    this.secret = device.secret;
    this.digits = device.digits;
    this.period = device.period;
    this.#device = device;
    Object.defineProperty(this, 'active', { get: () => device.active, enumerable: true, configurable: true });
    closeMembers(this, labelOfDevice);
  }

  code(): string {
    return this.#device.code();
  }

  header(): string {
    return this.#device.header();
  }

  wrongCode(): string {
    return this.#device.wrongCode();
  }

  deactivate(): void {
    this.#device.deactivate();
  }

  activate(): void {
    this.#device.activate();
  }

  toJSON(): Required<MfaDeviceOptions> & { readonly active: boolean } {
    return this.#device.toJSON();
  }
}

function labelOfAccount({ name }: AccountHandle): string {
  return `account '${name}'`;
}

function labelOfDevice({ serial }: MfaDeviceHandle): string {
  return `MFA device '${serial}'`;
}
