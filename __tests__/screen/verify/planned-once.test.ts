import { afterEach, beforeEach, expect, it } from '@jest/globals';
import { createMock } from '../../../src/faces/engine';
import { mockS3 } from '../../../src/index';
import type { MockControl } from '../../../src/mock/create-mock';
import type { MockS3 } from '../../../src/mock/mock-s3';
import { readFailedErrors } from '../../../src/thrown-errors';
import { CallCounter } from '../../screens/counted-calls';

let control: MockControl;
let s3: MockS3;

const times = { Expiration: { Days: 90 }, Transitions: [{ Days: 30, StorageClass: 'GLACIER' }] } as const;
const lifecycle = { Rules: [{ ID: 'old', Status: 'Enabled', Filter: {}, ...times }] } as const;
const objects = Object.fromEntries(['a', 'b', 'c', 'd', 'e', 'f'].map((key) => [key, 'text']));

beforeEach(async () => {
  const options = { now: '2026-03-01T12:00:00Z', buckets: { logs: { lifecycle, objects } } } as const;
  control = createMock(options, mockS3);
  control.lifetime.start();
  s3 = control.mock;
  s3.clock.advance({ days: 1 });
  await fetch('https://logs.s3.amazonaws.com/');
});
afterEach(async () => {
  await s3.stop();
  control.lifetime.restoreEnvironment();
});

function caughtOf(act: () => void): unknown {
  try {
    act();
  } catch (error) {
    return error;
  }
  return undefined;
}

/** How often the rules are carried out to their end, to explain an assertion. */
function countPlans(check: () => void): number {
  const errors = readFailedErrors([caughtOf(check)], String);
  const counter = new CallCounter();
  const calls = counter.countCalls(() => control.lifetime.explain({ errors, isConcurrent: false, isTimedOut: false }));
  counter.stop();
  return [...calls].find(([place]) => place.startsWith('preset/plans lookAhead '))?.[1] ?? 0;
}

// A plan carries out the rules for each object of the bucket.
it.each<[string, number, () => void]>([
  ['once for all keys that they leave', 1, () => expect(s3.bucket('logs').keys).toEqual([])],
  ['once for all keys that they have not moved', 1, () => expect('STANDARD').toBe('GLACIER')],
  ['never for a class to which no rule moves', 0, () => expect('STANDARD').toBe('DEEP_ARCHIVE')],
])('the rules of a bucket are planned %s', (_name, plans, check) => {
  expect(countPlans(check)).toBe(plans);
});
