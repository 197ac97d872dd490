import type { IncomingMessage, ServerResponse } from 'node:http';
import timers from 'node:timers';
import { makeCallback } from '../callback';
import type { Feed } from '../journal/log';
import { wholeNumber } from './given';
import { plain } from './plain';
import type { DoorCall, OpenStream } from './route';

// These come from the core module at import, since a test may fake timers later.
const { setInterval: each, clearInterval: end } = timers;

/** Proxies and clients cut connections on which nothing comes. */
const HEARTBEAT = 15_000;

/** The size of a page in characters: the next page is written when the reader has taken this page. */
const PAGE = 64 * 1024;

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

/** Sends a stream. It begins with the items after the item in Last-Event-ID, or after `since`. */
export function sendStream(
  { headers }: IncomingMessage,
  response: ServerResponse,
  { name, query }: DoorCall<never>,
  open: OpenStream,
  report: (bug: unknown) => void,
): void {
  const reader = new LogReader(open, readKnown(name, headers['last-event-id']?.toString(), query['since']));
  // The client may have gone while its request was read.
  if (response.destroyed) return;
  response.writeHead(200, { 'content-type': 'text/event-stream' });
  response.write(': the items of a log, as they come\n\n');
  const fail = (bug: unknown) => {
    report(bug);
    response.destroy();
  };
  const send = makeCallback(fail, () => writePages(reader, response));
  const stop = open.feed.follow(send);
  const beat = () => !response.writableNeedDrain && response.write(': still here\n\n');
  const heartbeat = each(makeCallback(report, beat), HEARTBEAT).unref();
  response.on('drain', send);
  const close = () => {
    stop();
    end(heartbeat);
  };
  response.once('close', makeCallback(report, close));
  send();
}

/** Writes as many pages as the reader takes. */
function writePages(reader: LogReader, response: ServerResponse): void {
  while (!response.destroyed && !response.writableNeedDrain) {
    const page = reader.nextPage();
    if (page === '') return;
    response.write(page);
  }
}

/** Returns undefined for a reader that begins. */
function readKnown(name: string, lastEventId: string | undefined, since: string | undefined): number | undefined {
  // A browser repeats the id that the last server at this address gave it, so that any text may come.
  if (lastEventId) return /^\d+$/.test(lastEventId) ? Number(lastEventId) : Number.POSITIVE_INFINITY;
  return since === undefined ? undefined : wholeNumber(name, 'since', since);
}

/** Makes pages of a log for one reader. It keeps no item, so that the log alone decides how long items live. */
class LogReader {
  readonly #open: OpenStream;
  #sent: number;
  #era: number;

  constructor(open: OpenStream, known: number | undefined) {
    this.#open = open;
    this.#era = eraOf(open.feed);
    this.#sent = known ?? open.feed.before;
  }

  /** Returns the next page of the log; an empty text if the reader has everything. */
  nextPage(): string {
    const { feed, event, itemAt } = this.#open;
    let text = '';
    if (this.#hasLost()) {
      text = 'event: reset\ndata: {}\n\n';
      this.#sent = feed.before;
      this.#era = eraOf(feed);
    }
    for (const last = lastOf(feed); this.#sent < last && text.length < PAGE; ) {
      this.#sent += 1;
      const id = this.#sent;
      const item = itemAt(id - feed.before - 1, id);
      if (item !== undefined) text += `id: ${id}\nevent: ${event}\ndata: ${JSON.stringify(plain(item))}\n\n`;
    }
    return text;
  }

  /** The log was cleared, has dropped what was not sent, or never had the item that the reader knows. */
  #hasLost(): boolean {
    const { feed } = this.#open;
    return eraOf(feed) !== this.#era || this.#sent < feed.before || this.#sent > lastOf(feed);
  }
}

type Bounds = OpenStream['feed'];

function lastOf({ before, length }: Bounds): number {
  return before + length;
}

/** Returns a number that changes at each clear of a log that had items. */
function eraOf({ before, dropped }: Bounds): number {
  return before - dropped;
}
