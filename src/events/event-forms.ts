import { writeKey } from '../text/values';
import { type Destination, findDestination } from './destinations';
import type { EventEntry } from './entry';

interface FailedCall {
  readonly destination: string;
  readonly entries: readonly EventEntry[];
  readonly error: unknown;
  readonly takesMessages?: boolean;
}

const ofQueue = 'a queue gives its handler messages: the event of S3 is JSON.parse(Records[0].body)';

const forms: Readonly<Record<Destination['kind'], string>> = {
  queue: ofQueue,
  topic: 'a topic gives its handler messages: the event of S3 is JSON.parse(Records[0].Sns.Message)',
  function:
    'the bucket calls this function itself: its event is the event of S3, with Records[0].s3, and no message around it',
  'event-bridge':
    'EventBridge gives its handler one event, without Records: it has detail.bucket.name and detail.object.key',
};

const ofTopicInQueue =
  'the queue gets the messages of a topic: the event of S3 is JSON.parse(JSON.parse(Records[0].body).Message), or JSON.parse(Records[0].body) with rawMessageDelivery: true';

/** The members of the events and messages of all destinations, and what code calls on the list of records. */
const members =
  's3|bucket|object|name|key|arn|size|eTag|versionId|sequencer|eventName|eventTime|Records|body|Body|Sns|Message|detail|\\d+|map|flatMap|forEach|filter|find|at|length|reduce|entries|split|replace|replaceAll|startsWith|endsWith';

/** What JavaScript says if code reads an event in another form than it has. */
const misread = new RegExp(
  `\\(reading '(?:${members})'\\)|not iterable|Cannot destructure|"undefined" is not valid JSON|Unexpected token .*JSON|is not valid JSON`,
);

/** Says in which form the event came, if the handler failed at reading it. */
export function hintAtForm({ destination, entries, error, takesMessages = false }: FailedCall): string | undefined {
  const [entry] = entries;
  const { name, message } = readError(error);
  if (entry === undefined) return undefined;
  const kind = findDestination(destination)?.kind ?? 'event-bridge';
  if (name === 'TypeError' || name === 'SyntaxError') {
    if (!misread.test(message)) return undefined;
    if (entry.name === 'TestEvent')
      return 'S3 sends a TestEvent when a request puts the configuration, and it has no Records: leave such a message out';
    if (takesMessages) return 'forward gets the text of each message: the event of S3 is JSON.parse(message)';
    return kind === 'queue' && entry.destination !== destination ? ofTopicInQueue : forms[kind];
  }
  return isMissing(error) && kind !== 'event-bridge' ? hintAtEncodedKey(entries) : undefined;
}

function hintAtEncodedKey(entries: readonly EventEntry[]): string | undefined {
  const entry = entries.find(
    ({ key, record }) => key !== undefined && record !== undefined && record.s3.object.key !== key,
  );
  if (entry?.key === undefined) return undefined;
  return `the key of an event is URL-encoded, ${writeKey(entry.record?.s3.object.key ?? '')}: decodeURIComponent(key.replace(/\\+/g, ' ')) is ${writeKey(entry.key)}`;
}

const missing: ReadonlySet<unknown> = new Set(['NoSuchKey', 'NotFound']);

function isMissing(error: unknown): boolean {
  const { name, code, message } = readError(error);
  return [name, code].some((one) => missing.has(one)) || /The specified key does not exist/.test(message);
}

/** A handler can throw anything, also a value that throws when it is read. */
function readError(error: unknown): { readonly name: unknown; readonly code: unknown; readonly message: string } {
  try {
    // An error of a test file is an object of another realm.
    const thrown: unknown = typeof error === 'object' && error !== null ? error : {};
    const { name, code, message } = thrown as Partial<Record<string, unknown>>; // any name can be asked for
    return { name, code, message: typeof message === 'string' ? message : '' };
  } catch {
    return { name: undefined, code: undefined, message: '' };
  }
}
