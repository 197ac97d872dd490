import { describe, expect, it } from '@jest/globals';
import { dialects } from '../../src/dialects';
import { checkBucketTags, checkNewBucketTags, checkObjectTags, type Tag, type TagRules } from '../../src/model/tagging';
import { wordRefusal } from '../../src/refusals';
import type { DialectName } from '../../src/wire';
import { refusalThrownBy } from '../support/thrown';

type Check = (tags: readonly Tag[], rules: TagRules) => void;

const checks: readonly (readonly [what: string, check: Check])[] = [
  ['an object', checkObjectTags],
  ['a bucket', checkBucketTags],
  ['a bucket that is to be created', checkNewBucketTags],
];

function answerTo([Key, Value]: readonly [key: string, value: string], check: Check, service: DialectName): unknown {
  const refusal = refusalThrownBy(() => check([{ Key, Value }], dialects[service].tags));
  if (refusal === undefined) return 'accepted';
  const { status, code } = wordRefusal(refusal, service);
  return { status, code };
}

const refused = { status: 400, code: 'InvalidTag' };
const taken = 'accepted';
const wide = '\u3000';

// IBM Cloud Docs, object-tagging: "Tags must comply with the following restrictions". F253
describe.each(checks)('a tag of %s', (_what, check) => {
  describe.each<{ service: DialectName }>([{ service: 'aws' }, { service: 'ibm-cos' }])(
    'on $service',
    ({ service }) => {
      it.each<{ what: string; tag: readonly [string, string]; aws: unknown; cos: unknown }>`
        what                           | tag                                | aws        | cos
        ${'a prefix of IBM'}           | ${['ibm:a', '1']}                  | ${taken}   | ${refused}
        ${'a prefix of AWS'}           | ${['aws:a', '1']}                  | ${refused} | ${taken}
        ${'a prefix within a key'}     | ${['my-ibm:a', '1']}               | ${taken}   | ${taken}
        ${'a prefix in capitals'}      | ${['IBM:a', '1']}                  | ${taken}   | ${taken}
        ${'a prefix in a value'}       | ${['a', 'ibm:a']}                  | ${taken}   | ${taken}
        ${'an empty key'}              | ${['', '1']}                       | ${refused} | ${refused}
        ${'128 characters of a key'}   | ${['x'.repeat(128), '1']}          | ${taken}   | ${taken}
        ${'129 characters of a key'}   | ${['x'.repeat(129), '1']}          | ${refused} | ${refused}
        ${'256 bytes of a key'}        | ${[`x${wide.repeat(85)}`, '1']}    | ${taken}   | ${taken}
        ${'257 bytes of a key'}        | ${[`xx${wide.repeat(85)}`, '1']}   | ${taken}   | ${refused}
        ${'256 characters of value'}   | ${['a', 'x'.repeat(256)]}          | ${taken}   | ${taken}
        ${'257 characters of value'}   | ${['a', 'x'.repeat(257)]}          | ${refused} | ${refused}
        ${'512 bytes of a value'}      | ${['a', `xx${wide.repeat(170)}`]}  | ${taken}   | ${taken}
        ${'513 bytes of a value'}      | ${['a', `xxx${wide.repeat(170)}`]} | ${taken}   | ${refused}
        ${'signs of both'}             | ${['Zz09 _.-:', 'Zz09 _.-:']}      | ${taken}   | ${taken}
        ${'an asterisk, of COS'}       | ${['*', '*']}                      | ${refused} | ${taken}
        ${'an apostrophe, of COS'}     | ${["'", "'"]}                      | ${refused} | ${taken}
        ${'a plus'}                    | ${['a+', '+']}                     | ${taken}   | ${taken}
        ${'an equals sign'}            | ${['a=', '=']}                     | ${taken}   | ${taken}
        ${'a slash'}                   | ${['a/', '/']}                     | ${taken}   | ${taken}
        ${'an at sign'}                | ${['a@', '@']}                     | ${taken}   | ${taken}
        ${'a sign of COS, in values'}  | ${['a', '*']}                      | ${refused} | ${taken}
        ${'a sign of both, in values'} | ${['a', '@']}                      | ${taken}   | ${taken}
        ${'letters beyond ASCII'}      | ${['a', 'é']}                      | ${taken}   | ${refused}
        ${'a comma'}                   | ${['a,b', '1']}                    | ${refused} | ${refused}
      `('with $what is accepted or refused', ({ tag, aws, cos }) => {
        expect(answerTo(tag, check, service)).toEqual(service === 'aws' ? aws : cos);
      });
    },
  );
});

// F70
// Recorded: cloud-custodian/cloud-custodian#2834 and #2861. F1770
describe('system tags of a bucket', () => {
  const system = { Key: 'aws:cloudformation:stack-name', Value: 'app' };
  const own = (length: number) => Array.from({ length }, (_, at) => ({ Key: `k${at}`, Value: '1' }));
  const refusalOf = (tags: readonly Tag[]) =>
    refusalThrownBy(() => checkBucketTags(tags, dialects.aws.tags, [system, { Key: 'team', Value: 'a' }]))?.refusal;

  it.each<[what: string, tags: readonly Tag[], expected: string | undefined]>([
    ['has them unchanged', [system, { Key: 'team', Value: 'b' }], undefined],
    ['has them alone', [system], undefined],
    ['has 50 others beside them', [system, ...own(50)], undefined],
    ['has 51 others beside them', [system, ...own(51)], 'TooManyBucketTags'],
    ['lacks them', [{ Key: 'team', Value: 'a' }], 'SystemTagRemoved'],
    ['has no tags', [], 'SystemTagRemoved'],
    ['has another value of one', [{ ...system, Value: 'other' }], 'BucketTagReserved'],
    ['has another one beside them', [system, { Key: 'aws:x', Value: '' }], 'BucketTagReserved'],
    [
      'has the name of one in other letters',
      [{ ...system, Key: 'AWS:cloudformation:stack-name' }],
      'BucketTagLikeReserved',
    ],
  ])('in a request that %s', (_what, tags, expected) => {
    expect(refusalOf(tags)).toBe(expected);
  });
});

describe('the number of tags', () => {
  const numbered = (count: number) => Array.from({ length: count }, (_, index) => ({ Key: String(index), Value: '' }));

  it.each<[what: string, check: Check, most: number, refusal: string]>([
    ['an object', checkObjectTags, 10, 'TooManyObjectTags'],
    ['a bucket', checkBucketTags, 50, 'TooManyBucketTags'],
    ['a bucket that is to be created', checkNewBucketTags, 50, 'TooManyBucketTags'],
  ])('of %s has a limit', (_what, check, most, refusal) => {
    const { tags } = dialects.aws;
    expect(refusalThrownBy(() => check(numbered(most), tags))).toBeUndefined();
    expect(refusalThrownBy(() => check(numbered(most + 1), tags))).toMatchObject({
      refusal,
      why: expect.stringMatching(new RegExp(`^the request has ${most + 1} tags, and .* has ${most} at most$`)),
    });
  });
});

// F34, F70
describe('a tag of AWS itself', () => {
  it.each<[what: string, Key: string, check: Check, refusal: string, facts: object]>([
    ['an object', 'aws:a', checkObjectTags, 'ObjectTagReserved', { details: { TagKey: 'aws:a' } }],
    ['a bucket', 'aws:a', checkBucketTags, 'BucketTagReserved', { details: { TagKey: 'aws:a' } }],
    ['a bucket', 'AWS:a', checkBucketTags, 'BucketTagLikeReserved', { details: { TagKey: 'AWS:a' } }],
    ['a new bucket', 'aws:a', checkNewBucketTags, 'CreateBucketTagsReserved', { quoted: { TagKey: 'aws:a' } }],
  ])('is refused for %s: %s', (_what, Key, check, refusal, facts) => {
    expect(refusalThrownBy(() => check([{ Key, Value: '' }], dialects.aws.tags))).toMatchObject({ refusal, ...facts });
  });
});
