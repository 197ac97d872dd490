import { describe, expect, it } from '@jest/globals';
import { aws } from '../../../src/dialects';
import { readPostPolicy } from '../../../src/model/post-policy/document';
import { encodePolicy } from '../../support/forms';
import { refusalThrownBy } from '../../support/thrown';

const expiration = '2026-03-31T08:00:00Z';

function read(policy: unknown) {
  return readPostPolicy(encodePolicy(policy));
}

function problemOf(encoded: string): string {
  const refusal = refusalThrownBy(() => readPostPolicy(encoded));
  if (refusal === undefined) return 'none';
  const { code, status, message } = aws.answers.wordsOf(refusal);
  expect({ code, status }).toEqual({ code: 'InvalidPolicyDocument', status: 400 });
  return message.replace(/^Invalid Policy: /, '');
}

const withCondition = (condition: unknown) =>
  encodePolicy({ expiration, conditions: [{ bucket: 'vault' }, condition] });

describe('the policy of a form', () => {
  it('has a time and conditions, whose operations are in any case', () => {
    const conditions = [
      { acl: 'private' },
      ['EQ', '$Key', 'A "b"'],
      ['Starts-With', 'key', ''],
      ['content-length-range', 1, '10'],
    ];
    expect(read({ expiration, conditions })).toEqual({
      expiration: Date.UTC(2026, 2, 31, 8),
      conditions: [
        { kind: 'eq', field: 'acl', value: 'private', written: '["eq", "$acl", "private"]' },
        { kind: 'eq', field: 'key', value: 'A "b"', written: '["EQ", "$Key", "A \\"b\\""]' },
        { kind: 'starts-with', field: undefined, value: '', written: '["Starts-With", "key", ""]' },
        { kind: 'content-length-range', min: 1, max: 10, written: '["content-length-range", 1, "10"]' },
      ],
    });
  });

  it.each`
    text                          | at
    ${'2026-03-31T08:00:00Z'}     | ${Date.UTC(2026, 2, 31, 8)}
    ${'2026-03-31T08:00:00.123Z'} | ${Date.UTC(2026, 2, 31, 8) + 123}
  `('expires at $text', ({ text, at }) => {
    expect(read({ expiration: text, conditions: [{ bucket: 'vault' }] }).expiration).toBe(at);
  });
});

// F567
describe('a policy that S3 cannot read', () => {
  it.each`
    policy                                                           | problem
    ${''}                                                            | ${"Expecting '{' but found End-of-Input"}
    ${' '}                                                           | ${"Expecting '{' but found End-of-Input"}
    ${'expiration'}                                                  | ${'Invalid JSON.'}
    ${'{"expiration": "2026-03-31T08:00:00Z", "conditions": [{}'}    | ${'Invalid JSON.'}
    ${'[]'}                                                          | ${'Invalid JSON.'}
    ${{ conditions: [{ bucket: 'vault' }] }}                         | ${'Policy missing expiration.'}
    ${{ expiration: 1, conditions: [{ bucket: 'vault' }] }}          | ${'Invalid JSON.'}
    ${{ expiration }}                                                | ${'Policy missing conditions.'}
    ${{ expiration, conditions: [] }}                                | ${'Policy missing conditions.'}
    ${{ expiration, conditions: {} }}                                | ${"Invalid 'conditions' value: must be a List."}
    ${{ expiration, conditions: '' }}                                | ${"Invalid 'conditions' value: must be a List."}
    ${{ Expiration: expiration, conditions: [{ bucket: 'vault' }] }} | ${"Unexpected: 'expiration'"}
    ${{ expiration, CONDITIONS: [{ bucket: 'vault' }] }}             | ${"Unexpected: 'conditions'"}
    ${{ Version: '2012-10-17', Id: 'a', Statement: [] }}             | ${"Unexpected: 'statement'"}
  `('is $policy: $problem', ({ policy, problem }) => {
    expect(problemOf(encodePolicy(policy))).toBe(problem);
  });

  it.each([
    'tomorrow',
    '2011-09-13T07:52:58+02:00',
    '2015-10-17 03:15:59 UTC',
    '2026-02-30T08:00:00Z',
    '2026-03-31T08:00:00',
  ])('expires at %s', (text) => {
    const policy = { expiration: text, conditions: [{ bucket: 'vault' }] };
    expect(problemOf(encodePolicy(policy))).toBe(`Invalid 'expiration' value: '${text}'`);
  });

  it.each(['e30', 'e30=!', 'e3 0='])('is in base64 of another form: %s', (encoded) => {
    expect(problemOf(encoded)).toBe(encoded === 'e30' ? 'Policy missing expiration.' : 'invalid Base64 encoding.');
  });

  it.each`
    condition                                  | problem
    ${'just a string'}                         | ${'Invalid condition test: must be a List or Object.'}
    ${1}                                       | ${'Invalid condition test: must be a List or Object.'}
    ${null}                                    | ${'Invalid condition test: must be a List or Object.'}
    ${[]}                                      | ${'Invalid Condition: missing operation identifier.'}
    ${[1, '$key', 'a']}                        | ${'Invalid JSON.'}
    ${['unknown-op', '$key', 'post-']}         | ${"Invalid Condition: unknown operation 'unknown-op'."}
    ${['eq', '$key']}                          | ${'Invalid Eq: wrong number of arguments.'}
    ${['eq', '$key', 'a', 'extra']}            | ${'Invalid Eq: wrong number of arguments.'}
    ${['starts-with', '$key']}                 | ${'Invalid starts-with: wrong number of arguments.'}
    ${['starts-with', '$key', 'a', 'extra']}   | ${'Invalid starts-with: wrong number of arguments.'}
    ${['content-length-range', 0]}             | ${'Invalid content-length-range: wrong number of arguments.'}
    ${['content-length-range', 0, 1024, 2048]} | ${'Invalid content-length-range: wrong number of arguments.'}
    ${['eq', '$key', 5]}                       | ${'Invalid JSON.'}
    ${['starts-with', null, 'a']}              | ${'Invalid JSON.'}
    ${['content-length-range', -1, 0]}         | ${'Invalid JSON.'}
    ${['content-length-range', 0, 0.5]}        | ${'Invalid JSON.'}
    ${['content-length-range', 0, null]}       | ${'Invalid JSON.'}
    ${{}}                                      | ${'Invalid Simple-Condition: Simple-Conditions must have exactly one property specified.'}
    ${{ bucket: 'vault', acl: 'private' }}     | ${'Invalid Simple-Condition: Simple-Conditions must have exactly one property specified.'}
    ${{ 'Content-Length': 6199034 }}           | ${'Invalid Simple-Condition: value must be a string.'}
    ${{ success_action_redirect: null }}       | ${'Invalid JSON.'}
  `('has the condition $condition: $problem', ({ condition, problem }) => {
    expect(problemOf(withCondition(condition))).toBe(problem);
  });

  it('has a number with a fraction, as it is written, but not one in a text', () => {
    const policy = `{"expiration":"${expiration}","conditions":[["content-length-range",0,512.0]]}`;
    expect(problemOf(encodePolicy(policy))).toBe('Invalid JSON.');
    expect(problemOf(withCondition({ key: 'a \\"512.0' }))).toBe('none');
  });

  it('has two members of one name in a simple condition', () => {
    const policy = `{"expiration":"${expiration}","conditions":[{"acl":"private","acl":"public-read"}]}`;
    expect(problemOf(encodePolicy(policy))).toMatch(
      /^Invalid Simple-Condition: Simple-Conditions must have exactly one/,
    );
  });

  it('is shown in the journal', () => {
    expect(refusalThrownBy(() => readPostPolicy(encodePolicy('[1')))).toMatchObject({ why: "the policy is '[1'" });
  });
});
