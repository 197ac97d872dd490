import path from 'node:path';
import { expect, it } from '@jest/globals';
import ts from 'typescript';
import { failureNames } from '../../../src/refusals/failures';
import { root } from '../files';
import { options } from '../program';

it('the compiler and fail() accept the same names', () => {
  const file = path.join(root, 'src/refusals/failures.ts');
  const program = ts.createProgram([file], { ...options, types: [], skipLibCheck: true });
  const checker = program.getTypeChecker();
  const source = program.getSourceFile(file);
  const symbol = source && checker.getSymbolAtLocation(source);
  const found = symbol && checker.getExportsOfModule(symbol).find(({ name }) => name === 'FailureCode');
  const type = found && checker.getDeclaredTypeOfSymbol(found);
  const codes = type?.isUnion() ? type.types : [];
  expect(codes.map((one) => one.isStringLiteral() && one.value).toSorted()).toEqual(failureNames);
});
