import type { Call } from './calls';
import type { HeaderLine } from './headers';
import type { Random } from './random';

export interface Framed {
  readonly bytes: Buffer;
  readonly kind: string;
  /** The form of the answers depends on them. */
  readonly methods: readonly string[];
  /** If not, the client ends its side of the connection, and not each request has an answer. */
  readonly isWhole: boolean;
}

export function frame(random: Random, call: Call, others: () => Call): Framed {
  const whole = (kind: string, ...parts: readonly Buffer[]): Framed => ({
    kind,
    bytes: Buffer.concat(parts),
    methods: [call.method],
    isWhole: true,
  });
  const broken = (kind: string, bytes: Buffer): Framed => ({ kind, bytes, methods: [call.method], isWhole: false });
  const body = call.body ?? Buffer.alloc(0);
  const right = () => plain(call, call.body === undefined ? [] : [['Content-Length', String(body.length)]], body);
  if (random.chance(0.6)) return whole('right', right());
  return random.one(
    () => whole('chunked', plain(call, [['Transfer-Encoding', 'chunked']], chunked(random, body))),
    () =>
      whole(
        'aws-chunked',
        awsChunked(random, call, (framing) => framing),
      ),
    () =>
      whole(
        'aws-chunked, wrong',
        awsChunked(random, call, (framing) => mutated(random, framing)),
      ),
    () =>
      whole(
        'expecting',
        plain(
          call,
          [
            ['Expect', '100-continue'],
            ['Content-Length', String(body.length)],
          ],
          body,
        ),
      ),
    () => pipelined(call, random.some(1, 3, others)),
    () =>
      broken(
        'content-length too small',
        plain(call, [['Content-Length', String(random.below(body.length + 1))]], body),
      ),
    () =>
      broken(
        'content-length too large',
        plain(call, [['Content-Length', String(body.length + random.between(1, 99))]], body),
      ),
    () =>
      broken(
        'content-length strange',
        plain(call, [['Content-Length', random.pick(['-1', 'x', '', '1, 1', '9'.repeat(30)])]], body),
      ),
    () =>
      broken(
        'two framings',
        plain(
          call,
          [
            ['Content-Length', String(body.length)],
            ['Transfer-Encoding', 'chunked'],
          ],
          chunked(random, body),
        ),
      ),
    () =>
      broken(
        'transfer coding',
        plain(call, [['Transfer-Encoding', random.pick(['gzip', 'identity', 'gzip, chunked', 'x', ','])]], body),
      ),
    () =>
      broken('chunked, wrong', plain(call, [['Transfer-Encoding', 'chunked']], mutated(random, chunked(random, body)))),
    () => broken('broken head', mutated(random, right())),
    () => broken('cut off', right().subarray(0, random.below(right().length))),
  );
}

/** What no header can carry becomes a blank: a broken head is a framing of its own. */
function line([name, value]: HeaderLine): Buffer {
  return Buffer.from(
    `${name}: ${Buffer.from(value)
      .toString()
      .replaceAll(/[^\t\x20-\x7e\u0080-\uffff]/g, ' ')}\r\n`,
  );
}

function plain(call: Call, framing: readonly HeaderLine[], body: Buffer): Buffer {
  const target = Buffer.from(call.target.replaceAll(/[\s\p{Cc}]/gu, '') || '/');
  const start = Buffer.concat([Buffer.from(`${call.method} `), target, Buffer.from(' HTTP/1.1\r\n')]);
  const lines = [['Host', call.host] as const, ...call.headers, ...framing].map(line);
  return Buffer.concat([start, ...lines, Buffer.from('\r\n'), body]);
}

function chunked(random: Random, body: Buffer): Buffer {
  const chunks: Buffer[] = [];
  for (let at = 0; at < body.length; ) {
    const size = random.size(1, 8192);
    const chunk = body.subarray(at, at + size);
    chunks.push(Buffer.from(`${chunk.length.toString(16)}\r\n`), chunk, Buffer.from('\r\n'));
    at += size;
  }
  const trailer = random.chance(0.2) ? 'x-amz-checksum-crc32: AAAAAA==\r\n' : '';
  return Buffer.concat([...chunks, Buffer.from(`0\r\n${trailer}\r\n`)]);
}

function awsChunked(random: Random, call: Call, change: (framing: Buffer) => Buffer): Buffer {
  const body = call.body ?? Buffer.from('streamed');
  const isSigned = random.chance(0.3);
  const signature = isSigned ? `;chunk-signature=${'a'.repeat(64)}` : '';
  const head = body.length === 0 ? '' : `${body.length.toString(16)}${signature}\r\n`;
  const trailer = random.chance(0.5) ? 'x-amz-checksum-crc32:AAAAAA==\r\n' : '';
  const framed = Buffer.concat([
    Buffer.from(head),
    body,
    Buffer.from(`${head === '' ? '' : '\r\n'}0${signature}\r\n${trailer}\r\n`),
  ]);
  const sent = change(framed);
  const headers: readonly HeaderLine[] = [
    ['x-amz-content-sha256', isSigned ? 'STREAMING-AWS4-HMAC-SHA256-PAYLOAD' : 'STREAMING-UNSIGNED-PAYLOAD-TRAILER'],
    ['Content-Encoding', 'aws-chunked'],
    ['x-amz-decoded-content-length', String(body.length)],
    ...(trailer === '' ? [] : [['x-amz-trailer', 'x-amz-checksum-crc32'] as const]),
    ['Content-Length', String(sent.length)],
  ];
  const others = call.headers.filter(([name]) => !/^(?:x-amz-content-sha256|content-encoding)$/i.test(name));
  return plain({ ...call, headers: others }, headers, sent);
}

function pipelined(first: Call, others: readonly Call[]): Framed {
  const calls = [first, ...others];
  const bytes = calls.map((call) => {
    const body = call.body ?? Buffer.alloc(0);
    return plain(call, call.body === undefined ? [] : [['Content-Length', String(body.length)]], body);
  });
  return { kind: 'pipelined', bytes: Buffer.concat(bytes), methods: calls.map(({ method }) => method), isWhole: true };
}

function mutated(random: Random, sent: Buffer): Buffer {
  let bytes = Buffer.from(sent);
  for (let left = random.between(1, 4); left > 0; left -= 1) {
    const at = random.below(Math.min(bytes.length, random.pick([60, 300, bytes.length])));
    const insert = random.one(
      () => Buffer.from([random.below(256)]),
      () => Buffer.alloc(0),
      () =>
        Buffer.from(
          random.pick(['\r\n', '\n', '\0', ' ', ':', '0\r\n\r\n', 'x'.repeat(20_000), '\r\n\r\n', 'HTTP/9.9']),
        ),
      () => bytes.subarray(at, at + random.between(1, 50)),
    );
    bytes = Buffer.concat([bytes.subarray(0, at), insert, bytes.subarray(at + random.below(3))]);
  }
  return bytes;
}
