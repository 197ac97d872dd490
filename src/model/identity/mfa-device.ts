import { authenticator } from 'otplib';

/** The options of an MFA device. */
export interface MfaDeviceOptions {
  /** The text before the code in `x-amz-mfa`: the serial number of a hardware device, or the ARN of a virtual one. */
  readonly serial: string;
  /** The shared secret in base32. */
  readonly secret: string;
  /** The number of digits of a code. Default 6. */
  readonly digits?: number;
  /** The number of seconds for which the device shows a code. Default 30. */
  readonly period?: number;
}

/** All that changes in a device. A change replaces the record, so that snapshots share it. */
export interface MfaDeviceState {
  /** The number of time steps by which the device is ahead of the clock. */
  readonly drift: number;
  /** The time steps whose codes `header()` returned. */
  readonly handedOut: ReadonlySet<number>;
  /** The time steps whose codes were accepted, each with the moment. */
  readonly accepted: ReadonlyMap<number, number>;
}

/** The service's verdict on a code. */
type MfaVerdict = { readonly accepted: true } | { readonly accepted: false; readonly why: string };

/**
 * An MFA device: shows one-time codes (TOTP, RFC 6238) by the mock's clock. The service accepts the code of each time step once, from
 * the step before the clock's to the one after the device's own. `header()` moves the device ahead if the code was used.
 */
export class MfaDevice {
  readonly serial: string;
  readonly secret: string;
  readonly digits: number;
  readonly period: number;
  readonly #now: () => number;
  readonly #codes = new Map<number, string>();
  #state: MfaDeviceState = { drift: 0, handedOut: new Set(), accepted: new Map() };

  constructor(options: MfaDeviceOptions, now: () => number) {
    const { serial, secret, digits = 6, period = 30 } = options;
    this.serial = readSerial(serial);
    this.secret = readSecret(secret);
    this.digits = readCount('digits', digits, 6, 10);
    this.period = readCount('period', period, 1, 3600);
    this.#now = now;
  }

  /** The code that the device shows now, used or not. */
  code(): string {
    return this.#codeAt(this.#clockStep() + this.#state.drift);
  }

  /** The value of `x-amz-mfa` and the SDKs' `MFA`: serial, a space, and a code that was neither handed out nor used before. */
  header(): string {
    const { drift, handedOut, accepted } = this.#state;
    let step = this.#clockStep() + drift;
    while (handedOut.has(step) || accepted.has(step)) step += 1;
    this.#state = { ...this.#state, drift: step - this.#clockStep(), handedOut: new Set(handedOut).add(step) };
    return `${this.serial} ${this.#codeAt(step)}`;
  }

  /** A code of the right length that the service refuses. */
  wrongCode(): string {
    const right = new Set(this.#window().map((step) => this.#codeAt(step)));
    for (let number = 0; ; number += 1) {
      const code = String(number).padStart(this.digits, '0');
      if (!right.has(code)) return code;
    }
  }

  /** The service's verdict on a code. An accepted code does not work again. */
  verify(code: string): MfaVerdict {
    const steps = this.#window().filter((step) => this.#codeAt(step) === code);
    const { accepted } = this.#state;
    const fresh = steps.find((step) => !accepted.has(step));
    if (fresh !== undefined) {
      this.#state = { ...this.#state, accepted: new Map(accepted).set(fresh, this.#now()) };
      return { accepted: true };
    }
    const [spent] = steps;
    return {
      accepted: false,
      why:
        spent === undefined ? this.#whyWrong(code) : `the code ${code} was accepted before, at ${this.#timeOf(spent)}`,
    };
  }

  get state(): MfaDeviceState {
    return this.#state;
  }

  restore(state: MfaDeviceState): void {
    this.#state = state;
  }

  #whyWrong(code: string): string {
    const now = new Date(this.#now()).toISOString().slice(11, 19);
    if (code.length !== this.digits)
      return `the code ${code} has ${code.length} characters, and those of ${this.serial} have ${this.digits}`;
    return `the code ${code} is not one that ${this.serial} shows within a step of ${now}; its current one is ${this.code()}`;
  }

  #timeOf(step: number): string {
    return new Date(this.#state.accepted.get(step) ?? 0).toISOString().slice(11, 19);
  }

  #clockStep(): number {
    return Math.floor(this.#now() / (this.period * 1000));
  }

  #window(): readonly number[] {
    const first = this.#clockStep() - 1;
    const last = Math.max(this.#clockStep(), this.#clockStep() + this.#state.drift) + 1;
    return Array.from({ length: last - first + 1 }, (_, index) => first + index);
  }

  #codeAt(step: number): string {
    const known = this.#codes.get(step);
    if (known !== undefined) return known;
    const epoch = step * this.period * 1000;
    const code = authenticator.clone({ epoch, step: this.period, digits: this.digits }).generate(this.secret);
    this.#codes.set(step, code);
    return code;
  }
}

function readSerial(serial: string): string {
  if (typeof serial === 'string' && serial !== '' && !/\s/.test(serial)) return serial;
  throw new TypeError(
    `not a serial number of an MFA device: ${String(serial)}. Give text without spaces, such as 'GAHT12345678' or the ARN of a virtual device.`,
  );
}

function readSecret(secret: string): string {
  if (typeof secret === 'string' && /^[A-Z2-7]{2,}=*$/.test(secret)) return secret;
  throw new TypeError(
    `not a secret of an MFA device: ${String(secret)}. Give base32, capital letters and 2 to 7, such as 'JBSWY3DPEHPK3PXP'.`,
  );
}

function readCount(name: string, count: number, least: number, most: number): number {
  if (Number.isInteger(count) && count >= least && count <= most) return count;
  throw new TypeError(`${name} of an MFA device: ${String(count)}. Give a whole number from ${least} to ${most}.`);
}
