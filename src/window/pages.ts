import { useEffect, useMemo, useRef, useState } from 'preact/hooks';
import { isUnreachable, sentenceOf } from './door';
import { useKnown } from './hooks';

interface Page<Item> {
  readonly items: readonly Item[];
  readonly next: string | undefined;
}

interface Pages<Item> {
  readonly items: readonly Item[];
  readonly isWhole: boolean;
  readonly isLoaded: boolean;
  readonly problem: string | undefined;
  /** Items of the list before the last change that are no longer there; they stay for a moment. */
  readonly gone: ReadonlySet<string>;
  /** Items that were not there before the last change. */
  readonly fresh: ReadonlySet<string>;
  /** Loads as far as the item with this index. */
  reach(index: number): void;
}

interface LongList<Item> {
  readonly question: string;
  readonly load: (after: string | undefined) => Promise<Page<Item>>;
  readonly idOf: (item: Item) => string;
}

/** The milliseconds for which new items, and items that go, are marked. */
const marked = 1600;
/** The items at the beginning of a list that are compared with the list before. */
const compared = 200;
const none: ReadonlySet<string> = new Set();

interface Loaded<Item> extends Omit<Pages<Item>, 'reach'> {
  readonly question: string;
}

/** Loads a long list page by page as it is scrolled, and after each change as far as it was shown. */
export function usePages<Item>(list: LongList<Item>): Pages<Item> {
  const { changes, mock } = useKnown();
  const [loaded, setLoaded] = useState<Loaded<Item>>(() => emptyList(list.question));
  const loader = useRef<Loader<Item> | undefined>(undefined);
  useEffect(() => {
    if (mock === undefined) return;
    const before = loader.current;
    const isSame = before?.question === list.question;
    before?.stop();
    const next = new Loader(list, isSame ? before : undefined, setLoaded);
    loader.current = next;
    next.start();
  }, [list.question, changes, mock === undefined]);
  useEffect(() => () => loader.current?.stop(), []);
  const reach = useMemo(() => (index: number) => loader.current?.reach(index), []);
  return { ...(loaded.question === list.question ? loaded : emptyList<Item>(list.question)), reach };
}

function emptyList<Item>(question: string): Loaded<Item> {
  return { question, items: [], isWhole: false, isLoaded: false, problem: undefined, gone: none, fresh: none };
}

class Loader<Item> {
  readonly question: string;
  readonly #list: LongList<Item>;
  readonly #before: readonly Item[] | undefined;
  readonly #show: (loaded: Loaded<Item>) => void;
  #items: readonly Item[] = [];
  #next: string | undefined;
  #isWhole = false;
  #wanted: number;
  #isRunning = false;
  #isStopped = false;
  #timer: number | undefined;

  constructor(list: LongList<Item>, before: Loader<Item> | undefined, show: (loaded: Loaded<Item>) => void) {
    this.#list = list;
    this.question = list.question;
    this.#before = before?.shownBefore;
    this.#wanted = before === undefined ? 1 : before.#wanted;
    this.#show = show;
  }

  /** The list that the next way is compared with: a way that was stopped before it began has shown nothing. */
  get shownBefore(): readonly Item[] | undefined {
    return this.#items.length > 0 || this.#isWhole ? this.#items : this.#before;
  }

  start(): void {
    this.#run().catch(reportError);
  }

  stop(): void {
    this.#isStopped = true;
    clearTimeout(this.#timer);
  }

  /** The item after the last one in sight is wanted too: a list whose length nobody knows has no row for it. */
  reach(index: number): void {
    if (index + 2 <= this.#wanted) return;
    this.#wanted = index + 2;
    this.#run().catch(reportError);
  }

  async #run(): Promise<void> {
    if (this.#isRunning || this.#isStopped) return;
    this.#isRunning = true;
    try {
      while (!this.#isStopped && !this.#isWhole && this.#items.length < this.#wanted) await this.#loadPage();
    } catch (error) {
      // While nothing answers, the page shows what it last knew.
      const isKnown = isUnreachable(error) && this.shownBefore !== undefined;
      if (!this.#isStopped && !isKnown) this.#show({ ...this.#loaded(), problem: sentenceOf(error) });
    } finally {
      this.#isRunning = false;
    }
  }

  async #loadPage(): Promise<void> {
    const isFirst = this.#items.length === 0;
    const { items, next } = await this.#list.load(this.#next);
    if (this.#isStopped) return;
    this.#items = [...this.#items, ...items];
    this.#next = next;
    this.#isWhole = next === undefined;
    // A change is shown at once; a list that was scrolled far is exchanged when all of it is there, so that it does not jump.
    if (isFirst && this.#before !== undefined) this.#mark(this.#before);
    else if (this.#isWhole || this.#before === undefined || this.#items.length >= this.#wanted) this.#settle();
  }

  #mark(before: readonly Item[]): void {
    if (this.#items.length < this.#wanted && !this.#isWhole) return;
    const { idOf } = this.#list;
    const now = new Set(this.#items.map(idOf));
    const then = new Set(before.map(idOf));
    // Behind the last one that is still there, nothing is known before the next page is loaded.
    const sure = this.#isWhole ? before.length : before.findLastIndex((item) => now.has(idOf(item)));
    const idsUpTo = (items: readonly Item[], end: number) => items.slice(0, end).map(idOf);
    const gone = new Set(idsUpTo(before, Math.min(compared, sure)).filter((id) => !now.has(id)));
    const fresh = new Set(idsUpTo(this.#items, compared).filter((id) => !then.has(id)));
    if (gone.size + fresh.size === 0) {
      this.#settle();
      return;
    }
    this.#show({ ...this.#loaded(), items: weave(before, this.#items, { gone, idOf }), gone, fresh });
    this.#timer = setTimeout(() => this.#settle(), marked);
  }

  #settle(): void {
    clearTimeout(this.#timer);
    if (!this.#isStopped) this.#show(this.#loaded());
  }

  #loaded(): Loaded<Item> {
    return { ...emptyList<Item>(this.question), items: this.#items, isWhole: this.#isWhole, isLoaded: true };
  }
}

/** The list with the items that are gone at their places: each item comes behind the item that it followed. */
function weave<Item>(
  before: readonly Item[],
  now: readonly Item[],
  { gone, idOf }: { readonly gone: ReadonlySet<string>; readonly idOf: (item: Item) => string },
): readonly Item[] {
  const followers = new Map<string, Item[]>();
  let last = '';
  for (const item of before) {
    if (!gone.has(idOf(item))) {
      last = idOf(item);
      continue;
    }
    const after = followers.get(last);
    if (after === undefined) followers.set(last, [item]);
    else after.push(item);
  }
  const known = new Set(now.map(idOf));
  const stray = [...followers].flatMap(([id, items]) => (known.has(id) ? [] : items));
  return [...stray, ...now.flatMap((item) => [item, ...(followers.get(idOf(item)) ?? [])])];
}
