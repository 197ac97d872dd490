import dns from 'node:dns';
import http from 'node:http';
import https from 'node:https';
import net, { type AddressInfo } from 'node:net';
import { afterEach, beforeEach, expect, jest } from '@jest/globals';
import { thisTestFile } from '../../src/border/this-test-file';
import { type Capture, type CaptureOptions, startCapture } from '../../src/capture';
import type { CaptureRefusal, WireReply, WireRequest } from '../../src/wire';

export interface Scene extends Capture {
  readonly requests: WireRequest[];
  readonly refusals: CaptureRefusal[];
}

export interface SceneOptions extends Partial<CaptureOptions> {
  readonly reply?: (request: WireRequest) => WireReply;
  readonly refusesHead?: (head: WireRequest) => boolean;
  /** `file:line:column` of its call of mockS3(). */
  readonly place?: string;
}

const running: Scene[] = [];

/** Starts a capture that answers 200 and `METHOD url bytes`. */
export function startScene({ reply = echo, refusesHead = () => false, ...given }: SceneOptions = {}): Scene {
  const { place = `${expect.getState().testPath ?? 'a test'}:1:1`, ...options } = given;
  const requests: WireRequest[] = [];
  const refusals: CaptureRefusal[] = [];
  const answer = (request: WireRequest) => {
    requests.push(request);
    return reply(request);
  };
  const accept = () => Object.assign(answer, { refusesHead });
  const refuse = (refusal: CaptureRefusal) => {
    refusals.push(refusal);
    return { status: 400, headers: [['X-Refusal', refusal.kind]] as const, body: refusal.kind };
  };
  const capture = startCapture({
    dialect: 'aws',
    guard: false,
    accept,
    refuse,
    testFile: thisTestFile,
    findCallSite: () => ({ file: place.replace(/:\d+:\d+$/, ''), place }),
    ...options,
  });
  const scene = { ...capture, requests, refusals };
  running.push(scene);
  return scene;
}

export function stopScenes(): void {
  for (const scene of running.splice(0)) scene.stop();
}

export function echo({ method, url, body }: WireRequest): WireReply {
  return { status: 200, headers: [['Content-Type', 'text/plain']], body: `${method} ${url} ${body.length}` };
}

export interface Answer {
  readonly status: number | undefined;
  readonly headers: http.IncomingHttpHeaders;
  readonly rawHeaders: readonly string[];
  readonly body: Buffer;
  readonly text: string;
  readonly request: http.ClientRequest;
}

export interface AskOptions extends https.RequestOptions {
  readonly body?: string | Uint8Array;
}

export function ask(url: string, { body, ...options }: AskOptions = {}): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const client = url.startsWith('https:') ? https : http;
    const request = client.request(url, options, (response) => {
      const chunks: Buffer[] = [];
      response.on('data', (chunk: Buffer) => chunks.push(chunk));
      response.on('error', reject);
      response.on('end', () => {
        const received = Buffer.concat(chunks);
        const { statusCode: status, headers, rawHeaders } = response;
        resolve({ status, headers, rawHeaders, body: received, text: received.toString(), request });
      });
    });
    request.on('error', reject);
    request.end(body);
  });
}

/** Each part is sent in a turn of its own; the result is all bytes received until the connection ends. */
export async function raw(...parts: readonly (string | Buffer)[]): Promise<string> {
  const socket = net.connect(80, 's3.amazonaws.com');
  const text = rest(socket);
  for (const part of parts) {
    socket.write(part);
    await settle();
  }
  return text;
}

/** Resolves to all text received over a connection until it is closed. */
export function rest(socket: net.Socket): Promise<string> {
  return new Promise((resolve) => {
    let text = '';
    socket.on('data', (chunk: Buffer) => {
      text += chunk.toString('latin1');
    });
    socket.on('close', () => resolve(text));
  });
}

export async function openPort(server: net.Server): Promise<number> {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return (server.address() as AddressInfo).port; // it listens on a port, not on a pipe
}

/** Returns the names that the present test looked up. */
export function closedNetwork(): string[] {
  const names: string[] = [];
  beforeEach(() => {
    names.length = 0;
    closeNetwork(names);
  });
  afterEach(stopScenes);
  return names;
}

/** The same, and expects that no test looks up a name. */
export function unusedNetwork(): void {
  const names = closedNetwork();
  afterEach(() => expect(names).toEqual([]));
}

/** Makes every look-up of a name but this machine's fail, and lists them: a call with a look-up was not captured. */
export function closeNetwork(names: string[] = []): string[] {
  const { lookup } = dns;
  const fail = (name: string, ...rest: unknown[]): void => {
    if (name === 'localhost' || net.isIP(name) !== 0) {
      Reflect.apply(lookup, dns, [name, ...rest]);
      return;
    }
    names.push(name);
    const done = rest.at(-1);
    const error = Object.assign(new Error(`getaddrinfo ENOTFOUND ${name}`), {
      code: 'ENOTFOUND',
      syscall: 'getaddrinfo',
    });
    if (typeof done === 'function') process.nextTick(done, error);
  };
  jest.spyOn(dns, 'lookup').mockImplementation(fail as never); // its overloads cannot be met by one function
  return names;
}

export function event(emitter: NodeJS.EventEmitter, name: string): Promise<unknown[]> {
  return new Promise((resolve) => emitter.once(name, (...values) => resolve(values)));
}

/** Waits until all bytes in transit in memory have arrived. */
export async function settle(turns = 8): Promise<void> {
  for (let turn = 0; turn < turns; turn += 1) await new Promise((resolve) => setImmediate(resolve));
}
