import type { HandlerCall } from '../events/delivery-run';
import type { EventEntry } from '../events/entry';
import type { RequestEntry } from '../journal/entry';
import { writeKey } from '../text/values';

/** The handler reads the ETag, in the spelling of records or in that of EventBridge. */
const readsTag = /\be[tT]ag\b/;

/** Says that the event of a call has the ETag of an earlier event of another key, so that code which knows repeated events by it takes the event for one. */
export function writeRepeatedTag(last: HandlerCall, own: readonly HandlerCall[], source: string): readonly string[] {
  const event = last.entries.at(-1);
  const tag = event && readTag(event);
  if (event === undefined || tag === undefined || !readsTag.test(source)) return [];
  // The code has made something of that event, and of none that it ignores for another reason.
  const before = own.slice(0, own.indexOf(last)).filter(({ delivery }) => delivery.requests > 0);
  const first = before.flatMap(({ entries }) => entries).find((one) => readTag(one) === tag);
  if (first === undefined || isOfSameKey(first, event)) return [];
  const why = haveSameBytes(first, event) ? ', since the bytes are equal' : '';
  return [
    `The event of ${writePlace(event)} has the eTag of the event of ${writePlace(first)}${why}: if the code knows repeated events by eTag, let it compare the key and the sequencer.`,
  ];
}

function readTag({ record, document }: EventEntry): string | undefined {
  if (record !== undefined) return record.s3.object.eTag;
  return 'detail' in document && 'etag' in document.detail.object ? document.detail.object.etag : undefined;
}

function isOfSameKey(one: EventEntry, other: EventEntry): boolean {
  return one.bucket === other.bucket && one.key === other.key;
}

function haveSameBytes(one: EventEntry, other: EventEntry): boolean {
  const [body, otherBody] = [one, other].map(readBody);
  return body !== undefined && otherBody !== undefined && Buffer.compare(body, otherBody) === 0;
}

function readBody({ cause }: EventEntry): RequestEntry['body'] {
  return cause !== undefined && 'method' in cause && cause.operation === 'PutObject' ? cause.body : undefined;
}

function writePlace({ bucket, key = '' }: EventEntry): string {
  return writeKey(`${bucket}/${key}`);
}
