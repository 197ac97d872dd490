import { describe, expect, it } from '@jest/globals';
import { Iam } from '../../../src/model/identity/iam';

describe('the tokens of the token service', () => {
  it('are remembered, the newest thousand of them', () => {
    const iam = new Iam();
    for (let number = 0; number < 1000; number += 1) iam.noteToken(`token ${number}`, number);
    iam.noteToken('token 0', 5);
    iam.noteToken('token 1000', 1000);
    expect(['token 0', 'token 1', 'token 2', 'token 1000'].map((token) => iam.tokenEnd(token))).toEqual([
      5,
      undefined,
      2,
      1000,
    ]);
  });
});
