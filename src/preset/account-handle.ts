import type { Credentials, User } from '../model/identity/account';

/** The MFA device of a root user, as a test holds it in its hand. */
export interface MfaDeviceHandle {
  /** The serial number or ARN. */
  readonly serial: string;
  /** The shared secret in base32, for an authenticator of the code under test. */
  readonly secret: string;
  /** Digits of a code. */
  readonly digits: number;
  /** Seconds for which a code is shown. */
  readonly period: number;
  /** The code that the device shows by the mock's clock, used or not. */
  code(): string;
  /**
   * What `x-amz-mfa` and the SDKs' `MFA` take: serial, a space, and a code that was neither handed out nor used before.
   *
   * @example
   * await client.send(new PutBucketVersioningCommand({ Bucket, MFA: s3.mfa.header(), VersioningConfiguration }));
   */
  header(): string;
  /** A code of the right length that is refused. */
  wrongCode(): string;
}

/** An owner of buckets. */
export interface AccountHandle {
  /** 12 digits, what `x-amz-expected-bucket-owner` is held against. */
  readonly id: string;
  /** What `createAccount` was given; `default` for the default account. */
  readonly name: string;
  /** 64 hexadecimal digits: how S3 names an owner in its answers. */
  readonly canonicalId: string;
  /** What the root user signs with. */
  readonly credentials: Credentials;
  /** The root user's MFA device. */
  readonly mfa: MfaDeviceHandle;
  /** Another user of the account by name, made when it is first asked for. */
  user(name: string): User;
}
