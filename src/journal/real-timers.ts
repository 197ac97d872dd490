import timers from 'node:timers';

// These come from the core module at import: fake timers replace only functions that are looked up later.
export const { setTimeout: startTimer, clearTimeout: endTimer, setImmediate: later } = timers;

/** Returns undefined if the time is over before the promise is settled. */
export async function limited<T>(milliseconds: number, promise: Promise<T>): Promise<T | undefined> {
  let timer: ReturnType<typeof startTimer> | undefined;
  const over = new Promise<undefined>((resolve) => {
    timer = startTimer(resolve, milliseconds, undefined);
  });
  try {
    return await Promise.race([promise, over]);
  } finally {
    endTimer(timer);
  }
}
