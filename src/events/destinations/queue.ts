import { md5 } from '../../formats/digests';
import type { Ids } from '../../model/ids';
import type { QueueEvent, QueueRecord } from '../handler-types';
import type { Destination } from './destination';

/** A message that waits in a queue. */
export interface QueueMessage {
  readonly id: string;
  readonly body: string;
  /** The `X-Amzn-Trace-Id` of the request that S3 reports; undefined if it had none. */
  readonly trace: string | undefined;
  /** The number of its receives. */
  readonly receives: number;
  /** Milliseconds since 1970. */
  readonly sent: number;
  /** The present receipt of it: each receive has its own. */
  readonly receipt: string;
}

/** The most messages that Lambda hands over at once by default (F783). */
export const BATCH = 10;
/** A message that is reported as failed this often is not delivered again: real queues then move it to their dead-letter queue (F784). */
export const RECEIVES = 3;

/** The user of AWS in whose name S3 sends, of the form that received messages have (F783). */
const SENDER = 'AIDAS3MOCK0000000000E';

/** A batch as Lambda hands it to a function (F783). */
export function queueEvent({ text, region }: Destination, messages: readonly QueueMessage[]): QueueEvent {
  return { Records: messages.map((message) => recordOf(message, text, region)) };
}

function recordOf(
  { id, body, trace, receives, sent, receipt }: QueueMessage,
  arn: string,
  region: string,
): QueueRecord {
  return {
    messageId: id,
    receiptHandle: receipt,
    body,
    attributes: {
      ...(trace !== undefined && { AWSTraceHeader: trace }),
      ApproximateReceiveCount: `${receives}`,
      SentTimestamp: `${sent}`,
      SenderId: SENDER,
      ApproximateFirstReceiveTimestamp: `${sent}`,
    },
    messageAttributes: {},
    md5OfBody: md5(Buffer.from(body)).toString('hex'),
    eventSource: 'aws:sqs',
    eventSourceARN: arn,
    awsRegion: region,
  };
}

/**
 * The messages of a batch that its handler returned as failed. Lambda takes an answer with an unknown, empty or missing identifier for the
 * failure of the whole batch (F784); such an answer is a mistake of the handler, so it is thrown.
 */
export function failedMessages<M extends QueueMessage>(messages: readonly M[], answer: unknown): readonly M[] {
  const failures = memberOf(answer, 'batchItemFailures');
  if (failures === undefined || failures === null) return [];
  if (!Array.isArray(failures))
    throw new TypeError(`batchItemFailures has to be a list of { itemIdentifier }, but it is ${typeof failures}`);
  const ids = failures.map((failure: unknown) => memberOf(failure, 'itemIdentifier'));
  const unknown = ids.filter((id) => !messages.some((message) => message.id === id));
  if (unknown.length > 0)
    throw new TypeError(
      `batchItemFailures names the itemIdentifier ${JSON.stringify(unknown[0]) ?? 'undefined'}, which is the messageId of no message ` +
        'of the batch: Lambda takes the whole batch for failed',
    );
  return messages.filter(({ id }) => ids.includes(id));
}

function memberOf(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null ? Reflect.get(value, name) : undefined;
}

/** The handle of a receive: as opaque as the recorded ones. */
export function newReceipt(ids: Ids): string {
  return `AQEB${ids.text('delivery', base64, 172)}`;
}

const base64 = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';
