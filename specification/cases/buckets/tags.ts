import type { RecordedCases } from '../../../src/facts/case';

const vault = { Bucket: 'vault' };
const tagSet = (...tags: readonly (readonly [Key: string, Value: string])[]) => ({
  TagSet: tags.map(([Key, Value]) => ({ Key, Value })),
});
const numbered = (...numbers: readonly number[]) =>
  tagSet(...numbers.map((number): [string, string] => [`key-${number}`, 'value']));
const put = (...tags: readonly (readonly [Key: string, Value: string])[]) => ({ ...vault, Tagging: tagSet(...tags) });
const upTo = (count: number) => Array.from({ length: count }, (_, at) => at);
const state = { buckets: { vault: {} } };
const likeReserved =
  'Invalid Tag. Tags cannot start with "aws:"(case insensitive) unless they are System Tags that start with "aws:"(case sensitive)';
const invalid = (part: 'Key' | 'Value') => `The Tag${part} you have provided is invalid`;

export const tags: RecordedCases = {
  file: 'bucket_tags.json',
  recorded: 'September 2026',
  cases: {
    'the tags of a bucket are answered in the order of a hash table, not in that of the request': {
      fact: 'F389',
      state,
      calls: [
        ['put-ordered', 'PutBucketTagging', put(['z-last', 'z'], ['a-first', 'a'], ['m-middle', 'm']), '204'],
        [
          'put-ordered-get',
          'GetBucketTagging',
          vault,
          '200',
          tagSet(['a-first', 'a'], ['z-last', 'z'], ['m-middle', 'm']),
        ],
        ['put-50-tags', 'PutBucketTagging', { ...vault, Tagging: numbered(...upTo(50)) }, '204'],
        [
          'put-50-tags-get',
          'GetBucketTagging',
          vault,
          '200',
          numbered(
            ...[18, 17, 19, 14, 13, 16, 15, 10, 12, 11, 29, 28, 25, 24, 27, 26, 21, 20, 23, 22, 39, 36, 35, 38, 37],
            ...[1, 32, 0, 31, 34, 33, 5, 4, 3, 30, 2, 9, 8, 7, 6, 47, 46, 49, 48, 43, 42, 45, 44, 41, 40],
          ),
        ],
        [
          'put-51-tags',
          'PutBucketTagging',
          { ...vault, Tagging: numbered(...upTo(51)) },
          '400 BadRequest',
          { Message: 'Bucket tag count cannot be greater than 50' },
        ],
      ],
    },
    'PutBucketTagging replaces all tags, and removes them if its list is empty': {
      state,
      calls: [
        ['get-no-tagset', 'GetBucketTagging', vault, '404 NoSuchTagSet', { BucketName: 'vault' }],
        ['delete-no-tagset', 'DeleteBucketTagging', vault, '204'],
        ['put-ordered', 'PutBucketTagging', put(['z-last', 'z'], ['a-first', 'a']), '204'],
        ['put-replacement', 'PutBucketTagging', put(['replacement', 'only']), '204'],
        ['put-replacement-get', 'GetBucketTagging', vault, '200', tagSet(['replacement', 'only'])],
        ['put-empty-set', 'PutBucketTagging', put(), '204'],
        ['put-empty-set-get', 'GetBucketTagging', vault, '404 NoSuchTagSet', { Message: 'The TagSet does not exist' }],
      ],
    },
    'a tag key that begins with aws: in another case is refused with a message of its own': {
      fact: 'F70',
      state,
      calls: [
        ...['AWS:owned', 'aWs:owned'].map(
          (TagKey) =>
            [
              `${TagKey}`,
              'PutBucketTagging',
              put([TagKey, 'value']),
              '400 InvalidTag',
              { TagKey, Message: likeReserved },
            ] as const,
        ),
        ['put-aws-prefix-value', 'PutBucketTagging', put(['ordinary', 'aws:owned']), '204'],
      ],
    },
    'tag keys are case-sensitive, and a key that occurs twice is refused': {
      state,
      calls: [
        [
          'put-duplicate-keys',
          'PutBucketTagging',
          put(['duplicate', 'first'], ['duplicate', 'second']),
          '400 InvalidTag',
          { Message: 'Cannot provide multiple Tags with the same key', TagKey: 'duplicate' },
        ],
        ['put-case-distinct-keys', 'PutBucketTagging', put(['Key', 'value'], ['key', 'value']), '204'],
        ['put-case-distinct-keys-get', 'GetBucketTagging', vault, '200', tagSet(['Key', 'value'], ['key', 'value'])],
      ],
    },
    'a tag has letters, digits and separators of any script': {
      fact: 'F70',
      state,
      calls: [
        ['put-empty-value', 'PutBucketTagging', put(['empty-value', '']), '204'],
        ['put-key-ascii-128', 'PutBucketTagging', put(['k'.repeat(128), 'value']), '204'],
        ['put-allowed-punctuation', 'PutBucketTagging', put(['space +-=._:/@', 'space +-=._:/@']), '204'],
        ['put-unicode-letters-numbers', 'PutBucketTagging', put(['é中١', 'é中١']), '204'],
        ['put-unicode-letters-numbers-get', 'GetBucketTagging', vault, '200', tagSet(['é中١', 'é中١'])],
        ['put-character-em-space-value', 'PutBucketTagging', put(['key', 'value\u2003']), '204'],
        ['put-character-line-separator-key', 'PutBucketTagging', put(['key\u2028', 'value']), '204'],
        ['put-character-line-separator-key-get', 'GetBucketTagging', vault, '200', tagSet(['key\u2028', 'value'])],
        [
          'put-character-comma-key',
          'PutBucketTagging',
          put(['key,', 'value']),
          '400 InvalidTag',
          { Message: invalid('Key'), TagKey: 'key,' },
        ],
        [
          'put-character-backslash-value',
          'PutBucketTagging',
          put(['key', 'value\\']),
          '400 InvalidTag',
          { Message: invalid('Value'), TagKey: 'key', TagValue: 'value\\' },
        ],
        ...Object.entries({ hash: '#', emoji: '😀' }).flatMap(
          ([name, character]) =>
            [
              [
                `put-character-${name}-key`,
                'PutBucketTagging',
                put([`key${character}`, 'value']),
                '400 InvalidTag',
                { Message: invalid('Key'), TagKey: `key${character}` },
              ],
              [
                `put-character-${name}-value`,
                'PutBucketTagging',
                put(['key', `value${character}`]),
                '400 InvalidTag',
                { Message: invalid('Value'), TagKey: 'key', TagValue: `value${character}` },
              ],
            ] as const,
        ),
      ],
    },
    'a tag key has at most 128 UTF-16 code units, and a tag value at most 256': {
      fact: 'F70',
      state,
      calls: [
        ['put-key-bmp-128', 'PutBucketTagging', put(['é'.repeat(128), 'value']), '204'],
        [
          'put-key-bmp-129',
          'PutBucketTagging',
          put(['é'.repeat(129), 'value']),
          '400 InvalidTag',
          { Message: invalid('Key'), TagKey: 'é'.repeat(129) },
        ],
        ['put-value-bmp-256', 'PutBucketTagging', put(['value', 'é'.repeat(256)]), '204'],
        ['put-value-astral-letter-128', 'PutBucketTagging', put(['value', '𐐀'.repeat(128)]), '204'],
        [
          'put-value-astral-letter-129',
          'PutBucketTagging',
          put(['value', '𐐀'.repeat(129)]),
          '400 InvalidTag',
          { Message: invalid('Value'), TagKey: 'value', TagValue: '𐐀'.repeat(129) },
        ],
        ['put-value-astral-letter-129-get', 'GetBucketTagging', vault, '200', tagSet(['value', '𐐀'.repeat(128)])],
      ],
    },
    'a request for the tags of a bucket that expects another owner is denied and changes nothing': {
      state: { buckets: { vault: { tags: { owner: 'preserved' } } } },
      calls: [
        ['get-correct-owner', 'GetBucketTagging', { ...vault, ExpectedBucketOwner: '$(account)' }, '200'],
        [
          'wrong-owner-get-bucket-tagging',
          'GetBucketTagging',
          { ...vault, ExpectedBucketOwner: '123456789012' },
          '403 AccessDenied',
          { Message: 'Access Denied' },
        ],
        [
          'wrong-owner-put-bucket-tagging',
          'PutBucketTagging',
          { ...put(['wrong-owner', 'must-not-replace']), ExpectedBucketOwner: '123456789012' },
          '403 AccessDenied',
        ],
        [
          'wrong-owner-delete-bucket-tagging',
          'DeleteBucketTagging',
          { ...vault, ExpectedBucketOwner: '123456789012' },
          '403 AccessDenied',
        ],
        ['wrong-owner-delete-bucket-tagging-get', 'GetBucketTagging', vault, '200', tagSet(['owner', 'preserved'])],
        ['delete-with-tags', 'DeleteBucketTagging', { ...vault, ExpectedBucketOwner: '$(account)' }, '204'],
        ['get-after-delete-with-tags', 'GetBucketTagging', vault, '404 NoSuchTagSet'],
      ],
    },
  },
};
