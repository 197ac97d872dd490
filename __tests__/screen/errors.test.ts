import { describe, expect, it } from '@jest/globals';
import { isMissingRejection, isOfCode, withoutForms } from '../../src/screen/errors';
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

describe('an assertion that waited for a refusal', () => {
  it.each([
    ['jest', 'expect(received).rejects.toThrow()\n\nReceived promise resolved instead of rejected'],
    ['vitest', 'promise resolved "{ …(2) }" instead of rejecting'],
    ['node:assert', 'Missing expected rejection.'],
    ['bun', 'Expected promise that rejects\nReceived promise that resolved: Promise { <resolved> }'],
    ['chai-as-promised', 'expected promise to be rejected with Error but it was fulfilled with { Body: 1 }'],
    ['deno', 'Expected function to reject.'],
  ])('is known in the words of %s', (_runner, printed) => {
    expect(isMissingRejection(printed)).toBe(true);
  });

  it('is no other assertion about a promise', () => {
    expect(isMissingRejection('promise rejected "Error: x" instead of resolving')).toBe(false);
  });
});

describe('an error of the code under test', () => {
  it.each([
    ['its own error', { name: 'Error', message: 'there is no such report' }],
    ['its own class', { name: 'ReportError', message: 'there is no such report', code: 'NO_REPORT' }],
    ['a member of undefined', { name: 'TypeError', message: "Cannot read properties of undefined (reading 'map')" }],
    ['JSON that is none', { name: 'SyntaxError', message: 'Unexpected token \'h\', "hello" is not valid JSON' }],
    ['a list that is none', { name: 'TypeError', message: 'Contents is not iterable' }],
    ['a function that is none', { name: 'TypeError', message: 'report.map is not a function' }],
  ])('is %s', (_what, error) => {
    expect(isOfCode(error)).toBe(true);
  });

  it.each([
    ['an assertion', { name: 'AssertionError', message: 'expected 1 to be 2' }],
    ['an assertion of jest', { name: 'Error', message: 'expect(received).toBe(expected)' }],
    ['a wrong call', { name: 'TypeError', message: 'toHaveReceived takes the mock: expect(s3).toHaveReceived(...)' }],
    ['a matcher that is not there', { name: 'TypeError', message: 'expect(...).toHaveRead is not a function' }],
    ['an error of the library', { name: 'S3MockError', message: 'bucket vault is gone' }],
    ['a name that is not there', { name: 'ReferenceError', message: 'report is not defined' }],
    ['a program that is none', { name: 'SyntaxError', message: "Unexpected token '}'" }],
    ['an error of the client', { name: 'Error', message: 'Region is missing', isOfClient: true }],
    ['a file that is not there', { name: 'Error', message: 'ENOENT: no such file or directory', code: 'ENOENT' }],
    ['a text that was thrown', { name: '', message: 'there is no such report' }],
  ])('is not %s', (_what, error) => {
    expect(isOfCode(error)).toBe(false);
  });
});
