import { isoDateWithMilliseconds } from '../../formats/dates';
import { retailIdOf } from './actors';
import type { S3NotificationObject, S3NotificationRecord } from './documents';
import { eventKinds, type SomeMember } from './event-kinds';
import { encodeEventKey } from './matching';
import { bucketArnOf, isAnnotated, memberOf, type ObjectEvent, regionOf, saysIfAnnotated } from './object-event';
import type { EventVersion } from './report';

/** The record of an event, its members in S3's order (F761). Each call makes one of its own, since handlers may change theirs. */
export function recordOf(event: ObjectEvent, configurationId: string, version: EventVersion): S3NotificationRecord {
  const { name, bucket, actor, time } = event;
  const annotations = event.annotations?.();
  return {
    eventVersion: version === '2.6' ? version : eventKinds[name].version,
    eventSource: 'aws:s3',
    awsRegion: regionOf(bucket),
    eventTime: isoDateWithMilliseconds(time),
    eventName: name,
    userIdentity: { principalId: actor.principalId },
    requestParameters: { sourceIPAddress: actor.sourceAddress },
    responseElements: { 'x-amz-request-id': actor.requestId, 'x-amz-id-2': actor.hostId },
    s3: {
      s3SchemaVersion: '1.0',
      configurationId,
      bucket: {
        name: bucket.name,
        ownerIdentity: { principalId: eventKinds[name].namesAccount ? bucket.owner.id : retailIdOf(bucket.owner) },
        arn: bucketArnOf(bucket),
      },
      object: objectOf(event, version),
      ...(annotations && { objectAnnotation: annotations }),
    },
    ...event.data?.(),
  };
}

function objectOf(event: ObjectEvent, version: EventVersion): S3NotificationObject {
  const { name, key, versionId } = event;
  const { members } = eventKinds[name];
  const some = (member: SomeMember) => (members.includes(member) ? { [member]: memberOf(event, member) } : {});
  const object = {
    key: encodeEventKey(key),
    ...some('size'),
    ...some('eTag'),
    ...(versionId !== undefined && { versionId }),
    ...some('sequencer'),
    ...(saysIfAnnotated(event, version) && { hasObjectAnnotation: isAnnotated(event) }),
  };
  return object as S3NotificationObject; // the type has every member, and says that events leave some out
}
