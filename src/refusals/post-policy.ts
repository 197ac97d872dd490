import {
  accessDenied,
  allDetails,
  argument,
  beginWith,
  invalidArgument,
  type NoDetails,
  refusal,
  type Text,
  type Texts,
  valueInvalid,
} from './refusal';

/** A policy that S3 cannot read. */
function invalid<Details extends object = NoDetails>(problem: Text<Details>) {
  return refusal('InvalidPolicyDocument', 400)<Details>(beginWith('Invalid Policy: ', problem));
}

/** Refusals of the policy of a browser's form. */
export const postPolicy = {
  /** A form whose policy has characters outside base64. */
  FormPolicyNotBase64: invalid('invalid Base64 encoding.'),
  /** A form whose policy is empty once decoded. */
  FormPolicyEmpty: invalid("Expecting '{' but found End-of-Input"),
  /** A form whose policy is not a JSON object, or has a value of a kind that S3 does not take there. */
  FormPolicyNotJson: {
    ...invalid('Invalid JSON.'),
    meantByCode: true as const,
    standardMessage: 'The content of the form does not meet the conditions specified in the policy document.',
    failsByName: false as const,
  },
  /** A form whose policy has a member other than expiration and conditions. */
  FormPolicyMemberUnknown: invalid<Texts<'name'>>(({ name }) => `Unexpected: '${name}'`),
  /** A form whose policy has no expiration. */
  FormPolicyExpirationMissing: invalid('Policy missing expiration.'),
  /** A form whose policy has an expiration that is not of the form 2030-01-31T12:00:00Z. */
  FormPolicyExpirationInvalid: invalid<Texts<'value'>>(({ value }) => `Invalid 'expiration' value: '${value}'`),
  /** A form whose policy has no conditions, or an empty list of them. */
  FormPolicyConditionsMissing: invalid('Policy missing conditions.'),
  /** A form whose policy has conditions that are not a list. */
  FormPolicyConditionsNotList: invalid("Invalid 'conditions' value: must be a List."),
  /** A form whose policy has a condition that is neither a list nor an object. */
  FormConditionNotList: invalid('Invalid condition test: must be a List or Object.'),
  /** A form whose policy has a condition that is an empty list. */
  FormConditionEmpty: invalid('Invalid Condition: missing operation identifier.'),
  /** A form whose policy has a condition with an operation that S3 does not have. */
  FormConditionUnknown: invalid<Texts<'operation'>>(
    ({ operation }) => `Invalid Condition: unknown operation '${operation}'.`,
  ),
  // S3 spells only the first of the operations with a capital.
  /** A form whose policy has a condition with more or fewer than two values after its operation. */
  FormConditionArguments: invalid<Texts<'operation'>>(
    ({ operation }) => `Invalid ${operation === 'eq' ? 'Eq' : operation}: wrong number of arguments.`,
  ),
  /** A form whose policy has a condition that is an object with no member or with two. */
  FormConditionNotOne: invalid('Invalid Simple-Condition: Simple-Conditions must have exactly one property specified.'),
  /** A form whose policy has a condition that is an object whose value is not a text. */
  FormConditionNotText: invalid('Invalid Simple-Condition: value must be a string.'),
  /** A form that came after the expiration of its policy. */
  FormPolicyExpired: accessDenied('Invalid according to Policy: Policy expired.'),
  /** A form with a field that its policy requires to be otherwise or does not find. */
  FormConditionFailed: accessDenied<Texts<'condition'>>(
    ({ condition }) => `Invalid according to Policy: Policy Condition failed: ${condition}`,
  ),
  /** A form with a field, or sent to a bucket, that no condition of its policy is about. */
  FormFieldUncovered: accessDenied<Texts<'field'>>(
    ({ field }) => `Invalid according to Policy: Extra input fields: ${field}`,
  ),
  /** A form whose file is larger than the content-length-range of its policy allows. */
  FormFileTooLarge: refusal('EntityTooLarge', 400)<{ readonly ProposedSize: number; readonly MaxSizeAllowed: number }>(
    'Your proposed upload exceeds the maximum allowed size',
    { fields: allDetails, cos: { message: 'Your proposed upload exceeds the maximum allowed object size.' } },
  ),
  /** A form whose file is smaller than the content-length-range of its policy allows. */
  FormFileTooSmall: refusal('EntityTooSmall', 400)<{ readonly ProposedSize: number; readonly MinSizeAllowed: number }>(
    'Your proposed upload is smaller than the minimum allowed size',
    { fields: allDetails, cos: { message: 'Your proposed upload is smaller than the minimum allowed object size.' } },
  ),
  /** A form whose Content-Type has no boundary, or whose body does not hold parts between boundaries. */
  FormMalformed: refusal(
    'MalformedPOSTRequest',
    400,
  )('The body of your POST request is not well-formed multipart/form-data.'),
  // S3 spells it so (F562).
  /** A form with more bytes before its file than S3 reads. */
  FormFieldsTooLong: refusal('MaxPostPreDataLengthExceeded', 400)<{ readonly MaxPostPreDataLengthBytes: number }>(
    'Your POST request fields preceeding the upload file was too large.',
    {
      fields: allDetails,
      cos: {
        code: 'MaxPostPreDataLengthExceededError',
        message: 'Your POST request fields preceding the upload file were too large.',
      },
    },
  ),
  /** A form without a file, or with two. */
  FormFileCount: invalidArgument<Texts<'ArgumentValue'>>('POST requires exactly one file upload per request.', {
    fields: argument('file'),
    cos: { code: 'IncorrectNumberOfFilesInPostRequest', message: 'POST requires exactly one file upload per request.' },
  }),
  /** A form whose key is empty. */
  FormKeyEmpty: invalidArgument('User key must have a length greater than 0.', {
    fields: { ArgumentName: 'key', ArgumentValue: '' },
    failsByName: false,
  }),
  /** A form without a key, or with some fields of a signature and not the others, before its file. */
  FormFieldMissing: invalidArgument<Texts<'ArgumentName'>>(
    ({ ArgumentName }) =>
      `Bucket POST must contain a field named '${ArgumentName}'.  If it is specified, please check the order of the fields.`,
    { fields: ({ ArgumentName }) => ({ ArgumentName, ArgumentValue: '' }) },
  ),
  /** A form signed by version 4 whose X-Amz-Algorithm is not AWS4-HMAC-SHA256. */
  FormAlgorithmUnsupported: valueInvalid('X-Amz-Algorithm', 'Only AWS4-HMAC-SHA256 is supported'),
  /** A form signed by version 4 whose X-Amz-Date is not of the form 20260331T073505Z. */
  FormDateMalformed: valueInvalid('X-Amz-Date', 'X-Amz-Date must be formated via ISO8601 Long format'),
  /** A form that was sent with a session token in a header, and without an Authorization header. */
  NoAccessKeyPresented: accessDenied('No AWSAccessKey was presented.'),
};
