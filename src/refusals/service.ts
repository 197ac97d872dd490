import { refusal } from './refusal';

/** Failures of S3 itself, and of its limits; the mock answers them only if a test asks for it (F160). */
export const service = {
  InternalError: refusal({
    code: 'InternalError',
    status: 500,
    message: 'We encountered an internal error. Please try again.',
  }),
  SlowDown: refusal({
    code: 'SlowDown',
    status: 503,
    message: 'Please reduce your request rate.',
    cos: { message: 'Reduce your request rate.' },
  }),
  ServiceUnavailable: refusal({
    code: 'ServiceUnavailable',
    status: 503,
    message: 'Service is unable to handle request.',
  }),
  RequestTimeout: refusal({
    code: 'RequestTimeout',
    status: 400,
    message:
      'Your socket connection to the server was not read from or written to within the timeout period. Idle connections will be closed.',
    cos: {
      message: 'Your socket connection to the server was not read from or written to within the timeout period.',
    },
  }),
  OperationAborted: refusal({
    code: 'OperationAborted',
    status: 409,
    message: 'A conflicting conditional operation is currently in progress against this resource. Please try again.',
    cos: {
      message: 'A conflicting conditional operation is currently in progress against this resource. Try again.',
    },
  }),
  TooManyBuckets: refusal({
    code: 'TooManyBuckets',
    status: 400,
    message: 'You have attempted to create more buckets than allowed',
    cos: { message: 'You have attempted to create more buckets than allowed.' },
  }),
  EntityTooLarge: refusal({
    code: 'EntityTooLarge',
    status: 400,
    message: 'Your proposed upload exceeds the maximum allowed size',
    cos: { message: 'Your proposed upload exceeds the maximum allowed object size.' },
  }),
  // Any code that a test asks for, if the failed request does not contain the details of its refusal.
  Failure: refusal<{ readonly code: string; readonly status: number; readonly message: string }>({
    code: ({ code }) => code,
    status: ({ status }) => status,
    message: ({ message }) => message,
  }),
};
