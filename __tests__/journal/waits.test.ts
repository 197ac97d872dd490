import { afterEach, describe, expect, it, jest } from '@jest/globals';
import { rejectionOf } from '../support/thrown';
import { created, enabled, entry, journalOf, messageOf, put, suspended } from './entries';

const status = (Status: 'Enabled' | 'Suspended') => ({ VersioningConfiguration: { Status } });

afterEach(() => {
  jest.useRealTimers();
});

describe('waitFor', () => {
  it('returns the first matching request that came before', async () => {
    const journal = journalOf([created, enabled, suspended]);
    expect(await journal.waitFor('PutBucketVersioning')).toBe(journal.at(1));
    expect(await journal.waitFor('PutBucketVersioning', status('Suspended'))).toBe(journal.at(2));
  });

  it('returns the first matching request that comes', async () => {
    const journal = journalOf([created, enabled]);
    const wait = journal.waitFor('PutBucketVersioning', status('Suspended'));
    for (const one of [put('a'), suspended, enabled, suspended]) journal.append(one);
    expect(await wait).toBe(journal.at(3));
  });

  it('waits in real time, whatever is faked', async () => {
    jest.useFakeTimers();
    const journal = journalOf([]);
    expect(await rejectionOf(journal.waitFor('PutObject', {}, { timeout: 1 }))).toMatchObject({
      code: 'ERR_ASSERTION',
    });
  });

  it.each([
    ['nothing came', []],
    ['another request came', [created]],
    ['one that differs came', [enabled]],
  ])('rejects with the error of expect(): %s', async (_name, entries) => {
    const journal = journalOf(entries);
    const error = await rejectionOf(journal.waitFor('PutBucketVersioning', status('Suspended'), { timeout: 0 }));
    const message = messageOf(() => journal.expect('PutBucketVersioning', status('Suspended')));
    expect(error).toMatchObject({ name: 'AssertionError', code: 'ERR_ASSERTION', message });
  });

  it('names in the message the requests that came while it waited', async () => {
    const journal = journalOf([]);
    const wait = rejectionOf(journal.waitFor('PutObject', { Key: 'b' }, { timeout: 1 }));
    journal.append(put('a'));
    expect(await wait).toMatchObject({ message: expect.stringContaining("- Key: expected 'b', received 'a'") });
  });

  it('rejects with the stack of its call', async () => {
    const error = await rejectionOf(journalOf([]).waitFor('PutObject', {}, { timeout: 0 }));
    expect(error).toMatchObject({
      stack: expect.stringMatching(/^AssertionError: Expected to receive PutObject[\s\S]*\n {4}at .*waits\.test\.ts/),
    });
  });

  it('waits on when the journal is cleared', async () => {
    const journal = journalOf([]);
    const wait = journal.waitFor('PutObject');
    journal.clear();
    journal.append(put('a'));
    expect((await wait).key).toBe('a');
  });

  it('rejects once no request can come any more', async () => {
    const journal = journalOf([]);
    const wait = rejectionOf(journal.waitFor('PutObject'));
    journal.endWaits('the mock was reset');
    expect(await wait).toMatchObject({
      code: 'WAIT_ENDED',
      message:
        "waitFor('PutObject'): the mock was reset before a matching request came. Await it in the test that makes the request.",
    });
    // No wait is left that a request could end.
    expect(() => journal.append(entry('PutObject'))).not.toThrow();
  });

  it('rejects with what a matcher of the test throws, and the request is recorded', async () => {
    const journal = journalOf([]);
    const broken = {
      asymmetricMatch: () => {
        throw new RangeError('broken matcher');
      },
    };
    const wait = rejectionOf(journal.waitFor('PutObject', { Key: broken }));
    journal.append(put('a'));
    expect(await wait).toMatchObject({ message: 'broken matcher' });
    expect(journal).toHaveLength(1);
  });

  it.each([
    [{ timeout: -1 }, 'waitFor: invalid timeout -1; expected milliseconds from 0 to 2147483647, or undefined for 1000'],
    [
      { timeout: '5' },
      "waitFor: invalid timeout '5'; expected milliseconds from 0 to 2147483647, or undefined for 1000",
    ],
    [{ timout: 5 }, "waitFor: there is no option 'timout'. Did you mean timeout? The options are: timeout."],
  ])('rejects %o', async (options, message) => {
    const error = await rejectionOf(journalOf([put('a')]).waitFor('PutObject', {}, options as object));
    expect(error).toMatchObject({ message });
  });
});
