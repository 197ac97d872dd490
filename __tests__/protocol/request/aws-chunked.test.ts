import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import {
  checkLengthIsKnown,
  decodeBody,
  readDeclaredLength,
  readSignatures,
  storedContentEncoding,
} from '../../../src/protocol/request/aws-chunked';
import { refusalThrownBy } from '../../support/thrown';

type Fields = Readonly<Record<string, string>>;

const signature = 'b0c7'.repeat(16);
const eightKibibytes = 'x'.repeat(8192);
const checksum = 'x-amz-checksum-crc32:rfPzYw==';

const unsigned = { 'x-amz-content-sha256': 'STREAMING-UNSIGNED-PAYLOAD-TRAILER' };
const signed = { 'x-amz-content-sha256': 'STREAMING-AWS4-HMAC-SHA256-PAYLOAD' };
const signedTrailer = { 'x-amz-content-sha256': 'STREAMING-AWS4-HMAC-SHA256-PAYLOAD-TRAILER' };
const byEncoding = { 'content-encoding': 'aws-chunked' };
const announcing = { 'x-amz-trailer': 'x-amz-checksum-crc32' };
const crc32 = { 'x-amz-checksum-crc32': 'rfPzYw==' };
const trailed = { ...unsigned, ...announcing };
const signedData = `4;chunk-signature=${signature}\r\ndata\r\n`;
const signedEnd = `0;chunk-signature=${signature}\r\n`;
const ofLength = (length: number): Fields => ({ 'x-amz-decoded-content-length': String(length) });

function decode(headers: Fields, body: string | Uint8Array, trailers: Fields = {}, scheme?: 'sigv4-presigned') {
  const { announcement, framing, ...decoded } = decodeBody({
    headers: new Map(Object.entries(headers)),
    trailers: new Map(Object.entries(trailers)),
    body: Buffer.from(body),
    ...(scheme && { scheme }),
  });
  const refusal = announcement ?? framing;
  return {
    body: Buffer.from(decoded.body).toString('latin1'),
    trailers: Object.fromEntries(decoded.trailers),
    refusal: refusal && { refusal: refusal.refusal, details: refusal.details },
  };
}

describe('a body in aws-chunked framing', () => {
  it.each<[form: string, headers: Fields, body: string, trailers: Fields]>([
    ['unsigned, without a trailer', unsigned, '4\r\ndata\r\n0\r\n\r\n', {}],
    ['unsigned, with a trailer', trailed, `4\r\ndata\r\n0\r\n${checksum}\r\n\r\n`, crc32],
    ['with blanks in its trailer', trailed, '4\r\ndata\r\n0\r\nX-Amz-Checksum-CRC32 : rfPzYw== \r\n\r\n', crc32],
    ['signed', signed, `${signedData}${signedEnd}\r\n`, {}],
    [
      'signed by SigV4a',
      { 'x-amz-content-sha256': 'STREAMING-AWS4-ECDSA-P256-SHA256-PAYLOAD' },
      `4;chunk-signature=${signature}****\r\ndata\r\n0;chunk-signature=${signature}****\r\n\r\n`,
      {},
    ],
    [
      'signed, with a signed trailer',
      { ...signedTrailer, ...announcing },
      `${signedData}${signedEnd}${checksum}\r\nx-amz-trailer-signature:${signature}\r\n\r\n`,
      { ...crc32, 'x-amz-trailer-signature': signature },
    ],
    [
      "signed, as in AWS's example",
      { ...signedTrailer, ...announcing },
      `${signedData}${signedEnd}${checksum}\n\r\nx-amz-trailer-signature:${signature}\r\n\r\n`,
      { ...crc32, 'x-amz-trailer-signature': signature },
    ],
    ['named by Content-Encoding alone', byEncoding, '4\r\ndata\r\n0\r\n\r\n', {}],
    ['named among other codings', { 'content-encoding': 'gzip, AWS-Chunked' }, '4\r\ndata\r\n0\r\n\r\n', {}],
    ['named beside a hash', { ...byEncoding, 'x-amz-content-sha256': '0'.repeat(64) }, '4\r\ndata\r\n0\r\n\r\n', {}],
    ['with zeros before its sizes', unsigned, '0004\r\ndata\r\n00\r\n\r\n', {}],
  ])('%s is decoded', (_form, headers, body, trailers) => {
    expect(decode({ ...headers, ...ofLength(4) }, body)).toEqual({ body: 'data', trailers, refusal: undefined });
  });

  it('is decoded beside a presigned URL if Content-Encoding and a length name the framing (F576, an unverified guess)', () => {
    const headers = { ...byEncoding, ...ofLength(4) };
    expect(decode(headers, '4\r\ndata\r\n0\r\n\r\n', {}, 'sigv4-presigned')).toMatchObject({ body: 'data' });
  });

  it('is decoded if it is empty', () => {
    expect(decode({ ...unsigned, ...ofLength(0) }, '0\r\n\r\n')).toMatchObject({ body: '', refusal: undefined });
  });

  it('may have its trailers in HTTP', () => {
    const trailers = crc32;
    const headers = { ...unsigned, ...announcing, ...ofLength(4) };
    expect(decode(headers, '4\r\ndata\r\n0\r\n\r\n', trailers)).toEqual({ body: 'data', trailers, refusal: undefined });
  });

  it('keeps the trailers of HTTP beside its own trailers', () => {
    const headers = { ...unsigned, ...announcing, ...ofLength(4) };
    expect(decode(headers, `4\r\ndata\r\n0\r\n${checksum}\r\n\r\n`, { 'x-trace': 'abc' })).toMatchObject({
      trailers: { 'x-trace': 'abc', 'x-amz-checksum-crc32': 'rfPzYw==' },
      refusal: undefined,
    });
  });

  // openstack/swift, test_strm_unsgnd_pyld_trl_*. F1690
  it.each<{ what: string; trailers: string; read: Fields }>`
    what                                             | trailers                                              | read
    ${'no empty line after its trailer'}             | ${`${checksum}\r\n`}                                  | ${crc32}
    ${'several empty lines after its trailer'}       | ${`${checksum}\r\n\r\n\r\n`}                          | ${crc32}
    ${'anything after the empty line'}               | ${`${checksum}\r\n\r\nbonus: trailer\r\n\xff`}        | ${crc32}
    ${'one line after the empty line'}               | ${`${checksum}\r\n\r\nbonus`}                         | ${crc32}
    ${'its trailer twice, of which the last counts'} | ${`x-amz-checksum-crc32:AAAAAA==\r\n${checksum}\r\n`} | ${crc32}
  `('may have $what', ({ trailers, read }) => {
    const headers = { ...unsigned, ...announcing, ...ofLength(4) };
    expect(decode(headers, `4\r\ndata\r\n0\r\n${trailers}`)).toEqual({
      body: 'data',
      trailers: read,
      refusal: undefined,
    });
  });

  it('may end with the line of its last chunk', () => {
    expect(decode({ ...unsigned, ...ofLength(4) }, '4\r\ndata\r\n0\r\n').refusal).toBeUndefined();
    const line = `;chunk-signature=${signature}\r\n`;
    expect(decode({ ...signed, ...ofLength(4) }, `4${line}data\r\n0${line}`).refusal).toBeUndefined();
  });

  it.each(['x-amz-checksum-crc32,', 'x-amz-checksum-crc32,,'])('may have the trailer of %j', (name) => {
    const headers = { ...unsigned, ...ofLength(4), 'x-amz-trailer': name };
    expect(decode(headers, `4\r\ndata\r\n0\r\n${checksum}\r\n\r\n`).refusal).toBeUndefined();
  });

  it('may have an announced trailer as a header', () => {
    const headers = { ...unsigned, ...announcing, ...ofLength(4), 'x-amz-checksum-crc32': 'rfPzYw==' };
    expect(decode(headers, '4\r\ndata\r\n0\r\n\r\n').refusal).toBeUndefined();
  });

  it('is a view of the received bytes if it is one chunk', () => {
    const body = Buffer.from('4\r\ndata\r\n0\r\n\r\n');
    const decoded = decodeBody({
      headers: new Map(Object.entries({ ...unsigned, ...ofLength(4) })),
      trailers: new Map(),
      body,
    });
    expect(decoded.body.buffer).toBe(body.buffer);
    expect(decoded.body.byteOffset).toBe(body.byteOffset + 3);
  });
});

// Measured: versity/versitygw, tests/test_rest_chunked.sh. F577
describe('the signatures of chunks', () => {
  const chunk = (text: string) => `${text.length.toString(16)};chunk-signature=${signature}\r\n${text}\r\n`;
  const read = (body: string, of: Fields = signed) => {
    const { chunks, ...rest } = readSignatures(new Map(Object.entries(of)), Buffer.from(body));
    return { chunks: chunks.map((bytes) => bytes.length), ...rest };
  };
  const ecdsa = { 'x-amz-content-sha256': 'STREAMING-AWS4-ECDSA-P256-SHA256-PAYLOAD' };

  it.each<{ what: string; of: Fields; text: string }>`
    what                               | of        | text
    ${'is not hexadecimal'}            | ${signed} | ${'x'.repeat(64)}
    ${'is short'}                      | ${signed} | ${'invalid'}
    ${'is long'}                       | ${signed} | ${'0'.repeat(65)}
    ${'is of SigV4a, not hexadecimal'} | ${ecdsa}  | ${'xyz***'}
  `('are read, whatever they are: one that $what', ({ of, text }) => {
    expect(read(`0;chunk-signature=${text}\r\n\r\n`, of)).toEqual({
      chunks: [],
      signatures: [text],
      trailer: new Map(),
    });
  });

  it.each<{ what: string; rest: string }>`
    what                          | rest
    ${'a chunk that ends early'}  | ${'9;chunk-signature='.concat(signature, '\r\nshort')}
    ${'a chunk that has no head'} | ${'junk'}
    ${'nothing'}                  | ${''}
  `('are those of the whole chunks before $what', ({ rest }) => {
    expect(read(chunk(eightKibibytes) + rest)).toEqual({ chunks: [8192], signatures: [signature], trailer: undefined });
  });

  // openstack/swift, test_strm_sgnd_pyld_spaced_out_chunk_param_ok, …_value_ok, …_extra_param_before
  it.each([
    [`0 ; chunk-signature=${signature}`, signature],
    [`0;chunk-signature = ${signature} `, signature],
    [`0;extra=param;chunk-signature=${signature}`, `extra=param;chunk-signature=${signature}`],
  ])('are read in %j', (line, text) => {
    expect(read(`${line}\r\n\r\n`).signatures).toEqual([text]);
  });

  it('have no trailers after them if the body is cut off there', () => {
    const body = `${signedEnd}${checksum}`;
    expect(read(body, signedTrailer)).toEqual({ chunks: [], signatures: [signature], trailer: undefined });
  });
});

describe('a body without framing', () => {
  it.each<{ headers: Fields; why: string }>`
    headers                                                                           | why
    ${{}}                                                                             | ${'nothing names the framing'}
    ${{ 'x-amz-content-sha256': 'UNSIGNED-PAYLOAD' }}                                 | ${'it is merely unsigned'}
    ${{ 'content-encoding': '' }}                                                     | ${'the encoding is empty'}
    ${{ 'content-encoding': 'gzip' }}                                                 | ${'the encoding is another'}
    ${{ 'content-encoding': 'aws-chunked', 'x-amz-content-sha256': 'ab'.repeat(32) }} | ${'it is hashed in one piece'}
    ${byEncoding}                                                                     | ${'only Content-Encoding names the framing'}
    ${ofLength(7)}                                                                    | ${'a decoded length alone frames nothing'}
  `('is left unchanged: $why', ({ headers }) => {
    const trailers = { 'x-trace': 'abc' };
    expect(decode(headers, '4\r\ndata', trailers)).toEqual({ body: '4\r\ndata', trailers, refusal: undefined });
  });

  // F1691
  it.each([unsigned, signed, signedTrailer])('is left unchanged beside a presigned URL: %j', (headers) => {
    const body = '4\r\ndata\r\n0\r\n\r\n';
    const sent = { ...headers, ...ofLength(body.length) };
    expect(decode(sent, body, {}, 'sigv4-presigned')).toEqual({ body, trailers: {}, refusal: undefined });
    expect(decode({ ...headers, ...ofLength(4) }, body, {}, 'sigv4-presigned').refusal).toEqual({
      refusal: 'DecodedLengthMismatch',
      details: { NumberBytesExpected: 4, NumberBytesProvided: body.length },
    });
  });
});

describe('a body that S3 refuses', () => {
  // Measured: openstack/swift, test_strm_sgnd_pyld_negative_chunk_length. F577
  it.each([
    ['signed', signed, `-4;chunk-signature=${signature}\r\ndata\r\n${signedEnd}\r\n`],
    ['unsigned', unsigned, '-4\r\ndata\r\n0\r\n\r\n'],
  ])('is an error inside S3 if the size of a chunk is below zero, %s', (_what, headers, body) => {
    expect(decode({ ...headers, ...ofLength(4) }, body)).toMatchObject({ refusal: { refusal: 'ChunkSizeNegative' } });
  });

  const incomplete = { refusal: 'IncompleteBody', details: {} };
  const malformed = { refusal: 'TrailerMalformed', details: {} };

  it.each<[what: string, headers: Fields, body: string]>([
    ['nothing', unsigned, ''],
    ['no framing at all', unsigned, 'data'],
    ['a size that is not a number', unsigned, 'xyz\r\ndata\r\n0\r\n\r\n'],
    ['no size', unsigned, '\r\ndata\r\n0\r\n\r\n'],
    ['a sign alone', unsigned, '-\r\ndata\r\n0\r\n\r\n'],
    ['a size below the data', unsigned, '3\r\ndata\r\n0\r\n\r\n'],
    ['a size above the data', unsigned, '5\r\ndata\r\n0\r\n\r\n'],
    ['a size above all memory', unsigned, 'ffffffffffffffffffffff\r\ndata\r\n0\r\n\r\n'],
    ['half a line break', unsigned, '4\ndata\n0\n\n'],
    ['no return after the data', unsigned, '4\r\ndataX\n0\r\n\r\n'],
    ['no line feed after the data', unsigned, '4\r\ndata\rX0\r\n\r\n'],
    ['no last chunk', unsigned, '4\r\ndata\r\n'],
    ['an end cut off', unsigned, '4\r\ndata\r\n0'],
    ['half a line break at its end', unsigned, '4\r\ndata\r\n0\r\n\r'],
    ['another end', unsigned, '4\r\ndata\r\n0\r\n\rX'],
    ['a trailer cut off', trailed, `4\r\ndata\r\n0\r\n${checksum}`],
    ['a trailer without its return', trailed, `4\r\ndata\r\n0\r\n${checksum}\n`],
    ['a trailer without a colon', trailed, '4\r\ndata\r\n0\r\nx-amz-checksum-crc32\r\n\r\n'],
    ['a trailer without a name', trailed, '4\r\ndata\r\n0\r\n:rfPzYw==\r\n\r\n'],
    ['no signature', signed, '4\r\ndata\r\n0\r\n\r\n'],
    ['no signature of the last chunk', signed, `${signedData}0\r\n\r\n`],
    ['a signature that is blank', signed, `4;chunk-signature=\r\ndata\r\n${signedEnd}\r\n`],
    ['more after a signature', signed, `4;chunk-signature=${signature};extra=param\r\ndata\r\n${signedEnd}\r\n`],
    ['a signature of another name', signed, `4;chunk-signatur=${signature}\r\ndata\r\n${signedEnd}\r\n`],
  ])('is incomplete: %s', (_what, headers, body) => {
    expect(decode({ ...headers, ...ofLength(4) }, body).refusal).toEqual(incomplete);
  });

  it.each<[what: string, headers: Fields, body: string]>([
    ['an empty line among trailers', trailed, `4\r\ndata\r\n0\r\n\r\n${checksum}\r\n\r\n`],
    ['an announced trailer missing', trailed, '4\r\ndata\r\n0\r\n\r\n'],
    [
      'not the announced trailer',
      trailed,
      '4\r\ndata\r\n0\r\nx-amz-checksum-sha1:oXyaqmHoChv3HQ2FCvTluqmAC70=\r\n\r\n',
    ],
    ['a trailer that nobody announced', unsigned, `4\r\ndata\r\n0\r\n${checksum}\r\n\r\n`],
  ])('has a malformed trailer: %s', (_what, headers, body) => {
    const decoded = decode({ ...headers, ...ofLength(4) }, body);
    expect(decoded).toMatchObject({ body: 'data', refusal: malformed });
    expect(decoded.trailers).not.toHaveProperty(['']);
  });

  // Measured: justincormack/argmin, chunked.rs; openstack/swift, test_strm_sgnd_pyld_trl_*. F1690
  describe('in signed framing', () => {
    const content = `${signedData}${signedEnd}`;
    const own = `x-amz-trailer-signature:${signature}\r\n`;

    it.each<{ what: string; headers: Fields; trailers: string }>`
      what                                            | headers                                | trailers
      ${'has a trailer that is not announced'}        | ${signed}                              | ${`${checksum}\r\n\r\n`}
      ${'has a signature of trailers that are none'}  | ${signedTrailer}                       | ${own}
      ${'has no trailers, and announces none'}        | ${signedTrailer}                       | ${'\r\n'}
      ${'has a trailer without its signature'}        | ${{ ...signedTrailer, ...announcing }} | ${`${checksum}\r\n\r\n`}
      ${'has a trailer without its signature, short'} | ${{ ...signedTrailer, ...announcing }} | ${`${checksum}\r\n`}
      ${'has a trailer without a colon'}              | ${{ ...signedTrailer, ...announcing }} | ${`x-amz-checksum-crc32\r\n${own}\r\n`}
    `('$what', ({ headers, trailers }) => {
      expect(decode({ ...headers, ...ofLength(4) }, content + trailers).refusal).toEqual(incomplete);
    });

    it('has no signature of trailers, and another length', () => {
      expect(decode({ ...signedTrailer, ...ofLength(9) }, `${content}\r\n`).refusal).toEqual(incomplete);
    });

    it('has another trailer than the announced one', () => {
      const headers = { ...signedTrailer, ...announcing, ...ofLength(4) };
      expect(
        decode(headers, `${content}x-amz-checksum-sha1:oXyaqmHoChv3HQ2FCvTluqmAC70=\r\n${own}\r\n`).refusal,
      ).toEqual(malformed);
    });
  });

  it('has no framing, but announces a trailer', () => {
    expect(decode(announcing, 'data').refusal).toEqual(malformed);
  });

  it.each([
    ...['x-amz-meta-color', 'x-amz-checksum-sha384', 'x-amz-checksum-crc32, expires', 'content-md5'],
    ...['x-amz-content-sha256', ',x-amz-checksum-crc32', ' ,x-amz-checksum-crc32', 'x-amz-checksum-crc32, ,'],
  ])('announces the trailer %j', (name) => {
    const headers = { ...unsigned, ...ofLength(4), 'x-amz-trailer': name };
    expect(decode(headers, `4\r\ndata\r\n0\r\n${checksum}\r\n\r\n`).refusal).toEqual({
      refusal: 'TrailerUnsupported',
      details: {},
    });
  });

  it.each<{ headers: Fields; why: string }>`
    headers                                                   | why
    ${unsigned}                                               | ${'it is missing'}
    ${{ ...unsigned, 'x-amz-decoded-content-length': 'abc' }} | ${'it is no number'}
    ${{ ...unsigned, 'x-amz-decoded-content-length': '-4' }}  | ${'it is negative'}
  `('has no decoded length: $why', ({ headers }) => {
    expect(decode(headers, '4\r\ndata\r\n0\r\n\r\n')).toMatchObject({
      body: 'data',
      refusal: { refusal: 'ContentLengthMissing', details: {} },
    });
  });

  it.each([3, 5])('has another length than the %d bytes of its header', (length) => {
    expect(decode({ ...unsigned, ...ofLength(length) }, '4\r\ndata\r\n0\r\n\r\n').refusal).toEqual({
      refusal: 'DecodedLengthMismatch',
      details: { NumberBytesExpected: length, NumberBytesProvided: 4 },
    });
  });

  it.each<{ form: string; headers: Fields; extension: string }>`
    form          | headers     | extension
    ${'unsigned'} | ${unsigned} | ${''}
    ${'signed'}   | ${signed}   | ${`;chunk-signature=${signature}`}
  `('has a small chunk before its last, $form', ({ headers, extension }) => {
    const framed = (...chunks: string[]): string =>
      [...chunks, ''].map((chunk) => `${chunk.length.toString(16)}${extension}\r\n${chunk}\r\n`).join('');
    expect(decode({ ...headers, ...ofLength(5) }, framed('hel', 'lo')).refusal).toEqual({
      refusal: 'ChunkTooSmall',
      details: { Chunk: 2, BadChunkSize: 3 },
    });
    expect(decode({ ...headers, ...ofLength(8193) }, framed(eightKibibytes, 'y')).refusal).toBeUndefined();
    expect(decode({ ...headers, ...ofLength(8193) }, framed(eightKibibytes.slice(1), 'yy')).refusal).toEqual({
      refusal: 'ChunkTooSmall',
      details: { Chunk: 2, BadChunkSize: 8191 },
    });
  });
});

// F96
describe('the length of an upload', () => {
  const chunked = { 'transfer-encoding': 'chunked' };
  const missing = { refusal: 'ContentLengthMissing', details: {} };
  const notImplemented = { refusal: 'HeaderNotImplemented', details: { Header: 'Transfer-Encoding' } };

  it.each<{ headers: Fields; length: number | undefined; refusal: object | undefined }>`
    headers                                                   | length       | refusal
    ${{ 'content-length': '7' }}                              | ${7}         | ${undefined}
    ${{ ...unsigned, ...ofLength(4), 'content-length': '7' }} | ${4}         | ${undefined}
    ${{ ...unsigned, ...ofLength(4), ...chunked }}            | ${4}         | ${undefined}
    ${{ ...byEncoding, ...ofLength(4), ...chunked }}          | ${4}         | ${undefined}
    ${chunked}                                                | ${undefined} | ${notImplemented}
    ${{ ...byEncoding, ...chunked }}                          | ${undefined} | ${notImplemented}
    ${{}}                                                     | ${undefined} | ${missing}
  `('of $headers is $length, and the refusal $refusal', ({ headers, length, refusal }) => {
    const sent = new Map(Object.entries(headers));
    const thrown = refusalThrownBy(() => checkLengthIsKnown(sent));
    expect({
      length: readDeclaredLength(sent),
      refusal: thrown && { refusal: thrown.refusal, details: thrown.details },
    }).toEqual({ length, refusal });
  });
});

describe('the stored Content-Encoding', () => {
  it.each`
    sent                         | kept
    ${undefined}                 | ${undefined}
    ${''}                        | ${undefined}
    ${'aws-chunked'}             | ${undefined}
    ${'AWS-Chunked'}             | ${undefined}
    ${'aws-chunked,aws-chunked'} | ${undefined}
    ${'aws-chunked,gzip'}        | ${'gzip'}
    ${'aws-chunked, gzip'}       | ${'gzip'}
    ${'gzip,aws-chunked'}        | ${'gzip'}
    ${'gzip, aws-chunked, br'}   | ${'gzip, br'}
    ${'gzip, br'}                | ${'gzip, br'}
    ${'gzip'}                    | ${'gzip'}
  `('for "$sent" is "$kept"', ({ sent, kept }) => {
    expect(storedContentEncoding(sent, new Map(Object.entries(unsigned)))).toBe(kept);
  });
});

describe('any bytes', () => {
  const form = fc.record({
    headers: fc.constantFrom(unsigned, signed, signedTrailer, byEncoding),
    trailer: fc.constantFrom('none', 'inside', 'http', 'header'),
    upperCase: fc.boolean(),
  });
  const tail = fc.uint8Array({ maxLength: 300 });
  const chunks = fc.array(fc.uint8Array({ minLength: 8192, maxLength: 8300 }), { maxLength: 3 });

  it('are decoded unchanged from any chunks, and a body that is cut off is refused', () => {
    fc.assert(
      fc.property(chunks, tail, form, fc.double({ min: 0, max: 1, noNaN: true }), (long, last, how, cut) => {
        // The signature of trailers needs a trailer.
        const place = how.headers === signedTrailer && how.trailer === 'none' ? 'inside' : how.trailer;
        const whole = Buffer.concat([...long, last]);
        const extension =
          how.headers === signed || how.headers === signedTrailer ? `;chunk-signature=${signature}` : '';
        const size = (bytes: Uint8Array): string =>
          how.upperCase ? bytes.length.toString(16).toUpperCase() : bytes.length.toString(16);
        const framed = [...long, ...(last.length > 0 ? [last] : [])].flatMap((chunk) => [
          Buffer.from(`${size(chunk)}${extension}\r\n`),
          chunk,
          Buffer.from('\r\n'),
        ]);
        const ofTrailer = how.headers === signedTrailer ? `x-amz-trailer-signature:${signature}\r\n` : '';
        const inside = `${place === 'inside' ? `${checksum}\r\n` : ''}${ofTrailer}`;
        const body = Buffer.concat([...framed, Buffer.from(`0${extension}\r\n${inside}\r\n`)]);
        const value: Fields = crc32;
        const headers = new Map<string, string>(
          Object.entries({
            ...how.headers,
            ...ofLength(whole.length),
            ...(place === 'none' ? {} : announcing),
            ...(place === 'header' ? value : {}),
          }),
        );
        const trailers = new Map(Object.entries(place === 'http' ? value : {}));

        const decoded = decodeBody({ headers, trailers, body });
        expect({ announcement: decoded.announcement, framing: decoded.framing }).toEqual({
          announcement: undefined,
          framing: undefined,
        });
        expect(Buffer.compare(decoded.body, whole)).toBe(0);
        expect(decoded.trailers.get('x-amz-checksum-crc32')).toBe(
          place === 'inside' || place === 'http' ? 'rfPzYw==' : undefined,
        );

        // The last two bytes, the empty line, may be missing; without a trailer the line of the last chunk is an end too.
        const beginning = body.subarray(0, Math.floor(cut * (body.length - 3)));
        const { framing } = decodeBody({ headers, trailers, body: beginning });
        expect(['IncompleteBody', 'TrailerMalformed']).toContain(framing?.refusal);
      }),
    );
  });
});
