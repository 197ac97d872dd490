import type { ActionLine, EventLine, MockOutline, RequestLine } from './answers';
import { addressOf, ask, sentenceOf } from './door';

export interface Known {
  /** Is undefined until the door answered once. */
  readonly mock: MockOutline | undefined;
  /** Why nothing can be learnt at present; undefined while the door answers. */
  readonly lost: string | undefined;
  /** Oldest first. */
  readonly requests: readonly RequestLine[];
  /** What S3 did by itself, oldest first. */
  readonly actions: readonly ActionLine[];
  readonly events: readonly EventLine[];
  /** Whether older entries of these lists are still to come. */
  readonly isPartial: boolean;
  /** The requests that the journal dropped before the page was opened. */
  readonly dropped: number;
  /** Counts the changes after which an answer of the door can differ. */
  readonly changes: number;
}

/** The lists of the page, with the path of the door and the member of its answer. */
const logs = {
  requests: { path: 'requests', member: 'requests' },
  actions: { path: 'service-actions', member: 'serviceActions' },
  events: { path: 'events', member: 'events' },
} as const;
type LogName = keyof typeof logs;

/** The newest entries of each list, with which the page begins: more than any screen shows. */
const entriesOfFirst = 200;
/** The entries that each further answer of the door has. */
const entriesOfPage = 5000;
/** The most entries of a list that the page keeps: ten times what a journal has, unless a test asks for more. */
const mostKept = 100_000;
/** The milliseconds between two questions whether the mock is there and what its clock says. */
const pulse = 2000;
/** The milliseconds within which changes are shown together: a test can send thousands of requests. */
const pause = 150;
/** How far a clock runs from the real time, in milliseconds, if nobody moved it. */
const drift = 1500;

const empty = { requests: [], actions: [], events: [], isPartial: false, dropped: 0 };

/**
 * Follows the mock. Requests come by one stream, since a browser opens six connections at most and several pages can be open; the page
 * fetches what follows from them. While the page is hidden, nothing is open.
 */
export class Live {
  #known: Known = { mock: undefined, lost: undefined, ...empty, changes: 0 };
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
      const query = { limit: entriesOfFirst };
      const [{ requests, last, dropped }, mock, { actions, events }] = await Promise.all([
        ask<{ requests: readonly RequestLine[]; last: number; dropped: number }>('GET', 'requests', { query }),
        ask<MockOutline>('GET', 'mock'),
        consequencesAfter(empty, entriesOfFirst),
      ]);
      if (this.#stream !== undefined || document.hidden) return;
      this.#arrived = [];
      this.#follow(last);
      const lists = { requests, actions, events, dropped, isPartial: false };
      this.#tell({ mock, lost: undefined, ...lists, changes: this.#known.changes + 1 });
      this.#loadOlder().catch(this.#fail);
    } catch (error) {
      this.#lose(sentenceOf(error));
    }
  }

  /** Loads what the first answers left out, newest first, while the page shows what it has. */
  async #loadOlder(): Promise<void> {
    const stream = this.#stream;
    for (const name of ['requests', 'actions', 'events'] as const) {
      const first = this.#known[name];
      for (let page = first; page.length === (page === first ? entriesOfFirst : entriesOfPage); ) {
        if (!this.#known.isPartial) this.#tell({ isPartial: true });
        page = await entriesBefore(name, page[0]?.id);
        if (stream !== this.#stream) return;
        this.#tell({ [name]: [...page, ...this.#known[name]] });
      }
    }
    if (this.#known.isPartial) this.#tell({ isPartial: false });
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
    const requests = [...this.#known.requests, ...this.#arrived].slice(-mostKept);
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
      const [mock, news] = await Promise.all([ask<MockOutline>('GET', 'mock'), consequencesAfter(before, mostKept)]);
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

async function entriesBefore<Name extends LogName>(name: Name, until: number | undefined): Promise<Known[Name]> {
  const { path, member } = logs[name];
  const answer = await ask<Readonly<Record<string, Known[Name]>>>('GET', path, {
    query: { until, limit: entriesOfPage },
  });
  return answer[member] as Known[Name]; // by the door's declaration
}

/** Returns the actions and events after the known actions and events. */
async function consequencesAfter(before: Pick<Known, 'actions' | 'events'>, limit: number) {
  const [{ serviceActions: actions }, { events }] = await Promise.all([
    ask<{ serviceActions: readonly ActionLine[] }>('GET', 'service-actions', sinceLast(before.actions, limit)),
    ask<{ events: readonly EventLine[] }>('GET', 'events', sinceLast(before.events, limit)),
  ]);
  return { actions, events };
}

function sinceLast(lines: readonly { readonly id: number }[], limit: number) {
  return { query: { since: lines.at(-1)?.id, limit } };
}

function withNewer<Line extends { readonly id: number }>(
  before: readonly Line[],
  newer: readonly Line[],
): readonly Line[] {
  const last = before.at(-1)?.id ?? Number.NEGATIVE_INFINITY;
  const added = newer.filter(({ id }) => id > last);
  return added.length === 0 ? before : [...before, ...added].slice(-mostKept);
}

/** Whether somebody else changed the mock: its buckets, or its clock by more than the time that passed. */
function isOther(before: MockOutline | undefined, { now, ...rest }: MockOutline, passed: number): boolean {
  if (before === undefined) return true;
  const { now: then, ...others } = before;
  const moved = Date.parse(now) - Date.parse(then);
  return moved < -drift || moved > passed + drift || JSON.stringify(others) !== JSON.stringify(rest);
}
