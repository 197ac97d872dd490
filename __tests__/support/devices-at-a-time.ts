import { createHmac } from 'node:crypto';
import { MfaDevice, type MfaDeviceOptions } from '../../src/model/identity/mfa-device';

// The secret of RFC 6238's vectors, '12345678901234567890', in base32.
const secret = 'GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ';
export const start = Date.UTC(2026, 0, 31, 10, 0, 5);

export function deviceAt(time: number, options: Partial<MfaDeviceOptions> = {}) {
  const clock = { time };
  const device = new MfaDevice({ serial: 'GAHT12345678', secret, ...options }, () => clock.time);
  const advance = (seconds: number) => {
    clock.time += seconds * 1000;
  };
  return { device, advance, set: (moment: number) => advance((moment - clock.time) / 1000) };
}

/** The code of a time step as RFC 6238 defines it, with no code of the device. */
export function codeOfStep(step: number, digits = 6): string {
  const counter = Buffer.alloc(8);
  counter.writeBigUInt64BE(BigInt(step));
  const hash = createHmac('sha1', '12345678901234567890').update(counter).digest();
  const offset = (hash.at(-1) ?? 0) & 15;
  return String((hash.readUInt32BE(offset) & 0x7fffffff) % 10 ** digits).padStart(digits, '0');
}

/** The code of a value of `x-amz-mfa`. */
export const codeIn = (header: string): string => header.split(' ')[1] ?? '';
