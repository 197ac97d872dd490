// Builds the site into dist/site: writes the pages as VitePress reads them, builds, and checks of what was built
// every link and what its search finds.
import { cpSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'vitepress';
import { problemsOf } from './check.mjs';
import { pages, root, textOf } from './pages.mjs';
import { unanswered } from './questions.mjs';

const here = fileURLToPath(new URL('.', import.meta.url));
const pagesToRead = join(here, 'dist/pages');
const built = join(here, 'dist/site');

rmSync(join(here, 'dist'), { recursive: true, force: true });
for (const [page, { text }] of pages) {
  mkdirSync(dirname(join(pagesToRead, page)), { recursive: true });
  writeFileSync(join(pagesToRead, page), text);
}
cpSync(join(here, 'public'), join(pagesToRead, 'public'), { recursive: true });
cpSync(join(root, 'docs/window'), join(pagesToRead, 'window'), { recursive: true });
// The README, which is the first page, is above the folder of the other documents.
for (const place of ['docs/pictures', 'pictures']) cpSync(join(root, 'docs/pictures'), join(pagesToRead, place), { recursive: true });
cpSync(join(root, 'docs/window'), join(pagesToRead, 'docs/window'), { recursive: true });
// Its links lead to the documents of the package; on the site, to their pages.
writeFileSync(join(pagesToRead, 'public/llms.txt'), textOf('llms.txt').replaceAll(/\]\(docs\/([\w./-]+?)\.md/g, '](/$1.html'));

await build(here);

const problems = [...problemsOf(built), ...(await unanswered(built))];
if (problems.length > 0) {
  console.error(`Problems of the site:\n${problems.join('\n')}`);
  process.exitCode = 1;
}
