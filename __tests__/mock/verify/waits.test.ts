import { expect, it } from '@jest/globals';
import { Project } from '../../support/project';

it.each([
  ['a long wait keeps no process alive', 2_000_000, ''],
  ['a short wait ends with its error', 50, 'Expected to receive PutObject'],
])('%s', async (_title, timeout, error) => {
  const project = new Project('waits');
  try {
    project.linkPackages();
    project.compileLibrary();
    project.write(
      'wait.js',
      `const s3 = require('s3-versioning-mock').mockS3();
       s3.requests.waitFor('PutObject', {}, { timeout: ${timeout} }).catch(({ message }) => console.log(message));`,
    );
    // A run that does not end by itself is killed before the wait is over, and has another code.
    expect(await project.run(['wait.js'])).toEqual({ code: 0, stdout: expect.stringContaining(error), stderr: '' });
  } finally {
    project.remove();
  }
});
