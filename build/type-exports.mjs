import { readFileSync } from 'node:fs';
import path from 'node:path';
import ts from 'typescript';

/** The names that a file of declarations exports as types alone, also of the files all of whose names it exports. */
export function typesExportedBy(file) {
  const exports_ = parse(readFileSync(file, 'utf8')).statements.filter(ts.isExportDeclaration);
  return exports_.flatMap(({ isTypeOnly, exportClause, moduleSpecifier }) => {
    if (exportClause === undefined) return typesExportedBy(declarationsOf(file, moduleSpecifier.text));
    return exportClause.elements.filter((one) => isTypeOnly || one.isTypeOnly).map(({ name }) => name.text);
  });
}

/** Exports these names as types again. The bundler exports a class as a value, so that users could construct what the program does not export. */
export function withTypeExports(code, types) {
  const exports_ = parse(code).statements.filter((one) => ts.isExportDeclaration(one) && one.exportClause !== undefined);
  return exports_
    .toSorted((a, b) => b.pos - a.pos)
    .reduce((text, node) => text.slice(0, node.getStart()) + separated(node, types) + text.slice(node.end), code);
}

function separated({ isTypeOnly, exportClause, moduleSpecifier }, types) {
  const from = moduleSpecifier === undefined ? '' : ` from ${moduleSpecifier.getText()}`;
  const isType = ({ name }) => isTypeOnly || types.includes(name.text);
  const write = (keyword, names) => (names.length === 0 ? [] : [`${keyword} { ${names.map((one) => one.getText()).join(', ')} }${from};`]);
  const { elements } = exportClause;
  // A module without any export would be a script, whose names are global.
  if (elements.length === 0) return 'export {};';
  return [
    ...write('export', elements.filter((one) => !isType(one))),
    ...write('export type', elements.filter(isType)),
  ].join('\n');
}

function declarationsOf(importer, specifier) {
  return path.join(path.dirname(importer), `${specifier.replace(/\.js$/, '')}.d.ts`);
}

function parse(text) {
  return ts.createSourceFile('types.d.ts', text, ts.ScriptTarget.ES2022, true);
}
