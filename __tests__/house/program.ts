import path from 'node:path';
import ts from 'typescript';
import { root } from './files';

const { config } = ts.readConfigFile(path.join(root, 'tsconfig.json'), ts.sys.readFile);

export const { options } = ts.convertCompilerOptionsFromJson(config.compilerOptions, root);

/** Without the types of packages, which are two thirds of the whole. */
export function programOf(files: readonly string[]): ts.Program {
  const own = { ...options, types: [], noLib: true, skipLibCheck: true };
  const host = ts.createCompilerHost(own);
  host.resolveModuleNameLiterals = (names, file) =>
    names.map(({ text }) =>
      text.startsWith('.') ? ts.resolveModuleName(text, file, own, host) : { resolvedModule: undefined },
    );
  return ts.createProgram(files, own, host);
}
