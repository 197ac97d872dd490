import { describe, expect, it } from '@jest/globals';
import { isKept, keepPatches, type PatchedPlace } from '../../src/capture/patches';

type Answer = (question: string) => string | undefined;

const run: PatchedPlace<Answer>['run'] = (answer, _, [question]) => answer(String(question));

function makeHolder() {
  const ask = Object.assign((question: string) => `real ${question}`, { detail: 'kept' });
  return { ask };
}

describe('a patch that is kept', () => {
  it('calls the function below until somebody decides, also by a reference that was taken before', () => {
    const holder = makeHolder();
    const present: Answer[] = [];
    keepPatches([{ holder, name: 'ask', run }], () => present);
    const { ask } = holder;
    expect(ask('a')).toBe('real a');
    present.push((question) => (question === 'a' ? 'answered' : undefined));
    expect([ask('a'), ask('b')]).toEqual(['answered', 'real b']);
    present.pop();
    expect(ask('a')).toBe('real a');
    expect(holder.ask).toBe(ask);
  });

  it('lets the first that takes a call decide', () => {
    const holder = makeHolder();
    keepPatches([{ holder, name: 'ask', run }], () => [() => undefined, () => 'second', () => 'third']);
    expect(holder.ask('a')).toBe('second');
  });

  it('has the properties of the function below', () => {
    const holder = makeHolder();
    keepPatches([{ holder, name: 'ask', run }], () => []);
    expect(holder.ask.detail).toBe('kept');
  });

  it('is laid once', () => {
    const holder = makeHolder();
    const lay = () => keepPatches([{ holder, name: 'ask', run }], () => []);
    expect(isKept(holder, 'ask')).toBe(false);
    lay();
    const { ask } = holder;
    lay();
    expect({ kept: isKept(holder, 'ask'), same: holder.ask === ask }).toEqual({ kept: true, same: true });
  });
});
