import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { Project } from '../support/project';

const project = new Project('throwing-callbacks');
beforeAll(() => {
  project.linkPackages();
  project.compileLibrary();
});
afterAll(() => project.remove());

// In a process of its own: under jest, what a callback throws fails the test.
it('a request is answered although the callback of its end throws', async () => {
  project.write(
    'program.cjs',
    `const { mockS3 } = require('s3-versioning-mock');
    const s3 = mockS3({ buckets: { vault: { versioning: 'Enabled' } } });
    process.on('uncaughtException', ({ message }) => console.log(message));
    const request = require('https').request('https://vault.s3.amazonaws.com/?versioning', (answer) => {
      console.log(answer.statusCode); // nobody signed it
      s3.stop();
    });
    request.end(() => {
      throw new Error('thrown by the callback');
    });`,
  );
  const { code, stdout } = await project.run(['program.cjs']);
  expect({ code, lines: stdout.trim().split('\n') }).toEqual({ code: 0, lines: ['thrown by the callback', '403'] });
}, 60_000);
