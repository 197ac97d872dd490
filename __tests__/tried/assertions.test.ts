import { describe, expect, it } from '@jest/globals';
import { looksAtRequests } from '../../src/tried/assertions';

/** The failing line is marked by a comment. */
function ofFile(text: string): boolean {
  const lines = text.split('\n');
  return looksAtRequests(lines, lines.findIndex((line) => line.includes('// here')) + 1);
}

describe('an assertion looks at requests, versions or events', () => {
  it.each([
    ['by itself', 'expect(s3.requests).toHaveLength(2); // here'],
    ['by a matcher', "expect(s3).toHaveReceivedTimes('PutObject', 1); // here"],
    ['in a later line', 'expect( // here\n  s3.events.length,\n).toBe(2);'],
    ['in an earlier line', 'await expect(s3.requests)\n  .not\n  .toHaveLength(2); // here'],
    ['by a name', "const sent = s3.requests.of('PutObject');\nexpect(sent).toHaveLength(1); // here"],
    [
      'by names of names',
      "const sent = s3.requests\n  .of('PutObject')\n  .map(({ input }) => input);\nconst sizes = sent.map(size);\nexpect(sizes).toEqual([1]); // here",
    ],
    ['by the ids of versions', 'log.push(object.versionId);\nexpect(log).toEqual(ids); // here'],
    ['by what S3 will do', 'expect(s3.lifecycle.plan()).toEqual([]); // here'],
    ['by a listing of versions', 'const { Versions } = await send();\nexpect(Versions).toHaveLength(1); // here'],
    ['by what a handler keeps', 'received.push(...event.Records);\nexpect(received).toHaveLength(1); // here'],
  ])('%s', (_how, text) => expect(ofFile(text)).toBe(true));
});

describe('an assertion looks at something else', () => {
  it.each([
    ['a result', 'expect(await count()).toBe(2); // here'],
    ['the state', "expect(s3.bucket('reports')).toHaveObject('a'); // here"],
    [
      'the mock, whose options name versions',
      "const s3 = mockS3(setting.versions);\nexpect(s3.bucket('a')).toBe(b); // here",
    ],
    ['another name', 'const sent = s3.requests.of(1);\nconst kept = 2;\nexpect(kept).toBe(1); // here'],
    ['a fixture with ids of versions', "const old = [{ Key: 'a', VersionId: 'v1' }];\nexpect(old).toBe(1); // here"],
    ['nothing, if code throws', 'const { Versions } = await send();\nawait send(remove(Versions)); // here'],
    ['a word', "const sent = s3.requests.of(1);\nexpect(kept).toBe('sent'); // here"],
    ['a statement before it', 'await s3.events.settled();\nexpect(kept).toBe(1); // here'],
  ])('%s', (_what, text) => expect(ofFile(text)).toBe(false));
});
