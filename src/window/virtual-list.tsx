import type { ComponentChildren } from 'preact';
import { useEffect, useLayoutEffect, useRef, useState } from 'preact/hooks';

interface VirtualListProps<Item> {
  readonly label: string;
  readonly items: readonly Item[];
  /** The length of the whole list, if it is known before all of it is loaded. */
  readonly total?: number | undefined;
  readonly rowHeight: number;
  readonly idOf: (item: Item) => string;
  readonly draw: (item: Item) => ComponentChildren;
  readonly onOpen: (item: Item) => void;
  /** Called with the index of the last row in sight. */
  readonly onReach?: ((index: number) => void) | undefined;
  readonly classOf?: ((item: Item) => string) | undefined;
  readonly chosen?: string | undefined;
  readonly empty: ComponentChildren;
}

/** The rows that are drawn above and below those in sight. */
const spare = 6;

/** The keys that move the focus, and how far: in rows, or in screens. */
const moves: Readonly<Record<string, (at: number, screen: number, last: number) => number>> = {
  ArrowDown: (at) => at + 1,
  ArrowUp: (at) => at - 1,
  PageDown: (at, screen) => at + screen,
  PageUp: (at, screen) => at - screen,
  Home: () => 0,
  End: (_at, _screen, last) => last,
};

/** Only the rows in sight are in the document. Tab reaches one row; the arrow keys, Home and End reach the others. */
export function VirtualList<Item>(props: VirtualListProps<Item>) {
  const { label, items, total = items.length, rowHeight, idOf, draw, onOpen, onReach, classOf, chosen, empty } = props;
  const box = useRef<HTMLDivElement>(null);
  const [view, setView] = useState({ top: 0, height: 600 });
  const [active, setActive] = useState<string | undefined>(undefined);
  const wantsFocus = useRef(false);
  const length = Math.max(total, items.length);

  useLayoutEffect(() => {
    const element = box.current;
    if (element === null) return;
    const measure = () => setView({ top: element.scrollTop, height: element.clientHeight });
    const observer = new ResizeObserver(measure);
    observer.observe(element);
    element.addEventListener('scroll', measure, { passive: true });
    return () => {
      observer.disconnect();
      element.removeEventListener('scroll', measure);
    };
  }, [length === 0]);

  useAnchor(box, items, { rowHeight, idOf });

  const first = Math.max(0, Math.floor(view.top / rowHeight) - spare);
  const last = Math.min(length - 1, Math.ceil((view.top + view.height) / rowHeight) + spare);
  useEffect(() => onReach?.(last), [last, onReach]);

  const activeAt = active === undefined ? -1 : items.findIndex((item) => idOf(item) === active);
  const tabAt =
    activeAt === -1 ? Math.max(0, chosen === undefined ? 0 : items.findIndex((one) => idOf(one) === chosen)) : activeAt;
  useLayoutEffect(() => {
    if (!wantsFocus.current) return;
    wantsFocus.current = false;
    box.current?.querySelector<HTMLElement>('[tabindex="0"]')?.focus();
  }, [active]);

  const move = (event: KeyboardEvent) => {
    const step = moves[event.key];
    if (step === undefined || items.length === 0) return;
    event.preventDefault();
    const screen = Math.max(1, Math.floor(view.height / rowHeight) - 1);
    const at = Math.min(items.length - 1, Math.max(0, step(tabAt, screen, items.length - 1)));
    const item = items[at];
    if (item === undefined) return;
    wantsFocus.current = true;
    setActive(idOf(item));
    scrollTo(box.current, at, rowHeight);
  };

  if (length === 0) return <div class="empty">{empty}</div>;
  const shown = new Set(Array.from({ length: last - first + 1 }, (_, index) => first + index));
  // The row with the focus stays, or the focus would be lost when it is scrolled out of sight.
  if (tabAt < length) shown.add(tabAt);
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: the keys come from the buttons of the rows
    <div class="list" ref={box} style={{ '--rows': `${length * rowHeight}px` }} onKeyDown={move}>
      <ul aria-label={label} class="rows" style={{ height: `${length * rowHeight}px` }}>
        {[...shown]
          .toSorted((a, b) => a - b)
          .map((at) => {
            const item = items[at];
            const place = { height: `${rowHeight}px`, transform: `translateY(${at * rowHeight}px)` };
            if (item === undefined) {
              return (
                <li key={`at ${at}`} class="slot" style={place} aria-hidden="true">
                  <span class="waiting" />
                </li>
              );
            }
            const id = idOf(item);
            return (
              <li
                key={id}
                class={`slot ${classOf?.(item) ?? ''}`}
                style={place}
                aria-setsize={length}
                aria-posinset={at + 1}
              >
                <button
                  type="button"
                  class="row"
                  tabIndex={at === tabAt ? 0 : -1}
                  aria-current={chosen === id ? 'true' : undefined}
                  onFocus={() => setActive(id)}
                  onClick={() => onOpen(item)}
                >
                  {draw(item)}
                </button>
              </li>
            );
          })}
      </ul>
    </div>
  );
}

/** Keeps the rows in sight where they are when others come above them, unless the beginning of the list is in sight. */
function useAnchor<Item>(
  box: { readonly current: HTMLDivElement | null },
  items: readonly Item[],
  { rowHeight, idOf }: Pick<VirtualListProps<Item>, 'rowHeight' | 'idOf'>,
): void {
  const before = useRef(items);
  useLayoutEffect(() => {
    const then = before.current;
    before.current = items;
    const element = box.current;
    if (element === null || then === items || element.scrollTop < rowHeight) return;
    const at = Math.floor(element.scrollTop / rowHeight);
    const anchor = then[at];
    const now = anchor === undefined ? -1 : items.findIndex((item) => idOf(item) === idOf(anchor));
    if (now !== -1 && now !== at) element.scrollTop += (now - at) * rowHeight;
  }, [items]);
}

function scrollTo(box: HTMLDivElement | null, at: number, rowHeight: number): void {
  if (box === null) return;
  const top = at * rowHeight;
  if (top < box.scrollTop) box.scrollTop = top;
  else if (top + rowHeight > box.scrollTop + box.clientHeight) box.scrollTop = top + rowHeight - box.clientHeight;
}
