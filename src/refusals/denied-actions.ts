/** An action that S3 denies to a caller of the owner's account, by its ARNs. */
export interface DeniedAction {
  readonly caller: string;
  readonly action: string;
  readonly resource: string;
}

/** The entry of a refusal that says who was denied what, and why: https://docs.aws.amazon.com/AmazonS3/latest/userguide/troubleshoot-403-errors.html */
export function deniedBecause(reason: string) {
  return {
    code: 'AccessDenied',
    status: 403,
    message: ({ caller, action, resource }: DeniedAction) =>
      `User: ${caller} is not authorized to perform: ${action} on resource: "${resource}" because ${reason}`,
    quotesStay: true,
  } as const;
}
