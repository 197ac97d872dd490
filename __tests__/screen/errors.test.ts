import { describe, expect, it } from '@jest/globals';
import { withoutForms } from '../../src/screen/errors';
import { failedError } from '../support/failed-tests';

const compared = (expected: string, received: string) => ({
  expected: [{ name: '', value: expected }],
  received: [{ name: '', value: received }],
});

describe('an error of a runner, without what the runner adds', () => {
  it('has no colours', () => {
    expect(withoutForms(failedError('\u001b[31mred\u001b[39m')).message).toBe('red');
  });

  it.each([
    ['undefined', '"ann"', 'ann'],
    ['2026-01-31T12:00:00.000Z', '"2026-01-31"', '2026-01-31'],
    ['Buffer [\n  1,\n]', '"say \\"hi\\""', 'say "hi"'],
    ['7', '"7"', '7'],
  ])('has the text that vitest compared with %s', (other, printed, text) => {
    expect(withoutForms(failedError({ message: 'm', compared: compared(printed, other) })).compared).toEqual(
      compared(text, other),
    );
  });

  it('keeps the quotation marks of a text that was compared with a text', () => {
    const given = compared('"abc"', 'abc');
    expect(withoutForms(failedError({ message: 'm', compared: given })).compared).toEqual(given);
  });
});
