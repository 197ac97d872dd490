import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { execute, Project } from '../../support/project';

const project = new Project('bundles');
const empty = mkdtempSync(join(tmpdir(), 's3-mock-bundle-'));
const program = `
  import { deleteMarker, mockS3, S3MockError } from 's3-versioning-mock';
  const s3 = mockS3({ buckets: { vault: { versioning: 'Enabled', objects: { a: ['first', deleteMarker] } } } });
  const Status = '<VersioningConfiguration><Status>Suspended</Status></VersioningConfiguration>';
  const url = 'https://vault.s3.amazonaws.com/?versioning';
  const { status } = await fetch(url, { method: 'PUT', body: Status, headers: { authorization: 'AWS KEY:SIG' } });
  const refused = (() => { try { s3.bucket('other'); } catch (error) { return error instanceof S3MockError; } })();
  console.log(status, s3.bucket('vault').versioning, s3.mfa.code().length, refused);
  await s3.stop();`;

beforeAll(() => {
  project.linkPackages();
  project.compileLibrary();
  project.write('program.mjs', program);
});
afterAll(() => {
  project.remove();
  rmSync(empty, { recursive: true });
});

/** Runs a bundle where no package is. One of those in it calls a function of Node that is deprecated. */
async function runAlone(name: string): Promise<string> {
  cpSync(join(project.folder, name), join(empty, name));
  const { code, stdout, stderr } = await execute(empty, process.execPath, ['--no-deprecation', join(empty, name)]);
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  return stdout;
}

it('esbuild puts a program and the library into one file, which runs without packages', async () => {
  project.write(
    'esbuild.cjs',
    `require('esbuild').buildSync({
      entryPoints: ['program.mjs'], outfile: 'esbuild.mjs', bundle: true, platform: 'node', format: 'esm', external: ['hash-wasm'],
      banner: { js: "import { createRequire } from 'node:module'; import { dirname } from 'node:path'; const require = createRequire(import.meta.url); const __filename = import.meta.filename; const __dirname = dirname(__filename ?? '.');" },
    });`,
  );
  expect(await project.run(['esbuild.cjs'])).toMatchObject({ code: 0 });
  expect(await runAlone('esbuild.mjs')).toBe('200 Suspended 6 true\n');
});

it('so does webpack', async () => {
  project.write(
    'webpack.cjs',
    `require('webpack')({
      mode: 'development', devtool: false, target: 'node', entry: './program.mjs', externals: { 'hash-wasm': 'commonjs hash-wasm' },
      output: { path: __dirname, filename: 'webpack.cjs.out.cjs' },
    }, (error, stats) => {
      if (error ?? stats.hasErrors()) { console.error(error ?? stats.toString('errors-only')); process.exitCode = 1; }
    });`,
  );
  expect(await project.run(['webpack.cjs'])).toEqual({ code: 0, stdout: '', stderr: '' });
  expect(await runAlone('webpack.cjs.out.cjs')).toBe('200 Suspended 6 true\n');
});

describe('the stack of a mistake in a bundle of esbuild', () => {
  /** Each function makes another mistake, from a call with few functions below it to a call with dozens. */
  const mistakes = `
    const { mockS3 } = require('s3-versioning-mock');
    const s3 = mockS3({ buckets: { vault: {} } });
    const rule = { Status: 'Enabled', Filter: { Prefix: 3 } };
    const mistakes = {
      bucket: () => s3.bucket('other'),
      options: () => mockS3({ bukets: {} }),
      fixture: () => mockS3({ hosts: { only: ['x.test'] }, buckets: { vault: { lifecycle: { Rules: [rule] } } } }),
      operation: () => s3.requests.expect('PutObjec'),
      code: () => s3.on('PutObject').fail('NoSuch'),
      duration: () => s3.clock.advance('x'),
      wait: async () => { await s3.requests.waitFor('PutObject', {}, { timeout: 1 }); },
      port: async () => { await s3.listen({ port: 'x' }); },
      guard: async () => {
        const guarded = mockS3({ hosts: { only: ['x.test'] }, guard: true });
        try { await fetch('https://example.test/'); } catch ({ cause }) { throw { stack: cause.message.replace('called from', '    at') }; } finally { await guarded.stop(); }
      },
    };
    (async () => {
      for (const [name, make] of Object.entries(mistakes)) {
        try { await make(); } catch ({ stack }) {
          const frames = stack.split('\\n').filter((line) => line.includes('    at '));
          console.log(name, frames.findIndex((line) => line.includes(name)) === 0 ? 'first' : frames.some((line) => line.includes(name)) ? 'below' : 'lost');
        }
      }
      await s3.stop();
    })();`;
  const names = ['bucket', 'options', 'fixture', 'operation', 'code', 'duration', 'wait', 'port', 'guard'];

  async function findLines(options: string, args: readonly string[]): Promise<readonly string[]> {
    project.write('mistakes.cjs', mistakes);
    project.write(
      'bundle.cjs',
      `require('esbuild').buildSync({ entryPoints: ['mistakes.cjs'], outfile: 'bundled.cjs', bundle: true, platform: 'node', ${options} });`,
    );
    expect(await project.run(['bundle.cjs'])).toMatchObject({ code: 0 });
    const { code, stdout } = await project.run([...args, 'bundled.cjs']);
    expect({ code }).toEqual({ code: 0 });
    return stdout.trimEnd().split('\n');
  }

  const inBundle = "external: ['hash-wasm']";

  it('has the line of the test', async () => {
    const lines = await findLines(inBundle, []);
    const found = names.map((name) => `${name} ${['wait', 'guard'].includes(name) ? 'first' : 'below'}`);
    expect(lines).toEqual(found);
  });

  it('begins with the line of the test if the bundle has a source map', async () => {
    const lines = await findLines(`${inBundle}, sourcemap: true`, ['--enable-source-maps']);
    expect(lines).toEqual(names.map((name) => `${name} first`));
  });

  it('begins with the line of the test if the packages are external', async () => {
    const lines = await findLines("packages: 'external'", []);
    expect(lines).toEqual(names.map((name) => `${name} first`));
  });
});

describe('a program whose imports are external', () => {
  it.each`
    options
    ${"packages: 'external'"}
    ${"external: ['s3-versioning-mock']"}
  `('runs as an ES module of esbuild with $options', async ({ options }) => {
    project.write(
      'external.cjs',
      `require('esbuild').buildSync({ entryPoints: ['program.mjs'], outfile: 'external.mjs', bundle: true, platform: 'node', format: 'esm', ${options} });`,
    );
    expect(await project.run(['external.cjs'])).toMatchObject({ code: 0 });
    expect(await project.run(['external.mjs'])).toMatchObject({ code: 0, stdout: '200 Suspended 6 true\n' });
  });
});

it('a bundle that is an ES module without __dirname says what to write', async () => {
  project.write(
    'module.cjs',
    "require('esbuild').buildSync({ entryPoints: ['program.mjs'], outfile: 'module.mjs', bundle: true, platform: 'node', format: 'esm', external: ['hash-wasm'] });",
  );
  expect(await project.run(['module.cjs'])).toMatchObject({ code: 0 });
  const { code, stderr } = await project.run(['module.mjs']);
  expect({ code, stderr }).toEqual({ code: 1, stderr: expect.stringContaining('esbuild --packages=external') });
});

it('an entry that is loaded in a browser says that it cannot run there', async () => {
  const load =
    "globalThis.process = undefined; try { require('s3-versioning-mock'); } catch ({ message }) { console.log(message); }";
  project.write('browser.cjs', load);
  const { stdout } = await project.run(['browser.cjs']);
  expect(stdout).toMatch(/^s3-versioning-mock was loaded in a browser, .* by provide and inject of vitest/);
});
