import { describe, expect, it } from '@jest/globals';
import { type AccessPoint, findAccessPoint, problemOfAccessPointName } from '../../src/model/access-points';
import { Store } from '../../src/model/store';

// https://docs.aws.amazon.com/AmazonS3/latest/userguide/creating-access-points.html
describe('the name of an access point', () => {
  const length = (count: number) => `an access point's name has 3 to 50 characters, not ${count}`;
  const ends = "an access point's name begins and ends with a letter or a digit";
  const characters = "an access point's name has lower-case letters, digits and hyphens only";
  const reserved = "an access point's name neither begins with xn-- nor ends in -s3alias";

  it.each(['abc', 'a-1', '123', 'a'.repeat(50), 'xn-a', 's3alias'])('may be %s', (name) => {
    expect(problemOfAccessPointName(name)).toBeUndefined();
  });

  it.each([
    ['ab', length(2)],
    ['A', length(1)],
    ['a'.repeat(51), length(51)],
    ['Reports', characters],
    ['re.ports', characters],
    ['Reports-', characters],
    ['-reports', ends],
    ['reports-', ends],
    ['xn--reports', reserved],
    ['reports-s3alias', reserved],
  ])('is not %s', (name, problem) => {
    expect(problemOfAccessPointName(name)).toBe(problem);
  });
});

// F1107
describe('an access point', () => {
  const store = new Store({ accountId: '111122223333', seed: 'seed', realNow: () => 0, start: 0 });
  const point: AccessPoint = {
    name: 'reports',
    account: store.defaultAccount,
    region: 'eu-west-1',
    alias: 'reports-a1b2-s3alias',
    vpcId: undefined,
    publicAccessBlock: {},
    created: 0,
    tags: [],
    policy: undefined,
  };
  const vault = { settings: { accessPoints: [point] } };

  it.each<[named: string, region: string | undefined, found: boolean]>([
    ['reports-a1b2-s3alias', undefined, true],
    ['reports-a1b2-s3alias', 'us-east-1', true],
    ['another-a1b2-s3alias', undefined, false],
    ['reports-111122223333', undefined, true],
    ['reports-111122223333', 'eu-west-1', true],
    ['reports-111122223333', 'us-east-1', false],
    ['reports-444455556666', 'eu-west-1', false],
    ['another-111122223333', 'eu-west-1', false],
    ['reports', undefined, false],
  ])('is named by its alias, or by its name and its account: %s in %s: %s', (named, region, found) => {
    expect(findAccessPoint([vault], named, region)?.point).toBe(found ? point : undefined);
  });
});
