import { describe, expect, it } from '@jest/globals';
import { foldText } from '../../src/text/folding';
import { SecretValues } from '../../src/text/secret-values';
import { printableFields, printableUrl } from '../../src/text/secrets';
import { filled, growsWithItsLength, numbered } from '../support/hostile-text';

const secret = `TOP'SECRET"1/<x> +y&z\\é`;

function known(value: string, word = '<token>'): SecretValues {
  const secrets = new SecretValues();
  secrets.add(value, word);
  return secrets;
}

describe('a secret', () => {
  it.each([
    ['as it is', secret],
    ['percent-encoded', encodeURIComponent(secret)],
    [
      'percent-encoded in small letters',
      encodeURIComponent(secret)
        .toLowerCase()
        .replace(/top|secret/g, (text) => text.toUpperCase()),
    ],
    ['percent-encoded twice', encodeURIComponent(encodeURIComponent(secret))],
    ['in a form', new URLSearchParams([['a', secret]]).toString().slice(2)],
    ['in JSON', JSON.stringify(secret).slice(1, -1)],
    ['in JSON within JSON', JSON.stringify(JSON.stringify(secret)).slice(3, -3)],
    ['in XML', secret.replace(/[&<>"']/g, (one) => `&#x${one.codePointAt(0)?.toString(16)};`)],
    ['in XML by names', secret.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')],
    ['in JavaScript', [...secret].map((one) => `\\u{${one.codePointAt(0)?.toString(16)}}`).join('')],
  ])('%s has a word in its place', (_, written) => {
    expect(known(secret).hide(`before ${written} behind`)).toBe('before <token> behind');
  });

  it.each([
    ["'abcdefghijkl…' (30 characters)", "'<token>…' (30 characters)"],
    ["'abcdef…' (30 characters)", "'<token>…' (30 characters)"],
    ["'…nopqrstuvwxyz'", "'…<token>'"],
    ["'…fghijklmnopqrst…'", "'…<token>…'"],
    ['abcdef', 'abcdef'],
  ])('that is shortened to %s is %s', (text, hidden) => {
    expect(known('abcdefghijklmnopqrstuvwxyz').hide(text)).toBe(hidden);
  });

  it.each([
    ['abc', "abc 'abc' ?x=abc&y", "abc 'abc' ?x=abc&y"],
    ['test', "this test of 'test' ?x=test&y", "this test of '<token>' ?x=<token>&y"],
    ['password', 'a password, or passwords', 'a <token>, or <token>s'],
  ])('%s is hidden where it cannot be taken for another word', (value, text, hidden) => {
    expect(known(value).hide(text)).toBe(hidden);
  });

  it('that is longer than what is searched for is hidden whole', () => {
    const long = numbered((number) => `part ${number}`)
      .join('')
      .slice(0, 20_000);
    expect(known(long).hide(`'${long}'`)).toBe("'<token>'");
  });
});

/** A reading that looks at all letters for each of them takes half a second for as many. */
const letters = 32 * 1024;

describe('reading in a time that grows with the text', () => {
  it.each([
    '?',
    '&',
    '%',
    '"',
    '%2',
    '%25',
    '%3',
    '\\',
    '\\u',
    '&#',
    ';',
    '=',
    '//',
    '://a@',
    '@',
    '?a=',
    ';token',
    '…',
    'ab',
    ' ',
  ])('holds for many %p', (part) => {
    const secrets = known('ababababababababababababac');
    expect(growsWithItsLength(() => foldText(`${filled(part)}5`), letters)).toBe(true);
    expect(growsWithItsLength(() => printableUrl(`https://h/?${filled(part)}`), letters)).toBe(true);
    expect(growsWithItsLength(() => printableFields(filled(part), () => {}), letters)).toBe(true);
    expect(growsWithItsLength(() => secrets.hide(filled(part)), letters)).toBe(true);
    expect(growsWithItsLength(() => known(filled(part)).hide(filled(part)), letters)).toBe(true);
  });
});
