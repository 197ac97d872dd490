import type {
  InputOf as S3InputOf,
  OperationName as S3OperationName,
  OutputOf as S3OutputOf,
} from '../operations/table';
import type { StsInputOf, StsOperationName, StsOutputOf } from '../sts/table';

/**
 * The operations of both services: one journal has their requests, and no two have the same name (decision 41).
 * @module
 */

export type { NoInput, OperationAlias } from '../operations/table';
export type { StsOperationName } from '../sts/table';

/** The name of an operation: `'PutBucketVersioning'`, or one of STS: `'AssumeRole'`. */
export type OperationName = S3OperationName | StsOperationName;

/** The input of an operation, under the names of AWS's SDKs. */
export type InputOf<Name extends OperationName> = Name extends StsOperationName
  ? StsInputOf<Name>
  : Name extends S3OperationName
    ? S3InputOf<Name>
    : never;

/** The output of an operation, under the names of AWS's SDKs. */
export type OutputOf<Name extends OperationName> = Name extends StsOperationName
  ? StsOutputOf<Name>
  : Name extends S3OperationName
    ? S3OutputOf<Name>
    : never;
