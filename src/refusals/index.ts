export { type FailureCode, failureNames, type GivenError, refusalForFailure } from './failures';
export type { Header } from './refusal';
export { type RefusalDetails, type RefusalsOfBuckets, S3Error } from './s3-error';
export {
  type DeniedStsAction,
  refusalForStsFailure,
  type StsFailureCode,
  stsErrorCodes,
  stsFailureNames,
} from './sts-failures';
export type { RefusalName } from './table';
export { type WordedRefusal, wordRefusal } from './wording';
