import { describe, expect, it } from '@jest/globals';
import { mayNameBucket, problemOfBucketName, problemOfCosBucketName, readSuffix } from '../../src/model/bucket-names';

// https://docs.aws.amazon.com/AmazonS3/latest/userguide/bucketnamingrules.html
describe("a bucket's name that S3 accepts", () => {
  it.each([
    ...'abc a1b 1st a.b.c a-b.c-1 mrap cosv1-a 123 vault docexamplebucket1 log-delivery-march-2020'.split(' '),
    ...'my.example.bucket 192.168.5.4.5 192.168.5 a-.b a.-b xn-vault vault-s3aliases'.split(' '),
    'a'.repeat(63),
  ])('%s', (name) => {
    expect(problemOfBucketName(name)).toBeUndefined();
  });
});

describe("a bucket's name that S3 refuses", () => {
  const characters = "a bucket's name has lower-case letters, digits, dots and hyphens only";
  const ends = "a bucket's name begins and ends with a letter or a digit";
  it.each([
    ['', "a bucket's name has 3 to 63 characters, not 0"],
    ['ab', "a bucket's name has 3 to 63 characters, not 2"],
    ['a'.repeat(64), "a bucket's name has 3 to 63 characters, not 64"],
    ['A', "a bucket's name has 3 to 63 characters, not 1"],
    ['Vault', characters],
    ['Vault-', characters],
    ['doc_example_bucket', characters],
    ['my_vault', characters],
    ['tres or', characters],
    ['vault/', characters],
    ['trésor', characters],
    ['vault\n', characters],
    ['-vault', ends],
    ['vault-', ends],
    ['.vault', ends],
    ['vault.', ends],
    ['va..ult.', ends],
    ['doc..vault', "a bucket's name has no two dots side by side"],
    ['va..ult', "a bucket's name has no two dots side by side"],
    ['192.168.5.4', "a bucket's name is not an IP address"],
    ['999.999.999.999', "a bucket's name is not an IP address"],
    ['xn--vault', 'S3 keeps names with xn-- for itself'],
    ['sthree-vault', 'S3 keeps names with sthree- for itself'],
    ['amzn-s3-demo-vault', 'S3 keeps names with amzn-s3-demo- for itself'],
    ['vault-s3alias', 'S3 keeps names with -s3alias for itself'],
    ['vault--ol-s3', 'S3 keeps names with --ol-s3 for itself'],
    ['vault.mrap', 'S3 keeps names with .mrap for itself'],
    ['vault--x-s3', 'S3 keeps names with --x-s3 for itself'],
    ['vault--table-s3', 'S3 keeps names with --table-s3 for itself'],
  ])('%j', (name, problem) => {
    expect(problemOfBucketName(name)).toBe(problem);
  });
});

// F43
describe("a bucket's name that IBM COS accepts", () => {
  it.each([['abc'], ['vault'], ['sthree-vault'], ['vault-s3alias'], ['a.b-c'], ['a'.repeat(63)]])('%s', (name) => {
    expect(problemOfCosBucketName(name)).toBeUndefined();
  });
});

describe("a bucket's name that IBM COS refuses", () => {
  it.each([
    ['ab', "a bucket's name has 3 to 63 characters, not 2"],
    ['a'.repeat(64), "a bucket's name has 3 to 63 characters, not 64"],
    ['Vault', "a bucket's name has lower-case letters, digits, dots and hyphens only"],
    ['-vault', "a bucket's name begins and ends with a letter or a digit"],
    ['va..ult', "a bucket's name has no two dots side by side"],
    ['va..-ult', "a bucket's name has no two dots side by side"],
    ['va--ult', "a bucket's name on COS has no two dots or hyphens side by side"],
    ['va.-ult', "a bucket's name on COS has no two dots or hyphens side by side"],
    ['va-.ult', "a bucket's name on COS has no two dots or hyphens side by side"],
    ['cosv1-vault', 'COS keeps names with cosv1- for itself'],
    ['account-vault', 'COS keeps names with account- for itself'],
  ])('%j', (name, problem) => {
    expect(problemOfCosBucketName(name)).toBe(problem);
  });
});

// S3 looks for a bucket also if today's rules refuse its name. F26
describe('the name of a bucket in a request', () => {
  it.each([['abc'], ['nowhere'], ['My_Bucket.1'], ['a'.repeat(255)], ['xn--vault'], ['192.168.5.4']])(
    'is looked up: %s',
    (name) => {
      expect(mayNameBucket(name)).toBe(true);
    },
  );

  it.each([[''], ['ab'], ['a'.repeat(256)], ['a b'], ['a$b'], ['trésor']])('is refused: %j', (name) => {
    expect(mayNameBucket(name)).toBe(false);
  });
});

// F601
describe('the suffix of a name in an account regional namespace', () => {
  it.each([
    ['vault-111122223333-us-east-1-an', { accountId: '111122223333', region: 'us-east-1' }],
    ['a-b-111122223333-eu-west-1-an', { accountId: '111122223333', region: 'eu-west-1' }],
    ['-111122223333-us-east-1-an', undefined],
    ['vault-11112222333-us-east-1-an', undefined],
    ['vault-111122223333-an', undefined],
    ['vault-111122223333-us.east-an', undefined],
    ['vault-111122223333-us-east-1', undefined],
  ])('of %s is %j', (name, suffix) => {
    expect(readSuffix(name)).toEqual(suffix);
  });
});
