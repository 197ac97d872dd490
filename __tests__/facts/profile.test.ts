import { describe, expect, it } from '@jest/globals';
import { isProfiled, type RunProfile, readPlace, writeProfile } from '../../src/facts/profile';
import { profiles } from '../../src/facts/profiles';
import { countProfiled, newsIn, writeTable } from '../../src/facts/report';
import { choose, type Outcome } from '../../src/facts/run';
import { operations } from '../../src/operations/table';
import { askModule } from '../house/modules';

const runs = Object.entries(profiles).flatMap(([name, profile]) =>
  profile.evidence === 'run' ? [{ name, profile: profile satisfies RunProfile }] : [],
);
const documented = Object.entries(profiles).filter(([, { evidence }]) => evidence === 'documented');

function outcomeOf(title: string, parts: Partial<Outcome>): Outcome {
  const [chosen] = choose([title]);
  if (chosen === undefined) throw new Error(`no case is called ${title}`);
  const { recordedCase, ...place } = chosen;
  return { ...place, fact: recordedCase.fact, outcome: 'differs', differences: [], ...parts };
}

describe('a profile of a run', () => {
  it.each(runs)('of $name names cases and calls that there are', ({ profile }) => {
    const cases = new Map(choose([]).map(({ file, title, recordedCase }) => [`${file}: ${title}`, recordedCase]));
    const strange = Object.entries(profile.places).flatMap(([name, places]) => {
      const labels = cases.get(name)?.calls.map(([label]) => label) ?? [];
      const isOfCase = (place: string) =>
        place === '' ||
        place in operations ||
        labels.some((label) => place === label || place.startsWith(`${label}: `));
      return places.split('\n').flatMap((place) => (isOfCase(place) ? [] : [`${name}: ${place}`]));
    });
    expect({ strange, other: Object.keys(profile.places).length }).toEqual({
      strange: [],
      other: profile.played - profile.same,
    });
  });

  it('is made from the files of runs, with all places that differed in one of them', () => {
    const titles = { a: { file: 'f', title: 'a' }, b: { file: 'f', title: 'b' }, c: { file: 'f', title: 'c' } };
    const first = [
      { ...titles.a, outcome: 'differs', differences: ['get: A: expected 1, but it is 2'] },
      { ...titles.b, outcome: 'failed', differences: [], reason: 'its state cannot be made: PutBucketAbac is 501 ' },
      { ...titles.c, outcome: 'same', differences: [] },
      { file: 'f', title: 'd', outcome: 'not played', differences: [] },
    ];
    const second = [
      { ...first[0], differences: ['get: A: expected 1, but it is 3', 'put: expected 200, but it is 500 '] },
    ];
    const written = askModule(
      'build/profile.mjs',
      `module.makeProfile('Mine 1.0', 'a package', values.map((outcomes) => ({ date: '2026-11-23', outcomes })))`,
      [first, second],
    );
    expect(written).toEqual({
      service: 'Mine 1.0',
      source: 'a package',
      date: '2026-11-23',
      played: 3,
      same: 1,
      places: { 'f: a': 'get: A\nput', 'f: b': 'PutBucketAbac' },
    });
  });

  it('knows the places that differed, and no others', () => {
    const title = 'ListObjectVersions continues from version to version';
    const known = 'page-1: IsTruncated: expected true, but it is false';
    const news = 'page-2: expected 200, but it is 500 ';
    const outcome = outcomeOf(title, { differences: [known, news] });
    const failed = outcomeOf(title, { outcome: 'failed', reason: 'its state cannot be made: CreateBucket is 409 ' });
    const profile: RunProfile = {
      service: 'Mine 1.0',
      evidence: 'run',
      source: 'a package',
      date: '2026-11-23',
      played: 1,
      same: 0,
      places: { [`${outcome.file}: ${outcome.title}`]: readPlace(known) },
    };
    expect(newsIn([outcome, failed], [], profile)).toEqual([{ ...outcome, differences: [news] }, failed]);
    expect(countProfiled([outcome, failed], profile)).toBe(1);
    const places = { [`${outcome.file}: ${outcome.title}`]: 'CreateBucket' };
    expect(newsIn([failed], [], { ...profile, places })).toEqual([]);
    const silent = { ...failed, reason: 'no answer within 30 seconds' };
    expect(newsIn([silent], [failed], { ...profile, places })).toEqual([silent]);
  });
});

describe('a documented profile', () => {
  it.each(documented)('of %s says what it repeats, and when that was read', (_name, { source, date }) => {
    expect(source).toMatch(/^https:\/\//);
    expect(date).toMatch(/^\d{4}-\d\d-\d\d$/);
  });

  it('knows what differs in calls of the operations that are lacking, however they are sent', () => {
    const outcome = outcomeOf('a preflight is refused for a bucket without a CORS configuration', {});
    const byLine = choose(['cors_raw_replay.json'])
      .flatMap(({ title, recordedCase }) => recordedCase.calls.map((call) => ({ title, call })))
      .find(({ call: [, operation] }) => /^PUT \/[^/?]+\?cors/.test(operation));
    const sent = outcomeOf(byLine?.title ?? '', {});
    const place = byLine?.call[0] ?? '';
    expect({
      put: isProfiled(profiles.minio, sent, place),
      document: isProfiled(profiles.minio, sent, `${place}: Message`),
      elsewhere: isProfiled(profiles.versitygw, sent, place),
      preflight: isProfiled(profiles.minio, outcome, 'options-without-config'),
    }).toEqual({ put: true, document: true, elsewhere: false, preflight: false });
  });

  it('knows the cases whose state needs such an operation', () => {
    const failed = outcomeOf('an object that was put has one part', {
      outcome: 'failed',
      reason: 'its state cannot be made: PutBucketVersioning is 501 NotImplemented',
    });
    expect(newsIn([failed], [], profiles.garage)).toEqual([]);
    expect(newsIn([failed], [], profiles.minio)).toEqual([failed]);
  });
});

it('a table counts the cases whose differences are known', () => {
  const known = outcomeOf('ListObjectVersions continues from version to version', { differences: ['a: expected 1'] });
  const news = outcomeOf('the state of versioning decides whether a write', { differences: ['b: expected 1'] });
  const [header, row] = writeTable([known, news], [news]).split('\n');
  expect([header, row]).toEqual([
    'subject     cases  played  same  other  known  news',
    'versioning  2      2       0     2      1      1',
  ]);
});

it('the end of a run says what a profile is worth', () => {
  expect(writeProfile(profiles.moto, 7)).toMatch(
    /^Compared with the profile of moto 5\.2\.1, against which the cases were played on \d{4}-\d\d-\d\d: it knows 7 differences\.$/,
  );
  expect(writeProfile(profiles.minio, 1)).toMatch(
    /^Compared with the profile of MinIO, which nobody has run here; its documents, read on \d{4}-\d\d-\d\d, name operations that it lacks: it knows 1 difference\.$/,
  );
});
