import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from '@jest/globals';
import { root } from '../../house/files';
import { libraryProject } from '../../support/library-project';

/** The neighbours that are installed here and that Node 20 loads; `npm run tool matrix` tries all. */
const neighbours: readonly (readonly [string, string, Readonly<Record<string, string>>])[] = [
  ['nock 14', 'nock', {}],
  ['nock 13', 'nock', { NOCK: 'nock-13' }],
  ['msw 2', 'msw', {}],
  ['MockAgent of undici 7', 'mock-agent', {}],
  ['aws-sdk-client-mock', 'client-mock', {}],
];

const project = libraryProject('neighbours');
const run = (script: string, environment: Readonly<Record<string, string>>) =>
  project.run(['--preserve-symlinks', '--test', '--test-reporter=tap', script], environment);

beforeAll(() => {
  for (const name of ['orders.test', 'stores.test', ...neighbours.map(([, file]) => file)]) {
    project.write(`${name}.mjs`, readFileSync(join(root, `__tests__/neighbours/scripts/${name}.mjs`), 'utf8'));
  }
});

describe('in every order of set-up and tear-down a mock gets on with', () => {
  it.each(neighbours)('%s', async (_, file, environment) => {
    const { code, stdout } = await run('orders.test.mjs', { NEIGHBOUR: file, ...environment });
    expect({ code, stdout }).toEqual({ code: 0, stdout: expect.stringMatching(/^# pass 5\n# fail 0$/m) });
  });
});

describe('a store that a neighbour answers is neither refused nor noted, with the guard and without, beside', () => {
  const withHttp = neighbours.filter(([, file]) => file !== 'client-mock');

  it.each(withHttp)('%s', async (_, file, environment) => {
    const { code, stdout } = await run('stores.test.mjs', { NEIGHBOUR: file, ...environment });
    expect({ code, stdout }).toEqual({ code: 0, stdout: expect.stringMatching(/^# pass [48]\n# fail 0$/m) });
  });
});
