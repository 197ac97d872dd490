import { listChanges } from '../events/changed-objects';
import type { HandlerCall } from '../events/delivery-run';
import type { EventEntry } from '../events/entry';
import type { RequestEntry } from '../journal/entry';
import { notificationEvents } from '../model/configurations/notification';
import { counted } from '../text/counts';
import { firstFound } from '../text/lists';
import { writeKey, writeValue } from '../text/values';
import { type FailedError, isOfMissingObject } from '../thrown-errors';
import { readCompared } from './compared-texts';
import { isAssertion } from './errors';
import { findMissingObject } from './library-assertions';
import { writeRepeatedTag } from './repeated-events';

/** The most events of a handler that are listed. */
const LISTED = 3;

/** A shorter text is in many keys. */
const SHORTEST = 3;

/** A bundle can be a single function. */
const LONGEST = 20_000;

/** Says which events a handler got that sent S3 no request, if a test misses what it should have made of them. */
export function writeHandledEvents(calls: readonly HandlerCall[], errors: readonly FailedError[]): string | undefined {
  const isMeant = findMeaning(errors);
  const last = isMeant && calls.findLast(({ entries }) => entries.some(({ key }) => key !== undefined && isMeant(key)));
  if (last === undefined || last.delivery.requests > 0 || !last.delivery.hasEnded) return undefined;
  const own = calls.filter(({ destination, handler }) => destination === last.destination && handler === last.handler);
  const events = own.flatMap(({ entries }) => entries);
  const which = own.every(({ delivery }) => delivery.requests === 0) ? '' : ' for the last one';
  const got = `The handler of ${writeValue(last.destination)} got ${listEvents(events)}, and sent S3 no request${which}.`;
  return [got, ...writeNames(last, events), ...writeRepeatedTag(last, own, readSource(last))].join(' ');
}

function readSource({ handler }: HandlerCall): string {
  return withoutComments(sourceOf(handler));
}

/** How a handle names the object that it does not find. */
const ofHandle = /^there is no object '([^'\n]{1,1100})' in bucket '/;

function findMissingKey(errors: readonly FailedError[]): string | undefined {
  const thrown = firstFound(errors.filter(isOfMissingObject), ({ message }) => ofHandle.exec(message)?.[1]);
  return findMissingObject(errors)?.key ?? thrown;
}

/** Which keys a failed assertion is about: the object that it misses has the name of what it is made of. */
function findMeaning(errors: readonly FailedError[]): ((key: string) => boolean) | undefined {
  const missing = findMissingKey(errors);
  if (missing !== undefined) return (key) => nameOfFile(key) === nameOfFile(missing);
  const texts = errors.filter(isAssertion).flatMap((error) => {
    const { expected, received } = readCompared(error);
    return [...expected, ...received];
  });
  return texts.length === 0
    ? undefined
    : (key) => key.length >= SHORTEST && texts.some((text) => text === key || text.includes(`/${key}`));
}

/** The last part of a key, without its extension. */
function nameOfFile(key: string): string {
  return (key.split('/').at(-1) ?? '').replace(/(?<=.)\.[^.]*$/, '');
}

function listEvents(events: readonly EventEntry[]): string {
  const last = events.slice(-LISTED).map(({ name, bucket, key = '' }) => `${name} of ${writeKey(`${bucket}/${key}`)}`);
  const before = events.length - last.length;
  return [...(before > 0 ? [counted(before, 'event')] : []), ...last].join(', then ');
}

/** Says which name in the source of the handler no event has that came to it. */
function writeNames(call: HandlerCall, events: readonly EventEntry[]): readonly string[] {
  // What EventBridge sends has other names.
  if (events.some(({ record }) => record === undefined)) return [];
  const source = readSource(call);
  const [first] = events;
  // A name that the code makes by itself is another one than that of the record.
  if (isMade.test(source)) return [];
  const compared = listCompared(source);
  const prefixed = compared.find((text) => text.startsWith('s3:'));
  if (prefixed !== undefined && first !== undefined && !compared.some((text) => text.startsWith('Object')))
    return [
      `Its source has ${writeValue(prefixed)}, and eventName in a record begins without s3:, as ${writeValue(first.name)} does: leave s3: out.`,
    ];
  const isExact = compared.includes('ObjectRemoved:Delete') && !/ObjectRemoved:(?!Delete['"`])/.test(source);
  const names = new Set(events.map(({ name }) => name));
  if (isExact && names.has('ObjectRemoved:DeleteMarkerCreated') && !names.has('ObjectRemoved:Delete'))
    return [
      `Its source has 'ObjectRemoved:Delete', the event of a delete of a version; in a bucket with versioning, a delete without VersionId is ObjectRemoved:DeleteMarkerCreated: compare eventName.startsWith('ObjectRemoved:').`,
    ];
  return [];
}

/** Whether code joins the text s3: with a name, or gives eventName another value than the member of a record. */
const isMade = /s3:(?:['"`]|\$\{)|\beventName\s*=(?![=>])(?!\s*[\w.?[\]]+\.eventName\b(?!\s*[.(+[]))/;

const literal = `(['"\`])((?:s3:)?(?:Object|Reduced|Replication|Lifecycle)[\\w:*]*)`;

/** The places of a source that compare eventName itself with a text. A text elsewhere can be one of a log. */
const comparisons: readonly RegExp[] = [
  new RegExp(`\\beventName\\s*[!=]==?\\s*${literal}\\1`, 'g'),
  new RegExp(`\\beventName\\??\\.(?:startsWith|includes)\\(\\s*${literal}\\1`, 'g'),
  new RegExp(`${literal}\\1\\s*[!=]==?\\s*(?:[\\w.?[\\]]+\\.)?eventName\\b(?!\\s*[.(+[])`, 'g'),
];

function listCompared(source: string): readonly string[] {
  return comparisons.flatMap((form) => [...source.matchAll(form)].map(([, , text = '']) => text));
}

/** A function of a test that crossed into the engine is a Proxy, which knows the source. A text that the test wrote for its function is none. */
function sourceOf(handler: HandlerCall['handler']): string {
  if (Object.hasOwn(handler, 'toString')) return '';
  const source = String(handler);
  return source.length > LONGEST ? '' : source;
}

function withoutComments(source: string): string {
  return source.replace(/\/\*[\s\S]*?(?:\*\/|(?![\s\S]))|(?<![:'"`])\/\/.*$/gm, '');
}

/** Writes the notification of a bucket to a destination, whose ARN names the service. */
const notifications: Readonly<Record<string, (destination: string, events: string) => string>> = {
  sqs: (arn, events) => `QueueConfigurations: [{ QueueArn: ${arn}, Events: ${events} }]`,
  sns: (arn, events) => `TopicConfigurations: [{ TopicArn: ${arn}, Events: ${events} }]`,
  lambda: (arn, events) => `LambdaFunctionConfigurations: [{ LambdaFunctionArn: ${arn}, Events: ${events} }]`,
  eventbridge: () => 'EventBridgeConfiguration: {}',
};

const notificationsOf: Readonly<Record<RequestEntry['dialect'], typeof notifications>> = {
  aws: notifications,
  'ibm-cos': {},
};

/** The requests after which a bucket has no notification of its fixture. */
const endFixture: ReadonlySet<string | undefined> = new Set(['CreateBucket', 'PutBucketNotificationConfiguration']);

/** Some events belong to no family, so that S3 knows no event for all of it. */
function nameFamily(event: string): string {
  const family = `s3:${event.split(':')[0]}:*`;
  return notificationEvents.some((one) => one === family) ? family : `s3:${event}`;
}

/** The notification that the only bucket needs whose objects a test has changed, with a blank in front. It is empty if nobody knows which. */
export function writeNotificationCure(destination: string, entries: readonly RequestEntry[]): string {
  const changed = entries.filter((entry) => listChanges(entry).length > 0);
  const [bucket, ...others] = new Set(changed.map((entry) => entry.bucket));
  const [first] = changed;
  if (first === undefined || bucket === undefined || others.length > 0) return '';
  // The test makes the bucket by itself, or replaces what the fixture gives it.
  if (entries.some((entry) => entry.bucket === bucket && endFixture.has(entry.operation))) return '';
  const families = new Set(changed.flatMap(listChanges).map(({ event }) => nameFamily(event)));
  const write = notificationsOf[first.dialect][destination.split(':')[2] ?? destination];
  return write === undefined
    ? ''
    : ` Give the bucket of the fixture one: ${writeKey(bucket)}: { notification: { ${write(writeValue(destination), writeValue([...families]))} } }.`;
}
