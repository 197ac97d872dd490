import { describe, expect, it } from '@jest/globals';
import { configurations } from '../../src/model/configurations';
import type { BucketFixture } from '../../src/preset/bucket-fixture';
import { cosHost } from '../support/clients/story-client';
import { configurationCases } from '../support/configurations';
import { startedMocks } from '../support/started-mocks';
import { send } from '../support/wire-client';

const start = startedMocks();
const policy = {
  Statement: { Effect: 'Deny', Principal: '*', Action: 's3:GetObject', Resource: 'arn:aws:s3:::vault/*' },
};
const retention = {
  Status: 'Retention',
  MinimumRetention: { Days: 0 },
  DefaultRetention: { Days: 1 },
  MaximumRetention: { Days: 2 },
} as const;

const ofOneService: readonly (readonly [name: string, only: 'aws' | 'ibm-cos', fixture: BucketFixture])[] = [
  ...Object.entries(configurationCases).flatMap(([name, { value, literal = value, bucket = {}, awsOnly }]) =>
    awsOnly ? [[name, 'aws', { ...bucket, [name]: literal }] as const] : [],
  ),
  ...Object.values(configurations).flatMap(({ name, dialect }) =>
    dialect === 'aws' && !Object.hasOwn(configurationCases, name) ? [[name, 'aws', { [name]: [] }] as const] : [],
  ),
  ['policy', 'aws', { policy }],
  ['annotations', 'aws', { objects: { a: { body: 'x', annotations: { summary: 'A report.' } } } }],
  ['protection', 'ibm-cos', { protection: retention }],
];

const places = { aws: { region: 'eu-west-1' }, 'ibm-cos': { region: 'us-south-standard' } } as const;
const refusals = {
  aws: "only Amazon S3 has it, and the bucket is in us-south-standard, a location of IBM COS. Leave it out, or give region a region of AWS, such as 'eu-west-1'.",
  'ibm-cos':
    "only IBM COS has it, and the bucket is in eu-west-1, a region of AWS. Leave it out, or give region a location of COS, such as 'us-south-standard'.",
} as const;

describe('what one service alone has', () => {
  it.each(ofOneService)('%s is refused in a bucket of the other service', (_name, only, fixture) => {
    const other = only === 'aws' ? 'ibm-cos' : 'aws';
    const make = (place: BucketFixture) => start({ hosts: { only: [] }, buckets: { vault: { ...fixture, ...place } } });
    expect(() => make(places[other])).toThrow(TypeError);
    expect(() => make(places[other])).toThrow(refusals[only]);
    make(places[only]);
    // A bucket without a region may be of either service.
    make({});
  });

  // F1120
  it('is refused at the hosts of Amazon S3 in a bucket of no region, which has protection', async () => {
    const s3 = start({
      buckets: {
        vault: { protection: retention, objects: { a: { body: 'x', protection: { RetentionPeriod: 86_400 } } } },
      },
    });
    const ask = (host: string) => send({ method: 'DELETE', host, path: '/vault/a' });
    const { status, body } = await ask('s3.amazonaws.com');
    expect({ status, body }).toEqual({ status: 400, body: expect.stringContaining('<Code>S3MockOtherService</Code>') });
    expect(s3.requests.at(-1)?.why).toContain('it is a bucket of IBM COS');
    expect(s3.bucket('vault').keys).toEqual(['a']);

    expect(await ask(cosHost)).toMatchObject({ status: 403, body: expect.stringContaining('AccessDenied') });
  });

  it('is refused by handles as well, which may take it away', () => {
    const s3 = start({ buckets: { vault: places.aws, cos: places['ibm-cos'] } });
    expect(() => Object.assign(s3.bucket('vault'), { protection: retention })).toThrow(refusals['ibm-cos']);
    expect(() => Object.assign(s3.bucket('cos'), { policy })).toThrow(refusals.aws);
    expect(() => s3.bucket('cos').put('a', 'x', { annotations: { summary: 'A report.' } })).toThrow(refusals.aws);
    s3.bucket('cos').policy = undefined;
    s3.bucket('cos').protection = retention;
    expect(s3.bucket('cos').protection).toEqual(retention);
  });
});
