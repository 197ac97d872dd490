import { untilHook } from '../border/importing';
import { createMock } from '../faces/engine';
import { endImporting, refuseWhileImporting } from '../faces/importing';
import type { MockControl } from '../mock/create-mock';
import type { MockS3 } from '../mock/mock-s3';
import type { MockS3Options } from '../mock/options';
import { S3MockError } from '../s3-mock-error';
import { type BunModule, explainFailuresOfBun } from './bun-tests';
import { throwInsideTest } from './file-mocks';
import { TurnsByHooks } from './hook-turns';
import { matchers, type S3Matchers } from './matchers';

export * from '../index';

declare module 'bun:test' {
  interface Matchers<T = unknown> extends S3Matchers<void, T> {}
}

/** The part of `bun:test` that this entry calls. Only bun has the module. */
interface BunTest extends BunModule {
  readonly expect: { extend(matchers: object): void };
  beforeAll(hook: () => unknown): void;
  beforeEach(hook: () => unknown): void;
  afterEach(hook: () => unknown): void;
  afterAll(hook: () => unknown): void;
}

declare const Bun: { inspect(value: unknown): string };

const bunTest = loadBunTest();
const { afterAll, afterEach, beforeAll, beforeEach, expect } = bunTest;

expect.extend(matchers);
refuseWhileImporting(untilHook('a file of bun test --preload', beforeAll));

/** The mocks of all describes of a file are created before the first test runs, and would answer the same hosts. */
const running = new Set<MockControl>();

explainFailuresOfBun(bunTest, {
  print: (value) => Bun.inspect(value),
  isRunning: () => running.size > 0,
  explain: (failed) => [...new Set([...running].flatMap((control) => control.lifetime.explain(failed)))],
});

/** The mock that runs since its call, while its first hook has not run. If tests have a random order, another describe can come first. */
let early: MockControl | undefined;

/**
 * Captures the calls to S3, from this call on until the describe or the file of the call ends. If another mock of the file runs already, the
 * mock starts with the first hook of its describe. Each test begins with the state of `options`. What a file creates while no test is
 * running stays for all tests of the file.
 *
 * @example
 * import { mockS3 } from 's3-versioning-mock/bun';
 *
 * const s3 = mockS3({ buckets: { vault: { versioning: 'Enabled' } } });
 *
 * test('archives', async () => {
 *   await archive('vault');
 *   expect(s3).toHaveReceived('PutBucketVersioning', { Bucket: 'vault' });
 * });
 */
export function mockS3(options?: MockS3Options): MockS3 {
  const control = createMock(options, mockS3);
  const turns = new TurnsByHooks(control);
  control.lifetime.setRunner(turns);
  beginHooks(() => beforeAll(() => startInTurn(control)));
  beforeEach(() => turns.begin());
  afterEach(() => turns.end());
  afterAll(() => stop(control));
  if (running.size === 0) {
    early = control;
    start(control);
  }
  return control.mock;
}

async function startInTurn(control: MockControl): Promise<void> {
  const other = early;
  early = undefined;
  if (other !== undefined && other !== control) {
    running.delete(other);
    await other.mock.stop(); // its own first hook starts it again
  }
  start(control);
}

/** bun names a hook of ours, of which the test knows nothing. */
function beginHooks(register: () => void): void {
  try {
    register();
  } catch (error) {
    if (!/inside a test/.test(String(error))) throw error;
    throwInsideTest('s3-versioning-mock/bun', 'in a test, or in a hook', mockS3);
  }
}

function start(control: MockControl): void {
  control.lifetime.start();
  endImporting();
  running.add(control);
}

async function stop(control: MockControl): Promise<void> {
  running.delete(control);
  try {
    await control.mock.stop();
  } finally {
    control.lifetime.restoreEnvironment();
    control.lifetime.warnOfUnreported();
    control.lifetime.warnings.ofDoubt();
  }
}

function loadBunTest(): BunTest {
  try {
    return require('bun:test');
  } catch {
    throw new S3MockError(
      'OUTSIDE_BUN',
      's3-versioning-mock/bun was imported outside of bun test. Under jest, import s3-versioning-mock/jest; under vitest, s3-versioning-mock/vitest; ' +
        'under another runner, s3-versioning-mock, with reset() before each test and stop() after the last. docs/runners.md has an example of each.',
    );
  }
}
