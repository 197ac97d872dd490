import { describe, expect, it } from '@jest/globals';
import { decodePercent, encodeUri } from '../../src/formats/url-encoding';

describe('decodePercent', () => {
  it.each([
    ['a+b', 'a+b'],
    ['%41', 'A'],
    ['%', undefined],
    ['%c3%28', undefined],
  ])('%s is %s', (encoded, decoded) => {
    expect(decodePercent(encoded)).toBe(decoded);
  });
});

describe('encodeUri', () => {
  it('leaves letters, digits and four marks', () => {
    expect(encodeUri("aZ9-._~ /+*!'()é")).toBe('aZ9-._~%20%2F%2B%2A%21%27%28%29%C3%A9');
  });
});
