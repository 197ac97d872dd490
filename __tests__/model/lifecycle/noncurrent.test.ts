import { describe, expect, it } from '@jest/globals';
import type { LifecycleRule } from '../../../src/model/lifecycle/rules';
import { inDays, makeScene, momentOf, noncurrent } from '../../support/lifecycle-scene';

type Rule = Partial<LifecycleRule>;

// User Guide, "Lifecycle configuration elements", NoncurrentVersionExpiration. F113
describe('NoncurrentVersionExpiration', () => {
  it('counts from the date of the successor, and rounds up', () => {
    const scene = makeScene('Enabled');
    scene.rules([noncurrent(3)]);
    scene.play('first');
    scene.at('20 12:00');
    scene.play('second');
    expect(scene.historyAt('23 23:59', '24', '90')).toEqual([['second', 'first'], ['second'], ['second']]);
  });

  it('also counts from a delete marker', () => {
    const scene = makeScene('Enabled');
    scene.rules([noncurrent(1)]);
    scene.play('first');
    scene.at('20 12:00');
    scene.play('delete');
    scene.at('22');
    expect(scene.history()).toEqual(['marker']);
  });

  it('counts from the next version left if the direct successor is gone', () => {
    const scene = makeScene('Enabled');
    scene.play('first');
    scene.at('16 12:00');
    scene.play('second');
    scene.at('25 12:00');
    scene.play('third');
    const [, second] = scene.bucket.versions.of('a');
    if (second) scene.bucket.versions.remove(second);
    scene.rules([noncurrent(5)]);
    // Its successor is the third version now, made on the 25th.
    expect(scene.historyAt('30', '31')).toEqual([['third', 'first'], ['third']]);
  });

  it.each<{ newer: number | undefined; after: string[] }>`
    newer        | after
    ${undefined} | ${['v5']}
    ${1}         | ${['v5', 'v4']}
    ${2}         | ${['v5', 'v4', 'marker']}
    ${3}         | ${['v5', 'v4', 'marker', 'v2']}
    ${4}         | ${['v5', 'v4', 'marker', 'v2', 'v1']}
    ${100}       | ${['v5', 'v4', 'marker', 'v2', 'v1']}
  `('keeps the $newer newest of them, delete markers included', ({ newer, after }) => {
    const scene = makeScene('Enabled');
    scene.play('v1', 'v2', 'delete', 'v4', 'v5');
    scene.rules([noncurrent(2, newer)]);
    scene.at('17 23:59');
    expect(scene.history()).toHaveLength(5);
    scene.at('18');
    expect(scene.history()).toEqual(after);
  });

  it('keeps surplus versions until they are old enough', () => {
    const scene = makeScene('Enabled');
    scene.rules([noncurrent(10, 1)]);
    scene.play('v1', 'v2', 'v3');
    scene.at('20 12:00');
    scene.play('v4');
    expect(scene.historyAt('25 23:59', '26')).toEqual([
      ['v4', 'v3', 'v2', 'v1'],
      ['v4', 'v3'],
    ]);
  });

  it.each<[string, Rule, string[]]>([
    ['tags', { Filter: { Tag: { Key: 'old', Value: 'yes' } } }, ['third', 'second']],
    ['size', { Filter: { ObjectSizeGreaterThan: 100 } }, ['third', 'first']],
    ['prefix', { Filter: { Prefix: 'b' } }, ['third', 'second', 'first']],
  ])('compares the %s of the noncurrent version itself', (_what, filter, after) => {
    const scene = makeScene('Enabled');
    scene.put('first', { tags: [{ Key: 'old', Value: 'yes' }] });
    scene.put('second', { size: 200 });
    scene.play('third');
    scene.rules([{ ...noncurrent(1), ...filter }]);
    scene.at('40');
    expect(scene.history()).toEqual(after);
  });

  it('treats delete markers as objects without bytes or tags', () => {
    const scene = makeScene('Enabled');
    scene.play('delete', 'first', 'second');
    scene.rules([{ ...noncurrent(1), Filter: { ObjectSizeLessThan: 1 } }]);
    scene.at('40');
    expect(scene.history()).toEqual(['second', 'first']);
    scene.play('delete', 'delete');
    scene.rules([{ ...noncurrent(1), Filter: { Tag: { Key: 'a', Value: '1' } } }]);
    scene.at('80');
    expect(scene.history()).toEqual(['marker', 'marker', 'second', 'first']);
  });

  it('continues if versioning is Suspended, also for the null version', () => {
    const scene = makeScene('Suspended');
    scene.play('first', 'Enabled', 'second', 'Suspended');
    scene.rules([noncurrent(1)]);
    scene.at('17');
    expect(scene.history()).toEqual(['second']);
  });

  it('does nothing if versioning was never set', () => {
    const scene = makeScene(undefined);
    scene.play('first', 'second');
    scene.rules([noncurrent(1)]);
    scene.at('40');
    expect({ history: scene.history(), done: scene.done() }).toEqual({ history: ['second (null)'], done: [] });
  });
});

// User Guide, "Object Lock considerations". F113
describe('a locked version', () => {
  const retention = (until: string) => ({
    retention: { Mode: 'COMPLIANCE' as const, until: momentOf(until) },
    legalHold: undefined,
  });

  it('is removed at the first midnight after its lock ends', () => {
    const scene = makeScene('Enabled');
    scene.put('first', { lock: retention('25 10:00') });
    scene.play('second');
    scene.rules([noncurrent(1)]);
    expect(scene.historyAt('25 23:59', '26')).toEqual([['second', 'first'], ['second']]);
  });

  it('stays under a legal hold, and is removed once the hold is lifted', () => {
    const scene = makeScene('Enabled');
    scene.put('first', { lock: { retention: undefined, legalHold: 'ON' } });
    scene.play('second');
    scene.rules([noncurrent(1)]);
    scene.at('60');
    expect(scene.history()).toEqual(['second', 'first']);
    const [, first] = scene.bucket.versions.of('a');
    if (first) scene.bucket.versions.replace({ ...first, lock: { retention: undefined, legalHold: 'OFF' } });
    scene.at('61');
    expect(scene.history()).toEqual(['second']);
  });

  it('expires while it is current, since it stays below the delete marker', () => {
    const scene = makeScene('Enabled');
    scene.put('first', { lock: retention('90') });
    scene.rules([inDays(1)]);
    scene.at('17');
    expect(scene.history()).toEqual(['marker', 'first']);
  });
});
