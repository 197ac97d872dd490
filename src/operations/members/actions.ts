import type { ActionName } from '../../model/access/actions';

/** The actions that a request needs, by its input; all of them have to be allowed. Operations that no policy is about have none. */
export type NeededActions<I> = ActionName | 'no action' | ((input: Partial<I>) => ActionName | readonly ActionName[]);

/** An action on an object, which has another name if the request names a version. */
export function versioned(current: ActionName, ofVersion: ActionName) {
  return ({ VersionId }: { readonly VersionId?: string | undefined }): ActionName =>
    VersionId === undefined ? current : ofVersion;
}
