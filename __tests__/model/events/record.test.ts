import { describe, expect, it } from '@jest/globals';
import { makeActor, makeRetailId, writePrincipalId } from '../../../src/model/events/actors';
import { eventKinds } from '../../../src/model/events/event-kinds';
import { encodeEventKey } from '../../../src/model/events/matching';
import { writeSequencer } from '../../../src/model/events/sequencers';
import type { Caller } from '../../../src/model/identity/account';
import { anonymous } from '../../../src/model/identity/caller';
import { Store } from '../../../src/model/store';
import { copy, EventScene, everything, put, queue, remove, tagsOf, topic, toQueue } from '../../support/event-scene';

const notification = toQueue(['s3:ObjectCreated:*', 's3:ObjectRemoved:*', 's3:ObjectTagging:*']);

const only = <One>(all: readonly One[]): One => {
  expect(all).toHaveLength(1);
  return all[0] as One; // there is one
};

describe('a record', () => {
  it('is alone in its message', () => {
    const scene = new EventScene({ vault: { notification } });
    scene.ask(put('/vault/a', 'x'), put('/vault/b', 'x'));
    const documents = scene.take().map(({ document }) => document);
    expect(documents).toEqual([1, 2].map(() => ({ Records: [expect.anything()] })));
  });

  it('has the ids of the request in its answer', () => {
    const scene = new EventScene({ vault: { notification } });
    const headers = new Map(scene.answered.ask(put('/vault/a', 'x')).headers);
    expect(only(scene.takeRecords()).responseElements).toEqual({
      'x-amz-request-id': headers.get('x-amz-request-id'),
      'x-amz-id-2': headers.get('x-amz-id-2'),
    });
  });

  it('has no member for what its event does not say', () => {
    const scene = new EventScene({ vault: { objectLock: true, notification: toQueue([...everything]) } });
    const retention = {
      'x-amz-object-lock-mode': 'GOVERNANCE',
      'x-amz-object-lock-retain-until-date': '2030-01-01T00:00:00Z',
    };
    scene.ask(put('/vault/a', 'x', retention), tagsOf('/vault/a', ['x']));
    const names = ['eventVersion', 'eventSource', 'awsRegion', 'eventTime', 'eventName', 'userIdentity'];
    const others = ['requestParameters', 'responseElements', 's3'];
    for (const record of scene.takeRecords()) {
      expect(Object.keys(record)).toEqual([...names, ...others]);
      expect(Object.keys(record.s3)).toEqual(['s3SchemaVersion', 'configurationId', 'bucket', 'object']);
    }
  });

  it('of a delete marker has the sequencer of the marker, and its report the version id', () => {
    const scene = new EventScene({ vault: { versioning: 'Enabled', notification } });
    scene.ask(put('/vault/a', 'x'), remove('/vault/a'));
    const marker = scene.store.buckets.get('vault')?.versions.current('a');
    const [, report] = scene.take();
    const [record] = report && 'Records' in report.document ? report.document.Records : [];
    expect(record?.s3.object.sequencer).toBe(marker && writeSequencer(marker));
    expect(report?.versionId).toBe(record?.s3.object.versionId);
  });

  it('is sent for no request to a host of IBM COS', () => {
    const scene = new EventScene({ vault: { notification: { ...notification, EventBridgeConfiguration: {} } } });
    scene.ask({ ...put('/vault/a', 'x'), dialect: 'ibm-cos' });
    expect(scene.take()).toEqual([]);
  });

  it('is sent for no bucket in a location of IBM COS', () => {
    const scene = new EventScene({});
    const { store } = scene;
    const identity = { name: 'vault', owner: store.defaultAccount, region: undefined, created: 0 };
    for (const location of [undefined, 'us-south-smart']) {
      store.addBucket({ ...identity, location }).change({ notification });
      scene.ask(put('/vault/a', 'x'));
      expect(scene.take()).toHaveLength(location === undefined ? 1 : 0);
      scene.ask(remove('/vault/a'));
      scene.take();
      store.deleteBucket('vault');
    }
  });

  it('has the time of the request, with milliseconds', () => {
    const scene = new EventScene({ vault: { notification } });
    scene.store.clock.set(Date.UTC(2026, 3, 1, 12, 0, 0, 7));
    scene.ask(put('/vault/a', 'x'));
    expect(only(scene.takeRecords()).eventTime).toBe('2026-04-01T12:00:00.007Z');
  });

  it.each([
    ['its bucket', 'eu-west-1', queue.replace('us-east-1', 'eu-west-1'), 'eu-west-1', 'aws'],
    [
      'its bucket in China',
      'cn-north-1',
      queue.replace('aws:', 'aws-cn:').replace('us-east-1', 'cn-north-1'),
      'cn-north-1',
      'aws-cn',
    ],
    [
      'its destination, if the bucket answers at every host',
      undefined,
      queue.replace('us-east-1', 'ap-south-1'),
      'ap-south-1',
      'aws',
    ],
  ])('is from the region of %s', (_what, region, QueueArn, awsRegion, partition) => {
    const scene = new EventScene({
      vault: { ...(region && { region }), notification: toQueue(['s3:ObjectCreated:*'], { QueueArn }) },
    });
    scene.ask({ ...put('/a', 'x'), host: 'vault.s3.amazonaws.com' });
    expect(only(scene.takeRecords())).toMatchObject({
      awsRegion,
      s3: { bucket: { arn: `arn:${partition}:s3:::vault` } },
    });
  });

  it('names the configuration that asked for it, by the given id or the one that S3 made', () => {
    const scene = new EventScene({
      vault: {
        notification: {
          QueueConfigurations: [{ QueueArn: queue, Events: ['s3:ObjectRemoved:*'] }],
          TopicConfigurations: [{ Id: 'mine', TopicArn: topic, Events: ['s3:ObjectCreated:*'] }],
        },
      },
    });
    scene.ask(put('/vault/a', 'x'), remove('/vault/a'));
    const made = scene.store.buckets.get('vault')?.settings.notification?.QueueConfigurations?.[0]?.Id;
    expect(made).toMatch(/^[\w=]{48}$/);
    expect(scene.take()).toEqual([
      expect.objectContaining({
        destination: topic,
        configurationId: 'mine',
        document: { Records: [expect.objectContaining({ s3: expect.objectContaining({ configurationId: 'mine' }) })] },
      }),
      expect.objectContaining({
        destination: queue,
        configurationId: made,
        document: { Records: [expect.objectContaining({ s3: expect.objectContaining({ configurationId: made }) })] },
      }),
    ]);
  });

  it('is sent as the configuration says that is in force when the change is made', () => {
    const scene = new EventScene({ vault: { notification } });
    scene.ask(put('/vault?notification', '<NotificationConfiguration/>'), put('/vault/a', 'x'));
    expect(scene.take()).toEqual([]);
  });

  it('has the key encoded as forms are, and the report has it plain', () => {
    const scene = new EventScene({ vault: { notification } });
    scene.ask(put('/vault/red%20flower%2B1.jpg', 'x'));
    const { key, document } = only(scene.take());
    expect({ key, document }).toMatchObject({
      key: 'red flower+1.jpg',
      document: { Records: [{ s3: { object: { key: 'red+flower%2B1.jpg' } } }] },
    });
  });

  it.each([
    ['red flower.jpg', 'red+flower.jpg'],
    ['a@b', 'a%40b'],
    ['images/a-b_c.d', 'images/a-b_c.d'],
    ['n (1).mp4', 'n+%281%29.mp4'],
    ['ä', '%C3%A4'],
    ['a+b', 'a%2Bb'],
    ["!'*~", '%21%27*%7E'],
  ])('encodes the key %j as %s', (key, encoded) => {
    expect(encodeEventKey(key)).toBe(encoded);
  });
});

describe('the version of a record', () => {
  const calls = [put('/vault/a', 'x'), copy('/vault/a', '/vault/b'), tagsOf('/vault/a', ['x']), remove('/vault/a')];

  it('is 2.1 or 2.3 by the event before 2026', () => {
    const scene = new EventScene({ vault: { notification } }, '2.1');
    scene.ask(...calls);
    expect(scene.takeRecords().map(({ eventName, eventVersion }) => `${eventName} ${eventVersion}`)).toEqual([
      'ObjectCreated:Put 2.1',
      'ObjectCreated:Copy 2.1',
      'ObjectTagging:Put 2.3',
      'ObjectRemoved:Delete 2.1',
    ]);
  });

  // F762
  it.each([
    ['ObjectRestore:Post', '2.1'],
    ['ObjectRestore:Completed', '2.1'],
    ['ObjectRestore:Delete', '2.3'],
    ['LifecycleTransition', '2.3'],
    ['IntelligentTiering', '2.3'],
  ] as const)('of %s is %s before 2026', (name, version) => {
    expect(eventKinds[name].version).toBe(version);
  });

  it('is one for all, and a copy says that it has no annotations', () => {
    const scene = new EventScene({ vault: { notification } });
    scene.ask(...calls);
    const records = scene.takeRecords();
    expect(records.map(({ eventVersion }) => eventVersion)).toEqual(['2.6', '2.6', '2.6', '2.6']);
    expect(records.map(({ s3 }) => s3.object.hasObjectAnnotation)).toEqual([undefined, false, undefined, undefined]);
  });
});

describe('the principal of a record', () => {
  const store = new Store({ accountId: '000000000000', seed: 'seed', realNow: () => 0, start: 0 });
  const account = store.defaultAccount;
  account.user('ann', { id: 'AIDAANN' });
  account.role('reader', { id: 'AROAREADER' });
  const caller = (more: Partial<Caller>): Caller => ({ account, user: undefined, accessKeyId: undefined, ...more });
  const session = (facts: Partial<Parameters<typeof account.beginSession>[0]>) =>
    account.beginSession({
      name: undefined,
      user: undefined,
      role: undefined,
      mfa: false,
      policy: undefined,
      lasts: 1000,
      ...facts,
    });

  it.each<[who: string, caller: Caller, principalId: string]>([
    ['a user', caller({ user: 'ann' }), 'AWS:AIDAANN'],
    ['a session of a user', caller({ user: 'ann', session: session({ user: 'ann' }) }), 'AWS:AIDAANN'],
    [
      'a session of a role',
      caller({ role: 'reader', session: session({ role: 'reader', name: 'nightly' }) }),
      'AWS:AROAREADER:nightly',
    ],
    ['a federated user', caller({ session: session({ federated: 'bob' }) }), 'AWS:000000000000:bob'],
    ['the root user', caller({}), makeRetailId(account)],
    ['a caller without credentials', anonymous, makeRetailId({ canonicalId: '65a011a29cdf8ec533ec3d1ccaae921c' })],
  ])('is that of %s', (_who, one, principalId) => {
    expect(writePrincipalId(one)).toBe(principalId);
  });

  it('of a role that the mock lacks follows from its account and its name', () => {
    const idOf = (role: string) =>
      makeActor({ by: 'service', operation: 'S3.REPLICATE.OBJECT', rule: 'all', role } as never, store, 'event')
        .principalId;
    const ids = ['111111111111:role/a', '222222222222:role/a', '222222222222:role/b'].map((name) =>
      idOf(`arn:aws:iam::${name}`),
    );
    expect(new Set(ids).size).toBe(3);
    for (const id of ids) expect(id).toMatch(/^AWS:AROA[0-9A-Z]{17}:s3-replication$/);
  });

  it('of an owner follows from the account, and looks like a retail id', () => {
    const ids = [account, store.addAccount('partner')].map(makeRetailId);
    expect(ids).toEqual([expect.stringMatching(/^A[0-9A-Z]{13}$/), expect.stringMatching(/^A[0-9A-Z]{13}$/)]);
    expect({ same: makeRetailId(account) === ids[0], differ: ids[0] !== ids[1] }).toEqual({ same: true, differ: true });
  });
});

describe('a bucket that notifies nobody', () => {
  it('takes no ids and no sequencers, and one that does takes none from those of requests', () => {
    const silent = new EventScene({ vault: {} });
    silent.ask(put('/vault/a', 'x'));
    const before = silent.store.sequencers.state.last;
    const loud = new EventScene({ vault: { notification: { ...toQueue(everything), EventBridgeConfiguration: {} } } });
    loud.ask(put('/vault/a', 'x'));
    const requestIds = [silent, loud].map(({ store }) => store.ids.requestId());
    expect({ events: silent.store.ids.state.has('event'), before, same: requestIds[0] === requestIds[1] }).toEqual({
      events: false,
      before: { second: 0, number: 0 },
      same: true,
    });
    expect(loud.store.ids.state.has('event')).toBe(true);
  });
});
