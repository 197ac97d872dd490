import { describe, expect, it } from '@jest/globals';
import { problemOfKey, refusalOfKey } from '../../src/model/object-keys';

// https://docs.aws.amazon.com/AmazonS3/latest/userguide/object-keys.html
describe('a key', () => {
  it.each(['k', 'a'.repeat(1024), 'é'.repeat(512), '😀'])('has 1 to 1,024 bytes of UTF-8: %#', (key) => {
    expect({ problem: problemOfKey(key), refusal: refusalOfKey(key) }).toEqual({});
  });

  it.each(['a'.repeat(1025), `${'é'.repeat(512)}a`])('of 1,025 bytes is refused: %#', (key) => {
    expect(refusalOfKey(key)).toMatchObject({ refusal: 'KeyTooLong', details: { Size: 1025 } });
    expect(problemOfKey(key)).toBe('it has 1,025 bytes in UTF-8, and a key has 1 to 1,024');
  });

  it('is not empty, and a text that UTF-8 can write', () => {
    expect([problemOfKey(''), problemOfKey('a\ud83d')]).toEqual([
      'it has 0 bytes in UTF-8, and a key has 1 to 1,024',
      'it contains half of a surrogate pair, and a key is a text that UTF-8 can write',
    ]);
  });
});
