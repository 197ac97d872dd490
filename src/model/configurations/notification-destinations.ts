import type { ConfigurationValues } from '../../shapes/configurations';

/** A notification configuration. */
export type Notification = ConfigurationValues['notification'];
type Topic = NonNullable<Notification['TopicConfigurations']>[number];

/** The part of a configuration that all kinds of destinations have. */
export type Entry = Omit<Topic, 'TopicArn'>;

/** The events of an entry, and its destination under the name that documents have for it. */
export interface Destination extends Entry {
  readonly kind: 'Topic' | 'Queue' | 'CloudFunction';
  readonly arn: string;
}

/** The destinations of a configuration, in the order in which S3 reads them. */
export function destinationsOf(value: Notification): readonly Destination[] {
  const { TopicConfigurations = [], QueueConfigurations = [], LambdaFunctionConfigurations = [] } = value;
  return [
    ...TopicConfigurations.map(({ TopicArn: arn, ...entry }) => ({ ...entry, kind: 'Topic' as const, arn })),
    ...QueueConfigurations.map(({ QueueArn: arn, ...entry }) => ({ ...entry, kind: 'Queue' as const, arn })),
    ...LambdaFunctionConfigurations.map(({ LambdaFunctionArn: arn, ...entry }) => ({
      ...entry,
      kind: 'CloudFunction' as const,
      arn,
    })),
  ];
}

/** The rules of an entry's filter. */
export function filterRulesOf({ Filter }: Entry) {
  return Filter?.Key?.FilterRules ?? [];
}
