import { describe, expect, it } from '@jest/globals';
import { writeDifference } from '../../src/journal/difference-text';
import { requestColumns } from '../../src/journal/entry-text';
import { writeLines } from '../../src/journal/lines';
import { entry, refused } from './entries';

const bytes = (text: string) => new TextEncoder().encode(text);
const numbered = (...entries: ReturnType<typeof entry>[]) =>
  entries.map((one, index) => ({ number: index + 1, entry: one }));

describe('a difference', () => {
  it('names the path and both values', () => {
    expect(writeDifference({ path: 'VersioningConfiguration.Status', expected: 'Suspended', actual: 'Enabled' })).toBe(
      "VersioningConfiguration.Status: expected 'Suspended', received 'Enabled'",
    );
    expect(writeDifference({ path: '', expected: expect.any(Number), actual: {} })).toBe(
      'input: expected Any<Number>, received {}',
    );
    expect(writeDifference({ path: 'Body', expected: 'first', actual: bytes('second') })).toBe(
      "Body: expected 'first', received 'second'",
    );
  });

  it('shows the part of long texts where they begin to differ', () => {
    const [wanted, came] = [`${'a'.repeat(100)}X${'b'.repeat(100)}`, `${'a'.repeat(100)}Y${'b'.repeat(101)}`];
    expect(writeDifference({ path: 'Body', expected: wanted, actual: bytes(came) })).toBe(
      `Body: expected '…${'a'.repeat(20)}X${'b'.repeat(39)}…', received '…${'a'.repeat(20)}Y${'b'.repeat(39)}…'` +
        ' (from character 101 of 201 and 202)',
    );
  });

  it('shows where bytes differ that are not text', () => {
    expect(
      writeDifference({ path: 'Body', expected: new Uint8Array([0, 1, 2]), actual: new Uint8Array([0, 1, 3]) }),
    ).toBe('Body: expected <3 bytes: 000102>, received <3 bytes: 000103> (from byte 3)');
  });

  it('shows the part of long bytes where they begin to differ', () => {
    const from = (...last: readonly number[]) => Uint8Array.from([...Array.from({ length: 1000 }, () => 0), ...last]);
    const text = (expected: unknown, actual: unknown) => writeDifference({ path: 'Body', expected, actual });
    expect(text(from(1, 2), from(3, 2))).toBe(
      'Body: expected <1,002 bytes: …00000102>, received <1,002 bytes: …00000302> (from byte 1001)',
    );
    expect(text(from(), from(1, 2, 3, 4, 5, 6, 7))).toBe(
      'Body: expected <1,000 bytes: …0000>, received <1,007 bytes: …0000010203040506…> (from byte 1001)',
    );
    expect(text(`${'a'.repeat(500)}b`, Buffer.from(`${'a'.repeat(500)}\0`))).toBe(
      'Body: expected <501 bytes: …616162>, received <501 bytes: …616100> (from byte 501)',
    );
  });

  it.each([
    ['CopySource', 'in/a b', 'in/a%20b', 'the received text is the expected text, URL-encoded', true],
    ['CopySource', 'in/a%2Fb', 'in/a/b', 'the expected text is the received text, URL-encoded', true],
    ['CopySource', '/in/a b', 'in/a%20b', 'both name the same source, one with a slash before the bucket', true],
    ['Tagging', 'a=1&b=2', 'b=2&a=1', 'both have the same tags, in another order or encoded in another way', true],
    ['Tagging', 'a=x y', 'a=x+y', 'both have the same tags, in another order or encoded in another way', true],
    ['Key', 'a%c3%a4', 'a%C3%A4', 'both are the same text, URL-encoded in two ways', false],
    ['Metadata.name', 'a%20b', 'a b', 'the expected text is the received text, URL-encoded', false],
  ])('says how two forms of one text differ: %s %s and %s', (path, expected, actual, relation, isAsGiven) => {
    const asGiven = isAsGiven ? '; it is compared as the code gave it to its client' : '';
    expect(writeDifference({ path, expected, actual })).toBe(
      `${path}: expected '${expected}', received '${actual}' (${relation}${asGiven})`,
    );
  });

  it.each([
    ['Tagging', 'a=1', 'a=2'],
    ['CopySource', 'in/a', 'in/b'],
    ['Key', '100%', '100%25%'],
    ['Key', 'a+b', 'a b'],
  ])('says nothing of forms if two texts differ in their meaning: %s %s and %s', (path, expected, actual) => {
    expect(writeDifference({ path, expected, actual })).not.toContain('(');
  });
});

describe('a list of entries', () => {
  it('has an aligned line for each, and below a refused one the reason', () => {
    const entries = numbered(
      entry('CreateBucket', { Bucket: 'vault', ContentMD5: 'x', ChecksumAlgorithm: 'CRC32', ChecksumCRC32: 'y' }),
      entry('PutObject', { Bucket: 'vault', Key: 'report.pdf', Body: bytes('first') }, { client: 'MinIO' }),
      entry(
        'PutBucketVersioning',
        { Bucket: 'vault', MFA: undefined, VersioningConfiguration: { Status: 'Suspended' } },
        refused(403, 'AccessDenied', 'Access Denied', 'the code 287082 was already accepted at 12:00:05'),
      ),
      entry(
        undefined,
        {},
        {
          method: 'PATCH',
          url: 'https://s3.amazonaws.com/vault',
          client: undefined,
          ...refused(405, 'MethodNotAllowed', 'Not allowed.'),
        },
      ),
    );
    expect(writeLines(requestColumns, entries)).toBe(
      [
        '  1. 12:00:05.123  CreateBucket         vault                                 200                   aws-sdk-js/3.1169.0',
        "  2. 12:00:05.123  PutObject            vault/report.pdf                      200                   { Body: 'first' }  MinIO",
        "  3. 12:00:05.123  PutBucketVersioning  vault                                 403 AccessDenied      { VersioningConfiguration: { Status: 'Suspended' } }  aws-sdk-js/3.1169.0",
        '     why: the code 287082 was already accepted at 12:00:05',
        '  4. 12:00:05.123  (no operation)       PATCH https://s3.amazonaws.com/vault  405 MethodNotAllowed',
        '     why: Not allowed.',
      ].join('\n'),
    );
  });

  it('prints notes below the reason', () => {
    const notes = ['The first note.', 'The second.'];
    const entries = numbered(
      entry('CreateBucket', { Bucket: 'vault' }, { ...refused(409, 'Conflict', 'No.'), notes }),
      entry('CreateBucket', { Bucket: 'scratch' }, { notes: ['Another.'] }),
    );
    expect(writeLines(requestColumns, entries)).toBe(
      [
        '  1. 12:00:05.123  CreateBucket  vault    409 Conflict  aws-sdk-js/3.1169.0',
        '     why: No.',
        '     note: The first note.',
        '     note: The second.',
        '  2. 12:00:05.123  CreateBucket  scratch  200           aws-sdk-js/3.1169.0',
        '     note: Another.',
      ].join('\n'),
    );
  });

  it('aligns numbers of different length', () => {
    const entries = [9, 10].map((number) => ({
      number,
      entry: entry('CreateBucket', { Bucket: 'vault' }, refused(409, 'Conflict', 'No.')),
    }));
    expect(writeLines(requestColumns, entries)).toBe(
      [
        '  9.  12:00:05.123  CreateBucket  vault  409 Conflict  aws-sdk-js/3.1169.0',
        '      why: No.',
        '  10. 12:00:05.123  CreateBucket  vault  409 Conflict  aws-sdk-js/3.1169.0',
        '      why: No.',
      ].join('\n'),
    );
  });

  it('shows the first lines of a stack', () => {
    const stack = 'TypeError: broken\n    at one\n    at two\n    at three\n    at four';
    expect(
      writeLines(
        requestColumns,
        numbered(entry('CreateBucket', {}, refused(400, 'S3MockInternalError', 'broken', stack))),
      ),
    ).toBe(
      [
        '  1. 12:00:05.123  CreateBucket  400 S3MockInternalError  aws-sdk-js/3.1169.0',
        '     why: TypeError: broken',
        '         at one',
        '         at two',
        '         at three',
      ].join('\n'),
    );
  });

  it('says which bytes were dropped', () => {
    const dropped = entry(
      'PutObject',
      { Bucket: 'vault', Key: 'a', Body: undefined, ContentType: 'text/plain' },
      { dropped: ['Body'] },
    );
    expect(writeLines(requestColumns, numbered(dropped))).toBe(
      "  1. 12:00:05.123  PutObject  vault/a  200  { ContentType: 'text/plain' } (Body dropped)  aws-sdk-js/3.1169.0",
    );
  });
});
