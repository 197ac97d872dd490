import { describe, expect, it } from '@jest/globals';
import type { LifecycleFilter, LifecycleRule } from '../../../src/model/lifecycle/rules';
import { archived, big, inDays, makeScene, momentOf } from '../../support/lifecycle-scene';

type Rule = Partial<LifecycleRule>;

const transition = (Days: number, StorageClass: string): Rule => ({ Transitions: [{ Days, StorageClass }] });
// User Guide, "Transitioning objects using Amazon S3 Lifecycle". F113
describe('transitions', () => {
  it('move the current version to colder classes, each at its time', () => {
    const scene = makeScene('Enabled');
    scene.put('first', big);
    scene.put('second', big);
    scene.rules([
      {
        Transitions: [
          { Days: 30, StorageClass: 'STANDARD_IA' },
          { Days: 60, StorageClass: 'GLACIER' },
          { Days: 150, StorageClass: 'DEEP_ARCHIVE' },
        ],
      },
    ]);
    const seen = ['45 23:59', '46', '76', '166'].map((moment) => {
      scene.at(moment);
      return scene.classes().join(' ');
    });
    expect(seen).toEqual(['STANDARD STANDARD', 'STANDARD_IA STANDARD', 'GLACIER STANDARD', 'DEEP_ARCHIVE STANDARD']);
    expect(scene.actions.map(({ operation }) => operation)).toEqual([
      'S3.TRANSITION_SIA.OBJECT',
      'S3.TRANSITION.OBJECT',
      'S3.TRANSITION_GDA.OBJECT',
    ]);
  });

  it('keep the version, its id and its date', () => {
    const scene = makeScene('Enabled');
    scene.put('first', big);
    const [before] = scene.bucket.versions.of('a');
    scene.rules([transition(0, 'GLACIER')]);
    scene.at('16');
    const [after] = scene.bucket.versions.of('a');
    const content = { ...before?.content, storageClass: 'GLACIER' };
    expect(after).toEqual({ ...before, content, moved: momentOf('16') });
  });

  it('lead to the coldest class if several are due at once', () => {
    const scene = makeScene('Enabled');
    scene.put('first', big);
    scene.at('80');
    scene.rules([transition(1, 'GLACIER'), transition(2, 'DEEP_ARCHIVE'), transition(1, 'GLACIER_IR')]);
    scene.at('90');
    expect(scene.done()).toEqual(['81 transition a by rule 2']);
  });

  it('are skipped if a removal is due at the same time', () => {
    const scene = makeScene(undefined);
    scene.put('first', big);
    scene.rules([transition(1, 'GLACIER'), inDays(1)]);
    scene.at('90');
    expect(scene.done()).toEqual(['17 expire a by rule 2']);
  });

  it.each<{ from: string; to: string; moves: boolean }>`
    from                     | to                | moves
    ${'STANDARD'}            | ${'STANDARD_IA'}  | ${true}
    ${'STANDARD_IA'}         | ${'ONEZONE_IA'}   | ${true}
    ${'ONEZONE_IA'}          | ${'STANDARD_IA'}  | ${false}
    ${'ONEZONE_IA'}          | ${'GLACIER_IR'}   | ${false}
    ${'ONEZONE_IA'}          | ${'GLACIER'}      | ${true}
    ${'INTELLIGENT_TIERING'} | ${'GLACIER_IR'}   | ${true}
    ${'GLACIER'}             | ${'GLACIER_IR'}   | ${false}
    ${'GLACIER'}             | ${'GLACIER'}      | ${false}
    ${'GLACIER'}             | ${'DEEP_ARCHIVE'} | ${true}
    ${'DEEP_ARCHIVE'}        | ${'GLACIER'}      | ${false}
  `('from $from to $to: $moves', ({ from, to, moves }) => {
    const scene = makeScene(undefined);
    scene.put('first', { ...big, storageClass: from });
    scene.rules([transition(0, to)]);
    scene.at('16');
    expect(scene.classes()).toEqual([moves ? to : from]);
  });

  it.each<{
    least: 'all_storage_classes_128K' | 'varies_by_storage_class' | 'cos';
    filter: LifecycleFilter;
    to: string;
    moves: boolean;
  }>`
    least                         | filter                          | to                | moves
    ${'all_storage_classes_128K'} | ${{}}                           | ${'GLACIER'}      | ${false}
    ${'varies_by_storage_class'}  | ${{}}                           | ${'GLACIER'}      | ${true}
    ${'varies_by_storage_class'}  | ${{}}                           | ${'DEEP_ARCHIVE'} | ${true}
    ${'varies_by_storage_class'}  | ${{}}                           | ${'GLACIER_IR'}   | ${false}
    ${'all_storage_classes_128K'} | ${{ ObjectSizeGreaterThan: 1 }} | ${'GLACIER_IR'}   | ${true}
    ${'all_storage_classes_128K'} | ${{ ObjectSizeLessThan: 5000 }} | ${'GLACIER'}      | ${true}
    ${'cos'}                      | ${{}}                           | ${'GLACIER'}      | ${true}
  `('of an object below 128 KB to $to, with $least and $filter: $moves', ({ least, filter, to, moves }) => {
    const scene = makeScene(undefined);
    scene.put('first', { size: 1024 });
    scene.rules([{ ...transition(0, to), Filter: filter }], least);
    scene.at('16');
    expect(scene.classes()).toEqual([moves ? to : 'STANDARD']);
  });

  it('of noncurrent versions count from their successors, and skip the newest of them', () => {
    const scene = makeScene('Enabled');
    for (const name of ['v1', 'v2', 'v3']) scene.put(name, big);
    scene.play('delete');
    scene.rules([archived(3, 1)]);
    scene.at('18 23:59');
    expect(scene.classes()).toEqual([undefined, 'STANDARD', 'STANDARD', 'STANDARD']);
    scene.at('19');
    expect(scene.classes()).toEqual([undefined, 'STANDARD', 'GLACIER', 'GLACIER']);
  });

  it('on IBM COS move each version by its own age (F120)', () => {
    const scene = makeScene('Enabled');
    scene.play('first');
    scene.at('18 12:00');
    scene.play('second');
    scene.rules([transition(5, 'ACCELERATED')], 'cos');
    scene.at('21');
    expect(scene.classes()).toEqual(['STANDARD', 'ACCELERATED']);
    scene.at('24');
    expect(scene.classes()).toEqual(['ACCELERATED', 'ACCELERATED']);
  });
});
