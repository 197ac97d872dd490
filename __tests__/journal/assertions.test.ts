import { AssertionError } from 'node:assert';
import { describe, expect, it } from '@jest/globals';
import { created, enabled, journalOf, messageOf, put, suspended } from './entries';

describe('assertions', () => {
  const journal = journalOf([created, enabled, suspended, put('a')]);

  it('hold', () => {
    expect(() => {
      journal.expect('CreateBucket');
      journal.expect('PutBucketVersioning', { Bucket: 'vault', VersioningConfiguration: { Status: 'Suspended' } });
      journal.expectTimes('PutBucketVersioning', 2);
      journal.expectTimes('PutBucketVersioning', 1, { VersioningConfiguration: { Status: 'Enabled' } });
      journal.expectTimes('GetObject', 0);
      journal.expectNth(2, 'PutBucketVersioning', { VersioningConfiguration: { Status: 'Suspended' } });
      journal.expectLast('PutObject', { Key: 'a' });
      journal.expectNone('PutObject', { Key: 'b' });
      journalOf([enabled, suspended]).expectOnly('PutBucketVersioning', { Bucket: 'vault' });
    }).not.toThrow();
  });

  it('throw an AssertionError with both values', () => {
    let thrown: unknown;
    try {
      journal.expect('PutObject', { Key: 'b' });
    } catch (error) {
      thrown = error;
    }
    expect(thrown).toBeInstanceOf(AssertionError);
    expect(thrown).toMatchObject({
      expected: { operation: 'PutObject', input: { Key: 'b' } },
      actual: { operation: 'PutObject', input: { Key: 'a' } },
    });
    expect(String((thrown as AssertionError).stack)).toMatch(/^\s+at .*assertions\.test\.ts/m);
    expect(String((thrown as AssertionError).stack)).not.toMatch(/src.journal/);
  });

  it.each([
    [
      'times',
      () => journal.expectTimes('PutObject', 1.5),
      's3.requests.expectTimes: invalid times 1.5; expected a whole number from 0 on',
    ],
    [
      'times',
      () => journal.expectTimes('PutObject', -1),
      's3.requests.expectTimes: invalid times -1; expected a whole number from 0 on',
    ],
    [
      'n',
      () => journal.expectNth(0, 'PutObject'),
      's3.requests.expectNth: invalid n 0; expected a whole number from 1 on',
    ],
  ])('refuse a wrong number of %s', (_name, act, message) => {
    expect(act).toThrow(new TypeError(message));
  });

  it('name the right order, if the number comes before the operation', () => {
    expect(() => journal.expectTimes(2 as never, 'PutObject' as never)).toThrow(
      new TypeError(
        "s3.requests.expectTimes: invalid operation 2; expected the name of an operation; the number comes after it: s3.requests.expectTimes('PutObject', 2)",
      ),
    );
  });

  it.each<[call: string, act: (command: object) => unknown]>([
    ['expect', (command) => journal.expect('PutObject', command)],
    ['expectNone', (command) => journal.expectNone('PutObject', command)],
    ['of', (command) => journal.of('PutObject', command)],
  ])('%s refuses a command in the place of the input', (call, act) => {
    class PutObjectCommand {
      readonly middlewareStack = {};
      readonly input = { Key: 'a' };
    }
    expect(() => act(new PutObjectCommand())).toThrow(
      new TypeError(
        `s3.requests.${call}: the input of PutObject was given as PutObjectCommand, a command of the AWS SDK. Give its input: command.input, which is { Key: 'a' }.`,
      ),
    );
  });
});

describe('a dropped request or body', () => {
  const short = journalOf([put('a'), put('b'), put('c')], { limit: 2 });
  const bare = journalOf([put('a', '12345'), put('b', '12345')], {}, 5);

  it.each([
    ['times', () => short.expectTimes('PutObject', 2)],
    ['nth', () => short.expectNth(1, 'PutObject', { Key: 'b' })],
    ['only', () => short.expectOnly('PutObject')],
    ['none', () => short.expectNone('PutObject', { Key: 'a' })],
    ['any', () => short.expect('PutObject', { Key: 'a' })],
  ])('makes every assertion fail that depends on it: %s', (_name, act) => {
    const lines = messageOf(act).split('\n');
    expect(lines[0]).toMatch(
      /^It is unknown whether PutObject.* was received as expected: the journal no longer contains all requests\.$/,
    );
    expect(lines.at(-3)).toMatch(/^ {2}3\. .*PutObject {2}vault\/c /);
    expect(lines.at(-1)).toBe('Before these, the journal dropped 1 older request; journal: { limit } keeps more.');
  });

  it('does not matter if the remaining requests decide', () => {
    short.expect('PutObject', { Key: 'b' });
    short.expectLast('PutObject', { Key: 'c' });
    expect(messageOf(() => short.expectNone('PutObject', { Key: 'b' }))).toMatch(/^Expected not to receive/);
  });

  it('makes an assertion on its bytes fail', () => {
    const text = [
      "It is unknown whether PutObject with { Key: 'a', Body: 'other' } was received as expected: the journal no longer contains all bytes.",
      '',
      '  1. 12:00:05.123  PutObject  vault/a  200  (Body dropped)  aws-sdk-js/3.1169.0',
      '     - Body: its bytes were dropped to save memory',
      '',
      'All 2 requests that came:',
      '  1. 12:00:05.123  PutObject  vault/a  200  (Body dropped)  aws-sdk-js/3.1169.0',
      "  2. 12:00:05.123  PutObject  vault/b  200  { Body: '12345' }  aws-sdk-js/3.1169.0",
    ].join('\n');
    expect(messageOf(() => bare.expectNone('PutObject', { Key: 'a', Body: 'other' } as object))).toBe(text);
    expect(messageOf(() => bare.expect('PutObject', { Key: 'a', Body: 'other' } as object))).toBe(text);
    expect(messageOf(() => bare.expectTimes('PutObject', 0, { Body: undefined } as object))).toMatch(
      /^It is unknown whether/,
    );
  });

  it('does not matter to an assertion on other members', () => {
    expect(() => {
      bare.expectTimes('PutObject', 2, { Bucket: 'vault' });
      bare.expectNone('PutObject', { Key: 'x', Body: '12345' } as object);
      bare.expect('PutObject', { Key: 'b', Body: '12345' } as object);
    }).not.toThrow();
  });
});
