import { decodePercent } from '../formats/url-encoding';
import type { Feed } from '../journal/log';
import type { ServedMock } from '../mock/mock-s3';
import type { GivenShape } from '../shapes/given';
import type { CallName } from '../text/calls';
import type { Surface } from '../text/reason';
import type { DoorState } from './door-state';

export interface DoorCall<Body> extends ServedMock {
  readonly state: DoorState;
  readonly name: string;
  /** The address at which the request came: `http://127.0.0.1:9000`. */
  readonly origin: string;
  readonly surface: Surface;
  readonly path: Readonly<Record<string, string>>;
  readonly query: Readonly<Record<string, string>>;
  /** `{}` if the route takes one and none came. */
  readonly body: Body;
  readonly checkNames: (names: readonly string[]) => void;
}

export interface OpenStream {
  readonly feed: Omit<Feed<unknown>, 'at'>;
  readonly event: string;
  /** Returns undefined for an item that the filter does not let through. */
  readonly itemAt: (index: number, id: number) => object | undefined;
}

/** The shapes of the members of a body. A member without a shape does not compile. */
type BodyMembers<Body> = { readonly [Name in keyof Body]-?: GivenShape };

export type Method = 'DELETE' | 'GET' | 'PATCH' | 'POST' | 'PUT';

/** The document of the door, `openapi.json`, is made of these declarations and their types. */
interface RouteOf<Body, Answer> {
  readonly method: Method;
  readonly path: string;
  readonly call?: CallName;
  readonly summary: string;
  readonly query?: Readonly<Record<string, string>>;
  /** The members of its body; `true` if the library's call refuses unknown members. */
  readonly takesBody?: boolean | Readonly<Record<string, GivenShape>>;
  /** What to write for members that others have; `name` is the method with the path. */
  readonly cures?: (name: string) => Readonly<Record<string, string>>;
  readonly status?: 201;
  /** The media type of an answer of bytes, which is a file to store. */
  readonly sends?: 'application/octet-stream';
  /** The name that this file has, made of what a client stored: any text. */
  readonly fileName?: (call: DoorCall<Body>) => string;
  /** Writes the answer for clients that accept `text/plain`, and not JSON. */
  readonly plainText?: (call: DoorCall<Body>) => string;
  /** Opens a stream for clients that accept `text/event-stream`. */
  readonly stream?: (call: DoorCall<Body>) => OpenStream;
  readonly handle: (call: DoorCall<Body>) => Answer | Promise<Answer>;
}

export type Route = RouteOf<never, unknown>;

export function route<Body = undefined, Answer = void>(
  declared: RouteOf<Body, Answer> & { readonly takesBody?: boolean | BodyMembers<Body> },
): Route {
  return declared;
}

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
