import { execFile, spawn } from 'node:child_process';
import { Worker } from 'node:worker_threads';
import { afterEach, expect, it } from '@jest/globals';
import { StartedProcesses } from '../../src/mock/started-processes';
import { event } from '../capture/scene';

const started = new StartedProcesses();
afterEach(() => started.stop());

it('a child process is named by its program and its script, without its arguments', async () => {
  started.watch();
  const child = execFile(process.execPath, ['--no-warnings', '/nowhere/upload.js', 'secret'], () => undefined);
  expect(started.names()).toEqual(['the process node upload.js']);
  await event(child, 'close');
});

it('a command of a shell is named like its program', async () => {
  started.watch();
  const child = spawn('node /nowhere/upload.js', { shell: true, stdio: 'ignore' });
  expect(started.names()).toEqual(['the process node upload.js']);
  await event(child, 'close');
});

it('a worker thread is named, until it has ended and a test begins', async () => {
  started.watch();
  const worker = new Worker('0', { eval: true });
  started.forgetEnded();
  expect(started.names()).toEqual(['a worker thread']);
  await event(worker, 'exit');
  started.forgetEnded();
  expect(started.names()).toEqual([]);
});

it('a program that does not start is not named, and neither is one that starts after the end', async () => {
  started.watch();
  const failed = spawn('/nowhere/at-all');
  await event(failed, 'error');
  expect(started.names()).toEqual([]);
  started.stop();
  const child = execFile(process.execPath, ['--version'], () => undefined);
  expect(started.names()).toEqual([]);
  await event(child, 'close');
});
