import { describe, expect, it } from '@jest/globals';
import { filled, growsWithItsLength } from '../hostile-text';

function readAgainAndAgain() {
  const text = filled('a');
  let seen = 0;
  for (let end = 0; end < text.length; end += 24) for (let at = 0; at < end; at += 24) seen += text.charCodeAt(at);
  return seen;
}

describe('the growth of a reading', () => {
  it('is seen to be that of the length', () => {
    expect(growsWithItsLength(() => [...filled('a')].map((letter) => [letter]).sort())).toBe(true);
  });

  it('is seen to be that of its square', () => {
    expect(growsWithItsLength(readAgainAndAgain)).toBe(false);
  });
});
