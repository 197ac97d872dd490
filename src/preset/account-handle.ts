import type { AccountOutline, Credentials, User } from '../model/identity/account';
import type { MfaDeviceOptions } from '../model/identity/mfa-device';

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
  user(name: string): User;
  /** The account as JSON: ids, names of users and MFA devices, without keys. */
  toJSON(): AccountOutline;
}
