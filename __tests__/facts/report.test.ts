import { readdirSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { newsIn, writeTable } from '../../src/facts/report';
import { choose, type Outcome } from '../../src/facts/run';
import { operations } from '../../src/operations/table';
import { root, textOf } from '../house/files';
import { askModule } from '../house/modules';
import { cases } from './cases';

interface KnownRun {
  readonly played: number;
  readonly same: number;
  readonly outcomes: readonly Outcome[];
}

const runs = readdirSync(path.join(root, 'specification/runs')).map((name) => ({
  name,
  run: JSON.parse(textOf(`specification/runs/${name}`)) as KnownRun,
}));

function outcomeOf(title: string, parts: Partial<Outcome>): Outcome {
  const [chosen] = choose([title], cases);
  if (chosen === undefined) throw new Error(`no case is called ${title}`);
  const { recordedCase, ...place } = chosen;
  return { ...place, fact: recordedCase.fact, outcome: 'differs', differences: [], ...parts };
}

describe('the file of runs against a service', () => {
  it.each(runs)('$name names cases and calls that there are', ({ run }) => {
    const calls = new Map(
      cases.map(({ subject, file, title, recordedCase }) => [`${subject}, ${file}: ${title}`, recordedCase.calls]),
    );
    const strange = run.outcomes.flatMap(({ subject, file, title, outcome, differences, reason = '' }) => {
      const name = `${subject}, ${file}: ${title}`;
      const labels = calls.get(name)?.map(([label]) => label) ?? [];
      const [, operation = ''] = /: (\w+) is /.exec(reason) ?? [];
      if (outcome === 'failed') return operation === '' || operation in operations ? [] : [`${name}: ${reason}`];
      const isOfCase = (place: string) => labels.some((label) => place === label || place.startsWith(`${label}: `));
      return differences.flatMap((place) => (isOfCase(place) ? [] : [`${name}: ${place}`]));
    });
    const others = new Set(run.outcomes.map(({ file, title }) => `${file}: ${title}`));
    expect({ strange, others: others.size }).toEqual({ strange: [], others: run.played - run.same });
  });

  it('has all places that differed in one of them, and no values', () => {
    const titles = { a: { file: 'f', title: 'a' }, b: { file: 'f', title: 'b' }, c: { file: 'f', title: 'c' } };
    const reason = 'its state cannot be made: PutBucketAbac is 501 ';
    const first = [
      { ...titles.a, outcome: 'differs', differences: ['get: A: expected 1, but it is 2'] },
      { ...titles.b, outcome: 'failed', differences: [], reason },
      { ...titles.c, outcome: 'same', differences: [] },
      { file: 'f', title: 'd', outcome: 'not played', differences: [] },
    ];
    const second = [
      { ...first[0], differences: ['get: A: expected 1, but it is 3', 'put: expected 200, but it is 500 '] },
    ];
    const written = askModule(
      'build/runs.mjs',
      `module.joinRuns('Mine 1.0', 'a package', values.map((outcomes) => ({ date: '2026-11-23', outcomes })))`,
      [first, second],
    );
    expect(written).toEqual({
      service: 'Mine 1.0',
      source: 'a package',
      date: '2026-11-23',
      played: 3,
      same: 1,
      outcomes: [
        { ...titles.a, outcome: 'differs', differences: ['get: A', 'put'] },
        { ...titles.b, outcome: 'failed', differences: [], reason },
      ],
    });
  });
});

describe('news', () => {
  const title = 'ListObjectVersions continues from version to version';

  it('are the places that the earlier run does not have, whatever the values are', () => {
    const place = 'page-1: IsTruncated';
    const news = 'page-2: expected 200, but it is 500 ';
    const outcome = outcomeOf(title, { differences: [`${place}: expected true, but it is false`, news] });
    const withValue = outcomeOf(title, { differences: [`${place}: expected true, but it is absent`] });
    const withoutValue = outcomeOf(title, { differences: [place] });
    expect({
      withValue: newsIn([outcome], [withValue]),
      withoutValue: newsIn([outcome], [withoutValue]),
      none: newsIn([outcome], [outcome]),
    }).toEqual({
      withValue: [{ ...outcome, differences: [news] }],
      withoutValue: [{ ...outcome, differences: [news] }],
      none: [],
    });
  });

  it('of a case that failed are the operation that should have made its state', () => {
    const failed = (operation: string) =>
      outcomeOf(title, { outcome: 'failed', reason: `its state cannot be made: ${operation} is 409 ` });
    const silent = outcomeOf(title, { outcome: 'failed', reason: 'no answer within 30 seconds' });
    expect({
      same: newsIn([failed('CreateBucket')], [failed('CreateBucket')]),
      other: newsIn([failed('CreateBucket')], [failed('PutObject')]),
      silent: newsIn([silent], [failed('CreateBucket')]),
    }).toEqual({ same: [], other: [failed('CreateBucket')], silent: [silent] });
  });
});

it('a table counts the cases whose differences are known', () => {
  const known = outcomeOf('ListObjectVersions continues from version to version', { differences: ['a: expected 1'] });
  const news = outcomeOf('the state of versioning decides whether a write', { differences: ['b: expected 1'] });
  const [header, row] = writeTable([known, news], [news]).split('\n');
  expect([header, row]).toEqual([
    'subject     cases  played  same  other  known  new',
    'versioning  2      2       0     2      1      1',
  ]);
});
