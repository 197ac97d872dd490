import { AssertionError } from 'node:assert';
import { inspect } from 'node:util';
import { describe, expect, it } from '@jest/globals';
import { clientName } from '../../src/journal/client-name';
import { Journal } from '../../src/journal/journal';
import { entry, journalOf, known, messageOf, refused } from './entries';

const created = entry('CreateBucket', { Bucket: 'vault' });
const enabled = entry('PutBucketVersioning', { Bucket: 'vault', VersioningConfiguration: { Status: 'Enabled' } });
const suspended = entry(
  'PutBucketVersioning',
  { Bucket: 'vault', VersioningConfiguration: { Status: 'Suspended' } },
  refused(403, 'AccessDenied', 'Access Denied', 'the code 287082 was accepted before, at 12:00:05'),
);
const put = (Key: string, Body = 'first') =>
  entry('PutObject', { Bucket: 'vault', Key, Body: Buffer.from(Body) }, { body: Buffer.from(Body) });

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
        "S3 has no operation 'PutBucketVersionning'. Did you mean PutBucketVersioning, GetBucketVersioning?",
      ),
    );
    // @ts-expect-error the name of a method
    expect(() => journal.expect('putObject')).toThrow(
      new TypeError("S3 has no operation 'putObject'. Did you mean PutObject, GetObject?"),
    );
    // @ts-expect-error no name
    expect(() => journal.expect(undefined)).toThrow(
      new TypeError(
        'S3 has no operation undefined. Operations are named as in the AWS SDK: PutObject, ListObjectVersions.',
      ),
    );
    // @ts-expect-error a name that every object has
    expect(() => journal.expectNone('constructor')).toThrow(TypeError);
  });

  it('refuses an expected input that is not an object', () => {
    // @ts-expect-error a text
    expect(() => new Journal(known).expect('PutObject', 'vault')).toThrow(
      new TypeError(
        "The expected input is an object such as { Bucket: 'vault' }, or an asymmetric matcher; it was 'vault'.",
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

  it('keeps entries that nobody can change', () => {
    expect(Object.isFrozen(journalOf([created]).at(0))).toBe(true);
  });

  it('returns bytes whose toString() is text', () => {
    const bytes = new TextEncoder().encode('..first..').subarray(2, 7);
    const [stored] = journalOf([entry('PutObject', { Key: 'a', Body: bytes }, { body: bytes })]);
    expect(`${stored?.body}`).toBe('first');
    expect(stored?.operation === 'PutObject' && `${Object.values(stored.input)[1]}`).toBe('first');
  });

  it('prints itself', () => {
    const journal = journalOf([created, suspended]);
    const text = [
      '2 requests:',
      '  1. 12:00:05.123  CreateBucket         vault  200               aws-sdk-js/3.1169.0',
      "  2. 12:00:05.123  PutBucketVersioning  vault  403 AccessDenied  { VersioningConfiguration: { Status: 'Suspended' } }  aws-sdk-js/3.1169.0",
      '     why: the code 287082 was accepted before, at 12:00:05',
    ].join('\n');
    expect(`${journal}`).toBe(text);
    expect(inspect(journal)).toBe(text);
    expect(`${new Journal(known)}`).toBe('No requests came.');
  });

  it('prints the last hundred, with their numbers among all', () => {
    const lines = `${journalOf(
      Array.from({ length: 103 }, () => created),
      { limit: 102 },
    )}`.split('\n');
    expect(lines.slice(0, 3)).toEqual([
      '102 requests:',
      '  (3 before these)',
      '  4.   12:00:05.123  CreateBucket  vault  200  aws-sdk-js/3.1169.0',
    ]);
    expect(lines.at(-1)).toBe('  103. 12:00:05.123  CreateBucket  vault  200  aws-sdk-js/3.1169.0');
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

  it('never drop the newest body, however long it is', () => {
    const journal = journalOf([put('a', '12345'), put('b', '1234567890')], {}, 4);
    expect([...journal].map(({ body }) => body?.toString())).toEqual([undefined, '1234567890']);
  });

  it('count a body that is also a member once, and the bytes of answers too', () => {
    const shared = Buffer.from('12345');
    const read = entry('GetObject', { Key: 'a' }, { output: { Body: Buffer.from('12345') } });
    const write = entry('PutObject', { Key: 'a', Body: shared }, { body: shared });
    expect(journalOf([write, read, created], {}, 10).at(0)?.dropped).toBeUndefined();
    expect([...journalOf([write, read, created], {}, 4)].map(({ dropped }) => dropped)).toEqual([
      ['Body'],
      ['Body'],
      undefined,
    ]);
  });

  it.each([0, -1, 1.5, Number.NaN, '5'])('cannot be %p entries', (limit) => {
    // @ts-expect-error '5' is a text
    expect(() => new Journal(known, { limit })).toThrow(TypeError);
  });
});

describe('assertions', () => {
  const journal = journalOf([created, enabled, suspended, put('a')]);

  it('hold', () => {
    journal.expect('CreateBucket');
    journal.expect('PutBucketVersioning', { Bucket: 'vault', VersioningConfiguration: { Status: 'Suspended' } });
    journal.expectTimes('PutBucketVersioning', 2);
    journal.expectTimes('PutBucketVersioning', 1, { VersioningConfiguration: { Status: 'Enabled' } });
    journal.expectTimes('GetObject', 0);
    journal.expectNth(2, 'PutBucketVersioning', { VersioningConfiguration: { Status: 'Suspended' } });
    journal.expectLast('PutObject', { Key: 'a' });
    journal.expectNone('PutObject', { Key: 'b' });
    journalOf([enabled, suspended]).expectOnly('PutBucketVersioning', { Bucket: 'vault' });
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
      actual: { operation: 'PutObject', input: { Bucket: 'vault', Key: 'a' } },
    });
    expect(String((thrown as AssertionError).stack)).toMatch(/^\s+at .*journal\.test\.ts/m);
    expect(String((thrown as AssertionError).stack)).not.toMatch(/src.journal/);
  });

  it.each([
    ['times', () => journal.expectTimes('PutObject', 1.5), "'times' is a whole number from 0 on; it was 1.5."],
    ['times', () => journal.expectTimes('PutObject', -1), "'times' is a whole number from 0 on; it was -1."],
    ['n', () => journal.expectNth(0, 'PutObject'), "'n' is a whole number from 1 on; it was 0."],
  ])('refuse a wrong number of %s', (_name, act, message) => {
    expect(act).toThrow(new TypeError(message));
  });
});

describe('the message of a failed assertion', () => {
  const journal = journalOf([created, enabled, suspended]);
  const all = [
    'All 3 requests that came:',
    '  1. 12:00:05.123  CreateBucket         vault  200               aws-sdk-js/3.1169.0',
    "  2. 12:00:05.123  PutBucketVersioning  vault  200               { VersioningConfiguration: { Status: 'Enabled' } }  aws-sdk-js/3.1169.0",
    "  3. 12:00:05.123  PutBucketVersioning  vault  403 AccessDenied  { VersioningConfiguration: { Status: 'Suspended' } }  aws-sdk-js/3.1169.0",
    '     why: the code 287082 was accepted before, at 12:00:05',
  ];

  it('shows the nearest requests and their differences, then all', () => {
    expect(
      messageOf(() =>
        journal.expect('PutBucketVersioning', { Bucket: 'scratch', VersioningConfiguration: { Status: 'Suspended' } }),
      ),
    ).toBe(
      [
        "Expected to receive PutBucketVersioning with { Bucket: 'scratch', VersioningConfiguration: { Status: 'Suspended' } }, but none of the 2 PutBucketVersioning requests matches.",
        '',
        "  3. 12:00:05.123  PutBucketVersioning  vault  403 AccessDenied  { VersioningConfiguration: { Status: 'Suspended' } }  aws-sdk-js/3.1169.0",
        '     why: the code 287082 was accepted before, at 12:00:05',
        "     - Bucket: expected 'scratch', received 'vault'",
        "  2. 12:00:05.123  PutBucketVersioning  vault  200               { VersioningConfiguration: { Status: 'Enabled' } }  aws-sdk-js/3.1169.0",
        "     - Bucket: expected 'scratch', received 'vault'",
        "     - VersioningConfiguration.Status: expected 'Suspended', received 'Enabled'",
        '',
        ...all,
      ].join('\n'),
    );
  });

  it('shows a request of another operation with the same input', () => {
    const one = journalOf([entry('UploadPart', { Bucket: 'vault', Key: 'a', PartNumber: 1 })]);
    expect(messageOf(() => one.expect('PutObject', { Bucket: 'vault', Key: 'a' }))).toBe(
      [
        "Expected to receive PutObject with { Bucket: 'vault', Key: 'a' }, but the only request that came is of another operation.",
        '',
        '  1. 12:00:05.123  UploadPart  vault/a  200  { PartNumber: 1 }  aws-sdk-js/3.1169.0',
        "     - operation: expected 'PutObject', received 'UploadPart'",
      ].join('\n'),
    );
  });

  it('shows all requests if none is near', () => {
    expect(messageOf(() => journal.expect('GetObject'))).toBe(
      ['Expected to receive GetObject, but none of the 3 requests that came is of that operation.', '', ...all].join(
        '\n',
      ),
    );
    expect(messageOf(() => journal.expect('GetObject', { Key: 'a', RequestPayer: 'b' }))).toBe(
      [
        "Expected to receive GetObject with { Key: 'a', RequestPayer: 'b' }, but none of the 3 requests that came is of that operation.",
        '',
        ...all,
      ].join('\n'),
    );
  });

  it('asks no matcher about the input of another operation', () => {
    const endsInPdf = { asymmetricMatch: (key: unknown) => (key as string).endsWith('.pdf') };
    expect(messageOf(() => journal.expect('PutObject', { Bucket: 'vault', Key: endsInPdf })).split('\n')[0]).toBe(
      "Expected to receive PutObject with { Bucket: 'vault', Key: <matcher> }, but none of the 3 requests that came is of that operation.",
    );
  });

  it('asks the right questions if no request came', () => {
    expect(messageOf(() => new Journal(known).expect('GetObject'))).toBe(
      [
        'Expected to receive GetObject, but no request came at all.',
        '',
        'Was the code under test called, and awaited? Was the journal cleared, or the mock reset, after it?',
        "Does its client call a host that the mock captures? All hosts of S3 and COS are captured; add others with the option hosts: ['http://localhost:9000'].",
      ].join('\n'),
    );
  });

  it('shows no more than six differences of a request', () => {
    const expected = { Bucket: '1', Metadata: { a: '2', b: '3', c: '4', d: '5', e: '6', f: '7', g: '8' } };
    const text = messageOf(() =>
      journalOf([entry('PutObject', { Bucket: 'x', Metadata: {} })]).expect('PutObject', expected as object),
    );
    expect(text.split('\n').slice(3)).toEqual([
      "     - Bucket: expected '1', received 'x'",
      "     - Metadata.a: expected '2', received undefined",
      "     - Metadata.b: expected '3', received undefined",
      "     - Metadata.c: expected '4', received undefined",
      "     - Metadata.d: expected '5', received undefined",
      "     - Metadata.e: expected '6', received undefined",
      '     - ... and 2 more differences',
    ]);
  });

  it('shows three near requests and twenty of all', () => {
    const lines = messageOf(() =>
      journalOf(Array.from({ length: 51 }, (_, index) => put(`${index}`))).expect('PutObject', { Key: 'x' }),
    ).split('\n');
    expect(lines.filter((line) => line.startsWith('     - '))).toEqual([
      "     - Key: expected 'x', received '0'",
      "     - Key: expected 'x', received '1'",
      "     - Key: expected 'x', received '2'",
    ]);
    expect(lines.slice(9, 10)).toEqual(['All 51 requests that came:']);
    expect(lines.slice(-2)).toEqual([
      "  20. 12:00:05.123  PutObject  vault/19  200  { Body: 'first' }  aws-sdk-js/3.1169.0",
      '  ... and 31 more',
    ]);
  });

  it.each([
    [
      'too few',
      () => journal.expectTimes('PutBucketVersioning', 2, { VersioningConfiguration: { Status: 'Enabled' } }),
      "Expected to receive PutBucketVersioning with { VersioningConfiguration: { Status: 'Enabled' } } 2 times, but 1 matching request came.",
      '  3.',
    ],
    [
      'too many',
      () => journal.expectTimes('PutBucketVersioning', 1),
      'Expected to receive PutBucketVersioning 1 time, but 2 matching requests came.',
      '  2.',
    ],
    [
      'none',
      () => journal.expectTimes('GetObject', 1),
      'Expected to receive GetObject 1 time, but none of the 3 requests that came is of that operation.',
      'All',
    ],
    [
      'another n-th',
      () => journal.expectNth(1, 'PutBucketVersioning', { VersioningConfiguration: { Status: 'Suspended' } }),
      "Expected PutBucketVersioning request 1 to be one with { VersioningConfiguration: { Status: 'Suspended' } }, but it differs.",
      '  2.',
    ],
    [
      'no n-th',
      () => journal.expectNth(2, 'CreateBucket', { Bucket: 'a' }),
      "Expected a CreateBucket request 2 with { Bucket: 'a' }, but only 1 CreateBucket request came.",
      '  1.',
    ],
    [
      'no n-th at all',
      () => journal.expectNth(2, 'GetObject'),
      'Expected a GetObject request 2, but none of the 3 requests that came is of that operation.',
      'All',
    ],
    [
      'another last',
      () => journal.expectLast('CreateBucket'),
      'Expected the last request to be CreateBucket, but it is not.',
      '  3.',
    ],
    [
      'no last',
      () => new Journal(known).expectLast('CreateBucket'),
      'Expected the last request to be CreateBucket, but no request came at all.',
      'Was',
    ],
    [
      'others',
      () => journal.expectOnly('PutBucketVersioning'),
      'Expected to receive only PutBucketVersioning, but 1 other request came.',
      '  1.',
    ],
    [
      'only others',
      () => journal.expectOnly('GetObject'),
      'Expected to receive only GetObject, but none of the 3 requests that came is of that operation.',
      '  1.',
    ],
    [
      'one too many',
      () => journal.expectNone('CreateBucket'),
      'Expected not to receive CreateBucket, but 1 matching request came.',
      '  1.',
    ],
  ])('says what is wrong: %s', (_name, act, headline, evidence) => {
    const [first, , third] = messageOf(act).split('\n');
    expect(first).toBe(headline);
    expect(third?.startsWith(evidence)).toBe(true);
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
      /^It is unknown whether PutObject.* was received as expected: the journal no longer has all requests\.$/,
    );
    expect(lines.at(-1)).toBe('Before these, the journal dropped 1 older request; journal: { limit } keeps more.');
  });

  it('does not matter if the remaining requests decide', () => {
    short.expect('PutObject', { Key: 'b' });
    short.expectLast('PutObject', { Key: 'c' });
    expect(messageOf(() => short.expectNone('PutObject', { Key: 'b' }))).toMatch(/^Expected not to receive/);
  });

  it('makes an assertion on its bytes fail', () => {
    const text = [
      "It is unknown whether PutObject with { Key: 'a', Body: 'other' } was received as expected: the journal no longer has all bytes.",
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
    bare.expectTimes('PutObject', 2, { Bucket: 'vault' });
    bare.expectNone('PutObject', { Key: 'x', Body: '12345' } as object);
    bare.expect('PutObject', { Key: 'b', Body: '12345' } as object);
  });
});

describe('the name of a client', () => {
  it.each([
    ['aws-sdk-js/3.1169.0 ua/2.1 os/linux#6.1 lang/js md/nodejs#20.20.2 api/s3#3.1169.0', 'aws-sdk-js/3.1169.0'],
    ['ibm-cos-sdk-nodejs/1.15.1 linux/v20.20.2 promise', 'ibm-cos-sdk-nodejs/1.15.1'],
    ['MinIO (linux; x64) minio-js/8.0.7', 'MinIO'],
    ['undici', 'undici'],
    ['axios/1.21.1', 'axios/1.21.1'],
    ['x'.repeat(100), 'x'.repeat(40)],
    [' ', undefined],
    [undefined, undefined],
  ])('of %p is %p', (userAgent, name) => {
    expect(clientName(userAgent)).toBe(name);
  });
});
