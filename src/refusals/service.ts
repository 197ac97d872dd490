import { refusal } from './refusal';

/** Failures of S3 itself, and of its limits; the mock answers them only if a test asks for it (F160). */
export const service = {
  /** A failure inside S3, which only a test raises, by its code. */
  InternalError: refusal('InternalError', 500, 'We encountered an internal error. Please try again.'),
  /** A client that sends more than S3 serves, which only a test raises, by its code. */
  SlowDown: refusal('SlowDown', 503, 'Please reduce your request rate.', {
    cos: { message: 'Reduce your request rate.' },
  }),
  /** A service that cannot take requests at the moment, which only a test raises, by its code. */
  ServiceUnavailable: refusal('ServiceUnavailable', 503, 'Service is unable to handle request.'),
  /** A body that arrives too slowly, which only a test raises, by its code. */
  RequestTimeout: refusal(
    'RequestTimeout',
    400,
    'Your socket connection to the server was not read from or written to within the timeout period. Idle connections will be closed.',
    {
      cos: {
        message: 'Your socket connection to the server was not read from or written to within the timeout period.',
      },
    },
  ),
  /** Another operation on the same resource that is not over, which only a test raises, by its code. */
  OperationAborted: refusal(
    'OperationAborted',
    409,
    'A conflicting conditional operation is currently in progress against this resource. Please try again.',
    {
      cos: {
        message: 'A conflicting conditional operation is currently in progress against this resource. Try again.',
      },
    },
  ),
  /** An account that has as many buckets as it may have, which only a test raises, by its code. */
  TooManyBuckets: refusal('TooManyBuckets', 400, 'You have attempted to create more buckets than allowed', {
    cos: { message: 'You have attempted to create more buckets than allowed.' },
  }),
  /** An upload of more than 5 GB, which only a test raises, by its code. */
  EntityTooLarge: refusal('EntityTooLarge', 400, 'Your proposed upload exceeds the maximum allowed size', {
    cos: { message: 'Your proposed upload exceeds the maximum allowed object size.' },
  }),
  // Any code that a test asks for, if the failed request does not contain the details of its refusal.
  /** An error in a test's own words, or of a code whose refusal needs details that the failed request does not have. */
  Failure: refusal<{ readonly code: string; readonly status: number; readonly message: string }>(
    ({ code }) => code,
    ({ status }) => status,
    ({ message }) => message,
  ),
};
