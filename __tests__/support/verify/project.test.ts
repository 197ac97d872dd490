import { afterAll, expect, it } from '@jest/globals';
import { execute, Project } from '../project';

const project = new Project('ended');
afterAll(() => project.remove());

it.concurrent.each([
  ['passes', 'console.log("out")', { code: 0, stdout: 'out\n', stderr: '' }],
  ['fails', 'process.exitCode = 3', { code: 3, stdout: '', stderr: '' }],
  ['is ended by a signal', 'process.kill(process.pid, "SIGKILL")', { code: 'ended by SIGKILL' }],
])('a command of a test that %s says so', async (_, script, ended) => {
  expect(await execute(project.folder, process.execPath, ['-e', script])).toMatchObject(ended);
});

it.concurrent.each([
  ['never ends', 'setInterval(() => {}, 1)'],
  ['exits by itself when it is asked to', 'process.on("SIGTERM", () => process.exit(1)); setInterval(() => {}, 1)'],
])('a command of a test that %s is ended for time, and says so', async (_, script) => {
  expect(await execute(project.folder, process.execPath, ['-e', script], {}, 1_500)).toMatchObject({
    ...{ code: 'ended after 1.5 s', stderr: 'ended after 1.5 s\n' },
  });
});

it('a command of a test that does not exist says so', async () => {
  const { code } = await execute(project.folder, 'missing-command', []);
  expect(code).toMatch('spawn missing-command ENOENT');
});
