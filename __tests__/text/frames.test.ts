import { describe, expect, it } from '@jest/globals';
import { leaveOut, makeOwnFrameTest, readPlace } from '../../src/text/frames';

const onWindows = 'C:\\code\\my app\\node_modules\\s3-versioning-mock\\dist';
const elsewhere = '/code/my app/node_modules/s3-versioning-mock/dist';

describe('makeOwnFrameTest', () => {
  it.each`
    folder       | line
    ${onWindows} | ${`    at makeMistake (${onWindows}\\library.js:7:9)`}
    ${onWindows} | ${'    at mockS3 (file:///C:/code/my%20app/node_modules/s3-versioning-mock/dist/testing/vitest.mjs:12:3)'}
    ${onWindows} | ${'    at mockS3 (C:/code/my app/node_modules/s3-versioning-mock/dist/testing/vitest.mjs:12:3)'}
    ${onWindows} | ${'    at async c:\\code\\my app\\node_modules\\s3-versioning-mock\\dist\\mock.js:1:2'}
    ${elsewhere} | ${`    at makeMistake (${elsewhere}/library.js:7:9)`}
    ${elsewhere} | ${'    at async file:///code/my%20app/node_modules/s3-versioning-mock/dist/testing/vitest.mjs:12:3'}
    ${undefined} | ${'    at makeMistake (/code/node_modules/.pnpm/a@1/node_modules/s3-versioning-mock/dist/library.js:7:9)'}
    ${undefined} | ${'    at makeMistake (C:\\code\\node_modules\\s3-versioning-mock\\dist\\library.js:7:9)'}
  `('knows $line as a line of the library', ({ folder, line }) => {
    expect(makeOwnFrameTest(folder)(line ?? '')).toBe(true);
  });

  it.each`
    folder       | line
    ${onWindows} | ${'    at Object.<anonymous> (C:\\code\\my app\\vault.test.js:3:1)'}
    ${onWindows} | ${'    at file:///C:/code/my%20app/vault.test.mjs:3:1'}
    ${onWindows} | ${'    at D:\\code\\my app\\node_modules\\s3-versioning-mock\\dist\\mock.js:1:2'}
    ${elsewhere} | ${'    at archive (/code/my app/node_modules/s3-versioning-mock/distant/archive.js:3:1)'}
    ${elsewhere} | ${'    at archive (/code/my app/archive.js:3:1)'}
    ${undefined} | ${'    at makeMistake (/code/out/bundle.cjs:700:9)'}
  `('knows $line as a line of others', ({ folder, line }) => {
    expect(makeOwnFrameTest(folder)(line ?? '')).toBe(false);
  });
});

describe('leaveOut', () => {
  const isOwn = (line: string) => line.includes('library.js');

  it('leaves out the functions of the language that the library calls, and keeps those that the test calls', () => {
    const frames = [
      '    at Array.map (<anonymous>)',
      '    at readRules (library.js:1:1)',
      '    at Array.map (<anonymous>)',
      '    at mockS3 (library.js:2:2)',
      '    at make (vault.test.js:3:3)',
      '    at Array.map (<anonymous>)',
      '    at run (vault.test.js:4:4)',
    ];
    expect(leaveOut(isOwn, frames)).toEqual(frames.slice(4));
  });
});

describe('readPlace', () => {
  it.each`
    line                                             | place
    ${'    at make (/code/vault.test.js:3:1)'}       | ${'/code/vault.test.js:3:1'}
    ${'    at /code/my app/vault.test.js:3:1'}       | ${'/code/my app/vault.test.js:3:1'}
    ${'    at async /code/vault.test.js:3:1'}        | ${'/code/vault.test.js:3:1'}
    ${'    at make (C:\\code\\vault.test.js:3:1)'}   | ${'C:\\code\\vault.test.js:3:1'}
    ${'    at file:///code/my%20app/a.test.mjs:3:1'} | ${'/code/my app/a.test.mjs:3:1'}
    ${'    at make (file:///C:/my%20app/a.mjs:3:1)'} | ${'C:/my app/a.mjs:3:1'}
    ${'    at async Promise.all (index 0)'}          | ${undefined}
    ${'    at Array.map (<anonymous>)'}              | ${undefined}
  `('reads $place in $line', ({ line, place }) => {
    expect(readPlace(line ?? '')).toBe(place);
  });
});
