import type { Project } from '../support/project';
import { nodeArguments } from './installation';
import type { Variant } from './variants';

/** A package of an installation, and the package whose range chose its version. */
export type Resolved = readonly [name: string, range: string, by: string, version: string];

/** The packages that the installed library loads. */
export async function resolvedIn(project: Project, { manager }: Variant): Promise<readonly Resolved[]> {
  const { code, stdout, stderr } = await project.run([...nodeArguments(manager), 'resolved.cjs']);
  if (code !== 0) throw new Error(stderr);
  return JSON.parse(stdout);
}

/** A table with a row for each package and each that asks for it, and a column for each installation. */
export function drawResolved(columns: ReadonlyMap<string, readonly Resolved[]>): string {
  const rows = new Map<string, Map<string, string>>();
  for (const [column, resolved] of columns) {
    for (const [name, range, by, version] of resolved) {
      const row = `${name} ${range}, of ${by}`;
      rows.set(row, (rows.get(row) ?? new Map()).set(column, version));
    }
  }
  const names = [...columns.keys()];
  const lines = [
    ['package', ...names],
    ...[...rows].map(([row, found]) => [row, ...names.map((name) => found.get(name) ?? '-')]),
  ];
  const widths = lines[0]?.map((_, index) => Math.max(...lines.map((line) => line[index]?.length ?? 0))) ?? [];
  return lines
    .map((line) =>
      line
        .map((cell, index) => cell.padEnd(widths[index] ?? 0))
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
}
