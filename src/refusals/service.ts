import type { RefusalForms } from './form';

/** What S3 answers when something is wrong at its own end, or with how much is asked of it: here only where a test wants it so (F160). */
export const serviceRefusals: RefusalForms<
  | 'InternalError'
  | 'SlowDown'
  | 'ServiceUnavailable'
  | 'RequestTimeout'
  | 'OperationAborted'
  | 'TooManyBuckets'
  | 'EntityTooLarge'
  | 'Failure'
> = {
  InternalError: {
    code: 'InternalError',
    status: 500,
    message: 'We encountered an internal error. Please try again.',
  },
  SlowDown: {
    code: 'SlowDown',
    status: 503,
    message: 'Please reduce your request rate.',
    cos: { message: 'Reduce your request rate.' },
  },
  ServiceUnavailable: { code: 'ServiceUnavailable', status: 503, message: 'Service is unable to handle request.' },
  RequestTimeout: {
    code: 'RequestTimeout',
    status: 400,
    message:
      'Your socket connection to the server was not read from or written to within the timeout period. Idle connections will be closed.',
    cos: {
      message: 'Your socket connection to the server was not read from or written to within the timeout period.',
    },
  },
  OperationAborted: {
    code: 'OperationAborted',
    status: 409,
    message: 'A conflicting conditional operation is currently in progress against this resource. Please try again.',
    cos: {
      message: 'A conflicting conditional operation is currently in progress against this resource. Try again.',
    },
  },
  TooManyBuckets: {
    code: 'TooManyBuckets',
    status: 400,
    message: 'You have attempted to create more buckets than allowed',
    cos: { message: 'You have attempted to create more buckets than allowed.' },
  },
  EntityTooLarge: {
    code: 'EntityTooLarge',
    status: 400,
    message: 'Your proposed upload exceeds the maximum allowed size',
    cos: { message: 'Your proposed upload exceeds the maximum allowed object size.' },
  },
  // A code of S3's whose details a request does not bring along.
  Failure: { code: ({ code }) => code, status: ({ status }) => status, message: ({ message }) => message },
};
