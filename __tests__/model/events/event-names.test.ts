import { describe, expect, it } from '@jest/globals';
import { eventKinds, type ObjectEventName } from '../../../src/model/events/event-kinds';
import { findEventName, type ObjectChange, whyNeverSent } from '../../../src/model/events/event-names';
import { changingParts } from '../../../src/model/versions/version';
import { operations } from '../../../src/operations/table';
import { makeStore } from '../../support/whole-records';

const rule = { ID: 'all', Destination: { Bucket: 'arn:aws:s3:::replica', Metrics: { Status: 'Enabled' } } };
const store = makeStore();
const bucket = store.addBucket(
  { name: 'vault', owner: store.defaultAccount, region: undefined, location: undefined, created: 0 },
  { replication: { Role: 'arn:aws:iam::000000000000:role/r', Rules: [rule] } as never }, // what names depend on
);

const kinds = [
  ...['version written', 'delete marker made', 'version removed', 'nothing removed'],
  ...Object.keys(changingParts),
];

const services = [
  ...['EXPIRE.OBJECT', 'CREATE.DELETEMARKER', 'DELETE.UPLOAD', 'RESTORE.OBJECT', 'EXPIRE.RESTORED_COPY'],
  ...['REPLICATE.OBJECT', 'TRANSITION_SIA.OBJECT', 'TRANSITION_ARCHIVE_TIER.OBJECT'],
].map((name) => `S3.${name}`);

const causes = [
  ...Object.keys(operations).map((operation) => ({ by: 'request', operation })),
  ...services.map((operation) => ({ by: 'service', operation })),
];

const task = { part: 'object', rule: 'all', destination: 'replica' };
const outcomes = [
  { kind: 'replication', became: 'FAILED', task },
  { kind: 'replication', became: 'late', task },
  { kind: 'replication', became: 'COMPLETED', task: { ...task, isLate: true } },
];

/** Every kind of change by every operation and every action of S3, of a version that had none of its parts. */
const changes = [...kinds.flatMap((kind) => causes.map((cause) => ({ kind, cause }))), ...outcomes] as ObjectChange[]; // the members that names depend on

describe('the names of events', () => {
  it('are each the name of a change, unless the mock never makes it', () => {
    const made = new Set(changes.map((change) => findEventName(change, bucket, '2.6')));
    const names = Object.keys(eventKinds) as ObjectEventName[]; // its own keys
    const missing = names.filter((name) => !made.has(name));
    expect(missing.filter((name) => whyNeverSent([name], '2.6') === undefined)).toEqual([]);
    expect(missing).toEqual(['ReducedRedundancyLostObject', 'Replication:OperationNotTracked']);
  });
});

// F121, F808
it.each([
  ['S3.EXPIRE.OBJECT', 'version removed', 'LifecycleExpiration:Delete'],
  ['S3.EXPIRE.OBJECT', 'delete marker made', undefined],
  ['S3.CREATE.DELETEMARKER', 'delete marker made', 'LifecycleExpiration:DeleteMarkerCreated'],
  ['S3.CREATE.DELETEMARKER', 'version removed', undefined],
  ['S3.DELETE.UPLOAD', 'version removed', undefined],
  ['S3.RESTORE.OBJECT', 'restore', 'ObjectRestore:Completed'],
  ['S3.RESTORE.OBJECT', 'access tier', undefined],
  ['S3.RESTORE.OBJECT', 'storage class', undefined],
  ['S3.EXPIRE.RESTORED_COPY', 'restore', 'ObjectRestore:Delete'],
  ['S3.TRANSITION_ARCHIVE_TIER.OBJECT', 'access tier', 'IntelligentTiering'],
  ['S3.TRANSITION_SIA.OBJECT', 'access tier', undefined],
  ['S3.TRANSITION_SIA.OBJECT', 'storage class', 'LifecycleTransition'],
])('%s with the change "%s" sends %s', (operation, kind, name) => {
  const change = { kind, cause: { by: 'service', operation } } as ObjectChange; // the members that names depend on
  expect(findEventName(change, bucket, '2.6')).toBe(name);
});

it('a copy whose rule is gone, and was not kept with it, is not reported', () => {
  const change = { kind: 'replication', became: 'FAILED', task: { ...task, rule: 'gone' } } as ObjectChange; // the members that names depend on
  expect(findEventName(change, bucket, '2.6')).toBeUndefined();
});

describe('an event is never sent', () => {
  it.each<[names: readonly ObjectEventName[], version: '2.1' | '2.6', why: string | undefined]>([
    [
      ['ReducedRedundancyLostObject'],
      '2.6',
      'The mock never makes the change that ReducedRedundancyLostObject reports.',
    ],
    [
      ['ObjectRetention:Put', 'ObjectAnnotation:Put'],
      '2.1',
      "S3 reports ObjectRetention:Put, ObjectAnnotation:Put since 2026; mockS3({ events: { version: '2.1' } }) sends the records of before.",
    ],
    [['ObjectRetention:Put'], '2.6', undefined],
    [['ObjectRetention:Put', 'ObjectTagging:Put'], '2.1', undefined],
    [['ReducedRedundancyLostObject', 'ObjectTagging:Put'], '2.6', undefined],
  ])('%j in %s: %s', (names, version, why) => {
    const said = whyNeverSent(names, version);
    expect(said === undefined ? undefined : String(said)).toBe(why);
  });
});
