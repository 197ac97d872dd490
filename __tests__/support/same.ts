import { isDeepStrictEqual } from 'node:util';
import { expect } from '@jest/globals';

/** Compares two values. That is fast; describing the difference is not. */
export function expectSame(actual: unknown, expected: unknown): void {
  if (!isDeepStrictEqual(actual, expected)) expect(actual).toEqual(expected);
}
