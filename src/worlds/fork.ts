import { within } from '../capture/index';
import type { MockParts, MockS3 } from '../mock/mock-s3';
import { S3MockError } from '../s3-mock-error';
import { openWorld } from './world';

export async function fork<Result>(
  outer: MockParts,
  run: (world: MockS3) => Promise<Result> | Result,
): Promise<Result> {
  checkIsRunning(outer, 's3.fork');
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

/** Throws if no request could come to a world. */
export function checkIsRunning({ lifetime }: MockParts, call: string): void {
  if (lifetime.isRunning) return;
  throw new S3MockError(
    'NOT_RUNNING',
    `${call}: the mock does not run, so it answers no requests. Call ${call}() in a test or in a hook, while the mock runs.`,
  );
}
