import { cpSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from '@jest/globals';
import { filesIn, root } from '../../house/files';
import { libraryProject } from '../../support/library-project';
import type { Ended } from '../../support/project';

const examples = filesIn('docs/examples').filter((file) => file.endsWith('.test.js'));

describe('the tests of the examples pass', () => {
  const project = libraryProject('examples');
  let run: Ended;
  beforeAll(async () => {
    cpSync(join(root, 'docs/examples'), join(project.folder, 'docs/examples'), { recursive: true });
    // The five seconds of jest are too short on a busy machine.
    const config = { testMatch: ['**/*.test.js'], transform: {}, testTimeout: 120_000 };
    run = await project.jest(['--json', '--runInBand', '--config', JSON.stringify(config)]);
  });

  it.each(examples)('%s', (file) => {
    // Before the result are the lines that the examples print.
    const [json = '{}'] = /^\{"num.*/m.exec(run.stdout) ?? [];
    const results: readonly { readonly name: string; readonly status: string; readonly message: string }[] =
      JSON.parse(json).testResults ?? [];
    const found = results.find(({ name }) => name.endsWith(file));
    expect(found).toMatchObject({ status: 'passed', message: '' });
  });
});
