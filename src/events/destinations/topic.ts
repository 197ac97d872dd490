import type { Ids } from '../../model/ids';
import type { TopicEvent } from '../handler-types';
import type { Destination } from './destination';

/** A message that S3 published to a topic. */
export interface TopicMessage {
  readonly id: string;
  /** As S3 sent it. */
  readonly body: string;
  /** Milliseconds since 1970. */
  readonly sent: number;
  readonly signature: string;
  /** The id of the subscription, the last part of its ARN. */
  readonly subscription: string;
}

const CERTIFICATE = 'SimpleNotificationService-7ff5318490ec183fbaddaa2a969abfda.pem';

/** The members of an envelope, in the order in which SNS writes them. */
function envelopeOf({ text, region, partition }: Destination, message: TopicMessage) {
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

/** The event of a function that is subscribed to a topic (F786). */
export function topicEvent(topic: Destination, message: TopicMessage): TopicEvent {
  const { subscription, envelope, certificate, unsubscribe } = envelopeOf(topic, message);
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

/** The body of the message in a queue that is subscribed to a topic: SNS spells two of its members otherwise there (F786). */
export function topicBody(topic: Destination, message: TopicMessage): string {
  const { envelope, certificate, unsubscribe } = envelopeOf(topic, message);
  return JSON.stringify({ ...envelope, SigningCertURL: certificate, UnsubscribeURL: unsubscribe });
}

/** Text in the form of a signature of SNS, which no key verifies. */
export function newSignature(ids: Ids): string {
  return `${ids.text('delivery', base64, 342)}==`;
}

const base64 = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';
