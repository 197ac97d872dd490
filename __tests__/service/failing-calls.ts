import { type MockS3, type MockS3Options, mockS3 } from '../../src';
import { createMock } from '../../src/faces/engine';
import { put } from '../support/objects';
import type { WireAnswer } from '../support/wire-client';

export const options: MockS3Options = {
  now: '2026-03-31T07:35:05.678Z',
  buckets: { vault: { versioning: 'Enabled', objects: { 'report.pdf': 'the report' } }, plain: {} },
};

export const lost = (call: Promise<unknown>) =>
  call.then(
    () => 'answered',
    ({ code }: NodeJS.ErrnoException) => code,
  );
export const statuses = async (calls: readonly (() => Promise<WireAnswer>)[]) => {
  const found: number[] = [];
  for (const call of calls) found.push((await call()).status);
  return found;
};

export const puts = (count: number) => Array.from({ length: count }, () => () => put('/vault/a'));

/** Makes rules of a mock outside of tests, and then runs two tests with it; `after` is outside of them again. */
export async function runTests(
  given: MockS3Options,
  makeRule: (s3: MockS3) => (test: string) => Promise<void>,
  after = async () => {},
): Promise<void> {
  const { mock, lifetime } = createMock(given, mockS3);
  await using own = mock;
  let isRunning = false;
  lifetime.setRunner({ testIsRunning: () => isRunning });
  lifetime.start();
  const play = makeRule(own);
  for (const test of ['first', 'second']) {
    lifetime.beginTest();
    isRunning = true;
    await play(test);
    isRunning = false;
  }
  await after();
}
