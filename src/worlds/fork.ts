import { nativeRuntime, within } from '../capture/index';
import type { MockParts, MockS3 } from '../mock/mock-s3';
import { S3MockError } from '../s3-mock-error';
import { invalidValue } from '../text/invalid-value';
import { openWorld } from './world';

export async function fork<Result>(
  outer: MockParts,
  run: (world: MockS3) => Promise<Result> | Result,
): Promise<Result> {
  if (typeof run !== 'function')
    throw invalidValue('s3.fork', 'function', run, 'a function that gets the world, such as async (world) => { … }');
  checkCanFork(outer);
  const world = openWorld(outer);
  let result: Result;
  try {
    result = await within(world.run, () => run(world.mock));
  } catch (error) {
    world.parts.lifetime.noteFailure(error);
    // The error says why it failed. What else went wrong would hide it.
    await world.end(true);
    throw error;
  }
  await world.end();
  return result;
}

function checkCanFork({ lifetime }: MockParts): void {
  const runtime = nativeRuntime();
  if (runtime !== undefined)
    throw new S3MockError(
      'CANNOT_ATTRIBUTE',
      `s3.fork: ${runtime} does not tell which code makes a request, so no request would reach the world. Give each test a bucket of its own.`,
    );
  if (lifetime.isRunning) return;
  throw new S3MockError(
    'NOT_RUNNING',
    's3.fork: the mock does not run, so it answers no requests. Call s3.fork() in a test or in a hook, while the mock runs.',
  );
}
