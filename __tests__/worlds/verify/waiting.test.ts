import { afterAll, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { type Exploration, mockS3 } from '../../../src';
import { Bucket, put } from '../programs/objects';

const s3 = mockS3({ buckets: { [Bucket]: {} } });
// A way takes milliseconds, and on a busy machine a hundred times as long.
jest.setTimeout(60_000);
beforeEach(() => s3.reset());
afterAll(() => s3.stop());

async function failureOf(exploration: Exploration): Promise<string> {
  const check = () => {};
  const error: unknown = await s3
    .explore({ timeout: 60_000, check, ...exploration })
    .catch((thrown: unknown) => thrown);
  return error instanceof Error ? error.message : 'no failure';
}

/** These tests wait for seconds, because an exploration measures how long code waits. */
describe('code that waits', () => {
  it('a way that waits for a timer is named', async () => {
    const run = async () => {
      await put('report', 'text').catch(() => new Promise((resolve) => setTimeout(resolve, 4000).unref()));
    };
    const text = await failureOf({ run, failures: ['deny'], timeout: 12_000 });
    expect(text).toContain('It did not end within 2 s. Each of its requests has its answer.');
  });

  it('names the time that a run without a failure has', async () => {
    const run = () => new Promise(() => {});
    expect(await failureOf({ run, timeout: 2100 })).toContain('It did not end within 2.1 s.');
  });

  it('says that code waits for a timer for longer than a turn can', async () => {
    const late = () => new Promise((resolve) => setTimeout(resolve, 700)).then(() => put('count', '2'));
    expect(await failureOf({ run: { late, other: () => put('a', '1') } })).toMatch(
      /1 of 1 way was tried, and it holds. Before a request, the code waited 7\d\d ms for a timer or a thread/,
    );
  });
});
