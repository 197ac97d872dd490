import { inspect } from 'node:util';
import type { RequestEntry } from '../journal/entry';
import { freezeParts } from '../journal/entry-record';
import type { Columns } from '../journal/lines';
import type {
  S3EventBridgeEvent,
  S3Notification,
  S3NotificationRecord,
  S3TestNotification,
} from '../model/events/documents';
import type { EventDestination, EventName, Report } from '../model/events/report';
import type { ServiceAction } from '../model/schedule/service-action';
import { visible, writeKey } from '../text/values';

/**
 * An event that S3 sent to one destination of a bucket's notification configuration.
 *
 * @example
 * const removed = s3.events.last('ObjectRemoved:DeleteMarkerCreated', { key: 'report.pdf' });
 * expect(removed?.versionId).toBe(s3.bucket('vault').newest('report.pdf').versionId);
 */
export interface EventEntry {
  /**
   * The name without `s3:`, such as `ObjectCreated:Put`; `TestEvent` if a configuration was put. For EventBridge, it is the name that
   * queues would get.
   */
  readonly name: EventName;
  /** The bucket's name. */
  readonly bucket: string;
  /** The key as clients write it, not encoded as in the record; undefined for a test event. */
  readonly key: string | undefined;
  /** The version that the event is about; undefined for a null version, and in a bucket in which versioning was never set. */
  readonly versionId: string | undefined;
  /** The ARN of the queue, the topic or the function, or `'eventbridge'`. */
  readonly destination: EventDestination;
  /** The `Id` of the configuration that asked for the event; undefined for EventBridge and for test events. */
  readonly configurationId: string | undefined;
  /** The time of the change, by the mock's clock. */
  readonly time: Date;
  /**
   * The one record of the message in S3's own form, with an encoded key; undefined for EventBridge and for test events. It is frozen:
   * `structuredClone(record)` is a copy that your code can change.
   */
  readonly record: S3NotificationRecord | undefined;
  /** The whole message, before a queue or a topic wraps it. It is frozen; a handler of `deliverTo` gets a copy that it can change. */
  readonly document: S3Notification | S3TestNotification | S3EventBridgeEvent;
  /**
   * The request that made the change, or what S3 did by itself; undefined once `s3.requests` no longer contains it, for example after its
   * `clear()`.
   */
  readonly cause: RequestEntry | ServiceAction | undefined;
  /**
   * The mock's remarks, a sentence each, if the handler returned an answer that Lambda would ignore; empty before the event was delivered.
   */
  readonly notes: readonly string[];
}

/** The cause of an event. It is read anew each time, since the journal may have dropped the request, or a part of it. */
export interface EventCause {
  readonly write: () => string;
  readonly read: () => RequestEntry | ServiceAction | undefined;
}

/** The causes by their entries. They are no members, since their text contains the number of a request in the journal. */
const causes = new WeakMap<EventEntry, EventCause>();

/** The notes by their entries, which are frozen before a handler can cause a note. */
const notes = new WeakMap<EventEntry, readonly string[]>();
const none: readonly string[] = Object.freeze([]);

export function addNote(entry: EventEntry, note: string): void {
  const before = notes.get(entry) ?? none;
  if (!before.includes(note)) notes.set(entry, Object.freeze([...before, note]));
}

/** Makes an entry. It keeps no request in memory: the cause is read when somebody asks for it. */
export function makeEventEntry(report: Report, cause: EventCause): EventEntry {
  const { time } = report;
  const document = freezeParts(copyDocument(report.document));
  const entry: EventEntry = {
    name: report.name,
    bucket: report.bucket,
    key: report.key,
    versionId: report.versionId,
    destination: report.destination,
    configurationId: report.configurationId,
    time: new Date(time),
    record: 'Records' in document ? document.Records[0] : undefined,
    document,
    get cause() {
      return cause.read();
    },
    get notes() {
      return notes.get(entry) ?? none;
    },
  };
  // Node would print [Getter] in place of the cause.
  Object.defineProperty(entry, inspect.custom, { value: () => ({ ...entry }) });
  causes.set(entry, cause);
  return Object.freeze(entry);
}

/**
 * The document in JSON's form, without undefined members. Each handler gets its own copy, since handlers often replace the key by the
 * decoded key.
 */
export function copyDocument<Document extends object>(document: Document): Document {
  return JSON.parse(JSON.stringify(document));
}

/** `3. 12:00:00.000  ObjectCreated:Put  vault/a.jpg  version v1  to arn:aws:sqs:... by 'thumbnails'  (request 3, PutObject)` */
export const eventColumns: Columns<EventEntry> = {
  label: 's3.events',
  noun: 'event',
  aligned: 6,
  widest: 60,
  ofMoment: 1,
  cells(event) {
    const { name, bucket, key, versionId, destination, configurationId, time } = event;
    const cause = causes.get(event);
    return [
      time.toISOString().slice(11, 23),
      name,
      visible([bucket, key].filter((part) => part !== undefined).join('/')),
      versionId === undefined ? '' : `version ${visible(versionId)}`,
      `to ${destination}${configurationId === undefined ? '' : ` by ${writeKey(configurationId)}`}`,
      cause === undefined ? '' : `(${cause.write()})`,
    ];
  },
  below: (event) => event.notes.map((note) => `note: ${note}`),
};

/** An event as JSON: what S3 sent, and where to. */
export interface EventLiteral {
  /** The name of the event, without `s3:`. */
  readonly name: string;
  /** The bucket's name. */
  readonly bucket: string;
  /** The key, not encoded; left out for a test event. */
  readonly key?: string;
  /** The version; left out for a null version, and in a bucket in which versioning was never set. */
  readonly versionId?: string;
  /** The ARN of the queue, the topic or the function, or `eventbridge`. */
  readonly destination: string;
  /** The `Id` of the configuration that asked for the event; left out for EventBridge and for test events. */
  readonly configurationId?: string;
}

export function makeEventLiteral({
  name,
  bucket,
  key,
  versionId,
  destination,
  configurationId,
}: EventEntry): EventLiteral {
  return {
    name,
    bucket,
    ...(key !== undefined && { key }),
    ...(versionId !== undefined && { versionId }),
    destination,
    ...(configurationId !== undefined && { configurationId }),
  };
}
