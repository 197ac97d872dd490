import { describe, expect, it } from '@jest/globals';
import { checkPlainValues } from '../../src/text/plain-values';

const check = (value: unknown) => () => checkPlainValues('toHaveReceived: the input of PutObject', value);
const body = () => 'text';

describe('an expected value', () => {
  it.each<{ value: unknown; problem: string }>`
    what                               | value                             | problem
    ${'a function'}                    | ${{ Body: body }}                 | ${'Body [Function: body]; expected a value: call the function'}
    ${'a class'}                       | ${{ Body: Uint8Array }}           | ${'Body [Function: Uint8Array]; expected a value: call the function'}
    ${'a function in a list'}          | ${{ Tags: [{ Key: body }] }}      | ${'Tags[0].Key [Function: body]; expected a value: call the function'}
    ${'a promise'}                     | ${{ Body: Promise.resolve('x') }} | ${'Body <promise>; expected a value: await the promise'}
    ${'a function as the whole value'} | ${body}                           | ${'value [Function: body]; expected a value: call the function'}
  `('is refused if it has $what', ({ value, problem }) => {
    expect(check(value)).toThrow(
      new RegExp(
        `^toHaveReceived: the input of PutObject: invalid ${problem.replace(/[[\].{}]/g, '\\$&')}, or give a matcher such as `,
      ),
    );
  });

  it('may have matchers, bytes, dates and itself in it', () => {
    const looped: Record<string, unknown> = { Body: Buffer.from('x'), Key: expect.any(String), at: new Date(0) };
    looped['again'] = [looped];
    expect(check(looped)).not.toThrow();
    expect(check({ asymmetricMatch: body, sample: body })).not.toThrow();
    expect(check(undefined)).not.toThrow();
  });
});
