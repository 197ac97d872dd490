import { expect, it } from '@jest/globals';
import { findUrlSignature } from '../../../src/protocol/signature/url-signature';

const v4 = 'X-Amz-Signature=abc&X-Amz-Date=20260331T120000Z';
const v2 = 'Signature=abc&Expires=1774958400';

it.each<[what: string, query: string, signature: string | undefined]>([
  ['a URL of version 4', `X-Amz-Expires=60&${v4}`, '20260331T120000Z abc'],
  ['names in any case', v4.toLowerCase().replace('t120000z', 'T120000Z'), '20260331T120000Z abc'],
  ['a URL of version 2', v2, '1774958400 abc'],
  ['parameters that version 2 does not sign', `x-id=GetObject&${v2}`, '1774958400 abc'],
  ['names of version 2 in another case', v2.toLowerCase(), undefined],
  ['a URL without a date', 'X-Amz-Signature=abc', undefined],
  ['a URL without an end', 'Signature=abc', undefined],
  ['a text that is too long for a signature', v4.replace('abc', 'a'.repeat(300)), undefined],
  ['no query', '', undefined],
])('the signature of %s', (_what, query, signature) => {
  expect(findUrlSignature(new Map(new URLSearchParams(query)))).toBe(signature);
});
