// Compiled, never run: the handlers that the compiler accepts for each kind of destination.
import type {
  EventBridgeEvent,
  EventBridgeHandler,
  S3Event,
  S3Handler,
  S3NotificationEventBridgeHandler,
  S3ObjectCreatedNotificationEvent,
  S3ObjectCreatedNotificationEventDetail,
  S3ObjectDeletedNotificationEvent,
  SNSEvent,
  SNSHandler,
  SQSBatchResponse,
  SQSEvent,
  SQSHandler,
} from 'aws-lambda';
import { type FunctionHandler, mockS3, type QueueHandler, type TopicHandler } from '../../src/index';

declare const s3Handler: S3Handler;
declare const sqsHandler: SQSHandler;
declare const snsHandler: SNSHandler;
declare const created: EventBridgeHandler<'Object Created', S3ObjectCreatedNotificationEventDetail, void>;
declare const anyOfS3: S3NotificationEventBridgeHandler;
declare const deleted: S3NotificationEventBridgeHandler<S3ObjectDeletedNotificationEvent>;
declare const unknownDetail: EventBridgeHandler<string, unknown, void>;
interface Detail {
  readonly bucket: { readonly name: string };
  readonly object: { readonly key: string; readonly size: number; readonly 'version-id'?: string };
  readonly reason: 'PutObject' | 'CopyObject';
}
declare const ownDetail: EventBridgeHandler<'Object Created', Detail, void>;
declare const severalTypes: EventBridgeHandler<'Object Created' | 'Object Deleted', Pick<Detail, 'bucket'>, void>;
declare const account: string;
declare const role: string;
declare const arnOfStack: string;

// All types of @types/aws-lambda, in the option.
export const s3 = mockS3({
  deliver: {
    'arn:aws:lambda:us-east-1:000000000000:function:thumbnail': s3Handler,
    [`arn:aws:lambda:us-east-1:${'000000000000'}:function:audit` as const]: async (event: S3Event) =>
      event.Records.length,
    'arn:aws:sqs:us-east-1:000000000000:uploads': sqsHandler,
    'arn:aws:sqs:us-east-1:000000000000:batches': async (event: SQSEvent): Promise<SQSBatchResponse> => ({
      batchItemFailures: event.Records.map(({ messageId }) => ({ itemIdentifier: messageId })),
    }),
    'arn:aws:sns:us-east-1:000000000000:news': [snsHandler, { queue: 'arn:aws:sqs:us-east-1:000000000000:uploads' }],
    'arn:aws:sns:us-east-1:000000000000:other': (_event: SNSEvent, _context, callback) => callback(null),
    eventbridge: created,
  },
});

// By destinations whose kind the compiler does not know.
mockS3({ deliver: { [arnOfStack]: s3Handler } });
mockS3({ deliver: { [arnOfStack]: sqsHandler, [`${arnOfStack}-2`]: snsHandler } });
mockS3({ deliver: { [arnOfStack]: { handler: sqsHandler, role } } });
const collected: Record<string, S3Handler> = {};
mockS3({ deliver: collected });

mockS3({
  deliver: {
    'arn:aws:lambda:us-east-1:000000000000:function:thumbnail': { handler: s3Handler, role },
    'arn:aws:sqs:us-east-1:000000000000:uploads': { handler: async ({ Records }) => Records[0]?.body, role },
    'arn:aws:sns:us-east-1:000000000000:news': [{ handler: snsHandler, role }, snsHandler],
    eventbridge: { handler: ownDetail, role },
  },
});
s3.deliverTo(arnOfStack, { handler: sqsHandler, role });

s3.deliverTo('arn:aws:lambda:us-east-1:000000000000:function:thumbnail', s3Handler);
s3.deliverTo(`arn:aws:lambda:us-east-1:${account}:function:thumbnail`, s3Handler);
s3.deliverTo(`arn:aws:sqs:us-east-1:${account}:uploads`, sqsHandler);
s3.deliverTo(`arn:aws:sns:us-east-1:${account}:news`, snsHandler);
s3.deliverTo(`arn:aws:sns:us-east-1:${account}:news`, { queue: arnOfStack, rawMessageDelivery: true });
s3.deliverTo(`arn:aws:sqs:us-east-1:${account}:uploads`, { forward: (message) => message.length });
s3.deliverTo(`arn:aws:sns:us-east-1:${account}:news`, [snsHandler, { forward: async (message) => message.length }]);
s3.deliverTo(arnOfStack, { forward: (message: string) => message.length, timeout: { seconds: 5 } });
s3.deliverTo('eventbridge', anyOfS3);
s3.deliverTo('eventbridge', deleted);
s3.deliverTo('eventbridge', unknownDetail);
s3.deliverTo('eventbridge', ownDetail);
s3.deliverTo('eventbridge', severalTypes);
s3.deliverTo('eventbridge', async (event: EventBridgeEvent<'Object Created', Detail>) => event.detail.object.size);
s3.deliverTo(
  'eventbridge',
  async (event: EventBridgeEvent<'Object Created', S3ObjectCreatedNotificationEvent['detail']>) => {
    event.detail.object.key.toUpperCase();
  },
);
// Of an ARN whose kind the compiler does not know, any handler.
s3.deliverTo(arnOfStack, s3Handler);
s3.deliverTo(arnOfStack, sqsHandler);

// A handler without types has those of its destination.
s3.deliverTo('arn:aws:lambda:us-east-1:000000000000:function:thumbnail', async (event, context) => {
  const size: number | undefined = event.Records[0]?.s3.object.size;
  const name: string = context.functionName;
  return { size, name };
});
s3.deliverTo(`arn:aws:sqs:us-east-1:${account}:uploads`, (event, _context, callback) => {
  const body: string | undefined = event.Records[0]?.body;
  callback(null, body);
});
s3.deliverTo('arn:aws:sns:us-east-1:000000000000:news', (event) => event.Records[0]?.Sns.Message.length);
s3.deliverTo('eventbridge', (event) => event.detail.object.key.length);
s3.deliverTo('eventbridge', (event) => {
  const type: string = event['detail-type'];
  const key: string = event.detail.object.key;
  return { type, key };
});
const small = async (event: {
  readonly Records: readonly { readonly s3: { readonly object: { readonly key: string } } }[];
}) => event.Records.map(({ s3: { object } }) => object.key);
s3.deliverTo('arn:aws:lambda:us-east-1:000000000000:function:thumbnail', small);
s3.deliverTo('arn:aws:lambda:us-east-1:000000000000:function:thumbnail', () => {});

export const named: readonly [FunctionHandler, QueueHandler, TopicHandler] = [s3Handler, sqsHandler, snsHandler];

// A handler of another kind.
// @ts-expect-error a queue's
s3.deliverTo('arn:aws:lambda:us-east-1:000000000000:function:thumbnail', sqsHandler);
// @ts-expect-error a function's
s3.deliverTo(`arn:aws:sqs:us-east-1:${account}:uploads`, s3Handler);
// @ts-expect-error a queue's
s3.deliverTo('arn:aws:sns:us-east-1:000000000000:news', sqsHandler);
// @ts-expect-error a topic's
s3.deliverTo('eventbridge', snsHandler);
// @ts-expect-error a function's
s3.deliverTo('eventbridge', s3Handler);
// @ts-expect-error a member that no event has
s3.deliverTo('eventbridge', (event: EventBridgeEvent<'Object Created', { keys: string[] }>) => event.detail.keys);
// @ts-expect-error a queue's, with a role
s3.deliverTo('arn:aws:lambda:us-east-1:000000000000:function:thumbnail', { handler: sqsHandler, role });
// @ts-expect-error a role, and no handler
s3.deliverTo('arn:aws:lambda:us-east-1:000000000000:function:thumbnail', { role });
// @ts-expect-error a queue has no subscribers
s3.deliverTo('arn:aws:sqs:us-east-1:000000000000:uploads', { queue: arnOfStack });
// @ts-expect-error the event of a function is what S3 sends
s3.deliverTo('arn:aws:lambda:us-east-1:000000000000:function:thumbnail', { forward: () => {} });
// @ts-expect-error no function runs, so that there is no role
s3.deliverTo('arn:aws:sqs:us-east-1:000000000000:uploads', { forward: () => {}, role });
// @ts-expect-error not a function
s3.deliverTo('arn:aws:lambda:us-east-1:000000000000:function:thumbnail', { handler: s3Handler });
// @ts-expect-error not a destination
s3.deliverTo('thumbnail', s3Handler);
// @ts-expect-error a queue's, for a function
mockS3({ deliver: { 'arn:aws:lambda:us-east-1:000000000000:function:thumbnail': sqsHandler } });
// @ts-expect-error a function's, for a queue
mockS3({ deliver: { 'arn:aws:sqs:us-east-1:000000000000:uploads': s3Handler } });
// @ts-expect-error not a destination
mockS3({ deliver: { thumbnail: s3Handler } });
// @ts-expect-error a misspelt option
s3.deliverTo('arn:aws:sns:us-east-1:000000000000:news', { queue: arnOfStack, rawMessages: true });
