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
  /** A request that is not allowed, without a reason for its caller: anonymous, of another account, or a wrong owner or payer. */
  AccessDenied: refusal({ code: 'AccessDenied', status: 403, message: 'Access Denied' }),
  /** A request of a user or role of the bucket's account whose own policies do not allow the action. */
  NotAllowedByIdentity: refusal<DeniedAction>(notAllowedBy('identity-based')),
  /** A request of a session of the bucket's account whose session policy does not allow the action. */
  NotAllowedBySession: refusal<DeniedAction>(notAllowedBy('session')),
  /** A request of a caller of the bucket's account that the bucket policy or an ACL would have to allow. */
  NotAllowedByResource: refusal<DeniedAction>(notAllowedBy('resource-based')),
  /** A request of a user or role of the bucket's account that a statement of its own policies denies. */
  DeniedByIdentity: refusal<DeniedAction & { readonly policy: string | undefined }>({
    ...denied,
    // S3 names a managed policy by its ARN, and an inline one not at all (F475).
    message: notAuthorized(({ policy }) => {
      return `with an explicit deny in an identity-based policy${policy === undefined ? '' : `: ${policy}`}`;
    }),
  }),
  /** A request of a session of the bucket's account that a statement of its session policy denies. */
  DeniedBySession: refusal<DeniedAction>({
    ...denied,
    message: notAuthorized(() => 'with an explicit deny in a session policy'),
  }),
  /** A request of a caller of the bucket's account that a statement of the bucket policy denies. */
  DeniedByResource: refusal<DeniedAction>({
    ...denied,
    message: notAuthorized(() => 'with an explicit deny in a resource-based policy'),
  }),
  /** A CreateBucket, PutBucketAcl, PutObjectAcl or SelectObjectContent without credentials. */
  AnonymousNotAllowed: refusal({
    ...ofAnonymous,
    message: 'Anonymous users cannot invoke this API. Please authenticate.',
  }),
  // Two blanks, as S3 writes them (F430).
  /** A CreateMultipartUpload without credentials. */
  AnonymousUploadNotAllowed: refusal({
    ...ofAnonymous,
    message: 'Anonymous users cannot initiate multipart uploads.  Please authenticate.',
  }),
  /** A CopyObject without credentials. */
  AnonymousCopyNotAllowed: refusal({
    ...ofAnonymous,
    message: 'Anonymous users cannot copy objects.  Please authenticate.',
  }),
  /** A request for a bucket's ownership controls without credentials. */
  AnonymousActionNotAllowed: refusal<{ readonly action: string }>({
    ...ofAnonymous,
    message: ({ action }) => `${action} does not support Anonymous requests!`,
  }),
  // S3 redirects anonymous callers of its root to its product page.
  /** A ListBuckets without credentials. */
  AnonymousListBuckets: refusal({
    code: 'TemporaryRedirect',
    status: 307,
    message: '',
    headers: () => [['Location', 'https://aws.amazon.com/s3/']],
    cos: { code: 'AccessDenied', status: 403, message: 'Access Denied' },
    // `fail('TemporaryRedirect')` means a bucket that moves, in the words of AWS's list.
    failsByName: false,
  }),
  /** A request of the bucket's account with an ACL that grants rights to everyone, on a bucket with BlockPublicAcls. */
  PublicAclBlocked: refusal<DeniedAction>({
    ...deniedBecause('public ACLs are prevented by the BlockPublicAcls setting in S3 Block Public Access.'),
    cos: { message: 'Access Denied' },
  }),
  /** A header that names the expected owner of a bucket and is not an account id of twelve digits. */
  ExpectedBucketOwnerInvalid: refusal<{ readonly value: string }>({
    code: 'InvalidBucketOwnerAWSAccountID',
    status: 400,
    message: ({ value }) => `The value of the expected bucket owner parameter must be an AWS Account ID... [${value}]`,
    meantByCode: true,
  }),
};
