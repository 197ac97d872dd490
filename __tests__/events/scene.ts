import { Events, makeRequestCause } from '../../src/events/events';
import type { RequestEntry } from '../../src/journal/entry';
import type { Journal, JournalOptions } from '../../src/journal/journal';
import type { S3Notification } from '../../src/model/events/documents';
import type { Report } from '../../src/model/events/report';
import { Store } from '../../src/model/store';
import { addBucket, type BucketFixture } from '../../src/preset/bucket-fixture';
import { journalOf, put } from '../journal/entries';

export const noon = Date.UTC(2026, 2, 1, 12);
export const queue = 'arn:aws:sqs:us-east-1:000000000000:thumbnails';

/** A record with its key encoded, as messages have it. */
export function messageOf(name: string, key: string): S3Notification {
  return {
    Records: [
      {
        eventVersion: '2.1',
        eventSource: 'aws:s3',
        awsRegion: 'us-east-1',
        eventTime: '2026-03-01T12:00:00.000Z',
        eventName: name,
        userIdentity: { principalId: 'AWS:AIDAEXAMPLE' },
        requestParameters: { sourceIPAddress: '127.0.0.1' },
        responseElements: { 'x-amz-request-id': 'R1', 'x-amz-id-2': 'H1' },
        s3: {
          s3SchemaVersion: '1.0',
          configurationId: 'thumbnails',
          bucket: { name: 'vault', ownerIdentity: { principalId: 'A1' }, arn: 'arn:aws:s3:::vault' },
          object: { key: encodeURIComponent(key).replace(/%20/g, '+'), size: 5, eTag: 'e1', sequencer: '01' },
        },
      },
    ],
  };
}

export function report(name: Report['name'], key: string, members: Partial<Report> = {}): Report {
  return {
    name,
    bucket: 'vault',
    key,
    versionId: undefined,
    destination: queue,
    configurationId: 'thumbnails',
    time: noon,
    document: messageOf(name, key),
    ...members,
  };
}

export interface Scene {
  readonly events: Events;
  readonly requests: Journal;
  readonly send: (entry: RequestEntry, ...reports: readonly Report[]) => void;
  readonly put: (key: string, members?: Partial<Report>) => void;
}

export function scene({ vault = {}, ...options }: JournalOptions & { vault?: BucketFixture } = {}): Scene {
  const store = new Store({ accountId: '000000000000', seed: 'seed', realNow: () => noon, start: undefined });
  addBucket(store, 'vault', vault);
  const requests = journalOf([], options);
  const events = new Events({ store, requests, limit: requests.limit });
  const send = (entry: RequestEntry, ...reports: readonly Report[]) => {
    requests.append(entry);
    events.append(reports, makeRequestCause(requests.reader()));
  };
  return { events, requests, send, put: (key, members) => send(put(key), report('ObjectCreated:Put', key, members)) };
}
