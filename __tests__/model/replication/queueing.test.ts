import { describe, expect, it } from '@jest/globals';
import { CopyingScene } from '../../support/copying-scene';

const tag = (Value: string) => ({ tags: [{ Key: 'stage', Value }] });

// F857
describe('a task', () => {
  it('of a part that changes again keeps its time, and copies the part as it is by then', () => {
    const scene = new CopyingScene();
    scene.copy();
    scene.change('PutObjectTagging', tag('first'));
    scene.store.clock.advance({ seconds: 40 });
    scene.change('PutObjectTagging', tag('second'));
    const [task, ...others] = scene.vault.replications.values();
    expect({ part: task?.part, age: scene.store.clock.now() - (task?.begun ?? 0), others }).toEqual({
      part: 'tags',
      age: 40_000,
      others: [],
    });
    scene.pass();
    expect(scene.current(scene.replica).tags).toEqual(tag('second').tags);
  });

  it('is made by no change past the wire, and by none in a bucket without rules', () => {
    const scene = new CopyingScene();
    scene.copy();
    scene.vault.versions.replace({ ...scene.current(), ...tag('past') });
    scene.vault.change({ replication: undefined });
    scene.change('PutObjectTagging', tag('without'));
    expect(scene.vault.replications.size).toBe(0);
  });
});

// F883
it('a replica has the default retention of its destination, from the creation of its source on', () => {
  const objectLock = { defaultRetention: { Mode: 'GOVERNANCE', Days: 1 } } as const;
  const scene = new CopyingScene({ destination: { objectLock } });
  scene.copy();
  const { created, lock } = scene.current(scene.replica);
  expect(created).toBe(scene.current().created);
  expect(lock).toMatchObject({ retention: { Mode: 'GOVERNANCE', until: created + 86_400_000 } });
});
