import { counted } from '../text/counts';
import { writeKey } from '../text/values';
import type { EventEntry } from './entry';

/** The most invocations in a chain. Lambda's own detection of recursive loops drops the next one (F788). */
export const LINKS = 16;

/**
 * The most events of one request that follow from a handler which was called again in their chain. A loop that writes twice a call would have
 * 65,536 deliveries before its 16th link.
 */
export const REPEATS = 100;

/** The request of a test, with what follows from it. */
export interface Root {
  /** The events that follow from a handler which was called again in their chain. */
  repeats: number;
}

/** One link of a chain: an event, and the destination that got it. */
interface Link {
  readonly event: string;
  readonly destination: string;
}

/** One delivery: the sender of the requests that its handler makes. */
export class Delivery {
  constructor(
    /** The deliveries that led to it, and itself, first to last. */
    readonly chain: readonly Link[],
    /** The test whose request began the chain, if its runner knows it. */
    readonly test: object | undefined,
    /** The deliveries between two resets that it is one of. */
    readonly of: object,
    readonly root: Root,
  ) {}
}

/** Whether a handler that follows from a chain may be called by these events too; they are counted. */
export function mayFollow({ chain, root }: Delivery, entries: readonly EventEntry[]): boolean {
  const isCalledAgain = new Set(chain.map(({ destination }) => destination)).size < chain.length;
  if (isCalledAgain) root.repeats += entries.length;
  return root.repeats <= REPEATS;
}

/** The chain of a delivery that follows from another one; undefined if it has no further link. */
export function continued(
  from: Delivery | undefined,
  destination: string,
  entries: readonly EventEntry[],
): readonly Link[] | undefined {
  const before = from?.chain ?? [];
  return before.length === LINKS ? undefined : [...before, { event: writeBriefly(entries), destination }];
}

/** `ObjectCreated:Put vault/report.pdf`; of several, the first and their number. */
export function writeBriefly([first, ...others]: readonly EventEntry[]): string {
  if (first === undefined) return 'no event';
  const { name, bucket, key } = first;
  const text = key === undefined ? `${name} ${bucket}` : `${name} ${bucket}/${key}`;
  return others.length === 0 ? shortened(text) : `${shortened(text)} and ${counted(others.length, 'more event')}`;
}

/** A key may have line breaks, and grow in a loop. */
function shortened(text: string): string {
  return writeKey(text)
    .slice(1)
    .replace(/'(?= \(|$)/, '');
}

/** A line for each link. */
export function writeChain(chain: readonly Link[]): string {
  return chain
    .map(({ event, destination }, index) => `  ${`${index + 1}`.padStart(2)}. ${event} -> ${destination}`)
    .join('\n');
}

/** A loop: its links, and the event that was not delivered. */
export function writeLoop(chain: readonly Link[], destination: string, entries: readonly EventEntry[]): string {
  return `${writeChain([...chain, { event: writeBriefly(entries), destination }])}  (not delivered)`;
}
