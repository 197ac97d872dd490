import { longestLength } from '../../src/text/columns';
import type { Project } from '../support/project';
import { nodeArguments } from './installation';
import type { Variant } from './variants';

export type Resolved = readonly [name: string, range: string, by: string, version: string];

export async function resolvedIn(project: Project, { manager }: Variant): Promise<readonly Resolved[]> {
  const { code, stdout, stderr } = await project.run([...nodeArguments(manager), 'resolved.cjs']);
  if (code !== 0) throw new Error(stderr);
  return JSON.parse(stdout);
}

export function drawResolved(columns: ReadonlyMap<string, readonly Resolved[]>): string {
  const rows = new Map<string, { readonly by: Set<string>; readonly versions: Map<string, string> }>();
  for (const [column, resolved] of columns) {
    for (const [name, range, by, version] of resolved) {
      const row = rows.get(`${name} ${range}`) ?? { by: new Set(), versions: new Map() };
      rows.set(`${name} ${range}`, row);
      row.by.add(by);
      row.versions.set(column, version);
    }
  }
  const names = [...columns.keys()];
  const lines = [...rows].map(([asked, { by, versions }]) => [
    asked,
    [...by].join(', '),
    ...names.map((name) => versions.get(name) ?? '-'),
  ]);
  const all = [['package', 'asked for by', ...names], ...lines];
  const widths = ['package', 'by', ...names].map((_, index) => longestLength(all.map((line) => line[index] ?? '')));
  return all
    .map((line) =>
      line
        .map((cell, index) => cell.padEnd(widths[index] ?? 0))
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
}
