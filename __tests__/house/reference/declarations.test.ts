import { describe, expect, it } from '@jest/globals';
import { declarationOf } from './declarations';

describe('a type of the reference', () => {
  it('is the one that users import, if internal types have its name', () => {
    expect(declarationOf('Permission').definition).toContain('allowed');
  });

  it('is the one that the public types mention first, if others have its name', () => {
    expect(declarationOf('Refusal').members.map(({ name }) => name)).toContain('code');
    expect(declarationOf('Refusal').definition).toContain('code?');
  });

  it('is not one that no public type mentions', () => {
    expect(() => declarationOf('WaitingRequest')).toThrow('there is no type WaitingRequest');
  });
});
