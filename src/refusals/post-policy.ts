import { allDetails, refusal, type Text } from './refusal';

/** A policy that S3 cannot read. It writes double quotes as they are (F567). */
function invalid<Details extends object>(problem: Text<Details>) {
  return refusal<Details>({
    code: 'InvalidPolicyDocument',
    status: 400,
    message: typeof problem === 'string' ? begun(problem) : (details) => begun(problem(details)),
    quotesStay: true,
  });
}

function begun(problem: string): string {
  return `Invalid Policy: ${problem}`;
}

type None = { readonly [Key in never]: never };

/** Refusals of the policy of a browser's form. */
export const postPolicy = {
  FormPolicyNotBase64: invalid<None>('invalid Base64 encoding.'),
  FormPolicyEmpty: invalid<None>("Expecting '{' but found End-of-Input"),
  FormPolicyNotJson: {
    ...invalid<None>('Invalid JSON.'),
    meantByCode: true as const,
    standardMessage: 'The content of the form does not meet the conditions specified in the policy document.',
    failsByName: false as const,
  },
  FormPolicyMemberUnknown: invalid<{ readonly name: string }>(({ name }) => `Unexpected: '${name}'`),
  FormPolicyExpirationMissing: invalid<None>('Policy missing expiration.'),
  FormPolicyExpirationInvalid: invalid<{ readonly value: string }>(
    ({ value }) => `Invalid 'expiration' value: '${value}'`,
  ),
  FormPolicyConditionsMissing: invalid<None>('Policy missing conditions.'),
  FormPolicyConditionsNotList: invalid<None>("Invalid 'conditions' value: must be a List."),
  FormConditionNotList: invalid<None>('Invalid condition test: must be a List or Object.'),
  FormConditionEmpty: invalid<None>('Invalid Condition: missing operation identifier.'),
  FormConditionUnknown: invalid<{ readonly operation: string }>(
    ({ operation }) => `Invalid Condition: unknown operation '${operation}'.`,
  ),
  // S3 spells only the first of the operations with a capital.
  FormConditionArguments: invalid<{ readonly operation: string }>(
    ({ operation }) => `Invalid ${operation === 'eq' ? 'Eq' : operation}: wrong number of arguments.`,
  ),
  FormConditionNotOne: invalid<None>(
    'Invalid Simple-Condition: Simple-Conditions must have exactly one property specified.',
  ),
  FormConditionNotText: invalid<None>('Invalid Simple-Condition: value must be a string.'),
  FormPolicyExpired: refusal({
    code: 'AccessDenied',
    status: 403,
    message: 'Invalid according to Policy: Policy expired.',
  }),
  FormConditionFailed: refusal<{ readonly condition: string }>({
    code: 'AccessDenied',
    status: 403,
    message: ({ condition }) => `Invalid according to Policy: Policy Condition failed: ${condition}`,
    quotesStay: true,
  }),
  FormFieldUncovered: refusal<{ readonly field: string }>({
    code: 'AccessDenied',
    status: 403,
    message: ({ field }) => `Invalid according to Policy: Extra input fields: ${field}`,
  }),
  FormFileTooLarge: refusal<{ readonly ProposedSize: number; readonly MaxSizeAllowed: number }>({
    code: 'EntityTooLarge',
    status: 400,
    message: 'Your proposed upload exceeds the maximum allowed size',
    fields: allDetails,
    cos: { message: 'Your proposed upload exceeds the maximum allowed object size.' },
  }),
  FormFileTooSmall: refusal<{ readonly ProposedSize: number; readonly MinSizeAllowed: number }>({
    code: 'EntityTooSmall',
    status: 400,
    message: 'Your proposed upload is smaller than the minimum allowed size',
    fields: allDetails,
    cos: { message: 'Your proposed upload is smaller than the minimum allowed object size.' },
  }),
};
