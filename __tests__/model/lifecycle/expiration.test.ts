import { describe, expect, it } from '@jest/globals';
import type { VersioningStatus } from '../../../src/model/versioning';
import { removeVersion } from '../../../src/model/versions/writes';
import { cleanUp, inDays, makeScene, momentOf, noncurrent } from '../../support/lifecycle-scene';

// User Guide, "Lifecycle configuration elements", Expiration. F113
describe('Expiration of current versions', () => {
  it.each<{
    versioning: VersioningStatus | undefined;
    steps: string[];
    before: string[];
    after: string[];
  }>`
    versioning     | steps                                          | before                        | after
    ${undefined}   | ${['first']}                                   | ${['first (null)']}           | ${[]}
    ${'Enabled'}   | ${['first']}                                   | ${['first']}                  | ${['marker', 'first']}
    ${'Enabled'}   | ${['first', 'second']}                         | ${['second', 'first']}        | ${['marker', 'second', 'first']}
    ${'Suspended'} | ${['first']}                                   | ${['first (null)']}           | ${['marker (null)']}
    ${'Enabled'}   | ${['first', 'Suspended']}                      | ${['first']}                  | ${['marker (null)', 'first']}
    ${'Suspended'} | ${['first', 'Enabled', 'second', 'Suspended']} | ${['second', 'first (null)']} | ${['marker (null)', 'second']}
    ${'Suspended'} | ${['first', 'Enabled']}                        | ${['first (null)']}           | ${['marker', 'first (null)']}
    ${'Enabled'}   | ${['first', 'delete']}                         | ${['marker', 'first']}        | ${['marker', 'first']}
    ${'Enabled'}   | ${['delete']}                                  | ${['marker']}                 | ${[]}
  `('from $versioning on, after $steps: $before becomes $after', ({ versioning, steps, before, after }) => {
    const scene = makeScene(versioning);
    scene.play(...steps);
    scene.rules([inDays(3)]);
    expect([scene.history(), ...scene.historyAt('18 23:59', '19')]).toEqual([before, before, after]);
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
    // The marker is alone on the 21st, and 3 days old on the 22nd.
    expect(scene.historyAt('21', '22')).toEqual([['marker'], []]);
    expect(scene.done()).toEqual(['19 expire a by rule 1', '21 remove a by rule 2', '22 remove a by rule 1']);
  });

  it('expires an object again after the delete marker above it was removed', () => {
    const scene = makeScene('Enabled');
    scene.put('first');
    scene.rules([inDays(3)]);
    expect(scene.historyAt('19', '20')).toEqual([
      ['marker', 'first'],
      ['marker', 'first'],
    ]);
    const marker = scene.bucket.versions.current('a');
    if (marker) removeVersion(scene.bucket, marker);
    expect([scene.history(), ...scene.historyAt('21')]).toEqual([['first'], ['marker', 'first']]);
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
    expect(scene.historyAt('20', '21')).toEqual([['second (null)'], []]);
  });

  it('by a later rule also expires older objects, at the next midnight', () => {
    const scene = makeScene(undefined);
    scene.put('first');
    scene.at('31');
    scene.rules([inDays(3)]);
    expect([scene.history(), ...scene.historyAt('31 23:59', '32')]).toEqual([['first (null)'], ['first (null)'], []]);
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
  it.each([
    ['takes a delete marker with nothing below at the next midnight', ['delete'], []],
    ['leaves one with versions below', ['first', 'delete'], ['marker', 'first']],
    ['leaves one with another below', ['delete', 'delete'], ['marker', 'marker']],
    ['leaves objects', ['first'], ['first']],
  ])('%s', (_what, steps, after) => {
    const scene = makeScene('Enabled');
    scene.play(...steps);
    scene.rules([cleanUp]);
    scene.at('15 23:59');
    expect(scene.done()).toEqual([]);
    expect(scene.historyAt('40')).toEqual([after]);
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
