import { cpSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { root } from '../../house/files';
import { Project } from '../../support/project';

const soak = '__tests__/soak';
const library = 'node_modules/s3-versioning-mock';

let project: Project;
beforeAll(() => {
  project = new Project('soak');
  project.compileLibrary();
  project.linkPackages();
  cpSync(join(root, soak), join(project.folder, library, soak), { recursive: true });
});
afterAll(() => project.remove());

// The starts and stops, the listings and the other large entries have tests of their own.
it('aborted transfers and requests with resets leave no memory and no change of the process behind', async () => {
  const script = join(library, soak, 'run.mjs');
  const { code, stdout } = await project.run([script, 'transfers', 'requests'], { SOAK_SHARE: '0.01' });
  expect({ code, stdout }).toEqual({ code: 0, stdout: expect.stringMatching(/Nothing grew\.\s*$/) });
});

it('the soak fails if a part is unknown, and says which there are', async () => {
  const { code, stderr } = await project.run([join(library, soak, 'run.mjs'), 'listing']);
  expect(code).toBe(1);
  expect(stderr).toContain(
    'no part is called listing. There are cycles,transfers,requests,listings,entries,deliveries,placeholders.',
  );
});
