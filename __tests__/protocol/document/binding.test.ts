import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { aws } from '../../../src/dialects';
import { bind, type Draft, type Source, writeDraft } from '../../../src/protocol/document/binding';
import { readerOf } from '../../../src/protocol/document/leaves';
import { wordRefusal } from '../../../src/refusals/index';
import { element, list, malformedIfSent, required } from '../../../src/shapes/elements';
import {
  blob,
  form,
  header,
  headerOrTrailer,
  inDocument,
  label,
  payload,
  payloadText,
  prefixHeaders,
  query,
  sentDocument,
  status,
} from '../../../src/shapes/places';
import type { Leaf, Members } from '../../../src/shapes/shape';
import { boolean, date, httpDate, integer, long, text, words } from '../../../src/shapes/values';

function source(part: Partial<Source> = {}): Source {
  const none = new Map<string, string>();
  return {
    dialect: { name: 'aws' },
    headers: none,
    trailers: none,
    query: none,
    bucket: undefined,
    key: undefined,
    body: Buffer.from(''),
    ...part,
  };
}

const headers = (entries: Readonly<Record<string, string>>) => ({ headers: new Map(Object.entries(entries)) });
const parameters = (entries: Readonly<Record<string, string>>) => ({ query: new Map(Object.entries(entries)) });
const body = (content: string) => ({ body: Buffer.from(content) });

function bound(members: Members, part: Partial<Source>): unknown {
  const { input, refusals } = bind(members, source(part));
  const told = Object.entries(refusals).map(([stage, refusal]) => {
    const { code, message, fields } = wordRefusal(refusal, 'aws');
    return [stage, code, message, fields];
  });
  return told.length === 0 ? input : told;
}

function written(member: Members[string], value: unknown): Draft {
  const draft: Draft = { status: 200, headers: [], body: undefined };
  writeDraft({ member }, { member: value }, aws, draft);
  return draft;
}

describe('header', () => {
  const members = { Acl: header('X-Amz-Acl'), Days: header('x-days', integer), Lock: header('x-lock', boolean) };

  it('is read whatever the case of its declared name', () => {
    expect(bound(members, headers({ 'x-amz-acl': 'private', 'x-days': '-3', 'x-lock': 'TRUE', other: 'x' }))).toEqual({
      Acl: 'private',
      Days: -3,
      Lock: true,
    });
    expect(bound(members, {})).toEqual({});
    expect(bound(members, headers({ 'x-amz-acl': '' }))).toEqual({ Acl: '' });
  });

  it("is refused with the words of its value's type, or as an invalid argument", () => {
    expect(bound(members, headers({ 'x-days': 'three' }))).toEqual([
      [
        'head',
        'InvalidArgument',
        'Provided x-days not an integer or within integer range',
        { ArgumentName: 'x-days', ArgumentValue: 'three' },
      ],
    ]);
    expect(bound(members, headers({ 'x-lock': 'yes' }))).toEqual([
      ['head', 'InvalidArgument', 'Invalid Argument', { ArgumentName: 'x-lock', ArgumentValue: 'yes' }],
    ]);
  });

  it('has one refusal a stage, that of the first member', () => {
    expect(bound(members, headers({ 'x-lock': 'yes', 'x-days': 'three' }))).toEqual([
      ['head', 'InvalidArgument', expect.any(String), { ArgumentName: 'x-days', ArgumentValue: 'three' }],
    ]);
  });

  it('is recorded as it was sent if it cannot be read, and no handler gets it', () => {
    const { input, recorded } = bind(members, source(headers({ 'x-days': 'three', 'x-lock': 'true' })));
    expect(input).toEqual({ Lock: true });
    expect(recorded).toEqual({ Lock: true, Days: 'three' });
    const readable = bind(members, source(headers({ 'x-days': '3' })));
    expect(readable.recorded).toBe(readable.input);
  });

  it.each([
    ['both', [{}, {}]],
    ['ibm-cos', [{ 'x-days': 'three' }, {}]],
  ] as const)('is not refused if it cannot be read and S3 ignores it (%s)', (ignoredBy, [aws, cos]) => {
    const ignored = {
      Days: header('x-days', integer, { ignoredBy }),
      Max: query('max', integer, { ignoredBy: 'both' }),
    };
    const sent = { ...headers({ 'x-days': 'three' }), ...parameters({ max: 'all' }) };
    for (const [name, refused] of [
      ['aws', aws],
      ['ibm-cos', cos],
    ] as const) {
      const { input, recorded, refusals } = bind(ignored, source({ ...sent, dialect: { name } }));
      expect({ input, recorded }).toEqual({ input: {}, recorded: { Days: 'three', Max: 'all' } });
      expect(Object.keys(refusals)).toEqual(Object.keys(refused).map(() => 'head'));
    }
  });

  it('is written as it is declared, unless it is undefined', () => {
    expect(written(header('Location'), '/vault').headers).toEqual([['Location', '/vault']]);
    expect(written(header('x-lock', boolean), false).headers).toEqual([['x-lock', 'false']]);
    expect(written(header('Location'), undefined).headers).toEqual([]);
  });

  it('belongs to one dialect if its declaration says so', () => {
    const member = { Instance: header('ibm-service-instance-id', text, { dialect: 'ibm-cos' }) };
    const sent = headers({ 'ibm-service-instance-id': 'crn' });
    expect(bound(member, sent)).toEqual({});
    expect(bound(member, { ...sent, dialect: { name: 'ibm-cos' } })).toEqual({ Instance: 'crn' });
  });
});

describe('headerOrTrailer', () => {
  const members = { Checksum: headerOrTrailer('x-sum') };
  it('is read from the header or the trailer, and from the header if the request has both', () => {
    const trailers = new Map([['x-sum', 'trailer']]);
    expect(bound(members, { trailers })).toEqual({ Checksum: 'trailer' });
    expect(bound(members, { ...headers({ 'x-sum': 'header' }), trailers })).toEqual({ Checksum: 'header' });
  });
});

describe('prefixHeaders', () => {
  const members = { Metadata: prefixHeaders('x-amz-meta-') };
  it('are read under their names without the prefix', () => {
    const sent = headers({
      'x-amz-meta-a': '1',
      'x-amz-meta-': '2',
      'x-amz-metadata': '3',
      'x-amz-meta-__proto__': '4',
    });
    const { input } = bind(members, source(sent));
    expect(input).toEqual({
      Metadata: Object.fromEntries([
        ['a', '1'],
        ['', '2'],
        ['__proto__', '4'],
      ]),
    });
    expect(bound(members, {})).toEqual({});
  });

  it('are written with the prefix', () => {
    expect(written(prefixHeaders('x-amz-meta-'), { a: '1', b: '2' }).headers).toEqual([
      ['x-amz-meta-a', '1'],
      ['x-amz-meta-b', '2'],
    ]);
    expect(written(prefixHeaders('x-amz-meta-'), undefined).headers).toEqual([]);
  });
});

describe('query', () => {
  const members = { Prefix: query('prefix'), Max: query('max-keys', integer, { stage: 'query' }) };
  it('is read, and refused at the stage that its declaration names', () => {
    expect(bound(members, parameters({ prefix: '', 'max-keys': '05' }))).toEqual({ Prefix: '', Max: 5 });
    expect(bound(members, parameters({ 'max-keys': '2147483648' }))).toEqual([
      [
        'query',
        'InvalidArgument',
        'Provided max-keys not an integer or within integer range',
        { ArgumentName: 'max-keys', ArgumentValue: '2147483648' },
      ],
    ]);
  });
});

describe('label and form', () => {
  it('are read by their names', () => {
    expect(bound({ Bucket: label(), Key: label() }, { bucket: 'vault', key: undefined })).toEqual({
      Bucket: 'vault',
    });
    const members = { grant: form('grant_type'), none: form('none') };
    expect(bound(members, body('grant_type=a%3Ab+c&grant_type=d'))).toEqual({ grant: 'a:b c' });
    expect(bound(members, body('\0%%%&=&'))).toEqual({});
  });
});

describe('payload', () => {
  const shape = { Key: required(element(text)) };
  const malformed = [['document', 'MalformedXML', expect.any(String), {}]];

  it.each([
    ['<a><Key>k</Key></a>', { P: { Key: 'k' } }],
    ['', [['body', 'MissingRequestBodyError', 'Request Body is empty', {}]]],
    ['<', malformed],
    ['<a/>', malformed],
  ])('of %j', (content, expected) => {
    expect(bound({ P: payload(shape) }, body(content))).toEqual(expected);
  });

  it('may be absent if it is optional', () => {
    expect(bound({ P: payload(shape, { optional: true }) }, body(''))).toEqual({});
    expect(bound({ P: payload(shape, { optional: true }) }, body(' '))).toEqual(malformed);
  });

  it('may be limited in length', () => {
    const limited = { P: payload(shape, { maxBytes: 19 }) };
    expect(bound(limited, body('<a><Key>k</Key></a>'))).toEqual({ P: { Key: 'k' } });
    expect(bound(limited, body('<a><Key>kk</Key></a>'))).toEqual([
      ['size', 'MaxMessageLengthExceeded', 'Your request was too big.', { MaxMessageLengthBytes: '19' }],
    ]);
    expect(bound(limited, body(`\0${'<a><Key>kk</Key></a>'}`))).toEqual(malformed);
  });

  it('is not parsed if it is too long', () => {
    const limited = { P: payload(shape, { maxBytes: 19 }) };
    const tooLong = ['size', 'MaxMessageLengthExceeded', 'Your request was too big.', { MaxMessageLengthBytes: '19' }];
    expect(bound(limited, body('<a>this is no XML at all'))).toEqual([tooLong]);
    expect(bind(limited, source(body('<a><Key>long</Key></a>'))).input).toEqual({});
  });

  it('has 1 MiB at most unless it is declared otherwise', () => {
    const padded = (bytes: number) => body('<a><Key>k</Key></a>'.padEnd(bytes));
    expect(bound({ P: payload(shape) }, padded(1_048_576))).toEqual({ P: { Key: 'k' } });
    expect(bound({ P: payload(shape) }, padded(1_048_577))).toEqual([
      ['size', 'MaxMessageLengthExceeded', 'Your request was too big.', { MaxMessageLengthBytes: '1048576' }],
    ]);
  });

  it("may require the root's name", () => {
    const named = { P: payload(shape, { roots: ['Delete'] }) };
    expect(bound(named, body('<Delete><Key>k</Key></Delete>'))).toEqual({ P: { Key: 'k' } });
    expect(bound(named, body('<Other><Key>k</Key></Other>'))).toEqual(malformed);
  });

  it('keeps its members beside its refusal, and those that could not be read as they were sent, for the journal', () => {
    const shape = {
      Key: element(text),
      Days: element(integer),
      Rules: list({ Status: required(element(words('On'))) }, 'Rule'),
      Quiet: element(boolean),
    };
    const document = '<a><Key>k</Key><Days>x</Days><Rule><Status>Onn</Status></Rule><Quiet><b>x</b></Quiet></a>';
    const { recorded, refusals } = bind({ P: payload(shape) }, source(body(document)));
    expect(recorded).toEqual({ P: { Key: 'k', Days: 'x', Rules: [{ Status: 'Onn' }] } });
    expect(refusals.document?.refusal).toBe('MalformedXML');
  });

  it('has elements that the journal records and S3 refuses', () => {
    const limited = { P: payload({ Key: element(text), Size: malformedIfSent(element(integer)) }) };
    expect(bind(limited, source(body('<a><Key>k</Key><Size>5</Size></a>'))).recorded).toEqual({
      P: { Key: 'k', Size: 5 },
    });
    expect(bound(limited, body('<a><Key>k</Key><Size>5</Size></a>'))).toEqual(malformed);
    expect(bound(limited, body('<a><Key>k</Key></a>'))).toEqual({ P: { Key: 'k' } });
  });
});

describe('the document of an operation that the mock lacks', () => {
  const members = {
    P: sentDocument({ Days: element(integer), Key: required(element(text)) }),
    Days: inDocument(element(integer)),
  };

  it('is read, and nothing of it is refused', () => {
    const read = (content: string) => bind(members, source(body(content)));
    expect(read('<a><Days>3</Days><Key>k</Key></a>')).toMatchObject({
      input: { P: { Days: 3, Key: 'k' }, Days: 3 },
      refusals: {},
    });
    expect(read('<a><Days>x</Days><b/></a>')).toMatchObject({ input: { P: { Days: 'x' }, Days: 'x' }, refusals: {} });
    for (const unread of ['', 'no XML', '<a>', `<a>${' '.repeat(1_048_576)}</a>`])
      expect(read(unread)).toEqual({ input: {}, recorded: {}, refusals: {} });
  });
});

describe('blob and status', () => {
  it('may be the body as text', () => {
    expect(bound({ Policy: payloadText() }, body('{"Version":"1"}'))).toEqual({ Policy: '{"Version":"1"}' });
    expect(bound({ Policy: payloadText() }, body(''))).toEqual({});
    expect(String(written(payloadText(), '{"é":1}').body)).toBe('{"é":1}');
  });

  it('are the bytes and the status themselves', () => {
    const bytes = Buffer.from([0, 255]);
    expect(bound({ Body: blob() }, { body: bytes })).toEqual({ Body: bytes });
    expect(written(blob(), bytes).body).toBe(bytes);
    expect(written(status<200 | 206>(), 206).status).toBe(206);
  });
});

describe('values', () => {
  const moment = new Date('2026-01-31T10:00:00Z');
  it.each<[string, Leaf, string, unknown]>([
    ['integer', integer, '2147483647', 2147483647],
    ['integer', integer, '-2147483648', -2147483648],
    ['integer', integer, '00005', 5],
    ['integer', integer, '+5', 5],
    ['long', long, '5497558138880', 5497558138880],
    ['boolean', boolean, 'False', false],
    ['words', words('a', 'b'), 'b', 'b'],
    ['http-date', httpDate, 'Sat, 31 Jan 2026 10:00:00 GMT', moment],
    ['iso8601', date, '2026-01-31T10:00:00.000Z', moment],
  ])('%s reads %s', (_name, leaf, sent, read) => {
    const reader = readerOf(leaf);
    expect(reader.read(sent)).toEqual(read);
    expect(reader.read(reader.write(read as never))).toEqual(read);
  });

  it.each<[string, Leaf, string]>([
    ['integer', integer, '2147483648'],
    ['integer', integer, ' 5'],
    ['integer', integer, ''],
    ['long', long, '1e3'],
    ['boolean', boolean, '1'],
    ['words', words('a', 'b'), 'A'],
    ['http-date', httpDate, 'yesterday'],
    ['iso8601', date, '31.1.2026'],
  ])('%s reads %j as no value', (_name, leaf, characters) => {
    expect(readerOf(leaf).read(characters)).toBeUndefined();
  });
});

describe('whatever a request says', () => {
  const members: Members = {
    A: header('a', integer),
    B: query('b', httpDate),
    C: prefixHeaders('c-'),
    D: payload({ Key: list({ Key: element(date) }) }, { maxBytes: 100 }),
    E: form('e'),
    F: headerOrTrailer('f'),
  };

  it('reading throws nothing', () => {
    const entries = fc.dictionary(
      fc.oneof(fc.constantFrom('a', 'b', 'c-', 'c-x', 'f', '__proto__'), fc.string()),
      fc.string(),
    );
    const bytes = fc.oneof(
      fc.uint8Array(),
      fc
        .array(fc.constantFrom('<a>', '<Key>', '</Key>', '</a>', '2026', '&', 'e=%'))
        .map((parts) => Buffer.from(parts.join(''))),
    );
    fc.assert(
      fc.property(entries, entries, entries, bytes, (one, two, three, content) => {
        const part = { ...headers(one), ...parameters(two), trailers: new Map(Object.entries(three)), body: content };
        expect(bind(members, source(part)).input).toBeInstanceOf(Object);
      }),
    );
  });
});
