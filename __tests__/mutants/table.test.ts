import { describe, expect, it } from '@jest/globals';
import { breakFile } from './places';
import { doubtMoved, hasReason, isMoved, type Row } from './table';

const unnoticed: Row = { name: 'a', noticed: 'nobody', by: 'size < 0', note: 'no size is negative' };

describe('a place that nobody notices', () => {
  it('keeps its reason as long as it is written as it was', () => {
    expect(isMoved(unnoticed, 'size < 0')).toBe(false);
    expect(doubtMoved(unnoticed, 'size < 0')).toBe(unnoticed);
    expect(hasReason(unnoticed)).toBe(true);
  });

  it('is tried again if other code has its name, and its reason is doubted', () => {
    expect(isMoved(unnoticed, 'size > 9')).toBe(true);
    const doubted = doubtMoved(unnoticed, 'size > 9');
    expect(doubted.note).toBe('of other code: no size is negative');
    expect(hasReason(doubted)).toBe(false);
    expect(doubtMoved(doubted, 'size > 9')).toBe(doubted);
  });

  it('is another matter than one that somebody notices, whose name suffices', () => {
    expect(isMoved({ ...unnoticed, noticed: 'case', by: 'a case' }, 'size > 9')).toBe(false);
  });
});

describe('the text of a place', () => {
  it('is what is broken, and for checks that are swapped both of them, without breaks of lines', () => {
    const text = `function check(size: number): void {
      if (size < 0)
        throw new S3Error('TooSmall');
      if (size > 9 && isStrict) throw new S3Error('TooLarge');
    }`;
    const { mutants } = breakFile('model/example.ts', text, 0);
    const texts = Object.fromEntries(
      mutants.map((mutant) => [mutant.name.replace('model/example.ts check ', ''), mutant.text]),
    );
    expect(texts).toMatchObject({
      'checks swapped 1':
        "if (size < 0) throw new S3Error('TooSmall'); if (size > 9 && isStrict) throw new S3Error('TooLarge');",
      'negated 1': 'size < 0',
      'condition dropped 2': 'isStrict',
    });
  });
});
