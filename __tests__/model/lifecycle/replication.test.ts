import { describe, expect, it } from '@jest/globals';
import type { LifecycleRule } from '../../../src/model/lifecycle/rules';
import type { ReplicationStatus } from '../../../src/model/replication/replication-state';
import { planLifecycle } from '../../../src/preset/plans';
import {
  archived,
  big,
  cleanUp,
  inDays,
  type LifecycleScene,
  makeScene,
  noncurrent,
} from '../../support/lifecycle-scene';

type Rule = Partial<LifecycleRule>;

const cold: Rule = { Transitions: [{ Days: 2, StorageClass: 'GLACIER' }] };

function mark({ bucket }: LifecycleScene, status: ReplicationStatus, below = 0): void {
  const version = [...bucket.versions.of('a')][below];
  if (version) bucket.versions.replace({ ...version, replication: { status, copies: [] } });
}

/** Rules for what is two days old, and the writes that they are for. The last write is on 15 January at 10:30. */
const cases: Readonly<Record<string, { rule: Rule; below: number; write: (scene: LifecycleScene) => void }>> = {
  expire: { rule: inDays(2), below: 0, write: (scene) => scene.put('one') },
  transition: { rule: cold, below: 0, write: (scene) => scene.put('one', big) },
  'remove noncurrent': {
    rule: noncurrent(2),
    below: 1,
    write(scene) {
      scene.put('one');
      scene.put('two');
    },
  },
  'transition noncurrent': {
    rule: archived(2),
    below: 1,
    write(scene) {
      scene.put('one', big);
      scene.put('two', big);
    },
  },
  'remove a marker': { rule: cleanUp, below: 0, write: (scene) => scene.delete() },
};

// F872
describe.each(Object.entries(cases))('lifecycle, to %s,', (name, { rule, below, write }) => {
  const actionOf = (scene: LifecycleScene) => scene.actions.map(({ action }) => action);
  const action = name.split(' ')[0] ?? '';
  const begin = (status: ReplicationStatus) => {
    const scene = makeScene('Enabled');
    write(scene);
    mark(scene, status, below);
    scene.rules([rule]);
    return scene;
  };

  it.each(['PENDING', 'FAILED'] as const)('leaves a version alone that is %s', (status) => {
    const scene = begin(status);
    scene.at('90');
    expect({ actions: actionOf(scene), plan: planLifecycle(scene.store) }).toEqual({ actions: [], plan: [] });
  });

  it.each(['COMPLETED', 'REPLICA'] as const)('takes a version that is %s', (status) => {
    const scene = begin(status);
    scene.at('18');
    expect(actionOf(scene)).toEqual([action]);
  });

  it('takes a version at the first midnight after it was copied', () => {
    const scene = begin('PENDING');
    scene.at('20 11:00');
    mark(scene, 'COMPLETED', below);
    scene.at('20 23:59');
    const before = scene.done();
    scene.at('21');
    expect({ before, after: scene.done() }).toEqual({ before: [], after: [`21 ${action} a by rule 1`] });
  });

  it('does not wait on IBM COS', () => {
    // IBM COS moves each version by its own age, and knows no rule for noncurrent ones.
    const scene = makeScene('Enabled');
    write(scene);
    mark(scene, 'PENDING', below);
    scene.rules([name === 'transition noncurrent' ? cold : rule], 'cos');
    scene.at('90');
    expect(actionOf(scene)).toContain(action);
  });
});
