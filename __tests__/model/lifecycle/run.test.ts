import { describe, expect, it } from '@jest/globals';
import { settle } from '../../../src/model/schedule/settle';
import { checkUnchanged } from '../../../src/model/uploads/completion';
import { beginUpload } from '../../../src/model/uploads/uploads';
import {
  archived,
  big,
  cleanUp,
  inDays,
  type LifecycleScene,
  makeScene,
  momentOf,
  noncurrent,
} from '../../support/lifecycle-scene';
import { plainSettings } from '../../support/upload-settings';

const tagged = { ...inDays(1), Filter: { Tag: { Key: 'color', Value: 'red' } } };

const beginOn = ({ store, bucket }: LifecycleScene, key: string) =>
  beginUpload(store, bucket, {
    id: key,
    key,
    initiator: { account: undefined, user: undefined, accessKeyId: undefined },
    ...plainSettings,
  });

describe('AbortIncompleteMultipartUpload', () => {
  it('aborts uploads by the rules of today, whatever rules there were as they began', () => {
    const scene = makeScene('Enabled');
    const abortAfter = (days: number) =>
      scene.rules([{ AbortIncompleteMultipartUpload: { DaysAfterInitiation: days } }]);
    abortAfter(30);
    beginOn(scene, 'a');
    scene.at('16');
    abortAfter(3);
    scene.at('18 23:59');
    expect(scene.done()).toEqual([]);
    scene.at('19');
    expect(scene.done()).toEqual(['19 abort a by rule 1']);
  });

  it('aborts open uploads a number of days after they began', () => {
    const scene = makeScene('Enabled');
    const begin = (key: string) => beginOn(scene, key);
    begin('a/open');
    begin('b/open');
    const done = begin('a/done');
    const completion = { parts: '1 e', etag: 'e', versionId: undefined };
    const aborted = () => [...scene.bucket.uploads.values()].filter((one) => one.isAborted).map(({ key }) => key);
    scene.bucket.uploads.set(done.id, { ...done, completion });
    scene.at('17 12:00');
    begin('a/later');
    scene.rules([{ Filter: { Prefix: 'a/' }, AbortIncompleteMultipartUpload: { DaysAfterInitiation: 2 } }]);
    scene.at('18');
    expect(aborted()).toEqual(['a/open']);
    scene.at('20');
    expect(aborted()).toEqual(['a/open', 'a/later']);
    expect(scene.done()).toEqual(['18 abort a/open by rule 1', '20 abort a/later by rule 1']);
    expect(scene.actions[0]).toMatchObject({ operation: 'S3.DELETE.UPLOAD', uploadId: 'a/open', versionId: undefined });
  });
});

// F114
describe('a run', () => {
  it('proceeds midnight by midnight, and at each by key', () => {
    const scene = makeScene('Enabled');
    scene.put('b1', {}, 'b');
    scene.put('a1', {}, 'a');
    scene.put('a2', {}, 'a');
    scene.rules([inDays(2), noncurrent(1), cleanUp]);
    scene.at('90');
    expect(scene.done()).toEqual([
      '17 remove a by rule 2',
      '18 expire a by rule 1',
      '18 expire b by rule 1',
      '19 remove a by rule 2',
      '19 remove b by rule 2',
      '20 remove a by rule 3',
      '20 remove b by rule 3',
    ]);
    expect(scene.actions.map(({ operation }) => operation)).toEqual([
      'S3.EXPIRE.OBJECT',
      'S3.CREATE.DELETEMARKER',
      'S3.CREATE.DELETEMARKER',
      'S3.EXPIRE.OBJECT',
      'S3.EXPIRE.OBJECT',
      'S3.EXPIRE.OBJECT',
      'S3.EXPIRE.OBJECT',
    ]);
  });

  it('removes an old null version before the delete marker that would replace it', () => {
    const scene = makeScene('Suspended');
    scene.play('null', 'Enabled', 'second', 'Suspended');
    scene.rules([inDays(1), noncurrent(1), archived(1)]);
    scene.at('17');
    expect(scene.history()).toEqual(['marker (null)', 'second']);
    expect(scene.done()).toEqual(['17 remove a by rule 2', '17 expire a by rule 1']);
  });

  it('does not restore a null version that a delete marker replaced', () => {
    const scene = makeScene('Suspended');
    scene.put('null', big);
    scene.play('Enabled', 'second', 'Suspended');
    scene.rules([inDays(1), archived(1)]);
    scene.at('17');
    expect(scene.history()).toEqual(['marker (null)', 'second']);
  });

  const moved = (Days: number, StorageClass: string) => ({ Transitions: [{ Days, StorageClass }] });

  it('archives a version before it makes a delete marker, which comes at the next midnight', () => {
    const scene = makeScene('Enabled');
    scene.put('first', big);
    scene.rules([inDays(1), moved(1, 'GLACIER')]);
    scene.at('20');
    expect(scene.done()).toEqual(['17 transition a by rule 2', '18 expire a by rule 1']);
    expect(scene.classes()).toEqual([undefined, 'GLACIER']);
  });

  it('removes an object before it archives it: without versioning, and one that a delete marker replaces', () => {
    const done = [undefined, 'Suspended' as const].map((versioning) => {
      const scene = makeScene(versioning);
      scene.put('first', big);
      scene.rules([inDays(1), moved(1, 'GLACIER')]);
      scene.at('17');
      return scene.done();
    });
    expect(done).toEqual([['17 expire a by rule 1'], ['17 expire a by rule 1']]);
  });

  it('archives first what a delete marker leaves in place, whatever its id is', () => {
    const done = [['Suspended', 'Enabled'] as const, ['Enabled', 'Suspended'] as const].map(([written, run]) => {
      const scene = makeScene(written);
      scene.put('first', big);
      scene.setVersioning(run);
      scene.rules([inDays(1), moved(1, 'GLACIER')]);
      scene.at('17');
      return scene.done();
    });
    expect(done).toEqual([['17 transition a by rule 2'], ['17 transition a by rule 2']]);
  });

  it('removes a noncurrent version before it archives it', () => {
    const scene = makeScene('Enabled');
    scene.put('first', big);
    scene.put('second', big);
    scene.rules([archived(1), noncurrent(1)]);
    scene.at('17');
    expect(scene.done()).toEqual(['17 remove a by rule 2']);
  });

  it.each([
    ['the first', [tagged, inDays(1)], '17 expire a by rule 1'],
    ['the first', [inDays(1), tagged], '17 expire a by rule 1'],
    ['the first', [inDays(1), { ...inDays(1), Filter: { Prefix: 'a' } }], '17 expire a by rule 1'],
    [
      'that of the longer prefix, if it is first',
      [{ ...inDays(1), Filter: { Prefix: 'a' } }, inDays(1)],
      '17 expire a by rule 1',
    ],
  ])('names of rules that are due at once %s', (_which, rules, done) => {
    const scene = makeScene(undefined);
    scene.put('first', { tags: [{ Key: 'color', Value: 'red' }] });
    scene.rules(rules);
    scene.at('17');
    expect(scene.done()).toEqual([done]);
  });

  it('names the rule that was due first, if a midnight has several', () => {
    const scene = makeScene(undefined);
    scene.put('first');
    scene.at('25');
    scene.rules([inDays(3), inDays(1), inDays(2)]);
    scene.at('26');
    expect(scene.done()).toEqual(['26 expire a by rule 2']);
  });

  it.each([
    ['STANDARD_IA', 'INTELLIGENT_TIERING'],
    ['ONEZONE_IA', 'INTELLIGENT_TIERING'],
    ['GLACIER_IR', 'INTELLIGENT_TIERING'],
    ['GLACIER', 'GLACIER'],
    ['DEEP_ARCHIVE', 'DEEP_ARCHIVE'],
  ])('of %s and INTELLIGENT_TIERING, due at once, chooses %s for good', (other, chosen) => {
    const scene = makeScene(undefined);
    scene.put('first', big);
    scene.rules([moved(1, other), moved(1, 'INTELLIGENT_TIERING')]);
    scene.at('20');
    expect(scene.classes()).toEqual([chosen]);
    expect(scene.done()).toHaveLength(1);
  });

  it('moves an object of INTELLIGENT_TIERING on when another class is due later', () => {
    const scene = makeScene(undefined);
    scene.put('first', big);
    scene.rules([moved(3, 'GLACIER_IR'), moved(1, 'INTELLIGENT_TIERING')]);
    scene.at('20');
    expect(scene.done()).toEqual(['17 transition a by rule 2', '19 transition a by rule 1']);
  });

  it('moves an object of INTELLIGENT_TIERING by a rule that replaces the one which moved it there', () => {
    const scene = makeScene(undefined);
    scene.put('first', big);
    scene.rules([moved(2, 'INTELLIGENT_TIERING')]);
    scene.at('20');
    scene.rules([moved(1, 'GLACIER_IR')]);
    scene.at('21');
    expect(scene.classes()).toEqual(['GLACIER_IR']);
  });

  it.each([
    ['to an archive', 'INTELLIGENT_TIERING', 'GLACIER'],
    ['from another class', 'STANDARD_IA', 'GLACIER_IR'],
  ])(
    'moves an object on %s by a rule that was due before its last move, beside one for INTELLIGENT_TIERING',
    (_way, from, to) => {
      const scene = makeScene(undefined);
      scene.put('first', big);
      scene.rules([moved(2, from)]);
      scene.at('20');
      scene.rules([moved(1, to), moved(90, 'INTELLIGENT_TIERING')]);
      scene.at('21');
      expect(scene.classes()).toEqual([to]);
    },
  );

  it('is a change of the key for an open upload', () => {
    const scene = makeScene('Enabled');
    scene.play('first');
    const begun = {
      id: 'up',
      key: 'a',
      initiator: { account: undefined, user: undefined, accessKeyId: undefined },
      ...plainSettings,
    };
    beginUpload(scene.store, scene.bucket, begun);
    scene.rules([inDays(1)]);
    scene.at('17');
    const upload = scene.bucket.uploads.get('up');
    expect(() => upload && checkUnchanged(scene.bucket, upload, 'If-Match')).toThrow('ConditionalRequestConflict');
  });

  it('undoes nothing if time goes back, and passes midnights again', () => {
    const scene = makeScene(undefined);
    scene.play('first');
    scene.rules([inDays(1)]);
    scene.at('20');
    scene.at('10 12:00');
    expect(scene.history()).toEqual([]);
    scene.play('earlier');
    scene.at('12');
    expect(scene.history()).toEqual([]);
    expect(scene.done()).toEqual(['17 expire a by rule 1', '12 expire a by rule 1']);
  });

  it('stores its last day in a snapshot', () => {
    const scene = makeScene(undefined);
    scene.play('first');
    scene.rules([inDays(3)]);
    const before = scene.store.snapshot();
    scene.at('30');
    scene.store.restore(before);
    expect(settle(scene.store)).toEqual([]);
    scene.store.clock.set(momentOf('30'));
    expect(settle(scene.store).map(({ at }) => at)).toEqual([new Date(momentOf('19'))]);
  });

  it('ends if an action is never due', () => {
    const scene = makeScene('Enabled');
    scene.put('first', { lock: { retention: undefined, legalHold: 'ON' } });
    scene.play('second');
    scene.rules([noncurrent(1), inDays(2_147_483_647)]);
    scene.at('400');
    expect(scene.done()).toEqual([]);
  });
});
