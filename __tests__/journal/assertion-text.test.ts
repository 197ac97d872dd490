import { describe, expect, it } from '@jest/globals';
import { Journal } from '../../src/journal/journal';
import { created, enabled, entry, journalOf, known, messageOf, put, suspended } from './entries';

describe('the message of a failed assertion', () => {
  const journal = journalOf([created, enabled, suspended]);
  const all = [
    'All 3 requests that came:',
    '  1. 12:00:05.123  CreateBucket         vault  200               aws-sdk-js/3.1169.0',
    "  2. 12:00:05.123  PutBucketVersioning  vault  200               { VersioningConfiguration: { Status: 'Enabled' } }  aws-sdk-js/3.1169.0",
    "  3. 12:00:05.123  PutBucketVersioning  vault  403 AccessDenied  { VersioningConfiguration: { Status: 'Suspended' } }  aws-sdk-js/3.1169.0",
    '     why: the code 287082 was already accepted at 12:00:05',
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
        '     why: the code 287082 was already accepted at 12:00:05',
        "     - Bucket: expected 'scratch', received 'vault'",
        "  2. 12:00:05.123  PutBucketVersioning  vault  200               { VersioningConfiguration: { Status: 'Enabled' } }  aws-sdk-js/3.1169.0",
        "     - Bucket: expected 'scratch', received 'vault'",
        "     - VersioningConfiguration.Status: expected 'Suspended', received 'Enabled'",
        '',
        ...all,
      ].join('\n'),
    );
  });

  it('writes the beginning of a long body once, since the difference has the part that matters', () => {
    const [Body, sent] = [`${'begin'.repeat(100)}X`, `${'begin'.repeat(100)}Y`];
    const message = messageOf(() => journalOf([put('a', sent)]).expect('PutObject', { Body }));
    const part = `'…${'begin'.repeat(4)}`;
    expect(message.split('\n').slice(0, 4)).toEqual([
      `Expected to receive PutObject with { Body: '${'begin'.repeat(12)}…' (501 characters) }, but the one PutObject request differs.`,
      '',
      expect.stringContaining("{ Body: 'beginbegin"),
      `     - Body: expected ${part}X', received ${part}Y' (from character 501 of 501 and 501)`,
    ]);
  });

  it('shows a request of another operation with the same input', () => {
    const one = journalOf([entry('UploadPart', { Bucket: 'vault', Key: 'a', PartNumber: 1 })]);
    expect(messageOf(() => one.expect('PutObject', { Bucket: 'vault', Key: 'a' }))).toBe(
      [
        "Expected to receive PutObject with { Bucket: 'vault', Key: 'a' }, but the only request that came is of another operation.",
        '',
        '  1. 12:00:05.123  UploadPart  vault/a  200  { PartNumber: 1 }  aws-sdk-js/3.1169.0',
        "     - operation: expected 'PutObject', received 'UploadPart'",
        '',
        'No PutObject came, which uploads small bodies, but UploadPart (1 request), which uploads a part. Expect what was sent.',
      ].join('\n'),
    );
  });

  it('shows the requests of an upload once, and names their operations', () => {
    const input = { Bucket: 'vault', Key: 'a' };
    const parts = [1, 2].map((PartNumber) => entry('UploadPart', { ...input, PartNumber }));
    const upload = journalOf([
      entry('CreateMultipartUpload', input),
      ...parts,
      entry('CompleteMultipartUpload', input),
    ]);
    const message = messageOf(() => upload.expect('PutObject', input));
    expect(message.match(/12:00:05/g)).toHaveLength(4);
    expect(message.split('\n\n').at(-1)).toBe(
      'No PutObject came, which uploads small bodies, but CreateMultipartUpload (1 request), which begins an upload of parts; UploadPart (2 requests), which uploads a part; CompleteMultipartUpload (1 request), which ends an upload of parts. Expect what was sent.',
    );
  });

  it('shows all requests if none is near', () => {
    expect(messageOf(() => journal.expect('GetObject'))).toBe(
      ['Expected to receive GetObject, but none of the 3 requests that came is of that operation.', '', ...all].join(
        '\n',
      ),
    );
    expect(messageOf(() => journal.expect('GetObject', { Key: 'a', Range: 'b' }))).toBe(
      [
        "Expected to receive GetObject with { Key: 'a', Range: 'b' }, but none of the 3 requests that came is of that operation.",
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
        'Was the code under test called, and awaited? forEach awaits nothing, and a callback of the SDK v2 is not awaited: write .promise(). Was the journal cleared, or the mock reset, after it? A call of the SDK v2 without .promise() or a callback is not sent.',
        'Is its client replaced, by aws-sdk-client-mock, a requestHandler of its own or a spy on its send? Then no request is made: restore it. An interceptor of nock or of undici answers before the mock: remove it.',
        'Does its client call a host that the mock captures? All hosts of S3 and COS are captured; the option hosts adds others.',
      ].join('\n'),
    );
  });

  it('names the processes and threads that were started, in place of the questions', () => {
    const empty = new Journal(known);
    empty.elsewhere.watchProcesses(() => ['a worker thread', 'the process node upload.js']);
    expect(messageOf(() => empty.expect('GetObject'))).toBe(
      [
        'Expected to receive GetObject, but no request came at all.',
        '',
        'This process has started a worker thread, the process node upload.js. The mock does not capture the requests of other processes and threads. If the code under test runs there, await s3.listen({ env: true }) before the start: it opens a port, and sets AWS_ENDPOINT_URL_S3 for them.',
      ].join('\n'),
    );
  });

  it('names the host that the code called', () => {
    const empty = new Journal(known);
    empty.elsewhere.addConnection('::1', 9000, false);
    expect(
      messageOf(() => empty.expect('GetObject'))
        .split('\n')
        .at(-1),
    ).toBe(
      "Does its client call a host that the mock captures? All hosts of S3 and COS are captured; if [::1]:9000 is its endpoint, add it: hosts: ['[::1]:9000'].",
    );
  });

  it('says what helps if the code called another service alone', () => {
    const empty = new Journal(known);
    empty.elsewhere.addConnection('sqs.us-east-1.amazonaws.com', 443, false, { kind: 'aws-service', entry: 'sqs' });
    expect(
      messageOf(() => empty.expect('GetObject'))
        .split('\n')
        .slice(-2),
    ).toEqual([
      'Does its client call a host that the mock captures? All hosts of S3 and COS are captured; the option hosts adds others.',
      'sqs.us-east-1.amazonaws.com is another AWS service, and the mock answers only S3, STS and S3 Control: answer it with aws-sdk-client-mock, nock or msw.',
    ]);
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

  it('shows the three nearest requests and the last twenty of all', () => {
    const lines = messageOf(() =>
      journalOf(Array.from({ length: 51 }, (_, index) => put(`${index}`))).expect('PutObject', { Key: 'x' }),
    ).split('\n');
    expect(lines.filter((line) => line.startsWith('      - '))).toEqual([
      "      - Key: expected 'x', received '50'",
      "      - Key: expected 'x', received '49'",
      "      - Key: expected 'x', received '48'",
    ]);
    expect(lines.slice(9, 12)).toEqual([
      'All 51 requests that came:',
      '  (31 before these)',
      "  32. 12:00:05.123  PutObject  vault/31  200  { Body: 'first' }  aws-sdk-js/3.1169.0",
    ]);
    expect(lines.slice(-1)).toEqual([
      "  51. 12:00:05.123  PutObject  vault/50  200  { Body: 'first' }  aws-sdk-js/3.1169.0",
    ]);
  });

  it.each<[string, (journal: Journal) => void]>([
    ['came although none was expected', (journal) => journal.expectNone('PutObject')],
    ['are too many', (journal) => journal.expectTimes('PutObject', 1)],
    ['are too few to have an n-th', (journal) => journal.expectNth(2_000, 'PutObject')],
    ['came beside the expected ones', (journal) => journal.expectOnly('GetObject')],
  ])('shows the last twenty of the requests that %s', (_name, act) => {
    const journal = journalOf(Array.from({ length: 1_021 }, (_, index) => put(`${index}`)));
    const lines = messageOf(() => act(journal)).split('\n');
    expect(lines.slice(2, 4)).toEqual([
      '  (1,001 before these)',
      "  1002. 12:00:05.123  PutObject  vault/1001  200  { Body: 'first' }  aws-sdk-js/3.1169.0",
    ]);
    expect(lines.findLast((line) => /^ {2}\d/.test(line))).toMatch(/^ {2}1021\./);
  });

  it('shows the last three requests of other operations on the same key', () => {
    const others = Array.from({ length: 5 }, (_, index) => entry('GetObject', { Key: 'a', PartNumber: index + 1 }));
    const lines = messageOf(() => journalOf(others).expect('PutObject', { Key: 'a' })).split('\n');
    expect(lines.slice(2, 8).filter((line) => line.includes('GetObject  '))).toEqual([
      '  3. 12:00:05.123  GetObject  a  200  { PartNumber: 3 }  aws-sdk-js/3.1169.0',
      '  4. 12:00:05.123  GetObject  a  200  { PartNumber: 4 }  aws-sdk-js/3.1169.0',
      '  5. 12:00:05.123  GetObject  a  200  { PartNumber: 5 }  aws-sdk-js/3.1169.0',
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
