import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
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
