import { type Call, Code } from '../text/calls';
import type { Surface } from '../text/reason';
import { isRecord } from '../text/value-kinds';
import { findRoute, type RouteCall } from './calls';

interface DoorWords {
  readonly path?: string;
  readonly write?: (request: DoorRequest) => string | undefined;
  /** Returns the URL of a destination's function: the request that changes its delivery needs it. */
  readonly urlOf?: (arn: string) => string | undefined;
  /**
   * Writes an option for readers of this surface; the command line writes its flags. Default: `the option {"sseC":"allowed"} of the mock`.
   */
  readonly option?: (name: string, value: unknown) => string | undefined;
}

export interface DoorRequest {
  readonly method: RouteCall['method'];
  readonly path: string;
  readonly body: string | undefined;
  /** Whether a sentence only names the call, and does not say what it is given. */
  readonly isNamed: boolean;
}

/** Makes a surface that writes each call of the library as the request that does the same: `...; send MFA: POST /_mock/mfa/code`. */
export function doorSurface({
  path = '/_mock',
  write = writeRequest,
  option = writeOption,
  urlOf = () => undefined,
}: DoorWords = {}): Surface {
  return {
    call: (call) => {
      if (call.name === 'mockS3(...)') return writeOptions(call, option);
      const route = findRoute(call);
      return route && write({ ...makeRequest(path, addUrl(route, urlOf)), isNamed: call.given === undefined });
    },
  };
}

function writeOptions({ given }: Call, option: NonNullable<DoorWords['option']>): string | undefined {
  const options = given?.['...'];
  if (!isRecord(options)) return undefined;
  const written = Object.entries(options).map(([name, value]) =>
    option(name, value instanceof Code ? value.value : value),
  );
  return written.includes(undefined) ? undefined : written.join(' ');
}

const deliverPath = '/deliver/';

function addUrl(route: RouteCall, urlOf: (arn: string) => string | undefined): RouteCall {
  if (!route.path.startsWith(deliverPath) || Object.keys(route.members).length === 0) return route;
  const url = urlOf(decodeURIComponent(route.path.slice(deliverPath.length))) ?? 'http://127.0.0.1:8000/';
  return { ...route, members: { url, ...route.members } };
}

function makeRequest(door: string, { method, path, members }: RouteCall): Omit<DoorRequest, 'isNamed'> {
  const entries = Object.entries(members);
  if (entries.length === 0) return { method, path: door + path, body: undefined };
  if (method !== 'GET') return { method, path: door + path, body: JSON.stringify(members) };
  const query = entries.map(
    ([name, value]) =>
      `${name}=${encodeURIComponent(typeof value === 'object' ? JSON.stringify(value) : String(value))}`,
  );
  return { method, path: `${door}${path}?${query.join('&')}`, body: undefined };
}

function writeRequest({ method, path, body }: DoorRequest): string {
  return [method, path, ...(body === undefined ? [] : [body])].join(' ');
}

function writeOption(name: string, value: unknown): string {
  return `the option ${value === undefined ? name : JSON.stringify({ [name]: value })} of the mock`;
}
