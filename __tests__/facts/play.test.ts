import { describe, expect, it } from '@jest/globals';
import { differencesIn } from '../../src/facts/compare';
import { mockStage } from '../../src/facts/mock-stage';
import { play } from '../../src/facts/play';
import { textOf } from '../house/files';
import { cases } from './cases';

describe('the comparison with what was recorded', () => {
  it.each<[expected: object, actual: object, found: readonly string[]]>([
    [{ A: '1' }, { A: '1', B: '2' }, []],
    [{ A: '1' }, { A: '2' }, ['A: expected "1", but it is "2"']],
    [{ A: { B: [1, 2] } }, { A: { B: [1, 2, 3] } }, ['A.B: expected [1,2], but it is [1,2,3]']],
    [{ A: [{ B: '$(b)' }, { B: '$(b)' }] }, { A: [{ B: 'x' }, { B: 'y' }] }, ['A[1].B: expected "x", but it is "y"']],
    [{ A: 'k/$(b)?x' }, { A: 'k/1?x' }, []],
    [{ A: '$(version-1)', B: '$(version-2)' }, { A: 'x', B: 'y' }, []],
    [
      { A: '$(version-1)', B: '$(version-2)' },
      { A: 'x', B: 'x' },
      ['B: expected "an id other than the id of version-1", but it is "x"'],
    ],
    [{ A: '$(b)', C: '$(d)' }, { A: 'x', C: 'x' }, []],
    [{ A: '$(any)' }, {}, ['A: expected "a value", but it is absent']],
    [{ A: '$(date)' }, { A: 'soon' }, ['A: expected "a date", but it is "soon"']],
    [{ A: '2026-09-20T12:00:00.000Z' }, { A: new Date(Date.UTC(2026, 8, 20, 12)) }, []],
  ])('of %p with %p finds %p', (expected, actual, found) => {
    expect(differencesIn(expected, actual, { names: new Map(), keepsTime: true })).toEqual(found);
  });
});

describe('a case', () => {
  it('sends operations by their declarations, and requests as they are', async () => {
    const { differences: found } = await play(mockStage, {
      state: {
        buckets: { vault: { versioning: 'Enabled' } },
        users: { ann: { policy: { Version: '2012-10-17', Statement: [] } } },
      },
      calls: [
        ['put', 'PutObject', { Bucket: 'vault', Key: 'k', Body: 'data' }, '200', { VersionId: '$(first)' }],
        ['get', 'GetObject', { Bucket: 'vault', Key: 'k', VersionId: '$(first)' }, '200', { Body: 'data' }],
        ['raw', 'GET /vault?versions', {}, '200', { Version: { VersionId: '$(first)', Owner: { ID: '$(owner)' } } }],
        ['head', 'HeadObject', { Bucket: 'vault', Key: 'none' }, '404'],
        ['none', 'GetObject', { Bucket: 'vault', Key: 'none' }, '404 NoSuchKey', { Key: 'none' }],
        ['ann', 'GetObject', { Bucket: 'vault', Key: 'k' }, '403 AccessDenied', {}, { by: 'ann' }],
        ['nobody', 'GetObject', { Bucket: 'vault', Key: 'k' }, '403 AccessDenied', {}, { by: 'anonymous' }],
        ['sts', 'sts:GetCallerIdentity', {}, '200', { Account: '$(account)' }],
      ],
    });
    expect(found).toEqual([]);
  });

  it('sets the clock, computes the digest of a body and finds nested members', async () => {
    const rule = '<CORSRule><ID>a</ID><AllowedMethod>GET</AllowedMethod><AllowedOrigin>*</AllowedOrigin></CORSRule>';
    const body = `<CORSConfiguration>${rule}</CORSConfiguration>`;
    const { differences: found } = await play(mockStage, {
      state: { buckets: { vault: {} } },
      calls: [
        ['put', 'PutObject', { Bucket: 'vault', Key: 'k', Body: 'data' }, '200', {}, { at: '2026-12-24T18:00:00Z' }],
        ['head', 'HeadObject', { Bucket: 'vault', Key: 'k' }, '200', { LastModified: '2026-12-24T18:00:00Z' }],
        ['cors', 'PUT /vault?cors', { headers: { 'Content-MD5': '$(bodyMD5)' }, body }, '200'],
        ['text', 'GET /vault/k', {}, '200', { Body: 'data' }],
        ['get', 'GetBucketCors', { Bucket: 'vault' }, '200', {}, { absent: ['CORSRules.0.ID', 'CORSRules.1'] }],
      ],
    });
    expect(found).toEqual(['get: CORSRules.0.ID: expected none, but it is "a"']);
  });

  it('says where the mock answers otherwise', async () => {
    const { differences: found } = await play(mockStage, {
      state: { buckets: { vault: {} } },
      calls: [
        ['1', 'GetObject', { Bucket: 'vault', Key: 'k' }, '200'],
        [
          '2',
          'PutObject',
          { Bucket: 'vault', Key: 'k' },
          '200',
          { ETag: '"0"' },
          { absent: ['ChecksumType'], headers: { 'x-amz-version-id': '$(id)', server: null } },
        ],
      ],
    });
    expect(found).toEqual([
      '1: expected 200, but it is 404 NoSuchKey: the key has no versions',
      '2: ETag: expected "\\"0\\"", but it is "\\"d41d8cd98f00b204e9800998ecf8427e\\""',
      '2: ChecksumType: expected none, but it is "FULL_OBJECT"',
      '2: header x-amz-version-id: expected "$(id)", but it is absent',
      '2: header server: expected none, but it is AmazonS3',
    ]);
  });
});

it('the cases are as many as the guide says', () => {
  expect(textOf('docs/guides/check-a-service.md')).toContain(`${cases.length} cases`);
});
