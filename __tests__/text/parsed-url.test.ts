import { describe, expect, it } from '@jest/globals';
import { parseUrl } from '../../src/text/parsed-url';

describe('parseUrl', () => {
  it.each([
    ['http://a.test:80/b?c#d', 'http://a.test/b?c#d'],
    ['HTTPS://[::1]:9000', 'https://[::1]:9000/'],
    ['file:///etc', 'file:///etc'],
  ])('reads %s', (text, href) => {
    expect(parseUrl(text)?.href).toBe(href);
  });

  it.each(['', 'a.test', 'http://', 'http://a b/', 'http://[::1'])('has none for %j', (text) => {
    expect(parseUrl(text)).toBeUndefined();
  });

  it('reads letters beyond ASCII however often it has run', () => {
    const text = JSON.parse('"http://B\\u00dcCHER.test/"') as string;
    const hosts = Array.from({ length: 10_000 }, () => parseUrl(text)?.host);
    expect(new Set(hosts)).toEqual(new Set(['xn--bcher-kva.test']));
  });
});
