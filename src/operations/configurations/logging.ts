import { logging } from '../../model/configurations/logging';
import { configurationOperations } from './configuration-operations';

/**
 * The answer for a bucket without logging, comment included, is S3's own (F364).
 * https://docs.aws.amazon.com/AmazonS3/latest/API/API_PutBucketLogging.html
 */
export const loggingOperations = configurationOperations(logging, {
  query: 'logging',
  actions: { read: 's3:GetBucketLogging', write: 's3:PutBucketLogging' },
  root: 'BucketLoggingStatus',
  answer: 'members',
  dialect: 'aws',
  reply: {
    contentType: 'application/xml',
    lineBeforeRoot: true,
    emptyDocument:
      '<BucketLoggingStatus xmlns="http://s3.amazonaws.com/doc/2006-03-01/">\n' +
      '  <!--<LoggingEnabled><TargetBucket>myLogsBucket</TargetBucket><TargetPrefix>add/this/prefix/to/my/log/files/access_log-</TargetPrefix></LoggingEnabled>-->\n' +
      '</BucketLoggingStatus>\n',
  },
});
