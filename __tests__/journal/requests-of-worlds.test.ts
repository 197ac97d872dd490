import { beforeEach, describe, expect, it } from '@jest/globals';
import type { RequestEntry } from '../../src/journal/entry';
import { RequestsOfWorlds } from '../../src/journal/requests-of-worlds';
import { entry, journalOf, messageOf, put } from './entries';

const a = { Bucket: 'vault', Key: 'a' };
const note = (count: string) =>
  `The ways of s3.explore sent ${count}. The requests of a way go to its world, and not to this mock. Assert on the world: s3.explore({ …, check: ({ world }) => { world.requests.expect(...); } }).`;

/** Returns the message of an assertion on a mock of whose worlds some got requests. */
function messageBeside(ofWays: readonly RequestEntry[], own: readonly RequestEntry[], input: object = a): string {
  const journal = journalOf(own);
  journal.ofWorlds.add('s3.explore', ofWays);
  return messageOf(() => journal.expect('PutObject', input));
}

describe('an assertion on a mock whose worlds got the requests', () => {
  it('says how many matching requests the ways sent, and nothing else, if no request came', () => {
    expect(messageBeside([put('a'), put('a'), put('b')], [])).toBe(
      [
        "Expected to receive PutObject with { Bucket: 'vault', Key: 'a' }, but no request came at all.",
        note('2 matching requests'),
      ].join('\n\n'),
    );
  });

  it('says it below the requests that came', () => {
    expect(
      messageBeside([put('a')], [entry('GetObject', a)])
        .split('\n\n')
        .at(-1),
    ).toBe(note('1 matching request'));
  });

  it.each<readonly [string, readonly RequestEntry[], readonly RequestEntry[], object]>([
    ['no way sent such a request', [put('b'), entry('GetObject', a)], [], a],
    ['no exploration ran', [], [], a],
    ['the large parts that decide were dropped', [put('a', 'x'.repeat(5_000_000)), put('b')], [], { ...a, Body: 'x' }],
  ])('says nothing of ways if %s', (_when, ofWays, own, input) => {
    expect(messageBeside(ofWays, own, input)).not.toContain('s3.explore');
  });

  it('says nothing if a matching request came, or after the journal was cleared', () => {
    const journal = journalOf([put('a')]);
    journal.ofWorlds.add('s3.explore', [put('a')]);
    expect(messageOf(() => journal.expectTimes('PutObject', 2, a))).not.toContain('s3.explore');
    journal.clear();
    expect(messageOf(() => journal.expect('PutObject', a))).not.toContain('s3.explore');
  });
});

describe('the note', () => {
  let ofFork: RequestsOfWorlds;
  beforeEach(() => {
    ofFork = new RequestsOfWorlds();
    ofFork.add('s3.fork', [put('a')]);
  });

  it.each<readonly [call: string, assertion: string]>([
    ['toHaveReceivedTimes', 'expect(world).toHaveReceivedTimes(...)'],
    ['s3.requests.expectLast', 'world.requests.expectLast(...)'],
    ['s3.requests.waitFor', 'await world.requests.waitFor(...)'],
  ])('of %s', (call, assertion) => {
    expect(ofFork.write(call, () => true)).toEqual([
      `The functions of s3.fork sent 1 matching request. The requests of such a function go to its world, and not to this mock. Assert on the world: s3.fork(async (world) => { …; ${assertion}; }).`,
    ]);
  });

  it('counts the requests of the worlds of a world, and says so if it has dropped some', () => {
    const outer = new RequestsOfWorlds();
    ofFork.clear();
    ofFork.add(
      's3.explore',
      Array.from({ length: 2500 }, () => put('a')),
    );
    outer.addAll(ofFork);
    expect(ofFork.write('expect', () => true)).toEqual([expect.stringContaining(' at least 1,000 matching requests.')]);
    expect(outer.write('expect', () => true)).toEqual([expect.stringContaining(' 1,000 matching requests.')]);
  });
});
