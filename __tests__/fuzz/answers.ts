import { MarkupProblem } from '../../src/protocol/document/characters';
import { readXml } from '../../src/protocol/document/xml';

export interface Answer {
  readonly status: number;
  readonly headers: ReadonlyMap<string, string>;
  readonly body: Buffer;
  readonly method: string;
}

export class Unreadable extends Error {}

/** Answers whose end has not come are left out. */
export function readAnswers(
  bytes: Buffer,
  methods: readonly string[],
): { readonly answers: readonly Answer[]; readonly rest: number } {
  const answers: Answer[] = [];
  let at = 0;
  for (;;) {
    const method = methods[answers.length] ?? 'GET';
    const read = readAnswer(bytes, at, method);
    if (read === undefined) return { answers, rest: bytes.length - at };
    at = read.end;
    if (read.answer.status >= 200) answers.push(read.answer);
  }
}

function readAnswer(
  bytes: Buffer,
  start: number,
  method: string,
): { readonly answer: Answer; readonly end: number } | undefined {
  const ending = bytes.indexOf('\r\n\r\n', start, 'latin1');
  if (ending === -1) return undefined;
  const [first = '', ...lines] = bytes.toString('latin1', start, ending).split('\r\n');
  const status = Number(/^HTTP\/1\.1 ([1-5]\d\d) [\x20-\x7e]*$/.exec(first)?.[1]);
  if (Number.isNaN(status)) throw new Unreadable(`the status line ${JSON.stringify(first)}`);
  const headers = readHeaders(lines);
  const answer = { status, headers, method };
  const from = ending + 4;
  if (method === 'HEAD' || status === 204 || status === 304 || status < 200)
    return { answer: { ...answer, body: Buffer.alloc(0) }, end: from };
  const length = headers.get('content-length');
  const coding = headers.get('transfer-encoding');
  if ((length === undefined) === (coding === undefined))
    throw new Unreadable(`Content-Length ${length} with Transfer-Encoding ${coding}`);
  if (length === undefined) {
    const read = readChunks(bytes, from);
    return read && { answer: { ...answer, body: read.body }, end: read.end };
  }
  if (!/^\d+$/.test(length)) throw new Unreadable(`Content-Length ${length}`);
  const end = from + Number(length);
  return end > bytes.length ? undefined : { answer: { ...answer, body: bytes.subarray(from, end) }, end };
}

function readHeaders(lines: readonly string[]): ReadonlyMap<string, string> {
  const headers = new Map<string, string>();
  for (const line of lines) {
    const [, name = '', value = ''] = /^([!#$%&'*+.^_`|~\w-]+): ?([\t\x20-\x7e\x80-\xff]*)$/.exec(line) ?? [];
    if (name === '') throw new Unreadable(`the header ${JSON.stringify(line)}`);
    const key = name.toLowerCase();
    if (headers.has(key) && key.startsWith('content-')) throw new Unreadable(`${name} twice`);
    headers.set(key, value);
  }
  return headers;
}

function readChunks(bytes: Buffer, start: number): { readonly body: Buffer; readonly end: number } | undefined {
  const chunks: Buffer[] = [];
  for (let at = start; ; ) {
    const ending = bytes.indexOf('\r\n', at, 'latin1');
    if (ending === -1) return undefined;
    const line = bytes.toString('latin1', at, ending);
    if (!/^[\da-f]+$/i.test(line)) throw new Unreadable(`the chunk ${JSON.stringify(line.slice(0, 40))}`);
    const [from, size] = [ending + 2, Number.parseInt(line, 16)];
    if (from + size + 2 > bytes.length) return undefined;
    if (bytes.toString('latin1', from + size, from + size + 2) !== '\r\n')
      throw new Unreadable('a chunk without its end');
    if (size === 0) return { body: Buffer.concat(chunks), end: from + 2 };
    chunks.push(bytes.subarray(from, from + size));
    at = from + size + 2;
  }
}

export function problemOf({ status, headers, body, method }: Answer): string | undefined {
  const text = body.toString();
  if (text.includes('S3MockInternalError')) return 'a bug of the mock';
  // S3 itself answers InternalError to a delimiter with a NUL (F67) and to a few other texts.
  const isOfS3 = status === 501 || (status === 500 && text.includes('<Code>InternalError</Code>'));
  if (status >= 500 && !isOfS3) return `status ${status}`;
  const type = headers.get('content-type') ?? '';
  if (type.startsWith('application/json')) return method === 'HEAD' ? undefined : problemOfJson(text);
  // S3's server refuses a transfer coding without a document and without ids. F24
  if ((status === 400 || status === 501) && body.length === 0 && headers.get('connection') === 'close')
    return undefined;
  const id = headers.get('x-amz-request-id');
  if (!id) return 'no x-amz-request-id';
  if (method === 'HEAD' || body.length === 0)
    return status >= 400 && method !== 'HEAD' ? 'a refusal without a document' : undefined;
  if (status >= 400 || (type === 'application/xml' && text.startsWith('<?xml'))) return problemOfXml(body, status, id);
  return undefined;
}

function problemOfJson(text: string): string | undefined {
  try {
    JSON.parse(text);
    return undefined;
  } catch {
    return 'JSON that is none';
  }
}

function problemOfXml(body: Buffer, status: number, id: string): string | undefined {
  // S3 writes references to characters that XML 1.0 lacks, and no parser accepts them. F6
  const root = readXml(Buffer.from(body.toString().replaceAll(/&#(?:0|x[01]?[\da-f]|xfff[ef]);/g, '')));
  if (root instanceof MarkupProblem) return `XML that is not well-formed: ${root.message}`;
  if (root.name !== 'Error') return status >= 400 ? `a refusal in <${root.name}>` : undefined;
  const textOf = (name: string) => root.children.find((child) => child.name === name)?.text;
  const missing = ['Code', 'Message', 'RequestId'].filter((name) => textOf(name) === undefined);
  if (missing.length > 0) return `an error document without ${missing.join(', ')}`;
  return textOf('RequestId') === id ? undefined : 'another RequestId than in the header';
}
