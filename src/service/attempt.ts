import type { BatchEntry } from '../operations/operation';
import { refusalForFailure, S3Error } from '../refusals';
import type { Call } from './call';
import { reasonOf } from './why';

/**
 * Carries out an entry of a batch as a transaction of its own: its refusal undoes that entry alone, and is returned. A failure that a test
 * asked for comes in place of any answer of S3, as an internal error of S3 would.
 */
export function attempt(call: Call, entry: BatchEntry, action: () => unknown): unknown {
  try {
    checkFailure(call, entry);
    return call.store.transaction(action);
  } catch (thrown) {
    if (!(thrown instanceof S3Error)) throw thrown;
    call.reasons ??= [];
    call.reasons.push(`${entry.key}: ${reasonOf(thrown, call.request.dialect)}`);
    return thrown;
  }
}

/** Throws if a rule makes an entry fail. */
function checkFailure(call: Call, { key, versionId, sent }: BatchEntry): void {
  const failed = call.failEntry?.(sent);
  if (failed === undefined) return;
  const { request } = call;
  const query = new Map(versionId === undefined ? [] : [['versionId', versionId]]);
  const refusal = refusalForFailure(failed.error, { ...request, key, query, dialect: request.dialect.name });
  call.failedEntries ??= [];
  call.failedEntries.push({ entry: sent, code: request.dialect.answers.wordsOf(refusal).code, rule: failed.rule });
  throw refusal;
}
