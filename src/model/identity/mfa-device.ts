import { type Call, call } from '../../text/calls';
import { counted } from '../../text/counts';
import { invalidValue } from '../../text/invalid-value';
import { clause, type Said, say } from '../../text/reason';
import { SharedMap } from '../shared-map';
import type { OnTouch } from '../touches';

/** The options of an MFA device. */
export interface MfaDeviceOptions {
  /** The text before the code in `x-amz-mfa`: the serial number of a hardware device, or the ARN of a virtual device. */
  readonly serial: string;
  /** The shared secret in base32. */
  readonly secret: string;
  /** The number of digits of a code. Default 6. */
  readonly digits?: number;
  /** The number of seconds for which the device shows a code. Default 30. */
  readonly period?: number;
}

/** The part of a device that changes. */
export interface MfaDeviceState {
  readonly active: boolean;
  /** The time steps of the codes that `nextCode()` and `header()` returned, each with the moment. */
  readonly handedOut: ReadonlyMap<number, number>;
  /** The time steps of the codes that were accepted, each with the moment. */
  readonly accepted: ReadonlyMap<number, number>;
}

/** The steps of a device by their codes, so that a code is found at once. The device returns no code twice. */
interface StepsByCode {
  readonly handedOut: Map<string, number>;
  readonly accepted: Map<string, number>;
  searched?: { readonly first: number; readonly last: number };
}

export type MfaVerdict =
  | { readonly accepted: true }
  | { readonly accepted: false; readonly refusal: 'MfaCodeInvalid' | 'MfaDeviceNotActive'; readonly why: Said };

/** The milliseconds for which the service accepts a code that `header()` returned (F17). */
const lifeOfHeader = 90_000;
const remembered = 10_000;
const century = 3_155_760_000;

/**
 * An MFA device, which shows one-time codes (TOTP, RFC 6238) by the mock's clock. The service accepts the code of each time step once. It
 * accepts the code of the present step, of the step before and of the step after. If `header()` returned the code, the service accepts it
 * for 90 seconds from then.
 */
export class MfaDevice {
  readonly serial: string;
  readonly secret: string;
  readonly digits: number;
  readonly period: number;
  readonly #now: () => number;
  readonly #report: OnTouch;
  readonly #codes = new Map<number, string>();
  #active = true;
  readonly #handedOut = new SharedMap<number, number>();
  readonly #accepted = new SharedMap<number, number>();
  /** Is undefined after a restore, until the steps are needed. */
  #steps: StepsByCode | undefined;

  constructor(options: MfaDeviceOptions, now: () => number, report: OnTouch = () => {}) {
    const { serial, secret, digits = 6, period = 30 } = options;
    this.serial = readSerial(serial);
    this.secret = readSecret(secret);
    this.digits = readCount('digits', digits, 6, 10);
    this.period = readCount('period', period, 1, 3600);
    this.#now = now;
    this.#report = report;
  }

  get active(): boolean {
    return this.#active;
  }

  /** The same device with another clock. Codes that one of them accepts do not count for the other. */
  copy(now: () => number, report?: OnTouch): MfaDevice {
    const copy = new MfaDevice(this, now, report);
    copy.restore(this.state);
    return copy;
  }

  toJSON(): Required<MfaDeviceOptions> & { readonly active: boolean } {
    const { serial, secret, digits, period, active } = this;
    return { serial, secret, digits, period, active };
  }

  /** Returns the code that the device shows now, even if the code was used. */
  code(): string {
    return this.#codeAt(this.#clockStep());
  }

  /** Returns a code that was neither returned nor used before. */
  nextCode(): string {
    const step = this.#freeStep();
    const code = this.#codeAt(step);
    this.#stepsByCode().handedOut.set(code, step);
    this.#handedOut.set(step, this.#now());
    return code;
  }

  /** The value of `x-amz-mfa` and the SDKs' `MFA`: the serial, a space, and a code that was neither returned nor used before. */
  header(): string {
    return `${this.serial} ${this.nextCode()}`;
  }

  /** Returns a code of the right length that the service refuses. `header()` does not return it either. */
  wrongCode(): string {
    const window = this.#window().map((step) => this.#codeAt(step));
    for (let number = 0; ; number += 1) {
      const code = String(number).padStart(this.digits, '0');
      if (!this.#isTaken(code) && !window.includes(code)) return code;
    }
  }

  /**
   * Returns the verdict of S3 or STS on a code. An accepted code does not work again at either of them. `source` is the call that returns
   * right codes.
   */
  verify(code: string, source: Call = call('s3.mfa.header()', {})): MfaVerdict {
    // A code that is refused also depends on the codes that were accepted before.
    const part = { device: this.serial };
    this.#report({ part, isWrite: false });
    if (!this.#active) {
      const why = `${this.serial} was deactivated, and its codes are not accepted until it is activated again`;
      return { accepted: false, refusal: 'MfaDeviceNotActive', why };
    }
    const step = this.#validSteps(code).find((one) => this.#codeAt(one) === code && !this.#accepted.has(one));
    if (step === undefined) return { accepted: false, refusal: 'MfaCodeInvalid', why: this.#whyInvalid(code, source) };
    this.#report({ part, isWrite: true });
    this.#stepsByCode().accepted.set(code, step);
    this.#accepted.set(step, this.#now());
    return { accepted: true };
  }

  deactivate(): void {
    this.#active = false;
  }

  activate(): void {
    this.#active = true;
  }

  get state(): MfaDeviceState {
    return { active: this.#active, handedOut: this.#handedOut.state, accepted: this.#accepted.state };
  }

  restore({ active, handedOut, accepted }: MfaDeviceState): void {
    this.#active = active;
    this.#handedOut.restore(handedOut);
    this.#accepted.restore(accepted);
    this.#steps = undefined;
  }

  /**
   * Returns a free step. If the clock's code is taken, the step is a hundred years ahead: no device shows that code during a test. So it
   * does not take a code from an authenticator that has the same secret.
   */
  #freeStep(): number {
    const now = this.#clockStep();
    const others = this.#window().filter((step) => step !== now);
    const further = [...others.map((step) => this.#codeAt(step)), this.wrongCode()];
    const isFree = (code: string) => !this.#isTaken(code) && !further.includes(code);
    if (isFree(this.#codeAt(now))) return now;
    const steps = this.#stepsByCode();
    const first = now + Math.floor(century / this.period);
    // The steps from `first` to the step that was found last are taken, so the search goes on behind them.
    let step = steps.searched?.first === first ? steps.searched.last : first;
    while (!isFree(this.#codeAt(step))) step += 1;
    steps.searched = { first, last: step };
    return step;
  }

  #whyInvalid(code: string, source: Call): Said {
    const steps = this.#stepsByCode();
    if (code.length !== this.digits)
      return `the code ${code} has ${counted(code.length, 'character')}, and the codes of ${this.serial} have ${this.digits}${this.#noteOnZeros(code)}`;
    const used = steps.accepted.get(code);
    if (used !== undefined) {
      const next = (this.#clockStep() + 1) * this.period * 1000;
      const shown =
        used === this.#clockStep()
          ? say`${clause`, which gives another at once`}; the device by itself shows the used code until ${timeOf(next)}`
          : '';
      return say`the code ${code} was already accepted at ${timeOf(this.#accepted.get(used))}; each code works only once${askFor(source)}${shown}`;
    }
    const old = steps.handedOut.get(code);
    if (old !== undefined)
      return say`the code ${code} was generated at ${timeOf(this.#handedOut.get(old))} and is valid for 90 seconds; the mock's clock is at ${timeOf(this.#now())}${askFor(source)}`;
    return say`${this.serial} does not show the code ${code} within a step of ${new Date(this.#now()).toISOString()}, the time of the clock of the mock; its current code is ${this.code()}${this.#noteOnUse(source)}`;
  }

  /** A number has no zeros at its beginning. */
  #noteOnZeros(code: string): string {
    const whole = code.padStart(this.digits, '0');
    const isShown =
      this.#window().some((step) => this.#codeAt(step) === whole) || this.#stepsByCode().handedOut.has(whole);
    return code !== '' && isShown
      ? `; the device shows ${whole}: a code is a text, and a number has lost the 0 at its beginning`
      : '';
  }

  #noteOnUse(source: Call): Said {
    const at = this.#accepted.get(this.#clockStep());
    return at === undefined
      ? ''
      : say`, which was already accepted at ${timeOf(at)} and works only once${clause`; for another code: ${source}`}`;
  }

  #clockStep(): number {
    return Math.floor(this.#now() / (this.period * 1000));
  }

  /** The steps with codes that the service accepts, as far as this code can be among them. */
  #validSteps(code: string): readonly number[] {
    const inWindow = this.#window().filter((step) => !this.#handedOut.has(step));
    const step = this.#stepsByCode().handedOut.get(code);
    const at = step === undefined ? undefined : this.#handedOut.get(step);
    const now = this.#now();
    return step !== undefined && at !== undefined && at <= now && now < at + lifeOfHeader
      ? [...inWindow, step]
      : inWindow;
  }

  #isTaken(code: string): boolean {
    const { handedOut, accepted } = this.#stepsByCode();
    return handedOut.has(code) || accepted.has(code);
  }

  #stepsByCode(): StepsByCode {
    const byCode = (steps: SharedMap<number, number>) =>
      new Map([...steps.keys()].map((step) => [this.#codeAt(step), step]));
    this.#steps ??= { handedOut: byCode(this.#handedOut), accepted: byCode(this.#accepted) };
    return this.#steps;
  }

  #window(): readonly number[] {
    const step = this.#clockStep();
    return [step - 1, step, step + 1];
  }

  #codeAt(step: number): string {
    const known = this.#codes.get(step);
    if (known !== undefined) return known;
    const epoch = step * this.period * 1000;
    const code = authenticator().clone({ epoch, step: this.period, digits: this.digits }).generate(this.secret);
    if (this.#codes.size >= remembered) this.#codes.clear();
    this.#codes.set(step, code);
    return code;
  }
}

function timeOf(moment = 0): string {
  return new Date(moment).toISOString().slice(11, 19);
}

function readSerial(serial: string): string {
  if (typeof serial === 'string' && serial !== '' && !/\s/.test(serial)) return serial;
  const right = "text without spaces, such as 'GAHT12345678' or the ARN of a virtual device";
  throw invalidValue('MFA device', 'serial number', serial, right);
}

function readSecret(secret: string): string {
  if (typeof secret === 'string' && /^[A-Z2-7]{2,}=*$/.test(secret)) return secret;
  throw invalidValue('MFA device', 'secret', secret, "base32, capital letters and 2 to 7, such as 'JBSWY3DPEHPK3PXP'");
}

function readCount(name: string, count: number, least: number, most: number): number {
  if (Number.isInteger(count) && count >= least && count <= most) return count;
  throw invalidValue('MFA device', name, count, `a whole number from ${least} to ${most}`);
}

/** Loaded with the first code, since most tests have none. */
function authenticator() {
  return (require('otplib') as typeof import('otplib')).authenticator;
}

function askFor(source: Call): Said {
  return clause`, so get another code: ${source}`;
}
