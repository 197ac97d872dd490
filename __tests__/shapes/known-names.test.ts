import { describe, expect, it } from '@jest/globals';
import { checkMemberNames } from '../../src/shapes/known-names';
import type { MemberNames } from '../../src/shapes/member-names';
import { checkOptionNames } from '../../src/text/member-names';

const item = { Key: 'none', VersionId: 'none' } as const;
const names: MemberNames = { Bucket: 'none', Metadata: 'any', Delete: { Objects: item, Quiet: 'none' } };
const check = (value: unknown, of = names) => checkMemberNames('expect: the input of X', of, value, 'See X.');

const circle: Record<string, unknown> = {};
circle['Delete'] = circle;

describe('members', () => {
  it.each<[where: string, value: unknown, message: string]>([
    ['at the top', { Buket: 'vault' }, 'Buket. Did you mean Bucket? It has: Bucket, Metadata, Delete.'],
    ['without a value', { Buket: undefined }, 'Buket. Did you mean Bucket? It has: Bucket, Metadata, Delete.'],
    ['like no other', { Colour: 'red' }, 'Colour. It has: Bucket, Metadata, Delete.'],
    ['in a structure', { Delete: { Quite: true } }, 'Delete.Quite. Did you mean Quiet? Delete has: Objects, Quiet.'],
    [
      'in an item of a list',
      { Delete: { Objects: [{ Key: 'a' }, { Kay: 'b' }] } },
      'Delete.Objects[1].Kay. Did you mean Key? Delete.Objects[1] has: Key, VersionId.',
    ],
    ['in a single value', { Bucket: { Name: 'vault' } }, 'Bucket.Name: Bucket is a single value.'],
    ['in a circle', circle, 'Delete.Delete. Delete has: Objects, Quiet.'],
    ['that no code can name with a dot', { 'a-b': 1 }, "['a-b']. It has: Bucket, Metadata, Delete."],
    ['with the name of a member of every object', { constructor: 1 }, 'constructor. It has: Bucket, Metadata, Delete.'],
  ])('%s that do not exist are a TypeError', (_where, value, message) => {
    expect(() => check(value)).toThrow(new TypeError(`expect: the input of X has no ${message}`));
  });

  it.each([
    ['exist', { Bucket: 'vault', Delete: { Objects: [{ Key: 'a' }, {}], Quiet: true } }],
    ['are in an open map', { Metadata: { anything: 'red' } }],
    ['are in an asymmetric matcher', { Delete: { asymmetricMatch: () => true, Kay: 1 } }],
    ['have values of another kind', { Bucket: [1], Delete: 'x', Metadata: 5 }],
    ['are in lists of lists', { Delete: { Objects: [[{ Kay: 1 }]] } }],
  ])('that %s are accepted', (_which, value) => {
    expect(() => check(value)).not.toThrow();
  });

  it('of a large value are not listed beside a suggestion', () => {
    const many = Object.fromEntries(Array.from({ length: 9 }, (_, index) => [`Member${index}00`, 'none' as const]));
    expect(() => check({ Membr000: 1 }, many)).toThrow(
      new TypeError('expect: the input of X has no Membr000. Did you mean Member000?'),
    );
    expect(() => check({ Colour: 1 }, many)).toThrow(new TypeError('expect: the input of X has no Colour. See X.'));
  });
});

describe('options', () => {
  it.each([
    [{ one: 1, tow: 2 }, "mockS3: there is no option 'tow'. Did you mean two? The options are: one, two."],
    [{ third: 3 }, "mockS3: there is no option 'third'. The options are: one, two."],
    ['one', "mockS3: 'one' is not an object of options. The options are: one, two."],
    [['one'], "mockS3: ['one'] is not an object of options. The options are: one, two."],
    [null, 'mockS3: null is not an object of options. The options are: one, two.'],
  ])('%p are a TypeError that lists the known names', (options, message) => {
    expect(() => checkOptionNames('mockS3', options as object, ['one', 'two'])).toThrow(new TypeError(message));
  });

  it('may be given as undefined', () => {
    expect(() => checkOptionNames('mockS3', { two: undefined }, ['one', 'two'])).not.toThrow();
  });
});
