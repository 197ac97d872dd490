import { describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';
import { issuePageToken, readPageToken } from '../../../src/model/versions/page-token';

describe('a continuation token', () => {
  it('stands for the place it was issued for, whatever its text', () => {
    void fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (place) => {
        expect(readPageToken('buckets', issuePageToken('buckets', place))).toBe(place);
      }),
    );
  });

  it('can stand in a query and in XML as it is, and does not show the place', () => {
    expect(issuePageToken('buckets', 'vault/größe & more')).toMatch(/^[\w.-]{44,}$/);
    expect(issuePageToken('buckets', 'vault')).not.toContain('vault');
  });

  it('is the same for the same place', () => {
    expect(issuePageToken('buckets', 'vault')).toBe(issuePageToken('buckets', 'vault'));
  });

  it('is none of another listing', () => {
    expect(readPageToken('uploads', issuePageToken('buckets', 'vault'))).toBeUndefined();
  });

  const issued = issuePageToken('buckets', 'vault');
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
