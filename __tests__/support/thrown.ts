import { S3Error } from '../../src/refusals';

/** Returns the refusal that a call throws; undefined if it throws nothing. Any other error is thrown on. */
export function refusalThrownBy(call: () => unknown): S3Error | undefined {
  const thrown = thrownBy(call);
  if (thrown === 'nothing') return undefined;
  if (thrown instanceof S3Error) return thrown;
  throw thrown;
}

/** Returns what a call throws, or 'nothing'. */
export function thrownBy(call: () => unknown): unknown {
  try {
    call();
  } catch (error) {
    return error;
  }
  return 'nothing';
}

/** Returns the message of the TypeError that a call throws, or what else it does. */
export function messageOfTypeError(call: () => unknown): string {
  const thrown = thrownBy(call);
  if (thrown === 'nothing') return 'nothing';
  return thrown instanceof TypeError ? thrown.message : `no TypeError: ${String(thrown)}`;
}

/** Returns the error that a promise is rejected with; undefined if it is fulfilled. */
export function rejectionOf(promise: Promise<unknown>): Promise<Error | undefined> {
  return promise.then(
    () => undefined,
    (error: Error) => error,
  );
}
