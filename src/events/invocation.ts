import type { LambdaCallback, LambdaContext } from './handler-types';

/** A handler of any destination, once its event is made. */
export type AnyHandler = (event: object, context: LambdaContext, callback: LambdaCallback) => unknown;

/** The ends that a handler may call. The first one counts (F787). */
interface Ends extends Pick<LambdaContext, 'done' | 'fail' | 'succeed'> {}

/** Whether a handler ends by its callback if it returns no promise: it declares it. */
export function awaitsCallback({ length }: AnyHandler): boolean {
  return length >= 3;
}

/**
 * Calls a handler as Lambda does: a promise, the callback or the context ends it, whichever comes first (F787). A handler that returns something
 * else and declares no callback is at its end: there is no event loop of its own that could become empty.
 */
export function invoke(handler: AnyHandler, event: object, contextOf: (ends: Ends) => LambdaContext): Promise<unknown> {
  return new Promise((resolve, reject) => {
    const done = (error?: unknown, result?: unknown) => {
      if (error === undefined || error === null) resolve(result);
      else reject(error);
    };
    const fail = (error?: unknown) => reject(error ?? 'handled'); // Lambda's word for an error that was not given
    const answer = handler(event, contextOf({ done, fail, succeed: resolve }), done);
    if (isThenable(answer)) answer.then(resolve, reject);
    else if (!awaitsCallback(handler)) resolve(answer);
  });
}

function isThenable(value: unknown): value is PromiseLike<unknown> {
  return typeof value === 'object' && value !== null && 'then' in value && typeof value.then === 'function';
}
