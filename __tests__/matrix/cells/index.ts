import { readdirSync } from 'node:fs';
import path from 'node:path';
import type { Cell } from '../cell';

const files = readdirSync(__dirname).filter((file) => /^(?!index\.)[\w-]+\.ts$/.test(file));

export const cells: readonly Cell[] = files.toSorted().flatMap((file) => {
  const exported: { readonly cells: readonly Cell[] } = require(path.join(__dirname, file));
  return exported.cells;
});
