import type { ClientFacts, Scene } from '../support/clients/story-client';
import type { Story } from './story';

/** The result of a story with a client. */
export type Cell = 'ok' | 'FAILED' | 'not run' | 'n/a';

/** Draws the table of clients and stories of one chapter in one dialect, as text. */
export function drawTable(
  chapter: string,
  dialect: Scene['dialect'],
  kinds: readonly ClientFacts[],
  stories: readonly Story[],
  cellOf: (kind: ClientFacts, story: Story) => Cell,
): string {
  const spoken = kinds.filter(({ dialects }) => dialects.includes(dialect));
  const rows = spoken.map((kind) => [kind.name, ...stories.map((story) => cellOf(kind, story))]);
  const title = `${dialect === 'aws' ? 'Amazon S3' : 'IBM COS'}, ${chapter}`;
  const all = [[title, ...stories.map(({ column }) => column)], ...rows];
  const widths = all[0]?.map((_, column) => Math.max(...all.map((row) => row[column]?.length ?? 0))) ?? [];
  return all
    .map((row) =>
      row
        .map((cell, column) => cell.padEnd(widths[column] ?? 0))
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
}
