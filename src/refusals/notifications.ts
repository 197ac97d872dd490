import { type Argument, anyArgument, argument, type FailsByCode, type Refusal, refusal } from './refusal';

/** An InvalidArgument that the answer explains by its text alone. */
function argumentInvalid(message: string): Refusal<object> & FailsByCode {
  return refusal<object>({ code: 'InvalidArgument', status: 400, message, failsByName: false });
}

/** Refusals of a notification configuration (F361 to F363). */
export const notifications = {
  NotificationsTooMany: refusal({
    code: 'InvalidRequest',
    status: 400,
    message: 'Too many configurations submitted. The maximum number of configurations is 100',
  }),
  NotificationEventUnknown: refusal<{ readonly ArgumentValue: string }>({
    code: 'InvalidArgument',
    status: 400,
    message: 'The event is not supported for notifications',
    fields: argument('Event'),
  }),
  NotificationFilterNameInvalid: refusal<{ readonly ArgumentValue: string }>({
    code: 'InvalidArgument',
    status: 400,
    message: 'filter rule name must be either prefix or suffix',
    fields: argument('FilterRule.Name'),
  }),
  NotificationFilterRepeated: refusal<{ readonly name: 'prefix' | 'suffix' } & Argument>({
    code: 'InvalidArgument',
    status: 400,
    message: ({ name }) => `Cannot specify more than one ${name} rule in a filter.`,
    fields: anyArgument,
  }),
  NotificationFilterTooLong: refusal<{ readonly ArgumentValue: string }>({
    code: 'InvalidArgument',
    status: 400,
    message: 'Size of filter rule value cannot exceed 1024 bytes in UTF-8 representation',
    fields: argument('FilterRule.Value'),
  }),
  NotificationIdTooLong: argumentInvalid('ID length exceeded allowed limit of 255'),
  NotificationIdRepeated: argumentInvalid('Same ID used for multiple configurations. IDs must be unique.'),
  NotificationArnUnparsable: refusal<Argument>({
    code: 'InvalidArgument',
    status: 400,
    message: 'The ARN could not be parsed',
    fields: anyArgument,
  }),
  NotificationQueueOrdered: refusal<Argument>({
    code: 'InvalidArgument',
    status: 400,
    message: 'FIFO SQS queues are not supported.',
    fields: anyArgument,
  }),
  NotificationRegionWrong: refusal<Argument>({
    code: 'InvalidArgument',
    status: 400,
    message: 'The notification destination service region is not valid for the bucket location constraint',
    fields: anyArgument,
  }),
  NotificationFiltersOverlap: argumentInvalid(
    'Configuration is ambiguously defined. Cannot have overlapping suffixes in two rules if the prefixes are overlapping for the same event type.',
  ),
  NotificationEventsOverlap: refusal<{ readonly ArgumentValue: string }>({
    code: 'InvalidArgument',
    status: 400,
    message: 'Configurations overlap. Configurations on the same bucket cannot share a common event type.',
    fields: argument('Event'),
  }),
};
