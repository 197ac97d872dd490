import { nativeRuntime } from '../capture/index';
import type { MockParts, MockS3 } from '../mock/mock-s3';
import type { Undertaking } from '../mock/undertaking';
import { S3MockError } from '../s3-mock-error';
import { invalidValue } from '../text/invalid-value';
import { openWorld, type World } from './world';

export async function fork<Result>(
  outer: MockParts,
  run: (world: MockS3) => Promise<Result> | Result,
): Promise<Result> {
  if (typeof run !== 'function')
    throw invalidValue('s3.fork', 'function', run, 'a function that gets the world, such as async (world) => { … }');
  checkCanFork(outer, 's3.fork');
  const undertaking = outer.lifetime.undertake('s3.fork');
  const world = openWorld(outer, undertaking);
  try {
    const result = await runIn(world, undertaking, run);
    await Promise.race([world.end(), undertaking.ended]);
    return result;
  } catch (error) {
    throw undertaking.error ?? error;
  } finally {
    undertaking.done();
  }
}

async function runIn<Result>(
  world: World,
  undertaking: Undertaking,
  run: (world: MockS3) => Promise<Result> | Result,
): Promise<Result> {
  try {
    return await Promise.race([undertaking.run(() => run(world.mock), world.run), undertaking.ended]);
  } catch (error) {
    if (undertaking.error === undefined) world.parts.lifetime.noteFailure(error);
    // The error says why it failed. What else went wrong would hide it.
    await world.end(true);
    throw error;
  }
}

/** Throws if no request could come to a world. */
export function checkCanFork({ lifetime }: MockParts, call: string): void {
  const runtime = nativeRuntime();
  if (runtime !== undefined)
    throw new S3MockError(
      'CANNOT_ATTRIBUTE',
      `${call}: ${runtime} does not tell which code makes a request, so no request would reach the world. Give each test a bucket of its own.`,
    );
  lifetime.worlds.checkOutside();
  if (lifetime.isRunning) return;
  throw new S3MockError(
    'NOT_RUNNING',
    `${call}: the mock does not run, so it answers no requests. Call ${call}() in a test or in a hook, while the mock runs.`,
  );
}
