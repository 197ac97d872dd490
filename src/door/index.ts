import { readFileSync } from 'node:fs';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { join } from 'node:path';
import { types } from 'node:util';
import { makeCallback } from '../callback';
import type { DoorHandler, DoorOptions } from '../capture/index';
import type { ServedMock } from '../mock/mock-s3';
import { S3MockError } from '../s3-mock-error';
import { type CallName, nameCall, writeCall } from '../text/calls';
import { type Surface, tell } from '../text/reason';
import { hintFor, isMisspelling } from '../text/spelling';
import { Admission } from './admission';
import { DoorError } from './door-error';
import { DoorState } from './door-state';
import { sendFile } from './file';
import { readGiven, readQuery } from './given';
import { plain } from './plain';
import { type DoorCall, matchPath, type Route } from './route';
import { accountRoutes } from './routes/accounts';
import { bucketRoutes } from './routes/buckets';
import { clockRoutes } from './routes/clock';
import { deliveryRoutes } from './routes/deliveries';
import { keyRoutes } from './routes/keys';
import { logRoutes } from './routes/logs';
import { mockRoutes } from './routes/mock';
import { ruleRoutes } from './routes/rules';
import { sendStream } from './stream';
import { doorSurface } from './surface';

/** The routes in the order of the document. */
export const routes: readonly Route[] = [
  ...mockRoutes,
  ...clockRoutes,
  ...logRoutes,
  ...deliveryRoutes,
  ...ruleRoutes,
  ...accountRoutes,
  ...keyRoutes,
  ...bucketRoutes,
];

const known = [...new Set(routes.map(({ path }) => path))];

export async function openDoor(
  served: ServedMock,
  options: Required<DoorOptions>,
  base: string | undefined,
): Promise<DoorHandler> {
  const state = new DoorState(options);
  const surface = doorSurface({ path: options.path, urlOf: (arn) => state.urls.get(arn) });
  const door = { served, root: options.path, state, surface };
  const admission = new Admission(options, base);
  return (request, response, report) => {
    // A client that has gone reads no answer.
    response.on('error', () => {});
    enter({ ...door, report }, admission, request, response).catch(
      makeCallback(report, (error: unknown) =>
        refuse(response, error, (thrown) => {
          state.refused = writeMessage(thrown, surface);
          return state.refused;
        }),
      ),
    );
  };
}

interface Door {
  readonly report: (bug: unknown) => void;
  readonly served: ServedMock;
  readonly root: string;
  readonly state: DoorState;
  readonly surface: Surface;
}

async function enter(
  door: Door,
  admission: Admission,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  for (const [name, value] of Object.entries(guards)) response.setHeader(name, value);
  const origin = admission.admit(request);
  if (origin !== undefined) allow(response, origin);
  const [, path = '', query = ''] = /^([^?]*)\??(.*)$/s.exec((request.url ?? '').slice(door.root.length)) ?? [];
  if (origin !== undefined && request.method === 'OPTIONS') return finish(response, 204);
  if (methodOf(request) === 'GET' && answerFile(response, door.root, path)) return;
  const found = findRoute(request, door.root, path);
  const name = `${request.method} ${door.root}${path}`;
  try {
    const call: DoorCall<never> = {
      ...door.served,
      state: door.state,
      surface: door.surface,
      name,
      origin: originOf(request),
      path: found.path,
      query: readQuery(name, found.route, query),
      ...(await readGiven(name, found.route, request)),
    };
    await answer(request, response, found.route, call, door.report);
  } catch (error) {
    refuse(response, error, (thrown) => {
      const message = withOwnName(writeMessage(thrown, door.surface), found.route.call, name);
      door.state.refused = message.startsWith(name) ? message : `${name}: ${message}`;
      return message;
    });
  }
}

function originOf({ headers, socket }: IncomingMessage): string {
  return `${'encrypted' in socket ? 'https' : 'http'}://${headers.host}`;
}

/** A HEAD is a GET whose answer has no body, which Node leaves out: tools wait for an address by it. */
function methodOf({ method }: IncomingMessage): string | undefined {
  return method === 'HEAD' ? 'GET' : method;
}

async function answer(
  request: IncomingMessage,
  response: ServerResponse,
  { method, stream, handle, status, sends, fileName, plainText }: Route,
  call: DoorCall<never>,
  report: (bug: unknown) => void,
): Promise<void> {
  if (
    stream !== undefined &&
    request.method !== 'HEAD' &&
    /\btext\/event-stream\b/.test(request.headers.accept ?? '')
  ) {
    sendStream(request, response, call, stream(call), report);
    return;
  }
  if (plainText !== undefined && prefersText(request)) {
    finishAsText(response, plainText(call));
    return;
  }
  const answered = await handle(call);
  if (method !== 'GET') call.state.changes += 1;
  if (answered === undefined) finish(response, 204);
  else if (sends !== undefined) sendFile(response, { type: sends, name: fileName?.(call) ?? '', bytes: answered });
  else finish(response, status ?? 200, plain(answered));
}

/** Several clients accept JSON and text by default, such as axios. They expect JSON. */
function prefersText({ headers: { accept = '' } }: IncomingMessage): boolean {
  return /\btext\/plain\b/.test(accept) && !/\bapplication\/json\b/.test(accept);
}

/** Puts the name of the request in front of a message in place of the library's call, since two routes can be the same call. */
function withOwnName(message: string, call: CallName | undefined, name: string): string {
  const written = call === undefined ? '' : writeCall(nameCall(call));
  const label = [written, written.replace(/^s3\./, '')].find((one) => one !== '' && message.startsWith(`${one}: `));
  return label === undefined ? message : name + message.slice(label.length);
}

function writeMessage(thrown: unknown, surface: Surface): string {
  return types.isNativeError(thrown) ? (tell(thrown, 'message', surface) ?? '') : String(thrown);
}

function findRoute(
  request: IncomingMessage,
  root: string,
  path: string,
): { readonly route: Route; readonly path: DoorCall<never>['path'] } {
  const matching = routes.flatMap((route) => {
    const matched = matchPath(route.path, path);
    return matched === undefined ? [] : [{ route, path: matched }];
  });
  const found = matching.find(({ route }) => route.method === methodOf(request));
  if (found !== undefined) return found;
  if (matching.length === 0)
    throw new DoorError(
      404,
      'NO_SUCH_PATH',
      `the door has no ${root}${path}.${hintFor(path, known) || hintAtForm(root, path)} GET ${root}/openapi.json lists its routes.`,
    );
  const methods = matching.map(({ route }) => route.method).join(', ');
  const below = routes.filter((route) => route.method === methodOf(request) && isRightBelow(route.path, path));
  const cure = below.map((route) => ` Did you mean ${route.method} ${root}${route.path}?`).join('');
  throw new DoorError(405, 'NO_SUCH_METHOD', `${root}${path} takes ${methods}, not ${request.method}.${cure}`);
}

function isRightBelow(form: string, path: string): boolean {
  return form.startsWith(`${path}/`) && /^[a-z-]+$/.test(form.slice(path.length + 1));
}

/** Suggests a path with placeholders if its first step is misspelt. */
function hintAtForm(root: string, path: string): string {
  const steps = path.split('/');
  const forms = routes.map((route) => route.path).filter((form) => form.includes('{'));
  const meant = forms.find((form) => {
    const own = form.split('/');
    return (
      own.length === steps.length &&
      own.every((step, at) => step.startsWith('{') || isMisspelling(steps[at] ?? '', step))
    );
  });
  return meant === undefined ? '' : ` Did you mean ${root}${meant}?`;
}

function allow(response: ServerResponse, origin: string): void {
  response.setHeader('access-control-allow-origin', origin);
  response.setHeader('access-control-allow-methods', 'GET, POST, PUT, PATCH, DELETE');
  response.setHeader('access-control-allow-headers', 'content-type, last-event-id');
  response.setHeader('vary', 'Origin');
}

function finish(response: ServerResponse, status: number, answer?: unknown): void {
  if (answer === undefined) {
    response.writeHead(status).end();
    return;
  }
  const text = `${JSON.stringify(answer)}\n`;
  response
    .writeHead(status, { 'content-type': 'application/json', 'content-length': Buffer.byteLength(text) })
    .end(text);
}

function finishAsText(response: ServerResponse, answer: string): void {
  const text = `${answer}\n`;
  response
    .writeHead(200, { 'content-type': 'text/plain; charset=utf-8', 'content-length': Buffer.byteLength(text) })
    .end(text);
}

const missing = /^NO_SUCH_/;

function refuse(response: ServerResponse, error: unknown, write: (thrown: unknown) => string): void {
  if (response.headersSent) {
    response.destroy();
    return;
  }
  const { name } = types.isNativeError(error) ? error : { name: 'Error' };
  const code = error instanceof S3MockError || error instanceof DoorError ? error.code : undefined;
  finish(response, chooseStatus(error), {
    error: { name, ...(code !== undefined && { code }), message: write(error) },
  });
}

function chooseStatus(error: unknown): number {
  if (error instanceof DoorError) return error.status;
  if (error instanceof S3MockError) return missing.test(error.code) ? 404 : 400;
  return error instanceof TypeError ? 400 : 500;
}

const files: ReadonlyMap<string, readonly [file: string, type: string]> = new Map([
  ['/openapi.json', ['openapi.json', 'application/json']],
  ['/', ['../window/index.html', 'text/html; charset=utf-8']],
  ['/window.js', ['../window/window.js', 'text/javascript; charset=utf-8']],
  ['/window.css', ['../window/window.css', 'text/css; charset=utf-8']],
]);

const policy =
  "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src 'self' data: blob:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

/** These headers keep pages of other origins from including an answer of the door, from framing it, and from reading it as another type. */
const guards: Readonly<Record<string, string>> = {
  'cache-control': 'no-store',
  'x-content-type-options': 'nosniff',
  'content-security-policy': policy,
  'cross-origin-resource-policy': 'same-origin',
};

/**
 * The path must end with a slash: otherwise the page would look for its files elsewhere. A browser that opens the address of the port, `/`,
 * also has no path below the root.
 */
function answerFile(response: ServerResponse, root: string, asked: string): boolean {
  if (asked === '') {
    response.writeHead(308, { location: `${root}/` }).end();
    return true;
  }
  const found = files.get(asked);
  if (found === undefined) return false;
  const [file, type] = found;
  const content = readFileSync(join(__dirname, file));
  response.writeHead(200, { 'content-type': type, 'content-length': content.byteLength }).end(content);
  return true;
}
