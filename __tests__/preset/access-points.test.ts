import { expect, it } from '@jest/globals';
import { mockS3 } from '../../src';

const alias = 'reports-abc-s3alias';

it.each([
  [
    'a list',
    [],
    "bucket 'vault': accessPoints: invalid value []; expected an object by name, such as { reports: { policy } }",
  ],
  ['a name that S3 refuses', { Reports: {} }, "an access point's name has lower-case letters, digits and hyphens only"],
  ['a name that ends as an alias', { 'a-s3alias': {} }, 'neither begins with xn-- nor ends in -s3alias'],
  ['no fixture', { reports: true }, 'invalid value true; expected { policy, publicAccessBlock }, or {}'],
  ['an unknown member', { reports: { vpc: 'vpc-1' } }, "there is no option 'vpc'"],
  [
    'an empty network',
    { reports: { vpcId: '' } },
    "invalid vpcId ''; expected text such as 'vpc-1a2b3c4d', or undefined",
  ],
  [
    'an unknown account',
    { reports: { account: 'bob' } },
    "invalid account 'bob'; expected one of the mock's accounts: ",
  ],
  ['another end of an alias', { reports: { alias: 'reports' } }, "invalid alias 'reports'; expected small letters"],
  [
    'an alias twice',
    { reports: { alias }, audits: { alias } },
    `another access point has the alias ${alias}. Give another one.`,
  ],
])('access points of a bucket are refused with %s', async (_what, accessPoints, message) => {
  const s3 = mockS3({ buckets: { vault: { accessPoints: { kept: {} } } } });
  expect(() => Object.assign(s3.bucket('vault'), { accessPoints })).toThrow(TypeError);
  expect(() => Object.assign(s3.bucket('vault'), { accessPoints })).toThrow(message);
  expect(Object.keys(s3.bucket('vault').accessPoints ?? {})).toEqual(['kept']);
  await s3.stop();
});

it('a name, and an alias, are of one bucket alone', async () => {
  const s3 = mockS3({ buckets: { vault: { accessPoints: { reports: { alias } } }, other: {} } });
  const set = (accessPoints: object) => () => Object.assign(s3.bucket('other'), { accessPoints });
  expect(set({ reports: {} })).toThrow('reports is an access point of another bucket. Give another name.');
  expect(set({ audits: { alias } })).toThrow(`audits: another access point has the alias ${alias}. Give another one.`);
  s3.bucket('vault').accessPoints = undefined;
  expect(set({ audits: { alias } })).not.toThrow();
  await s3.stop();
});
