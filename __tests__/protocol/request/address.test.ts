import { describe, expect, it } from '@jest/globals';
import { climbs, readAddress } from '../../../src/protocol/request/address';
import type { Endpoint } from '../../../src/wire';

const s3: Endpoint = { service: 's3', base: 's3.eu-west-1.amazonaws.com', dialect: 'aws', region: 'eu-west-1' };

// https://docs.aws.amazon.com/AmazonS3/latest/userguide/VirtualHosting.html
describe('a bucket and a key', () => {
  it.each<{ path: string; bucket: string | undefined; key: string | undefined }>`
    path                     | bucket       | key
    ${'/'}                   | ${undefined} | ${undefined}
    ${''}                    | ${undefined} | ${undefined}
    ${'/vault'}              | ${'vault'}   | ${undefined}
    ${'/vault/'}             | ${'vault'}   | ${undefined}
    ${'/vault/a/b.txt'}      | ${'vault'}   | ${'a/b.txt'}
    ${'/vault/a/'}           | ${'vault'}   | ${'a/'}
    ${'/vault//a'}           | ${'vault'}   | ${'/a'}
    ${'/vault/a/../b'}       | ${'vault'}   | ${'a/../b'}
    ${'/vault/.'}            | ${'vault'}   | ${'.'}
    ${'/vault/a%20b%2Fc'}    | ${'vault'}   | ${'a b/c'}
    ${'/vault/a+b%2Bc'}      | ${'vault'}   | ${'a b+c'}
    ${'/vault/%F0%9F%98%80'} | ${'vault'}   | ${'😀'}
  `('path-style $path is $bucket and $key', ({ path, bucket, key }) => {
    expect(readAddress({ host: s3.base, endpoint: s3 }, path)).toEqual({ bucket, key });
  });

  it.each<{ host: string; path: string; bucket: string | undefined; key: string | undefined }>`
    host           | path          | bucket        | key
    ${'vault.'}    | ${'/'}        | ${'vault'}    | ${undefined}
    ${'vault.'}    | ${'/a/b'}     | ${'vault'}    | ${'a/b'}
    ${'vault.'}    | ${'//a'}      | ${'vault'}    | ${'/a'}
    ${'my.vault.'} | ${'/vault/a'} | ${'my.vault'} | ${'vault/a'}
  `('$host before the host and $path is $bucket and $key', ({ host, path, bucket, key }) => {
    expect(readAddress({ host: `${host}${s3.base}`, endpoint: s3 }, path)).toEqual({ bucket, key });
  });

  it.each([
    [s3.base, '/vault/%'],
    [s3.base, '/vault/%ff'],
    [s3.base, '/%e4'],
    [`vault.${s3.base}`, '/%e4'],
  ])('cannot be read at the host %s from %s', (host, path) => {
    expect(readAddress({ host, endpoint: s3 }, path)).toBeUndefined();
  });

  it("do not exist in IBM Cloud's token service", () => {
    const iam: Endpoint = { service: 'iam', base: 'iam.cloud.ibm.com', dialect: 'ibm-cos', region: undefined };
    expect(readAddress({ host: iam.base, endpoint: iam }, '/identity/token')).toEqual({
      bucket: undefined,
      key: undefined,
    });
  });
});

// https://docs.aws.amazon.com/AmazonS3/latest/userguide/object-keys.html, F1683
describe('a key', () => {
  it.each<{ key: string; climbing: boolean }>`
    key                               | climbing
    ${'videos/2014/../../video1.wmv'} | ${false}
    ${'videos/../../video1.wmv'}      | ${true}
    ${'videos/../../2014/video1.wmv'} | ${true}
    ${'a/..'}                         | ${false}
    ${'..'}                           | ${true}
    ${'./a'}                          | ${false}
    ${'./..'}                         | ${true}
    ${'...'}                          | ${false}
  `('$key climbs above its bucket: $climbing', ({ key, climbing }) => {
    expect(climbs(key)).toBe(climbing);
  });
});
