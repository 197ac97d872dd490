import { type DeniedAction, deniedBecause, notAuthorized } from './denied-actions';
import { refusal } from './refusal';

/** Of callers without credentials; COS has no words of its own for them. */
const ofAnonymous = { code: 'AccessDenied', status: 403, cos: { message: 'Access Denied' } } as const;

/** COS says to nobody why. */
const denied = { code: 'AccessDenied', status: 403, quotesStay: true, cos: { message: 'Access Denied' } } as const;

function notAllowedBy(policy: string) {
  return {
    ...denied,
    message: notAuthorized(({ action }) => `because no ${policy} policy allows the ${action} action`),
  };
}

/** Refusals that depend on who the caller is. */
export const access = {
  AccessDenied: refusal({ code: 'AccessDenied', status: 403, message: 'Access Denied' }),
  NotAllowedByIdentity: refusal<DeniedAction>(notAllowedBy('identity-based')),
  NotAllowedBySession: refusal<DeniedAction>(notAllowedBy('session')),
  NotAllowedByResource: refusal<DeniedAction>(notAllowedBy('resource-based')),
  DeniedByIdentity: refusal<DeniedAction & { readonly policy: string | undefined }>({
    ...denied,
    // S3 names a managed policy by its ARN, and an inline one not at all (F475).
    message: notAuthorized(({ policy }) => {
      return `with an explicit deny in an identity-based policy${policy === undefined ? '' : `: ${policy}`}`;
    }),
  }),
  DeniedBySession: refusal<DeniedAction>({
    ...denied,
    message: notAuthorized(() => 'with an explicit deny in a session policy'),
  }),
  DeniedByResource: refusal<DeniedAction>({
    ...denied,
    message: notAuthorized(() => 'with an explicit deny in a resource-based policy'),
  }),
  AnonymousNotAllowed: refusal({
    ...ofAnonymous,
    message: 'Anonymous users cannot invoke this API. Please authenticate.',
  }),
  // Two blanks, as S3 writes them (F430).
  AnonymousUploadNotAllowed: refusal({
    ...ofAnonymous,
    message: 'Anonymous users cannot initiate multipart uploads.  Please authenticate.',
  }),
  AnonymousCopyNotAllowed: refusal({
    ...ofAnonymous,
    message: 'Anonymous users cannot copy objects.  Please authenticate.',
  }),
  AnonymousActionNotAllowed: refusal<{ readonly action: string }>({
    ...ofAnonymous,
    message: ({ action }) => `${action} does not support Anonymous requests!`,
  }),
  // S3 redirects anonymous callers of its root to its product page.
  AnonymousListBuckets: refusal({
    code: 'TemporaryRedirect',
    status: 307,
    message: '',
    headers: () => [['Location', 'https://aws.amazon.com/s3/']],
    cos: { code: 'AccessDenied', status: 403, message: 'Access Denied' },
    // `fail('TemporaryRedirect')` means a bucket that moves, in the words of AWS's list.
    failsByName: false,
  }),
  PublicAclBlocked: refusal<DeniedAction>({
    ...deniedBecause('public ACLs are prevented by the BlockPublicAcls setting in S3 Block Public Access.'),
    cos: { message: 'Access Denied' },
  }),
  ExpectedBucketOwnerInvalid: refusal<{ readonly value: string }>({
    code: 'InvalidBucketOwnerAWSAccountID',
    status: 400,
    message: ({ value }) => `The value of the expected bucket owner parameter must be an AWS Account ID... [${value}]`,
  }),
};
