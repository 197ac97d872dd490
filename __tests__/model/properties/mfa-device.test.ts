import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { codeIn, codeOfStep, deviceAt, start } from '../../support/devices-at-a-time';
import { runs } from '../../support/runs';

/** The rules of a device once more, as plainly as can be: what was done, and no state beside it. */
class NaiveDevice {
  readonly #returned: { readonly code: string; readonly at: number }[] = [];
  readonly #accepted: string[] = [];
  isActive = true;

  constructor(public time: number) {}

  noteHeader(code: string): void {
    this.#returned.push({ code, at: this.time });
  }

  isNew(code: string): boolean {
    return !this.#accepted.includes(code) && this.#returned.every((one) => one.code !== code);
  }

  accepts(code: string): boolean {
    const returned = this.#returned.find((one) => one.code === code);
    const shown = [-1, 0, 1].map((offset) => codeOfStep(Math.floor(this.time / 30_000) + offset));
    const inTime = returned ? this.time >= returned.at && this.time - returned.at < 90_000 : shown.includes(code);
    const accepts = this.isActive && inTime && !this.#accepted.includes(code);
    if (accepts) this.#accepted.push(code);
    return accepts;
  }
}

describe('any sequence of calls on a device', () => {
  type Step =
    | { readonly do: 'header' | 'wrong' | 'switch' }
    | { readonly do: 'show'; readonly offset: number }
    | { readonly do: 'send'; readonly which: number }
    | { readonly do: 'advance'; readonly seconds: number };
  const steps: fc.Arbitrary<Step> = fc.oneof(
    { weight: 6, arbitrary: fc.constant({ do: 'header' as const }) },
    { weight: 1, arbitrary: fc.record({ do: fc.constantFrom('wrong' as const, 'switch' as const) }) },
    { weight: 3, arbitrary: fc.record({ do: fc.constant('show' as const), offset: fc.integer({ min: -3, max: 6 }) }) },
    { weight: 6, arbitrary: fc.record({ do: fc.constant('send' as const), which: fc.nat({ max: 100 }) }) },
    {
      weight: 3,
      arbitrary: fc.record({ do: fc.constant('advance' as const), seconds: fc.integer({ min: -40, max: 100 }) }),
    },
  );

  // F17
  it('accepts the codes that a naive model accepts, and returns new ones', () => {
    void fc.assert(
      fc.property(fc.array(steps, { maxLength: 60 }), (history) => {
        const { device, advance } = deviceAt(start);
        const naive = new NaiveDevice(start);
        /** All codes that were seen, to be sent in any order and more than once. */
        const seen = [device.code()];
        for (const step of history) {
          if (step.do === 'advance') {
            advance(step.seconds);
            naive.time += step.seconds * 1000;
          } else if (step.do === 'switch') {
            naive.isActive = !naive.isActive;
            if (naive.isActive) device.activate();
            else device.deactivate();
          } else if (step.do === 'header') {
            const code = codeIn(device.header());
            expect(naive.isNew(code)).toBe(true);
            naive.noteHeader(code);
            seen.push(code);
          } else if (step.do === 'wrong') {
            expect(device.verify(device.wrongCode()).accepted).toBe(false);
          } else {
            const shown = step.do === 'show' ? codeOfStep(Math.floor(naive.time / 30_000) + step.offset) : undefined;
            const code = shown ?? seen[step.do === 'send' ? step.which % seen.length : 0] ?? '';
            seen.push(code);
            expect(device.verify(code).accepted).toBe(naive.accepts(code));
          }
        }
      }),
      runs(500),
    );
  });
});
