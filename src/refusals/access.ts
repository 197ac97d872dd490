import { type DeniedAction, deniedBecause, notAuthorized } from './denied-actions';
import { accessDenied, allDetails, refusal, type Texts } from './refusal';

/** COS says to nobody why, and has no words of its own for callers without credentials. */
const denied = { cos: { message: 'Access Denied' } } as const;

function notAllowedBy(policy: string) {
  const message = notAuthorized(({ action }) => `because no ${policy} policy allows the ${action} action`);
  return accessDenied<DeniedAction>(message, denied);
}

/** Refusals that depend on who the caller is. */
export const access = {
  /** A request that is not allowed, without a reason for its caller: anonymous, of another account, or a wrong owner or payer. */
  AccessDenied: accessDenied('Access Denied'),
  /** A request to S3 Control about an account with an id that AWS does not give. */
  AccountUnknown: accessDenied<Texts<'AccountId'>>('Access Denied', { fields: allDetails, failsByName: false }),
  /** A request of a user or role of the bucket's account whose own policies do not allow the action. */
  NotAllowedByIdentity: notAllowedBy('identity-based'),
  /** A request of a user or role of the bucket's account whose permissions boundary does not allow the action. */
  NotAllowedByBoundary: accessDenied<DeniedAction>(
    notAuthorized(({ action }) => `because no permissions boundary allows the ${action} action`),
    denied,
  ),
  /** A request of a session of the bucket's account whose session policy does not allow the action. */
  NotAllowedBySession: notAllowedBy('session'),
  /** A request of a caller of the bucket's account that the bucket policy or an ACL would have to allow. */
  NotAllowedByResource: notAllowedBy('resource-based'),
  /** A request of a user or role of the bucket's account that a statement of its own policies denies. */
  DeniedByIdentity: accessDenied<DeniedAction & { readonly policy: string | undefined }>(
    // S3 names a managed policy by its ARN, and an inline one not at all (F475).
    notAuthorized(({ policy }) => {
      return `with an explicit deny in an identity-based policy${policy === undefined ? '' : `: ${policy}`}`;
    }),
    denied,
  ),
  /** A request of a user or role of the bucket's account that a statement of its permissions boundary denies. */
  DeniedByBoundary: accessDenied<DeniedAction>(
    notAuthorized(() => 'with an explicit deny in a permissions boundary'),
    denied,
  ),
  /** A request of a session of the bucket's account that a statement of its session policy denies. */
  DeniedBySession: accessDenied<DeniedAction>(
    notAuthorized(() => 'with an explicit deny in a session policy'),
    denied,
  ),
  /** A request of a caller of the bucket's account that a statement of the bucket policy denies. */
  DeniedByResource: accessDenied<DeniedAction>(
    notAuthorized(() => 'with an explicit deny in a resource-based policy'),
    denied,
  ),
  /** A CreateBucket, PutBucketAcl, PutObjectAcl or SelectObjectContent without credentials. */
  AnonymousNotAllowed: accessDenied('Anonymous users cannot invoke this API. Please authenticate.', denied),
  // Two blanks, as S3 writes them (F430).
  /** A CreateMultipartUpload without credentials. */
  AnonymousUploadNotAllowed: accessDenied(
    'Anonymous users cannot initiate multipart uploads.  Please authenticate.',
    denied,
  ),
  /** A CopyObject without credentials. */
  AnonymousCopyNotAllowed: accessDenied('Anonymous users cannot copy objects.  Please authenticate.', denied),
  /** A request for a bucket's ownership controls without credentials. */
  AnonymousActionNotAllowed: accessDenied<Texts<'action'>>(
    ({ action }) => `${action} does not support Anonymous requests!`,
    denied,
  ),
  // S3 redirects anonymous callers of its root to its product page.
  /** A ListBuckets without credentials. */
  AnonymousListBuckets: refusal('TemporaryRedirect', 307)('', {
    headers: () => [['Location', 'https://aws.amazon.com/s3/']],
    cos: { code: 'AccessDenied', status: 403, message: 'Access Denied' }, // `fail('TemporaryRedirect')` means a bucket that moves, in the words of AWS's list.
    failsByName: false,
  }),
  /** A request of the bucket's account with an ACL that grants rights to everyone, on a bucket with BlockPublicAcls. */
  PublicAclBlocked: deniedBecause(
    'public ACLs are prevented by the BlockPublicAcls setting in S3 Block Public Access.',
    denied,
  ),
  /** A header that names the expected owner of a bucket and is not an account id of twelve digits. */
  ExpectedBucketOwnerInvalid: refusal('InvalidBucketOwnerAWSAccountID', 400)<Texts<'value'>>(
    ({ value }) => `The value of the expected bucket owner parameter must be an AWS Account ID... [${value}]`,
    { meantByCode: true },
  ),
};
