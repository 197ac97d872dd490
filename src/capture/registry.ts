import http, { type IncomingMessage, type ServerResponse } from 'node:http';
import net from 'node:net';
import { S3MockError } from '../s3-mock-error';
import type { CallSite } from '../test-file';
import { type HostClaims, overlaps } from './hosts';

export interface LiveCapture {
  readonly file: string;
  /** `file:line:column` of its call of mockS3(). */
  readonly callSite: string;
  /** The global object of the test that started the capture. In jest, each run of a test file has its own global object. */
  readonly realm: object;
  readonly claims: HostClaims;
  wasReported: boolean;
  /** Whether the hooks of a test runner stop the capture. */
  readonly endsWithFile: boolean;
  takes(host: string, port: number): boolean;
  /** Whether the capture answers the host, and does not refuse it as another store. */
  answers(host: string, port: number): boolean;
  /** Whether the user wants requests to reach the real host. */
  passes(host: string, port: number): boolean;
  /** Whether a port of its mock is at this address. */
  listensAt(host: string, port: number): boolean;
  /** Whether the capture has ended with its test file, although nobody has stopped it yet. */
  isOver(): boolean;
  /** Whether we know that its test file has ended. Only jest and vitest show this. */
  fileHasEnded(): boolean;
  /** Whether the capture is being stopped, and answers only requests that are on their way. */
  isEnding(): boolean;
  serve(end: net.Socket): void;
  receive(request: IncomingMessage, response: ServerResponse): void;
  stop(): void;
}

/** A function of Node that a capture replaced, with what is needed to restore it. It is plain data, because other copies of this module read it too. */
export interface Patch {
  readonly holder: object;
  readonly name: string;
  readonly replacement: unknown;
  /** The property that the patch covers. If a connection passes, the patch calls the function of this property. */
  below: PropertyDescriptor;
  /** The property that `stop` restores. It is the whole property, because it can have a getter. */
  original: PropertyDescriptor;
}

interface Registry {
  /** The captures, the oldest first. */
  readonly captures: LiveCapture[];
  readonly patches: Patch[];
}

const KEY = Symbol.for('s3-versioning-mock.captures.v1');

/**
 * Returns the registry. It is stored on a class of Node's core, because jest shares this class between test files, but evaluates this module anew
 * for each file.
 */
export function sharedRegistry(): Registry {
  const holder: { [KEY]?: Registry } = net.Socket as object;
  const registry = holder[KEY] ?? createRegistry();
  if (holder[KEY] === undefined) Object.defineProperty(holder, KEY, { value: registry });
  return registry;
}

/** Makes the registry with constructors of Node's core. An object of a test file's realm would keep this realm in memory. */
function createRegistry(): Registry {
  const CoreObject: ObjectConstructor = Object.getPrototypeOf(net).constructor;
  const coreArray = () => http.METHODS.slice(0, 0) as unknown[]; // empty, so it has the type of any array
  return Object.assign(new CoreObject(), { captures: coreArray(), patches: coreArray() }) as Registry;
}

/** Finds the capture that answers a host. If several captures do, it is the newest. */
export function findOwner(host: string, port: number): LiveCapture | undefined {
  return sharedRegistry().captures.findLast((capture) => capture.takes(host, port));
}

/** A host that is real for one mock of the process is real for all. */
export function isPassed(host: string, port: number): boolean {
  return sharedRegistry().captures.some((capture) => capture.passes(host, port));
}

/** Whether a store that this mock would refuse is left alone, because another mock answers it or lets it pass. */
export function isLeftToOther(own: LiveCapture, host: string, port: number): boolean {
  const others = sharedRegistry().captures.filter((capture) => capture !== own);
  return isPassed(host, port) || others.some((capture) => capture.answers(host, port));
}

/** Whether a mock of this process listens at this address. */
export function isPortOfMock(host: string, port: number): boolean {
  return sharedRegistry().captures.some((capture) => capture.listensAt(host, port));
}

/** Whether another mock answers requests. */
export function hasSibling(own: LiveCapture): boolean {
  return sharedRegistry().captures.some((capture) => capture !== own);
}

export function register(capture: LiveCapture): () => void {
  const { captures } = sharedRegistry();
  captures.push(capture);
  return () => {
    const at = captures.indexOf(capture);
    if (at !== -1) captures.splice(at, 1);
  };
}

/**
 * If an earlier test file forgot to stop a capture, the capture is stopped with a warning. A second capture of a file that still runs
 * throws.
 */
export function claimHosts(claims: HostClaims, realm: LiveCapture['realm'], findCallSite: () => CallSite): void {
  const rivals = sharedRegistry().captures.filter((capture) => overlaps(capture.claims, claims));
  const sibling = rivals.find((rival) => rival.realm === realm && !rival.fileHasEnded() && !rival.isEnding());
  if (sibling !== undefined) throw hostsTaken(sibling, findCallSite());
  for (const rival of rivals) {
    const isOver = rival.isOver() || rival.isEnding();
    rival.stop();
    if (!isOver) reportLeft(rival, `it was stopped, because ${findCallSite().file} starts a mock, too`);
  }
}

function hostsTaken(sibling: LiveCapture, { file, place }: CallSite): S3MockError {
  const inOtherFile =
    '. Some runners, such as mocha, load all files before they run the tests: there, call mockS3() in a before hook of a describe, as in docs/runners.md#mocha';
  const cure = sibling.endsWithFile
    ? "it runs until its describe or its file ends, so use it here: s3.createBucket('vault') in a test or a beforeEach lasts for that test. " +
      'Or start the two mocks in two describes beside each other, or'
    : 'stop it first, or';
  return new S3MockError(
    'HOSTS_TAKEN',
    `the mock started at ${sibling.callSite} already answers hosts of the mock started at ${place}: ` +
      `${cure} give each mock its own hosts, such as hosts: { only: ['first.test'] }` +
      (sibling.file === file ? '' : inOtherFile),
  );
}

export function reportLeft(capture: LiveCapture, consequence: string): void {
  if (capture.wasReported) return;
  capture.wasReported = true;
  const { file, callSite } = capture;
  process.emitWarning(`${file} left its S3 mock running (started at ${callSite}); ${consequence}`, 'S3MockWarning');
}
