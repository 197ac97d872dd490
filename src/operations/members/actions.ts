import type { ObjectOwnership } from '../../model/access/acl';
import type { ActionName } from '../../model/access/actions';

export interface ActionRules {
  /** Is undefined if no bucket exists yet. */
  readonly ownership: ObjectOwnership | undefined;
  readonly callerId: string | undefined;
  /** Whether the caller's account differs from the account of the bucket. */
  readonly isOfAnotherAccount: boolean;
}

/** The actions that a request needs, by its input; all of them have to be allowed, and S3 refuses the first that is not. */
type ActionsOf<I> = (input: Partial<I>, rules: ActionRules) => ActionName | readonly ActionName[];

/** The action that each entry of a batch needs by itself (F522). */
export interface EntryAction {
  readonly ofEachEntry: (entry: Versioned) => ActionName;
}

/** No policy is about an operation with 'no action'. */
export type NeededActions<I> = ActionName | 'no action' | ActionsOf<I> | EntryAction;

interface Versioned {
  readonly VersionId?: string | undefined;
}

export function versioned(current: ActionName, ofVersion: ActionName) {
  return ({ VersionId }: Versioned): ActionName => (VersionId === undefined ? current : ofVersion);
}

type Texts<Name extends string> = { readonly [One in Name]?: string | undefined };

export type AclHeaders = Texts<
  'ACL' | 'GrantFullControl' | 'GrantRead' | 'GrantReadACP' | 'GrantWrite' | 'GrantWriteACP'
>;

interface NewObject
  extends AclHeaders,
    Texts<'Tagging' | 'ObjectLockMode' | 'ObjectLockLegalHoldStatus' | 'ObjectLockEventHold' | 'IfMatch'> {
  readonly ObjectLockRetainUntilDate?: Date | undefined;
}

/** F520, F523 */
export function newObjectActions(
  input: NewObject,
  { ownership, isOfAnotherAccount }: Pick<ActionRules, 'ownership' | 'isOfAnotherAccount'>,
): readonly ActionName[] {
  // Without ACLs, S3 refuses the ACL itself, whatever the writer may do (F59).
  const isWithoutAcls = ownership === 'BucketOwnerEnforced';
  // The writer owns the object, and gives rights to what is its own.
  const isWriters = ownership === 'ObjectWriter' && isOfAnotherAccount;
  const mayNeedRight = !isWithoutAcls && !isWriters && input.ACL !== 'bucket-owner-full-control';
  const hasAcl = mayNeedRight && isOtherThanPrivate(input);
  const { ObjectLockMode, ObjectLockRetainUntilDate, ObjectLockEventHold } = input;
  const locks = (ObjectLockMode ?? ObjectLockRetainUntilDate ?? ObjectLockEventHold) !== undefined;
  return [
    's3:PutObject',
    ...when(isSet(input.Tagging), 's3:PutObjectTagging'),
    ...when(hasAcl, 's3:PutObjectAcl'),
    ...when(locks, 's3:PutObjectRetention'),
    ...when(input.ObjectLockLegalHoldStatus !== undefined, 's3:PutObjectLegalHold'),
    ...when(input.IfMatch !== undefined, 's3:GetObject'),
  ];
}

export function when(isNeeded: boolean, action: ActionName): readonly ActionName[] {
  return isNeeded ? [action] : [];
}

function isSet(text: string | undefined): boolean {
  return text !== undefined && text !== '';
}

export function isOtherThanPrivate({ ACL, ...grants }: AclHeaders): boolean {
  const { GrantFullControl, GrantRead, GrantReadACP, GrantWrite, GrantWriteACP } = grants;
  const named = [GrantFullControl, GrantRead, GrantReadACP, GrantWrite, GrantWriteACP];
  return (ACL !== undefined && ACL !== 'private') || named.some((grantees) => grantees !== undefined);
}
