import { S3Error } from '../../src/refusals';

/** Any other error is thrown on. */
export function refusalThrownBy(call: () => unknown): S3Error | undefined {
  const thrown = thrownBy(call);
  if (thrown === 'nothing') return undefined;
  if (thrown instanceof S3Error) return thrown;
  throw thrown;
}

/** 'nothing' if the call throws nothing. */
export function thrownBy(call: () => unknown): unknown {
  try {
    call();
  } catch (error) {
    return error;
  }
  return 'nothing';
}

export function messageOfTypeError(call: () => unknown): string {
  const thrown = thrownBy(call);
  if (thrown === 'nothing') return 'nothing';
  return thrown instanceof TypeError ? thrown.message : `no TypeError: ${String(thrown)}`;
}

export function rejectionOf(promise: Promise<unknown>): Promise<Error | undefined> {
  return promise.then(
    () => undefined,
    (error: Error) => error,
  );
}
