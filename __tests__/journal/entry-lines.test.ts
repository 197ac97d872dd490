import { describe, expect, it } from '@jest/globals';
import { writeDifference } from '../../src/journal/difference-text';
import { writeEntries } from '../../src/journal/entry-lines';
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
});

describe('a list of entries', () => {
  it('has an aligned line for each, and below a refused one the reason', () => {
    const entries = numbered(
      entry('CreateBucket', { Bucket: 'vault', ContentMD5: 'x', ChecksumAlgorithm: 'CRC32', ChecksumCRC32: 'y' }),
      entry('PutObject', { Bucket: 'vault', Key: 'report.pdf', Body: bytes('first') }, { client: 'MinIO' }),
      entry(
        'PutBucketVersioning',
        { Bucket: 'vault', MFA: undefined, VersioningConfiguration: { Status: 'Suspended' } },
        refused(403, 'AccessDenied', 'Access Denied', 'the code 287082 was accepted before, at 12:00:05'),
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
    expect(writeEntries(entries)).toBe(
      [
        '  1. 12:00:05.123  CreateBucket         vault                                 200                   aws-sdk-js/3.1169.0',
        "  2. 12:00:05.123  PutObject            vault/report.pdf                      200                   { Body: 'first' }  MinIO",
        "  3. 12:00:05.123  PutBucketVersioning  vault                                 403 AccessDenied      { VersioningConfiguration: { Status: 'Suspended' } }  aws-sdk-js/3.1169.0",
        '     why: the code 287082 was accepted before, at 12:00:05',
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
    expect(writeEntries(entries)).toBe(
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
    expect(writeEntries(entries)).toBe(
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
      writeEntries(numbered(entry('CreateBucket', {}, refused(400, 'S3MockInternalError', 'broken', stack)))),
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
    expect(writeEntries(numbered(dropped))).toBe(
      "  1. 12:00:05.123  PutObject  vault/a  200  { ContentType: 'text/plain' } (Body dropped)  aws-sdk-js/3.1169.0",
    );
  });
});
