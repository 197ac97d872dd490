import { join } from 'node:path';
import { expect, it } from '@jest/globals';
import { root } from '../../house/files';
import { execute } from '../../support/project';

/** What a test holds and gives: these rooms have each call of the public API, in other words than plain clients use. */
const rooms = ['mock', 'testing', 'preset', 'journal', 'events', 'sts'].map(
  (room) => `__tests__/${room}/.*\\.test\\.ts$`,
);

it('the tests of what a test holds pass with the engine in place, too', async () => {
  const inPlace = { S3_VERSIONING_MOCK_IN_PLACE: '1' };
  const jest = join(root, 'node_modules/jest/bin/jest.js');
  // Without a border, jest itself reads the names of one handle on another, of which some are habits with a cure (decision 97).
  const without = ['--testPathIgnorePatterns', 'closed-compared', '--'];
  const { code, stderr } = await execute(root, process.execPath, [jest, '--silent', ...without, ...rooms], inPlace);
  const failed = stderr.split('\n').filter((line) => /^(FAIL| {2}●) /.test(line));
  expect({ code, failed, end: stderr.slice(-500) }).toEqual({
    code: 0,
    failed: [],
    end: expect.stringMatching(/\d{4} passed/),
  });
});
