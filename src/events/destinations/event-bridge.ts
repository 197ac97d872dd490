import type { S3EventBridgeEvent } from '../../model/events/documents';
import type { Destination } from './destination';

/** The function that a rule of the default bus calls: nothing is known of it but the account and the region of the event. */
export function targetOf(bus: Destination, { account, region }: S3EventBridgeEvent): Destination {
  return { ...bus, account, region };
}
