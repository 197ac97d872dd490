import type { IncomingMessage, ServerResponse } from 'node:http';
import net from 'node:net';
import { S3MockError } from '../s3-mock-error';
import { type HostClaims, overlap } from './hosts';

/** A capture that runs, as captures of other copies of this module see it. */
interface LiveCapture {
  /** The test file that started it. */
  readonly file: string;
  readonly callSite: string;
  /** The global object of the module that started it: jest gives each run of a test file its own. */
  readonly realm: object;
  readonly claims: HostClaims;
  takes(host: string, port: number): boolean;
  /** Answers what comes over a connection that another capture's tunnel led to. */
  serve(end: net.Socket): void;
  receive(request: IncomingMessage, response: ServerResponse): void;
  stop(): void;
}

/** A function of Node's that was replaced, and how to restore it: plain data, which other copies of this module read too. */
export interface Patch {
  readonly holder: object;
  readonly name: string;
  readonly replacement: unknown;
  /** The property before the replacement; its function is called for every connection that passes. */
  below: PropertyDescriptor;
}

/** What all copies of this module in a process share. */
interface Registry {
  /** Oldest first. */
  readonly captures: LiveCapture[];
  readonly patches: Patch[];
}

const KEY = Symbol.for('s3-versioning-mock.captures.v1');

/** On a class of Node's core, which jest shares between test files where it evaluates this module anew for each. */
export function sharedRegistry(): Registry {
  const holder: { [KEY]?: Registry } = net.Socket as object;
  const registry = holder[KEY] ?? { captures: [], patches: [] };
  if (holder[KEY] === undefined) Object.defineProperty(holder, KEY, { value: registry });
  return registry;
}

/** The running capture that answers a host; the newest, were there two. */
export function ownerOf(host: string, port: number): LiveCapture | undefined {
  return sharedRegistry().captures.findLast((capture) => capture.takes(host, port));
}

/** Adds a capture; returns what removes it. */
export function register(capture: LiveCapture): () => void {
  const { captures } = sharedRegistry();
  captures.push(capture);
  return () => {
    const at = captures.indexOf(capture);
    if (at !== -1) captures.splice(at, 1);
  };
}

/**
 * Each host has one owner. A capture that an earlier test file forgot gives way with a warning; a second one of the
 * same file would make it a matter of luck who answers, and is refused.
 */
export function claimHosts(claims: HostClaims, file: string, callSite: string): void {
  const rivals = sharedRegistry().captures.filter((capture) => overlap(capture.claims, claims));
  const brother = rivals.find((rival) => rival.file === file && rival.realm === globalThis);
  if (brother !== undefined) {
    throw new S3MockError(
      'HOSTS_TAKEN',
      `the mock started at ${brother.callSite} already answers for hosts of the one started at ${callSite}: ` +
        "stop it first, or give each mock hosts of its own with hosts: { only: ['first.test'] }",
    );
  }
  for (const rival of rivals) {
    rival.stop();
    process.emitWarning(
      `${rival.file} left its S3 mock running (started at ${rival.callSite}); it was stopped, since ${file} starts one`,
      'S3MockWarning',
    );
  }
}
