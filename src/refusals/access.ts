import { type DeniedAction, deniedBecause } from './denied-actions';
import { refusal } from './refusal';

/** Refusals that depend on who the caller is. */
export const access = {
  AccessDenied: refusal({ code: 'AccessDenied', status: 403, message: 'Access Denied' }),
  AnonymousNotAllowed: refusal({
    code: 'AccessDenied',
    status: 403,
    message: 'Anonymous users cannot invoke this API. Please authenticate.',
    cos: { message: 'Access Denied' },
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
