import { describe, expect, it } from '@jest/globals';
import { askModule } from '../modules';

const call = ['get', 'GetObject', { Bucket: 'vault', Key: 'a' }, '404 NoSuchKey'];
const shown = ['F1'];

interface Given {
  readonly fact?: string | undefined;
  readonly recorded?: string;
  readonly calls?: readonly unknown[];
  readonly source?: object | null;
  readonly withoutFact?: readonly string[];
  readonly withoutCommit?: readonly string[];
}

/** The problems of one case, whose source has the words of `call`. */
function problemsOf(given: Given): unknown {
  const { fact = 'F1', recorded = '2026-09', calls = [call], source = {}, ...lists } = given;
  const one = { ...('fact' in given && given.fact === undefined ? {} : { fact }), calls };
  const known = { repository: 'owner/name', path: 'a.json', commit: 'ab'.repeat(20), months: ['2026-09'], ...source };
  const question = `module.findProblems({ ...values, sources: values.sources && { 'a.json': { ...values.sources, words: { 'is gone': module.hashWords('2026-09', { calls: values.right }) } } } || {} })`;
  return askModule('specification/sources.mjs', question, {
    subjects: { versioning: [{ file: 'a.json', recorded, cases: { 'is gone': one } }] },
    ...{ sources: source === null ? undefined : known, shown, right: [call] },
    ...{ withoutFact: [], withoutCommit: [], ...lists },
  });
}

it('every case is evidence: it has a fact that was recorded or measured, and the words of its source', () => {
  const question =
    'module.findProblems({ ...module, subjects: module.readSubjects(), sources: module.readSources(), ...values })';
  const ofBook = askModule('specification/facts.mjs', 'module.shownFacts(module.readFacts())');
  expect(askModule('specification/sources.mjs', question, { shown: ofBook })).toEqual([]);
});

describe('a case', () => {
  it('is evidence with a fact and a source', () => {
    expect(problemsOf({})).toEqual([]);
  });

  it.each<[given: Given, problem: string]>([
    [{ fact: undefined }, 'a.json: is gone: it has no fact.'],
    [{ fact: 'F2' }, 'a.json: is gone: F2 has no evidence that was recorded or measured.'],
    [{ source: null }, 'a.json: is gone: its file has no source. Add it with: npm run tool sources'],
    [
      { calls: [[...call.slice(0, 3), '403 AccessDenied']] },
      'a.json: is gone: its words are not those of its source. Compare them with: npm run tool sources',
    ],
    [{ source: { months: ['2024-05'] } }, 'a.json: is gone: its source does not say that it was recorded in 2026-09.'],
    [{ source: { commit: null } }, 'a.json: its source needs a commit.'],
    [{ source: { commit: 'main' } }, 'a.json: its source needs a commit.'],
    [{ source: { repository: 'name' } }, 'a.json: its source needs a repository and a path.'],
    [{ source: { path: '' } }, 'a.json: its source needs a repository and a path.'],
    [{ withoutFact: ['a.json: is gone'] }, 'a.json: is gone: take it out of withoutFact.'],
    [{ withoutCommit: ['a.json'] }, 'a.json: take it out of withoutCommit.'],
  ])('is refused with %j', (given, problem) => {
    expect(problemsOf(given)).toEqual([problem]);
  });

  it('of the closed lists is taken', () => {
    expect(problemsOf({ fact: undefined, withoutFact: ['a.json: is gone'] })).toEqual([]);
    expect(problemsOf({ source: { commit: null }, withoutCommit: ['a.json'] })).toEqual([]);
  });

  it('may leave the closed lists, and none may join them', () => {
    const question = '({ facts: module.withoutFact.length, commits: module.withoutCommit.length })';
    const { facts, commits } = askModule('specification/sources.mjs', question) as { facts: number; commits: number };
    expect(facts).toBeLessThanOrEqual(29);
    expect(commits).toBeLessThanOrEqual(32);
  });
});
