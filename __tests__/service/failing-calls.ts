import type { MockS3Options } from '../../src';
import { put } from '../support/objects';
import type { WireAnswer } from '../support/wire-client';

export const options: MockS3Options = {
  now: '2026-03-31T07:35:05.678Z',
  buckets: { vault: { versioning: 'Enabled', objects: { 'report.pdf': 'the report' } }, plain: {} },
};

/** The code of the error that a call without an answer fails with. */
export const lost = (call: Promise<unknown>) =>
  call.then(
    () => 'answered',
    ({ code }: NodeJS.ErrnoException) => code,
  );
/** Makes the calls one after another. Returns the status of each answer. */
export const statuses = async (calls: readonly (() => Promise<WireAnswer>)[]) => {
  const found: number[] = [];
  for (const call of calls) found.push((await call()).status);
  return found;
};

export const puts = (count: number) => Array.from({ length: count }, () => () => put('/vault/a'));
