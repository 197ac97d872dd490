import diagnosticsChannel from 'node:diagnostics_channel';
import { EventEmitter } from 'node:events';
import http from 'node:http';

/**
 * Hides the servers that answer for S3 from tracers. S3's server is not in the process of the code under test, so a tracer would see one span
 * more than in production. Node has no option for that: what it publishes about our servers is dropped.
 * @module
 */

/** Marks our servers; a registered symbol, since jest loads this module once per test file. */
const UNSEEN = Symbol.for('s3-versioning-mock.server.v1');

export function hideServer(server: http.Server): void {
  Object.assign(server, { [UNSEEN]: true });
  // OpenTelemetry and dd-trace replace the emit of http.Server.prototype. The server's own emit, the one that http.Server inherits, passes them.
  Object.assign(server, { emit: EventEmitter.prototype.emit });
}

/** The prototype of the channels that have subscribers. Node has a class of its own for them, which it does not export. */
export function channelsWithSubscribers(): object {
  const channel = diagnosticsChannel.channel('s3-versioning-mock');
  const subscriber = () => {};
  channel.subscribe(subscriber);
  const prototype: object = Object.getPrototypeOf(channel);
  channel.unsubscribe(subscriber);
  return prototype;
}

export function isOfHiddenServer(message: unknown): boolean {
  const server = read(message, 'server') ?? read(findSocket(message), 'server');
  return read(server, UNSEEN) === true;
}

function findSocket(message: unknown): unknown {
  return read(message, 'socket') ?? read(read(message, 'request') ?? read(read(message, 'response'), 'req'), 'socket');
}

function read(value: unknown, name: string | symbol): unknown {
  return typeof value === 'object' && value !== null ? Reflect.get(value, name) : undefined;
}

/** The event of a response that is written to its end. Node's `finish` waits until the client has read it. */
export const ENDED = 'ended';

export class HiddenResponse<Message extends http.IncomingMessage> extends http.ServerResponse<Message> {
  override end(chunk?: unknown, encoding?: unknown, done?: unknown): this {
    super.end(chunk, encoding as BufferEncoding, done as () => void); // as the caller gave them
    this.emit(ENDED);
    return this;
  }

  /** The method of http.ServerResponse also makes the entry that a PerformanceObserver of `http` gets. */
  _finish(): void {
    // Node's types leave out the method _finish.
    (http.OutgoingMessage.prototype as unknown as { _finish(): void })._finish.call(this);
  }
}
