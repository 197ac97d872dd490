import { destinationsOf } from '../model/configurations/notification';
import type { Store } from '../model/store';

/** The destinations in the configurations of all buckets, each once. */
export function namedDestinations({ buckets }: Pick<Store, 'buckets'>): readonly string[] {
  const named = [...buckets.values()].flatMap(({ settings: { notification } }) => {
    if (!notification) return [];
    const bridge = notification.EventBridgeConfiguration === undefined ? [] : ['eventbridge'];
    return [...destinationsOf(notification).map(({ arn }) => arn), ...bridge];
  });
  return [...new Set(named)];
}
