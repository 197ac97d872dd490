import { describe, expect, it } from '@jest/globals';
import { WrittenAssertions } from '../../src/journal/written-assertions';
import { failedError } from '../support/failed-tests';
import { put } from './entries';

const [one, other] = [put('one'), put('other')];

describe('what failed assertions have written', () => {
  it('is found by the text of the error, also behind a message of the test', () => {
    const written = new WrittenAssertions(() => 2);
    written.noteRequests([one]);
    written.noteDeciding([one]);
    written.finish('Expected one.', (entries) => entries.length === 0);
    written.noteRequests([other]);
    written.noteElsewhere();
    written.noteOfAll();
    written.finish('Expected other.');
    const facts = (message: string) => {
      const { has, hasDecided, holdsFor, ...found } = written.find([failedError(message)]);
      return {
        ...found,
        one: has(one),
        holds: holdsFor([]),
        other: has(other),
        decided: [one, other].filter(hasDecided),
      };
    };
    const nothing = {
      isOfLibrary: false,
      isOfAll: false,
      hasElsewhere: false,
      one: false,
      other: false,
      holds: false,
      came: undefined,
      decided: [],
    };
    expect(facts('Expected one.')).toEqual({
      ...nothing,
      isOfLibrary: true,
      one: true,
      holds: true,
      came: 2,
      decided: [one],
    });
    expect(facts('it copies: Expected other.')).toEqual({
      ...{ isOfLibrary: true, isOfAll: true, hasElsewhere: true },
      ...{ one: false, other: true, holds: false, came: 2, decided: [] },
    });
    expect(facts('Expected nothing.')).toEqual(nothing);
  });

  it('is forgotten with the requests, and after twenty further texts', () => {
    const written = new WrittenAssertions(() => 0);
    const isKnown = () => written.find([failedError('Expected one.')]).isOfLibrary;
    written.finish('Expected one.');
    for (let index = 1; index < 20; index += 1) written.finish(`Expected ${index}.`);
    expect(isKnown()).toBe(true);
    written.finish('Expected the last.');
    expect(isKnown()).toBe(false);
    written.finish('Expected one.');
    written.clear();
    expect(isKnown()).toBe(false);
  });
});
