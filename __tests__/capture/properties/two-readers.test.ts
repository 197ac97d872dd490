import { expect, it } from '@jest/globals';
import * as fc from 'fast-check';
import type { WireReply } from '../../../src/wire';
import { runs } from '../../support/runs';
import { type Play, play, type Reaction, type Step } from '../two-readers';

const often = <Value>(value: Value, ...others: Value[]) =>
  fc.oneof({ weight: 14, arbitrary: fc.constant(value) }, { weight: 2, arbitrary: fc.constantFrom(value, ...others) });

const method = often('GET', 'PUT', 'HEAD', 'POST', 'DELETE', 'OPTIONS', 'PATCH', 'get', 'BREW', 'CONNECT');
const target = often(
  '/vault/a%20b?versioning',
  '/',
  '//a/../b?x=%2f&y',
  "/$&'()*+,-.:;=@_~!",
  '/a b',
  '/a"<>\\^`{|}',
  '/a[0]',
  '/caf\xe9',
  '/a#b',
  'http://vault.s3.amazonaws.com/a',
  'https://elsewhere.test/a',
  '*',
  '',
  `/${'a'.repeat(17_000)}`,
);
const version = often('HTTP/1.1', 'HTTP/1.0', 'HTTP/2.0', 'http/1.1', 'HTTP/1.1 ', '');
const oddLines = [
  'Host: vault.s3.amazonaws.com:80',
  'Host: elsewhere.test',
  'X-Amz-Meta-A: one',
  'x-amz-meta-a: two, three',
  'x-blanks:  one ',
  'x-tab: a\tb',
  'x-none:',
  'x-none: ',
  'x-near:one',
  'x-latin: caf\xe9',
  'x-zero: a\0b',
  'x-return: a\rb',
  ' folded',
  'bad(name: x',
  'blank : x',
  ': no name',
  'no colon',
  'Cookie: a',
  'Keep-Alive: timeout=5',
  'Connection: keep-alive',
  'Connection: Keep-Alive',
  'connection: close',
  'Connection: keep-alive, x-a',
  'Connection: upgrade',
  'Upgrade: h2c',
  'Proxy-Connection: close',
  'TE: trailers',
  'Trailer: x-a',
  'Expect: 100-continue',
  'Expect: a miracle',
  'Transfer-Encoding: chunked',
  'Transfer-Encoding: gzip',
  'Content-Length: 0',
  'Content-Length: 5',
  'Content-Length: 005',
  'Content-Length: +5',
  'content-length: 5, 5',
  'Content-Length: ',
  `x-long: ${'a'.repeat(9000)}`,
];
const lines = fc.tuple(
  fc.subarray(['Host: s3.amazonaws.com', 'Connection: keep-alive', 'x-amz-date: 20260331T073505Z', 'Accept: */*']),
  fc.oneof(
    { weight: 3, arbitrary: fc.constant([]) },
    { weight: 1, arbitrary: fc.array(fc.constantFrom(...oddLines), { maxLength: 2 }) },
  ),
);
const body = often('', 'hello', 'caf\xe9 \0\xff', '5\r\nhello\r\n0\r\n\r\n', 'GET / HTTP/1.1\r\n\r\n');
const request = fc
  .record({ method, target, version, lines, body, announced: often(true, false), lineEnd: often('\r\n', '\n') })
  .map(({ method, target, version, lines: [usual, odd], body, announced, lineEnd }) => {
    const length = announced && body !== '' ? [`Content-Length: ${body.length}`] : [];
    return [[method, target, version].join(' '), ...usual, ...odd, ...length, '', body].join(lineEnd);
  });

const writes = fc.array(request, { minLength: 1, maxLength: 3 }).chain((requests) => {
  const all = requests.join('');
  const cuts = fc.array(fc.nat(all.length), { maxLength: 3 }).map((places) => {
    const sorted = [0, ...places.toSorted((one, other) => one - other), all.length];
    return sorted.slice(1).map((end, index) => all.slice(sorted[index], end));
  });
  return fc.oneof({ weight: 3, arbitrary: fc.constant(requests) }, { weight: 1, arbitrary: cuts });
});
const between = often<Step['kind'] | undefined>(undefined, 'end', 'destroy', 'reset', 'stop', 'pause', 'resume');
const steps = writes.chain((parts) =>
  fc.array(fc.tuple(between, fc.boolean()), { minLength: parts.length, maxLength: parts.length }).map((others) =>
    parts.flatMap((bytes, index): Step[] => {
      const [kind, isInParts = false] = others[index] ?? [];
      const write = { kind: 'write', bytes, isInParts } as const;
      return bytes === '' ? [] : kind === undefined || kind === 'write' ? [write] : [write, { kind }];
    }),
  ),
);

const headers = fc.subarray<readonly [string, string]>([
  ['x-amz-id-2', 'a='],
  ['Date', 'Thu, 01 Jan 1970 00:00:00 GMT'],
  ['Content-Type', 'text/plain'],
  ['Server', 'AmazonS3'],
]);
const oddHeaders = fc.subarray<readonly [string, string]>(
  [
    ['Content-Length', '5'],
    ['content-length', '4'],
    ['Transfer-Encoding', 'chunked'],
    ['Transfer-Encoding', 'gzip, chunked'],
    ['Connection', 'close'],
    ['connection', 'keep-alive'],
    ['Keep-Alive', 'timeout=5'],
    ['Trailer', 'x-a'],
    ['Upgrade', 'h2c'],
    ['Set-Cookie', 'a'],
    ['Set-Cookie', 'b'],
    ['x-latin', 'caf\xe9'],
    ['x-wide', '\u{1f600}'],
    ['x-tab', 'a\tb'],
    ['x-none', ''],
    ['x-lines', 'a\r\nb: c'],
    ['bad name', 'a'],
    ['', 'a'],
  ],
  { maxLength: 2 },
);
const reply: fc.Arbitrary<WireReply> = fc
  .record({
    status: often(200, 204, 304, 404, 412, 503, 299, 199, 100, 700, 0),
    headers,
    oddHeaders: fc.oneof({ weight: 2, arbitrary: fc.constant([]) }, { weight: 1, arbitrary: oddHeaders }),
    body: often<string | Uint8Array>(
      'hello',
      '',
      'n\xe9\u{1f600}',
      Buffer.from('bytes'),
      Buffer.alloc(0),
      'x'.repeat(70_000),
      Buffer.alloc(70_000, 'x'),
    ),
    disconnect: often<'before' | undefined>(undefined, 'before'),
  })
  .map(({ oddHeaders, headers, ...rest }) => ({ ...rest, headers: [...headers, ...oddHeaders] }));
const reaction: fc.Arbitrary<Reaction> = fc.oneof(
  { weight: 8, arbitrary: reply },
  { weight: 1, arbitrary: fc.constantFrom('delay', 'throw', 'stop', 'no answerer') },
);
const plays: fc.Arbitrary<Play> = fc.record({
  steps,
  reactions: fc.array(reaction, { maxLength: 3 }),
  allowHalfOpen: fc.boolean(),
});

it('what is read without the HTTP server of Node is answered and handed up as the server does, after each write', async () => {
  await fc.assert(
    fc.asyncProperty(plays, async (given) => {
      const { seen } = await play(given, 'exchange');
      expect(seen).toEqual((await play(given, 'node')).seen);
    }),
    runs(400),
  );
});
