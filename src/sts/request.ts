import { URLSearchParams } from 'node:url';
import { S3Error } from '../refusals/s3-error';
import type { Members, Shape } from '../shapes/shape';
import type { WireRequest } from '../wire';
import { findStsOperation, type NamedStsOperation } from './table';

const stsVersion = '2011-06-15';

export interface StsRequest {
  readonly wire: WireRequest;
  readonly path: string;
  readonly queryText: string;
  /** The parameters of the query alone, by their names in lower case: a signature may be there. */
  readonly query: Parameters;
  readonly parameters: Parameters;
  readonly operation: NamedStsOperation | undefined;
  readonly wantsJson: boolean;
  /** The region that the host names, `us-east-1` for the global one; undefined for a port and a host of the user, which serve all. */
  readonly region: string | undefined;
}

const globalRegion = 'us-east-1';

/** Reads a request to STS. It never throws. */
export function readStsRequest(wire: WireRequest): StsRequest {
  const at = wire.url.indexOf('?');
  const path = at === -1 ? wire.url : wire.url.slice(0, at);
  const queryText = at === -1 ? '' : wire.url.slice(at);
  const query = readParameters(queryText);
  const parameters = readParameters(readForm(wire), queryText);
  const accept = wire.headers.get('accept') ?? '';
  return {
    wire,
    path,
    queryText,
    query: new Map([...query].map(([name, value]) => [name.toLowerCase(), value])),
    parameters,
    operation: path === '/' ? findOperationAt(wire, parameters) : undefined,
    wantsJson: /json/i.test(accept) && !/xml/i.test(accept),
    region: wire.endpoint.own ? undefined : (wire.endpoint.region ?? globalRegion),
  };
}

export function isStsForm(wire: WireRequest): boolean {
  if (wire.method !== 'POST' || !/^\/(?:\?|$)/.test(wire.url)) return false;
  return findOperation(readParameters(readForm(wire))) !== undefined;
}

function findOperationAt({ endpoint }: WireRequest, parameters: Parameters): NamedStsOperation | undefined {
  const found = findOperation(parameters);
  const isGlobal = !endpoint.own && endpoint.region === undefined;
  return found?.isRegional && isGlobal ? undefined : found;
}

function findOperation(parameters: Parameters): NamedStsOperation | undefined {
  return parameters.get('Version') === stsVersion ? findStsOperation(parameters.get('Action') ?? '') : undefined;
}

function readForm({ method, headers, body }: WireRequest): string {
  const isForm = /^\s*application\/x-www-form-urlencoded\s*(?:;|$)/i.test(headers.get('content-type') ?? '');
  return method === 'POST' && isForm ? Buffer.from(body).toString('utf8') : '';
}

type Parameters = ReadonlyMap<string, string>;

/** Reads parameters. If a parameter comes twice, the first counts (F731). */
function readParameters(...texts: readonly string[]): Parameters {
  const found = new Map<string, string>();
  for (const text of texts)
    for (const [name, value] of new URLSearchParams(text)) if (!found.has(name)) found.set(name, value);
  return found;
}

interface BoundMembers {
  readonly input: object;
  /** The input for the journal, which includes the texts that could not be read. */
  readonly recorded: object;
  readonly refusal: S3Error | undefined;
}

/** Parameters that its operation does not have are ignored (F731). */
export function readMembers({ operation, parameters }: StsRequest): BoundMembers {
  const reader = new Reader(parameters);
  const recorded = reader.membersAt('', operation?.input ?? {}) ?? {};
  const { unread, refusal } = reader;
  const input = Object.fromEntries(Object.entries(recorded).filter(([name]) => !unread.has(name)));
  return { input, recorded, refusal };
}

/** Reads values by their places: `Tags.member.1.Key`. */
class Reader {
  /** The parameters that could not be read. Numbers are members of inputs themselves. */
  readonly unread = new Set<string>();
  refusal: S3Error | undefined;
  readonly #parameters: Parameters;

  constructor(parameters: Parameters) {
    this.#parameters = parameters;
  }

  membersAt(prefix: string, members: Members): object | undefined {
    const found = Object.entries(members)
      .map(([name, shape]) => [name, this.#valueAt(`${prefix}${name}`, shape)] as const)
      .filter(([, value]) => value !== undefined);
    return found.length === 0 ? undefined : Object.fromEntries(found);
  }

  #valueAt(place: string, shape: Shape): unknown {
    if (shape.kind === 'structure') return this.membersAt(`${place}.`, shape.members);
    if (shape.kind === 'wrapped list' || shape.kind === 'list') return this.#listAt(place, shape.item);
    const text = this.#parameters.get(place);
    return text !== undefined && shape.kind === 'integer' ? this.#integer(place, text) : text;
  }

  #listAt(place: string, item: Shape): readonly unknown[] | undefined {
    const prefix = `${place}.member.`;
    const numbers = new Set<number>();
    for (const name of this.#parameters.keys()) {
      const number = name.startsWith(prefix) ? /^[1-9]\d{0,8}(?![^.])/.exec(name.slice(prefix.length))?.[0] : undefined;
      if (number !== undefined) numbers.add(Number(number));
    }
    if (numbers.size === 0) return undefined;
    const items = [...numbers].toSorted((one, other) => one - other);
    // An item without any member also counts as an item.
    return items.map((number) => this.#valueAt(`${prefix}${number}`, item) ?? {});
  }

  /** STS reads numbers as Java does: they can contain a sign and leading zeros, but no fraction (F732). */
  #integer(place: string, text: string): number | string {
    const number = Number(text);
    if (/^[+-]?\d+$/.test(text) && number >= -(2 ** 31) && number < 2 ** 31) return number;
    this.unread.add(place);
    const why = `${place} is not a whole number of 32 bits: '${text}'`;
    this.refusal ??= new S3Error('StsNumberMalformed', { isEmpty: text === '' }, why);
    return text;
  }
}
