import type { BatchEntry } from '../operations/operation';
import { refusalForFailure, S3Error } from '../refusals';
import type { Call } from './call';
import { reasonOf } from './why';

/**
 * Carries out an entry of a batch as a transaction of its own: its refusal undoes that entry alone, and is returned. A failure that a test
 * asked for comes in place of any answer of S3, as an internal error of S3 would.
 */
export function attempt(call: Call, entry: BatchEntry, action: () => unknown): unknown {
  const result = refusalForFailedEntry(call, entry) ?? carriedOut(call, action);
  if (result instanceof S3Error) {
    call.reasons ??= [];
    call.reasons.push(`${entry.name}: ${reasonOf(result, call.request.dialect)}`);
  }
  return result;
}

/** The refusal of an entry that a rule makes fail; undefined if none does. */
function refusalForFailedEntry(call: Call, { name, sent }: BatchEntry): S3Error | undefined {
  const failed = call.failEntry?.(sent);
  if (failed === undefined) return undefined;
  const { request } = call;
  const refusal = refusalForFailure(failed.error, { ...request, key: name, dialect: request.dialect.name });
  call.failedEntries ??= [];
  call.failedEntries.push({ entry: sent, code: request.dialect.answers.wordsOf(refusal).code, rule: failed.rule });
  return refusal;
}

function carriedOut({ store }: Call, action: () => unknown): unknown {
  try {
    return store.transaction(action);
  } catch (thrown) {
    if (thrown instanceof S3Error) return thrown;
    throw thrown;
  }
}
