import { type DeniedAction, deniedBecause } from './denied-actions';
import { allDetails, refusal } from './refusal';

const malformed = { code: 'MalformedPolicy', status: 400 } as const;

type Field = { readonly field: string };

/** A value that S3 quotes in the element Detail. */
type Quoted = { readonly Detail: string };

/** Refusals of bucket policies (F303). */
export const policy = {
  NoSuchBucketPolicy: refusal<{ readonly BucketName: string }>({
    code: 'NoSuchBucketPolicy',
    status: 404,
    message: 'The bucket policy does not exist',
    fields: allDetails,
    whenFailed: ({ bucket = '' }) => ({ BucketName: bucket }),
  }),
  PolicyBlocked: refusal<DeniedAction>(
    deniedBecause('public policies are prevented by the BlockPublicPolicy setting in S3 Block Public Access.'),
  ),
  PolicyOfAnotherAccount: refusal<{ readonly Method: string }>({
    code: 'MethodNotAllowed',
    status: 405,
    message: 'The specified method is not allowed against this resource.',
    fields: ({ Method }) => ({ Method, ResourceType: 'BUCKETPOLICY' }),
  }),
  PolicyNotJson: refusal({
    ...malformed,
    message: "Policies must be valid JSON and the first byte must be '{'",
  }),
  PolicyJsonInvalid: refusal({ ...malformed, message: 'This policy contains invalid Json', meantByCode: true }),
  PolicySyntaxInvalid: refusal({ ...malformed, message: 'Invalid policy syntax.' }),
  PolicyFieldUnknown: refusal<Field>({ ...malformed, message: ({ field }) => `Unknown field ${field}` }),
  PolicyFieldTwice: refusal<Field>({
    ...malformed,
    message: ({ field }) => `Statement/policy already has instance of ${field}`,
  }),
  PolicyFieldMissing: refusal<Field>({ ...malformed, message: ({ field }) => `Missing required field ${field}` }),
  PolicyFieldEmpty: refusal<Field>({
    ...malformed,
    message: ({ field }) => `Missing required field ${field} cannot be empty!`,
  }),
  PolicyStatementsEmpty: refusal({ ...malformed, message: 'Could not parse the policy: Statement is empty!' }),
  PolicyVersionInvalid: refusal({ ...malformed, message: 'The policy must contain a valid version string' }),
  PolicyEffectInvalid: refusal<{ readonly effect: string }>({
    ...malformed,
    message: ({ effect }) => `Invalid effect: ${effect}`,
  }),
  PolicyPrincipalInvalid: refusal<{ readonly kind: string; readonly principal: string }>({
    ...malformed,
    message: 'Invalid principal in policy',
    fields: ({ kind, principal }) => ({ Detail: `"${kind}" : "${principal}"` }),
    quotesStay: true,
  }),
  PolicyNotPrincipalAllowed: refusal({ ...malformed, message: 'Allow with NotPrincipal is not allowed.' }),
  PolicyActionInvalid: refusal<Quoted>({ ...malformed, message: 'Policy has invalid action', fields: allDetails }),
  PolicyResourceInvalid: refusal<Quoted>({ ...malformed, message: 'Policy has invalid resource', fields: allDetails }),
  PolicyActionWithoutResource: refusal<{ readonly action: string; readonly statement: string }>({
    ...malformed,
    message: 'Action does not apply to any resource(s) in statement',
    fields: ({ action, statement }) => ({ Detail: `Action "${action}" in Statement "${statement}"` }),
    quotesStay: true,
  }),
  PolicyConditionTypeInvalid: refusal<{ readonly operator: string }>({
    ...malformed,
    message: ({ operator }) => `Invalid Condition type : ${operator}`,
  }),
  PolicyConditionKeyInvalid: refusal<Quoted>({
    ...malformed,
    message: 'Policy has an invalid condition key',
    fields: allDetails,
  }),
  PolicyConditionNotApplicable: refusal({
    ...malformed,
    message: 'Conditions do not apply to combination of actions and resources in statement',
  }),
  PolicyIpAddressInvalid: refusal({ ...malformed, message: 'Invalid IP address in Conditions' }),
  PolicyBinaryInvalid: refusal({ ...malformed, message: 'Invalid Base64 value for binary condition' }),
  PolicyTooLong: refusal<{ readonly limit: number }>({
    ...malformed,
    message: ({ limit }) => `Normalized policy document exceeds the maximum allowed size of ${limit} bytes`,
  }),
};
