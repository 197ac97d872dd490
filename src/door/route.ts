import { decodePercent } from '../formats/url-encoding';
import type { Feed } from '../journal/log';
import type { ServedMock } from '../mock/mock-s3';
import type { DoorState } from './door-state';

export interface DoorCall<Body> extends ServedMock {
  readonly state: DoorState;
  /** The call as messages name it: `POST /_mock/clock/advance`. */
  readonly name: string;
  /** Writes a sentence of the library for readers of the door: its calls are requests to the door. */
  readonly translate: (sentence: string) => string;
  /** The parts of the path that the route names in braces, decoded. */
  readonly path: Readonly<Record<string, string>>;
  /** The parameters of the query, each at most once. */
  readonly query: Readonly<Record<string, string>>;
  /** The JSON of the body; `{}` if the route takes one and none came. */
  readonly body: Body;
  /** Throws a TypeError if the body has another member than these. */
  readonly checkNames: (names: readonly string[]) => void;
}

/** A stream whose items nobody but itself reads. */
export interface OpenStream {
  readonly feed: Omit<Feed<unknown>, 'at'>;
  readonly event: string;
  /** The item at an index as it is sent; undefined for one that the filter does not let through. */
  readonly itemAt: (index: number, id: number) => object | undefined;
}

export type Method = 'DELETE' | 'GET' | 'PATCH' | 'POST' | 'PUT';

/** One thing that the door does. The document of the door, `openapi.json`, is made of these declarations and their types. */
interface RouteOf<Body, Answer> {
  readonly method: Method;
  /** The path below the door's own; a part in braces is a name: `/buckets/{bucket}`. */
  readonly path: string;
  readonly call?: string;
  readonly summary: string;
  readonly query?: Readonly<Record<string, string>>;
  readonly takesBody?: boolean;
  /** The status of its answer. Default 200, and 204 if there is nothing to answer. */
  readonly status?: 201;
  /** The log that it sends as it goes on, to those that accept `text/event-stream`. */
  readonly stream?: (call: DoorCall<Body>) => OpenStream;
  readonly handle: (call: DoorCall<Body>) => Answer | Promise<Answer>;
}

export type Route = RouteOf<never, unknown>;

/** Declares a route: the type of its body, `undefined` if it takes none, and that of its answer. */
export function route<Body = undefined, Answer = void>(declared: RouteOf<Body, Answer>): Route {
  return declared;
}

/** The parts of a path that a route names, decoded; undefined if the path is not one of the route. */
export function matchPath(pattern: string, path: string): Readonly<Record<string, string>> | undefined {
  const expected = pattern.split('/');
  const given = path.split('/');
  if (expected.length !== given.length) return undefined;
  const found: Record<string, string> = {};
  for (const [index, part] of expected.entries()) {
    const text = decodePercent(given[index] ?? '');
    if (text === undefined) return undefined;
    const name = /^\{(\w+)\}$/.exec(part)?.[1];
    if (name !== undefined && text !== '') found[name] = text;
    else if (part !== text) return undefined;
  }
  return found;
}
