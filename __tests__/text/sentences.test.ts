import { expect, it } from '@jest/globals';
import { joinSentences } from '../../src/text/sentences';

it.each<{ first: string; joined: string }>`
  first                                | joined
  ${'there are no roles'}              | ${'there are no roles; the key is unknown'}
  ${'s3.account.role() makes one.'}    | ${'s3.account.role() makes one; the key is unknown'}
  ${'it is a. Did you mean b?'}        | ${'it is a. Did you mean b? The key is unknown'}
  ${'The date must be in the future!'} | ${'The date must be in the future! The key is unknown'}
`('a sentence goes on after: $first', ({ first, joined }) => {
  expect(joinSentences(first, 'the key is unknown')).toBe(joined);
});
