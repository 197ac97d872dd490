import { allDetails, argument, refusal } from './refusal';

/** Refusals of a browser's form. */
export const forms = {
  FormMalformed: refusal({
    code: 'MalformedPOSTRequest',
    status: 400,
    message: 'The body of your POST request is not well-formed multipart/form-data.',
  }),
  // S3 spells it so (F562).
  FormFieldsTooLong: refusal<{ readonly MaxPostPreDataLengthBytes: number }>({
    code: 'MaxPostPreDataLengthExceeded',
    status: 400,
    message: 'Your POST request fields preceeding the upload file was too large.',
    fields: allDetails,
  }),
  FormFileCount: refusal<{ readonly ArgumentValue: string }>({
    code: 'InvalidArgument',
    status: 400,
    message: 'POST requires exactly one file upload per request.',
    fields: argument('file'),
  }),
  FormFieldMissing: refusal<{ readonly ArgumentName: string }>({
    code: 'InvalidArgument',
    status: 400,
    message: ({ ArgumentName }) =>
      `Bucket POST must contain a field named '${ArgumentName}'.  If it is specified, please check the order of the fields.`,
    fields: ({ ArgumentName }) => ({ ArgumentName, ArgumentValue: '' }),
  }),
  FormAlgorithmUnsupported: refusal<{ readonly ArgumentValue: string }>({
    code: 'InvalidArgument',
    status: 400,
    message: 'Only AWS4-HMAC-SHA256 is supported',
    fields: argument('X-Amz-Algorithm'),
  }),
  FormDateMalformed: refusal<{ readonly ArgumentValue: string }>({
    code: 'InvalidArgument',
    status: 400,
    message: 'X-Amz-Date must be formated via ISO8601 Long format',
    fields: argument('X-Amz-Date'),
  }),
  NoAccessKeyPresented: refusal({ code: 'AccessDenied', status: 403, message: 'No AWSAccessKey was presented.' }),
};
