import { allDetails, argument, refusal } from './refusal';

/** Refusals of a browser's form. */
export const forms = {
  /** A form whose Content-Type has no boundary, or whose body does not hold parts between boundaries. */
  FormMalformed: refusal(
    'MalformedPOSTRequest',
    400,
    'The body of your POST request is not well-formed multipart/form-data.',
  ),
  // S3 spells it so (F562).
  /** A form with more bytes before its file than S3 reads. */
  FormFieldsTooLong: refusal<{ readonly MaxPostPreDataLengthBytes: number }>(
    'MaxPostPreDataLengthExceeded',
    400,
    'Your POST request fields preceeding the upload file was too large.',
    { fields: allDetails },
  ),
  /** A form without a file, or with two. */
  FormFileCount: refusal<{ readonly ArgumentValue: string }>(
    'InvalidArgument',
    400,
    'POST requires exactly one file upload per request.',
    { fields: argument('file') },
  ),
  /** A form without a key, or with some fields of a signature and not the others, before its file. */
  FormFieldMissing: refusal<{ readonly ArgumentName: string }>(
    'InvalidArgument',
    400,
    ({ ArgumentName }) =>
      `Bucket POST must contain a field named '${ArgumentName}'.  If it is specified, please check the order of the fields.`,
    { fields: ({ ArgumentName }) => ({ ArgumentName, ArgumentValue: '' }) },
  ),
  /** A form signed by version 4 whose X-Amz-Algorithm is not AWS4-HMAC-SHA256. */
  FormAlgorithmUnsupported: refusal<{ readonly ArgumentValue: string }>(
    'InvalidArgument',
    400,
    'Only AWS4-HMAC-SHA256 is supported',
    { fields: argument('X-Amz-Algorithm') },
  ),
  /** A form signed by version 4 whose X-Amz-Date is not of the form 20260331T073505Z. */
  FormDateMalformed: refusal<{ readonly ArgumentValue: string }>(
    'InvalidArgument',
    400,
    'X-Amz-Date must be formated via ISO8601 Long format',
    { fields: argument('X-Amz-Date') },
  ),
  /** A form that was sent with a session token in a header, and without an Authorization header. */
  NoAccessKeyPresented: refusal('AccessDenied', 403, 'No AWSAccessKey was presented.'),
};
