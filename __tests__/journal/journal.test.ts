import { inspect } from 'node:util';
import { describe, expect, it } from '@jest/globals';
import { Journal } from '../../src/journal/journal';
import { writeLate } from '../../src/screen/elsewhere';
import { created, enabled, entry, journalOf, known, put, suspended } from './entries';

describe('a journal', () => {
  it('holds entries oldest first', () => {
    const journal = journalOf([created, enabled, suspended]);
    expect([...journal].map(({ operation }) => operation)).toEqual([
      'CreateBucket',
      'PutBucketVersioning',
      'PutBucketVersioning',
    ]);
    expect(journal).toHaveLength(3);
    expect(journal.at(0)).toEqual(created);
    expect(journal.at(-1)).toEqual(suspended);
    expect(journal.at(3)).toBeUndefined();
    expect(journal.last()).toEqual(suspended);
    expect(new Journal(known).last()).toBeUndefined();
  });

  it('returns the entries of an operation', () => {
    const journal = journalOf([created, enabled, suspended]);
    expect(journal.of('PutBucketVersioning')).toEqual([enabled, suspended]);
    expect(journal.of('PutBucketVersioning', { VersioningConfiguration: { Status: 'Suspended' } })).toEqual([
      suspended,
    ]);
    expect(journal.of('GetObject')).toEqual([]);
  });

  it('knows the older names of operations', () => {
    const lifecycle = entry('PutBucketLifecycleConfiguration', { Bucket: 'vault' });
    expect(journalOf([created, lifecycle]).of('PutBucketLifecycle', { Bucket: 'vault' })).toEqual([lifecycle]);
  });

  it('refuses names that S3 does not have', () => {
    const journal = new Journal(known);
    // @ts-expect-error misspelt
    expect(() => journal.of('PutBucketVersionning')).toThrow(
      new TypeError(
        "S3, STS and S3 Control have no operation 'PutBucketVersionning'. Did you mean PutBucketVersioning, GetBucketVersioning?",
      ),
    );
    // @ts-expect-error the name of a method
    expect(() => journal.expect('putObject')).toThrow(
      new TypeError("S3, STS and S3 Control have no operation 'putObject'. Did you mean PutObject?"),
    );
    // @ts-expect-error no name
    expect(() => journal.expect(undefined)).toThrow(
      new TypeError(
        "No operation was given. Operations are named as in the AWS SDK: 'PutObject', 'ListObjectVersions'.",
      ),
    );
    // @ts-expect-error a name that every object has
    expect(() => journal.expectNone('constructor')).toThrow(TypeError);
  });

  it('refuses an expected input that is not an object', () => {
    // @ts-expect-error a text
    expect(() => new Journal(known).expect('PutObject', 'vault')).toThrow(
      new TypeError(
        "s3.requests.expect: invalid input 'vault'; expected an object such as { Bucket: 'vault' }, or an asymmetric matcher",
      ),
    );
  });

  it('is empty after it is cleared', () => {
    const journal = journalOf([created, enabled], { limit: 1 });
    journal.clear();
    expect([...journal]).toEqual([]);
    expect(journal.dropped).toBe(0);
    journal.append(enabled);
    expect([...journal]).toEqual([enabled]);
  });

  it('prints itself', () => {
    const journal = journalOf([created, suspended]);
    const text = [
      '2 requests:',
      '  1. 12:00:05.123  CreateBucket         vault  200               aws-sdk-js/3.1169.0',
      "  2. 12:00:05.123  PutBucketVersioning  vault  403 AccessDenied  { VersioningConfiguration: { Status: 'Suspended' } }  aws-sdk-js/3.1169.0",
      '     why: the code 287082 was already accepted at 12:00:05',
    ].join('\n');
    expect(`${journal}`).toBe(text);
    expect(inspect(journal)).toBe(text);
    expect(`${new Journal(known)}`).toBe('No requests came.');
  });

  it('prints the last hundred, with their numbers among all', () => {
    const lines = `${journalOf(
      Array.from({ length: 103 }, (_, index) => put(`${index}`)),
      { limit: 102 },
    )}`.split('\n');
    expect(lines.slice(0, 3)).toEqual([
      '102 requests:',
      '  (3 before these)',
      expect.stringMatching(/^ {2}4\. {3}12:00:05\.123 {2}PutObject/),
    ]);
    expect(lines.at(-1)).toMatch(/^ {2}103\. 12:00:05\.123 {2}PutObject/);
    expect(lines).toHaveLength(102);
  });
});

describe('the limits of a journal', () => {
  it('bound the number of entries', () => {
    const journal = journalOf([put('a'), put('b'), put('c')], { limit: 2 });
    expect([...journal].map(({ key }) => key)).toEqual(['b', 'c']);
    expect(journal.dropped).toBe(1);
  });

  it('are 10,000 entries by default', () => {
    const journal = journalOf(Array.from({ length: 10_001 }, () => created));
    expect(journal).toHaveLength(10_000);
    expect(journal.dropped).toBe(1);
  });

  it('drop the oldest bodies first, and the entry says so', () => {
    const journal = journalOf(
      [put('a', '12345'), created, put('b', '12345'), put('c', '12345'), put('d', '12345')],
      {},
      19,
    );
    expect([...journal].map(({ key, body, dropped }) => [key, body?.toString(), dropped])).toEqual([
      ['a', undefined, ['Body']],
      [undefined, '', undefined],
      ['b', undefined, ['Body']],
      ['c', undefined, ['Body']],
      ['d', '12345', undefined],
    ]);
    expect(journal.dropped).toBe(0);
  });

  it('count no bodies of entries that were dropped', () => {
    const bytes = () => ({ body: Buffer.alloc(1000) });
    const puts = ['a', 'b', 'c', 'd'].map((Key) => entry('PutObject', { Key }, bytes()));
    const journal = journalOf(puts, { limit: 2 }, 2500);
    expect([...journal].map(({ body }) => body?.byteLength)).toEqual([1000, 1000]);
  });

  it('never drop the newest body, however long it is', () => {
    const journal = journalOf([put('a', '12345'), put('b', '1234567890')], {}, 4);
    expect([...journal].map(({ body }) => body?.toString())).toEqual([undefined, '1234567890']);
  });

  it('count a body that is also a member once, and the bytes of answers too', () => {
    const shared = Buffer.alloc(1000);
    const read = entry('GetObject', { Key: 'a' }, { output: { Body: Buffer.alloc(1000) } });
    const write = entry('PutObject', { Key: 'a', Body: shared }, { body: shared });
    expect(journalOf([write, read, created], {}, 2500).at(0)?.dropped).toBeUndefined();
    expect([...journalOf([write, read, created], {}, 1000)].map(({ dropped }) => dropped)).toEqual([
      ['Body'],
      ['Body'],
      undefined,
    ]);
  });
});

describe('a call that goes on after a test has ended', () => {
  const attempt = (call: string, number: number) =>
    entry(
      'PutObject',
      { Bucket: 'vault', Key: 'k' },
      { headers: { 'amz-sdk-invocation-id': call, 'amz-sdk-request': `attempt=${number}; max=3` } },
    );
  const headersOf = (call: string) => new Map([['amz-sdk-invocation-id', call]]);

  it('is known by the id that its attempts share', () => {
    const journal = journalOf([attempt('a', 1), attempt('b', 1)]);
    journal.endTest();
    expect(['a', 'b', 'c'].map((call) => journal.isOfEarlierCall(headersOf(call)))).toEqual([true, true, false]);
    expect(journal.isOfEarlierCall(new Map())).toBe(false);
    journal.noteEarlierCall(headersOf('c'));
    expect(journal.isOfEarlierCall(headersOf('c'))).toBe(true);
  });

  it('is forgotten when the next test ends', () => {
    const journal = journalOf([attempt('a', 1)]);
    journal.endTest();
    journal.endTest();
    expect(journal.isOfEarlierCall(headersOf('a'))).toBe(false);
  });

  it('is of the same test if the test cleared the journal', () => {
    const journal = journalOf([attempt('a', 1)]);
    journal.clear();
    expect(journal.isOfEarlierCall(headersOf('a'))).toBe(false);
  });

  it('is named in the explanation', () => {
    const journal = journalOf([attempt('a', 1)]);
    journal.elsewhere.addLate('PUT https://vault.s3.amazonaws.com/k', undefined);
    expect(writeLate(journal.elsewhere)).toBe(
      'An earlier test had ended when 1 of its requests was answered, from the state in which it ended; ' +
        'the last was PUT https://vault.s3.amazonaws.com/k. Await the code in the test that calls it.',
    );
  });
});
