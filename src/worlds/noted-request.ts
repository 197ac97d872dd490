import { partsIn } from '../journal/batch';
import type { OperationName, RequestEntry, ServiceName } from '../journal/entry';
import { inputLiteral } from '../journal/entry-text';
import { isRecord } from '../text/value-kinds';

/** A request of a run, with all its attempts. */
export interface NotedRequest {
  /** The name of its caller. */
  readonly caller: string;
  readonly service: ServiceName;
  readonly operation: OperationName | undefined;
  readonly input: object;
  /** The last answer; undefined until the request is applied. */
  entry?: RequestEntry;
  attempts: number;
  /** Whether the code had set a timer when the request was applied: it can give up waiting. */
  hasTimer?: boolean;
}

/** The members of inputs that differ between two runs, such as dates in keys, by operation and path. */
export type Varying = ReadonlySet<string>;

type AskedFor = Pick<NotedRequest, 'caller' | 'operation' | 'input'>;

/** Compares the requests of an operation in the order in which they came. */
export function findVarying(first: readonly AskedFor[], second: readonly AskedFor[]): Varying {
  const varying = new Set<string>();
  const later = groupByOperation(second);
  for (const [group, requests] of groupByOperation(first))
    for (const [index, request] of requests.entries()) {
      const other = later.get(group)?.[index];
      if (other === undefined) continue;
      const note = (path: string) => varying.add(`${request.operation} ${path}`);
      comparePaths(inputLiteral(request.input), inputLiteral(other.input), '', note);
    }
  return varying;
}

function groupByOperation(requests: readonly AskedFor[]): ReadonlyMap<string, AskedFor[]> {
  const groups = new Map<string, AskedFor[]>();
  for (const request of requests) {
    const group = `${request.operation} of ${request.caller}`;
    groups.set(group, [...(groups.get(group) ?? []), request]);
  }
  return groups;
}

function comparePaths(one: unknown, other: unknown, path: string, note: (path: string) => void): void {
  if (!isObject(one) || !isObject(other)) {
    if (one !== other) note(path);
    return;
  }
  for (const name of new Set([...Object.keys(one), ...Object.keys(other)]))
    comparePaths(Reflect.get(one, name), Reflect.get(other, name), below(path, one, name), note);
}

/** The items of a list have one path, since their places may differ. */
function below(path: string, value: object, name: string): string {
  return Array.isArray(value) ? `${path}[]` : `${path}.${name}`;
}

function isObject(value: unknown): value is object {
  return Array.isArray(value) || isRecord(value);
}

/** What is the same in each order of several callers: the rest of an input can depend on what another caller wrote before. */
const subjectMembers = ['Bucket', 'Key', 'Prefix', 'PartNumber'] as const;

/** Names the requests of one run: by caller, operation and input, and by which of those it is. */
export class RequestIds {
  readonly #varying: Varying;
  readonly #hasCallers: boolean;
  readonly #counts = new Map<string, number>();

  constructor(varying: Varying, hasCallers: boolean) {
    this.#varying = varying;
    this.#hasCallers = hasCallers;
  }

  /** Called once for each request, in the order in which they come. */
  take({ caller, operation, input }: AskedFor): string {
    const asked = this.#hasCallers ? subjectOf(input) : inputLiteral(input);
    const told = withoutVarying(asked, '', (path) => this.#varying.has(`${operation} ${path}`));
    const text = JSON.stringify([caller, operation, told]);
    const count = (this.#counts.get(text) ?? 0) + 1;
    this.#counts.set(text, count);
    return `${text} ${count}`;
  }
}

function subjectOf(input: object): object {
  return Object.fromEntries(subjectMembers.map((name) => [name, Reflect.get(input, name)]));
}

function withoutVarying(value: unknown, path: string, isVarying: (path: string) => boolean): unknown {
  if (isVarying(path)) return '*';
  if (!isObject(value)) return value;
  const members = Object.entries(value).map(
    ([name, member]) => [name, withoutVarying(member, below(path, value, name), isVarying)] as const,
  );
  return Array.isArray(value)
    ? members.map(([, member]) => member)
    : Object.fromEntries(members.toSorted(([one], [other]) => (one < other ? -1 : 1)));
}

/** The names that a test reads and writes, one for each id: `DeleteObject reports/draft.pdf`, and `… (2)` for the next like it. */
export function nameRequests(
  requests: readonly { readonly id: string; readonly request: NotedRequest }[],
  varying: Varying,
  hasCallers: boolean,
): ReadonlyMap<string, string> {
  const names = numbered(
    requests.map(({ request }) => `${hasCallers ? `${request.caller}: ` : ''}${writeRequest(request, varying)}`),
  );
  return new Map(requests.map(({ id }, index) => [id, names[index] ?? id]));
}

/** Writes ` (2)` behind the second of the same texts. */
function numbered(texts: readonly string[]): readonly string[] {
  const counts = new Map<string, number>();
  return texts.map((text) => {
    const count = (counts.get(text) ?? 0) + 1;
    counts.set(text, count);
    return count === 1 ? text : `${text} (${count})`;
  });
}

/** The names of the entries of a batch. */
export function nameEntries({ operation, input }: NotedRequest, varying: Varying): readonly string[] {
  const isVarying = [...varying].some((path) => path.startsWith(`${operation} `) && path.endsWith('[].Key'));
  return numbered(
    (partsIn(input) ?? []).map((entry) => {
      if (!isRecord(entry)) return String(entry);
      const { Key: key, VersionId: versionId } = entry;
      const name = isVarying ? maskKey(String(key)) : String(key);
      return versionId === undefined ? name : `${name} ${String(versionId)}`;
    }),
  );
}

export function writeRequest(request: Pick<NotedRequest, 'operation' | 'input'>, varying: Varying): string {
  const { operation, subject } = describeRequest(request, varying);
  return subject === '' ? operation : `${operation} ${subject}`;
}

/** Returns the operation and what it is about. An asterisk stands for what differs in each run. */
export function describeRequest(
  { operation, input }: Pick<NotedRequest, 'operation' | 'input'>,
  varying: Varying,
): { readonly operation: string; readonly subject: string } {
  const bucket: unknown = Reflect.get(input, 'Bucket');
  const key: unknown = Reflect.get(input, 'Key') ?? Reflect.get(input, 'Prefix');
  const isVarying = varying.has(`${operation} .Key`) || varying.has(`${operation} .Prefix`);
  const subject = [bucket, typeof key === 'string' && isVarying ? maskKey(key) : key]
    .filter((part) => part !== undefined)
    .join('/');
  return { operation: operation ?? 'a request that is no operation', subject };
}

/** Which parts of a key differ is not known to the letter, so that the name is the same in each run. */
function maskKey(key: string): string {
  const folders = key.split('/').map((folder) => (/\d/.test(folder) ? '*' : folder));
  const [ending = ''] = /\.[a-z]{1,5}$/i.exec(key) ?? [];
  const last = folders.pop() === '*' ? `*${ending}` : (key.split('/').at(-1) ?? '');
  return [...folders, last].join('/');
}
