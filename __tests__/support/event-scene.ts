import type { Notification } from '../../src/model/configurations/notification';
import type { S3EventBridgeEvent, S3NotificationRecord, S3TestNotification } from '../../src/model/events/documents';
import type { EventVersion, Report } from '../../src/model/events/report';
import { makeReports } from '../../src/model/events/reports';
import { settle } from '../../src/model/schedule/settle';
import type { BucketFixture } from '../../src/preset/bucket-fixture';
import { AnsweredStore, type DirectCall } from './answered-store';
import { listenToChanges } from './listen-to-changes';

export const queue = 'arn:aws:sqs:us-east-1:000000000000:queue';
export const topic = 'arn:aws:sns:us-east-1:000000000000:topic';
export const thumbnail = 'arn:aws:lambda:us-east-1:000000000000:function:thumbnail';

type QueueEntry = NonNullable<Notification['QueueConfigurations']>[number];

export function toQueue(events: QueueEntry['Events'], more: Partial<QueueEntry> = {}): Notification {
  return { QueueConfigurations: [{ Id: 'all', QueueArn: queue, Events: events, ...more }] };
}

export const everything: QueueEntry['Events'] = [
  's3:ObjectCreated:*',
  's3:ObjectRemoved:*',
  's3:ObjectTagging:*',
  's3:ObjectAcl:Put',
  's3:ObjectRetention:Put',
  's3:LifecycleExpiration:*',
  's3:LifecycleTransition',
];

export const withAcls: BucketFixture = { ownershipControls: 'ObjectWriter', publicAccessBlock: null };

export class EventScene {
  readonly answered: AnsweredStore;
  readonly #reports: Report[] = [];

  constructor(buckets: Readonly<Record<string, BucketFixture>>, version: EventVersion = '2.6') {
    this.answered = new AnsweredStore(buckets);
    const { store } = this;
    listenToChanges(store, (changes) => void this.#reports.push(...makeReports(changes, { store, version })));
  }

  get store() {
    return this.answered.store;
  }

  /** The calls have to succeed; returns the version ids of their answers. */
  ask(...calls: readonly DirectCall[]): readonly string[] {
    return this.answered.idsOf(calls);
  }

  pass(days: number): void {
    this.store.clock.advance({ days });
    settle(this.store);
  }

  take(): readonly Report[] {
    return this.#reports.splice(0);
  }

  takeRecords(): readonly S3NotificationRecord[] {
    return this.take().flatMap(({ document }) => ('Records' in document ? document.Records : []));
  }

  takeObjects(): readonly object[] {
    return this.takeRecords().map(({ eventName, s3 }) => ({ eventName, ...masked(s3.object) }));
  }

  takeBridged(): readonly S3EventBridgeEvent[] {
    return this.take().flatMap(({ document }) => ('detail-type' in document ? [document] : []));
  }

  takeTests(): readonly S3TestNotification[] {
    return this.take().flatMap(({ document }) => ('Event' in document ? [document] : []));
  }
}

/** The digits of the sequencer differ between runs on AWS. */
export function masked(object: object): object {
  return 'sequencer' in object ? { ...object, sequencer: 'sequencer' } : object;
}

export const put = (path: string, body = '', headers: DirectCall['headers'] = {}): DirectCall => ({
  method: 'PUT',
  path,
  body,
  headers,
});
export const remove = (path: string): DirectCall => ({ method: 'DELETE', path });
export const copy = (source: string, path: string): DirectCall => put(path, '', { 'x-amz-copy-source': source });
export const versioning = (bucket: string, status: 'Enabled' | 'Suspended'): DirectCall =>
  put(`/${bucket}?versioning`, `<VersioningConfiguration><Status>${status}</Status></VersioningConfiguration>`);
export const removeAll = (bucket: string, keys: readonly string[]): DirectCall => ({
  method: 'POST',
  path: `/${bucket}?delete`,
  body: `<Delete>${keys.map((key) => `<Object><Key>${key}</Key></Object>`).join('')}<Quiet>true</Quiet></Delete>`,
});
export const tagsOf = (path: string, tags: readonly string[]): DirectCall =>
  put(
    `${path}?tagging`,
    `<Tagging><TagSet>${tags.map((tag) => `<Tag><Key>${tag}</Key><Value>x</Value></Tag>`).join('')}</TagSet></Tagging>`,
  );
