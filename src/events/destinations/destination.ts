import { invalidValue } from '../../text/invalid-value';

/** A place that events are delivered to, by the parts of its ARN. */
export interface Destination {
  readonly kind: 'function' | 'queue' | 'topic' | 'event-bridge';
  /** As it was given. */
  readonly text: string;
  readonly partition: string;
  readonly region: string;
  readonly account: string;
  /** The name of the function, the queue or the topic. */
  readonly name: string;
  /** The version or alias of a function. */
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

/** Reads a destination as a test writes it. Throws a TypeError that names the call and what is wrong. */
export function readDestination(call: string, text: unknown): Destination {
  if (text === eventBridge.text) return eventBridge;
  const found = typeof text === 'string' ? destinationOfArn(text) : undefined;
  if (found !== undefined) return found;
  throw invalidValue(call, 'destination', text, whyNot(text), [eventBridge.text]);
}

/** The destination of an ARN that a bucket can name; undefined for any other text. */
export function destinationOfArn(text: string): Destination | undefined {
  const { partition, service, region, account, rest } = head.exec(text)?.groups ?? {};
  if (partition === undefined || region === undefined || account === undefined || rest === undefined) return undefined;
  const { kind, form } = services[service as keyof typeof services]; // one of the words of the form
  const { name, qualifier } = form.exec(rest)?.groups ?? {};
  return name === undefined ? undefined : { kind, text, partition, region, account, name, qualifier };
}

function whyNot(text: unknown): string {
  if (typeof text !== 'string') return expected;
  // Buckets cannot name such a queue or topic, so no event would ever come (F362).
  if (/:(?:sqs|sns):.*\.fifo$/.test(text)) return 'a queue or a topic that S3 can send to, which one of FIFO is not';
  if (/^arn:aws[\w-]*:events:/.test(text)) return "'eventbridge': buckets send to the default bus, and do not name it";
  return expected;
}
