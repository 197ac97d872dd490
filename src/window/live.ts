import type { ActionLine, EventLine, MockOutline, RequestLine } from './answers';
import { addressOf, ask, sentenceOf } from './door';

export interface Known {
  /** Is undefined until the door answered once. */
  readonly mock: MockOutline | undefined;
  /** Why nothing can be learnt at present; undefined while the door answers. */
  readonly lost: string | undefined;
  /** The newest requests, oldest first. */
  readonly requests: readonly RequestLine[];
  /** What S3 did by itself, oldest first. */
  readonly actions: readonly ActionLine[];
  readonly events: readonly EventLine[];
  /** Counts the changes after which an answer of the door can differ. */
  readonly changes: number;
}

/** The most entries of a list that the page keeps. */
const most = 5000;
/** The milliseconds between two questions whether the mock is there and what its clock says. */
const pulse = 2000;
/** The milliseconds within which changes are shown together: a test can send thousands of requests. */
const pause = 150;
/** How far a clock runs from the real time, in milliseconds, if nobody moved it. */
const drift = 1500;

/**
 * Follows the mock. Requests come by one stream, since a browser opens six connections at most and several pages can be open; the page
 * fetches what follows from them. While the page is hidden, nothing is open.
 */
export class Live {
  #known: Known = { mock: undefined, lost: undefined, requests: [], actions: [], events: [], changes: 0 };
  #stream: EventSource | undefined;
  #arrived: RequestLine[] = [];
  #timer: number | undefined;
  readonly #listeners = new Set<() => void>();

  get known(): Known {
    return this.#known;
  }

  /** Calls the listener after each change, until the returned function is called. */
  subscribe(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  start(): void {
    const beat = () => void this.#beat().catch(this.#fail);
    setInterval(beat, pulse);
    document.addEventListener('visibilitychange', () => (document.hidden ? this.#close() : beat()));
    beat();
  }

  async refresh(): Promise<void> {
    await this.#learn(true);
  }

  async #beat(): Promise<void> {
    if (document.hidden) return;
    if (this.#stream === undefined) await this.#open();
    else await this.#learn(false);
  }

  async #open(): Promise<void> {
    try {
      const query = { limit: most };
      const [{ requests, last }, mock, { actions, events }] = await Promise.all([
        ask<{ requests: readonly RequestLine[]; last: number }>('GET', 'requests', { query }),
        ask<MockOutline>('GET', 'mock'),
        consequencesAfter({ actions: [], events: [] }),
      ]);
      if (this.#stream !== undefined || document.hidden) return;
      this.#arrived = [];
      this.#follow(last);
      this.#tell({ mock, lost: undefined, requests, actions, events, changes: this.#known.changes + 1 });
    } catch (error) {
      this.#lose(sentenceOf(error));
    }
  }

  #follow(since: number): void {
    const stream = new EventSource(addressOf('requests', { since }));
    this.#stream = stream;
    stream.addEventListener('request', ({ data }) => {
      this.#arrived.push(JSON.parse(data));
      this.#timer ??= setTimeout(() => this.#take(), pause);
    });
    // The journal begins anew: so does the page.
    stream.addEventListener('reset', () => {
      this.#close();
      this.#open().catch(this.#fail);
    });
    stream.onerror = () => this.#close();
  }

  #take(): void {
    this.#timer = undefined;
    const requests = [...this.#known.requests, ...this.#arrived].slice(-most);
    this.#arrived = [];
    this.#tell({ requests });
    this.#learn(true).catch(this.#fail);
  }

  /** Asks for the clock, and for what follows from requests and from the clock. */
  async #learn(isChanged: boolean): Promise<void> {
    const stream = this.#stream;
    const before = this.#known;
    const begun = performance.now();
    try {
      const [mock, news] = await Promise.all([ask<MockOutline>('GET', 'mock'), consequencesAfter(before)]);
      // A log that was cleared in the meantime is read anew.
      if (stream !== this.#stream) return;
      if (before.mock !== undefined && before.mock.started !== mock.started) {
        this.#close();
        await this.#open();
        return;
      }
      const passed = performance.now() - begun + pulse;
      const hasNews = news.actions.length + news.events.length > 0;
      const changed = isChanged || hasNews || isOther(before.mock, mock, passed);
      const { actions, events, changes } = this.#known;
      this.#tell({
        mock,
        actions: withNewer(actions, news.actions),
        events: withNewer(events, news.events),
        changes: changes + (changed ? 1 : 0),
      });
    } catch (error) {
      this.#close();
      this.#lose(sentenceOf(error));
    }
  }

  #close(): void {
    this.#stream?.close();
    this.#stream = undefined;
  }

  #lose(lost: string): void {
    if (this.#known.lost !== lost) this.#tell({ lost });
  }

  /** A bug of the page is shown where it shows what it last knew. */
  readonly #fail = (error: unknown): void => this.#lose(sentenceOf(error));

  #tell(news: Partial<Known>): void {
    this.#known = { ...this.#known, ...news };
    for (const listener of this.#listeners) listener();
  }
}

/** Returns the actions and events after the known actions and events. */
async function consequencesAfter(before: Pick<Known, 'actions' | 'events'>) {
  const [{ serviceActions: actions }, { events }] = await Promise.all([
    ask<{ serviceActions: readonly ActionLine[] }>('GET', 'service-actions', sinceLast(before.actions)),
    ask<{ events: readonly EventLine[] }>('GET', 'events', sinceLast(before.events)),
  ]);
  return { actions, events };
}

function sinceLast(lines: readonly { readonly id: number }[]) {
  return { query: { since: lines.at(-1)?.id, limit: most } };
}

function withNewer<Line extends { readonly id: number }>(
  before: readonly Line[],
  newer: readonly Line[],
): readonly Line[] {
  const last = before.at(-1)?.id ?? Number.NEGATIVE_INFINITY;
  const added = newer.filter(({ id }) => id > last);
  return added.length === 0 ? before : [...before, ...added].slice(-most);
}

/** Whether somebody else changed the mock: its buckets, or its clock by more than the time that passed. */
function isOther(before: MockOutline | undefined, { now, ...rest }: MockOutline, passed: number): boolean {
  if (before === undefined) return true;
  const { now: then, ...others } = before;
  const moved = Date.parse(now) - Date.parse(then);
  return moved < -drift || moved > passed + drift || JSON.stringify(others) !== JSON.stringify(rest);
}
