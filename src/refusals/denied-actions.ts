import { type Refusal, type RefusalOptions, refusal } from './refusal';

/** An action that S3 denies to a caller of the owner's account, by its ARNs. */
export interface DeniedAction {
  readonly caller: string;
  readonly action: string;
  /** `*` for an action that is about no bucket and no object. */
  readonly resource: string;
}

/** Says who was denied what, and why: https://docs.aws.amazon.com/AmazonS3/latest/userguide/troubleshoot-403-errors.html */
export function deniedBecause(reason: string, options: RefusalOptions<DeniedAction> = {}): Refusal<DeniedAction> {
  return refusal('AccessDenied', 403)(
    notAuthorized(() => `because ${reason}`),
    options,
  );
}

/** The message that says who was denied what. `reason` is the rest of its sentence. */
export function notAuthorized<Details extends DeniedAction>(reason: (details: Details) => string) {
  return (details: Details): string => {
    const { caller, action, resource } = details;
    const about = resource === '*' ? '' : ` on resource: "${resource}"`;
    return `User: ${caller} is not authorized to perform: ${action}${about} ${reason(details)}`;
  };
}
