import { describe, expect, it, jest } from '@jest/globals';
import { refuseUnreadable } from '../../src/text/unreadable-values';
import { messageOfTypeError, rejectionOf } from '../support/thrown';

const fail = (): never => {
  throw new RangeError('a problem');
};
const getter = {
  get author() {
    return fail();
  },
};
const makeRevoked = () => {
  const { proxy, revoke } = Proxy.revocable({}, {});
  revoke();
  return proxy;
};
const circle: unknown[] = [];
circle.push(circle);

const readJson = (...given: readonly unknown[]) => JSON.stringify(given);
const refuse = (given: readonly unknown[], act: (...given: readonly unknown[]) => unknown = readJson) =>
  refuseUnreadable(
    () => 's3: put',
    given,
    () => act(...given),
  );

describe('a value that cannot be read', () => {
  it.each([
    ['a getter', ['a', { metadata: getter }], 'metadata.author of argument 2 <unreadable>; expected', 'a problem'],
    [
      'an item of a list',
      [{ list: [0, getter] }],
      "list['1'].author of argument 1 <unreadable>; expected",
      'a problem',
    ],
    ['a revoked Proxy', ['a', makeRevoked()], 'argument 2 <unreadable>; expected', 'revoked'],
    ['a list that contains itself', [circle], 'argument 1 [[[…]]]; expected', 'it contains itself'],
  ])('is named by its place: %s', (what, given, place, problem) => {
    const message = messageOfTypeError(() => refuse(given));
    expect({ what, message }).toEqual({ what, message: expect.stringMatching(/^s3: put: invalid /) });
    expect(message).toContain(place);
    expect(message).toContain(problem);
  });

  it('is named in the rejection of a promise', async () => {
    const error = await rejectionOf(refuse([getter], async () => fail()) as Promise<unknown>);
    expect(error?.message).toContain('expected a value that can be read: reading it throws an error: a problem');
  });

  it('is not looked for in bytes, of which a body has millions', () => {
    const reads = jest.spyOn(Reflect, 'get');
    expect(() => refuse([{ body: Buffer.alloc(10_000) }], fail)).toThrow(RangeError);
    expect(reads.mock.calls.length).toBeLessThan(100);
  });

  it('is nothing to a call that does not read it', () => {
    expect(refuse([getter], () => 'result')).toBe('result');
  });
});

describe('a call whose values can be read', () => {
  it('throws what it throws', () => {
    expect(() => refuse(['a'], fail)).toThrow(new RangeError('a problem'));
  });

  it('returns its own promise if it was given no object', () => {
    const promise = Promise.resolve();
    expect(refuse(['a'], () => promise)).toBe(promise);
  });
});
