import { deniedBecause } from './denied-actions';
import { allDetails, ofBucket, refusal, type Texts } from './refusal';

const malformedPolicy = refusal('MalformedPolicy', 400);

type Field = { readonly field: string };

/** A value that S3 quotes in the element Detail. */
type Quoted = { readonly Detail: string };

/** Refusals of bucket policies (F303). */
export const policy = {
  /** A GET of the policy, or of the policy status, of a bucket without a policy. */
  NoSuchBucketPolicy: refusal('NoSuchBucketPolicy', 404)('The bucket policy does not exist', ofBucket),
  /** A PutBucketPolicy of a public policy by a caller of the bucket's account, on a bucket with BlockPublicPolicy. */
  PolicyBlocked: deniedBecause(
    'public policies are prevented by the BlockPublicPolicy setting in S3 Block Public Access.',
  ),
  /** A request for a bucket policy by a caller of an account that does not own the bucket. */
  PolicyOfAnotherAccount: refusal('MethodNotAllowed', 405)<Texts<'Method'>>(
    'The specified method is not allowed against this resource.',
    { fields: ({ Method }) => ({ Method, ResourceType: 'BUCKETPOLICY' }) },
  ),
  /** A PutBucketPolicy whose body is empty or begins with another character than a brace. */
  PolicyNotJson: malformedPolicy("Policies must be valid JSON and the first byte must be '{'"),
  /** A PutBucketPolicy whose body begins with a brace and is not JSON. */
  PolicyJsonInvalid: malformedPolicy('This policy contains invalid Json', { meantByCode: true }),
  /** A bucket policy with a value of the wrong kind, such as a number as its Statement. */
  PolicySyntaxInvalid: malformedPolicy('Invalid policy syntax.'),
  /** A bucket policy with a member that policies or their statements do not have. */
  PolicyFieldUnknown: malformedPolicy<Field>(({ field }) => `Unknown field ${field}`),
  /** A bucket policy with a member twice in one object, or with both of a pair such as Action and NotAction. */
  PolicyFieldTwice: malformedPolicy<Field>(({ field }) => `Statement/policy already has instance of ${field}`),
  /** A bucket policy without a Statement, or with a statement that lacks a required member. */
  PolicyFieldMissing: malformedPolicy<Field>(({ field }) => `Missing required field ${field}`),
  /** A bucket policy with a statement in which a required member is an empty list. */
  PolicyFieldEmpty: malformedPolicy<Field>(({ field }) => `Missing required field ${field} cannot be empty!`),
  /** A bucket policy with an empty list as its Statement. */
  PolicyStatementsEmpty: malformedPolicy('Could not parse the policy: Statement is empty!'),
  /** A bucket policy whose Version is neither 2012-10-17 nor 2008-10-17. */
  PolicyVersionInvalid: malformedPolicy('The policy must contain a valid version string'),
  /** A bucket policy with a statement whose Effect is neither Allow nor Deny. */
  PolicyEffectInvalid: malformedPolicy<Texts<'effect'>>(({ effect }) => `Invalid effect: ${effect}`),
  /** A bucket policy with a principal that nobody is, or with others beside an asterisk. */
  PolicyPrincipalInvalid: malformedPolicy<Texts<'kind' | 'principal'>>('Invalid principal in policy', {
    fields: ({ kind, principal }) => ({ Detail: `"${kind}" : "${principal}"` }),
    quotesStay: true,
  }),
  /** A bucket policy with a statement that allows everyone except its NotPrincipal. */
  PolicyNotPrincipalAllowed: malformedPolicy('Allow with NotPrincipal is not allowed.'),
  /** A bucket policy with an action that S3 does not have, or that no bucket policy can name. */
  PolicyActionInvalid: malformedPolicy<Quoted>('Policy has invalid action', { fields: allDetails }),
  /** A bucket policy with a resource that is neither its bucket nor an object in it. */
  PolicyResourceInvalid: malformedPolicy<Quoted>('Policy has invalid resource', { fields: allDetails }),
  /** A bucket policy with a statement whose action is about objects and its resources are not, or the reverse for buckets. */
  PolicyActionWithoutResource: malformedPolicy<Texts<'action' | 'statement'>>(
    'Action does not apply to any resource(s) in statement',
    {
      fields: ({ action, statement }) => ({ Detail: `Action "${action}" in Statement "${statement}"` }),
      quotesStay: true,
    },
  ),
  /** A bucket policy with a condition whose operator IAM does not have. */
  PolicyConditionTypeInvalid: malformedPolicy<Texts<'operator'>>(
    ({ operator }) => `Invalid Condition type : ${operator}`,
  ),
  /** A bucket policy with a condition on a key that S3 does not have. */
  PolicyConditionKeyInvalid: malformedPolicy<Quoted>('Policy has an invalid condition key', { fields: allDetails }),
  /** A bucket policy with a condition that does not apply to one of the statement's actions, or to its own operator. */
  PolicyConditionNotApplicable: malformedPolicy<{
    readonly unfit?: { readonly key: string; readonly action: string; readonly statement: string };
  }>('Conditions do not apply to combination of actions and resources in statement', {
    fields: ({ unfit }) => ({
      Detail: unfit && `Condition "${unfit.key}" and action "${unfit.action}" in statement "${unfit.statement}"`,
    }),
    quotesStay: true,
  }),
  /** A bucket policy with a condition on an address that is neither an address nor a block of addresses. */
  PolicyIpAddressInvalid: malformedPolicy('Invalid IP address in Conditions'),
  /** A bucket policy with a BinaryEquals condition whose value is not base64. */
  PolicyBinaryInvalid: malformedPolicy('Invalid Base64 value for binary condition'),
  /** A bucket policy that has more than 20,480 bytes without blanks. */
  PolicyTooLong: malformedPolicy<{ readonly limit: number }>(
    ({ limit }) => `Normalized policy document exceeds the maximum allowed size of ${limit} bytes`,
  ),
};
