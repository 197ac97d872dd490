import { type Argument, anyArgument, argument, type FailsByCode, type Refusal, refusal } from './refusal';

/** An InvalidArgument that the answer explains by its text alone. */
function argumentInvalid(message: string): Refusal<object> & FailsByCode {
  return refusal<object>('InvalidArgument', 400, message, { failsByName: false });
}

/** Refusals of a notification configuration (F361 to F363). */
export const notifications = {
  /** A PUT of a notification configuration with more than 100 destinations. */
  NotificationsTooMany: refusal(
    'InvalidRequest',
    400,
    'Too many configurations submitted. The maximum number of configurations is 100',
  ),
  /** A PUT of a notification configuration for an event that S3 does not have. */
  NotificationEventUnknown: refusal<{ readonly ArgumentValue: string }>(
    'InvalidArgument',
    400,
    'The event is not supported for notifications',
    { fields: argument('Event') },
  ),
  /** A PUT of a notification configuration with a filter rule that is neither a prefix nor a suffix. */
  NotificationFilterNameInvalid: refusal<{ readonly ArgumentValue: string }>(
    'InvalidArgument',
    400,
    'filter rule name must be either prefix or suffix',
    { fields: argument('FilterRule.Name') },
  ),
  /** A PUT of a notification configuration with a filter of two prefixes or two suffixes. */
  NotificationFilterRepeated: refusal<{ readonly name: 'prefix' | 'suffix' } & Argument>(
    'InvalidArgument',
    400,
    ({ name }) => `Cannot specify more than one ${name} rule in a filter.`,
    { fields: anyArgument },
  ),
  /** A PUT of a notification configuration with a prefix or suffix of more than 1,024 bytes. */
  NotificationFilterTooLong: refusal<{ readonly ArgumentValue: string }>(
    'InvalidArgument',
    400,
    'Size of filter rule value cannot exceed 1024 bytes in UTF-8 representation',
    { fields: argument('FilterRule.Value') },
  ),
  /** A PUT of a notification configuration with an Id of more than 255 characters. */
  NotificationIdTooLong: argumentInvalid('ID length exceeded allowed limit of 255'),
  /** A PUT of a notification configuration with two destinations of the same Id. */
  NotificationIdRepeated: argumentInvalid('Same ID used for multiple configurations. IDs must be unique.'),
  /** A PUT of a notification configuration whose destination is not an ARN of its kind. */
  NotificationArnUnparsable: refusal<Argument>('InvalidArgument', 400, 'The ARN could not be parsed', {
    fields: anyArgument,
  }),
  /** A PUT of a notification configuration whose destination is a FIFO queue. */
  NotificationQueueOrdered: refusal<Argument>('InvalidArgument', 400, 'FIFO SQS queues are not supported.', {
    fields: anyArgument,
  }),
  /** A PUT of a notification configuration whose destination is in another region than the bucket. */
  NotificationRegionWrong: refusal<Argument>(
    'InvalidArgument',
    400,
    'The notification destination service region is not valid for the bucket location constraint',
    { fields: anyArgument },
  ),
  /** A PUT of a notification configuration with two destinations of one event, a filter, and keys that both match. */
  NotificationFiltersOverlap: argumentInvalid(
    'Configuration is ambiguously defined. Cannot have overlapping suffixes in two rules if the prefixes are overlapping for the same event type.',
  ),
  /** A PUT of a notification configuration with two destinations of one event, neither of which has a filter. */
  NotificationEventsOverlap: refusal<{ readonly ArgumentValue: string }>(
    'InvalidArgument',
    400,
    'Configurations overlap. Configurations on the same bucket cannot share a common event type.',
    { fields: argument('Event') },
  ),
};
