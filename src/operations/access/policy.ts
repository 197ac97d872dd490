import { partitionOf } from '../../formats/regions';
import { type ResourcePolicy, readPolicy } from '../../model/access/policy-document';
import { findBlocker } from '../../model/access/public-access';
import { checkBlockedPolicy, isPublicPolicy, makeBucketPolicyTarget } from '../../model/access/public-policy';
import type { Bucket } from '../../model/bucket';
import type { Caller } from '../../model/identity/account';
import { describeAccount } from '../../model/identity/account-text';
import { describeCaller } from '../../model/identity/caller';
import { S3Error } from '../../refusals/s3-error';
import { element, inRoot } from '../../shapes/elements';
import { header, payloadText } from '../../shapes/places';
import { boolean } from '../../shapes/values';
import { deniedAction } from '../members/denied-actions';
import { operation, type RequestContext } from '../operation';

/** S3 refuses callers of other accounts even if a policy allows them the operation (F526). */
function checkOwnPolicy({ owner }: Bucket, { caller, method }: { readonly caller: Caller; readonly method: string }) {
  if (caller.account === owner) return;
  const why = `${describeCaller(caller)} does not own the bucket, and only its owner, ${describeAccount(owner)}, may use its policy`;
  throw new S3Error('PolicyOfAnotherAccount', { Method: method }, why);
}

export const putBucketPolicy = operation('PUT /{Bucket}?policy', {
  action: 's3:PutBucketPolicy',
  checkBlocked: (context, { Policy = '' }) => readNewPolicy(context, Policy),
  checkBucket: checkOwnPolicy,
  dialect: 'aws',
  status: 204,
  input: {
    // S3 accepts a policy that locks its sender out with this header and without it (F311).
    ConfirmRemoveSelfBucketAccess: header('x-amz-confirm-remove-self-bucket-access', boolean, { ignoredBy: 'both' }),
    Policy: payloadText(),
  },
  handle(context, { Policy = '' }) {
    context.bucket.change({ policy: readNewPolicy(context, Policy) });
  },
});

function readNewPolicy(context: RequestContext, text: string): ResourcePolicy {
  const { store, bucket, request } = context;
  const policy = readPolicy(text, {
    ...makeBucketPolicyTarget(bucket.name, partitionOf(bucket.region)),
    accounts: store.accounts,
  });
  const blocker = findBlocker(bucket, 'BlockPublicPolicy', request.dialect.configurations, request.accessPoint?.point);
  if (blocker !== undefined) checkBlockedPolicy(policy.document, blocker, deniedAction(context, 's3:PutBucketPolicy'));
  return policy;
}

export const getBucketPolicy = operation('GET /{Bucket}?policy', {
  answersThroughAccessPoints: true,
  action: 's3:GetBucketPolicy',
  checkBucket: checkOwnPolicy,
  dialect: 'aws',
  contentType: 'application/json',
  output: { Policy: payloadText() },
  handle: ({ bucket }) => ({ Policy: requirePolicy(bucket).text }),
});

export const deleteBucketPolicy = operation('DELETE /{Bucket}?policy', {
  action: 's3:DeleteBucketPolicy',
  checkBucket: checkOwnPolicy,
  dialect: 'aws',
  status: 204,
  handle({ bucket }) {
    bucket.change({ policy: undefined });
  },
});

export const getBucketPolicyStatus = operation('GET /{Bucket}?policyStatus', {
  action: 's3:GetBucketPolicyStatus',
  dialect: 'aws',
  root: 'PolicyStatus',
  output: { PolicyStatus: inRoot({ IsPublic: element(boolean) }) },
  handle: ({ bucket }) => ({ PolicyStatus: { IsPublic: isPublicPolicy(requirePolicy(bucket).document) } }),
});

function requirePolicy({ name, policy }: Bucket): ResourcePolicy {
  if (policy === undefined) throw new S3Error('NoSuchBucketPolicy', { BucketName: name });
  return policy;
}
