import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { textOf } from '../house/files';
import { packLibrary } from '../support/packed';
import { Project } from '../support/project';
import { describeInstalled, install, installManagers, nodeArguments } from './installation';
import { runTests, tellingTests } from './suite';
import { drawResolved, type Resolved, resolvedIn } from './table';
import { oldestDependencies, refusedPeers, type Variant, variantsFor } from './variants';

const node = process.versions.node;
const variants = variantsFor(node);
const manifest = JSON.parse(textOf('package.json'));
const say = (text: string) => process.stderr.write(`\n*** ${text}\n`);
const nameOf = ({ manager, end }: Variant) => `${manager}, ${end}`;

const installed = new Map<string, Project>();
const resolved = new Map<string, readonly Resolved[]>();
const checkout = new Project('checkout');
afterAll(() => {
  for (const project of [checkout, ...installed.values()]) project.remove();
});

describeInstalled('the library as users install it', (address) => {
  beforeAll(async () => {
    for (const sentence of refusedPeers(node)) say(`NOT RUN: ${sentence}`);
    await installManagers();
    const { tarball } = await packLibrary();
    for (const variant of variants) {
      const project = await install(variant, tarball, address);
      installed.set(nameOf(variant), project);
      writeScripts(project);
      resolved.set(nameOf(variant), await resolvedIn(project, variant));
    }
    say(`What was resolved, on Node ${node}\n\n${drawResolved(resolved)}\n`);
    writeScripts(checkout);
    checkout.compileLibrary();
    checkout.linkPackages();
  });

  it.each(variants.map((variant) => [nameOf(variant), variant] as const))(
    'an installation has the versions that it asks for: %s',
    (name, { end, forced, packages }) => {
      const versions = new Map(resolved.get(name)?.map(([one, , , version]) => [one, version]));
      const asked = { ...forced, ...(end === 'oldest' && packages) };
      const { jest: _, ...exact } = asked;
      expect(Object.fromEntries(Object.keys(exact).map((one) => [one, versions.get(one)]))).toEqual(exact);
      // The newest is later than the oldest, so the two runs are not the same one.
      if (end === 'newest') expect(versions.get('sax')).not.toBe(oldestDependencies['sax']);
      expect(versions.get('s3-versioning-mock')).toBe(manifest.version);
    },
  );

  it.each(variants.map((variant) => [nameOf(variant), variant] as const))(
    'an installed library loads by require and by import: %s',
    async (name, { manager }) => {
      const project = projectOf(name);
      const entries = ['', '/matchers', '/guard'].map((subpath) => `s3-versioning-mock${subpath}`);
      project.write('load.cjs', `for (const name of ${JSON.stringify(entries)}) require(name);`);
      project.write('load.mjs', entries.map((entry) => `import '${entry}';`).join('\n'));
      for (const file of ['load.cjs', 'load.mjs'])
        expect(await project.run([...nodeArguments(manager), file], { NODE_NO_WARNINGS: '1' })).toEqual({
          code: 0,
          stdout: '',
          stderr: '',
        });
    },
  );

  describe("the installed library's answers to documents, hostile ones among them", () => {
    let expected: Readonly<Record<string, string>>;
    beforeAll(async () => {
      expected = await answersOf(checkout);
    });

    it('are those that S3 gives to references', () => {
      expect(expected).toMatchObject({
        'tagging: &#x41;': '204 ',
        'tagging: &#x10000;': '204 ',
        'tagging: &#x1;': '400 MalformedXML',
        'tagging: &#xD800;': '400 MalformedXML',
        'tagging: &#xFFFF;': '400 MalformedXML',
        'tagging: &nbsp;': '400 MalformedXML',
        'delete: &#x1;': '400 MalformedXML',
        'a comment of hyphens': '400 MalformedXML',
        'many attributes': '400 MalformedXML',
      });
    });

    it('are the same as in the checkout with each set of packages that was resolved, whoever installed it', async () => {
      const sets = new Map(variants.map((variant) => [JSON.stringify(packagesOf(variant)), variant]));
      expect(sets.size).toBeGreaterThan(1);
      for (const variant of sets.values()) {
        const answers = await answersOf(projectOf(nameOf(variant)), nodeArguments(variant.manager));
        expect(Object.keys(answers).length).toBeGreaterThan(1_500);
        const other = Object.entries(answers).filter(([document, answer]) => answer !== expected[document]);
        expect(other.map(([document, answer]) => [document.slice(0, 200), answer, expected[document]])).toEqual([]);
      }
    });
  });

  describe.each(['oldest', 'newest'])('with the %s packages', (end) => {
    const name = `npm, ${end}`;

    it('passes the selected tests in its jest', async () => {
      const project = projectOf(name);
      project.linkPackages();
      const { version, passed, failures } = await runTests(project, tellingTests);
      say(`jest ${version}, ${end}: ${passed} tests passed, ${failures.length} failed\n`);
      expect(failures).toEqual([]);
      expect(passed).toBeGreaterThan(500);
    });

    it('works with its nock', async () => {
      const project = projectOf(name);
      for (const script of ['orders.test', 'nock']) {
        project.write(`${script}.mjs`, textOf(`__tests__/neighbours/scripts/${script}.mjs`));
      }
      const args = ['--test', '--test-reporter=tap', 'orders.test.mjs'];
      const { code, stdout } = await project.run(args, { NEIGHBOUR: 'nock' });
      expect({ code, stdout }).toEqual({ code: 0, stdout: expect.stringMatching(/^# pass 5\n# fail 0$/m) });
    });

    it.each([
      ['as it is', ''],
      ['inlined', 'test: { server: { deps: { inline: [/s3-versioning-mock/] } } }'],
    ])('passes a test in its vitest, %s', async (_, configuration) => {
      const project = projectOf(name);
      project.write('vitest.test.mjs', textOf('__tests__/installed/scripts/vitest.test.mjs'));
      project.write('vitest.config.mjs', `export default { ${configuration} };`);
      const { code, stdout, stderr } = await project.run(['node_modules/vitest/vitest.mjs', 'run', 'vitest.test.mjs'], {
        NO_COLOR: '1',
      });
      expect({ code, printed: stdout + stderr }).toEqual({
        code: 0,
        printed: expect.stringMatching(/Tests {2}1 passed \(1\)/),
      });
    });
  });
});

/** Those that answers can depend on: the packages of runners are there or not. */
function packagesOf(variant: Variant): readonly string[] {
  return (resolved.get(nameOf(variant)) ?? []).flatMap(([name, , , version]) =>
    name in manifest.peerDependencies ? [] : [`${name} ${version}`],
  );
}

function projectOf(name: string): Project {
  const project = installed.get(name);
  if (project === undefined) throw new Error(`${name} was not installed`);
  return project;
}

function writeScripts(project: Project): void {
  for (const name of ['answers.cjs', 'resolved.cjs']) {
    project.write(name, textOf(`__tests__/installed/scripts/${name}`));
  }
}

async function answersOf(project: Project, args: readonly string[] = []): Promise<Readonly<Record<string, string>>> {
  const { code, stdout, stderr } = await project.run([...args, 'answers.cjs']);
  if (code !== 0) throw new Error(stderr);
  return Object.fromEntries(JSON.parse(stdout));
}
