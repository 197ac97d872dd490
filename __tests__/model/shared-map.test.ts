import { describe, expect, it } from '@jest/globals';
import { SharedMap } from '../../src/model/shared-map';

function makeMap(entries: Readonly<Record<string, number>>): SharedMap<string, number> {
  const map = new SharedMap<string, number>();
  for (const [key, value] of Object.entries(entries)) map.set(key, value);
  return map;
}

describe('a map that its snapshots share', () => {
  it('changes, and its snapshot does not', () => {
    const map = makeMap({ a: 1, b: 2 });
    const { state } = map;
    map.set('a', 3);
    map.delete('b');
    map.set('c', 4);
    expect([...map]).toEqual(Object.entries({ a: 3, c: 4 }));
    expect([...state]).toEqual(Object.entries({ a: 1, b: 2 }));
  });

  it('changes after a restore, and the restored snapshot does not', () => {
    const map = makeMap({ a: 1 });
    const { state } = map;
    map.set('b', 2);
    map.restore(state);
    map.set('c', 3);
    expect([...map.keys()]).toEqual(['a', 'c']);
    expect([...state.keys()]).toEqual(['a']);
  });

  it('has entries of its own, though others are empty', () => {
    const [one, other] = [makeMap({}), makeMap({})];
    one.set('a', 1);
    expect({ size: other.size, has: other.has('a') }).toEqual({ size: 0, has: false });
  });

  it('is not copied between two snapshots', () => {
    const map = makeMap({ a: 1 });
    map.set('b', 2);
    const { state } = map;
    expect(map.state).toBe(state);
  });
});
