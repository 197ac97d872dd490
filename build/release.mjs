/**
 * Makes a release: `npm run tool release`, or `npm run tool release -- 1.0.0` for a version that asks for more than the changelog does. With `--dry-run` it reads
 * the checkout, says what stands in the way and what it would do, and changes nothing. `--tag v0.3.0` asks, in the workflow, whether the commit of
 * that tag may be published. docs/releasing.md has the whole procedure.
 */
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { findDead } from './packed-readme.mjs';
import { checkWishedVersion, describeRelease, problemsOf, problemsOfTag, stepsOf } from './release-plan.mjs';

const folder = process.cwd();

/** The state of the checkout, as far as a release depends on it. */
function readState(wished) {
  const manifestText = textOf('package.json');
  const lockText = textOf('package-lock.json');
  const manifest = JSON.parse(manifestText);
  return {
    wished,
    today: new Date().toISOString().slice(0, 10),
    manifestText,
    manifest,
    lockText,
    lock: JSON.parse(lockText),
    changelog: textOf('CHANGELOG.md'),
    unpublished: ['README.md'].filter((file) => /before the first release/i.test(textOf(file))),
    unaddressed: ['README.md', 'SECURITY.md', 'CODE_OF_CONDUCT.md'].filter((file) => textOf(file).includes('has no public address yet')),
    dead: findDead(textOf('README.md'), manifest),
    checks: [...textOf('.ci/run').matchAll(/^(?:step )?(npm (?:run )?[\w:]+)/gm)].map(([, check]) => check),
  };
}

function textOf(file) {
  return readFileSync(path.join(folder, file), 'utf8').replaceAll('\r\n', '\n');
}

/** What git says of the checkout, and of origin if it answers. */
function readGit() {
  const top = outputOf('git', ['rev-parse', '--show-prefix']);
  if (top === undefined) return { problem: 'git is missing, or this folder is not a checkout' };
  const head = outputOf('git', ['rev-parse', '--verify', '--quiet', 'HEAD'])?.trim();
  const origin = outputOf('git', ['config', '--get', 'remote.origin.url'])?.trim();
  return {
    head,
    origin,
    changed: linesOf(outputOf('git', ['status', '--porcelain'])),
    branch: outputOf('git', ['symbolic-ref', '--quiet', '--short', 'HEAD'])?.trim(),
    tags: linesOf(outputOf('git', ['tag', '--list'])),
    remote: origin === undefined ? undefined : readRemote(),
  };
}

function readRemote() {
  const { status, stdout, stderr, error } = run('git', ['ls-remote', '--heads', '--tags', 'origin'], { timeout: 60_000 });
  if (status !== 0) return { problem: error?.message ?? stderr.trim().split('\n').at(-1) };
  const found = linesOf(stdout).map((line) => line.split('\t'));
  return {
    main: found.find(([, name]) => name === 'refs/heads/main')?.[0],
    tags: found.flatMap(([, name]) => (/^refs\/tags\/[^^]*$/.test(name) ? [name.slice('refs/tags/'.length)] : [])),
  };
}

/** The package as npm would pack what is built. It is not built here: the workflow builds what it publishes. */
function readPacked() {
  if (!existsSync(path.join(folder, 'dist'))) return { problem: 'there is no dist; npm run build makes it, so that the files of the package can be read' };
  // On Windows npm is a script of the shell.
  const options = { shell: process.platform === 'win32' };
  const { status, stdout, stderr, error } = run('npm', ['pack', '--dry-run', '--json', '--ignore-scripts'], options);
  if (status !== 0) return { problem: `npm pack failed: ${error?.message ?? stderr.trim().split('\n').at(-1)}` };
  const [{ files, size }] = Object.values(JSON.parse(stdout));
  return { files: files.map(({ path: file }) => file), size };
}

function outputOf(program, args) {
  const { status, stdout } = run(program, args);
  return status === 0 ? stdout : undefined;
}

function run(program, args, options = {}) {
  // Nobody is asked for a password.
  const env = { ...process.env, GIT_TERMINAL_PROMPT: '0' };
  return spawnSync(program, args, { cwd: folder, env, encoding: 'utf8', maxBuffer: 64 * 2 ** 20, ...options });
}

function linesOf(text = '') {
  return text.split('\n').filter((line) => line !== '');
}

/** Carries out a step; false if its command failed. */
function carryOut({ does, writes = [], command }) {
  console.log(`\n== ${does}`);
  for (const { file, text } of writes) writeFileSync(path.join(folder, file), text);
  if (command === undefined) return true;
  const [program, ...args] = command;
  const { status, error } = run(program, args, { stdio: 'inherit' });
  if (status !== 0) console.error(error?.message ?? `${command.join(' ')} ended with ${status}`);
  return status === 0;
}

function release(wished, isDry) {
  checkWishedVersion(wished);
  const state = { ...readState(wished), git: readGit(), packed: readPacked() };
  const problems = problemsOf(state);
  console.log(describeRelease(state, problems));
  if (problems.length > 0) {
    console.log('\nNothing was done.');
    process.exitCode = 1;
  } else if (isDry) console.log('\nNothing was done: this was a dry run.');
  else if (!stepsOf(state).every(carryOut)) {
    console.error('\nThe release ended there. What the steps before it did is in this checkout alone: git status, git log and git tag show it.');
    process.exitCode = 1;
  }
}

function checkTag(tag) {
  const problems = problemsOfTag(readState(), tag);
  for (const problem of problems) console.error(problem);
  process.exitCode = problems.length === 0 ? 0 : 1;
}

const options = { 'dry-run': { type: 'boolean' }, tag: { type: 'string' } };
const { values, positionals } = parseArgs({ options, allowPositionals: true });
try {
  if (values.tag === undefined) release(positionals[0], values['dry-run'] === true);
  else checkTag(values.tag);
} catch (error) {
  console.error(error.message);
  process.exitCode = 1;
}
