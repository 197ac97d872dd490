import { describe, expect, it } from '@jest/globals';
import { invalidValue, writeInvalid } from '../../src/text/invalid-value';

describe('the error of a value that a call cannot use', () => {
  it.each([
    [700, 'reply: invalid status 700; expected a whole number from 200 to 599'],
    ['200', "reply: invalid status '200'; expected a whole number from 200 to 599"],
    [undefined, 'reply: invalid status undefined; expected a whole number from 200 to 599'],
    [{ status: 200 }, 'reply: invalid status { status: 200 }; expected a whole number from 200 to 599'],
  ])('names the call, %p and what is expected', (status, message) => {
    const error = invalidValue('reply', 'status', status, 'a whole number from 200 to 599');
    expect(error).toEqual(new TypeError(message));
  });

  it.each([
    ['publik', "acl: invalid word 'publik'; expected private or public. Did you mean public?"],
    ['other', "acl: invalid word 'other'; expected private or public"],
    [7, 'acl: invalid word 7; expected private or public'],
  ])('suggests the nearest right spelling of %p', (word, message) => {
    expect(invalidValue('acl', 'word', word, 'private or public', ['private', 'public'])).toEqual(
      new TypeError(message),
    );
  });

  it('quotes a value as it is written already', () => {
    expect(writeInvalid('--port', 'value', 'http', 'a number')).toBe('--port: invalid value http; expected a number');
  });
});
