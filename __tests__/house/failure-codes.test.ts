import path from 'node:path';
import { expect, it } from '@jest/globals';
import ts from 'typescript';
import { failureNames } from '../../src/refusals/failures';
import { root } from './files';

it('the compiler and fail() accept the same names', () => {
  expect(namesOfType('FailureCode').toSorted()).toEqual(failureNames);
});

/** The words of a union that failures.ts exports, as the compiler computes it. */
function namesOfType(name: string): readonly string[] {
  const file = path.join(root, 'src/refusals/failures.ts');
  const { config } = ts.readConfigFile(path.join(root, 'tsconfig.json'), ts.sys.readFile);
  const { options } = ts.convertCompilerOptionsFromJson(config.compilerOptions, root);
  const program = ts.createProgram([file], { ...options, types: [], skipLibCheck: true });
  const checker = program.getTypeChecker();
  const source = program.getSourceFile(file);
  const symbol = source && checker.getSymbolAtLocation(source);
  const found = symbol && checker.getExportsOfModule(symbol).find((one) => one.name === name);
  const type = found && checker.getDeclaredTypeOfSymbol(found);
  return type?.isUnion()
    ? type.types.map((one) => (one.isStringLiteral() ? one.value : checker.typeToString(one)))
    : [];
}
