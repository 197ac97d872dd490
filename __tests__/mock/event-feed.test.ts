import { describe, expect, it, jest } from '@jest/globals';
import { Events } from '../../src/events/events';
import type { ServiceAction } from '../../src/journal/service-actions';
import { EventFeed } from '../../src/mock/event-feed';
import type { Origin } from '../../src/model/changes';
import { rootOf } from '../../src/model/identity/caller';
import { Store } from '../../src/model/store';
import { deleteKey } from '../../src/model/versions/writes';
import { addBucket } from '../../src/preset/bucket-fixture';
import { entry, journalOf } from '../journal/entries';

const noon = Date.UTC(2026, 2, 1, 12);
const expiry = 'S3.EXPIRE.OBJECT';

/** A store with a bucket that sends events to EventBridge, and one that sends none. */
function start() {
  const bugs: unknown[] = [];
  const onBug = (bug: unknown) => void bugs.push(bug);
  const store = new Store({ accountId: '000000000000', seed: 'seed', realNow: () => noon, start: undefined, onBug });
  addBucket(store, 'vault', { objects: { old: 'old' }, notification: { EventBridgeConfiguration: {} } });
  addBucket(store, 'quiet', {});
  const journal = journalOf([]);
  const events = new Events({ store, requests: journal, limit: 10 });
  const feed = new EventFeed({ store, journal, events });
  return { store, journal, events, bugs, feed };
}

type Scene = ReturnType<typeof start>;

/** Deletes a key as a request or as a test, or an old object as lifecycle. */
function remove({ store }: Scene, name: string, by: 'request' | 'service' | 'test' = 'request'): string {
  const origin = (): Origin => ({
    cause:
      by !== 'request'
        ? { by, operation: expiry, rule: 'old' }
        : {
            by,
            operation: 'DeleteObject',
            caller: rootOf(store.defaultAccount),
            requestId: 'R1',
            hostId: 'H1',
            sourceAddress: '127.0.0.1',
            isReported: true,
          },
    time: noon,
  });
  const bucket = store.buckets.get(name);
  return store.transaction(() => {
    if (bucket) deleteKey(store, bucket, by === 'service' ? 'old' : 'a');
    return 'answered';
  }, origin);
}

/** The action that removed the old object, as the journal has it. */
function expired({ journal }: Scene): ServiceAction {
  const at = new Date(noon);
  const object = { bucket: 'vault', key: 'old', versionId: 'null' };
  return journal.appendServiceAction({ operation: expiry, action: 'remove', ...object, at, rule: 'old' });
}

describe('the feed of events', () => {
  it('lets reports wait until the journal has their request', () => {
    const scene = start();
    remove(scene, 'vault');
    const before = scene.events.length;
    const reports = scene.feed.takeRequest();
    scene.journal.append(entry('DeleteObject', { Bucket: 'vault', Key: 'a' }));
    const sent = scene.feed.appendRequest(reports);
    expect({
      before,
      sent: sent.map(({ name, cause }) => [name, cause?.operation]),
      again: scene.feed.takeRequest(),
    }).toEqual({
      before: 0,
      sent: [['ObjectRemoved:Delete', 'DeleteObject']],
      again: [],
    });
    expect([...scene.events]).toEqual(sent);
  });

  it.each([
    ['of a bucket without a configuration', 'quiet', 'request'],
    ['that a test makes', 'vault', 'test'],
  ] as const)('reports no change %s', (_, bucket, by) => {
    const scene = start();
    remove(scene, bucket, by);
    expect(scene.feed.takeRequest()).toEqual([]);
  });

  it('forgets the reports of a mock that is reset', () => {
    const scene = start();
    remove(scene, 'vault');
    scene.feed.clear();
    expect(scene.feed.takeRequest()).toEqual([]);
  });

  it('gives reports that no action of lifecycle took to no request', () => {
    const scene = start();
    remove(scene, 'vault', 'service');
    expect(scene.feed.takeRequest()).toEqual([]);
    expect(scene.feed.appendAction(expired(scene))).toEqual([]);
  });

  it('gives an action its own reports, though a request left some behind', () => {
    const scene = start();
    remove(scene, 'vault');
    remove(scene, 'vault', 'service');
    const sent = scene.feed.appendAction(expired(scene));
    expect(sent.map(({ name, cause }) => ({ name, cause }))).toEqual([
      { name: 'LifecycleExpiration:Delete', cause: scene.journal.serviceActions[0] },
    ]);
    expect(scene.feed.takeRequest()).toEqual([]);
  });

  it('hands what is thrown while reports are made to the mock, and the request stays answered', () => {
    const scene = start();
    const bug = new Error('no id');
    jest.spyOn(scene.store.ids, 'uuid').mockImplementation(() => {
      throw bug;
    });
    expect({
      answer: remove(scene, 'vault'),
      bugs: scene.bugs,
      reports: scene.feed.takeRequest(),
    }).toEqual({
      answer: 'answered',
      bugs: [bug],
      reports: [],
    });
  });
});
