import { basename, join } from 'node:path';
import { describe, it } from '@jest/globals';

const { filesTogether } = require('./rooms.cjs') as { filesTogether(room: string): readonly string[] };

/** Runs the test files of a room in this one, each below a describe that names it. */
export function together(folder: string): void {
  for (const file of filesTogether(basename(folder)))
    describe(file, () => {
      try {
        require(join(folder, file));
      } catch (error) {
        it('is evaluated', () => {
          throw error;
        });
      }
    });
}
