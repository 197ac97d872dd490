import http from 'node:http';
import { mockS3 } from '../../src/index';
import type { Random } from './random';
import { randomOf } from './random';

export interface DoorFinding {
  readonly index: number;
  readonly request: string;
  readonly problem: string;
}

export interface DoorReport {
  readonly findings: readonly DoorFinding[];
  readonly statuses: Readonly<Record<number, number>>;
}

interface Schema {
  readonly $ref?: string;
  readonly type?: string;
  readonly const?: unknown;
  readonly enum?: readonly unknown[];
  readonly anyOf?: readonly Schema[];
  readonly allOf?: readonly Schema[];
  readonly items?: Schema;
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly required?: readonly string[];
  readonly additionalProperties?: Schema;
  readonly format?: string;
}

interface Operation {
  readonly parameters?: readonly { readonly name: string; readonly in: string }[];
  readonly requestBody?: { readonly content: { readonly 'application/json': { readonly schema: Schema } } };
}

interface Document {
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>;
  readonly components: { readonly schemas: Readonly<Record<string, Schema>> };
}

/** What the library's own errors are not called: these would be bugs that a client reads. */
const bugs =
  /Cannot read|is not a function|is not iterable|undefined \(|Cannot convert|not defined|Maximum call stack|circular/;
const expected = new Set([200, 201, 204, 308, 400, 403, 404, 405, 413]);

const words = [
  'vault',
  'a.txt',
  'default',
  'writer',
  'deployer',
  '1',
  'PutObject',
  'SlowDown',
  'Enabled',
  '*',
  '',
  '\u0000',
  '../..',
  '%',
  'é',
  '🙂',
];

function wordOf(random: Random): string {
  return random.chance(0.1) ? 'x'.repeat(random.size(1, 5000)) : random.pick(words);
}

class DoorRequests {
  readonly #schemas: Document['components']['schemas'];
  readonly #operations: readonly { readonly method: string; readonly path: string; readonly operation: Operation }[];

  constructor({ paths, components }: Document) {
    this.#schemas = components.schemas;
    this.#operations = Object.entries(paths).flatMap(([path, methods]) =>
      Object.entries(methods).map(([method, operation]) => ({ method: method.toUpperCase(), path, operation })),
    );
  }

  make(random: Random): Made {
    const { method, path, operation } = random.pick(this.#operations);
    const asked = (operation.parameters ?? []).filter((one) => one.in === 'query' && random.chance(0.5));
    const query = asked.map(({ name }) => `${name}=${encodeURIComponent(queryOf(name, random))}`).join('&');
    const filled = path.replace(/\{(\w+)\}/g, () => (random.chance(0.02) ? '%ff' : encodeURIComponent(wordOf(random))));
    const schema = operation.requestBody?.content['application/json'].schema;
    const json = schema === undefined ? undefined : JSON.stringify(this.#value(schema, random));
    return {
      method: random.chance(0.03) ? random.pick(['GET', 'HEAD', 'PUT', 'OPTIONS', 'DELETE', 'PATCH']) : method,
      path: `/_mock${filled}${query === '' ? '' : `?${query}`}`,
      headers: random.chance(0.03)
        ? { host: random.pick(['evil.test', 'localhost', '[::1', ':', '127.0.0.1:99999']) }
        : {},
      body: json !== undefined && random.chance(0.05) ? json.slice(0, random.below(json.length + 1)) : json,
    };
  }

  #value(schema: Schema, random: Random, depth = 0): unknown {
    if (random.chance(0.08)) return random.pick<unknown>(strange);
    if (schema.$ref !== undefined) return this.#value(this.#schemas[schema.$ref.slice(21)] ?? {}, random, depth);
    if ('const' in schema) return schema.const;
    if (schema.enum !== undefined) return random.pick(schema.enum);
    if (schema.anyOf !== undefined) return this.#value(random.pick(schema.anyOf), random, depth);
    if (schema.allOf !== undefined)
      return Object.assign({}, ...schema.allOf.map((one) => this.#value(one, random, depth))) as object;
    if (schema.type === 'array')
      return depth > 4 ? [] : random.some(0, 3, () => this.#value(schema.items ?? {}, random, depth + 1));
    if (schema.type === 'object') return this.#object(schema, random, depth);
    if (schema.type === 'number') return random.pick([0, 1, 2, 30, 1.5, -1, 1e9]);
    if (schema.type === 'boolean') return random.chance(0.5);
    if (schema.format === 'date-time')
      return random.pick(['2026-03-01T12:00:00Z', '1969-01-01', '9999-12-31T23:59:59Z', 'now']);
    return wordOf(random);
  }

  #object({ properties = {}, required = [], additionalProperties }: Schema, random: Random, depth: number): object {
    const names = Object.keys(properties).filter(
      (name) => required.includes(name) || (depth < 5 && random.chance(0.2)),
    );
    const members = names.map((name) => [name, this.#value(properties[name] ?? {}, random, depth + 1)] as const);
    const others =
      additionalProperties === undefined || depth > 4
        ? []
        : random.some(0, 2, () => [wordOf(random), this.#value(additionalProperties, random, depth + 1)] as const);
    const unknown = random.chance(0.05) ? [[wordOf(random), 1] as const] : [];
    return Object.fromEntries([...members, ...others, ...unknown]);
  }
}

const strange: readonly unknown[] = [null, 0, -1, 1e308, '', 'x', [], {}, true, [null], '2026-13-01'];

interface Made {
  readonly method: string;
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | undefined;
}

function queryOf(name: string, random: Random): string {
  if (name === 'until' || name === 'at') return random.pick(['{"days":3}', '2027-01-01', '{"days":-1}', '{', 'soon']);
  if (name === 'input') return random.pick(['{"Bucket":"vault"}', '{"Kay":1}', '[]', '"x"', '{']);
  if (name === 'limit' || name === 'since') return random.pick(['0', '1', '99999999', '-1', 'x']);
  return wordOf(random);
}

/** `described` is the text of `openapi.json`. */
export async function playDoor(described: string, seed: number, count: number): Promise<DoorReport> {
  const findings: DoorFinding[] = [];
  const statuses: Record<number, number> = {};
  const fixture = { versioning: 'Enabled', objects: { 'a.txt': ['first', 'second'] } } as const;
  const s3 = mockS3({
    hosts: { only: [] },
    users: { writer: {} },
    roles: { deployer: {} },
    buckets: { vault: fixture },
  });
  const { port } = await s3.listen();
  const agent = new http.Agent({ keepAlive: true, maxSockets: 1 });
  try {
    const requests = new DoorRequests(JSON.parse(described) as Document);
    for (let index = 0; index < count; index += 1) {
      const made = requests.make(randomOf(seed, index));
      // Waiting for handlers that hang is no finding, and a clock far in the future makes each plan long.
      if (index % 50 === 0)
        await send(port, agent, { method: 'POST', path: '/_mock/reset', headers: {}, body: undefined });
      const { status, text } = await send(port, agent, made);
      statuses[status] = (statuses[status] ?? 0) + 1;
      const problem = problemOf(status, text);
      const request = `${made.method} ${made.path} ${made.body ?? ''}`.slice(0, 600);
      if (problem !== undefined) findings.push({ index, request, problem });
    }
  } finally {
    agent.destroy();
    await s3.stop().catch(() => {});
  }
  return { findings, statuses };
}

function problemOf(status: number, text: string): string | undefined {
  if (!expected.has(status)) return `${status}: ${text.slice(0, 300)}`;
  if (status < 400) return undefined;
  const message = messageIn(text);
  if (message === undefined) return `${status} without a sentence: ${text.slice(0, 300)}`;
  return bugs.test(message) ? `${status}: ${message}` : undefined;
}

function messageIn(text: string): string | undefined {
  if (text === '') return 'an answer to HEAD has no body';
  try {
    const { error } = JSON.parse(text) as { readonly error?: { readonly message?: string } };
    return error?.message === '' ? undefined : error?.message;
  } catch {
    return text.startsWith('<?xml') ? 'S3 answered, since the host or the path is not the door' : undefined;
  }
}

function send(
  port: number,
  agent: http.Agent,
  { method, path, headers, body }: Made,
): Promise<{ readonly status: number; readonly text: string }> {
  return new Promise((resolve) => {
    const length = body === undefined ? {} : { 'content-length': String(Buffer.byteLength(body)) };
    const sent = http.request(
      { host: '127.0.0.1', port, agent, method, path, headers: { ...headers, ...length }, timeout: 20_000 },
      (answer) => {
        let text = '';
        answer.setEncoding('utf8');
        answer.on('data', (part: string) => {
          text += part;
        });
        answer.on('end', () => resolve({ status: answer.statusCode ?? 0, text }));
        answer.on('error', (error) => resolve({ status: 0, text: error.message }));
      },
    );
    sent.on('timeout', () => sent.destroy(new Error('no answer in 20 seconds')));
    sent.on('error', (error) => resolve({ status: 0, text: error.message }));
    sent.end(body);
  });
}
