import { argument, refusal } from './refusal';

/** Refusals of restores from archives. */
export const restores = {
  /** A restore of a version that is read at once, by its storage class or in its tier of INTELLIGENT_TIERING. */
  RestoreOfReadable: refusal(
    'InvalidObjectState',
    403,
    "Restore is not allowed for the object's current storage class",
    { cos: { message: 'The operation is not valid for the current state of the object.' } },
  ),
  /** A restore of a version that is being restored, unless it asks for a faster tier and the same days. */
  RestoreOngoing: refusal('RestoreAlreadyInProgress', 409, 'Object restore is already in progress'),
  /** A restore with days of a version of INTELLIGENT_TIERING, which leaves its archive tier for good. */
  RestoreDaysNotExpected: refusal(
    'InvalidArgument',
    400,
    'INTELLIGENT_TIERING objects are not subject to restore expiry. Do not specify Days when restoring this object',
  ),
  /** A restore for a number of days below 1. */
  RestoreDaysNotPositive: refusal<{ readonly ArgumentValue: string }>(
    'InvalidArgument',
    400,
    "'Days' must be a positive integer",
    { fields: argument('Days') },
  ),
  /** A restore by a tier that the archive of the version does not have, such as Expedited from DEEP_ARCHIVE. */
  RestoreTierNotOffered: refusal('InvalidTier', 403, 'Retrieval option is not supported by this storage class', {
    // F813
    cos: { code: 'InvalidArgument', status: 400, message: 'Invalid Argument' },
  }),
  /** A restore that selects from the object by SQL, which S3 has closed to new customers. */
  RestoreBySelect: refusal('MethodNotAllowed', 405, 'The specified method is not allowed against this resource.', {
    fields: { Method: 'POST', ResourceType: 'OBJECT' },
  }),
};
