import { notification } from '../../model/configurations/notification';
import { header } from '../../protocol/document/binding';
import { boolean } from '../../protocol/document/values';
import { configurationOperations } from './configuration-operations';

/**
 * https://docs.aws.amazon.com/AmazonS3/latest/API/API_PutBucketNotificationConfiguration.html
 *
 * No destination is looked for, so the header that asks for that changes nothing (F361).
 */
export const notificationOperations = configurationOperations(notification, {
  query: 'notification',
  actions: { read: 's3:GetBucketNotification', write: 's3:PutBucketNotification' },
  root: 'NotificationConfiguration',
  answer: 'members',
  dialect: 'aws',
  aliases: { put: 'PutBucketNotification', get: 'GetBucketNotification' },
  input: {
    SkipDestinationValidation: header('x-amz-skip-destination-validation', boolean, { ignoredBy: 'both' }),
  },
});
