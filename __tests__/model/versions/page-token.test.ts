import { describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';
import { readPageToken, writePageToken } from '../../../src/model/versions/page-token';

describe('a continuation token', () => {
  it('returns the place that it was issued for, whatever its text', () => {
    void fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (place) => {
        expect(readPageToken('buckets', writePageToken('buckets', place))).toBe(place);
      }),
    );
  });

  it('needs no escaping in a query or in XML, and does not show the place', () => {
    expect(writePageToken('buckets', 'vault/größe & more')).toMatch(/^[\w.-]{44,}$/);
    expect(writePageToken('buckets', 'vault')).not.toContain('vault');
  });

  it('is the same for the same place', () => {
    expect(writePageToken('buckets', 'vault')).toBe(writePageToken('buckets', 'vault'));
  });

  it('is not valid in another listing', () => {
    expect(readPageToken('uploads', writePageToken('buckets', 'vault'))).toBeUndefined();
  });

  const issued = writePageToken('buckets', 'vault');
  const [place = '', check = ''] = issued.split('.');
  it.each([
    [''],
    ['.'],
    ['vault'],
    [place],
    [`.${check}`],
    [`${place}.`],
    [`${issued}.more`],
    [`${place}=.${check}`],
    [`${place} .${check}`],
    [issued.toLowerCase()],
    [`${Buffer.from('scratch').toString('base64url')}.${check}`],
  ])('%j was never issued', (token) => {
    expect(readPageToken('buckets', token)).toBeUndefined();
  });
});
