import { argument, refusal } from './refusal';

/** Refusals of restores from archives. */
export const restores = {
  /** A restore of a version that is read at once, by its storage class or in its tier of INTELLIGENT_TIERING. */
  RestoreOfReadable: refusal({
    code: 'InvalidObjectState',
    status: 403,
    message: "Restore is not allowed for the object's current storage class",
    cos: { message: 'The operation is not valid for the current state of the object.' },
  }),
  /** A restore of a version that is being restored, unless it asks for a faster tier and the same days. */
  RestoreOngoing: refusal({
    code: 'RestoreAlreadyInProgress',
    status: 409,
    message: 'Object restore is already in progress',
  }),
  /** A restore with days of a version of INTELLIGENT_TIERING, which leaves its archive tier for good. */
  RestoreDaysNotExpected: refusal({
    code: 'InvalidArgument',
    status: 400,
    message:
      'INTELLIGENT_TIERING objects are not subject to restore expiry. Do not specify Days when restoring this object',
  }),
  /** A restore for a number of days below 1. */
  RestoreDaysNotPositive: refusal<{ readonly ArgumentValue: string }>({
    code: 'InvalidArgument',
    status: 400,
    message: "'Days' must be a positive integer",
    fields: argument('Days'),
  }),
  /** A restore by a tier that the archive of the version does not have, such as Expedited from DEEP_ARCHIVE. */
  RestoreTierNotOffered: refusal({
    code: 'InvalidTier',
    status: 403,
    message: 'Retrieval option is not supported by this storage class',
    // F813
    cos: { code: 'InvalidArgument', status: 400, message: 'Invalid Argument' },
  }),
  /** A restore that selects from the object by SQL, which S3 has closed to new customers. */
  RestoreBySelect: refusal({
    code: 'MethodNotAllowed',
    status: 405,
    message: 'The specified method is not allowed against this resource.',
    fields: { Method: 'POST', ResourceType: 'OBJECT' },
  }),
};
