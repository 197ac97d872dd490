import type { IncomingMessage, ServerResponse } from 'node:http';
import timers from 'node:timers';
import { makeCallback } from '../callback';
import type { Feed } from '../journal/log';
import { wholeNumber } from './given';
import { plain } from './plain';
import type { DoorCall, OpenStream } from './route';

// Read from the core module at import, since a test may fake timers later.
const { setInterval: each, clearInterval: end } = timers;

/** Proxies and clients cut connections on which nothing comes. */
const HEARTBEAT = 15_000;

/** In bytes; a reader that leaves more unread loses its stream. */
const WAITING = 8 * 1024 * 1024;

export interface Stream<Item, Row extends object = object> {
  readonly feed: Feed<Item>;
  readonly event: string;
  readonly accepts: (item: Item) => boolean;
  readonly write: (item: Item, id: number) => Row;
}

export function openStream<Item>({ feed, event, accepts, write }: Stream<Item>): OpenStream {
  const itemAt = (index: number, id: number) => {
    const item = feed.at(index);
    return item !== undefined && accepts(item) ? write(item, id) : undefined;
  };
  return { feed, event, itemAt };
}

/** First those after the item in Last-Event-ID. `reset` says that the log was cleared. */
export function sendStream(
  { headers, socket }: IncomingMessage,
  response: ServerResponse,
  { name, query }: DoorCall<never>,
  { feed, event, itemAt }: OpenStream,
  report: (bug: unknown) => void,
): void {
  const known = headers['last-event-id'] ?? query['since'];
  let sent = known === undefined ? feed.before : wholeNumber(name, 'since', String(known));
  let cleared = feed.length === 0;
  response.writeHead(200, { 'content-type': 'text/event-stream' });
  response.write(': the items of a log, as they come\n\n');
  const send = () => {
    if (feed.length === 0 && !cleared) response.write('event: reset\ndata: {}\n\n');
    cleared = feed.length === 0;
    for (let id = Math.max(sent, feed.before) + 1; id <= feed.before + feed.length; id += 1) {
      const item = itemAt(id - feed.before - 1, id);
      if (item !== undefined) response.write(`id: ${id}\nevent: ${event}\ndata: ${JSON.stringify(plain(item))}\n\n`);
    }
    sent = Math.max(sent, feed.before + feed.length);
    if (response.writableLength > WAITING) socket.destroy();
  };
  const stop = feed.follow(makeCallback(report, send));
  const heartbeat = each(
    makeCallback(report, () => response.write(': still here\n\n')),
    HEARTBEAT,
  ).unref();
  const close = () => {
    stop();
    end(heartbeat);
  };
  response.once('close', makeCallback(report, close));
  send();
}
