import { isoDateWithMilliseconds } from '../../formats/dates';
import { endOfRetention, type Period } from '../object-lock';
import type { Version } from '../versions/version';
import type { ObjectEventName } from './event-kinds';
import type { EventData } from './object-event';

/** The members of a record that only some events have, as far as the version says them; undefined for other events. */
export function dataOf(name: ObjectEventName, version: Version | undefined, time: number): EventData | undefined {
  if (name === 'LifecycleTransition') {
    const destinationStorageClass = version?.content?.storageClass ?? '';
    return { lifecycleEventData: { transitionEventData: { destinationStorageClass } } };
  }
  if (name === 'ObjectRestore:Completed') return restoreDataOf(version);
  if (name === 'IntelligentTiering')
    return { intelligentTieringEventData: { destinationAccessTier: version?.accessTier ?? '' } };
  const retention = version?.lock?.retention;
  // A retention may also be taken away, and then there is nothing to say about it.
  if (name !== 'ObjectRetention:Put' || retention === undefined) return undefined;
  const { Mode: mode, eventHold } = retention;
  return {
    objectRetentionEventData: {
      mode,
      retainUntilDate: isoDateWithMilliseconds(endOfRetention(retention, time)),
      ...(eventHold && { eventHold: eventHold.Status }),
      ...(eventHold?.Status === 'ON' && { eventHoldDuration: durationOf(eventHold.duration) }),
    },
  };
}

function durationOf({ Days: days, Years: years }: Period) {
  return { ...(days !== undefined && { days }), ...(years !== undefined && { years }) };
}

/** The end of a restored copy. An object that left an archive tier for good has none (F809). */
function restoreDataOf(version: Version | undefined): EventData | undefined {
  const expires = version?.restore?.expires;
  if (expires === undefined) return undefined;
  const lifecycleRestorationExpiryTime = isoDateWithMilliseconds(expires);
  const lifecycleRestoreStorageClass = version?.content?.storageClass ?? '';
  return { glacierEventData: { restoreEventData: { lifecycleRestorationExpiryTime, lifecycleRestoreStorageClass } } };
}
