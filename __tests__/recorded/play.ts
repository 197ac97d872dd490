import { Readable } from 'node:stream';
import * as s3Client from '@aws-sdk/client-s3';
import * as stsClient from '@aws-sdk/client-sts';
import { type MockS3, type MockS3Options, mockS3 } from '../../src';
import { send as sendRaw, signedWith } from '../support/wire-client';
import { parseXml, type Seen, seen } from '../support/xml';
import { differencesIn, type Names } from './compare';

/** The answers of the real service to the requests of one file of recordings. Plain data, so that it can be played against any endpoint. */
export interface RecordedCases {
  /** The file that has the answers, in `testdata/aws/s3` of `radkawar/stackd` if it has no folder. */
  readonly file: string;
  /** The month of the recording. */
  readonly recorded: string;
  /** By what each of them shows. */
  readonly cases: Readonly<Record<string, RecordedCase>>;
}

/** A state, requests in their order, and what was answered. */
export interface RecordedCase {
  /** The entry of docs/facts.md that it settles. */
  readonly fact?: string;
  /** The options of the mock. Unless they say otherwise, the clock is stopped. */
  readonly state?: MockS3Options;
  readonly calls: readonly RecordedCall[];
}

/**
 * A request and its answer: its label in the file, its operation or its request line, its input, the status with the code of an error,
 * the members that the answer has.
 */
export type RecordedCall = readonly [
  label: string,
  operation: string,
  input: object,
  answer: string,
  output?: object,
  more?: RecordedDetails,
];

/** The parts of a call that most lack. */
export interface RecordedDetails {
  /** Who sends it; by default the root user of the default account. */
  readonly by?: RecordedCaller;
  /** The time that passes before it. */
  readonly after?: Parameters<MockS3['clock']['advance']>[0];
  /** The members that the answer lacks. */
  readonly absent?: readonly string[];
  /** The headers of the answer by names in small letters; null for one that it lacks. */
  readonly headers?: Readonly<Record<string, string | null>>;
  /** Headers of the answer, in small letters, that it has in this order. */
  readonly order?: readonly string[];
}

/**
 * `'ann'` is a user of the default account, `'role/deployer'` a session of its role, `'partner'` the root user of a further account,
 * `'partner:ann'` and `'partner:role/deployer'` its user and its session.
 */
export type RecordedCaller = string | { readonly caller: string; readonly session: object };

/** An answer of S3 or STS as it came. */
interface Answer {
  readonly status: number;
  readonly code: string | undefined;
  readonly output: Readonly<Record<string, unknown>>;
  readonly headers: Readonly<Record<string, string | undefined>>;
}

interface KeyPair {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken?: string | undefined;
}

/** Plays a case against a mock of its own. Returns what the mock answered otherwise, a sentence each. */
export async function play({ state, calls }: RecordedCase): Promise<readonly string[]> {
  const s3 = mockS3({ now: '2026-09-20T12:00:00Z', ...state });
  try {
    const names: Names = new Map(accountNames(s3));
    const senders = new Senders(s3);
    const found: string[] = [];
    for (const call of calls) found.push(...(await playCall(s3, senders, names, call)));
    return found;
  } finally {
    await s3.stop();
  }
}

/** `$(account)` and `$(owner)` are the id of the default account and its canonical id, `$(account:NAME)` and `$(owner:NAME)` those of another. */
function accountNames(s3: MockS3): [string, string][] {
  return s3.accounts.flatMap((account) => {
    const suffix = account === s3.account ? '' : `:${account.name}`;
    return [
      [`account${suffix}`, account.id],
      [`owner${suffix}`, account.canonicalId],
    ] satisfies [string, string][];
  });
}

async function playCall(
  s3: MockS3,
  senders: Senders,
  names: Names,
  [label, operation, input, expected, output = {}, more = {}]: RecordedCall,
): Promise<readonly string[]> {
  if (more.after !== undefined) s3.clock.advance(more.after);
  const answer = await senders.send(withNames(operation, names), named(input, names), more.by);
  const [status, code] = expected.split(' ');
  const answered = code === undefined ? `${answer.status}` : `${answer.status} ${answer.code}`;
  if (answered !== expected || String(answer.status) !== status)
    return [`${label}: expected ${expected}, but it is ${answer.status} ${answer.code ?? ''}: ${sentenceOf(s3)}`];
  const { order = [] } = more;
  const absent = (more.absent ?? []).filter((name) => answer.output[name] !== undefined);
  return [
    ...differencesIn(output, answer.output, names),
    ...absent.map((name) => `${name}: expected none, but it is ${JSON.stringify(answer.output[name])}`),
    ...Object.entries(more.headers ?? {}).flatMap(([name, value]) =>
      value === null
        ? answer.headers[name] === undefined
          ? []
          : [`header ${name}: expected none, but it is ${answer.headers[name]}`]
        : differencesIn(value, answer.headers[name], names, `header ${name}`),
    ),
    ...differencesIn(
      order,
      Object.keys(answer.headers).filter((name) => order.includes(name)),
      names,
      'headers',
    ),
  ].map((difference) => `${label}: ${difference}`);
}

/** Our own sentence about the last request, which says why it was refused. */
function sentenceOf(s3: MockS3): string {
  return s3.requests.last()?.why ?? 'not refused';
}

const withNames = (text: string, names: Names): string =>
  text.replace(/\$\(([\w:-]+)\)/g, (whole, name: string) => names.get(name) ?? whole);

/** An input with the names of the case replaced, its moments as dates and its bodies as bytes. */
function named(value: unknown, names: Names): unknown {
  if (typeof value === 'string') {
    const text = withNames(value, names);
    return /^\d{4}-\d\d-\d\dT[\d:.]+Z$/.test(text) ? new Date(text) : text;
  }
  if (Array.isArray(value)) return value.map((one) => named(one, names));
  if (typeof value !== 'object' || value === null) return value;
  if ('base64' in value && typeof value.base64 === 'string') return Buffer.from(value.base64, 'base64');
  if ('bytes' in value && 'of' in value) return Buffer.alloc(Number(value.bytes), String(value.of));
  return Object.fromEntries(Object.entries(value).map(([name, one]) => [name, named(one, names)]));
}

type Command = new (input: unknown) => never;

/** The clients of the callers of a case. */
class Senders {
  readonly #s3: MockS3;
  readonly #keys = new Map<string, KeyPair | undefined>();

  constructor(s3: MockS3) {
    this.#s3 = s3;
  }

  /** Sends an operation by the AWS SDK v3, or a request as it is on the wire. */
  send(operation: string, input: unknown, by?: RecordedCaller): Promise<Answer> {
    const keys = this.#keysOf(by);
    if (operation.includes(' ')) return sendRequest(operation, input as RawInput, keys); // named() keeps the shape
    const [service, name] = operation.startsWith('sts:') ? [stsClient, operation.slice(4)] : [s3Client, operation];
    const command = (service as unknown as Record<string, Command | undefined>)[`${name}Command`]; // a namespace of classes
    if (command === undefined) throw new TypeError(`recorded: no operation ${operation} of the AWS SDK v3`);
    return sendCommand(service === stsClient ? 'sts' : 's3', new command(input), keys);
  }

  #keysOf(by: RecordedCaller | undefined): KeyPair | undefined {
    const key = JSON.stringify(by ?? '');
    if (!this.#keys.has(key)) this.#keys.set(key, keysOf(this.#s3, by));
    return this.#keys.get(key);
  }
}

/** The keys of a caller; undefined for nobody. */
function keysOf(s3: MockS3, by: RecordedCaller | undefined): KeyPair | undefined {
  if (by === 'anonymous') return undefined;
  if (by === undefined) return s3.account.credentials;
  const { caller, session } = typeof by === 'string' ? { caller: by, session: undefined } : by;
  const [first = '', second] = caller.includes(':') ? caller.split(':') : [undefined, caller];
  const other = s3.accounts.find(({ name }) => name === (first === '' ? caller : first));
  if (other !== undefined && caller === other.name) return other.credentials;
  const account = other ?? s3.account;
  const name = second ?? caller;
  if (name.startsWith('role/')) return account.role(name.slice('role/'.length)).session(session).credentials;
  return session === undefined ? account.user(name).credentials : account.user(name).session(session).credentials;
}

interface RawInput {
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string | Uint8Array;
  readonly host?: string;
  /** False for plain HTTP. */
  readonly secure?: boolean;
}

async function sendRequest(
  line: string,
  { headers, body, host, secure = true }: RawInput,
  keys: KeyPair | undefined,
): Promise<Answer> {
  const [method = '', path = ''] = [line.slice(0, line.indexOf(' ')), line.slice(line.indexOf(' ') + 1)];
  const identity = keys === undefined ? { Authorization: undefined } : signedWith(keys.accessKeyId);
  const token = keys?.sessionToken === undefined ? {} : { 'x-amz-security-token': keys.sessionToken };
  const answer = await sendRaw({ method, path, host, body, secure, headers: { ...identity, ...token, ...headers } });
  const output = documentOf(answer.body);
  return {
    status: answer.status,
    code: codeOf(output),
    output,
    headers: Object.fromEntries(answer.headers.map(([name, value]) => [name.toLowerCase(), value])),
  };
}

/** The members of the SDK's own answer, or those of the document of an error. */
async function sendCommand(service: 's3' | 'sts', command: never, keys: KeyPair | undefined): Promise<Answer> {
  const Client = service === 's3' ? s3Client.S3Client : stsClient.STSClient;
  const client = new Client({
    region: 'us-east-1',
    maxAttempts: 1,
    requestChecksumCalculation: 'WHEN_REQUIRED',
    responseChecksumValidation: 'WHEN_REQUIRED',
    followRegionRedirects: false,
    ...(keys === undefined ? { signer: { sign: async (request: unknown) => request } } : { credentials: keys }),
  } as s3Client.S3ClientConfig); // the fake signer leaves a request unsigned
  let came: { statusCode: number; headers: Record<string, string>; body: Readable } | undefined;
  let refusal: Readonly<Record<string, unknown>> = {};
  const stack = client.middlewareStack as unknown as s3Client.S3Client['middlewareStack']; // the two differ in the types of inputs alone
  stack.add(
    (next) => async (args) => {
      const result = await next(args);
      came = result.response as typeof came; // the response of Node's HTTP handler
      if (came !== undefined && came.statusCode >= 300) {
        const bytes = Buffer.concat(await came.body.toArray());
        came.body = Readable.from([bytes]);
        refusal = documentOf(bytes.toString());
      }
      return result;
    },
    { step: 'deserialize', priority: 'low' },
  );
  try {
    const { $metadata: _, Body, ...output } = await (client as unknown as Sending).send(command);
    const read = Body === undefined ? {} : { Body: await Body.transformToString() };
    return answerOf(came, { ...output, ...read }, undefined);
  } catch (error) {
    if (came === undefined) throw error;
    const code = codeOf(refusal) ?? (error instanceof Error ? error.name : undefined);
    return answerOf(came, came.statusCode >= 300 ? refusal : Object(error), code);
  } finally {
    client.destroy();
  }
}

/** The part of a client that both have in the same way. */
interface Sending {
  send(command: never): Promise<Record<string, unknown> & { Body?: { transformToString(): Promise<string> } }>;
}

function answerOf(
  came: { readonly statusCode: number; readonly headers: Readonly<Record<string, string>> } | undefined,
  output: Readonly<Record<string, unknown>>,
  code: string | undefined,
): Answer {
  return { status: came?.statusCode ?? 0, headers: came?.headers ?? {}, output, code };
}

/** The elements below the root of a document, by name; repeated ones are a list. */
function documentOf(body: string): Readonly<Record<string, unknown>> {
  const root = body.trimStart().startsWith('<') ? parseXml(body) : undefined;
  if (root === undefined) return {};
  const content = contentOf(seen(root));
  return typeof content === 'object' ? content : {};
}

function contentOf({ children, text }: Seen): string | Readonly<Record<string, unknown>> {
  if (children.length === 0) return text;
  const members: Record<string, unknown> = {};
  for (const child of children) {
    const before = members[child.name];
    const content = contentOf(child);
    members[child.name] = before === undefined ? content : [before, content].flat();
  }
  return members;
}

/** STS has its error inside of its root. */
function codeOf(document: Readonly<Record<string, unknown>>): string | undefined {
  const error = (document['Error'] ?? document) as Readonly<Record<string, unknown>>; // an element with children, or the root
  return typeof error['Code'] === 'string' ? error['Code'] : undefined;
}
