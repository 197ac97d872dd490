import { inspect } from 'node:util';
import { describe, expect, it } from '@jest/globals';
import type { MfaDeviceOptions, MfaVerdict } from '../../../src/model/identity/mfa-device';
import { codeIn, codeOfStep, deviceAt, start } from '../../support/devices-at-a-time';

/** As a test reads it. */
function read(verdict: MfaVerdict): object {
  return verdict.accepted ? verdict : { ...verdict, why: String(verdict.why) };
}

describe('the code of a device', () => {
  // https://www.rfc-editor.org/rfc/rfc6238#appendix-B
  it.each`
    seconds        | code
    ${59}          | ${'94287082'}
    ${1111111109}  | ${'07081804'}
    ${1111111111}  | ${'14050471'}
    ${1234567890}  | ${'89005924'}
    ${2000000000}  | ${'69279037'}
    ${20000000000} | ${'65353130'}
  `("$seconds seconds after 1970 is RFC 6238's $code", ({ seconds, code }) => {
    expect(deviceAt(Number(seconds) * 1000, { digits: 8 }).device.code()).toBe(code);
  });

  it('stays the same for its whole step and changes with the next', () => {
    const { device, advance } = deviceAt(1_800_000_000_000);
    const first = device.code();
    advance(29.999);
    expect(device.code()).toBe(first);
    advance(0.001);
    expect(device.code()).toBe(codeOfStep(60_000_001));
  });

  it.each`
    digits | period | code
    ${6}   | ${30}  | ${codeOfStep(Math.floor(start / 30_000))}
    ${8}   | ${30}  | ${codeOfStep(Math.floor(start / 30_000), 8)}
    ${6}   | ${60}  | ${codeOfStep(Math.floor(start / 60_000))}
    ${7}   | ${1}   | ${codeOfStep(Math.floor(start / 1000), 7)}
  `('has $digits digits for $period seconds', ({ digits, period, code }) => {
    const { device } = deviceAt(start, { digits: Number(digits), period: Number(period) });
    expect(device.code()).toBe(code);
    expect({ digits: device.digits, period: device.period }).toEqual({ digits, period });
    expect(device.verify(device.code())).toEqual({ accepted: true });
  });

  it.each([[0], [10_000]])('has a value near 1970, at %d ms', (time) => {
    const { device } = deviceAt(time);
    expect(device.code()).toBe('755224');
    expect(device.verify(codeIn(device.header()))).toEqual({ accepted: true });
  });
});

describe('header', () => {
  const step = Math.floor(start / 30_000);

  it('is the serial, a space, and the code that the device shows', () => {
    const { device } = deviceAt(start);
    expect(device.header()).toBe(`GAHT12345678 ${codeOfStep(step)}`);
    expect(device.code()).toBe(codeOfStep(step));
  });

  it('takes the codes of the years to come if that of the step was handed out, and the device does not move', () => {
    const { device } = deviceAt(start);
    const ahead = step + 105_192_000;
    const codes = [device.header(), device.header(), device.header()].map(codeIn);
    expect(codes).toEqual([codeOfStep(step), codeOfStep(ahead), codeOfStep(ahead + 1)]);
    expect(device.code()).toBe(codeOfStep(step));
  });

  it('skips a code that was used but not handed out', () => {
    const { device } = deviceAt(start);
    const code = device.code();
    device.verify(code);
    const next = codeIn(device.header());
    expect(next).not.toBe(code);
    expect(device.verify(next)).toEqual({ accepted: true });
  });

  it('hands out no code twice, even if the clock goes back', () => {
    const { device, advance } = deviceAt(start);
    const before = [device.header(), device.header()];
    advance(-60);
    const after = [device.header(), device.header(), device.header()];
    expect(new Set([...before, ...after]).size).toBe(5);
  });

  // F17
  it('hands out a thousand codes at one moment, each of which is accepted once, in any order', () => {
    const { device } = deviceAt(start);
    const wrong = device.wrongCode();
    const codes = Array.from({ length: 1000 }, () => codeIn(device.header()));
    expect(new Set(codes).size).toBe(1000);
    expect(codes).not.toContain(wrong);
    for (const code of codes.toReversed()) {
      expect(device.verify(code)).toEqual({ accepted: true });
      expect(device.verify(code).accepted).toBe(false);
    }
  });

  // F17
  it('takes no code from an authenticator that shows later ones', () => {
    const { device, advance } = deviceAt(start);
    for (let count = 0; count < 20; count += 1) device.verify(codeIn(device.header()));
    for (let later = 1; later <= 20; later += 1) {
      advance(30);
      expect(device.code()).toBe(codeOfStep(step + later));
      expect(device.verify(device.code())).toEqual({ accepted: true });
    }
  });
});

describe('the service', () => {
  const step = Math.floor(start / 30_000);

  it.each`
    which                      | offset | accepted
    ${'two steps before'}      | ${-2}  | ${false}
    ${'the step before'}       | ${-1}  | ${true}
    ${'the step of the clock'} | ${0}   | ${true}
    ${'the step after'}        | ${1}   | ${true}
    ${'two steps after'}       | ${2}   | ${false}
  `('answers the code of $which with accepted: $accepted', ({ offset, accepted }) => {
    const { device } = deviceAt(start);
    expect(device.verify(codeOfStep(step + Number(offset))).accepted).toBe(accepted);
  });

  it('accepts the same codes however many header handed out', () => {
    const { device } = deviceAt(start);
    for (let count = 0; count < 20; count += 1) device.header();
    const offsets = [-2, -1, 1, 2, 20, 21];
    const accepted = offsets.filter((offset) => device.verify(codeOfStep(step + offset)).accepted);
    expect(accepted).toEqual([-1, 1]);
  });

  it('accepts a code once, and then says when it was accepted', () => {
    const { device, advance } = deviceAt(start);
    const code = device.code();
    expect(device.verify(code)).toEqual({ accepted: true });
    for (const seconds of [20, 600]) {
      advance(seconds);
      expect(read(device.verify(code))).toEqual({
        accepted: false,
        refusal: 'MfaCodeInvalid',
        why: `the code ${code} was already accepted at 10:00:05; each code works only once, so get another code: s3.mfa.header()${seconds === 20 ? ', which gives another at once; the device by itself shows the used code until 10:00:30' : ''}`,
      });
    }
  });

  it.each<{ seconds: number; accepted: boolean }>`
    seconds   | accepted
    ${-0.001} | ${false}
    ${0}      | ${true}
    ${60}     | ${true}
    ${89.999} | ${true}
    ${90}     | ${false}
    ${300}    | ${false}
  `('$seconds seconds after header() returned them, accepts its codes: $accepted', ({ seconds, accepted }) => {
    const { device, advance } = deviceAt(start);
    const codes = Array.from({ length: 12 }, () => codeIn(device.header()));
    advance(seconds);
    expect(codes.map((code) => device.verify(code).accepted)).toEqual(codes.map(() => accepted));
  });

  it('refuses an unused code after its time, and says when it was returned', () => {
    const { device, advance } = deviceAt(start);
    const code = codeIn(device.header());
    advance(90);
    expect(read(device.verify(code))).toEqual({
      accepted: false,
      refusal: 'MfaCodeInvalid',
      why: `the code ${code} was generated at 10:00:05 and is valid for 90 seconds; the mock's clock is at 10:01:35, so get another code: s3.mfa.header()`,
    });
  });

  it('refuses a code of another time, and says that the right one was used', () => {
    const { device } = deviceAt(start);
    device.verify(device.code());
    expect(read(device.verify(codeOfStep(step - 2)))).toMatchObject({
      why: expect.stringMatching(
        /its current code is \d{6}, which was already accepted at 10:00:05 and works only once; for another code: s3\.mfa\.header\(\)$/,
      ),
    });
  });

  it('refuses a code of another time, and says which is right', () => {
    const { device } = deviceAt(start);
    const code = codeOfStep(step - 2);
    expect(read(device.verify(code))).toEqual({
      accepted: false,
      refusal: 'MfaCodeInvalid',
      why: `GAHT12345678 does not show the code ${code} within a step of 2026-01-31T10:00:05.000Z, the time of the clock of the mock; its current code is ${codeOfStep(step)}`,
    });
  });

  it.each([[''], ['12345'], ['1234567'], ['12 456789']])('refuses %j for its length', (code) => {
    const { device } = deviceAt(start);
    expect(read(device.verify(code))).toEqual({
      accepted: false,
      refusal: 'MfaCodeInvalid',
      why: `the code ${code} has ${code.length} characters, and the codes of GAHT12345678 have 6`,
    });
  });

  it.each([['abcdef'], ['٣٣٣٣٣٣'], ['-12345'], ['+12345'], ['1e9999']])('refuses %j', (code) => {
    expect(deviceAt(start).device.verify(code).accepted).toBe(false);
  });
});

// F203
describe('a device that is deactivated', () => {
  it('has its codes refused, right and wrong ones, and shows them still', () => {
    const { device } = deviceAt(start);
    device.deactivate();
    device.deactivate();
    for (const code of [codeIn(device.header()), device.code(), device.wrongCode(), 'abcdef', '']) {
      expect(read(device.verify(code))).toEqual({
        accepted: false,
        refusal: 'MfaDeviceNotActive',
        why: 'GAHT12345678 was deactivated, and its codes are not accepted until it is activated again',
      });
    }
  });

  it('has no code used up, and has it accepted once it is active again', () => {
    const { device } = deviceAt(start);
    const code = codeIn(device.header());
    device.deactivate();
    device.verify(code);
    device.activate();
    device.activate();
    expect(device.verify(code)).toEqual({ accepted: true });
  });
});

describe('a wrong code', () => {
  it('is refused, has the length of a right one, and uses up no code', () => {
    for (let step = 0; step < 200; step += 1) {
      const { device } = deviceAt(start + step * 30_000);
      expect(device.wrongCode()).toMatch(/^\d{6}$/);
      expect(device.verify(device.wrongCode()).accepted).toBe(false);
      expect(device.verify(device.code()).accepted).toBe(true);
    }
  });

  it.each([[-1], [0], [1]])('is not 000000 if that is right %d steps from the clock', (offset) => {
    const step = 59_995_833;
    expect(codeOfStep(step)).toBe('000000');
    const { device } = deviceAt((step - offset) * 30_000);
    expect(device.wrongCode()).toBe('000001');
  });

  it('stays refused whatever header hands out afterwards', () => {
    const { device } = deviceAt(start);
    const wrong = device.wrongCode();
    for (let count = 0; count < 20; count += 1) device.header();
    expect(device.wrongCode()).toBe(wrong);
    expect(device.verify(wrong).accepted).toBe(false);
  });

  it('has the digits of its device', () => {
    expect(deviceAt(start, { digits: 8 }).device.wrongCode()).toMatch(/^\d{8}$/);
  });
});

describe('the state of a device', () => {
  it('is restored without the codes handed out and used since', () => {
    const { device } = deviceAt(start);
    device.verify(codeIn(device.header()));
    const { state } = device;
    const next = device.header();
    device.verify(codeIn(next));
    device.restore(state);
    expect(device.header()).toBe(next);
    expect(device.verify(codeIn(next))).toEqual({ accepted: true });
    expect(device.verify(codeOfStep(Math.floor(start / 30_000))).accepted).toBe(false);
  });

  it('does not change with the device, and can be restored twice', () => {
    const { device } = deviceAt(start);
    const { state } = device;
    const first = device.header();
    device.verify(codeIn(first));
    device.restore(state);
    device.verify(codeIn(device.header()));
    device.restore(state);
    expect(device.header()).toBe(first);
    expect(state).toEqual({ active: true, handedOut: new Map(), accepted: new Map() });
  });
});

it.each([
  { digits: 6, period: 1 },
  { digits: 10, period: 3600 },
])('the options of a device may be at their ends: %j', (options) => {
  const { digits, period } = deviceAt(start, options).device;
  expect({ digits, period }).toEqual(options);
});

describe('impossible options of a device', () => {
  it.each<[name: string, option: keyof MfaDeviceOptions, values: readonly unknown[], right: string]>([
    [
      'serial number',
      'serial',
      ['', 'GAHT 1', 7],
      "text without spaces, such as 'GAHT12345678' or the ARN of a virtual device",
    ],
    ['secret', 'secret', ['secret', 'JBSW1', '', 22], "base32, capital letters and 2 to 7, such as 'JBSWY3DPEHPK3PXP'"],
    ['digits', 'digits', [5, 11, 6.5, '6'], 'a whole number from 6 to 10'],
    ['period', 'period', [0, 3601], 'a whole number from 1 to 3600'],
  ])('throw a TypeError for each %s: %s %j', (name, option, values, right) => {
    for (const value of values)
      expect(() => deviceAt(start, { [option]: value } as Partial<MfaDeviceOptions>)).toThrow(
        new TypeError(`MFA device: invalid ${name} ${inspect(value)}; expected ${right}`),
      );
  });
});
