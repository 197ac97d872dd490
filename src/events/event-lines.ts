import { aligned, columnWidths } from '../text/columns';
import { beforeLine, counted } from '../text/counts';
import { visible, writeKey } from '../text/values';
import { causeWordsOf, type EventEntry } from './entry';

const PRINTED = 100;
const LISTED = 20;
/** The number, the time, the name, the object, its version and the destination; the cause is not aligned. */
const ALIGNED_COLUMNS = 6;
const WIDEST_COLUMN = 60;

/** An event and its number among all, from 1. */
export interface NumberedEvent {
  readonly number: number;
  readonly event: EventEntry;
}

/** Events as a log has them. */
interface LoggedEvents {
  readonly length: number;
  readonly dropped: number;
  slice(start?: number): readonly EventEntry[];
}

/** All events as text: how many were sent, and the last hundred, a line each. */
export function writeEvents(events: LoggedEvents): string {
  if (events.length === 0) return 'S3 sent no event.';
  const before = events.dropped + Math.max(0, events.length - PRINTED);
  const lines = linesOf(numbered(events).slice(-PRINTED), () => []);
  return [`${counted(events.length, 'event')}:`, ...(before > 0 ? [`  ${beforeLine(before)}`] : []), ...lines].join(
    '\n',
  );
}

/** The events with their numbers. */
export function numbered(events: LoggedEvents): readonly NumberedEvent[] {
  return events.slice().map((event, index) => ({ number: events.dropped + index + 1, event }));
}

/** The last events, and how many came before them. `below` adds lines under an event. */
export function writeLastEvents<One extends NumberedEvent>(
  events: readonly One[],
  below: (one: One) => readonly string[] = () => [],
): string {
  const before = events.length - LISTED;
  const lines = linesOf(events.slice(-LISTED), below);
  return [...(before > 0 ? [`  ${beforeLine(before)}`] : []), ...lines].join('\n');
}

function linesOf<One extends NumberedEvent>(
  events: readonly One[],
  below: (one: One) => readonly string[],
): readonly string[] {
  const rows = events.map(cellsOf);
  const [numberWidth = 0, ...widths] = columnWidths(rows, ALIGNED_COLUMNS, WIDEST_COLUMN);
  return events.flatMap((one, index) => {
    const [number = '', ...cells] = rows[index] ?? [];
    return [
      `  ${number.padEnd(numberWidth)} ${aligned(cells, widths)}`,
      ...below(one).map((line) => `${' '.repeat(numberWidth + 3)}${line}`),
    ];
  });
}

/** `3. 12:00:00.000  ObjectCreated:Put  vault/a.jpg  version v1  to arn:aws:sqs:... by 'thumbnails'  (request 3, PutObject)` */
function cellsOf({ number, event }: NumberedEvent): readonly string[] {
  const { name, bucket, key, versionId, destination, configurationId, time } = event;
  return [
    `${number}.`,
    time.toISOString().slice(11, 23),
    name,
    visible([bucket, key].filter((part) => part !== undefined).join('/')),
    versionId === undefined ? '' : `version ${visible(versionId)}`,
    `to ${destination}${configurationId === undefined ? '' : ` by ${writeKey(configurationId)}`}`,
    causeOf(event),
  ];
}

function causeOf(event: EventEntry): string {
  const words = causeWordsOf(event);
  return words === undefined ? '' : `(${words})`;
}
