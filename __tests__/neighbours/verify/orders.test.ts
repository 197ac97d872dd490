import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from '@jest/globals';
import { root } from '../../house/files';
import { libraryProject } from '../../support/library-project';

/** The neighbours that are installed here and that Node 20 loads; `npm run matrix` tries all. */
const neighbours: readonly (readonly [string, string, Readonly<Record<string, string>>])[] = [
  ['nock 14', 'nock', {}],
  ['nock 13', 'nock', { NOCK: 'nock-13' }],
  ['msw 2', 'msw', {}],
  ['MockAgent of undici 7', 'mock-agent', {}],
  ['aws-sdk-client-mock', 'client-mock', {}],
];

describe('in every order of set-up and tear-down a mock gets on with', () => {
  const project = libraryProject('neighbours');
  beforeAll(() => {
    for (const name of ['orders.test', ...neighbours.map(([, file]) => file)]) {
      project.write(`${name}.mjs`, readFileSync(join(root, `__tests__/neighbours/scripts/${name}.mjs`), 'utf8'));
    }
  });

  it.each(neighbours)('%s', async (_, file, environment) => {
    const args = ['--preserve-symlinks', '--test', '--test-reporter=tap', 'orders.test.mjs'];
    const { code, stdout } = await project.run(args, { NEIGHBOUR: file, ...environment });
    expect({ code, stdout }).toEqual({ code: 0, stdout: expect.stringMatching(/^# pass 5\n# fail 0$/m) });
  });
});
