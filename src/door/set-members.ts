import { settableNames } from '../text/closed-members';
import type { DoorCall } from './route';

/** Whether a member is readonly: this comparison of two generic functions distinguishes types that differ only in `readonly`. */
type IsReadonly<Of, Name extends keyof Of> =
  (<Any>() => Any extends Pick<Of, Name> ? 1 : 2) extends <Any>() => Any extends Readonly<Pick<Of, Name>> ? 1 : 2
    ? true
    : false;

type AnyFunction = (...args: never[]) => unknown;

/** The members of a handle that can be set. Null removes the value of a member. */
export type Settable<Handle> = {
  readonly [Name in keyof Handle as Handle[Name] extends AnyFunction
    ? never
    : IsReadonly<Handle, Name> extends true
      ? never
      : Name]?: Handle[Name] | null;
};

/** Sets all members of the body, or none if one is wrong. Finding the handle can create a user or a role; that is undone as well. */
export function setMembers<Handle extends object>(
  { mock, body, checkNames }: DoorCall<object>,
  findHandle: () => Handle,
): Handle {
  const before = mock.snapshot();
  try {
    const handle = findHandle();
    checkNames(settableNames(handle));
    for (const [name, value] of Object.entries(body)) Reflect.set(handle, name, value ?? undefined);
    return handle;
  } catch (error) {
    mock.restore(before);
    throw error;
  }
}
