import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { aws } from '../../../src/dialects';
import { readPostPolicy } from '../../../src/model/post-policy/document';
import { checkFileSize, checkPostPolicy } from '../../../src/model/post-policy/evaluation';
import { encodePolicy } from '../../support/forms';
import { refusalThrownBy } from '../../support/thrown';

const expiration = '2026-03-31T08:00:00Z';
const at = Date.parse(expiration);

function policyOf(conditions: readonly unknown[]) {
  return readPostPolicy(encodePolicy({ expiration, conditions }));
}

/** S3's words for a form and the reason, or `none`. The policy has conditions on the bucket and the key `k`. */
function refused(conditions: readonly unknown[], fields: Readonly<Record<string, string>> = {}, now = at) {
  const form = { fields: new Map(Object.entries({ key: 'k', ...fields })), bucket: 'vault' };
  const policy = policyOf([{ bucket: 'vault' }, { key: 'k' }, ...conditions]);
  const refusal = refusalThrownBy(() => checkPostPolicy(policy, form, now));
  if (refusal === undefined) return 'none';
  const { code, status, message } = aws.answers.wordsOf(refusal);
  expect({ code, status }).toEqual({ code: 'AccessDenied', status: 403 });
  return { message: message.replace(/^Invalid according to Policy: /, ''), why: refusal.why };
}

const failed = (condition: string, why: string) => ({ message: `Policy Condition failed: ${condition}`, why });

// F568
describe('a condition of a policy', () => {
  it.each<{ condition: unknown; fields: Readonly<Record<string, string>>; refusal: unknown }>`
    condition                                     | fields                                        | refusal
    ${{ acl: 'private' }}                         | ${{ acl: 'private' }}                         | ${'none'}
    ${{ ACL: 'private' }}                         | ${{ acl: 'private' }}                         | ${'none'}
    ${{ acl: 'private' }}                         | ${{ acl: 'Private' }}                         | ${failed('["eq", "$acl", "private"]', "the form's acl is 'Private'")}
    ${{ acl: 'private' }}                         | ${{}}                                         | ${failed('["eq", "$acl", "private"]', 'the form has no field acl before its file')}
    ${['eq', '$Content-Type', 'text/plain']}      | ${{ 'content-type': 'text/plain' }}           | ${'none'}
    ${['eq', '$x-amz-meta-a', '']}                | ${{ 'x-amz-meta-a': 'b' }}                    | ${failed('["eq", "$x-amz-meta-a", ""]', "the form's x-amz-meta-a is 'b'")}
    ${['eq', '$x-amz-meta-a', '']}                | ${{ 'x-amz-meta-a': '' }}                     | ${'none'}
    ${['eq', 'acl', 'private']}                   | ${{ acl: 'private' }}                         | ${failed('["eq", "acl", "private"]', 'the condition names no field, since its name does not begin with $')}
    ${['eq', '$x-amz-meta-a', 'a"b']}             | ${{ 'x-amz-meta-a': 'b' }}                    | ${failed('["eq", "$x-amz-meta-a", "a\\"b"]', "the form's x-amz-meta-a is 'b'")}
    ${['eq', '$x-amz-meta-a', 'a$$b']}            | ${{ 'x-amz-meta-a': 'a$$b' }}                 | ${failed('["eq", "$x-amz-meta-a", "a$$b"]', "the form's x-amz-meta-a is 'a$$b'")}
    ${['starts-with', '$acl', 'public']}          | ${{ acl: 'public-read' }}                     | ${'none'}
    ${['StArTs-WiTh', '$AcL', 'public']}          | ${{ acl: 'public-read' }}                     | ${'none'}
    ${['starts-with', '$acl', 'Public']}          | ${{ acl: 'public-read' }}                     | ${failed('["starts-with", "$acl", "Public"]', "the form's acl is 'public-read'")}
    ${['starts-with', '$acl', '']}                | ${{ acl: 'any' }}                             | ${'none'}
    ${['starts-with', '$acl', '']}                | ${{}}                                         | ${failed('["starts-with", "$acl", ""]', 'the form has no field acl before its file')}
    ${['starts-with', '$x-amz-meta-a', '\\$f']}   | ${{ 'x-amz-meta-a': '\\$foo' }}               | ${'none'}
    ${['starts-with', '$Content-Type', 'image/']} | ${{ 'content-type': 'image/png, image/gif' }} | ${'none'}
    ${['starts-with', '$Content-Type', 'image/']} | ${{ 'content-type': 'image/png,text/css' }}   | ${failed('["starts-with", "$Content-Type", "image/"]', "the form's content-type is 'image/png,text/css'")}
    ${['content-length-range', 5, 10]}            | ${{}}                                         | ${'none'}
    ${['content-length-range', 'test', '10']}     | ${{}}                                         | ${failed('["content-length-range", "test", "10"]', 'a bound of the condition is not a number')}
    ${['content-length-range', '10', 'test']}     | ${{}}                                         | ${failed('["content-length-range", "10", "test"]', 'a bound of the condition is not a number')}
    ${{ bucket: 'other' }}                        | ${{ bucket: 'other' }}                        | ${failed('["eq", "$bucket", "other"]', 'the form was sent to the bucket vault')}
  `('$condition on $fields: $refusal', ({ condition, fields, refusal }) => {
    expect(refused([condition], fields)).toEqual(refusal);
  });
});

describe('a field without a condition', () => {
  it.each<{ fields: Readonly<Record<string, string>>; refusal: unknown }>`
    fields                                                             | refusal
    ${{ acl: 'private' }}                                              | ${{ message: 'Extra input fields: acl', why: "the policy has no condition on acl, which the form sends as 'private': sign ['starts-with', '$acl', ''] among its Conditions, or leave the field out" }}
    ${{ 'x-ignore-a': '1', policy: 'p' }}                              | ${'none'}
    ${{ 'x-amz-signature': 's', signature: 's', awsaccesskeyid: 'a' }} | ${'none'}
    ${{ 'x-amz-date': 'd', 'x-amz-credential': 'c' }}                  | ${{ message: 'Extra input fields: x-amz-date', why: "the policy has no condition on x-amz-date, which the form sends as 'd': sign ['starts-with', '$x-amz-date', ''] among its Conditions" }}
  `('of $fields: $refusal', ({ fields, refusal }) => {
    expect(refused([], fields)).toEqual(refusal);
  });

  it('is the bucket, even if the form has no such field', () => {
    const form = { fields: new Map([['key', 'k']]), bucket: 'vault' };
    const refusal = refusalThrownBy(() => checkPostPolicy(policyOf([{ key: 'k' }]), form, at));
    expect({ details: refusal?.details, why: refusal?.why }).toEqual({
      details: { field: 'bucket' },
      why: "the policy has no condition on bucket: sign { bucket: 'vault' } among its Conditions",
    });
  });
});

describe('the order of a policy', () => {
  it('is its time, its conditions as they come, and the fields that have none', () => {
    const conditions = [{ acl: 'private' }, { redirect: 'a' }];
    expect(refused(conditions, { tagging: 't' }, at + 1)).toEqual({
      message: 'Policy expired.',
      why: 'the policy expired at 2026-03-31T08:00:00.000Z, and it is 2026-03-31T08:00:00.001Z',
    });
    expect(refused(conditions, { tagging: 't' })).toMatchObject({
      message: 'Policy Condition failed: ["eq", "$acl", "private"]',
    });
    expect(refused(conditions, { tagging: 't', acl: 'private' })).toMatchObject({
      message: 'Policy Condition failed: ["eq", "$redirect", "a"]',
    });
    expect(refused(conditions, { tagging: 't', acl: 'private', redirect: 'a' })).toMatchObject({
      message: 'Extra input fields: tagging',
    });
  });
});

// F571
describe('the size of a file', () => {
  it.each<{ range: readonly unknown[]; size: number; refusal: unknown }>`
    range          | size  | refusal
    ${[5, 10]}     | ${4}  | ${['FormFileTooSmall', { ProposedSize: 4, MinSizeAllowed: 5 }]}
    ${[5, 10]}     | ${5}  | ${undefined}
    ${['5', '10']} | ${10} | ${undefined}
    ${[5, 10]}     | ${11} | ${['FormFileTooLarge', { ProposedSize: 11, MaxSizeAllowed: 10 }]}
    ${[100, 10]}   | ${4}  | ${['FormFileTooSmall', { ProposedSize: 4, MinSizeAllowed: 100 }]}
    ${[0, 0]}      | ${3}  | ${['FormFileTooLarge', { ProposedSize: 3, MaxSizeAllowed: 0 }]}
  `('$size in $range: $refusal', ({ range, size, refusal }) => {
    const policy = policyOf([['content-length-range', ...range]]);
    const found = refusalThrownBy(() => checkFileSize(policy, size));
    expect(found && [found.refusal, found.details]).toEqual(refusal);
  });
});

describe('a form', () => {
  it('is allowed if each condition holds and each field has one', () => {
    const name = fc.constantFrom('acl', 'tagging', 'x-amz-meta-a');
    const value = fc.constantFrom('', 'a', 'ab', 'b');
    const condition = fc.oneof(
      fc.tuple(name, value).map(([field, text]) => ({ [field]: text })),
      fc.tuple(
        fc.constantFrom('eq', 'starts-with'),
        name.map((field) => `$${field}`),
        value,
      ),
    );
    fc.assert(
      fc.property(fc.array(condition, { maxLength: 4 }), fc.dictionary(name, value), (conditions, fields) => {
        const holds = conditions.every((one) => {
          const [operation, field, text] = Array.isArray(one)
            ? one
            : ['eq', `$${Object.keys(one)[0]}`, Object.values(one)[0]];
          const sent = fields[String(field).slice(1)];
          return sent !== undefined && (operation === 'eq' ? sent === text : sent.startsWith(String(text)));
        });
        const named = conditions.map((one) => (Array.isArray(one) ? String(one[1]).slice(1) : Object.keys(one)[0]));
        const covered = Object.keys(fields).every((field) => named.includes(field));
        expect(refused(conditions, fields) === 'none').toBe(holds && covered);
      }),
    );
  });
});
