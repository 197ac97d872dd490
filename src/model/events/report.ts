import type { notificationEvents } from '../configurations/notification';
import type { S3EventBridgeEvent, S3Notification, S3TestNotification } from './documents';

/** The name of an event without `s3:`. It is an event that a configuration can name, or the test event. */
export type EventName = Unprefixed<Exclude<(typeof notificationEvents)[number], `${string}:*`>> | 'TestEvent';

type Unprefixed<Name extends string> = Name extends `s3:${infer Rest}` ? Rest : never;

/**
 * The version of the messages: `'2.1'` for messages with versions from 2.1 to 2.3 by their kind, or `'2.6'`, the version of all messages
 * since 2026 (F762).
 */
export type EventVersion = '2.1' | '2.6';

/** The place that an event is sent to: the ARN of a queue, a topic or a function, or the account's default bus of EventBridge. */
export type EventDestination = `arn:${string}` | 'eventbridge';

export interface Report {
  readonly name: EventName;
  /** The bucket's name. */
  readonly bucket: string;
  /** The key, not encoded; undefined for a test event. */
  readonly key: string | undefined;
  /** The version id in the message: undefined for null versions and in buckets in which versioning was never set. */
  readonly versionId: string | undefined;
  readonly destination: EventDestination;
  /** The `Id` of the configuration that asked for the event; undefined for EventBridge and for test events. */
  readonly configurationId: string | undefined;
  /** Milliseconds since 1970. */
  readonly time: number;
  readonly document: S3Notification | S3TestNotification | S3EventBridgeEvent;
}
