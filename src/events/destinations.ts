import { md5 } from '../formats/digests';
import type { Ids } from '../model/ids';
import { invalidValue } from '../text/invalid-value';
import { makeMistake } from '../text/mistakes';
import { findNearestName } from '../text/spelling';
import { isRecord } from '../text/value-kinds';
import type { LambdaContext, QueueEvent, QueueRecord, TopicEvent } from './handler-types';

export interface Destination {
  readonly kind: 'function' | 'queue' | 'topic' | 'event-bridge';
  readonly text: string;
  readonly partition: string;
  readonly region: string;
  readonly account: string;
  readonly name: string;
  readonly qualifier: string | undefined;
}

const eventBridge: Destination = {
  kind: 'event-bridge',
  text: 'eventbridge',
  partition: 'aws',
  region: 'us-east-1',
  account: '000000000000',
  name: 'eventbridge',
  qualifier: undefined,
};

const head =
  /^arn:(?<partition>aws[\w-]*):(?<service>lambda|sqs|sns):(?<region>[a-z\d-]+):(?<account>\d{12}):(?<rest>.+)$/;

const services = {
  lambda: { kind: 'function', form: /^function:(?<name>[\w-]+)(?::(?<qualifier>[\w$-]+))?$/ },
  sqs: { kind: 'queue', form: /^(?<name>[\w-]{1,80})$/ },
  sns: { kind: 'topic', form: /^(?<name>[\w-]{1,256})$/ },
} as const;

const expected =
  "'eventbridge', or the ARN of a function, a queue or a topic: 'arn:aws:lambda:REGION:ACCOUNT:function:NAME', " +
  "'arn:aws:sqs:REGION:ACCOUNT:NAME', 'arn:aws:sns:REGION:ACCOUNT:NAME'";

export function readDestination(call: string, text: unknown): Destination {
  if (text === eventBridge.text) return eventBridge;
  const found = typeof text === 'string' ? findDestination(text) : undefined;
  if (found !== undefined) return found;
  throw invalidValue(call, 'destination', text, whyNot(text), [eventBridge.text]);
}

export function findDestination(text: string): Destination | undefined {
  const { partition, service, region, account, rest } = head.exec(text)?.groups ?? {};
  if (partition === undefined || region === undefined || account === undefined || rest === undefined) return undefined;
  const { kind, form } = services[service as keyof typeof services]; // one of the words of the form
  const { name, qualifier } = form.exec(rest)?.groups ?? {};
  return name === undefined ? undefined : { kind, text, partition, region, account, name, qualifier };
}

function whyNot(text: unknown): string {
  if (typeof text !== 'string') return expected;
  // Buckets cannot name such a queue or topic, so no event would ever come (F362).
  if (/:(?:sqs|sns):/.test(text) && text.endsWith('.fifo'))
    return 'a standard queue or topic, since S3 does not send to FIFO queues and topics';
  if (/^arn:aws[\w-]*:events:/.test(text)) return "'eventbridge': buckets send to the default bus, and do not name it";
  return expected;
}

/** The methods of the context that end a call. The first call of one of them counts (F787). */
export type Ends = Pick<LambdaContext, 'done' | 'fail' | 'succeed'>;

interface Invocation extends Ends {
  readonly requestId: string;
  readonly streamId: string;
  /** The time-out in milliseconds. */
  readonly timeout: number;
  /** Milliseconds since 1970, by the clock of the mock. */
  readonly time: number;
  readonly realNow: () => number;
}

/** Writes the ARN without a version. A function behind a queue or a topic is assumed to have its name. */
export function writeFunctionArn({
  partition,
  region,
  account,
  name,
}: Pick<Destination, 'partition' | 'region' | 'account' | 'name'>): string {
  return `arn:${partition}:lambda:${region}:${account}:function:${name}`;
}

/** A function behind a queue, a topic or EventBridge has the name of what it listens to, since nothing else is known of it (F785). */
export function makeLambdaContext(
  { partition, region, account, name, qualifier }: Destination,
  { requestId, streamId, timeout, time, realNow, ...ends }: Invocation,
): LambdaContext {
  const version = qualifier !== undefined && /^\d+$/.test(qualifier) ? qualifier : '$LATEST';
  const arn = writeFunctionArn({ partition, region, account, name });
  // The remaining time is counted by the time of the process, as in Lambda. A test that fakes this time decides how much is left.
  const deadline = realNow() + timeout;
  return {
    ...ends,
    callbackWaitsForEmptyEventLoop: true,
    functionName: name,
    functionVersion: version,
    memoryLimitInMB: '128',
    logGroupName: `/aws/lambda/${name}`,
    logStreamName: `${new Date(time).toISOString().slice(0, 10).replaceAll('-', '/')}/[${version}]${streamId}`,
    clientContext: undefined,
    identity: undefined,
    invokedFunctionArn: qualifier === undefined ? arn : `${arn}:${qualifier}`,
    awsRequestId: requestId,
    tenantId: undefined,
    getRemainingTimeInMillis: () => deadline - realNow(),
  };
}

export interface QueueMessage {
  readonly id: string;
  readonly body: string;
  readonly trace: string | undefined;
  readonly receives: number;
  /** Milliseconds since 1970. */
  readonly sent: number;
  readonly receipt: string;
}

/** Lambda's default (F783). */
export const BATCH = 10;
/** The number of deliveries after which a real queue moves a message to its dead-letter queue (F784). */
export const RECEIVES = 3;

/** A sender's id in the form that received messages contain (F783). */
const SENDER = 'AIDAS3MOCK0000000000E';

/** Makes the event that Lambda passes to a function for messages of a queue (F783). */
export function makeQueueEvent({ text, region }: Destination, messages: readonly QueueMessage[]): QueueEvent {
  return { Records: messages.map((message) => makeRecord(message, text, region)) };
}

function makeRecord(
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

const listName = 'batchItemFailures';
const idName = 'itemIdentifier';

/** Lambda takes an unknown, empty or missing identifier for the failure of the whole batch (F784): a mistake of the handler, so it is thrown. */
export function readFailedMessages<M extends QueueMessage>(messages: readonly M[], answer: unknown): readonly M[] {
  const failures = readMember(answer, listName);
  if (failures === undefined || failures === null) return [];
  if (!Array.isArray(failures))
    throw makeMistake(`batchItemFailures must be a list of { itemIdentifier }, but it is ${typeof failures}`);
  const ids = failures.map((failure: unknown) => readMember(failure, idName));
  const unknown = ids.filter((id) => !messages.some((message) => message.id === id));
  if (unknown.length > 0)
    throw makeMistake(
      `batchItemFailures names the itemIdentifier ${JSON.stringify(unknown[0]) ?? 'undefined'}, but no message of the batch has this messageId: ` +
        'Lambda treats the whole batch as failed',
    );
  return messages.filter(({ id }) => ids.includes(id));
}

/** Lambda takes such an answer for the success of all messages (F1580). */
export function noteOnBatchAnswer(answer: unknown): string | undefined {
  const ignored = 'which Lambda ignores, so that all messages count as done';
  if (typeof answer === 'string' && [listName, idName].some((name) => answer.includes(name)))
    return `the handler returned ${listName} as text, ${ignored}; return the object`;
  if (namesMessages(answer)) return `the handler returned a list, ${ignored}; return { ${listName}: list }`;
  if (!isRecord(answer) || listName in answer) return undefined;
  const meant = Object.entries(answer).find(
    ([name, value]) => findNearestName(name, [listName]) !== undefined || namesMessages(value),
  );
  return meant && `the handler returned ${meant[0]}, ${ignored}. Did you mean ${listName}?`;
}

function namesMessages(value: unknown): boolean {
  return Array.isArray(value) && value.some((one) => readMember(one, idName) !== undefined);
}

/** Notes an answer that nobody reads: S3, SNS and EventBridge ignore the answers of functions (F1580). */
export function noteOnAnswer(answer: unknown): string | undefined {
  const failures = readMember(answer, listName);
  if (!Array.isArray(failures) || failures.length === 0) return undefined;
  return `the handler returned ${listName}, which Lambda reads only for the batches of a queue; throw an error, so that the event is sent again`;
}

function readMember(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null ? Reflect.get(value, name) : undefined;
}

export function makeReceipt(ids: Ids, { text }: Destination): string {
  return `AQEB${ids.text(`delivery ${text}`, base64, 172)}`;
}

const base64 = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';

export interface TopicMessage {
  readonly id: string;
  readonly body: string;
  /** Milliseconds since 1970. */
  readonly sent: number;
  readonly signature: string;
  readonly subscription: string;
}

const CERTIFICATE = 'SimpleNotificationService-7ff5318490ec183fbaddaa2a969abfda.pem';

/** The members are in the order in which SNS writes them. */
function makeEnvelope({ text, region, partition }: Destination, message: TopicMessage) {
  const domain = partition === 'aws-cn' ? 'amazonaws.com.cn' : 'amazonaws.com';
  const host = `https://sns.${region}.${domain}`;
  const subscription = `${text}:${message.subscription}`;
  return {
    subscription,
    envelope: {
      Type: 'Notification',
      MessageId: message.id,
      TopicArn: text,
      Subject: 'Amazon S3 Notification',
      Message: message.body,
      Timestamp: new Date(message.sent).toISOString(),
      SignatureVersion: '1',
      Signature: message.signature,
    },
    certificate: `${host}/${CERTIFICATE}`,
    unsubscribe: `${host}/?Action=Unsubscribe&SubscriptionArn=${subscription}`,
  };
}

export function makeTopicEvent(topic: Destination, message: TopicMessage): TopicEvent {
  const { subscription, envelope, certificate, unsubscribe } = makeEnvelope(topic, message);
  return {
    Records: [
      {
        EventSource: 'aws:sns',
        EventVersion: '1.0',
        EventSubscriptionArn: subscription,
        Sns: { ...envelope, SigningCertUrl: certificate, UnsubscribeUrl: unsubscribe, MessageAttributes: {} },
      },
    ],
  };
}

/** SNS spells two of its members otherwise in a queue (F786). */
export function writeTopicBody(topic: Destination, message: TopicMessage): string {
  const { envelope, certificate, unsubscribe } = makeEnvelope(topic, message);
  return JSON.stringify({ ...envelope, SigningCertURL: certificate, UnsubscribeURL: unsubscribe });
}

/** Makes up a signature, which no key verifies. */
export function makeSignature(ids: Ids, { text }: Destination): string {
  return `${ids.text(`delivery ${text}`, base64, 342)}==`;
}
