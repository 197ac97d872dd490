import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { S3NotificationRecord } from '../../src/model/events/documents';
import { versionIdOf } from '../../src/model/versions/version-lookup';
import { newest } from '../../src/model/versions/version-stacks';
import { EventScene, everything, toQueue } from '../support/event-scene';
import { runs } from '../support/runs';
import { type Aim, writingCalls } from '../support/writing-calls';

interface KnownVersion {
  readonly versionId: string;
  /** Undefined for a delete marker. */
  readonly size: number | undefined;
  readonly eTag: string;
}

/** It is made of the records alone. */
class Replica {
  readonly #stacks = new Map<string, readonly KnownVersion[]>();

  apply({ eventName, s3: { object } }: S3NotificationRecord): void {
    const key = decodeURIComponent(object.key.replaceAll('+', ' '));
    const { versionId = 'null', eTag } = object;
    const others = (this.#stacks.get(key) ?? []).filter((version) => version.versionId !== versionId);
    const [family, kind] = eventName.split(':');
    if (family === 'ObjectCreated') this.#stacks.set(key, [{ versionId, size: object.size, eTag }, ...others]);
    else if (kind === 'DeleteMarkerCreated') this.#stacks.set(key, [{ versionId, size: undefined, eTag }, ...others]);
    else if (family === 'ObjectRemoved' || family === 'LifecycleExpiration') this.#stacks.set(key, others);
  }

  get stacks(): object {
    return Object.fromEntries([...this.#stacks].filter(([, stack]) => stack.length > 0));
  }
}

function stacksOf({ store }: EventScene, bucket: string): object {
  const stacks: Record<string, KnownVersion[]> = {};
  for (const version of store.buckets.get(bucket)?.versions.from({ sortKey: '', sequence: newest }) ?? []) {
    const { key, content } = version;
    const known = {
      versionId: versionIdOf(store, version),
      size: content?.body.byteLength,
      eTag: content?.etag ?? 'd41d8cd98f00b204e9800998ecf8427e',
    };
    stacks[key] = [...(stacks[key] ?? []), known];
  }
  return stacks;
}

const names = [
  'put',
  'put',
  'copy',
  'form',
  'delete',
  'delete',
  'delete objects',
  'put tags',
  'put acl',
  'begin upload',
  'upload part',
  'complete upload',
  'put versioning',
  'put lifecycle',
  'delete lifecycle',
  'a day passes',
] as const;

interface Step {
  readonly name: (typeof names)[number];
  readonly aim: Aim;
}

const steps: fc.Arbitrary<readonly Step[]> = fc.array(
  fc.record({
    name: fc.constantFrom(...names),
    aim: fc.record({
      bucket: fc.constant('vault'),
      key: fc.constantFrom('a', 'b', 'b/c', 'c%20d'),
      choice: fc.nat({ max: 5 }),
    }),
  }),
  { minLength: 10, maxLength: 60 },
);

const statuses = fc.constantFrom(undefined, 'Enabled', 'Suspended');

function play(given: readonly Step[], versioning: 'Enabled' | 'Suspended' | undefined): EventScene {
  const notification = toQueue(everything);
  const scene = new EventScene({
    vault: { versioning, notification, ownershipControls: 'ObjectWriter', publicAccessBlock: null },
    plain: { objects: { b: 'two' } },
  });
  for (const { name, aim } of given) {
    if (name === 'a day passes') scene.pass(1);
    const call = writingCalls[name]?.(scene.store, aim);
    if (call !== undefined) scene.answered.ask(call);
  }
  return scene;
}

/** In any order, but those of each key sorted by their sequencers, as the documentation of S3 says to do it. */
function sorted(records: readonly S3NotificationRecord[]): readonly S3NotificationRecord[] {
  const sequenced = records.filter(({ s3 }) => 'sequencer' in s3.object).toReversed();
  return sequenced.toSorted((one, other) => (one.s3.object.sequencer < other.s3.object.sequencer ? -1 : 1));
}

describe('the events of a history', () => {
  // An upload is reported at its end, and has the sequencer of its beginning (F769).
  it('make a copy of the bucket by their sequencers in any order, and in their own if no upload ends', () => {
    const kinds = new Set<string>();
    fc.assert(
      fc.property(steps, statuses, (given, versioning) => {
        const scene = play(given, versioning);
        const records = scene.takeRecords();
        for (const { eventName } of records) kinds.add(eventName);
        const [replica, late] = [new Replica(), new Replica()];
        for (const record of records) replica.apply(record);
        for (const record of sorted(records)) late.apply(record);
        const original = stacksOf(scene, 'vault');
        const hasUploads = records.some(({ eventName }) => eventName === 'ObjectCreated:CompleteMultipartUpload');
        const inOrder = hasUploads ? original : replica.stacks;
        expect({ inOrder, late: late.stacks, bugs: scene.answered.bugs }).toEqual({
          inOrder: original,
          late: original,
          bugs: [],
        });
      }),
      runs(150),
    );
    // The histories reach each kind that changes versions.
    expect([...kinds].toSorted()).toEqual([
      'LifecycleExpiration:Delete',
      'LifecycleExpiration:DeleteMarkerCreated',
      'ObjectAcl:Put',
      'ObjectCreated:CompleteMultipartUpload',
      'ObjectCreated:Copy',
      'ObjectCreated:Post',
      'ObjectCreated:Put',
      'ObjectRemoved:Delete',
      'ObjectRemoved:DeleteMarkerCreated',
      'ObjectTagging:Put',
    ]);
  });
});
