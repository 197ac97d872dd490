import { describe, expect, it } from '@jest/globals';
import { Iam } from '../../../src/model/identity/iam';

describe('the tokens of the token service', () => {
  it('are remembered, the newest 10,000 of them', () => {
    const iam = new Iam();
    for (let number = 0; number < 10_000; number += 1) iam.noteToken(`token ${number}`, number);
    iam.noteToken('token 0', 5);
    iam.noteToken('token 10000', 10_000);
    expect(['token 0', 'token 1', 'token 2', 'token 10000'].map((token) => iam.tokenEnd(token))).toEqual([
      5,
      undefined,
      2,
      10_000,
    ]);
  });
});
