import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { aws, dialects } from '../../../src/dialects';
import type { Draft, Source } from '../../../src/protocol/document/binding';
import * as binding from '../../../src/protocol/document/binding';
import { readerOf } from '../../../src/protocol/document/leaves';
import { S3Error, wordRefusal } from '../../../src/refusals/index';
import { element, list, malformedIfSent, required } from '../../../src/shapes/elements';
import {
  blob,
  documentField,
  field,
  fileName,
  flatPayload,
  form,
  header,
  headerOrTrailer,
  inDocument,
  label,
  payload,
  payloadText,
  prefixHeaders,
  query,
  queryList,
  refusedFirst,
  sentBody,
  sentDocument,
  status,
  storedHeaders,
} from '../../../src/shapes/places';
import type { Leaf, Members } from '../../../src/shapes/shape';
import { boolean, date, httpDate, integer, long, orFalse, refusing, text, words } from '../../../src/shapes/values';
import { copyShape } from './copied-shapes';

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

function bind(members: Members, sent: Source): ReturnType<typeof binding.bind> {
  return binding.bind(copyShape(members), sent);
}

function write(members: Members, values: object, dialect: Parameters<typeof binding.writeDraft>[2] = aws): Draft {
  const draft: Draft = { status: 200, headers: [], body: undefined };
  binding.writeDraft(copyShape(members), values, dialect, draft);
  return draft;
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

/** The stages of the refusals with the reasons. */
function reasons(members: Members, part: Partial<Source>): unknown {
  return Object.entries(bind(members, source(part)).refusals).map(([stage, { why }]) => [stage, why]);
}

function written(member: Members[string], value: unknown): Draft {
  return write({ member }, { member: value });
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

describe('a header of several names', () => {
  const members = { Acl: header(['x-new', 'x-old'], text) };

  it('is read by the first name that came, and written by the first', () => {
    expect(bound(members, headers({ 'x-old': 'old' }))).toEqual({ Acl: 'old' });
    expect(bound(members, headers({ 'x-old': 'old', 'x-new': 'new' }))).toEqual({ Acl: 'new' });
    expect(bound(members, headers({ other: 'x' }))).toEqual({});
    expect(write(members, { Acl: 'private' }).headers).toEqual([['x-new', 'private']]);
  });
});

describe('a switch in a header', () => {
  it('is off for any text that is no boolean', () => {
    const members = { Bypass: header('x-bypass', orFalse(boolean)) };
    for (const [sent, Bypass] of [
      ['TRUE', true],
      ['false', false],
      ['yes', false],
      ['', false],
    ] as const)
      expect(bound(members, headers({ 'x-bypass': sent }))).toEqual({ Bypass });
  });
});

describe('a header with a check of the request', () => {
  const checked = refusedFirst(header('x-days', integer), ({ query }) =>
    query.has('alone') ? new S3Error('HeaderNotImplemented', { Header: 'x-days' }) : undefined,
  );

  it('is read and written, and its check comes first', () => {
    expect(bound({ Days: checked }, headers({ 'x-days': '3' }))).toEqual({ Days: 3 });
    const { input, refusals } = bind(
      { Days: checked },
      source({ ...headers({ 'x-days': '3' }), ...parameters({ alone: '' }) }),
    );
    expect({ input, refused: refusals.head?.refusal }).toEqual({ input: { Days: 3 }, refused: 'HeaderNotImplemented' });
    expect(write({ Days: checked }, { Days: 3 }).headers).toEqual([['x-days', '3']]);
  });
});

// F980
describe('storedHeaders', () => {
  const stored = storedHeaders({ Language: header('Content-Language', text), Cache: header('Cache-Control', text) });
  const members = { Date: header('Date', text), ...stored, Accept: header('Accept-Ranges', text) };

  it.each([
    ['aws', ['Date', 'Cache-Control', 'Content-Language', 'Accept-Ranges']],
    ['ibm-cos', ['Date', 'Content-Language', 'Cache-Control', 'Accept-Ranges']],
  ] as const)('have an order of their own in %s', (dialect, names) => {
    const values = { Date: 'd', Language: 'de', Cache: 'no-store', Accept: 'bytes' };
    expect(write(members, values, dialects[dialect]).headers.map(([name]) => name)).toEqual(names);
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

describe('queryList', () => {
  const members = { Ids: queryList('id') };

  it('is each value of the parameter, as the URL has them', () => {
    expect(bound(members, { wire: { url: '/vault?id=1&other=x&id=a%2Cb' } })).toEqual({ Ids: ['1', 'a,b'] });
    expect(bound(members, { wire: { url: '/vault?other=x' } })).toEqual({});
    expect(bound(members, { wire: { url: '/vault' } })).toEqual({});
  });
});

describe('what a form of a browser has', () => {
  const fields = (entries: Readonly<Record<string, string>>, fileName?: string) => ({
    form: {
      fields: new Map(Object.entries(entries)),
      first: new Map<string, string>(),
      file: Buffer.from(''),
      fileName,
    },
  });

  it('is read by the first name of a field that came, and the name of the file', () => {
    const members = { Acl: field('acl', 'x-acl'), Name: fileName() };
    expect(bound(members, fields({ 'x-acl': 'old' }, 'report.pdf'))).toEqual({ Acl: 'old', Name: 'report.pdf' });
    expect(bound(members, fields({ acl: '', 'x-acl': 'old' }))).toEqual({ Acl: '' });
    expect(bound(members, {})).toEqual({});
  });

  // F569
  it('may be a document, which has no effect with another root', () => {
    const members = { Tagging: documentField('tagging', 'Tagging', { Days: required(element(integer)) }) };
    const read = (tagging: string) => {
      const { recorded, refusals } = bind(members, source(fields({ tagging })));
      return { recorded, refused: refusals.document?.why };
    };
    expect(read('<Tagging><Days>3</Days></Tagging>')).toEqual({
      recorded: { Tagging: { Days: 3 } },
      refused: undefined,
    });
    expect(read('<Other><Days>3</Days></Other>')).toEqual({
      recorded: { Tagging: '<Other><Days>3</Days></Other>' },
      refused: undefined,
    });
    expect(read('3')).toEqual({
      recorded: { Tagging: '3' },
      refused: "the field tagging is not well-formed XML: the text '3' at character 1 is outside of the root element",
    });
    expect(read('<Tagging/>')).toEqual({
      recorded: { Tagging: {} },
      refused: '<Tagging> has no <Days>, which is required',
    });
    expect(bound(members, fields({}))).toEqual({});
    const others = { ...members, Max: header('x-max', integer) };
    const sent = { ...fields({ tagging: '3' }), headers: new Map([['x-max', 'all']]) };
    expect(bind({ Max: others.Max, Tagging: others.Tagging }, source(sent)).recorded).toEqual({
      Max: 'all',
      Tagging: '3',
    });
    expect(bind(others, source(sent)).recorded).toEqual({ Tagging: '3', Max: 'all' });
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

  it('leaves the members beside it to the headers, and may be the members of the input itself', () => {
    const members = { Acl: header('x-acl', text), ...flatPayload('a', shape), ETag: element(text) };
    expect(bound(members, { ...headers({ 'x-acl': 'private' }), ...body('<a><Key>k</Key></a>') })).toEqual({
      Acl: 'private',
      Key: 'k',
    });
    expect(write(members, { Acl: 'private', ETag: 'e' })).toEqual({
      status: 200,
      headers: [['x-acl', 'private']],
      body: undefined,
    });
  });

  // F971
  it.each<[document: string, refusal: string]>([
    ['<a><Days>x</Days><Key>k</Key></a>', 'NewEncryptionInvalid'],
    ['<a><Days>x</Days></a>', 'MalformedXML'],
    ['<a><Days>x</Days><Key>k<b>c</b></Key></a>', 'ElementInValue'],
  ])('is refused for its form before a value: %s', (content, refusal) => {
    const members = { P: payload({ Days: element(refusing(integer, 'NewEncryptionInvalid')), ...shape }) };
    expect(bind(members, source(body(content))).refusals.document?.refusal).toBe(refusal);
  });

  // F282, F971
  it('may have a refusal of its own for what is malformed', () => {
    const acl = { P: payload({ ...shape, Days: element(integer) }, { whenMalformed: 'AclMalformed', maxBytes: 60 }) };
    const refused = (content: string) =>
      Object.entries(bind(acl, source(body(content))).refusals).map(([stage, { refusal, why }]) => [
        stage,
        refusal,
        why,
      ]);
    expect(refused('<a/>')).toEqual([['document', 'AclMalformed', '<a> has no <Key>, which is required']]);
    expect(refused('<a><Key><b>c</b></Key></a>')).toEqual([
      ['document', 'ElementInValue', '<Key> has text, and no <b>'],
    ]);
    expect(refused('')).toEqual([['body', 'MissingRequestBody', undefined]]);
    expect(refused('<a>'.padEnd(61))).toEqual([
      ['size', 'MessageTooLong', 'the document has 61 bytes; S3 reads 60 bytes at most'],
    ]);
    expect(refused('<a><Key>k</Key></a>')).toEqual([]);
    expect(bind(acl, source(body('<a><Key>k</Key><Days>x</Days></a>'))).recorded).toEqual({
      P: { Key: 'k', Days: 'x' },
    });
  });

  it('may have a check of the request, which comes before the check that it has a body', () => {
    const refusalOfRequest: Parameters<typeof refusedFirst>[1] = ({ query }) =>
      query.has('alone') ? new S3Error('NewEncryptionInvalid') : undefined;
    const members = { P: payload(shape, { refusalOfRequest }) };
    const refused = (sent: Partial<Source>) =>
      Object.entries(bind(members, source(sent)).refusals).map(([stage, { refusal }]) => [stage, refusal]);
    expect(bound(members, body('<a><Key>k</Key></a>'))).toEqual({ P: { Key: 'k' } });
    expect(refused({ ...parameters({ alone: '' }), ...body('<a/>') })).toEqual([
      ['body', 'NewEncryptionInvalid'],
      ['document', 'MalformedXML'],
    ]);
    expect(refused(parameters({ alone: '' }))).toEqual([['body', 'NewEncryptionInvalid']]);
    expect(refused({})).toEqual([['body', 'MissingRequestBody']]);
  });

  it('has a reason that quotes what is no XML', () => {
    const limited = { P: payload(shape, { maxBytes: 19, roots: ['a'], adviceForText: 'write other text' }) };
    const why = (content: string) => reasons(limited, body(content));
    expect(why('a'.repeat(60))).toEqual([['document', `the body is not well-formed XML: '${'a'.repeat(60)}'`]]);
    expect(why('a'.repeat(61))).toEqual([['document', `the body is not well-formed XML: '${'a'.repeat(60)}'…`]]);
    expect(why('<a><b></a>')).toEqual([
      ['document', 'the body is not well-formed XML: </a> at character 7 does not close <b>, which is open'],
    ]);
    expect(why('<a>\0</a>')).toEqual([
      [
        'document',
        'the body is not well-formed XML: U+0000 at character 4 is not a character of XML 1.0; write other text',
      ],
    ]);
    expect(reasons({ P: payload(shape) }, body('<a>\0</a>'))).toEqual([
      ['document', 'the body is not well-formed XML: U+0000 at character 4 is not a character of XML 1.0'],
    ]);
    expect(why('<b/>')).toEqual([['document', 'the root is <b>, not <a>']]);
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
      Tags: list(text, 'Tag'),
    };
    const document =
      '<a><Key>k</Key><Days>x</Days><Rule><Status>Onn</Status></Rule><Quiet><b>x</b></Quiet><Tag><b>x</b></Tag></a>';
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
    Rules: inDocument(list(text, 'Rule')),
  };

  it('is read, and nothing of it is refused', () => {
    const read = (content: string) => bind(members, source(body(content)));
    expect(read('<a><Days>3</Days><Key>k</Key></a>')).toMatchObject({
      input: { P: { Days: 3, Key: 'k' }, Days: 3 },
      refusals: {},
    });
    expect(read('<a><Rule>1</Rule><Rule>2</Rule></a>').input).toEqual({ P: {}, Rules: ['1', '2'] });
    expect(read('<a><Days>x</Days><b/></a>')).toMatchObject({ input: { P: { Days: 'x' }, Days: 'x' }, refusals: {} });
    expect(read('<a><Days>3</Days></a>'.padEnd(1_048_576)).input).toEqual({ P: { Days: 3 }, Days: 3 });
    for (const unread of ['', 'no XML', '<a>', '<a><Days>3</Days></a>'.padEnd(1_048_577)])
      expect(read(unread)).toEqual({ input: {}, recorded: {}, refusals: {} });
  });
});

describe('blob and status', () => {
  it('may be the body as text', () => {
    expect(bound({ Policy: payloadText() }, body('{"Version":"1"}'))).toEqual({ Policy: '{"Version":"1"}' });
    expect(bound({ Policy: payloadText() }, body(''))).toEqual({});
    const { input } = bind({ Policy: payloadText() }, source(body('{}'.padEnd(1_048_576))));
    expect(String(Object(input)['Policy']).length).toBe(1_048_576);
    expect(bound({ Policy: payloadText() }, body('{}'.padEnd(1_048_577)))).toEqual([
      ['size', 'MaxMessageLengthExceeded', 'Your request was too big.', { MaxMessageLengthBytes: '1048576' }],
    ]);
    expect(String(written(payloadText(), '{"é":1}').body)).toBe('{"é":1}');
  });

  it('are the bytes and the status themselves', () => {
    const bytes = Buffer.from([0, 255]);
    expect(bound({ Body: blob() }, { body: bytes })).toEqual({ Body: bytes });
    expect(bound({ Body: blob() }, {})).toEqual({ Body: Buffer.from('') });
    expect(bound({ Body: sentBody() }, { body: bytes })).toEqual({ Body: bytes });
    expect(bound({ Body: sentBody() }, {})).toEqual({});
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
    ['long', long, '-05', -5],
    ['boolean', boolean, 'False', false],
    ['words', words('a', 'b'), 'b', 'b'],
    ['http-date', httpDate, 'Sat, 31 Jan 2026 10:00:00 GMT', moment],
    ['iso8601', date, '2026-01-31T10:00:00.000Z', moment],
  ])('%s reads %s', (_name, leaf, sent, read) => {
    const reader = readerOf(copyShape(leaf));
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
    expect(readerOf(copyShape(leaf)).read(characters)).toBeUndefined();
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
