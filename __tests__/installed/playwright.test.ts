import { chmodSync } from 'node:fs';
import net from 'node:net';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { root } from '../house/files';
import { blocks } from '../house/readme';
import { installOnce } from '../matrix/installation';
import { online } from '../support/plain-environment';
import { Project } from '../support/project';
import { findChromium, itWith } from '../support/tools';
import { describeInstalled } from './installation';

/** It is too large to be a package of the checkout. */
const packages = { '@playwright/test': '1.65.1' };

const [configuration = '', app = '', tests = ''] = blocks
  .filter(({ page, language }) => page === 'docs/guides/playwright.md' && language === 'js')
  .map(({ code }) => code);

async function isFree(port: number): Promise<boolean> {
  const server = net.createServer();
  const isOpen = await new Promise<boolean>((resolve) => {
    server.once('error', () => resolve(false)).listen(port, '127.0.0.1', () => resolve(true));
  });
  await new Promise((resolve) => server.close(resolve));
  return isOpen;
}

/** Returns a free port whose next one is free, too: each worker has a port. */
async function findPorts(from: number): Promise<number> {
  for (let port = from; ; port += 2) if ((await isFree(port)) && (await isFree(port + 1))) return port;
}

describeInstalled('the tests of the guide to Playwright', () => {
  const project = new Project('playwright');
  const playwright = (args: readonly string[]) =>
    project.run(['node_modules/@playwright/test/cli.js', 'test', '--reporter=list', ...args], { NO_COLOR: '1' });

  beforeAll(async () => {
    const folder = join(root, 'node_modules/.cache/installed/playwright');
    await installOnce(folder, packages, [], online());
    project.linkPackages(join(folder, 'node_modules'));
    project.linkPackages();
    project.compileLibrary();
    const command = project.write(
      'node_modules/.bin/s3-versioning-mock',
      `#!/bin/sh\nexec "${process.execPath}" "${join(project.folder, 'node_modules/s3-versioning-mock/dist/cli/run.js')}" "$@"\n`,
    );
    chmodSync(command, 0o755);
    const [ofMock, ofApp] = [await findPorts(19_000), await findPorts(13_000)];
    const withPorts = (code: string) => code.replaceAll('9000', String(ofMock)).replaceAll('3000', String(ofApp));
    const browser = findChromium();
    const executablePath = 'program' in browser ? browser.program : undefined;
    project.write('app.mjs', withPorts(app));
    project.write('notes.spec.mjs', withPorts(tests));
    project.write(
      'playwright.config.mjs',
      withPorts(configuration).replace('use: { ', `use: { launchOptions: ${JSON.stringify({ executablePath })}, `),
    );
  });
  afterAll(() => project.remove());

  it('pass without a browser', async () => {
    const { code, stdout, stderr } = await playwright(['--grep', 'without a browser']);
    expect({ code, output: stdout + stderr }).toEqual({ code: 0, output: expect.stringMatching(/^ +1 passed/m) });
  });

  itWith(findChromium(), 'pass in a browser', async () => {
    const { code, stdout, stderr } = await playwright([]);
    expect({ code, output: stdout + stderr }).toEqual({ code: 0, output: expect.stringMatching(/^ +3 passed/m) });
    expect(stdout).toContain('using 2 workers');
  });
});
