import { isoDateWithMilliseconds } from '../../formats/dates';
import type { SettingsChange } from '../changes';
import { destinationsOf, type Notification } from '../configurations/notification';
import type { S3TestNotification } from './documents';
import type { Report } from './report';

/**
 * The test events that S3 sends once a notification configuration was put by a request: one to each queue and each topic. Functions are
 * validated in another way (F770).
 */
export function testReportsOf(
  change: SettingsChange,
  notification: Notification | null | undefined,
): readonly Report[] {
  if (change.cause.by !== 'request' || !notification || !change.names.includes('notification')) return [];
  const arns = destinationsOf(notification).flatMap(({ kind, arn }) => (kind === 'CloudFunction' ? [] : [arn]));
  const { bucket, time } = change;
  const { requestId, hostId } = change.cause;
  return [...new Set(arns)].map((arn) => ({
    name: 'TestEvent',
    bucket,
    key: undefined,
    versionId: undefined,
    destination: arn as `arn:${string}`, // a stored configuration has ARNs of their form
    configurationId: undefined,
    time,
    document: testEventOf({ bucket, time, requestId, hostId }),
  }));
}

/** The facts of a test event. */
interface TestFacts {
  readonly bucket: string;
  readonly time: number;
  readonly requestId: string;
  readonly hostId: string;
}

function testEventOf({ bucket, time, requestId, hostId }: TestFacts): S3TestNotification {
  return {
    Service: 'Amazon S3',
    Event: 's3:TestEvent',
    Time: isoDateWithMilliseconds(time),
    Bucket: bucket,
    RequestId: requestId,
    HostId: hostId,
  };
}
