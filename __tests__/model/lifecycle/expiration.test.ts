import { describe, expect, it } from '@jest/globals';
import {
  cleanUp,
  enabledPut,
  inDays,
  type LifecycleScene,
  makeScene,
  momentOf,
  noncurrent,
} from '../../support/lifecycle-scene';

// User Guide, "Lifecycle configuration elements", Expiration. F113
describe('Expiration of current versions', () => {
  it.each<[string, Parameters<typeof makeScene>[0], (scene: LifecycleScene) => void, string[], string[]]>([
    ['an object where versioning was never set', undefined, (scene) => scene.put('first'), ['first (null)'], []],
    ['an object of an Enabled bucket', 'Enabled', (scene) => scene.put('first'), ['first'], ['marker', 'first']],
    [
      'one with another below',
      'Enabled',
      (scene) => {
        scene.put('first');
        scene.put('second');
      },
      ['second', 'first'],
      ['marker', 'second', 'first'],
    ],
    [
      'the null version of a Suspended bucket',
      'Suspended',
      (scene) => scene.put('first'),
      ['first (null)'],
      ['marker (null)'],
    ],
    [
      'a version with an id of a Suspended bucket',
      'Enabled',
      (scene) => {
        scene.put('first');
        scene.setVersioning('Suspended');
      },
      ['first'],
      ['marker (null)', 'first'],
    ],
    [
      'one above the null version of a Suspended bucket',
      'Suspended',
      (scene) => {
        scene.put('first');
        enabledPut(scene, 'second');
        scene.setVersioning('Suspended');
      },
      ['second', 'first (null)'],
      ['marker (null)', 'second'],
    ],
    [
      'the null version of an Enabled bucket',
      'Suspended',
      (scene) => {
        scene.put('first');
        scene.setVersioning('Enabled');
      },
      ['first (null)'],
      ['marker', 'first (null)'],
    ],
    [
      'a delete marker with a version below',
      'Enabled',
      (scene) => {
        scene.put('first');
        scene.delete();
      },
      ['marker', 'first'],
      ['marker', 'first'],
    ],
    ['a delete marker with nothing below', 'Enabled', (scene) => scene.delete(), ['marker'], []],
  ])('%s', (_what, versioning, steps, before, after) => {
    const scene = makeScene(versioning);
    steps(scene);
    scene.rules([inDays(3)]);
    expect(scene.history()).toEqual(before);
    scene.at('18 23:59');
    expect(scene.history()).toEqual(before);
    scene.at('19');
    expect(scene.history()).toEqual(after);
  });

  it('dates delete markers at the midnight, from which versions below are noncurrent', () => {
    const scene = makeScene('Enabled');
    scene.put('first');
    scene.rules([inDays(3), noncurrent(2)]);
    scene.at('20 23:59');
    expect([...scene.bucket.versions.of('a')].map(({ created }) => created)).toEqual([
      momentOf('19'),
      momentOf('15 10:30'),
    ]);
    expect(scene.history()).toEqual(['marker', 'first']);
    scene.at('21');
    expect(scene.history()).toEqual(['marker']);
    // The marker is alone now, and 3 days old on the 22nd.
    scene.at('22');
    expect(scene.history()).toEqual([]);
    expect(scene.done()).toEqual(['19 expire a by rule 1', '21 remove a by rule 2', '22 remove a by rule 1']);
  });

  it.each<{ date: Date; before: string; done: string[] }>`
    date                      | before        | done
    ${new Date('2026-01-18')} | ${'17'}       | ${[]}
    ${new Date('2026-01-18')} | ${'18'}       | ${['18 expire a by rule 1']}
    ${new Date('2020-01-01')} | ${'15 23:00'} | ${[]}
    ${new Date('2020-01-01')} | ${'16'}       | ${['16 expire a by rule 1']}
  `('at a date: $date, seen on $before', ({ date, before, done }) => {
    const scene = makeScene('Enabled');
    scene.put('first');
    scene.rules([{ Expiration: { Date: date } }]);
    scene.at(before);
    expect(scene.done()).toEqual(done);
  });

  it('by a past date also expires later objects', () => {
    const scene = makeScene(undefined);
    scene.rules([{ Expiration: { Date: new Date('2026-01-16') } }]);
    scene.at('20 12:00');
    scene.put('late');
    scene.at('21');
    expect(scene.history()).toEqual([]);
  });

  it('counts from the current version, not from those that it replaced', () => {
    const scene = makeScene(undefined);
    scene.rules([inDays(3)]);
    scene.put('first');
    scene.at('17 10:30');
    scene.put('second');
    scene.at('20');
    expect(scene.history()).toEqual(['second (null)']);
    scene.at('21');
    expect(scene.history()).toEqual([]);
  });

  it('by a later rule also expires older objects, at the next midnight', () => {
    const scene = makeScene(undefined);
    scene.put('first');
    scene.at('31');
    scene.rules([inDays(3)]);
    expect(scene.history()).toEqual(['first (null)']);
    scene.at('31 23:59');
    expect(scene.history()).toEqual(['first (null)']);
    scene.at('32');
    expect(scene.history()).toEqual([]);
  });

  it('ignores a rule that is Disabled, or for another prefix', () => {
    const scene = makeScene(undefined);
    scene.put('first');
    scene.rules([
      { ...inDays(1), Status: 'Disabled' },
      { ...inDays(1), Filter: { Prefix: 'b' } },
    ]);
    scene.at('60');
    expect({ history: scene.history(), done: scene.done() }).toEqual({ history: ['first (null)'], done: [] });
  });

  it('follows the shorter of two rules', () => {
    const scene = makeScene(undefined);
    scene.put('first');
    scene.rules([inDays(9), inDays(2)]);
    scene.at('60');
    expect(scene.done()).toEqual(['18 expire a by rule 2']);
  });
});

describe('ExpiredObjectDeleteMarker', () => {
  it.each<[string, (scene: LifecycleScene) => void, string[]]>([
    ['takes a delete marker with nothing below at the next midnight', (scene) => scene.delete(), []],
    [
      'leaves one with versions below',
      (scene) => {
        scene.put('first');
        scene.delete();
      },
      ['marker', 'first'],
    ],
    [
      'leaves one with another below',
      (scene) => {
        scene.delete();
        scene.delete();
      },
      ['marker', 'marker'],
    ],
    ['leaves objects', (scene) => scene.put('first'), ['first']],
  ])('%s', (_what, steps, after) => {
    const scene = makeScene('Enabled');
    steps(scene);
    scene.rules([cleanUp]);
    scene.at('15 23:59');
    expect(scene.done()).toEqual([]);
    scene.at('40');
    expect(scene.history()).toEqual(after);
    expect(scene.done()).toEqual(after.length === 0 ? ['16 remove a by rule 1'] : []);
  });

  it('does nothing if it is false', () => {
    const scene = makeScene('Enabled');
    scene.delete();
    scene.rules([{ Expiration: { ExpiredObjectDeleteMarker: false } }]);
    scene.at('40');
    expect(scene.history()).toEqual(['marker']);
  });

  it('removes the marker a midnight after the last version below it', () => {
    const scene = makeScene('Enabled');
    scene.put('first');
    scene.delete();
    scene.rules([cleanUp, noncurrent(1)]);
    scene.at('40');
    expect(scene.done()).toEqual(['17 remove a by rule 2', '18 remove a by rule 1']);
  });
});
