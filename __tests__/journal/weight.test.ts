import { describe, expect, it } from '@jest/globals';
import { weightOf } from '../../src/journal/entry-store';

describe('the weight of a value', () => {
  it('is that of its bytes', () => {
    expect(weightOf(Buffer.alloc(5))).toBe(5);
  });

  it('grows with its text and its members', () => {
    const version = { Key: 'a', Size: 1, LastModified: new Date(), Owner: { ID: 'x' } };
    expect(weightOf('x'.repeat(1000))).toBeGreaterThan(1000);
    expect(weightOf(version)).toBeGreaterThan(weightOf({ Key: 'a' }));
    expect(weightOf(Array.from({ length: 1000 }, () => version))).toBeGreaterThan(1000 * weightOf({ Key: 'a' }));
  });

  it.each([undefined, null, true])('of %p is nothing', (value) => {
    expect(weightOf(value)).toBe(0);
  });

  it('is found however deep a value is nested', () => {
    let nested: unknown = 'x';
    for (let depth = 0; depth < 100_000; depth += 1) nested = { nested };
    expect(weightOf(nested)).toBeGreaterThan(100_000);
  });
});
