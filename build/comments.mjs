import ts from 'typescript';

/**
 * Removes the comments that no editor shows from files of declarations: those of modules, and those of declarations to which no entry leads.
 */
export function withoutInternalComments(chunks) {
  const files = chunks.map(({ code, isEntry }) => ({ isEntry, file: ts.createSourceFile('types.d.ts', code, ts.ScriptTarget.ES2022, true) }));
  const shown = shownStatements(files);
  return files.map(({ file }) => {
    const removed = file.statements.flatMap((statement) =>
      shown.has(statement) ? commentsOf(statement).filter(isOfModule) : [statement, ...descendantsOf(statement)].flatMap(commentsOf),
    );
    return removed
      .map(({ pos, end }) => ({ pos, end: end + /^\s*/.exec(file.text.slice(end))[0].length }))
      .toSorted((a, b) => b.pos - a.pos)
      .reduce((text, { pos, end }) => text.slice(0, pos) + text.slice(end), file.text);
  });
}

/** The statements of the entries, and those that declare what these name. */
function shownStatements(files) {
  const shown = new Set(files.filter(({ isEntry }) => isEntry).flatMap(({ file }) => file.statements));
  const others = files.flatMap(({ file }) => file.statements);
  // A set is also iterated over what is added meanwhile.
  for (const statement of shown) {
    const names = namesIn(statement);
    for (const other of others) if (names.includes(nameOf(other))) shown.add(other);
  }
  return shown;
}

/** The name that a statement declares. An export, an import and an augmentation of another module have none. */
function nameOf(statement) {
  if (ts.isVariableStatement(statement)) return statement.declarationList.declarations[0]?.name.getText();
  return ts.isModuleDeclaration(statement) ? undefined : statement.name?.text;
}

/** The types that a declaration shows: those that it names, except what it only computes with. */
function namesIn(statement) {
  return descendantsOf(statement, isComputedWith).flatMap((node) => {
    if (ts.isTypeReferenceNode(node)) return [node.typeName.getText()];
    if (ts.isExpressionWithTypeArguments(node)) return [node.expression.getText()];
    return ts.isExportSpecifier(node) || ts.isImportSpecifier(node) ? [(node.propertyName ?? node.name).getText()] : [];
  });
}

/** Whether a node is behind `typeof` or in the condition of a type, or is of a constructor: users construct an error, and nothing else. */
function isComputedWith(node) {
  const isOfCondition = ts.isConditionalTypeNode(node.parent) && [node.parent.checkType, node.parent.extendsType].includes(node);
  return isOfCondition || ts.isTypeQueryNode(node) || ts.isConstructorDeclaration(node);
}

function descendantsOf(node, isHidden = () => false) {
  const found = [];
  const add = (child) => {
    if (isHidden(child)) return;
    found.push(child);
    ts.forEachChild(child, add);
  };
  ts.forEachChild(node, add);
  return found;
}

function commentsOf(node) {
  return node.jsDoc ?? [];
}

function isOfModule(comment) {
  return comment.tags?.some(({ tagName }) => tagName.text === 'module') ?? false;
}
