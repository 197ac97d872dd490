import { accessDenied, invalidArgument, invalidRequest, refusal } from './refusal';

/**
 * The answers of IBM COS for which IBM documents at most a status (F820). Each is a guess that is made here alone: the codes and texts come
 * from its general table of errors.
 */
const guessed = {
  badRequest: invalidArgument('Invalid Argument'),
  conflict: refusal('InvalidRequest', 409)('Invalid Request'),
  bucketState: refusal('InvalidBucketState', 409)('The request is not valid with the current state of the bucket.'),
  protectedObject: accessDenied('Access Denied'),
  noRetention: refusal(
    'NoSuchObjectLockConfiguration',
    404,
  )('The specified object does not have a ObjectLock configuration'),
  missingDigest: invalidRequest('Missing required header for this request: Content-MD5 OR x-amz-checksum-*'),
};

/** Refusals because of the retention that IBM COS has beside object lock: the policy of a bucket, and the periods and holds of its objects. */
export const protection = {
  /** A PUT of a retention policy whose days are out of range, or whose default is not between its minimum and its maximum. */
  ProtectionDaysInvalid: guessed.badRequest,
  /** A PUT of a retention policy without EnablePermanentRetention, on a bucket that has it. */
  PermanentRetentionFixed: guessed.badRequest,
  /** A PUT of a retention policy on a bucket whose versioning was set. */
  ProtectionWithVersioning: guessed.bucketState,
  /** A PUT of the first retention policy on a bucket that has objects. */
  ProtectionOfObjects: guessed.bucketState,
  /** A PUT of versioning on a bucket with a retention policy. */
  VersioningWithProtection: guessed.bucketState,
  /** A write with headers of COS's retention to a bucket without a retention policy. */
  RetentionWithoutProtection: guessed.badRequest,
  /** A header of COS's retention that is not a number of seconds, a date or a directive. */
  RetentionHeaderInvalid: guessed.badRequest,
  /** A write with Retention-Period and Retention-Expiration-Date. */
  RetentionTwice: guessed.badRequest,
  /** A copy with Retention-Directive: COPY, and headers of a retention of its own. */
  RetentionBesideCopy: guessed.badRequest,
  /** A write or an extension with a retention that is shorter or longer than the policy of the bucket allows. */
  RetentionOutOfRange: guessed.badRequest,
  /** A write with a permanent retention to a bucket whose policy does not have EnablePermanentRetention. */
  PermanentRetentionDisabled: guessed.badRequest,
  /** A write of an object or a part to a bucket with a retention policy, with neither Content-MD5 nor a checksum. */
  ProtectionDigestMissing: guessed.missingDigest,
  /** A deletion or an overwrite of an object of IBM COS that is under retention or a legal hold. */
  ObjectProtected: guessed.protectedObject,
  /** A legal hold that is added to or removed from an object without a retention, or an extension of its retention. */
  ObjectUnprotected: guessed.badRequest,
  /** A listing of the legal holds of an object without a retention. */
  NoRetentionState: guessed.noRetention,
  /** An id of a legal hold that is missing, longer than 64 characters, or has other characters than COS takes. */
  LegalHoldIdInvalid: guessed.badRequest,
  /** A legal hold beyond the hundred that an object can have. */
  LegalHoldsTooMany: guessed.badRequest,
  /** A legal hold with an id that the object has. */
  LegalHoldExists: guessed.conflict,
  /** A removal of a legal hold that the object does not have. */
  NoSuchLegalHold: guessed.badRequest,
  /** An extension of a retention with none or several of its four headers. */
  ExtensionNotSingle: guessed.badRequest,
  /** An extension that does not make the retention longer, or of a retention that has no end to be moved. */
  RetentionNotExtended: guessed.badRequest,
};
