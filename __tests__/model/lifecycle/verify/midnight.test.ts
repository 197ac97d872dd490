import { expect, it } from '@jest/globals';
import { settle } from '../../../../src/model/schedule/settle';
import { cleanUp, makeScene, momentOf } from '../../../support/lifecycle-scene';

it('a run of lifecycle returns every action of a midnight, however many there are', () => {
  const scene = makeScene('Enabled');
  const keys = Array.from({ length: 125_000 }, (_, index) => `key-${String(index).padStart(6, '0')}`);
  for (const key of keys) scene.delete(key);
  scene.rules([cleanUp]);
  scene.store.clock.set(momentOf('17'));
  expect(settle(scene.store).map(({ key }) => key)).toEqual(keys);
});
