import type { OperationName } from '../journal/entry';
import {
  findInputNames as inputNamesOfS3,
  operations,
  type OperationName as S3OperationName,
} from '../operations/table';
import { errorCodesOfSts, failureNamesOfSts } from '../refusals';
import { errorCodes, failureNames } from '../refusals/failures';
import type { MemberNames } from '../shapes/member-names';
import type { Shape } from '../shapes/shape';
import { type StsOperationName, stsInputNamesOf, stsOperations } from '../sts/table';

/**
 * The names of both services that a test may write: operations, their members and error codes.
 * @module
 */

export const namesOfS3 = Object.keys(operations) as readonly S3OperationName[]; // the table's own keys

export const operationNames: readonly OperationName[] = [
  ...namesOfS3,
  ...(Object.keys(stsOperations) as StsOperationName[]), // the table's own keys
];

export function isOfSts(name: OperationName): name is StsOperationName {
  return Object.hasOwn(stsOperations, name);
}

export function inputNamesOf(name: OperationName): MemberNames {
  return isOfSts(name) ? stsInputNamesOf(name) : inputNamesOfS3(name);
}

export function inputShapeOf(name: OperationName): Shape {
  return { kind: 'structure', members: (isOfSts(name) ? stsOperations[name] : operations[name]).input };
}

export const failuresOfS3 = { service: 'S3', codes: failureNames } as const;

export const failuresOfSts = { service: 'STS', codes: failureNamesOfSts } as const;

export const allErrorCodes: readonly string[] = [...new Set([...errorCodes, ...errorCodesOfSts])];
