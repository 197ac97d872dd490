import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type Dialect, mockS3 } from 's3-versioning-mock/jest';
import { clients } from '../../support/clients';
import { esmFacts } from '../../support/clients/esm-facts';
import { bothDialects, type ClientFacts } from '../../support/clients/story-client';
import { playWithEsmClients } from '../esm-project';
import { applies, chapters, play, stories } from '../stories';
import type { Story } from '../story';

const esmClients: readonly ClientFacts[] = Object.values(esmFacts);
const begun = new Set<string>();
const played = new Set<string>();
const nameOf = ({ name }: ClientFacts, dialect: Dialect, { title }: Story) => `${name}, ${dialect}: ${title}`;
const kindsIn = <Kind extends ClientFacts>(kinds: readonly Kind[], dialect: Dialect) =>
  kinds.filter(({ dialects }) => dialects.includes(dialect));

afterAll(() => {
  const kinds = [...clients, ...esmClients];
  const tables = Object.entries(chapters).flatMap(([chapter, told]) =>
    bothDialects.map((dialect) =>
      drawTable(chapter, dialect, kinds, told, (kind, story) => {
        if (!applies(story, kind)) return 'n/a';
        const name = nameOf(kind, dialect, story);
        if (!begun.has(name)) return 'not run';
        return played.has(name) ? 'ok' : 'FAILED';
      }),
    ),
  );
  process.stdout.write(`\nEvery client through every story\n\n${tables.join('\n\n')}\n\n`);
});

describe.each(bothDialects)('%s', (dialect) => {
  const s3 = mockS3({ verifySignatures: true });

  describe.each(kindsIn(clients, dialect))('$name', (kind) => {
    it.each(stories.filter((story) => applies(story, kind)))('$title', async (story) => {
      begun.add(nameOf(kind, dialect, story));
      await play(story, kind, dialect, s3);
      played.add(nameOf(kind, dialect, story));
    });
  });
});

describe('clients that are only ES modules, in a Node process of their own', () => {
  const failures = new Map<string, string | undefined>();

  beforeAll(async () => {
    for (const { client, dialect, story, failure } of await playWithEsmClients(['--verify-signatures']))
      failures.set(`${client}, ${dialect}: ${story}`, failure);
  });

  describe.each(bothDialects)('%s', (dialect) => {
    describe.each(kindsIn(esmClients, dialect))('$name', (kind) => {
      it.each(stories.filter((story) => applies(story, kind)))('$title', (story) => {
        const name = nameOf(kind, dialect, story);
        begun.add(name);
        expect([...failures.keys()]).toContain(name);
        if (failures.get(name) !== undefined) throw new Error(failures.get(name));
        played.add(name);
      });
    });
  });
});

function drawTable(
  chapter: string,
  dialect: Dialect,
  kinds: readonly ClientFacts[],
  stories: readonly Story[],
  cellOf: (kind: ClientFacts, story: Story) => 'ok' | 'FAILED' | 'not run' | 'n/a',
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
