/**
 * Runs the code of each guide in a folder where only the guide's own commands installed packages: `npm run tool guides`, or
 * `npm run tool guides -- restore cos`. It needs a registry.
 * @module
 */
import { copyFileSync } from 'node:fs';
import { join } from 'node:path';
import { filesIn } from '../house/files';
import { packLibrary } from '../support/packed';
import { Project } from '../support/project';
import { type Guide, readGuide } from './guide';
import { type Result, runGuides } from './installed-guides';

async function main(names: readonly string[]): Promise<void> {
  const pages = filesIn('docs/guides').filter((file) => file.endsWith('.md'));
  const unknown = names.filter((name) => !pages.includes(`docs/guides/${name}.md`));
  if (unknown.length > 0) throw new Error(`docs/guides has no ${unknown.join(', ')}`);
  const chosen = names.length === 0 ? pages : names.map((name) => `docs/guides/${name}.md`);
  const guides = chosen.map(readGuide).filter(({ commands }) => commands.length > 0);
  const store = new Project('guides');
  try {
    // A reader types the name of the package; here, it is a file beside the project.
    const tarball = join(store.folder, 's3-versioning-mock.tgz');
    copyFileSync((await packLibrary()).tarball, tarball);
    const failed = await runAll(guides, tarball);
    console.log(`${guides.length} guides, ${failed} with a failure`);
    process.exitCode = failed === 0 ? 0 : 1;
  } finally {
    store.remove();
  }
}

/** Guides with the same commands share a folder. One folder after another: npm fills the disk and the cores alone. Returns how many guides fail. */
async function runAll(guides: readonly Guide[], tarball: string): Promise<number> {
  let failed = 0;
  const commandsOf = ({ commands }: Guide) => commands.map((command) => `npm ${command.join(' ')}`).join('\n');
  for (const commands of new Set(guides.map(commandsOf))) {
    const group = guides.filter((guide) => commandsOf(guide) === commands);
    const begun = performance.now();
    const results = await runGuides(group, tarball);
    console.log(`${commands}\n  ${((performance.now() - begun) / 1000).toFixed(0)} s`);
    for (const result of results) console.log(linesOf(result));
    failed += results.filter(({ problems }) => problems.length > 0).length;
  }
  return failed;
}

function linesOf({ name, problems, passed, shown, checked }: Result): string {
  const verdict = problems.length === 0 ? 'ok    ' : 'FAILED';
  const counts = `${passed} tests pass, ${shown} fail as printed, ${checked} files have right types`;
  return [`  ${verdict} ${name}: ${counts}`, ...problems.map((problem) => problem.replaceAll(/^/gm, '    '))].join(
    '\n',
  );
}

main(process.argv.slice(2)).catch((error: unknown) => {
  console.error(error);
  process.exitCode = 1;
});
