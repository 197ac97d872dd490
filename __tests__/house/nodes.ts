import ts from 'typescript';

export function collect<Found>(node: ts.Node, find: (node: ts.Node) => readonly Found[]): readonly Found[] {
  const found: Found[] = [];
  visit(node, (one) => void found.push(...find(one)));
  return found;
}

export function visit(node: ts.Node, look: (node: ts.Node) => void): void {
  look(node);
  ts.forEachChild(node, (child) => visit(child, look));
}
