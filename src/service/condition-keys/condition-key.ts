import type { Bucket } from '../../model/bucket';
import type { FurtherAction } from '../../operations/operation';
import type { Call } from '../call';

/** A question about access: the request that asks it, and the action on a bucket or an object. */
export interface KeyQuestion {
  readonly call: Call;
  readonly asked: FurtherAction;
  /** The bucket that the action is about. */
  readonly bucket: Bucket | undefined;
}

/** The values of a key for a question: several, one, or undefined if the key is absent. */
export type ValuesOf = (question: KeyQuestion) => readonly string[] | string | undefined;

/** Condition keys in lower case, and their values. */
export type ConditionKeys = Readonly<Record<string, ValuesOf>>;

/** A member of a document that was bound to an input, or a member of that; undefined if the request has none. */
export function memberOf(input: unknown, path: readonly string[]): unknown {
  return path.reduce<unknown>(
    (value, name) => (typeof value === 'object' && value !== null ? Reflect.get(value, name) : undefined),
    input,
  );
}

/** The same, if it is a text. */
export function textOf(input: unknown, path: readonly string[]): string | undefined {
  const value = memberOf(input, path);
  return typeof value === 'string' ? value : undefined;
}
