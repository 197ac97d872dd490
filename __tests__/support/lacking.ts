import type { ActionName } from '../../src/model/access/actions';
import { lackingOperations } from '../../src/operations/lacking/rows';
import { actionsFor, type RowWithActions } from './row-actions';
import { type RowCall, rowCalls } from './rows';

interface LackingCall extends RowCall {
  readonly name: keyof typeof lackingOperations;
}

/** A request for each operation that the mock lacks. */
export const lackingCalls = rowCalls.filter((call): call is LackingCall => call.name in lackingOperations);

/**
 * One of them, for tests of what the mock answers to all of them. Such a test names no operation, because it would fail as soon as the mock
 * has that operation.
 */
export const lackingCall = firstOf(lackingCalls);

/** The actions that the caller of `lackingCall` needs. */
export const lackingActions: readonly ActionName[] = actionsFor(
  lackingOperations[lackingCall.name] as unknown as RowWithActions, // without the types of its input
);

function firstOf([call]: readonly LackingCall[]): LackingCall {
  if (call === undefined) throw new Error('The mock has every operation: the tests that import this file can go.');
  return call;
}
