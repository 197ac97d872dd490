import type { MfaDevice, MfaDeviceOptions } from '../model/identity/mfa-device';
import { closeClass, closeMembers, type Habits, makeCopyJson, sameCure } from '../text/closed-members';
import { refuseFurtherArguments, type TakenArguments } from '../text/extra-arguments';

const habitsOfDevices: Habits<MfaDeviceHandle> = {
  ...sameCure(
    ['token', 'otp', 'totp', 'TokenCode', 'generate'],
    'Write nextCode(), or code() for the code of the present time.',
  ),
  ...sameCure(['SerialNumber', 'arn', 'id'], 'Write serial.'),
};

/** The MFA device of a root user or another user. A test asks it for codes. */
export class MfaDeviceHandle {
  /** Its serial number or ARN. */
  readonly serial: string;
  /** The shared secret in base32, for an authenticator of the code under test. */
  readonly secret: string;
  /** The number of digits of a code. */
  readonly digits: number;
  /** The number of seconds for which the device shows a code. */
  readonly period: number;
  // An own member, since test runners compare own members only.
  /** Whether S3 and STS accept its codes; `deactivate()` and `activate()` change it. */
  declare readonly active: boolean;
  readonly #device: MfaDevice;
  readonly #checkPlace: () => void;

  static {
    closeClass(MfaDeviceHandle.prototype, { label: labelOfDevice, cures: habitsOfDevices });
    const none: TakenArguments = [0, () => "no argument: it returns the code of this device, by the mock's clock"];
    const noArgument: TakenArguments = [0, () => 'no argument: it concerns all codes of the device'];
    const codes = { code: none, nextCode: none, header: none, wrongCode: none };
    refuseFurtherArguments(MfaDeviceHandle.prototype, labelOfDevice, {
      ...codes,
      activate: noArgument,
      deactivate: noArgument,
    });
  }

  /** @internal */
  constructor(device: MfaDevice, checkPlace: () => void = () => {}) {
    this.#checkPlace = checkPlace;
    this.serial = device.serial;
    this.secret = device.secret;
    this.digits = device.digits;
    this.period = device.period;
    this.#device = device;
    Object.defineProperty(this, 'active', { get: () => device.active, enumerable: true, configurable: true });
    closeMembers(this);
  }

  /** Returns the code that the device shows at the mock's present time, even if the code was used. It stays the same for 30 seconds. */
  code(): string {
    this.#checkPlace();
    return this.#device.code();
  }

  /**
   * Returns a code that was neither returned nor used before, for code under test that asks for a code: `TokenCode` of STS,
   * `mfaCodeProvider` of the SDKs. It is accepted once, by S3 or STS, for 90 seconds by the mock's clock.
   *
   * @example
   * const { mfa } = s3.account.user('ann');
   * const mfaCodeProvider = async () => mfa.nextCode();
   */
  nextCode(): string {
    this.#checkPlace();
    return this.#device.nextCode();
  }

  /**
   * The value of `x-amz-mfa` and of the SDKs' `MFA`: serial, a space, and a code as `nextCode()` returns it, which S3 accepts once. Call it
   * as often as a test needs codes. S3 accepts only devices of root users.
   *
   * @example
   * await client.send(new PutBucketVersioningCommand({ Bucket, MFA: s3.mfa.header(), VersioningConfiguration }));
   */
  header(): string {
    this.#checkPlace();
    return this.#device.header();
  }

  /** Returns a code of the right length that S3 and STS refuse. */
  wrongCode(): string {
    this.#checkPlace();
    return this.#device.wrongCode();
  }

  /**
   * Makes S3 refuse all codes of the device with `DeviceNotActiveError`, and STS refuse them like codes of an unknown device, until
   * `activate()`.
   */
  deactivate(): void {
    this.#checkPlace();
    this.#device.deactivate();
  }

  /** Undoes `deactivate()`. */
  activate(): void {
    this.#checkPlace();
    this.#device.activate();
  }

  /** Returns the device as JSON: `serial`, `secret`, `digits`, `period` and `active`. */
  toJSON(): Required<MfaDeviceOptions> & { readonly active: boolean } {
    return #device in this ? this.#device.toJSON() : makeCopyJson(this);
  }
}

function labelOfDevice({ serial }: MfaDeviceHandle): string {
  return `MFA device '${serial}'`;
}
