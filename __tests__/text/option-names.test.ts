import { describe, expect, it } from '@jest/globals';
import { checkOptionNames } from '../../src/text/member-names';

describe('options', () => {
  it.each([
    [{ one: 1, tow: 2 }, "mockS3: there is no option 'tow'. Did you mean two? The options are: one, two."],
    [{ third: 3 }, "mockS3: there is no option 'third'. The options are: one, two."],
    ['one', "mockS3: 'one' is not an object of options. The options are: one, two."],
    [['one'], "mockS3: ['one'] is not an object of options. The options are: one, two."],
    [null, 'mockS3: null is not an object of options. The options are: one, two.'],
  ])('%p are a TypeError that lists the known names', (options, message) => {
    expect(() => checkOptionNames('mockS3', options as object, ['one', 'two'])).toThrow(new TypeError(message));
  });

  it('may be given as undefined', () => {
    expect(() => checkOptionNames('mockS3', { two: undefined }, ['one', 'two'])).not.toThrow();
  });
});
