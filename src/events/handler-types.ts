import type { S3EventBridgeDetail, S3EventBridgeEvent, S3Notification } from '../model/events/documents';
import type { Duration } from '../text/moments';

/** The context that Lambda gives to a function. */
export interface LambdaContext {
  /** Lambda waits for an empty event loop before it answers. The mock does not wait, whatever the value. */
  callbackWaitsForEmptyEventLoop: boolean;
  /** The name in the function's ARN. */
  functionName: string;
  /** The version in the function's ARN. Default `$LATEST`. */
  functionVersion: string;
  /** The ARN of the function in the bucket's configuration, with its version or alias. */
  invokedFunctionArn: string;
  /** The memory in megabytes. */
  memoryLimitInMB: string;
  /** The id of the invocation. */
  awsRequestId: string;
  /** `/aws/lambda/` and the function's name. */
  logGroupName: string;
  /** The day, the version and an id. */
  logStreamName: string;
  /** Always undefined: S3 calls functions without it. */
  identity: undefined;
  /** Always undefined: S3 calls functions without it. */
  clientContext: undefined;
  /** Always undefined: S3 calls functions without it. */
  tenantId: undefined;
  /** Returns the milliseconds that are left of the function's time limit. The limit is a minute, or the `timeout` of the handler. */
  getRemainingTimeInMillis(): number;
  /** Ends the invocation. If there is an error, the invocation fails with it. */
  done(error?: Error, result?: unknown): void;
  /** Ends the invocation with an error. */
  fail(error: Error | string): void;
  /** Ends the invocation successfully. */
  succeed(result?: unknown, object?: unknown): void;
}

/** The callback that ends the invocation, for a handler that declares it as its third parameter. */
export type LambdaCallback = (error?: Error | string | null, result?: unknown) => void;

/**
 * A handler of an event. Its type comes from a method, so that its parameters can be narrower: types of handlers, also in
 * `@types/aws-lambda`, promise members that some events lack, and literals where the messages contain text.
 */
type HandlerOf<Message> = {
  handle(event: Message, context: LambdaContext, callback: LambdaCallback): unknown;
}['handle'];

/** A message of a queue, as Lambda hands it to a function. */
export interface QueueRecord {
  messageId: string;
  receiptHandle: string;
  /** The message as JSON: the message of S3, or the envelope of a topic. */
  body: string;
  attributes: {
    /** The `X-Amzn-Trace-Id` header of the request that made the change, if the request contained the header. */
    AWSTraceHeader?: string;
    ApproximateReceiveCount: string;
    SentTimestamp: string;
    SenderId: string;
    ApproximateFirstReceiveTimestamp: string;
  };
  messageAttributes: Record<string, never>;
  md5OfBody: string;
  eventSource: string;
  eventSourceARN: string;
  awsRegion: string;
}

/** A batch of messages of a queue. */
export interface QueueEvent {
  /** The messages, ten at most. */
  Records: QueueRecord[];
}

/** A message of a topic, as Lambda hands it to a function. */
export interface TopicRecord {
  EventSource: string;
  EventVersion: string;
  EventSubscriptionArn: string;
  Sns: {
    Type: string;
    MessageId: string;
    TopicArn: string;
    Subject: string;
    /** The message as JSON, as S3 sent it. */
    Message: string;
    Timestamp: string;
    SignatureVersion: string;
    Signature: string;
    SigningCertUrl: string;
    UnsubscribeUrl: string;
    MessageAttributes: Record<string, never>;
  };
}

/** The message of a topic. */
export interface TopicEvent {
  /** The message. The list always contains exactly one. */
  Records: TopicRecord[];
}

/** A handler of a function that S3 calls. */
export type FunctionHandler = HandlerOf<S3Notification>;
/** A handler that consumes a queue. It can return `{ batchItemFailures }`: the queue delivers those messages again. */
export type QueueHandler = HandlerOf<QueueEvent>;
/** A handler of a function that is subscribed to a topic. */
export type TopicHandler = HandlerOf<TopicEvent>;
/**
 * A handler of the events of EventBridge. Its type can be narrower: it can name the `detail-type` and only the members of `detail` that it
 * reads.
 */
export type EventBridgeHandler = HandlerOf<PromisedEvent>;

// biome-ignore lint/suspicious/noExplicitAny: the type of a handler names some words of many, and nothing else is assignable to each of them
type Word = any;

type DetailWord = 'reason' | 'deletion-type' | `${'source' | 'destination'}-storage-class` | 'destination-access-tier';

/** An event of EventBridge with the members of all kinds of events. The type of a handler declares some of them. */
interface PromisedEvent extends Omit<S3EventBridgeEvent, 'source' | 'detail-type' | 'detail'> {
  source: 'aws.s3';
  'detail-type': Word;
  detail: Promised<Omit<S3EventBridgeDetail, DetailWord>> & Record<DetailWord, Word>;
}

type Promised<Message> = {
  [Name in keyof Message]-?: Message[Name] extends object | undefined
    ? Promised<NonNullable<Message[Name]>>
    : Message[Name];
};

/** A handler, and the role of its function. The requests of the handler have the rights of the role. */
export interface HandlerWithRole<Handler> {
  /** The handler, in the same form as without a role. */
  readonly handler: Handler;
  /**
   * The ARN of the role, or the name of a role of the default account. If the role has a trust policy, the policy must trust
   * `lambda.amazonaws.com`. A session of the role sends the requests that the handler signs with the keys of the environment, or with keys
   * that belong to nobody.
   */
  readonly role: string;
  /** The time limit of a call, as in `HandlerWithTimeout`. Default one minute. */
  readonly timeout?: Duration | undefined;
}

/** A handler, and the time limit of its function. */
export interface HandlerWithTimeout<Handler> {
  /** The handler, in the same form as without a timeout. */
  readonly handler: Handler;
  /** The time limit of a call. After it, the delivery fails and the next call begins. At most 15 minutes, as with Lambda. */
  readonly timeout: Duration;
  /** Always undefined: a handler with a role is a `HandlerWithRole`. */
  readonly role?: undefined;
}

/**
 * Passes the messages of a queue or a topic on, each as the text that S3 sends: to a real queue, for instance of an emulator, or to code that
 * does not run as a function.
 */
export interface MessageForwarder {
  /** Called with each message. If it throws, or its promise is rejected, the delivery fails. */
  readonly forward: (message: string) => unknown;
  /** The time limit of a call. At most 15 minutes. Default one minute. */
  readonly timeout?: Duration | undefined;
  /** Always undefined: no function runs that could have a role. */
  readonly role?: undefined;
}

/** The subscription of a queue to a topic. The queue's handler gets the topic's envelope as the body of a message. */
export interface QueueSubscription {
  /** The ARN of the queue. The queue needs its own handler. */
  readonly queue: string;
  /** If `true`, the message comes without the envelope, as with SNS's raw message delivery. Default `false`. */
  readonly rawMessageDelivery?: boolean | undefined;
}

/** The subscribers of a topic: a handler, with a role or without, a queue, `{ forward }`, or a list of them. */
export type TopicSubscribers =
  | TopicHandler
  | HandlerWithRole<TopicHandler>
  | HandlerWithTimeout<TopicHandler>
  | QueueSubscription
  | MessageForwarder
  | readonly (
      | TopicHandler
      | HandlerWithRole<TopicHandler>
      | HandlerWithTimeout<TopicHandler>
      | QueueSubscription
      | MessageForwarder
    )[];

/** Handlers by their destination: the ARN of a function, a queue or a topic, as a bucket's configuration names it, or `eventbridge`. */
export interface EventHandlers {
  /** The function's handler. */
  readonly [arn: `arn:${string}:lambda:${string}`]:
    | FunctionHandler
    | HandlerWithRole<FunctionHandler>
    | HandlerWithTimeout<FunctionHandler>;
  /** The handler that consumes the queue, or `{ forward }`, which gets its messages as S3 sends them. */
  readonly [arn: `arn:${string}:sqs:${string}`]:
    | QueueHandler
    | HandlerWithRole<QueueHandler>
    | HandlerWithTimeout<QueueHandler>
    | MessageForwarder;
  /** The subscribers of the topic. */
  readonly [arn: `arn:${string}:sns:${string}`]: TopicSubscribers;
  /** The handler of the events that buckets send to EventBridge. */
  readonly eventbridge?:
    | EventBridgeHandler
    | HandlerWithRole<EventBridgeHandler>
    | HandlerWithTimeout<EventBridgeHandler>;
}

/**
 * Handlers by destinations that the compiler knows only as `string`: `{ [arn]: handler }` accepts any handler. It does not contain
 * `eventbridge`: pass that handler to `deliverTo`.
 */
export interface HandlersByText {
  readonly eventbridge?: never;
}

/** The handler of a destination. If the compiler does not know the kind of the destination, it accepts any handler. */
export type DestinationHandler<Destination extends string> = Destination extends keyof EventHandlers
  ? NonNullable<EventHandlers[Destination]>
  : string extends Destination
    ? EventHandlers[keyof EventHandlers]
    : never;
