import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { installOffline } from '../../support/offline-install';
import { packLibrary } from '../../support/packed';
import { Project } from '../../support/project';

const project = new Project('loading');
const folder = join(project.folder, 'node_modules/s3-versioning-mock');

beforeAll(async () => {
  const packed = await packLibrary();
  installOffline(project, packed.tarball);
});
afterAll(() => project.remove());

/** Prints the files and the modules of Node that a program has loaded after each of its steps. */
const watched = `
  const loaded = () => ({
    files: Object.keys(require.cache).map((file) => file.replaceAll('\\\\', '/').split('/node_modules/').at(-1)),
    core: process.moduleLoadList.flatMap((one) => /^NativeModule ([a-z_0-9]+(?:\\/promises)?)$/.exec(one)?.[1] ?? []),
  });
  let before = loaded();
  function report(step) {
    const now = loaded();
    const added = (kind) => now[kind].filter((one) => !before[kind].includes(one)).toSorted();
    console.log(JSON.stringify([step, added('files'), added('core')]));
    before = now;
  }`;

type Step = readonly [step: string, files: readonly string[], core: readonly string[]];

async function stepsOf(program: string): Promise<readonly Step[]> {
  project.write('program.cjs', `${watched}\n${program}`);
  const { code, stdout, stderr } = await project.run(['program.cjs']);
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  return stdout
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line));
}

const own = (...files: readonly string[]) => files.map((file) => `s3-versioning-mock/dist/${file}`);

const ofGuard = ['connections.js', 'entry/entrance.js', 'rolldown-runtime.js', 'shared.js'];

describe('the modules that are loaded', () => {
  it('with the main entry are all that the first call needs', async () => {
    // A client loads them anyway, and they are not the library's to count.
    const ofClients = "for (const name of ['https', 'crypto', 'zlib', 'async_hooks', 'timers', 'path']) require(name);";
    const [atStart, withMock, inCall] = await stepsOf(`
      ${ofClients}
      before = loaded();
      const { mockS3 } = require('s3-versioning-mock');
      report('require');
      const s3 = mockS3({ buckets: { vault: { versioning: 'Enabled' } } });
      report('first mock');
      require('https').get('https://vault.s3.amazonaws.com/?versioning', (answer) => {
        answer.resume().on('end', () => {
          report('first call');
          s3.stop();
        });
      });`);
    // Their functions are those that a capture replaces.
    expect(atStart).toEqual([
      'require',
      [
        ...own(
          'engine.js',
          'entry/main.js',
          'index.js',
          'library.js',
          'mock.js',
          'testing/default-import.js',
          ...ofGuard,
        ),
        'sorted-btree/b+tree.js',
      ].toSorted(),
      ['dns', 'http', 'module', 'vm'],
    ]);
    expect(withMock).toEqual(['first mock', [], []]);
    // Neither the parser of documents nor the library of codes.
    expect(inCall?.[1]).toEqual([]);
  });

  it('with the guard are its own', async () => {
    const [step] = await stepsOf("require('s3-versioning-mock/guard'); report('require');");
    // A suite loads it for each of its files, and most of those send nothing to S3.
    expect(step?.[1]).toEqual(own(...ofGuard, 'guard.js', 'testing/guard.js').toSorted());
  });

  it('with the first document and the first code are the packages for them', async () => {
    const steps = await stepsOf(`
      const { mockS3 } = require('s3-versioning-mock');
      const s3 = mockS3({ buckets: { vault: { versioning: 'Enabled' } } });
      before = loaded();
      s3.mfa.header();
      report('code');
      const request = require('https').request('https://vault.s3.amazonaws.com/?versioning', { method: 'PUT' }, (answer) => {
        answer.resume().on('end', () => {
          report('document');
          s3.stop();
        });
      });
      request.end('<VersioningConfiguration><Status>Enabled</Status></VersioningConfiguration>');`);
    const packagesOf = ([, files]: Step) => [...new Set(files.map((file) => file.split('/')[0]))];
    expect(steps.map(packagesOf)).toEqual([expect.arrayContaining(['otplib']), ['sax', 'xml2js']]);
  });
});

describe('a stack trace', () => {
  it('leads to a line below the name of its source file', async () => {
    // The stack of a wrong call has no line of the library, but code of a test that it calls sees them.
    const buckets = '{ get vault() { console.error(new Error().stack); return {}; } }';
    const program = `require('s3-versioning-mock').mockS3({ buckets: ${buckets} }).stop();`;
    project.write('stack.cjs', program);
    const { stderr } = await project.run(['stack.cjs']);
    const [, file = '', line] = /at \w+ \(.*[\\/]dist[\\/](engine|mock)\.js:(\d+):\d+\)/.exec(stderr) ?? [];
    const above = readFileSync(join(folder, `dist/${file}.js`), 'utf8')
      .split('\n')
      .slice(0, Number(line));
    expect(above[0]).toBe('"use strict";');
    expect(above.findLast((one) => one.startsWith('// src/'))).toMatch(/^\/\/ src\/[\w-]+\/[\w-]+\.ts$/);
  });
});
