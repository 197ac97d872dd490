import { describe, expect, it } from '@jest/globals';
import type { Note } from '../../src/tried/notes';
import { type Pass, planWays, type Run, type Way } from '../../src/tried/plan';
import { Trial } from '../../src/tried/trial';
import { reports, request, result, run, test } from './notes';

const names = ['first', 'second', 'third'];
const whole = reports({ a: '1' });
const cut = reports({});

const writeNotes = (name: string, picture = whole): readonly Note[] => [
  test(name, [request('PutObject', 'a', { line: `/suite/${name}.ts:3` })], { picture }),
  result(name),
];
const plain = run(...names.flatMap((name) => writeNotes(name)));
const ways: readonly Way[] = [...planWays(plain, plain).ways.values()].flat();
const passOf = (...chosen: readonly Way[]): Pass =>
  new Map(chosen.map((way) => [JSON.stringify([way.test.file, way.test.name, 0]), way]));

/** A suite whose code swallows a refusal in each test. */
function makeTrial(repeat: () => Run = () => plain) {
  const told: string[] = [];
  const runs = {
    run: async (pass: Pass) => {
      const tried = new Set([...pass.values()].map(({ test: { name } }) => name));
      return pass.size === 0
        ? repeat()
        : run(...names.flatMap((name) => writeNotes(name, tried.has(name) ? cut : whole)));
    },
    repeat: async () => repeat(),
  };
  return { told, trial: new Trial(runs, [plain, plain], (line) => told.push(line)) };
}

describe('a trial', () => {
  it('confirms findings of different lines one by one, and says which it has seen once', async () => {
    const { trial, told } = makeTrial();
    const { judged } = await trial.look([passOf(...ways)]);
    const confirmed = await trial.confirm(judged, 2);
    expect(confirmed.map(({ way, evidence }) => [way.test.name, /seen once/.test(evidence)])).toEqual([
      ['first', false],
      ['second', false],
      ['third', true],
    ]);
    expect(told.at(-1)).toBe('Confirms what it found, 2 of 2 …');
  });

  it('keeps a finding if its test ends in the same way when it is repeated as it is', async () => {
    const { trial } = makeTrial();
    const { judged } = await trial.look([passOf(...ways)]);
    const { steady, unsteady } = await trial.leaveOutUnsteady(judged);
    expect({ steady, unsteady, passes: trial.passes }).toEqual({ steady: judged, unsteady: [], passes: 3 });
  });

  it('leaves out a test that ends otherwise when it is repeated as it is', async () => {
    const { trial } = makeTrial(() =>
      run(...names.flatMap((name) => writeNotes(name, name === 'second' ? cut : whole))),
    );
    const { judged } = await trial.look([passOf(...ways)]);
    const { steady, unsteady } = await trial.leaveOutUnsteady(judged);
    expect(steady.map(({ way }) => way.test.name)).toEqual(['first', 'third']);
    expect(unsteady).toEqual([{ test: judged[1]?.way.test, why: 'it ends otherwise if it is repeated as it is' }]);
  });

  it('repeats nothing without a finding', async () => {
    const { trial } = makeTrial();
    expect(await trial.leaveOutUnsteady([])).toEqual({ steady: [], unsteady: [] });
    expect(trial.passes).toBe(0);
  });
});
