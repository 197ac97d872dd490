import type { OperationName } from '../journal/entry';
import { inputNamesOf as inputNamesOfS3, operations, type OperationName as S3OperationName } from '../operations/table';
import { errorCodesOfSts, failureNamesOfSts } from '../refusals';
import { errorCodes, failureNames } from '../refusals/failures';
import type { MemberNames } from '../shapes/member-names';
import type { Shape } from '../shapes/shape';
import { type StsOperationName, stsInputNamesOf, stsOperations } from '../sts/table';

/**
 * The names of both services that a test may write: operations, their members and error codes.
 * @module
 */

/** The operations of S3 and IBM COS. */
export const namesOfS3 = Object.keys(operations) as readonly S3OperationName[]; // the table's own keys

/** All operations. */
export const operationNames: readonly OperationName[] = [
  ...namesOfS3,
  ...(Object.keys(stsOperations) as StsOperationName[]), // the table's own keys
];

/** Whether an operation is of STS. */
export function isOfSts(name: OperationName): name is StsOperationName {
  return Object.hasOwn(stsOperations, name);
}

/** The names of the members of an operation's input, nested ones too. */
export function inputNamesOf(name: OperationName): MemberNames {
  return isOfSts(name) ? stsInputNamesOf(name) : inputNamesOfS3(name);
}

/** The shape of an operation's input. */
export function inputShapeOf(name: OperationName): Shape {
  return { kind: 'structure', members: (isOfSts(name) ? stsOperations[name] : operations[name]).input };
}

/** The codes with which a rule may make requests of S3 fail. */
export const failuresOfS3 = { service: 'S3', codes: failureNames } as const;

/** The codes with which a rule may make requests of STS fail. */
export const failuresOfSts = { service: 'STS', codes: failureNamesOfSts } as const;

/** Every error code that an answer of the mock can have. */
export const allErrorCodes: readonly string[] = [...new Set([...errorCodes, ...errorCodesOfSts])];
