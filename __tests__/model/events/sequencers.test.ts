import { describe, expect, it } from '@jest/globals';
import { Sequencers, writeSequencer } from '../../../src/model/events/sequencers';
import { EventScene, put, remove, toQueue } from '../../support/event-scene';

const start = Date.UTC(2026, 2, 31, 7, 35, 5);

describe('sequencers', () => {
  it('are 18 hexadecimal digits: two noughts, the second, and a number', () => {
    expect(new Sequencers().takeForWrite({ sequence: 5, created: start })).toBe('0069CB792900000500');
    expect(0x69cb7929 * 1000).toBe(start);
  });

  it('of a write follow from it, so that a message built later has the same', () => {
    const version = { sequence: 5, created: start };
    expect(new Sequencers().takeForWrite(version)).toBe(writeSequencer(version));
  });

  it('grow and sort as text from write to removal to write, though the clock is set back', () => {
    const scene = new EventScene({ vault: { notification: toQueue(['s3:ObjectCreated:*', 's3:ObjectRemoved:*']) } });
    scene.ask(put('/vault/a', '1'), put('/vault/a', '2'), remove('/vault/a'), remove('/vault/a'), put('/vault/a', '3'));
    scene.store.clock.set(0);
    scene.ask(put('/vault/a', '4'), remove('/vault/a'));
    scene.store.clock.set(start + 5000);
    scene.ask(put('/vault/a', '5'));
    const sequencers = scene.takeRecords().map(({ s3 }) => s3.object.sequencer);
    expect({ count: new Set(sequencers).size, sequencers }).toEqual({ count: 8, sequencers: sequencers.toSorted() });
  });

  it.each<{ times: readonly [number, number, number, number] }>`
    clock         | times
    ${'goes on'}  | ${[0, 1, 2, 3]}
    ${'stands'}   | ${[0, 0, 0, 0]}
    ${'set back'} | ${[3, 2, 1, 0]}
  `('of a completed upload is that of its beginning, below those since: the clock $clock', ({ times }) => {
    const sequencers = new Sequencers();
    const writeOf = (at: 0 | 1 | 2 | 3) => ({ sequence: 5 + at, created: start + times[at] * 1000 });
    const [before, upload, since, later] = [writeOf(0), writeOf(1), writeOf(2), writeOf(3)];
    const first = sequencers.takeForWrite(before);
    sequencers.begin(upload);
    const { state } = sequencers;
    const second = sequencers.takeForWrite(since);
    const third = sequencers.takeForRemoval(since.sequence, since.created);
    const inOrder = [first, sequencers.ofUpload(upload), second, third, sequencers.takeForWrite(later)];
    expect({ inOrder, count: new Set(inOrder).size }).toEqual({ inOrder: inOrder.toSorted(), count: 5 });
    sequencers.restore(state);
    expect(sequencers.ofUpload(upload)).toBe(inOrder[1]);
    expect(sequencers.takeForWrite(since)).toBe(second);
  });
});

describe('the number of a sequencer', () => {
  const second = '0069CB7929';
  const write = (sequence: number) => ({ sequence, created: start });

  it('is that of its write, and a removal comes after the last write', () => {
    const sequencers = new Sequencers();
    expect([
      sequencers.takeForWrite(write(5)),
      sequencers.takeForRemoval(5, start),
      sequencers.takeForWrite(write(7)),
      sequencers.takeForWrite(write(7)),
    ]).toEqual([`${second}00000500`, `${second}00000501`, `${second}00000700`, `${second}00000701`]);
    expect(new Sequencers().takeForRemoval(5, start)).toBe(`${second}00000501`);
  });

  it('of an upload that began while the clock was set back is forgotten with the state', () => {
    const sequencers = new Sequencers();
    sequencers.takeForWrite({ sequence: 5, created: start + 1000 });
    const { state } = sequencers;
    sequencers.begin(write(6));
    expect(sequencers.ofUpload(write(6))).not.toBe(writeSequencer(write(6)));
    sequencers.restore(state);
    expect(sequencers.ofUpload(write(6))).toBe(writeSequencer(write(6)));
  });
});
