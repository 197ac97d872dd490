import { describe, expect, it } from '@jest/globals';
import { writeValuesBeside } from '../../src/text/values-beside';

describe('the values beside a message', () => {
  it.each([
    ["'Days' should be between 1 and 1000.", '0', ["value is '0'"]],
    ["'Days' should be between 0 and 1000.", '0', []],
    ['not valid', 'no', ["value is 'no'"]],
    ['no such bucket', 'no', []],
    ['the bucket is no', 'no', []],
    ['aaa', 'a', ["value is 'a'"]],
    ['any', '', ["value is ''"]],
  ])('of %s and %s are %j', (message, value, told) => {
    expect(writeValuesBeside(message, { value })).toEqual(told);
  });

  it('has the name of an argument', () => {
    expect(writeValuesBeside('bad', { ArgumentName: 'Days', ArgumentValue: '7' })).toEqual(["Days is '7'"]);
  });

  it('leaves out what is undefined, and what is long', () => {
    expect(writeValuesBeside('bad', { Key: undefined, StringToSign: 'long' })).toEqual([]);
  });
});
